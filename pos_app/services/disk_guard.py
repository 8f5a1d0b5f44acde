"""Stops the selling before the disk is full, and keeps enough aside to close the day."""

import logging
import shutil
from dataclasses import dataclass

from pos_app.i18n.texts import tr
from pos_app.runtime import ballast
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import Home

SELL_BYTES = 8_000_000  # below this no sale begins: a commit takes a few thousand
STARVED_BYTES = 4_000_000  # below this any other write first gets the ballast's room
PLENTY_BYTES = 64_000_000  # above this the ballast is laid

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Room:
    """How the disk stands: bytes free, whether sales are let through, whether the reserve is there."""

    free_bytes: int
    selling: bool
    reserve: bool


def room(home: Home) -> Room:
    """One question to the file system. Without the reserve its room is kept free instead."""
    usage = shutil.disk_usage(home.root)
    reserve = ballast.there(home.ballast)
    least = _share(usage.total, SELL_BYTES)
    kept = 0 if reserve else _share(usage.total, ballast.BALLAST_BYTES)
    return Room(usage.free, usage.free >= least + kept, reserve)


def _share(total: int, wanted: int) -> int:
    """So much, or a sixteenth of a disk that is too small for it."""
    return wanted if total >= PLENTY_BYTES else min(wanted, total // 16)


def check_selling(home: Home) -> None:
    """Refuse a sale that might not fit. Raises EnvironmentFault; what is stored stays stored."""
    if shutil.disk_usage(home.root).free >= SELL_BYTES + ballast.BALLAST_BYTES:
        return
    if not room(home).selling:
        raise EnvironmentFault(
            tr("디스크가 거의 찼어요. 판매를 잠깐 멈췄어요."),
            tr("필요 없는 파일을 지우면 바로 이어서 팔아요. 환불과 마감은 지금도 할 수 있어요."),
            retryable=True,
        )


def before_write(home: Home) -> None:
    """A day must be able to end: where hardly anything is left, the reserve is given up."""
    if shutil.disk_usage(home.root).free < STARVED_BYTES and ballast.give_up(home.ballast):
        log.warning("the disk is full: the reserve was given up")


def keep_reserve(home: Home) -> bool:
    """Lay the reserve while there is plenty (slow, never on the main thread); whether it lies there."""
    if ballast.there(home.ballast):
        return True
    return shutil.disk_usage(home.root).free >= PLENTY_BYTES and ballast.lay(home.ballast)
