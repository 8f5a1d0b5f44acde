"""The cash drawer: a kick is a job of its own that lives five seconds, in one run of the program."""

from functools import lru_cache
from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.facts.shifts import DrawerOpen
from pos_app.hardware.printer_uri import parse
from pos_app.i18n.texts import tr
from pos_app.printing.document import Document, encode
from pos_app.services.desk import Desk
from pos_app.services.print_queue import DRAWER, run_clock_ms
from pos_app.storage.queries.days import open_shift
from pos_app.storage.unit_of_work import NO_DAY, register_scope

if TYPE_CHECKING:
    from pos_app.storage.work import Work

LIFE_S = 5
_NO_PAPER = encode(Document(DRAWER, ()))


@lru_cache(maxsize=8)
def _opens(uri: str) -> bool:
    try:
        return parse(uri).drawer != "none"
    except DomainError:
        return False


def has_drawer(desk: Desk) -> bool:
    """Whether money taken here opens a drawer; practice never does."""
    uri = desk.settings.get("printer_uri")
    return bool(uri) and not desk.practice and desk.settings.get("drawer") == "1" and _opens(uri)


def kick(desk: Desk, work: "Work", subject_id: str = "") -> str | None:
    """Let the drawer open once this transaction is committed; the job's id, None without a drawer."""
    if not has_drawer(desk):
        return None
    return work.print_job(
        DRAWER,
        subject_id,
        _NO_PAPER,
        expires_at=desk.expiry(seconds=LIFE_S),
        run=desk.run,
        run_until_ms=run_clock_ms() + LIFE_S * 1000,
    )


def open_by_hand(desk: Desk, reason: str, override: Override | None = None) -> str:
    """Open the drawer without taking money: recorded with its reason; the job's id.

    Raises right.missing, drawer.no_reason, drawer.practice, drawer.none.
    """
    lent = desk.require(Action.OPEN_DRAWER, override)
    cleaned = clean_text(reason, 200)
    if not cleaned:
        raise DomainError("drawer.no_reason")
    return _opened(desk, cleaned, lent)


def open_to_count(desk: Desk) -> str:
    """Open the drawer to count what is in it; recorded like any other opening. Raises shift.none too."""
    desk.require(Action.CLOSE_SHIFT)
    with desk.work.read() as rows:
        desk.shift(rows)
    return _opened(desk, tr("돈 세기"), ())


def _opened(desk: Desk, reason: str, overrides: tuple[Override, ...]) -> str:
    if desk.practice:
        raise DomainError("drawer.practice")
    if not has_drawer(desk):
        raise DomainError("drawer.none")
    with desk.work.begin(desk.session.operator_id) as work:
        try:
            day_id = desk.day(work.rows).day_id
        except DomainError:
            day_id = ""
        shift = open_shift(work.rows, day_id, desk.register) if day_id else None
        fact = DrawerOpen(
            shift.id if shift else "",
            day_id,
            desk.register,
            desk.clock.stamp(),
            reason,
            desk.session.name,
            overrides,
        )
        work.record(register_scope(day_id or NO_DAY, desk.register), fact)
        job = kick(desk, work)
    assert job is not None  # there is a drawer
    return job
