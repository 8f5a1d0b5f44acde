"""Decides what the customer sees: goods, the sum, what goes back, where to send money. Never costs, stock, names."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.domain.catalogue import SoldBy
from pos_app.domain.pricing import PricedCart, PricedLine
from pos_app.domain.tender import TenderType
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording

SHOWN_LINES = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One of the goods: name, how many, and the won it comes to."""

    name: str
    detail: str
    amount: str


@dataclass(frozen=True, slots=True)
class Face:
    """Everything that stands on the customer's screen. `kind`: idle, cart or change.

    `caption` and `big_won` are the one big number; `account` is where to send money, on transfer only.
    """

    kind: str
    market: str
    till: str
    practice: bool = False
    rows: tuple[Row, ...] = ()
    above: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    caption: str = ""
    big_won: int = 0
    unit: str = ""
    transfer: bool = False
    account: str = ""

    def spoken(self) -> str:
        """The same, read out."""
        if self.kind == "idle":
            return f"{self.market}, {tr('어서 오세요')}"
        return f"{self.caption} {wording.won(self.big_won)}"


@dataclass(frozen=True, slots=True)
class Taking:
    """How the money is being taken: which tender, and how much was received before it (won)."""

    tender: TenderType
    received_won: int
    left_won: int


@dataclass(frozen=True, slots=True)
class Given:
    """A stored sale: what was due, what was handed over, what goes back (won)."""

    total_won: int
    received_won: int
    change_won: int


@dataclass(frozen=True, slots=True)
class Place:
    """What stays the same from sale to sale."""

    market: str
    register: str
    practice: bool
    account: str


def idle(place: Place) -> Face:
    """Nobody is served."""
    return Face("idle", place.market, wording.register_word(place.register), place.practice)


def cart(place: Place, priced: PricedCart, taking: Taking | None = None) -> Face:
    """The goods so far and what they come to; the account while a transfer is being taken."""
    rows = [_row(line) for line in priced.lines[-SHOWN_LINES:]]
    hidden = len(priced.lines) - len(rows)
    split = taking is not None and taking.received_won > 0
    notes: list[tuple[str, str]] = []
    off = priced.discount_won
    if off:
        notes.append((tr("할인"), wording.won(-off)))
    if taking is not None and split:
        notes.append((tr("합계"), wording.won(priced.total_won)))
        notes.append((tr("받은 돈"), wording.won(taking.received_won)))
    transfer = taking is not None and taking.tender is TenderType.TRANSFER
    return Face(
        "cart",
        place.market,
        wording.register_word(place.register),
        place.practice,
        tuple(rows),
        tr("앞에 {count}가지 더", count=hidden) if hidden else "",
        tuple(notes),
        tr("남은 금액") if split else tr("합계"),
        taking.left_won if taking is not None and split else priced.total_won,
        tr("원"),
        transfer,
        place.account if transfer else "",
    )


def change(place: Place, given: Given) -> Face:
    """The sale is done: what goes back, or thanks."""
    notes = [(tr("합계"), wording.won(given.total_won)), (tr("받은 돈"), wording.won(given.received_won))]
    return Face(
        "change",
        place.market,
        wording.register_word(place.register),
        place.practice,
        (),
        "",
        tuple(notes),
        tr("거스름돈"),
        given.change_won,
        tr("원"),
    )


def _row(priced: PricedLine) -> Row:
    line = priced.line
    parts = [wording.counted(line.quantity_milli, line.unit, SoldBy(line.sold_by))]
    if line.discount is not None and line.discount.kind == "markdown_permille":
        parts.append(tr("떨이 {percent}%", percent=_percent(line.discount.value)))
    elif priced.discount_won:
        parts.append(tr("할인 {amount}", amount=wording.amount(-priced.discount_won)))
    return Row(line.name, " · ".join(parts), wording.amount(priced.amount_won - priced.discount_won))


def _percent(permille: int) -> str:
    whole, rest = divmod(permille, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def account_lines(account: str) -> Sequence[str]:
    """The account as it was entered, one line each part that a comma or a slash separates."""
    parts = [part.strip() for part in account.replace("/", ",").replace("\n", ",").split(",")]
    return [part for part in parts if part]
