"""A stand-in for the Windows spooler, with the calls and numbers of win32print."""

import sys
import threading
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest


class SpoolerError(Exception):
    """As pywintypes.error: a number, the call, what it says."""

    def __init__(self, winerror: int) -> None:
        super().__init__(winerror)
        self.winerror = winerror


@dataclass
class Spooler:
    """One queue, `r80`. `job` is the state that a paper shows; None when it is gone."""

    status: int = 0
    attributes: int = 0
    job: int | None = None
    paused: int = 0x1
    fails: dict[str, int] = field(default_factory=dict)
    hangs: threading.Event | None = None
    written: bytes = b""
    calls: list[str] = field(default_factory=list)

    def _call(self, name: str) -> None:
        self.calls.append(name)
        if name in self.fails:
            raise SpoolerError(self.fails[name])

    def EnumPrinters(self, flags: int) -> tuple[tuple[int, str, str, str], ...]:
        self._call("EnumPrinters")
        return ((0, "r80,Generic,", "r80", ""), (0, "", "BIXOLON SRP-350", ""))

    def OpenPrinter(self, name: str) -> str:
        self._call("OpenPrinter")
        if name != "r80":
            raise SpoolerError(1801)
        return name

    def ClosePrinter(self, printer: str) -> None:
        self._call("ClosePrinter")

    def GetPrinter(self, printer: str, level: int) -> dict[str, int]:
        self._call("GetPrinter")
        return {"Status": self.status, "Attributes": self.attributes}

    def StartDocPrinter(self, printer: str, level: int, about: tuple[str, None, str]) -> int:
        assert level == 1 and about[2] == "RAW"
        self._call("StartDocPrinter")
        return 7

    def StartPagePrinter(self, printer: str) -> None:
        self._call("StartPagePrinter")

    def WritePrinter(self, printer: str, data: bytes) -> int:
        self._call("WritePrinter")
        if self.hangs is not None:
            self.hangs.wait(30)
        self.written += data[:400]
        return len(data[:400])

    def EndPagePrinter(self, printer: str) -> None:
        self._call("EndPagePrinter")

    def EndDocPrinter(self, printer: str) -> None:
        self._call("EndDocPrinter")

    def AbortPrinter(self, printer: str) -> None:
        self._call("AbortPrinter")

    def GetJob(self, printer: str, job: int, level: int) -> dict[str, int]:
        self._call("GetJob")
        if self.job is None:
            raise SpoolerError(87)
        return {"Status": self.job}

    def SetJob(self, printer: str, job: int, level: int, about: None, command: int) -> None:
        self._call(f"SetJob {command}")
        if command == 1 and self.job is not None:
            self.job |= self.paused
        if command == 5:
            self.job = None


def stand_in(monkeypatch: pytest.MonkeyPatch, spooler: Spooler) -> None:
    """Let the program find it: the calls in one module, what they raise in another, as the library has it."""
    monkeypatch.setitem(sys.modules, "pywintypes", SimpleNamespace(error=SpoolerError))
    monkeypatch.setitem(sys.modules, "win32print", spooler)
