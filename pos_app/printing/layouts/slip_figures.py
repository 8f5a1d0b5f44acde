"""What the slips of a market say: figures that somebody else reckoned, frozen."""

from typing import Literal

import msgspec


class GoodsLine(msgspec.Struct, frozen=True):
    """Goods on a slip; `amount_won` None where the slip tells no value."""

    name: str
    unit: str
    quantity_milli: int
    amount_won: int | None = None
    vendor: str = ""
    note: str = ""


class HandoffSlip(msgspec.Struct, frozen=True):
    """Goods that a vendor brought or took home (판매자 인계증); `cash_won` handed over with them."""

    direction: Literal["brought", "taken_home"]
    at: str
    business_date: str
    market: str
    vendor: str
    lines: tuple[GoodsLine, ...]
    slip_no: str = ""
    booth: str = ""
    business_no: str = ""
    total_won: int | None = None
    cash_won: int | None = None
    operator_name: str = ""
    note: str = ""


class CommissionLine(msgspec.Struct, frozen=True):
    """Sales under one rule and what the cooperative keeps of them; `rule` as people call it."""

    rule: str
    net_won: int
    commission_won: int


class SettlementSlip(msgspec.Struct, frozen=True, kw_only=True):
    """One vendor's settlement (정산서): signed figures, `payout_won` = net - commission - fees.

    `carried_won` came over from earlier markets, `vendor_held_won` the vendor holds already,
    `held_back_won` waits for vouchers to be redeemed, `released_won` waited until now,
    `transfer_won` is sent and `carried_out_won` goes over to the next. `digest` (hex) proves which run
    this is; `sales_count` None: not told.
    """

    settlement_no: str
    state: Literal["draft", "approved", "paid"]
    at: str
    period: str
    market: str
    vendor: str
    sales_count: int | None = None
    gross_won: int
    discount_won: int
    truncation_won: int
    refunds_won: int
    net_won: int
    commissions: tuple[CommissionLine, ...]
    commission_won: int
    fees: tuple[tuple[str, int], ...]
    fees_won: int
    payout_won: int
    transfer_won: int
    tenders: tuple[tuple[str, int], ...] = ()  # (tender type, won) as in a shift's totals
    carried_won: int = 0
    vendor_held_won: int = 0
    held_back_won: int = 0
    released_won: int = 0
    carried_out_won: int = 0
    business_no: str = ""
    booth: str = ""
    account_masked: str = ""
    correction_of: str = ""
    operator_name: str = ""
    digest: str = ""
    notes: tuple[str, ...] = ()  # what the vendor objected


class PickupSlip(msgspec.Struct, frozen=True):
    """Goods of a pre-order handed out (수령증); `due_won` was taken at the pick-up."""

    order_no: str
    at: str
    agency: str
    person: str
    lines: tuple[GoodsLine, ...]
    total_won: int
    prepaid_won: int
    due_won: int
    department: str = ""
    phone_masked: str = ""
    receipt_no: str = ""
    operator_name: str = ""
    code: str = ""  # what the QR says, to find the order again


class DonationSlip(msgspec.Struct, frozen=True):
    """Goods given to an institution (전달확인서), valued."""

    donation_no: str
    at: str
    business_date: str
    market: str
    institution: str
    lines: tuple[GoodsLine, ...]
    value_won: int
    institution_no: str = ""
    representative: str = ""
    donor: str = ""
    operator_name: str = ""
    note: str = ""


class PriceLabel(msgspec.Struct, frozen=True):
    """One product's label; `barcode` thirteen digits or empty."""

    name: str
    vendor: str
    price_won: int
    unit: str
    barcode: str = ""
    exempt: bool = False
    per_weight: bool = False  # the price is for one unit of weight
