"""Finding goods while somebody types: at once after the start, and while the catalogue changes."""

from collections.abc import Iterable, Sequence
from sys import intern

from pos_app.domain.catalogue import Product
from pos_app.domain.errors import DomainError
from pos_app.domain.search import ProductSearch
from pos_app.services.desk import Desk
from pos_app.storage.queries import catalogue
from sync.rows import Rows

SMALL = 400  # products that are indexed in one blink


class Finder:
    """The search index of the day's goods, and what stands in for it while a new one is being made.

    A large index is made by `warm` on a background thread. Until then an older one answers, together
    with what was edited since; before the first, names are looked up in the store.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._index: ProductSearch | None = None
        self._early: ProductSearch | None = None
        self._fresh: ProductSearch | None = None
        self._as_of = 0  # the last edit that the index knows
        self._changes, self._indexed = 1, 0  # how often the catalogue changed, and when that was indexed

    def forget(self) -> None:
        """The catalogue has changed."""
        self._changes += 1
        self._fresh = self._early = None

    def stale(self) -> bool:
        """Whether `warm` would make a better index than the one that answers now."""
        return self._indexed != self._changes

    def warm(self) -> None:
        """Make the index anew if the catalogue has changed; for a background thread."""
        changes = self._changes  # read first: what changes meanwhile makes the new index stale again
        if self._indexed == changes:
            return
        with self._desk.work.read() as rows:
            as_of = _last_edit(rows)
            index = self._built(rows, catalogue.products(rows), _barcodes(rows))
        self._index, self._as_of, self._fresh = index, as_of, None
        self._indexed = changes

    def search(self, query: str, limit: int, best: Sequence[str]) -> list[str]:
        """Product ids by name, vendor, code, barcode or 초성; those of `best` first."""
        if self.stale() and self._few():
            self.warm()
        if self._index is None:
            return self._look_up(query, limit, best)
        if not self.stale():
            return self._index.search(query, limit, best)
        fresh = self._edited()
        found = dict.fromkeys(fresh.search(query, limit, best))
        for product_id in self._index.search(query, limit + len(fresh.ids), best):
            if product_id not in fresh.row_of:
                found[product_id] = None
        return list(found)[:limit]

    def _few(self) -> bool:
        with self._desk.work.read() as rows:
            return catalogue.count(rows)[1] <= SMALL

    def _edited(self) -> ProductSearch:
        """An index of what was edited since the large one was made."""
        if self._fresh is None:
            with self._desk.work.read() as rows:
                ids = rows.all(
                    'SELECT DISTINCT "entity_id" FROM "edit" WHERE rowid > ? AND "kind" = \'product\' LIMIT ?',
                    self._as_of,
                    SMALL,
                )
                found = (catalogue.product(rows, product_id) for (product_id,) in ids)
                still = [each for each in found if each is not None and each.active]
                self._fresh = self._built(rows, still, {each.id: " ".join(each.barcodes) for each in still})
        return self._fresh

    def _look_up(self, query: str, limit: int, best: Sequence[str]) -> list[str]:
        """Before there is an index: some goods by all that they are known by, then any by a part of the name."""
        with self._desk.work.read() as rows:
            if self._early is None:
                self._early = self._built(rows, catalogue.some_products(rows, SMALL), {})
            named = catalogue.products_like(rows, query, limit) if query.strip() else []
        found = dict.fromkeys(self._early.search(query, limit, best))
        found.update(dict.fromkeys(named))
        return list(found)[:limit]

    def _built(self, rows: Rows, products: Iterable[Product], codes: dict[str, str]) -> ProductSearch:
        names = {v.id: v.name for v in catalogue.vendors(rows)}
        for code, product_id in catalogue.codes(rows, day_rosters(self._desk, rows)).items():
            codes[product_id] = f"{codes[product_id]} {code}" if product_id in codes else code
        return ProductSearch.build(
            (intern(p.id), p.name, names.get(p.vendor_id, ""), codes.get(p.id, "")) for p in products
        )


def _barcodes(rows: Rows) -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, of in rows.each('SELECT "code", "product_id" FROM "barcode"'):
        product_id = intern(of)
        codes[product_id] = f"{codes[product_id]} {code}" if product_id in codes else code
    return codes


def day_rosters(desk: Desk, rows: Rows) -> list[str]:
    """The rosters of the open day; none where no day is open."""
    try:
        return catalogue.day_rosters(rows, desk.day(rows).day_id)
    except DomainError:
        return []


def _last_edit(rows: Rows) -> int:
    row = rows.one('SELECT max(rowid) FROM "edit"')
    return (row[0] or 0) if row else 0
