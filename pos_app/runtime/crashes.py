"""What nobody foresaw, written down on this machine: a few reports, without anything that people typed."""

import faulthandler
import logging
import os
import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path

from pos_app.domain.market_day import KOREA
from pos_app.domain.redaction import bare

MOST_REPORTS = 10
MOST_LETTERS = 12_000
NEW, SEEN = ".txt", ".seen.txt"
_FATAL = "fatal.log"
_MOST_FRAMES = 40


class Keeper(logging.Handler):
    """Keeps a report of each error that the program did not foresee and wrote down with its trace."""

    def __init__(self, folder: Path) -> None:
        super().__init__(logging.ERROR)
        self._folder = folder
        self._busy = threading.local()

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else getattr(record, "error", None)
        if error is None or getattr(self._busy, "now", False):
            return
        self._busy.now = True
        try:
            keep(self._folder, error)
        finally:
            self._busy.now = False


def keep(folder: Path, error: BaseException) -> Path | None:
    """Write a report; its file, or None where it could not be written."""
    return _write(folder, tell(error))


def tell(error: BaseException) -> str:
    """The error and where it came about: places in the program, no values, no folders of this person."""
    lines = [_head(), ""]
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        lines.append(f"{type(at).__name__}: {bare(str(at))[:300]}")
        for frame in traceback.extract_tb(at.__traceback__)[-_MOST_FRAMES:]:
            lines.append(f"  {_place(frame.filename)}:{frame.lineno} {frame.name}")
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "\n".join(lines)[:MOST_LETTERS]


def _head() -> str:
    # lazy: only when something went wrong
    from pos_app.runtime.version import version

    now = datetime.now(UTC).astimezone(KOREA).replace(microsecond=0)
    return f"jangteo {version()} · Python {platform.python_version()} · {sys.platform} · {now.isoformat()}"


def _place(filename: str) -> str:
    """The end of a path that says which module it is."""
    parts = Path(filename).parts
    for root in ("pos_app", "sync"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return "/".join(parts[-2:])


def _write(folder: Path, text: str) -> Path | None:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    path = folder / f"{stamp}{NEW}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        for old in reports(folder)[MOST_REPORTS:]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def reports(folder: Path) -> list[Path]:
    """Every report, the newest first."""
    try:
        return sorted(folder.glob(f"*{NEW}"), reverse=True)
    except OSError:
        return []


class _Fatal:
    """The file that a crash of the interpreter itself writes to; open for as long as the program runs."""

    handle: int | None = None


def watch(folder: Path) -> bool:
    """Let a crash of the interpreter leave a trace; one left by the run before becomes a report."""
    path = folder / _FATAL
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size:
            places = "\n".join(_fatal_line(line) for line in path.read_text("utf-8", "replace").splitlines())
            _write(folder, f"{_head()}\n\n{places}"[:MOST_LETTERS])
            path.unlink()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        return False
    if _Fatal.handle is not None:
        os.close(_Fatal.handle)
    _Fatal.handle = handle
    faulthandler.enable(handle)
    return True


def _fatal_line(line: str) -> str:
    """`  File "/home/…/pos_app/x.py", line 3 in f` without the folders before the program's own."""
    head, quote, rest = line.partition('"')
    path, end, after = rest.partition('"')
    return f"{head}{_place(path)}{after}" if quote and end else line
