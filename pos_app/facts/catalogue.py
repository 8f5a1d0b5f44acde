"""What is recorded of the catalogue, the market day and the people at the till."""

from typing import Any

import msgspec

from pos_app.facts.shifts import CutHead


class FieldEdit(msgspec.Struct, frozen=True, array_like=True):
    """One field set: `rev` = 1 + the highest revision replaced, `bases` = hashes of the values replaced."""

    value: Any  # text, integer, or a list of texts; never a fraction
    rev: int
    bases: tuple[str, ...] = ()


class Edit(msgspec.Struct, frozen=True):
    """Fields of one thing of the catalogue; kind vendor, product, operator or policy."""

    kind: str
    id: str
    fields: dict[str, FieldEdit]


class Roster(msgspec.Struct, frozen=True):
    """Part of one workbook's labels: which code meant which vendor or product, and what was to be brought."""

    roster_id: str
    source: str
    vendors: tuple[tuple[str, str, int], ...] = ()  # (code, vendor id, booth)
    products: tuple[tuple[str, str, int], ...] = ()  # (code, product id, brought milli)


class MarketDay(msgspec.Struct, frozen=True):
    """A market day and the registers planned for it; said again, it adds to what is known."""

    day_id: str
    market_id: str
    market: str
    business_date: str
    registers: tuple[str, ...]
    roster_id: str = ""
    agency: str = ""


class GoodsMovement(msgspec.Struct, frozen=True):
    """Goods that came, went or were counted; quantities signed, thousandths of the unit."""

    batch_id: str  # the same batch told twice counts once
    day_id: str
    at: str
    reason: str  # brought taken_home donated waste count
    lines: tuple[tuple[str, str, int], ...]  # (product id, vendor id, quantity milli)
    note: str = ""
    operator_name: str = ""
    seen: tuple[CutHead, ...] = ()  # a count: where the logs of the day's registers ended then


class SignIn(msgspec.Struct, frozen=True):
    """Someone signed in, failed, was locked out, or let out again: outcome ok, wrong, locked, unlocked."""

    operator_id: str
    register: str
    at: str
    outcome: str
