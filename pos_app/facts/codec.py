"""Which event type carries which fact."""

from typing import Any

import msgspec

from pos_app.facts import catalogue, devices, market, sales, settlements, shifts

TYPES: dict[str, type[msgspec.Struct]] = {
    "edit/1": catalogue.Edit,
    "roster/1": catalogue.Roster,
    "market-day/1": catalogue.MarketDay,
    "goods/1": catalogue.GoodsMovement,
    "sign-in/1": catalogue.SignIn,
    "sale/1": sales.Sale,
    "refund/1": sales.Refund,
    "void/1": sales.VoidSale,
    "reprint/1": sales.Reprint,
    "cash-receipt/1": sales.CashReceipt,
    "card-number/1": sales.CardNumber,
    "shift-open/1": shifts.ShiftOpen,
    "cash/1": shifts.CashMovement,
    "count/1": shifts.DrawerCount,
    "drawer-open/1": shifts.DrawerOpen,
    "shift-close/1": shifts.ShiftClose,
    "day-seal/1": shifts.DaySeal,
    "day-addendum/1": market.DayAddendum,
    "day-reopen/1": market.DayReopen,
    "seal-choice/1": market.SealChoice,
    "markdown/1": market.Markdown,
    "donation/1": market.Donation,
    "order/1": market.Order,
    "pick-up/1": market.PickUp,
    "reconciled/1": market.Reconciled,
    "settlement/1": settlements.SettlementRun,
    "statement/1": settlements.SettledStatement,
    "settlement-step/1": settlements.SettlementStep,
    "statement-note/1": settlements.StatementNote,
    "device-enrolled/1": devices.DeviceEnrolled,
    "device-revoked/1": devices.DeviceRevoked,
}
_written: dict[type[msgspec.Struct], msgspec.json.Decoder[Any]] = {}
_names = {fact: name for name, fact in TYPES.items()}


class UnknownType(LookupError):
    """An event of a type that this program does not know yet."""


class Unreadable(ValueError):
    """A body that is not what its type promises; the message says where."""


def type_of(fact: msgspec.Struct) -> str:
    """The event type that a fact is recorded under."""
    return _names[type(fact)]


def read(type_: str, body: Any) -> msgspec.Struct:
    """The fact in a decoded event body. Raises UnknownType or Unreadable."""
    fact = TYPES.get(type_)
    if fact is None:
        raise UnknownType(type_)
    try:
        return msgspec.convert(body, fact)
    except msgspec.ValidationError as error:
        raise Unreadable(str(error)) from error


def check_written(data: bytes, fact: type[msgspec.Struct]) -> None:
    """Refuse an event of ours that others could not read: a number with a fraction, a missing text.

    `data` are the event's bytes. Raises Unreadable before anything is committed.
    """
    decoder = _written.get(fact)
    if decoder is None:
        holder = msgspec.defstruct("Written", [("body", fact)], frozen=True)
        decoder = _written[fact] = msgspec.json.Decoder(holder)
    try:
        decoder.decode(data)
    except msgspec.ValidationError as error:
        raise Unreadable(str(error)) from error
