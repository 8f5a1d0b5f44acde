"""Folded tables: what the events say. They may always be dropped and rebuilt."""

from sqlalchemy import Column, Index, Table, Text, text

from pos_app.storage.columns import key, metadata, summed, whole, words

# --- catalogue ---------------------------------------------------------------------------------
edit = Table(
    "edit",
    metadata,
    key(primary_key=True),
    words("kind"),
    words("entity_id"),
    whole("hlc"),
    key("log"),
    words("actor"),
    words("wall"),
    words("fields"),
)
Index("edit_by_entity", edit.c.entity_id)
vendor = Table(
    "vendor",
    metadata,
    words("id", primary_key=True),
    words("name"),
    words("vendor_class"),
    words("tax_kind"),
    words("business_no"),
    words("representative"),
    words("cooperative"),
    words("sale_mode"),
    words("certificates"),
    words("contact"),
    whole("active"),
)
product = Table(
    "product",
    metadata,
    words("id", primary_key=True),
    words("vendor_id", index=True),
    words("name"),
    words("unit"),
    whole("unit_price_won"),
    words("tax_class"),
    words("sold_by"),
    words("category"),
    words("oversell"),
    whole("active"),
)
barcode = Table("barcode", metadata, words("code", primary_key=True), words("product_id", primary_key=True))
Index("barcode_by_product", barcode.c.product_id)
operator = Table(
    "operator",
    metadata,
    words("id", primary_key=True),
    words("name"),
    words("role"),
    words("pin"),
    whole("active"),
)
policy = Table("policy", metadata, words("name", primary_key=True), words("value"))
roster = Table(
    "roster", metadata, words("roster_id", primary_key=True), words("source"), whole("hlc", index=True)
)
roster_vendor = Table(
    "roster_vendor",
    metadata,
    words("roster_id", primary_key=True),
    words("code", primary_key=True),
    words("vendor_id"),
    whole("booth"),
)
roster_product = Table(
    "roster_product",
    metadata,
    words("roster_id", primary_key=True),
    words("code", primary_key=True),
    words("product_id"),
    whole("brought_milli"),
)
# --- market day and people ---------------------------------------------------------------------
market_day = Table(
    "market_day",
    metadata,
    words("day_id", primary_key=True),
    words("market_id"),
    words("market"),
    words("business_date", index=True),
    words("agency"),
    whole("hlc"),
)
day_register = Table(
    "day_register", metadata, words("day_id", primary_key=True), words("register", primary_key=True)
)
day_roster = Table(
    "day_roster",
    metadata,
    words("day_id", primary_key=True),
    words("roster_id", primary_key=True),
    whole("hlc"),
)
sign_in = Table(
    "sign_in",
    metadata,
    key(primary_key=True),
    words("operator_id", index=True),
    whole("hlc"),
    words("at"),
    words("outcome"),
)
# --- selling -----------------------------------------------------------------------------------
sale = Table(
    "sale",
    metadata,
    words("id", primary_key=True),
    key(),
    key("log"),
    words("day_id"),
    words("shift_id"),
    words("register"),
    words("business_date"),
    words("at"),
    words("receipt_no"),
    whole("number"),
    words("operator_name"),
    words("customer"),
    whole("gross_won"),
    whole("discount_won"),
    whole("truncation_won"),
    whole("total_won"),
    whole("change_won"),
)
Index("sale_by_receipt", sale.c.receipt_no)
Index("sale_by_shift", sale.c.shift_id, sale.c.number)
sale_line = Table(
    "sale_line",
    metadata,
    words("sale_id", primary_key=True),
    whole("no", primary_key=True),
    words("vendor_id"),
    words("product_id"),
    words("name"),
    words("unit"),
    whole("unit_price_won"),
    whole("quantity_milli"),
    whole("amount_won"),
    whole("discount_won"),
    whole("net_won"),
)
sale_tender = Table(
    "sale_tender",
    metadata,
    words("sale_id", primary_key=True),
    whole("no", primary_key=True),
    words("type"),
    words("kind"),
    words("held_by"),
    whole("amount_won"),
    words("approval_no"),
)
# PostgreSQL keeps this index whole: its condition would load that dialect (3 MB) into every till.
_without_number = text("\"type\" = 'card' AND \"approval_no\" = ''")
Index(
    "card_without_number",
    sale_tender.c.sale_id,
    sqlite_where=_without_number,
)
refund = Table(
    "refund",
    metadata,
    words("id", primary_key=True),
    key(),
    key("log"),
    words("sale_id", index=True),
    words("day_id"),
    words("shift_id"),
    words("register"),
    words("business_date"),
    words("at"),
    words("receipt_no"),
    whole("number"),
    whole("refund_won"),
    words("reason"),
)
Index("refund_by_shift", refund.c.shift_id, refund.c.number)
refund_line = Table(
    "refund_line",
    metadata,
    words("refund_id", primary_key=True),
    whole("line", primary_key=True),
    words("sale_id"),
    words("vendor_id"),
    words("product_id"),
    whole("quantity_milli"),
    whole("refund_won"),
)
Index("refund_line_by_sale", refund_line.c.sale_id)
void_sale = Table(
    "void_sale",
    metadata,
    words("sale_id", primary_key=True),
    key(),
    words("at"),
    words("reason"),
    words("shift_id"),
    words("given_id"),
)
# Every wish for a 현금영수증, the one in the sale itself included; the latest by (hlc, key) holds.
cash_receipt = Table(
    "cash_receipt",
    metadata,
    key(primary_key=True),
    words("sale_id", index=True),
    whole("hlc"),
    words("purpose"),
    words("identity_masked"),
    words("at"),
    words("operator_name"),
)
# Approval numbers of card tenders filled in after the sale; the latest by (hlc, key) holds.
card_number = Table(
    "card_number",
    metadata,
    key(primary_key=True),
    words("sale_id", index=True),
    whole("no"),
    whole("hlc"),
    words("approval_no"),
    words("at"),
    words("operator_name"),
)
reprint = Table(
    "reprint",
    metadata,
    words("subject_id", primary_key=True),
    key(primary_key=True),
    words("subject"),
    whole("copy"),
    words("at"),
)
# Things that both were kept of, and that somebody should look at: double ids, late voids.
flag = Table("flag", metadata, key(primary_key=True), words("code", primary_key=True), words("detail"))
# --- stock -------------------------------------------------------------------------------------
stock_movement = Table(
    "stock_movement",
    metadata,
    key(primary_key=True),
    whole("no", primary_key=True),
    words("product_id"),
    words("vendor_id"),
    words("day_id"),
    words("reason"),
    whole("quantity_milli"),
)
stock = Table(
    "stock", metadata, words("product_id", primary_key=True), summed("on_hand_milli"), summed("movements")
)
goods_batch = Table(
    "goods_batch", metadata, words("batch_id", primary_key=True), key(), words("reason"), words("at")
)
# --- kept totals, per log and shift ------------------------------------------------------------
log_total = Table(
    "log_total",
    metadata,
    key("log", primary_key=True),
    words("shift_id", primary_key=True),
    words("day_id", index=True),
    words("register"),
    summed("sales_count"),
    summed("refunds_count"),
    summed("voids_count"),
    summed("gross_won"),
    summed("discount_won"),
    summed("truncation_won"),
    summed("refunds_won"),
    summed("taxable_supply_won"),
    summed("vat_won"),
    summed("exempt_won"),
    summed("unsplit_won"),
)
tender_total = Table(
    "tender_total",
    metadata,
    key("log", primary_key=True),
    words("shift_id", primary_key=True),
    words("type", primary_key=True),
    words("kind", primary_key=True),
    words("held_by", primary_key=True),
    words("day_id", index=True),
    summed("count"),
    summed("received_won"),
    summed("refunded_won"),
    summed("drawer_won"),
)
product_total = Table(
    "product_total",
    metadata,
    words("day_id", primary_key=True),
    words("product_id", primary_key=True),
    key("log", primary_key=True),
    words("vendor_id", primary_key=True),
    summed("quantity_milli"),
    summed("gross_won"),
    summed("net_won"),
)
# What counts receipts or tenders counts them once for each vendor on the paper.
vendor_total = Table(
    "vendor_total",
    metadata,
    *(
        words(name, primary_key=True)
        for name in ("vendor_id", "day_id", "register", "hour", "type", "kind", "held_by")
    ),
    *(summed(name) for name in ("sales_count", "refunds_count", "voids_count")),
    *(summed(name) for name in ("gross_won", "discount_won", "truncation_won", "refunds_won")),
    *(summed(name) for name in ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won", "net_won")),
    *(summed(name) for name in ("tenders_count", "refund_tenders_count", "received_won", "refunded_won")),
)
# --- shifts ------------------------------------------------------------------------------------
shift = Table(
    "shift",
    metadata,
    words("id", primary_key=True),
    key("log"),
    words("day_id", index=True),
    words("register"),
    words("business_date"),
    whole("number"),
    words("opened_at"),
    whole("float_won"),
    words("operator_name"),
)
cash_movement = Table(
    "cash_movement",
    metadata,
    key(primary_key=True),
    words("shift_id", index=True),
    words("kind"),
    whole("amount_won"),
    words("reason"),
    words("at"),
)
drawer_open = Table(
    "drawer_open",
    metadata,
    key(primary_key=True),
    words("shift_id", index=True),
    words("day_id"),
    words("register"),
    words("at"),
    words("reason"),
    words("operator_name"),
    words("allowed_by"),
)
drawer_count = Table(
    "drawer_count",
    metadata,
    key(primary_key=True),
    words("shift_id", index=True),
    whole("hlc"),
    whole("counted_won"),
    whole("expected_won"),
    words("denominations"),
)
shift_close = Table(
    "shift_close",
    metadata,
    words("shift_id", primary_key=True),
    key(),
    whole("z_no"),
    words("at"),
    whole("counted_won"),
    whole("over_short_won"),
)
day_seal = Table(
    "day_seal",
    metadata,
    key(primary_key=True),
    words("day_id", index=True),
    words("at"),
    whole("hlc"),
    whole("complete"),
    Column("body", Text, nullable=False),
)
