"""Products with vendor and stock in one look, for the tiles of a till."""

from collections.abc import Iterable, Iterator

from sync.rows import Row, Rows

_TILE = (
    'SELECT p."id", p."name", p."unit", p."unit_price_won", p."sold_by", p."tax_class", p."vendor_id", '
    'v."name", p."category", s."on_hand_milli", p."oversell" FROM "product" p '
    'JOIN "vendor" v ON v."id" = p."vendor_id" LEFT JOIN "stock" s ON s."product_id" = p."id" '
    'WHERE p."active" = 1'
)
_AT_ONCE = 500


def every(rows: Rows) -> Iterator[Row]:
    """All tiles, in no order, one by one."""
    return rows.each(_TILE)


def by_name(rows: Rows, limit: int) -> list[Row]:
    """The first tiles by name."""
    return rows.all(f'{_TILE} ORDER BY p."name", p."id" LIMIT ?', limit)


def of_vendor(rows: Rows, vendor_id: str, limit: int) -> list[Row]:
    """A vendor's tiles by name."""
    return rows.all(f'{_TILE} AND p."vendor_id" = ? ORDER BY p."name", p."id" LIMIT ?', vendor_id, limit)


def these(rows: Rows, product_ids: Iterable[str]) -> list[Row]:
    """The tiles of some products."""
    wanted = list(product_ids)
    found: list[Row] = []
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ", ".join("?" for _ in part)
        found += rows.all(f'{_TILE} AND p."id" IN ({marks})', *part)
    return found
