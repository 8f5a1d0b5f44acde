"""Folded tables: what the events say. They may always be dropped and rebuilt."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, MetaData, Table, Text, text

metadata = MetaData()


def _text(name: str, **options: object) -> Column[str]:
    return Column(name, Text, nullable=False, **options)  # type: ignore[arg-type]


def _int(name: str, **options: object) -> Column[int]:
    return Column(name, BigInteger, nullable=False, **options)  # type: ignore[arg-type]


def _sum(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, info={"sum": True})


def _key(name: str = "key", **options: object) -> Column[bytes]:
    return Column(name, LargeBinary(32), nullable=False, **options)  # type: ignore[arg-type]


# --- catalogue ---------------------------------------------------------------------------------
edit = Table(
    "edit",
    metadata,
    _key(primary_key=True),
    _text("kind"),
    _text("entity_id"),
    _int("hlc"),
    _key("log"),
    _text("actor"),
    _text("wall"),
    _text("fields"),
)
Index("edit_by_entity", edit.c.entity_id)
vendor = Table(
    "vendor",
    metadata,
    _text("id", primary_key=True),
    _text("name"),
    _text("vendor_class"),
    _text("tax_kind"),
    _text("business_no"),
    _text("representative"),
    _text("cooperative"),
    _text("sale_mode"),
    _text("certificates"),
    _text("contact"),
    _int("active"),
)
product = Table(
    "product",
    metadata,
    _text("id", primary_key=True),
    _text("vendor_id", index=True),
    _text("name"),
    _text("unit"),
    _int("unit_price_won"),
    _text("tax_class"),
    _text("sold_by"),
    _text("category"),
    _text("oversell"),
    _int("active"),
)
barcode = Table("barcode", metadata, _text("code", primary_key=True), _text("product_id", primary_key=True))
Index("barcode_by_product", barcode.c.product_id)
operator = Table(
    "operator",
    metadata,
    _text("id", primary_key=True),
    _text("name"),
    _text("role"),
    _text("pin"),
    _int("active"),
)
policy = Table("policy", metadata, _text("name", primary_key=True), _text("value"))
roster = Table(
    "roster", metadata, _text("roster_id", primary_key=True), _text("source"), _int("hlc", index=True)
)
roster_vendor = Table(
    "roster_vendor",
    metadata,
    _text("roster_id", primary_key=True),
    _text("code", primary_key=True),
    _text("vendor_id"),
    _int("booth"),
)
roster_product = Table(
    "roster_product",
    metadata,
    _text("roster_id", primary_key=True),
    _text("code", primary_key=True),
    _text("product_id"),
    _int("brought_milli"),
)
# --- market day and people ---------------------------------------------------------------------
market_day = Table(
    "market_day",
    metadata,
    _text("day_id", primary_key=True),
    _text("market_id"),
    _text("market"),
    _text("business_date", index=True),
    _text("agency"),
    _int("hlc"),
)
day_register = Table(
    "day_register", metadata, _text("day_id", primary_key=True), _text("register", primary_key=True)
)
day_roster = Table(
    "day_roster",
    metadata,
    _text("day_id", primary_key=True),
    _text("roster_id", primary_key=True),
    _int("hlc"),
)
sign_in = Table(
    "sign_in",
    metadata,
    _key(primary_key=True),
    _text("operator_id", index=True),
    _int("hlc"),
    _text("at"),
    _text("outcome"),
)
# --- selling -----------------------------------------------------------------------------------
sale = Table(
    "sale",
    metadata,
    _text("id", primary_key=True),
    _key(),
    _key("log"),
    _text("day_id"),
    _text("shift_id"),
    _text("register"),
    _text("business_date"),
    _text("at"),
    _text("receipt_no"),
    _int("number"),
    _text("operator_name"),
    _text("customer"),
    _int("gross_won"),
    _int("discount_won"),
    _int("truncation_won"),
    _int("total_won"),
    _int("change_won"),
)
Index("sale_by_receipt", sale.c.receipt_no)
Index("sale_by_shift", sale.c.shift_id, sale.c.number)
sale_line = Table(
    "sale_line",
    metadata,
    Column("sale_id", Text, ForeignKey("sale.id"), primary_key=True),
    _int("no", primary_key=True),
    _text("vendor_id"),
    _text("product_id"),
    _text("name"),
    _text("unit"),
    _int("unit_price_won"),
    _int("quantity_milli"),
    _int("amount_won"),
    _int("discount_won"),
    _int("net_won"),
)
sale_tender = Table(
    "sale_tender",
    metadata,
    Column("sale_id", Text, ForeignKey("sale.id"), primary_key=True),
    _int("no", primary_key=True),
    _text("type"),
    _text("kind"),
    _text("held_by"),
    _int("amount_won"),
    _text("approval_no"),
)
_without_number = text("\"type\" = 'card' AND \"approval_no\" = ''")
Index(
    "card_without_number",
    sale_tender.c.sale_id,
    sqlite_where=_without_number,
    postgresql_where=_without_number,
)
refund = Table(
    "refund",
    metadata,
    _text("id", primary_key=True),
    _key(),
    _key("log"),
    _text("sale_id", index=True),
    _text("day_id"),
    _text("shift_id"),
    _text("register"),
    _text("business_date"),
    _text("at"),
    _text("receipt_no"),
    _int("number"),
    _int("refund_won"),
    _text("reason"),
)
Index("refund_by_shift", refund.c.shift_id, refund.c.number)
refund_line = Table(
    "refund_line",
    metadata,
    _text("refund_id", primary_key=True),
    _int("line", primary_key=True),
    _text("sale_id"),
    _text("vendor_id"),
    _text("product_id"),
    _int("quantity_milli"),
    _int("refund_won"),
)
Index("refund_line_by_sale", refund_line.c.sale_id)
void_sale = Table(
    "void_sale",
    metadata,
    _text("sale_id", primary_key=True),
    _key(),
    _text("at"),
    _text("reason"),
    _text("shift_id"),
    _text("given_id"),
)
# Every wish for a 현금영수증, the one in the sale itself included; the latest by (hlc, key) holds.
cash_receipt = Table(
    "cash_receipt",
    metadata,
    _key(primary_key=True),
    _text("sale_id", index=True),
    _int("hlc"),
    _text("purpose"),
    _text("identity_masked"),
    _text("at"),
    _text("operator_name"),
)
reprint = Table(
    "reprint",
    metadata,
    _text("subject_id", primary_key=True),
    _key(primary_key=True),
    _text("subject"),
    _int("copy"),
    _text("at"),
)
# Things that both were kept of, and that somebody should look at: double ids, late voids.
flag = Table("flag", metadata, _key(primary_key=True), _text("code", primary_key=True), _text("detail"))
# --- stock -------------------------------------------------------------------------------------
stock_movement = Table(
    "stock_movement",
    metadata,
    _key(primary_key=True),
    _int("no", primary_key=True),
    _text("product_id"),
    _text("vendor_id"),
    _text("day_id"),
    _text("reason"),
    _int("quantity_milli"),
)
stock = Table(
    "stock", metadata, _text("product_id", primary_key=True), _sum("on_hand_milli"), _sum("movements")
)
goods_batch = Table(
    "goods_batch", metadata, _text("batch_id", primary_key=True), _key(), _text("reason"), _text("at")
)
# --- kept totals, per log and shift ------------------------------------------------------------
log_total = Table(
    "log_total",
    metadata,
    _key("log", primary_key=True),
    _text("shift_id", primary_key=True),
    _text("day_id", index=True),
    _text("register"),
    _sum("sales_count"),
    _sum("refunds_count"),
    _sum("voids_count"),
    _sum("gross_won"),
    _sum("discount_won"),
    _sum("truncation_won"),
    _sum("refunds_won"),
    _sum("taxable_supply_won"),
    _sum("vat_won"),
    _sum("exempt_won"),
    _sum("unsplit_won"),
)
tender_total = Table(
    "tender_total",
    metadata,
    _key("log", primary_key=True),
    _text("shift_id", primary_key=True),
    _text("type", primary_key=True),
    _text("kind", primary_key=True),
    _text("held_by", primary_key=True),
    _text("day_id", index=True),
    _sum("count"),
    _sum("received_won"),
    _sum("refunded_won"),
    _sum("drawer_won"),
)
product_total = Table(
    "product_total",
    metadata,
    _text("day_id", primary_key=True),
    _text("product_id", primary_key=True),
    _key("log", primary_key=True),
    _text("vendor_id", primary_key=True),
    _sum("quantity_milli"),
    _sum("gross_won"),
    _sum("net_won"),
)
# --- shifts ------------------------------------------------------------------------------------
shift = Table(
    "shift",
    metadata,
    _text("id", primary_key=True),
    _key("log"),
    _text("day_id", index=True),
    _text("register"),
    _text("business_date"),
    _int("number"),
    _text("opened_at"),
    _int("float_won"),
    _text("operator_name"),
)
cash_movement = Table(
    "cash_movement",
    metadata,
    _key(primary_key=True),
    _text("shift_id", index=True),
    _text("kind"),
    _int("amount_won"),
    _text("reason"),
    _text("at"),
)
drawer_open = Table(
    "drawer_open",
    metadata,
    _key(primary_key=True),
    _text("shift_id", index=True),
    _text("day_id"),
    _text("register"),
    _text("at"),
    _text("reason"),
    _text("operator_name"),
    _text("allowed_by"),
)
drawer_count = Table(
    "drawer_count",
    metadata,
    _key(primary_key=True),
    _text("shift_id", index=True),
    _int("hlc"),
    _int("counted_won"),
    _int("expected_won"),
    _text("denominations"),
)
shift_close = Table(
    "shift_close",
    metadata,
    _text("shift_id", primary_key=True),
    _key(),
    _int("z_no"),
    _text("at"),
    _int("counted_won"),
    _int("over_short_won"),
)
day_seal = Table(
    "day_seal",
    metadata,
    _key(primary_key=True),
    _text("day_id", index=True),
    _text("at"),
    _int("hlc"),
    _int("complete"),
    Column("body", Text, nullable=False),
)
