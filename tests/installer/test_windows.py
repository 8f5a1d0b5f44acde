"""The setup program's script and its trial, as far as they can be read without Windows; Wine shows the rest."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from pos_app.hardware.device_child import FilePort
from pos_app.services import updates_install
from tests.architecture.sources import ROOT

WINDOWS = ROOT / "installer/windows"
NSI = (WINDOWS / "jangteo.nsi").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["wine.sh", "try_out.sh"])
def test_the_scripts_can_be_read_by_a_plain_shell(name: str) -> None:
    assert subprocess.run(["sh", "-n", str(WINDOWS / name)], check=False).returncode == 0


def test_each_word_of_the_command_line_is_judged_by_itself() -> None:
    """GetOptions forgets the errors before it: of two in a row only the second would count."""
    lines = [line.strip() for line in NSI.splitlines()]
    asked = [number for number, line in enumerate(lines) if line.startswith("${GetOptions}")]
    assert asked
    for number in asked:
        assert lines[number - 1] == "ClearErrors" and "${Errors}" in lines[number + 1], lines[number]
    removal = NSI[NSI.index("Function un.onInit") :]
    assert {"/LEAVE_UNSENT", "/REALLY"} <= set(re.findall(r'StrCpy \$R3 "(/\w+)"', removal))


def test_an_update_starts_a_setup_that_waits_for_this_program(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("subprocess.Popen", lambda words, **_: started.append(words))
    updates_install._start_setup(Path("setup.exe"))
    assert started == [["setup.exe", "/S", "/UPDATE"]]
    waiting = NSI[NSI.index("!macro RefuseWhileOpen") : NSI.index("!macroend")]
    assert '"/UPDATE"' in waiting and "Sleep" in waiting


def test_a_device_gets_its_bytes_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows opens a file as text unless told, and puts CR before each LF."""
    ways: list[int] = []
    device = tmp_path / "device"
    device.touch()

    def opened(path: str, way: int, real: object = os.open) -> int:
        ways.append(way)
        return int(real(path, way & ~binary))  # type: ignore[operator]

    binary = 0x8000_0000
    monkeypatch.setattr("os.O_BINARY", binary, raising=False)
    monkeypatch.setattr("os.open", opened)
    port = FilePort(str(device))
    port.put(b"a\nb\r\n")
    port.close()
    assert ways[0] & binary and device.read_bytes() == b"a\nb\r\n"
