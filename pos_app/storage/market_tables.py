"""Folded tables of what a market day has beside sales: orders, donations, mark-downs, slips, settlements."""

from sqlalchemy import Index, Table

from pos_app.storage.columns import key, metadata, whole, words

# What can be said again: the saying with the highest (rank, key) stands, `body` is all of it.
markdown = Table(
    "markdown",
    metadata,
    words("id", primary_key=True),
    key(),
    whole("rank"),
    words("day_id", index=True),
    words("vendor_id"),
    whole("ended"),
    words("body"),
)
donation = Table(
    "donation",
    metadata,
    words("id", primary_key=True),
    key(),
    whole("rank"),
    words("day_id", index=True),
    words("business_date"),
    words("institution"),
    whole("value_won"),
    whole("withdrawn"),
    words("body"),
)
preorder = Table(
    "preorder",
    metadata,
    words("id", primary_key=True),
    key(),
    whole("rank"),
    words("day_id", index=True),
    words("batch_id"),
    words("department"),
    words("token", index=True),
    words("state"),
    whole("version"),
    words("body"),
)
reconciled = Table(
    "reconciled",
    metadata,
    words("id", primary_key=True),  # shift and kind
    key(),
    whole("rank"),
    words("day_id", index=True),
    words("register"),
    words("shift_id"),
    words("kind"),
    whole("till_won"),
    whole("counted_won"),
    words("body"),
)
# What is said once.
pick_up = Table(
    "pick_up",
    metadata,
    key(primary_key=True),
    words("order_id"),
    words("day_id"),
    words("register"),
    words("at"),
    words("sale_id"),
)
Index("pick_up_by_order", pick_up.c.order_id)
day_addendum = Table(
    "day_addendum",
    metadata,
    key(primary_key=True),
    words("day_id", index=True),
    whole("number"),
    words("seal"),
    words("at"),
    whole("hlc"),
    words("body"),
)
day_reopen = Table(
    "day_reopen",
    metadata,
    key(primary_key=True),
    words("day_id", index=True),
    words("seal"),
    words("at"),
    whole("hlc"),
    words("reason"),
    words("operator_name"),
)
seal_choice = Table(
    "seal_choice",
    metadata,
    key(primary_key=True),
    words("day_id", index=True),
    words("seal"),
    words("at"),
    whole("hlc"),
    words("reason"),
)
settlement_run = Table(
    "settlement_run",
    metadata,
    key(primary_key=True),
    words("run_id", index=True),
    words("market_id"),
    words("from_on"),
    words("until_on"),
    words("reverses"),
    words("at"),
    whole("hlc"),
    words("body"),
)
settled_statement = Table(
    "settled_statement",
    metadata,
    words("run_id", primary_key=True),
    words("vendor_id", primary_key=True),
    key(primary_key=True),
    words("vendor"),
    whole("net_won"),
    whole("commission_won"),
    whole("fees_won"),
    whole("to_transfer_won"),
    words("hash"),
    words("body"),
)
settlement_step = Table(
    "settlement_step",
    metadata,
    key(primary_key=True),
    words("run_id", index=True),
    words("vendor_id"),
    words("step"),
    words("at"),
    whole("hlc"),
    words("reference"),
    words("operator_name"),
)
statement_note = Table(
    "statement_note",
    metadata,
    key(primary_key=True),
    words("run_id", index=True),
    words("vendor_id"),
    words("at"),
    whole("hlc"),
    words("text"),
    words("author"),
)
# Edits of kind bundle and commission, shown as rows.
bundle = Table(
    "bundle",
    metadata,
    words("id", primary_key=True),
    words("name"),
    whole("price_won"),
    words("category"),
    whole("active"),
)
bundle_part = Table(
    "bundle_part",
    metadata,
    words("bundle_id", primary_key=True),
    whole("no", primary_key=True),
    words("product_id"),
    whole("quantity_milli"),
    whole("weight"),
)
commission_rule = Table(
    "commission_rule",
    metadata,
    words("id", primary_key=True),
    words("from_on"),
    whole("active"),
    words("body"),
)
