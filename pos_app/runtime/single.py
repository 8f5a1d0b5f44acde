"""Only one window, hub or server on one home: a lock that the system lets go when the process ends."""

import os
import sys
from pathlib import Path
from typing import IO

from pos_app.runtime.faults import EnvironmentFault

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class OnlyOne:
    """Holds the lock while it lives."""

    def __init__(self, path: Path) -> None:
        """Take the lock. Raises EnvironmentFault when another process holds it."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = open(path, "ab")  # noqa: SIM115 - held until release
        except OSError as error:
            raise EnvironmentFault(
                f"이 폴더에 쓸 수 없어요: {path.parent}", "폴더의 쓰기 권한을 확인하거나 --home으로 다른 폴더를 골라요."
            ) from error
        try:
            _lock(self._handle)
        except OSError as error:
            self._handle.close()
            raise EnvironmentFault(
                "이 컴퓨터에서 장터포스가 이미 열려 있어요.",
                "먼저 열린 창을 쓰거나, 그 창을 닫고 다시 열어요.",
            ) from error
        self._handle.write(b"")
        self.pid = os.getpid()

    def release(self) -> None:
        """Let go."""
        self._handle.close()
