"""What is recorded of a market day beside its sales: mark-downs, donations, orders, slips, a seal's sequels."""

import msgspec

from pos_app.facts.shifts import CutHead, SealedRegister


class MarkdownStep(msgspec.Struct, frozen=True):
    """From `from_time` (HH:MM, "" at once), or once at most `left_permille` is left, `off_permille` off."""

    off_permille: int
    from_time: str = ""
    left_permille: int = 0


class Markdown(msgspec.Struct, frozen=True):
    """떨이 agreed with a vendor; said again with the same id, the later saying holds (also `ended`)."""

    plan_id: str
    day_id: str
    vendor_id: str
    at: str
    steps: tuple[MarkdownStep, ...]
    product_ids: tuple[str, ...]  # none: all of the vendor's
    consent_by: str
    reason: str = ""
    ended: bool = False
    operator_name: str = ""


class DonationLine(msgspec.Struct, frozen=True):
    """Goods given; `source` leftover (they leave the stock here) or bought (a sale moved them, `sale_id`)."""

    product_id: str
    vendor_id: str
    name: str
    unit: str
    quantity_milli: int
    unit_price_won: int
    value_won: int
    source: str
    given_by: str = ""
    sale_id: str = ""


class Donation(msgspec.Struct, frozen=True):
    """A delivery to an institution; said again with the same id, the later saying holds."""

    donation_id: str
    day_id: str
    business_date: str
    at: str
    institution: str
    lines: tuple[DonationLine, ...]
    value_won: int
    receiver: str = ""
    note: str = ""
    withdrawn: bool = False
    operator_name: str = ""


class OrderedLine(msgspec.Struct, frozen=True):
    """One product ordered before the day, at the price agreed then."""

    no: int
    product_id: str
    vendor_id: str
    name: str
    unit: str
    quantity_milli: int
    unit_price_won: int
    instead_of: str = ""


class Order(msgspec.Struct, frozen=True):
    """A person's order, whole; said again with a higher version, that one holds.

    `person` and `digits` (the last four of a phone) are sealed under the subject `order_id`. `state` is one of
    domain.preorder.OrderState.
    """

    order_id: str
    batch_id: str
    day_id: str
    at: str
    agency: str
    department: str
    person: str
    digits: str
    token: str
    lines: tuple[OrderedLine, ...]
    state: str
    version: int
    paid_won: int = 0
    source: str = ""  # the sheet's cell or row
    operator_name: str = ""


class PickUp(msgspec.Struct, frozen=True):
    """An order was handed out; `sale_id` is the sale that it became, at the till that recorded both."""

    order_id: str
    day_id: str
    register: str
    at: str
    sale_id: str
    version: int
    operator_name: str = ""


class Reconciled(msgspec.Struct, frozen=True):
    """Slips beside the till's figures: kind card, card_refund, transfer or voucher of one shift; the latest counts.

    `ticked` names tenders as (sale id, tender number); `faces` counts vouchers as (face won, pieces).
    """

    day_id: str
    register: str
    shift_id: str
    at: str
    kind: str
    till_won: int
    counted_won: int
    ticked: tuple[tuple[str, int], ...] = ()
    faces: tuple[tuple[int, int], ...] = ()
    note: str = ""
    operator_name: str = ""
    till_count: int = 0
    counted_count: int = 0


class DayAddendum(msgspec.Struct, frozen=True):
    """추가 n호: what came after a seal, as a cut of its own; `totals` are the differences to what was sealed."""

    day_id: str
    number: int
    seal: str
    at: str
    cut: tuple[CutHead, ...]
    totals: dict[str, int]
    reason: str
    operator_name: str = ""
    lines: tuple[SealedRegister, ...] = ()  # the differences by register
    tenders: tuple[tuple[str, int], ...] = ()


class DayReopen(msgspec.Struct, frozen=True):
    """The coordinator opened a sealed day again; the seal stays, another follows."""

    day_id: str
    seal: str
    at: str
    reason: str
    operator_name: str = ""


class SealChoice(msgspec.Struct, frozen=True):
    """Of two seals made apart, the one that counts."""

    day_id: str
    seal: str
    at: str
    reason: str
    operator_name: str = ""
