"""A file of no use but its size: given up when the disk is full, so that the day can still be closed."""

import os
from pathlib import Path

BALLAST_BYTES = 16_000_000
_CHUNK = 1_000_000


def there(path: Path) -> bool:
    """Whether all of it lies there."""
    try:
        return path.stat().st_size >= BALLAST_BYTES
    except OSError:
        return False


def lay(path: Path) -> bool:
    """Write it; bytes that no file system can squeeze. False when there was no room after all."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            for _ in range(BALLAST_BYTES // _CHUNK):
                file.write(os.urandom(_CHUNK))
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError:
        give_up(part)
        return False
    return True


def give_up(path: Path) -> bool:
    """Let it go; whether it was there."""
    try:
        path.unlink()
    except OSError:
        return False
    return True
