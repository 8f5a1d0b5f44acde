"""The stage of the outside tests: an X server, a session bus, the program and its driver."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).with_name("jangteo")
SYSTEM_PYTHON = Path("/usr/bin/python3")
LAUNCHERS = (Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi2-core/at-spi-bus-launcher"))
DEADLINE_S = 200
NOT_THERE = 75  # as the hands say it
# The program and its driver in a session bus of their own; whatever happens, both end with it.
# Neither looks twice for the accessibility bus: it has to be there before them.
SESSION = """
"$LAUNCHER" --launch-immediately & bus=$!
tries=0
until dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress \\
    >/dev/null 2>&1 || [ $((tries += 1)) -gt 100 ]; do sleep 0.1; done
$BEFORE
"$PROGRAM" $COMMAND & app=$!
trap 'kill $app $bus $more 2>/dev/null' EXIT
"$SYSTEM_PYTHON" -W ignore -m "$DRIVER" $app "$@"
"""


def missing() -> str:
    """What this machine lacks for driving from outside, in words; empty when nothing."""
    absent = [name for name in ("Xvfb", "xdotool", "dbus-run-session", "dbus-send") if shutil.which(name) is None]
    if not any(path.exists() for path in LAUNCHERS):
        absent.append("at-spi2-core")
    check = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    has_gi = SYSTEM_PYTHON.exists() and subprocess.run(
        [str(SYSTEM_PYTHON), "-c", check], capture_output=True, check=False
    )
    if not has_gi or has_gi.returncode:
        absent.append("python3-gi with gir1.2-atspi-2.0")
    if not PROGRAM.exists():
        absent.append(str(PROGRAM))
    return ", ".join(absent)


def need(absent: str) -> None:
    """Skip with the reason where something is not there."""
    if absent:
        pytest.skip(f"needs {absent}")


@contextmanager
def x_server() -> Iterator[str]:
    """An X server on a number that nobody has; it says itself which."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(writer,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


def driven(
    display: str, home: Path, driver: str, *words: str, command: str = "demo", before: str = "", **more: str
) -> dict[str, Any]:
    """What the driver saw, run beside `jangteo <command>` in a session of its own."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("QT_", "JANGTEO_"))},
        "DISPLAY": display,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TMPDIR": str(home),
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LC_ALL": "C.UTF-8",
        "LAUNCHER": str(next(path for path in LAUNCHERS if path.exists())),
        "PROGRAM": str(PROGRAM),
        "COMMAND": command,
        "SYSTEM_PYTHON": str(SYSTEM_PYTHON),
        "DRIVER": f"tests.outside.{driver}",
        **more,
    }
    environment.pop("WAYLAND_DISPLAY", None)
    code, output, errors = _session(environment, before, *words)
    if code == NOT_THERE:
        code, output, errors = _session(environment, before, *words)
    assert code == 0, f"{output[-2000:]}\n{errors[-3000:]}"
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


def _session(environment: dict[str, str], before: str, *words: str) -> tuple[int, str, str]:
    """One session from its bus to its end: the driver's exit code, output and errors."""
    session = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", SESSION.replace("$BEFORE", before), "session", *words],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        output, errors = session.communicate(timeout=DEADLINE_S)
    finally:
        if session.poll() is None:
            os.killpg(session.pid, signal.SIGKILL)
            session.wait(10)
    return session.returncode, output, errors
