"""Questions to the catalogue: vendors, products, barcodes, codes of a market day."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from pos_app.domain.catalogue import (
    Certificate,
    OversellPolicy,
    Product,
    SaleMode,
    SellerTaxKind,
    SoldBy,
    TaxClass,
    Vendor,
)
from sync.rows import Row, Rows

_certificates = msgspec.json.Decoder(tuple[Certificate, ...])

_TAX = {each.value: each for each in TaxClass}
_SOLD_BY = {each.value: each for each in SoldBy}
_LIKE = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
_OVERSELL = {each.value: each for each in OversellPolicy}
_VENDOR = (
    'SELECT "id", "name", "tax_kind", "vendor_class", "business_no", "representative", "cooperative", '
    '"sale_mode", "certificates", "active" FROM "vendor"'
)
_PRODUCT = (
    'SELECT "id", "vendor_id", "name", "unit", "unit_price_won", "tax_class", "sold_by", "category", '
    '"oversell", "active" FROM "product"'
)


def _vendor(row: Row) -> Vendor:
    return Vendor(
        row[0],
        row[1],
        SellerTaxKind(row[2]),
        row[3],
        row[4],
        row[5],
        row[6],
        SaleMode(row[7]),
        _certificates.decode(row[8]),
        bool(row[9]),
    )


def _product(row: Row, barcodes: tuple[str, ...]) -> Product:
    return Product(
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        _TAX[row[5]],
        _SOLD_BY[row[6]],
        barcodes,
        row[7],
        _OVERSELL[row[8]],
        bool(row[9]),
    )


def vendor(rows: Rows, vendor_id: str) -> Vendor | None:
    """One vendor, or None."""
    row = rows.one(f'{_VENDOR} WHERE "id" = ?', vendor_id)
    return _vendor(row) if row else None


def vendors(rows: Rows) -> list[Vendor]:
    """All vendors by name."""
    return [_vendor(row) for row in rows.all(f'{_VENDOR} ORDER BY "name"')]


def vendors_named(rows: Rows, name: str) -> list[Vendor]:
    """Vendors that bear exactly this name."""
    return [_vendor(row) for row in rows.all(f'{_VENDOR} WHERE "name" = ? ORDER BY "id"', name)]


def product(rows: Rows, product_id: str) -> Product | None:
    """One product with its barcodes, or None."""
    row = rows.one(f'{_PRODUCT} WHERE "id" = ?', product_id)
    if row is None:
        return None
    codes = rows.all('SELECT "code" FROM "barcode" WHERE "product_id" = ? ORDER BY "code"', product_id)
    return _product(row, tuple(code for (code,) in codes))


def products(rows: Rows) -> Iterator[Product]:
    """All products by name, barcodes left out."""
    for row in rows.each(f'{_PRODUCT} WHERE "active" = 1 ORDER BY "name", "id"'):
        yield _product(row, ())


def some_products(rows: Rows, limit: int) -> list[Product]:
    """Some active products, whichever are read first, barcodes left out: what stands in is not sorted."""
    return [_product(row, ()) for row in rows.all(f'{_PRODUCT} WHERE "active" = 1 LIMIT ?', limit)]


def products_like(rows: Rows, text: str, limit: int) -> list[str]:
    """Ids of some active products whose name holds all words of a text as they are written."""
    words = unicodedata.normalize("NFC", text).split()[:8]
    fits = "".join(" AND \"name\" LIKE ? ESCAPE '\\'" for _ in words)
    marks = (f"%{word.translate(_LIKE)}%" for word in words)
    found = rows.all(f'SELECT "id" FROM "product" WHERE "active" = 1{fits} LIMIT ?', *marks, limit)
    return [row[0] for row in found]


def product_of_barcode(rows: Rows, code: str) -> str | None:
    """The product that bears a barcode; of several, the one that is active and first by id."""
    row = rows.one(
        'SELECT b."product_id" FROM "barcode" b JOIN "product" p ON p."id" = b."product_id" '
        'WHERE b."code" = ? AND p."active" = 1 ORDER BY b."product_id" LIMIT 1',
        code,
    )
    return row[0] if row else None


def count(rows: Rows) -> tuple[int, int]:
    """How many vendors and products there are."""
    found = rows.one('SELECT (SELECT count(*) FROM "vendor"), (SELECT count(*) FROM "product")')
    return (found[0], found[1]) if found else (0, 0)


@dataclass(frozen=True, slots=True)
class Booth:
    """A vendor's place in one market day's workbook."""

    vendor_id: str
    code: str
    number: int


def latest_roster(rows: Rows) -> str:
    """The codes of the last import; empty when nothing was imported."""
    row = rows.one('SELECT "roster_id" FROM "roster" ORDER BY "hlc" DESC, "roster_id" LIMIT 1')
    return row[0] if row else ""


def day_rosters(rows: Rows, day_id: str) -> list[str]:
    """The rosters of a day, the latest first."""
    return [
        row[0]
        for row in rows.all(
            'SELECT "roster_id" FROM "day_roster" WHERE "day_id" = ? ORDER BY "hlc" DESC, "roster_id"', day_id
        )
    ]


def booths(rows: Rows, rosters: list[str]) -> dict[str, Booth]:
    """Who takes part, by vendor id; the latest roster that names a vendor counts."""
    found: dict[str, Booth] = {}
    for roster_id in rosters:
        for code, vendor_id, number in rows.all(
            'SELECT "code", "vendor_id", "booth" FROM "roster_vendor" WHERE "roster_id" = ? ORDER BY "booth"',
            roster_id,
        ):
            found.setdefault(vendor_id, Booth(vendor_id, code, number))
    return found


def codes(rows: Rows, rosters: list[str]) -> dict[str, str]:
    """Product id by the code of the day's workbook; the latest roster that has a code counts."""
    found: dict[str, str] = {}
    for roster_id in rosters:
        for code, product_id in rows.all(
            'SELECT "code", "product_id" FROM "roster_product" WHERE "roster_id" = ?', roster_id
        ):
            found.setdefault(code, product_id)
    return found


def brought(rows: Rows, roster_id: str) -> list[tuple[str, str, int]]:
    """What a roster says will be brought: (product id, vendor id, milli), only what is more than nothing."""
    return [
        (row[0], row[1], row[2])
        for row in rows.all(
            'SELECT r."product_id", p."vendor_id", r."brought_milli" FROM "roster_product" r '
            'JOIN "product" p ON p."id" = r."product_id" WHERE r."roster_id" = ? AND r."brought_milli" > 0 '
            'ORDER BY r."product_id"',
            roster_id,
        )
    ]


def on_hand(rows: Rows) -> dict[str, int]:
    """Thousandths on hand by product; a product nothing is known of is missing."""
    return dict(rows.all('SELECT "product_id", "on_hand_milli" FROM "stock"'))


def on_hand_of(rows: Rows, product_id: str) -> int | None:
    """Thousandths on hand of one product; None when nothing was ever moved."""
    row = rows.one('SELECT "on_hand_milli" FROM "stock" WHERE "product_id" = ?', product_id)
    return row[0] if row else None


def policies(rows: Rows) -> dict[str, str]:
    """What was decided for everybody: roundings, limits."""
    return dict(rows.all('SELECT "name", "value" FROM "policy"'))
