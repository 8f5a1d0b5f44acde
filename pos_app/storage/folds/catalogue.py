"""Folds of the catalogue, field by field, and of market days and rosters."""

from typing import Any

import msgspec

from pos_app.domain.catalogue import Certificate, OversellPolicy, SaleMode, SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.commission import Rule
from pos_app.domain.operators import Role
from pos_app.facts.catalogue import Edit, MarketDay, Roster, SignIn
from pos_app.storage import market_tables, tables
from pos_app.storage.folds.bounds import MAX_NUMBER
from pos_app.storage.queries.edits import edits_of, leaves
from sync.canonical import encode
from sync.events import Event
from sync.rows import Rows

VENDOR_FIELDS: tuple[tuple[str, Any], ...] = (
    ("name", ""),
    ("vendor_class", ""),
    ("tax_kind", "general"),
    ("business_no", ""),
    ("representative", ""),
    ("cooperative", ""),
    ("sale_mode", "consignment"),
    ("certificates", []),
    ("contact", ""),
    ("active", 1),
)
PRODUCT_FIELDS: tuple[tuple[str, Any], ...] = (
    ("vendor_id", ""),
    ("name", ""),
    ("unit", ""),
    ("unit_price_won", 0),
    ("tax_class", "exempt"),
    ("sold_by", "each"),
    ("category", ""),
    ("oversell", "warn"),
    ("active", 1),
)
BUNDLE_FIELDS: tuple[tuple[str, Any], ...] = (
    ("name", ""),
    ("price_won", 0),
    ("category", ""),
    ("active", 1),
)
POLICY_ID = "policy"
_MAX_POLICY = 1_000_000_000
OPERATOR_FIELDS: tuple[tuple[str, Any], ...] = (("name", ""), ("role", "cashier"), ("pin", ""), ("active", 1))


def fold_edit(rows: Rows, event: Event, edit: Edit) -> None:
    """Fields of one thing were set; the table shows the winner of each field.

    Each edit is checked by itself, so that it does not matter which of several comes first.
    """
    values = {name: field.value for name, field in edit.fields.items()}
    _CHECK[edit.kind](edit.id, values)
    first = rows.one('SELECT 1 FROM "edit" WHERE "entity_id" = ?', edit.id) is None
    envelope = event.envelope
    rows.insert(
        tables.edit,
        [
            (
                event.key,
                edit.kind,
                edit.id,
                envelope.hlc,
                bytes.fromhex(envelope.log),
                envelope.actor,
                envelope.wall,
                encode(edit.fields).decode(),
            )
        ],
    )
    if not first:
        values = {name: leaves(edits)[0].edit.value for name, edits in edits_of(rows, edit.id).items()}
    _SHOW[edit.kind](rows, edit.id, values)


def _row(fields: tuple[tuple[str, Any], ...], values: dict[str, Any]) -> list[Any]:
    return [values.get(name, default) for name, default in fields]


def _check(fields: tuple[tuple[str, Any], ...], values: dict[str, Any]) -> None:
    """Each value must be of its field's kind: one store would take a letter for a number, the other not."""
    for name, default in fields:
        if type(values.get(name, default)) is not type(default):
            raise ValueError(f"{name}: not what it should be")
    codes = values.get("barcodes", [])
    if type(codes) is not list or any(type(code) is not str for code in codes):
        raise ValueError("barcodes are texts")


def _check_vendor(_: str, values: dict[str, Any]) -> None:
    _check(VENDOR_FIELDS, values)
    SellerTaxKind(values.get("tax_kind", "general"))
    SaleMode(values.get("sale_mode", "consignment"))
    msgspec.convert(values.get("certificates", []), tuple[Certificate, ...])


def _show_vendor(rows: Rows, vendor_id: str, values: dict[str, Any]) -> None:
    row = _row(VENDOR_FIELDS, values)
    row[7] = encode(row[7]).decode()
    rows.put(tables.vendor, [(vendor_id, *row)])


def _check_product(_: str, values: dict[str, Any]) -> None:
    _check(PRODUCT_FIELDS, values)
    TaxClass(values.get("tax_class", "exempt"))
    SoldBy(values.get("sold_by", "each"))
    OversellPolicy(values.get("oversell", "warn"))


def _show_product(rows: Rows, product_id: str, values: dict[str, Any]) -> None:
    rows.put(tables.product, [(product_id, *_row(PRODUCT_FIELDS, values))])
    _show_barcodes(rows, product_id, values)


def _show_barcodes(rows: Rows, product_id: str, values: dict[str, Any]) -> None:
    rows.run('DELETE FROM "barcode" WHERE "product_id" = ?', product_id)
    rows.insert(tables.barcode, [(code, product_id) for code in dict.fromkeys(values.get("barcodes", []))])


def _check_operator(_: str, values: dict[str, Any]) -> None:
    _check(OPERATOR_FIELDS, values)
    Role(values.get("role", "cashier"))


def _show_operator(rows: Rows, operator_id: str, values: dict[str, Any]) -> None:
    rows.put(tables.operator, [(operator_id, *_row(OPERATOR_FIELDS, values))])


def _check_policy(policy_id: str, values: dict[str, Any]) -> None:
    if policy_id != POLICY_ID:
        raise ValueError("there is one policy")
    for value in values.values():
        if type(value) is not int or not 0 <= value <= _MAX_POLICY:
            raise ValueError("a policy is a whole number")


def _show_policy(rows: Rows, _: str, values: dict[str, Any]) -> None:
    rows.put(tables.policy, [(name, str(value)) for name, value in values.items()])


def _parts(bundle_id: str, values: dict[str, Any]) -> list[tuple[str, int, str, int, int]]:
    parts = []
    for no, part in enumerate(values.get("parts", []), 1):
        product_id, milli, weight = str(part).split(" ")
        parts.append((bundle_id, no, product_id, int(milli), int(weight)))
    return parts


def _check_bundle(bundle_id: str, values: dict[str, Any]) -> None:
    _check(BUNDLE_FIELDS, values)
    for _, _, _, milli, weight in _parts(bundle_id, values):
        if not 1 <= milli < MAX_NUMBER or not 0 <= weight < MAX_NUMBER:
            raise ValueError("a part is something")


def _show_bundle(rows: Rows, bundle_id: str, values: dict[str, Any]) -> None:
    rows.put(market_tables.bundle, [(bundle_id, *_row(BUNDLE_FIELDS, values))])
    rows.run('DELETE FROM "bundle_part" WHERE "bundle_id" = ?', bundle_id)
    rows.insert(market_tables.bundle_part, _parts(bundle_id, values))
    _show_barcodes(rows, bundle_id, values)


def _check_commission(rule_id: str, values: dict[str, Any]) -> None:
    _check((("rule", ""), ("active", 1)), values)
    if "rule" in values and msgspec.json.decode(values["rule"], type=Rule).id != rule_id:
        raise ValueError("a rule bears its own id")


def _show_commission(rows: Rows, rule_id: str, values: dict[str, Any]) -> None:
    if "rule" in values:  # what it is may come after whether it is in force
        rule = msgspec.json.decode(values["rule"], type=Rule)
        body = encode(rule).decode()
        rows.put(market_tables.commission_rule, [(rule_id, rule.from_on, values.get("active", 1), body)])


_CHECK = {
    "vendor": _check_vendor,
    "product": _check_product,
    "operator": _check_operator,
    "policy": _check_policy,
    "bundle": _check_bundle,
    "commission": _check_commission,
}
_SHOW = {
    "vendor": _show_vendor,
    "product": _show_product,
    "operator": _show_operator,
    "policy": _show_policy,
    "bundle": _show_bundle,
    "commission": _show_commission,
}


def fold_roster(rows: Rows, event: Event, roster: Roster) -> None:
    """A workbook's codes; parts of one roster share its id, repeats change nothing."""
    found = rows.one('SELECT "hlc", "source" FROM "roster" WHERE "roster_id" = ?', roster.roster_id)
    hlc, source = max((event.envelope.hlc, roster.source), found or (0, ""))
    rows.put(tables.roster, [(roster.roster_id, source, hlc)])
    rows.put(
        tables.roster_vendor,
        [(roster.roster_id, code, vendor, booth) for code, vendor, booth in roster.vendors],
    )
    rows.put(
        tables.roster_product,
        [(roster.roster_id, code, product, milli) for code, product, milli in roster.products],
    )


def fold_market_day(rows: Rows, event: Event, day: MarketDay) -> None:
    """A market day, its registers and its roster; the latest saying that names a host agency counts.

    A till that joins the day says nothing of the agency: that takes none away.
    """
    hlc = event.envelope.hlc
    found = rows.one('SELECT "hlc", "agency" FROM "market_day" WHERE "day_id" = ?', day.day_id)
    if found is None or (day.agency != "", hlc, day.agency) > (found[1] != "", found[0], found[1]):
        rows.put(
            tables.market_day, [(day.day_id, day.market_id, day.market, day.business_date, day.agency, hlc)]
        )
    for register in day.registers:
        rows.insert_new(tables.day_register, (day.day_id, register))
    if day.roster_id:
        known = rows.one(
            'SELECT "hlc" FROM "day_roster" WHERE "day_id" = ? AND "roster_id" = ?', day.day_id, day.roster_id
        )
        rows.put(tables.day_roster, [(day.day_id, day.roster_id, max(hlc, known[0] if known else 0))])


def fold_sign_in(rows: Rows, event: Event, came: SignIn) -> None:
    """Someone signed in, failed, or was let out of a lock."""
    rows.insert_new(tables.sign_in, (event.key, came.operator_id, event.envelope.hlc, came.at, came.outcome))
