"""The unmodified program as a process, with its own home."""

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pos_app.__main__ import Roof
from pos_app.bootstrap import open_house
from pos_app.cli.main import run
from pos_app.runtime.clock import Clock
from pos_app.services.house import House

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "resources" / "demo"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    def is_one_plain_sentence(self) -> bool:
        """Whether people got a few Korean lines, and nothing that only programmers read."""
        lines = self.err.strip().splitlines()
        korean = all(any("가" <= letter <= "힣" for letter in line) for line in lines)
        return bool(lines) and korean and len(lines) <= 3 and "Traceback" not in self.err


def jangteo(home: Path, *words: str | Path, env: dict[str, str] | None = None, pin: str = "") -> Said:
    """Run `python -m pos_app` on a home."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("JANGTEO_")}
    clean |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", **(env or {})}
    if pin:
        clean["JANGTEO_PIN"] = pin
    done = subprocess.run(
        [sys.executable, "-m", "pos_app", *map(str, words), "--home", str(home)],
        cwd=ROOT, env=clean, capture_output=True, timeout=60, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr.decode())


def _no_window(*_: object) -> int:
    raise AssertionError("a command opened a window")


def command(home: Path, *words: str | Path, pin: str = "", clock: Clock | None = None) -> Said:
    """The same, run inside this process: for answers that need no process of their own."""
    out, err = io.BytesIO(), io.StringIO()

    def at(place: Path) -> House:
        return open_house(place, clock=clock)

    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("JANGTEO_")]:
            patch.delenv(name)
        if pin:
            patch.setenv("JANGTEO_PIN", pin)
        stream = io.TextIOWrapper(out, "utf-8", write_through=True)
        patch.setattr(sys, "stdout", stream)
        patch.setattr(sys, "stderr", err)
        try:
            code = run([*map(str, words), "--home", str(home)], at, _no_window, lambda _: None, Roof())
        except SystemExit as left:
            code = int(left.code or 0)
        stream.detach()
    return Said(code, out.getvalue(), err.getvalue())


def opened(home: Path) -> Path:
    """A home with the demo market's catalogue and its day open at R1."""
    assert command(home, "import", DEMO / "catalogue.xlsx").code == 0
    assert command(home, "day", "open", "--market", "한전 완판장터", "--date", "2026-11-20").code == 0
    return home
