"""Products as the till shows them: tiles, barcodes, search, quick-add."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from pos_app.domain import identity
from pos_app.domain.cart import CartLine, check_price
from pos_app.domain.catalogue import Product, Seller, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.operators import Action, may
from pos_app.services import policies
from pos_app.services.bundle_shelf import Shelf
from pos_app.services.desk import Desk
from pos_app.services.editing import edit_of
from pos_app.services.finding import Finder, day_rosters
from pos_app.services.markdowns_board import MarkdownBoard
from pos_app.services.tiles import TileItem, TileMaker, in_order, short_name
from pos_app.storage.queries import catalogue, tiles, totals
from pos_app.storage.unit_of_work import CATALOGUE
from sync.rows import Row, Rows


@dataclass(frozen=True, slots=True)
class VendorChip:
    """A vendor that takes part in the day."""

    id: str
    name: str
    short: str
    booth: int


class Goods:
    """The goods of the day at this till."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._finder = Finder(desk)
        self._best: list[str] = []
        self._sold_milli: dict[str, int] = {}
        self._keys = count(1)
        self._lines: dict[str, tuple[Product, Seller]] = {}
        self._seen = -1
        self._shelf = Shelf()
        self._marks = MarkdownBoard(desk)
        self._fresh: list[str] = []

    def forget(self) -> None:
        """Read the catalogue anew at the next question (after an import or an edit)."""
        self._finder.forget()
        self._shelf.forget()
        self._lines.clear()

    def _look(self, rows: Rows) -> None:
        """Forget what was read when the catalogue has changed since, here or in another process."""
        row = rows.one('SELECT max(rowid) FROM "edit"')
        latest = (row[0] or 0) if row else 0
        if latest != self._seen:
            self.forget()
            self._seen = latest

    def announce(self, product_id: str) -> None:
        """Something to sell was made or changed at this till: a grid that stands may take it in."""
        self.forget()
        self._fresh.append(product_id)

    def announced(self) -> list[str]:
        """What was announced since this was asked last."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def vendors(self) -> list[VendorChip]:
        """Who takes part today by booth; every vendor when there is no roster."""
        with self._desk.work.read() as rows:
            booths = self._booths(rows)
            found = [
                VendorChip(v.id, v.name, short_name(v.name), booths.get(v.id, 0))
                for v in catalogue.vendors(rows)
                if not booths or v.id in booths
            ]
        return sorted(found, key=lambda chip: (chip.booth, chip.name))

    def tiles(self, limit: int | None = None) -> list[TileItem]:
        """Products of the day's vendors, today's best sellers first, then by booth and name.

        With `limit` only as many as that, without reading the others: the first page of a start.
        """
        with self._desk.work.read() as rows:
            self._look(rows)
            booths = self._booths(rows)
            sold = self._sold(rows, limit)
            maker = TileMaker(booths, sold, self._marks.off if self._marks.look(rows) else None)
            found = tiles.every(rows) if limit is None else _first(rows, booths, sold, limit)
            made = [maker.make(row) for row in found if not booths or row[6] in booths]
            items = in_order(made + self._shelf.tiles(rows, booths))
        self._sold_milli = sold
        self._rank()
        return items[:limit]

    def sold(self, lines: Sequence[CartLine]) -> None:
        """These were just sold: the next search puts the day's best sellers first."""
        for line in lines:
            if not line.parts:
                sold = self._sold_milli.get(line.product_id, 0)
                self._sold_milli[line.product_id] = sold + line.quantity_milli
        self._rank()

    def _rank(self) -> None:
        sold = self._sold_milli
        self._best = sorted((p for p in sold if sold[p] > 0), key=lambda p: -sold[p])[:200]

    def tile(self, product_id: str) -> TileItem | None:
        """One product as a tile, or None."""
        return next((tile for tile in self.tiles_of([product_id]) if tile.product_id == product_id), None)

    def tiles_of(self, product_ids: Sequence[str]) -> list[TileItem]:
        """Some products as tiles, in no order, with the bundles they belong to; those no longer sold are missing."""
        with self._desk.work.read() as rows:
            self._look(rows)
            wanted = self._shelf.touched(rows, product_ids)
            found = tiles.these(rows, wanted)
            booths = self._booths(rows) if found else {}
            maker = TileMaker(booths, {}, self._marks.off if self._marks.look(rows) else None)
            return [maker.make(row) for row in found] + self._shelf.tiles(rows, booths, wanted)

    def find_barcode(self, code: str) -> str | None:
        """The product that bears a barcode, else the bundle."""
        with self._desk.work.read() as rows:
            found = catalogue.product_of_barcode(rows, code)
            return found or self._shelf.of_code(rows, code)

    def find_bundle(self, code: str) -> str | None:
        """The bundle of a barcode or of exactly this name."""
        with self._desk.work.read() as rows:
            self._look(rows)
            return self._shelf.of_code(rows, code)

    def search(self, query: str, limit: int = 20) -> list[str]:
        """Product ids by name, vendor, code, barcode or 초성; today's best sellers first, bundles behind the best."""
        hits = self._finder.search(query, limit, self._best)
        with self._desk.work.read() as rows:
            bundles = self._shelf.search(rows, query, limit)
        return [*hits[:1], *bundles, *hits[1:]][:limit] if bundles else hits

    def warm(self) -> None:
        """Build the search index ahead of the first key; for a background thread."""
        if self.stale():
            self._finder.warm()

    def stale(self) -> bool:
        """Whether `warm` has something to do: the search answers all the same."""
        with self._desk.work.read() as rows:
            self._look(rows)
        return self._finder.stale()

    def asked(self, product_id: str, quantity_milli: int, fixed_amount_won: int | None = None) -> CartLine:
        """The line as it is sold just now, with the 떨이 that its vendor agreed to. Raises product.unknown."""
        return self._marks.marked(self.line(product_id, quantity_milli, fixed_amount_won))

    def line(self, product_id: str, quantity_milli: int, fixed_amount_won: int | None = None) -> CartLine:
        """A cart line for a product or a bundle. Raises product.unknown."""
        try:
            product, seller = self._known(product_id)
        except DomainError as refusal:
            if refusal.code != "product.unknown":
                raise
            return self._bundle_line(product_id, quantity_milli)
        return CartLine(
            f"L{next(self._keys)}",
            product.id,
            product.vendor_id,
            seller,
            product.name,
            product.unit,
            product.sold_by,
            product.tax_class,
            product.unit_price_won,
            product.unit_price_won,
            quantity_milli,
            fixed_amount_won=fixed_amount_won,
        )

    def _bundle_line(self, bundle_id: str, quantity_milli: int) -> CartLine:
        with self._desk.work.read() as rows:
            line = self._shelf.line(rows, f"L{next(self._keys)}", bundle_id, quantity_milli, self._load)
        if line is None:
            raise DomainError("product.unknown", product=bundle_id)
        return line

    def weighed(self, product_id: str) -> bool:
        """Whether a scanned product is weighed; a bundle never is."""
        try:
            return self.product(product_id).sold_by is SoldBy.WEIGHT
        except DomainError:
            return False

    def skip_keys(self, used: int) -> None:
        """Keep new line keys apart from those of a cart brought back from a file."""
        self._keys = count(used + 1)

    def product(self, product_id: str) -> Product:
        """The product as the catalogue has it. Raises product.unknown."""
        return self._known(product_id)[0]

    def quick_add(
        self,
        name: str,
        unit_price_won: int,
        vendor_id: str,
        barcode: str = "",
        tax_class: TaxClass = TaxClass.EXEMPT,
    ) -> str:
        """Put a new product into the catalogue from the till; its id."""
        desk = self._desk
        desk.require(Action.QUICK_ADD)
        cleaned = clean_text(name, 80)
        barcode = clean_text(barcode, 64)
        if not cleaned:
            raise DomainError("product.no_name")
        check_price(unit_price_won)
        product_id = identity.product_id(vendor_id, cleaned, "개")
        with desk.work.begin(desk.session.operator_id) as work:
            if catalogue.vendor(work.rows, vendor_id) is None:
                raise DomainError("vendor.unknown")
            known = catalogue.product(work.rows, product_id)
            if known is not None and not may(desk.session.role, Action.EDIT_CATALOGUE):
                # A cashier may give a known product one more barcode, not another price or tax.
                if known.unit_price_won != unit_price_won:
                    raise DomainError("product.exists", name=known.name, price_won=known.unit_price_won)
                tax_class = known.tax_class
            codes = [*(known.barcodes if known else ()), *([barcode] if barcode else [])]
            wanted: dict[str, object] = {
                "vendor_id": vendor_id,
                "name": cleaned,
                "unit": "개",
                "unit_price_won": unit_price_won,
                "tax_class": tax_class.value,
                "sold_by": SoldBy.EACH.value,
                "barcodes": list(dict.fromkeys(codes)),
            }
            if known is None:
                said = catalogue.policies(work.rows)
                wanted["oversell"] = policies.oversell_default(said).value
            edit = edit_of(work.rows, "product", product_id, wanted)
            if edit is not None:
                work.record(CATALOGUE, edit)
        self.forget()
        return product_id

    def _known(self, product_id: str) -> tuple[Product, Seller]:
        with self._desk.work.read() as rows:
            self._look(rows)
            if product_id not in self._lines:
                self._lines[product_id] = self._load(rows, product_id)
        return self._lines[product_id]

    def _load(self, rows: Rows, product_id: str) -> tuple[Product, Seller]:
        product = catalogue.product(rows, product_id)
        vendor = catalogue.vendor(rows, product.vendor_id) if product else None
        if product is None or not product.active:
            raise DomainError("product.unknown", product=product_id)
        if vendor is None:
            raise DomainError("product.no_owner", name=product.name)
        return product, self._desk.seller_of(vendor)

    def _booths(self, rows: Rows) -> dict[str, int]:
        return {
            vendor: booth.number
            for vendor, booth in catalogue.booths(rows, day_rosters(self._desk, rows)).items()
        }

    def _sold(self, rows: Rows, limit: int | None) -> dict[str, int]:
        try:
            day_id = self._desk.day(rows).day_id
        except DomainError:
            return {}
        if limit is None:
            return totals.sold_today(rows, day_id)
        return totals.best_sellers(rows, day_id, limit)


def _first(rows: Rows, booths: dict[str, int], sold: dict[str, int], limit: int) -> list[Row]:
    """Enough rows for the first `limit` tiles: what sold best, then booth by booth."""
    best = sorted(sold, key=lambda product: -sold[product])[:limit]
    if not booths:
        wanted = {row[0]: row for row in tiles.by_name(rows, limit)}
        wanted.update({row[0]: row for row in tiles.these(rows, best)})
        return list(wanted.values())
    found = {row[0]: row for row in tiles.these(rows, best)}
    for vendor in sorted(booths, key=lambda vendor: booths[vendor]):
        if len(found) >= limit + len(best):
            break
        found.update({row[0]: row for row in tiles.of_vendor(rows, vendor, limit)})
    return list(found.values())
