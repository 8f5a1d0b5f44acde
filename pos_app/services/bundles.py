"""Bundles (꾸러미) made and edited: name, price, parts of several vendors, how many can be made, pick lists."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos_app.domain import bundle as rules
from pos_app.domain.barcodes import ScalePattern, in_store_ean13, is_valid_gtin
from pos_app.domain.catalogue import SoldBy
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.money import spread
from pos_app.domain.operators import Action
from pos_app.domain.quantity import line_amount_won
from pos_app.printing.document import Document
from pos_app.printing.layouts.pick_list import PickListLine, pick_list_document
from pos_app.services.bundle_shelf import can_make
from pos_app.services.desk import Desk
from pos_app.services.editing import edit_of
from pos_app.services.goods import Goods
from pos_app.storage.queries import bundles, catalogue
from pos_app.storage.queries.bundles import StoredBundle
from pos_app.storage.unit_of_work import CATALOGUE
from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class PartView:
    """A part as people read it; `share_won` is what one bundle's price brings its vendor."""

    product_id: str
    name: str
    unit: str
    vendor_id: str
    vendor: str
    quantity_milli: int
    weight: int
    list_price_won: int
    share_won: int


@dataclass(frozen=True, slots=True)
class BundleView:
    """A bundle as the coordinator sees it; `can_make` None while a part was never counted."""

    id: str
    name: str
    price_won: int
    category: str
    active: bool
    barcode: str
    parts: tuple[PartView, ...]
    parts_won: int
    can_make: int | None


@dataclass(frozen=True, slots=True)
class PickLine:
    """What a vendor makes ready for the bundles wanted."""

    vendor_id: str
    vendor: str
    product_id: str
    name: str
    unit: str
    quantity_milli: int


@dataclass(frozen=True, slots=True)
class PartWish:
    """So much of a product in a bundle; `weight` None: its price x quantity."""

    product_id: str
    quantity_milli: int
    weight: int | None = None


class Bundles:
    """Bundles of this home's catalogue."""

    def __init__(self, desk: Desk, goods: Goods) -> None:
        self._desk = desk
        self._goods = goods

    def all(self) -> list[BundleView]:
        """Every bundle by name, the active ones first."""
        with self._desk.work.read() as rows:
            found = [self._view(rows, each) for each in bundles.bundles(rows)]
        return sorted(found, key=lambda each: (not each.active, each.name))

    def find(self, label: str) -> BundleView:
        """The bundle of an id, a name or a barcode. Raises bundle.unknown."""
        wanted = clean_text(label, 80)
        for each in self.all():
            if wanted and wanted in (each.id, each.name, each.barcode):
                return each
        raise DomainError("bundle.unknown", name=wanted)

    def save(
        self,
        name: str,
        price_won: int,
        parts: Sequence[PartWish],
        *,
        bundle_id: str = "",
        category: str = "",
        barcode: str | None = None,
    ) -> str:
        """Make a bundle, or change the one with this id; its id. `barcode` None: as it was.

        Raises bundle.*, product.unknown, right.missing.
        """
        desk = self._desk
        desk.require(Action.EDIT_CATALOGUE)
        cleaned = clean_text(name, 80)
        if not cleaned:
            raise DomainError("product.no_name")
        with desk.work.begin(desk.session.operator_id) as work:
            known = bundles.bundles(work.rows)
            if any(each.name == cleaned and each.id != bundle_id for each in known):
                raise DomainError("bundle.exists", name=cleaned)
            if bundle_id and all(each.id != bundle_id for each in known):
                raise DomainError("bundle.unknown", name=cleaned)
            made = rules.check_bundle(_bundle(work.rows, bundle_id, cleaned, price_won, parts))
            fields: dict[str, object] = {
                "name": cleaned,
                "price_won": price_won,
                "category": clean_text(category, 40),
                "active": 1,
                "parts": [f"{p.product_id} {p.quantity_milli} {p.weight}" for p in made.parts],
            }
            if barcode is not None:
                fields["barcodes"] = _codes(work.rows, bundle_id, barcode)
            bundle_id = bundle_id or str(uuid.uuid4())
            edit = edit_of(work.rows, "bundle", bundle_id, fields)
            if edit is not None:
                work.record(CATALOGUE, edit)
        self._goods.announce(bundle_id)
        return bundle_id

    def set_active(self, bundle_id: str, active: bool) -> None:
        """Sell a bundle, or sell it no longer; what was sold stays as it was. Raises bundle.unknown."""
        self._edit(bundle_id, {"active": int(active)})

    def give_barcode(self, bundle_id: str) -> str:
        """The bundle's barcode; an in-store number is made for one that has none."""
        view = self.find(bundle_id)
        if view.barcode:
            return view.barcode
        patterns = [ScalePattern.parse(each) for each in self._desk.settings.get("scale_patterns").split()]
        with self._desk.work.read() as rows:
            taken = {code for (code,) in rows.all('SELECT "code" FROM "barcode"')}
        code = in_store_ean13(bundle_id, taken, patterns)
        self._edit(bundle_id, {"barcodes": [code]})
        return code

    def _edit(self, bundle_id: str, fields: dict[str, object]) -> None:
        desk = self._desk
        desk.require(Action.EDIT_CATALOGUE)
        with desk.work.begin(desk.session.operator_id) as work:
            if all(each.id != bundle_id for each in bundles.bundles(work.rows)):
                raise DomainError("bundle.unknown", name=bundle_id[:40])
            edit = edit_of(work.rows, "bundle", bundle_id, fields)
            if edit is not None:
                work.record(CATALOGUE, edit)
        self._goods.announce(bundle_id)

    def pick_list(self, wanted: Iterable[tuple[str, int]]) -> list[PickLine]:
        """What each vendor makes ready for so many of these bundles. Raises bundle.unknown, bundle.count."""
        views = {each.id: each for each in self.all()}
        orders = []
        vendors: dict[str, str] = {}
        for bundle_id, count in wanted:
            if bundle_id not in views:
                raise DomainError("bundle.unknown", name=bundle_id[:40])
            view = views[bundle_id]
            vendors.update({part.vendor_id: part.vendor for part in view.parts})
            parts = tuple(
                rules.Part(p.product_id, p.vendor_id, p.quantity_milli, p.weight, p.name, p.unit)
                for p in view.parts
            )
            orders.append((rules.Bundle(view.id, view.name, view.price_won, parts), count))
        return [
            PickLine(
                line.vendor_id,
                vendors[line.vendor_id],
                line.product_id,
                line.name,
                line.unit,
                line.quantity_milli,
            )
            for line in rules.pick_list(orders)
        ]

    def pick_list_paper(self, wanted: Sequence[tuple[str, int]]) -> Document:
        """The pick list as a paper."""
        names = {each.id: each.name for each in self.all()}
        lines = [
            PickListLine(line.vendor, line.name, line.unit, line.quantity_milli)
            for line in self.pick_list(wanted)
        ]
        heading = [f"{names[bundle_id]} {count:,}개" for bundle_id, count in wanted]
        return pick_list_document(lines, heading, self._desk.clock.stamp(), self._desk.practice)

    def _view(self, rows: Rows, stored: StoredBundle) -> BundleView:
        parts = []
        for part in stored.parts:
            product = catalogue.product(rows, part.product_id)
            vendor = catalogue.vendor(rows, product.vendor_id) if product else None
            parts.append((part, product, vendor))
        weights = [part.weight for part in stored.parts]
        split = spread(stored.price_won, weights) if any(weights) else [0] * len(weights)
        views = tuple(
            PartView(
                part.product_id,
                product.name if product else "",
                product.unit if product else "",
                product.vendor_id if product else "",
                vendor.name if vendor else "",
                part.quantity_milli,
                part.weight,
                product.unit_price_won if product else 0,
                share,
            )
            for (part, product, vendor), share in zip(parts, split, strict=True)
        )
        worth = sum(line_amount_won(part.list_price_won, part.quantity_milli) for part in views)
        makes = can_make(rows, stored) if stored.parts else 0
        return BundleView(
            stored.id,
            stored.name,
            stored.price_won,
            stored.category,
            stored.active,
            stored.barcode,
            views,
            worth,
            makes,
        )


def _bundle(rows: Rows, bundle_id: str, name: str, price_won: int, parts: Sequence[PartWish]) -> rules.Bundle:
    made = []
    for wish in parts:
        product = catalogue.product(rows, wish.product_id)
        if product is None or not product.active:
            raise DomainError("product.unknown", product=wish.product_id)
        if product.sold_by is SoldBy.EACH and wish.quantity_milli % 1000:
            raise DomainError("bundle.quantity", name=product.name)
        weight = wish.weight
        if weight is None:
            weight = line_amount_won(product.unit_price_won, wish.quantity_milli)
        made.append(
            rules.Part(product.id, product.vendor_id, wish.quantity_milli, weight, product.name, product.unit)
        )
    return rules.Bundle(bundle_id, name, price_won, tuple(made))


def _codes(rows: Rows, bundle_id: str, barcode: str) -> list[str]:
    code = clean_text(barcode, 64)
    if not code:
        return []
    if code.isdecimal() and len(code) == 13 and not is_valid_gtin(code):
        raise DomainError("bundle.barcode", text=code)
    owner = rows.one(
        'SELECT "product_id" FROM "barcode" WHERE "code" = ? AND "product_id" <> ?', code, bundle_id
    )
    if owner is not None:
        raise DomainError("bundle.barcode_taken", text=code)
    return [code]
