"""A real file system with little room, for what happens when a disk is full."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


def laid(folder: Path, megabytes: int) -> Iterator[Path]:
    """Lay one at `folder` and take it away afterwards; skipped where that is not allowed."""
    if sys.platform != "linux":
        pytest.skip("small file systems are laid on Linux only")
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        pytest.skip(f"no mount here: {error}")
    if done.returncode:
        pytest.skip(f"no small file system may be laid here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)
