"""A market of many registers, written elsewhere and brought here as if synced; and a ledger beside it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from pos_app.domain.identity import day_id, market_id
from pos_app.facts import catalogue, sales, shifts
from pos_app.services.house import House
from sync.events import Envelope, Event, compose
from tests.storage.histories import NOTHING, id_of, say, take_in
from tests.sync.replica import Writer

MARKET, DATE = "시험 장터", "2026-11-20"
DAY = day_id(market_id(MARKET), DATE)


class TimedWriter(Writer):
    """A writer whose events bear the time that it is there."""

    wall = "2026-11-20T09:00:00+09:00"

    def draft(self, body: Any, type_: str = "note/1", hlc: int = 1) -> Event:
        envelope = Envelope(1, self.log.hex(), self.seq + 1, self.prev.hex(), hlc, self.wall, "", type_, body)
        return compose(envelope)


@dataclass
class Register:
    """One till far away: its log, its events, and what it sold by its own ledger."""

    name: str
    day: str = DAY
    date: str = DATE
    operator: str = ""
    start: datetime = field(default_factory=lambda: datetime.fromisoformat("2026-11-20T09:00:00+09:00"))
    events: list[Event] = field(default_factory=list)
    net_won: int = 0
    sold: int = 0

    def __post_init__(self) -> None:
        self.writer = TimedWriter(f"register/{self.day}/{self.name}")
        self.hlc = 1
        self.shift = ""

    def at(self) -> str:
        """The next moment at this till, a minute later."""
        self.hlc += 1
        self.writer.wall = (self.start + timedelta(minutes=self.hlc)).isoformat()
        return self.writer.wall

    def tell(self, fact: msgspec.Struct) -> Event:
        event = say(self.writer, fact, self.hlc)
        self.events.append(event)
        return event

    def open(self, float_won: int = 0) -> None:
        fact = shifts.ShiftOpen(self.day, self.name, self.date, self.at(), float_won, 1, self.operator)
        self.shift = id_of(self.tell(fact))

    def sell(self, won: int, *, tender: str = "cash", vendor: str = "v1", approval: str = "12345678") -> str:
        """A sale of one thing for so much; its id."""
        line = sales.SaleLine(
            1, f"p-{vendor}", vendor, 0, "물건", "개", "exempt", "each", won, won, 1000, won, 0, 0, 0, won
        )
        number = approval if tender == "card" else ""
        paid = sales.Tender(1, tender, won, won, 0, (won,), approval_no=number)
        seller = sales.SellerFigures(vendor, "가게", "", "exempt", won, 0, 0, won, 0)
        self.sold += 1
        self.net_won += won
        receipt = f"{self.name}-AA-{self.sold:04d}"
        fact = sales.Sale(
            self.day, self.shift, self.name, self.date, self.at(), receipt, (line,), (seller,), (paid,),
            won, 0, 0, won, won, 0,
        )  # fmt: skip
        return id_of(self.tell(fact))

    def close(self, over_short_won: int = 0, z_no: int = 1) -> None:
        at = self.at()
        fact = shifts.ShiftClose(
            self.shift,
            self.day,
            self.name,
            self.date,
            at,
            at,
            z_no,
            self.net_won + over_short_won,
            over_short_won,
            NOTHING,
        )
        self.tell(fact)

    def bring(self, house: House, but: tuple[int, ...] = ()) -> None:
        """Hand the log over, except the events with these numbers."""
        data = [event.data for event in self.events if event.envelope.seq not in but]
        take_in(house, [self.writer], data)


def plan(house: House, names: tuple[str, ...]) -> None:
    """The day's plan names its registers."""
    office = Writer("catalogue")
    fact = catalogue.MarketDay(DAY, market_id(MARKET), MARKET, DATE, names)
    take_in(house, [office], [say(office, fact, 1).data])


def whole(name: str, amounts: tuple[int, ...], over_short_won: int = 0) -> Register:
    """A register that opened, sold and closed."""
    made = Register(name)
    made.open()
    for won in amounts:
        made.sell(won)
    made.close(over_short_won)
    return made
