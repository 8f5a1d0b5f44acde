"""The unmodified program as a process, with its own home."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def opened(home: Path) -> Path:
    """A home with the demo market's catalogue and its day open at R1."""
    assert jangteo(home, "import", DEMO / "catalogue.xlsx").code == 0
    assert jangteo(home, "day", "open", "--market", "한전 완판장터", "--date", "2026-11-20").code == 0
    return home
