"""What is recorded of shifts, cash, counts and the close of a day."""

import msgspec

from pos_app.facts.sales import Override


class ShiftOpen(msgspec.Struct, frozen=True):
    """A float was counted and the till opened. `denominations` are (won, pieces)."""

    day_id: str
    register: str
    business_date: str
    at: str
    float_won: int
    number: int
    operator_name: str = ""
    denominations: tuple[tuple[int, int], ...] = ()


class CashMovement(msgspec.Struct, frozen=True):
    """Cash in or out of the drawer beside sales: kind pay_in, pay_out, loan or pickup."""

    shift_id: str
    day_id: str
    register: str
    at: str
    kind: str
    amount_won: int
    reason: str
    operator_name: str = ""


class DrawerOpen(msgspec.Struct, frozen=True):
    """The cash drawer opened by hand, without money taken; outside a shift `shift_id` is empty."""

    shift_id: str
    day_id: str
    register: str
    at: str
    reason: str
    operator_name: str = ""
    overrides: tuple[Override, ...] = ()


class DrawerCount(msgspec.Struct, frozen=True):
    """A blind count handed in, and what was expected at that moment (shown only afterwards)."""

    shift_id: str
    day_id: str
    register: str
    at: str
    counted_won: int
    expected_won: int
    denominations: tuple[tuple[int, int], ...] = ()
    operator_name: str = ""


class ShiftTotals(msgspec.Struct, frozen=True):
    """The figures that a shift's X and Z paper show, all won or counts."""

    sales_count: int
    refunds_count: int
    voids_count: int
    gross_won: int
    discount_won: int
    truncation_won: int
    refunds_won: int
    net_won: int
    taxable_supply_won: int
    vat_won: int
    exempt_won: int
    unsplit_won: int
    float_won: int
    pay_in_won: int
    pay_out_won: int
    cash_sales_won: int
    cash_refunds_won: int
    expected_cash_won: int
    tenders: tuple[tuple[str, int], ...]  # (tender type, net won)


class CutHead(msgspec.Struct, frozen=True):
    """The last event of one log that a close covers."""

    log: str
    seq: int
    key: str


class ShiftClose(msgspec.Struct, frozen=True):
    """The Z of a shift: counted against expected, over (+) or short (-) frozen."""

    shift_id: str
    day_id: str
    register: str
    business_date: str
    opened_at: str
    at: str
    z_no: int
    counted_won: int
    over_short_won: int
    totals: ShiftTotals
    first_receipt_no: str = ""
    last_receipt_no: str = ""
    denominations: tuple[tuple[int, int], ...] = ()
    reason: str = ""
    operator_name: str = ""
    open_items: tuple[str, ...] = ()  # card amounts still without approval number
    head: CutHead | None = None  # where the register's log ended just before this close
    overrides: tuple[Override, ...] = ()


class SealedRegister(msgspec.Struct, frozen=True):
    """One register as the seal found it; `state` closed or silent, `missing` the seqs that had not come."""

    register: str
    state: str
    sales_count: int
    net_won: int
    over_short_won: int = 0
    z_nos: tuple[int, ...] = ()
    expected_cash_won: int = 0
    counted_won: int = 0
    missing: tuple[tuple[int, int], ...] = ()


class CooperativeTotal(msgspec.Struct, frozen=True):
    """What the vendors of one cooperative sold."""

    cooperative: str
    vendors: int
    gross_won: int
    net_won: int


class DaySeal(msgspec.Struct, frozen=True):
    """The close of a market day: an exact cut, never a query; the sheet is printed from it alone."""

    day_id: str
    at: str
    cut: tuple[CutHead, ...]
    registers: tuple[str, ...]
    complete: bool
    totals: dict[str, int]
    operator_name: str = ""
    reason: str = ""  # why it was sealed although registers were missing
    market: str = ""
    business_date: str = ""
    lines: tuple[SealedRegister, ...] = ()
    tenders: tuple[tuple[str, int], ...] = ()  # (tender type, net won)
    cooperatives: tuple[CooperativeTotal, ...] = ()
    number: int = 1  # 2 and more after the day was opened again
    shop: dict[str, str] = {}  # the head of the sheet as it was then
