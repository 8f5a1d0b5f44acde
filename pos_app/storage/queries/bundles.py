"""Bundles (꾸러미) as the catalogue's edits left them."""

from dataclasses import dataclass

from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class StoredPart:
    """So much of a product in one bundle, and the agreed weight of its share."""

    product_id: str
    quantity_milli: int
    weight: int


@dataclass(frozen=True, slots=True)
class StoredBundle:
    """A bundle with its parts in order; `barcode` empty when none was given."""

    id: str
    name: str
    price_won: int
    category: str
    active: bool
    barcode: str
    parts: tuple[StoredPart, ...]


def bundles(rows: Rows) -> list[StoredBundle]:
    """All bundles by name, also those that are not sold now."""
    parts: dict[str, list[StoredPart]] = {}
    for bundle_id, product_id, milli, weight in rows.all(
        'SELECT "bundle_id", "product_id", "quantity_milli", "weight" FROM "bundle_part" ORDER BY "bundle_id", "no"'
    ):
        parts.setdefault(bundle_id, []).append(StoredPart(product_id, milli, weight))
    return [
        StoredBundle(row[0], row[1], row[2], row[3], bool(row[4]), row[5], tuple(parts.get(row[0], ())))
        for row in rows.all(
            'SELECT b."id", b."name", b."price_won", b."category", b."active", '
            'coalesce((SELECT min("code") FROM "barcode" WHERE "product_id" = b."id"), \'\') '
            'FROM "bundle" b ORDER BY b."name", b."id"'
        )
    ]
