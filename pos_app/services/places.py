"""Sticks and other drives that are plugged in now, where copies may lie or be put."""

import os
import string
import sys
from pathlib import Path

# Where desktop systems hang sticks: one folder a person, one a stick.
_ROOTS = ("/media", "/run/media", "/Volumes", "/mnt")


def sticks() -> list[Path]:
    """Drives that can be written to now; never the system's own."""
    if sys.platform == "win32":
        system = os.environ.get("SYSTEMDRIVE", "C:").upper()
        return [
            Path(f"{letter}:\\")
            for letter in string.ascii_uppercase[2:]
            if f"{letter}:" != system and Path(f"{letter}:\\").exists()
        ]
    found = []
    for root in _ROOTS:
        for path in _below(Path(root)):
            found += (
                [path] if os.path.ismount(path) else [each for each in _below(path) if os.path.ismount(each)]
            )
    return [path for path in found if os.access(path, os.W_OK)]


def _below(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []
