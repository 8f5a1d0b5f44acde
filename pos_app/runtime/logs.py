"""Log files: rotating, plain, without secrets."""

import faulthandler
import logging
import os
import sys
from pathlib import Path

from pos_app.runtime import crashes

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class _Late(logging.Handler):
    """A rotating file that is made with its first record: most starts have nothing to say."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            # lazy: brings sockets and queues, which the first picture would wait for
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(self._path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def start(folder: Path, name: str = "jangteo") -> None:
    """Write to a rotating file in `folder`; level from JANGTEO_LOG (WARNING unless told)."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = _Late(folder / f"{name}.log")
    handler.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger()
    level = os.environ.get("JANGTEO_LOG", "WARNING").upper()
    root.setLevel(level if level in logging.getLevelNamesMapping() else "WARNING")
    root.addHandler(handler)
    root.addHandler(crashes.Keeper(folder.parent / "crashes"))
    if not crashes.watch(folder.parent / "crashes") and sys.stderr is not None:
        faulthandler.enable()
