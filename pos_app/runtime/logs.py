"""Log files: rotating, plain, without secrets."""

import faulthandler
import logging
import logging.handlers
import os
import sys
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def start(folder: Path, name: str = "jangteo") -> None:
    """Write to a rotating file in `folder`; level from JANGTEO_LOG (WARNING unless told)."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / f"{name}.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger()
    level = os.environ.get("JANGTEO_LOG", "WARNING").upper()
    root.setLevel(level if level in logging.getLevelNamesMapping() else "WARNING")
    root.addHandler(handler)
    if sys.stderr is not None:
        faulthandler.enable()
