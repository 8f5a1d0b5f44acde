"""Folded tables of what a market day has beside sales: orders, donations, mark-downs, slips, settlements."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, Text

from pos_app.storage.tables import metadata


def _text(name: str, **options: object) -> Column[str]:
    return Column(name, Text, nullable=False, **options)  # type: ignore[arg-type]


def _int(name: str, **options: object) -> Column[int]:
    return Column(name, BigInteger, nullable=False, **options)  # type: ignore[arg-type]


def _key(name: str = "key", **options: object) -> Column[bytes]:
    return Column(name, LargeBinary(32), nullable=False, **options)  # type: ignore[arg-type]


# What can be said again: the saying with the highest (rank, key) stands, `body` is all of it.
markdown = Table(
    "markdown",
    metadata,
    _text("id", primary_key=True),
    _key(),
    _int("rank"),
    _text("day_id", index=True),
    _text("vendor_id"),
    _int("ended"),
    _text("body"),
)
donation = Table(
    "donation",
    metadata,
    _text("id", primary_key=True),
    _key(),
    _int("rank"),
    _text("day_id", index=True),
    _text("business_date"),
    _text("institution"),
    _int("value_won"),
    _int("withdrawn"),
    _text("body"),
)
preorder = Table(
    "preorder",
    metadata,
    _text("id", primary_key=True),
    _key(),
    _int("rank"),
    _text("day_id", index=True),
    _text("batch_id"),
    _text("department"),
    _text("token", index=True),
    _text("state"),
    _int("version"),
    _text("body"),
)
reconciled = Table(
    "reconciled",
    metadata,
    _text("id", primary_key=True),  # shift and kind
    _key(),
    _int("rank"),
    _text("day_id", index=True),
    _text("register"),
    _text("shift_id"),
    _text("kind"),
    _int("till_won"),
    _int("counted_won"),
    _text("body"),
)
# What is said once.
pick_up = Table(
    "pick_up",
    metadata,
    _key(primary_key=True),
    _text("order_id"),
    _text("day_id"),
    _text("register"),
    _text("at"),
    _text("sale_id"),
)
Index("pick_up_by_order", pick_up.c.order_id)
day_addendum = Table(
    "day_addendum",
    metadata,
    _key(primary_key=True),
    _text("day_id", index=True),
    _int("number"),
    _text("seal"),
    _text("at"),
    _int("hlc"),
    _text("body"),
)
day_reopen = Table(
    "day_reopen",
    metadata,
    _key(primary_key=True),
    _text("day_id", index=True),
    _text("seal"),
    _text("at"),
    _int("hlc"),
    _text("reason"),
    _text("operator_name"),
)
seal_choice = Table(
    "seal_choice",
    metadata,
    _key(primary_key=True),
    _text("day_id", index=True),
    _text("seal"),
    _text("at"),
    _int("hlc"),
    _text("reason"),
)
settlement_run = Table(
    "settlement_run",
    metadata,
    _key(primary_key=True),
    _text("run_id", index=True),
    _text("market_id"),
    _text("from_on"),
    _text("until_on"),
    _text("reverses"),
    _text("at"),
    _int("hlc"),
    _text("body"),
)
settled_statement = Table(
    "settled_statement",
    metadata,
    _text("run_id", primary_key=True),
    _text("vendor_id", primary_key=True),
    _key(primary_key=True),
    _text("vendor"),
    _int("net_won"),
    _int("commission_won"),
    _int("fees_won"),
    _int("to_transfer_won"),
    _text("hash"),
    _text("body"),
)
settlement_step = Table(
    "settlement_step",
    metadata,
    _key(primary_key=True),
    _text("run_id", index=True),
    _text("vendor_id"),
    _text("step"),
    _text("at"),
    _int("hlc"),
    _text("reference"),
    _text("operator_name"),
)
statement_note = Table(
    "statement_note",
    metadata,
    _key(primary_key=True),
    _text("run_id", index=True),
    _text("vendor_id"),
    _text("at"),
    _int("hlc"),
    _text("text"),
    _text("author"),
)
# Edits of kind bundle and commission, shown as rows.
bundle = Table(
    "bundle",
    metadata,
    _text("id", primary_key=True),
    _text("name"),
    _int("price_won"),
    _text("category"),
    _int("active"),
)
bundle_part = Table(
    "bundle_part",
    metadata,
    _text("bundle_id", primary_key=True),
    _int("no", primary_key=True),
    _text("product_id"),
    _int("quantity_milli"),
    _int("weight"),
)
commission_rule = Table(
    "commission_rule",
    metadata,
    _text("id", primary_key=True),
    _text("from_on"),
    _int("active"),
    _text("body"),
)
