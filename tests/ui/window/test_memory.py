"""A long day in one window does not grow without end."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LIMIT_MIB = 300


@pytest.mark.acceptance("A42")
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
def test_after_1500_sales_the_window_holds_less_than_300_mb(fresh: Path) -> None:
    command = [sys.executable, "-m", "tests.ui.window.child", str(fresh), "memory"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    word, sold, kib = done.stdout.split()[-3:]
    assert (word, sold) == ("sold", "1500")
    assert int(kib) < LIMIT_MIB * 1024, f"{int(kib) // 1024} MiB"
    print(f"{int(kib) // 1024} MiB")
