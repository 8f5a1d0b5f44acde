"""The unmodified program in a real window on a virtual screen, used from outside."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import IN_CI
from tests.ui.window.homes import KIM, KIM_CODE, KIM_WON, OIL, OIL_CODE, OIL_WON, RICE, RICE_CODE, RICE_WON

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).with_name("jangteo")
SYSTEM_PYTHON = Path("/usr/bin/python3")
LAUNCHERS = (Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi2-core/at-spi-bus-launcher"))
DEADLINE_S = 80
TOTAL = OIL_WON + RICE_WON + KIM_WON
# The program and its driver in a session bus of their own; whatever happens, both end with it.
SESSION = """
"$LAUNCHER" --launch-immediately & bus=$!
"$PROGRAM" demo & app=$!
trap 'kill $app $bus 2>/dev/null' EXIT
"$SYSTEM_PYTHON" -W ignore "$DRIVER" $app "$1" "$2"
"""


def missing() -> str:
    """What this machine lacks for driving from outside, in words; empty when nothing."""
    absent = [name for name in ("Xvfb", "xdotool", "dbus-run-session") if shutil.which(name) is None]
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


pytestmark = [
    pytest.mark.outside,
    pytest.mark.skipif(sys.platform != "linux", reason="drives an X server"),
]


@pytest.fixture
def tools() -> None:
    """Skip with the reason, except in CI, where nothing may be left out."""
    absent = missing()
    if absent and not IN_CI:
        pytest.skip(f"needs {absent}")
    assert not absent, f"needs {absent}"


@pytest.fixture
def display(tools: None) -> Iterator[str]:
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


def driven(display: str, home: Path) -> dict[str, Any]:
    """What the driver saw of two sales and the receipts."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("QT_", "JANGTEO_"))},
        "DISPLAY": display,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "TMPDIR": str(home),
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LC_ALL": "C.UTF-8",
        "LAUNCHER": str(next(path for path in LAUNCHERS if path.exists())),
        "PROGRAM": str(PROGRAM),
        "SYSTEM_PYTHON": str(SYSTEM_PYTHON),
        "DRIVER": str(Path(__file__).with_name("drive.py")),
    }
    environment.pop("WAYLAND_DISPLAY", None)
    tiles, codes = json.dumps([OIL, RICE, KIM]), json.dumps([OIL_CODE, RICE_CODE, KIM_CODE])
    session = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", SESSION, "session", tiles, codes],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        output, errors = session.communicate(timeout=DEADLINE_S)
    finally:
        if session.poll() is None:
            os.killpg(session.pid, signal.SIGKILL)
            session.wait(10)
    assert session.returncode == 0, f"{output}\n{errors}"
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


@pytest.mark.acceptance("A3", "A47")
def test_the_demo_sells_by_touch_and_by_keyboard(display: str, tmp_path: Path) -> None:
    seen = driven(display, tmp_path)
    by_touch, by_keyboard = seen["touch"], seen["keyboard"]
    assert by_touch["taps"] == 7
    assert by_touch["total"] == f"합계 {TOTAL:,}원"
    assert by_touch["received"] == "받은 금액 100,000원, 10만 원"
    assert by_touch["corner"] == "현금 100,000원 받음"
    assert by_touch["change"] == "거스름돈 삼만 오천 원"
    assert by_touch["empty"] == "합계 0원"
    assert all(width >= 56 and height >= 56 for width, height in by_touch["sizes"]), by_touch["sizes"]

    assert by_keyboard["presses"] == 6
    assert by_keyboard["rows"] == 3
    assert OIL in by_keyboard["first"]
    assert by_keyboard["received"] == "받은 금액 100,000원, 10만 원"
    assert by_keyboard["change"] == "거스름돈 삼만 오천 원"
    assert by_keyboard["number"] != by_touch["number"]

    for sale, said in zip((by_touch, by_keyboard), seen["receipts"], strict=True):
        assert said.startswith(f"{sale['number']}, ")
        assert said.endswith(f", {TOTAL:,}원")
