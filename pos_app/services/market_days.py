"""Market days: open or join, and what this till works on."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name, clean_text
from pos_app.domain.identity import day_id, market_id
from pos_app.domain.market_day import parse_business_date, register_name
from pos_app.domain.operators import Action
from pos_app.domain.stock import MovementReason
from pos_app.facts.catalogue import GoodsMovement, MarketDay
from pos_app.services.desk import Desk
from pos_app.storage.queries import catalogue, days
from pos_app.storage.unit_of_work import CATALOGUE

if TYPE_CHECKING:
    from pos_app.storage.work import Work

_BATCHES = uuid.UUID("3c1d5b62-7f0e-5a43-8f7c-6f5a1f3a9c02")


@dataclass(frozen=True, slots=True)
class DayView:
    """A market day as a till shows it."""

    day_id: str
    market: str
    business_date: str
    agency: str
    sealed: bool


class MarketDays:
    """Open, join, ask."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def current(self) -> DayView | None:
        """The day this till works on, or None before the first."""
        with self._desk.work.read() as rows:
            try:
                day = self._desk.day(rows)
            except DomainError:
                return None
            return DayView(
                day.day_id, day.market, day.business_date, day.agency, bool(days.seals(rows, day.day_id))
            )

    def open(self, market: str, business_date: str, register: str = "R1", agency: str = "") -> DayView:
        """Create the day or join it with this register; takes the codes of the last import."""
        desk = self._desk
        desk.require(Action.OPEN_DAY)
        name = clean_text(market, 80)
        if not name:
            raise DomainError("day.no_market")
        date = parse_business_date(business_date)
        at = register_name(register)
        market_key = market_id(name)
        identity = day_id(market_key, date)
        with desk.work.begin(desk.session.operator_id) as work:
            roster = catalogue.latest_roster(work.rows)
            self._say(work, MarketDay(identity, market_key, name, date, (at,), roster, clean_text(agency, 80)))
            if roster:
                self._bring(work, identity, roster)
        if desk.settings.get("day_id") != identity:
            # The first register opened for a day is this machine's; others may be rung here too.
            desk.settings.set("day_id", identity)
            desk.settings.set("register", at)
        desk.register = at
        view = self.current()
        if view is None:  # pragma: no cover - the day was recorded just above
            raise DomainError("day.none")
        return view

    def join_roster(self, work: "Work", roster: str, market: str, date: str) -> None:
        """Let an open day take the codes of its own workbook, imported after it was opened.

        Codes mean what they meant on their market day: a day that has a workbook takes another one
        only when that says by its title that it is of the same market and date.
        """
        try:
            day = self._desk.day(work.rows)
        except DomainError:
            return
        own = (clean_name(market), date) == (day.market, day.business_date)
        first = not catalogue.day_rosters(work.rows, day.day_id)
        if (own or first) and not days.seals(work.rows, day.day_id):
            fact = MarketDay(
                day.day_id, market_id(day.market), day.market, day.business_date, (), roster, day.agency
            )
            self._say(work, fact)
            self._bring(work, day.day_id, roster)

    def _say(self, work: "Work", fact: MarketDay) -> None:
        """Record the day unless everything it says is known."""
        rows = work.rows
        known = days.day(rows, fact.day_id)
        rosters = catalogue.day_rosters(rows, fact.day_id)
        new_roster = bool(fact.roster_id) and (not rosters or rosters[0] != fact.roster_id)
        new_register = not set(fact.registers) <= set(days.registers(rows, fact.day_id))
        new_agency = bool(fact.agency) and known is not None and known.agency != fact.agency
        if known is None or new_roster or new_register or new_agency:
            work.record(CATALOGUE, fact)

    def _bring(self, work: "Work", identity: str, roster: str) -> None:
        """The workbook's quantities as goods carried in, once per day and workbook."""
        lines = catalogue.brought(work.rows, roster)
        batch = str(uuid.uuid5(_BATCHES, f"{identity}/{roster}"))
        known = work.rows.one('SELECT 1 FROM "goods_batch" WHERE "batch_id" = ?', batch)
        if lines and known is None:
            brought = MovementReason.BROUGHT.value
            for start in range(0, len(lines), 500):
                part = batch if not start else f"{batch}/{start}"
                fact = GoodsMovement(
                    part, identity, self._desk.clock.stamp(), brought, tuple(lines[start : start + 500])
                )
                work.record(CATALOGUE, fact)
