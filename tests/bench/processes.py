"""Child processes that measure and answer with one JSON line."""

import os
import subprocess
import sys
from typing import TypeVar

import msgspec

from tests.bench.homes import PLACE, ROOT

T = TypeVar("T")
DEADLINE_S = 900
# The screen that nobody sees: large enough for the window's own size.
SCREEN = {"name": "bench", "x": 0, "y": 0, "width": 1600, "height": 900, "logicalDpi": 96, "dpr": 1}


class ChildFailed(RuntimeError):
    """A measuring process ended without an answer; the message is the end of what it said."""


def environment(**more: str) -> dict[str, str]:
    """The child's environment: no screen unless told, no settings of the person who runs it."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("JANGTEO_")}
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        plain.pop(name, None)
    PLACE.mkdir(parents=True, exist_ok=True)
    screen = PLACE / "screen.json"
    screen.write_bytes(msgspec.json.encode({"synchronousWindowSystemEvents": False, "screens": [SCREEN]}))
    platform = f"offscreen:configfile={screen}"
    return {**plain, "QT_QPA_PLATFORM": platform, "QT_LOGGING_RULES": "qt.qpa.*=false", **more}


def ask(kind: type[T], module: str, *args: object, **env: str) -> T:
    """Run `python -m module args`; its last line of output as `kind`."""
    command = [sys.executable, "-m", module, *map(str, args)]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(**env), stdout=subprocess.PIPE, timeout=DEADLINE_S, check=False
    )
    lines = ended.stdout.strip().splitlines()
    if ended.returncode or not lines:
        raise ChildFailed(f"{' '.join(command)} ended with {ended.returncode}")
    return msgspec.json.decode(lines[-1], type=kind)


def answer(value: object) -> None:
    """What a child says at the end."""
    sys.stdout.write("\n" + msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()
