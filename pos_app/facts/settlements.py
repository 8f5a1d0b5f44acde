"""What is recorded of settling with the vendors: runs with all their terms, statements, steps and notes."""

import msgspec

from pos_app.domain.commission import Rule
from pos_app.domain.settlement import Account, Statement


class SettledDay(msgspec.Struct, frozen=True):
    """A market day in a run, with the key of the seal (or addendum) whose cut was settled.

    `after` names the seals and addenda whose cuts earlier runs had settled: the run tells only what is beyond.
    """

    day_id: str
    business_date: str
    seal: str
    after: tuple[str, ...] = ()


class SettlementRun(msgspec.Struct, frozen=True):
    """A run over sealed days: the terms it was reckoned by and the hash of each vendor's statement.

    `reverses` names the paid run that this one takes back; amounts of its statements are the negative ones.
    """

    run_id: str
    market_id: str
    market: str
    cooperative: str
    from_on: str
    until_on: str
    days: tuple[SettledDay, ...]
    rules: tuple[Rule, ...]
    fees_permille: dict[str, int]
    held_until_redeemed: tuple[str, ...]
    statements: tuple[tuple[str, str], ...]  # (vendor id, content hash)
    hash: str
    at: str
    reverses: str = ""
    operator_name: str = ""
    reason: str = ""  # of a run that takes another one back


class SettledGoods(msgspec.Struct, frozen=True):
    """What one product brought on a day, signed, with its share of the rule's commission."""

    on: str
    product_id: str
    name: str
    unit: str
    product_class: str
    quantity_milli: int
    gross_won: int
    off_won: int  # discounts and truncation
    refunds_won: int
    net_won: int
    rule_id: str
    commission_won: int


class SettledStatement(msgspec.Struct, frozen=True):
    """One vendor's statement of a run, as it was reckoned; never changed.

    `account` is all that it was reckoned from, so that the same run can be made again at any time.
    """

    run_id: str
    vendor_id: str
    vendor: str
    hash: str
    statement: Statement
    account: Account | None = None
    goods: tuple[SettledGoods, ...] = ()
    sales_count: int = 0
    booth: int = 0


class SettlementStep(msgspec.Struct, frozen=True):
    """A run (or, with `vendor_id`, one statement of it) went on: approved, draft again, paid, withdrawn, redeemed."""

    run_id: str
    step: str
    at: str
    vendor_id: str = ""
    reference: str = ""  # of the bank's transfer
    operator_name: str = ""
    role: str = ""


class StatementNote(msgspec.Struct, frozen=True):
    """What the vendor objects or somebody adds; it stays with the statement."""

    run_id: str
    vendor_id: str
    at: str
    text: str
    author: str
    operator_name: str = ""
