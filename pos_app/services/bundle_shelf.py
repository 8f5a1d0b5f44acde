"""The bundles (꾸러미) that a till sells: tiles, codes, names, lines of a cart. Read once per change."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from pos_app.domain.cart import CartLine, CartPart
from pos_app.domain.catalogue import OversellPolicy, Product, Seller, SoldBy, TaxClass
from pos_app.domain.search import ProductSearch
from pos_app.i18n.texts import mark, tr
from pos_app.services.tiles import TileItem
from pos_app.storage.queries import bundles, catalogue
from pos_app.storage.queries.bundles import StoredBundle
from sync.rows import Rows

UNIT = "개"
WORD = mark("꾸러미")
Load = Callable[[Rows, str], tuple[Product, Seller]]


class Shelf:
    """Active bundles whose parts can all be sold."""

    def __init__(self) -> None:
        self._bundles: dict[str, StoredBundle] | None = None
        self._index: ProductSearch | None = None

    def forget(self) -> None:
        """Read anew at the next question."""
        self._bundles = self._index = None

    def read(self, rows: Rows) -> dict[str, StoredBundle]:
        """The bundles by id."""
        if self._bundles is None:
            found = [each for each in bundles.bundles(rows) if each.active and each.parts]
            self._bundles = {each.id: each for each in found}
        return self._bundles

    def of_code(self, rows: Rows, code: str) -> str | None:
        """The bundle that bears a barcode or a name."""
        for each in self.read(rows).values():
            if code and code in (each.barcode, each.name):
                return each.id
        return None

    def touched(self, rows: Rows, product_ids: Sequence[str]) -> list[str]:
        """These, the parts of the bundles among them, and the bundles that hold any of all that."""
        known = self.read(rows)
        wanted = dict.fromkeys(product_ids)
        for product_id in product_ids:
            if product_id in known:
                wanted.update(dict.fromkeys(part.product_id for part in known[product_id].parts))
        for each in known.values():
            if any(part.product_id in wanted for part in each.parts):
                wanted[each.id] = None
        return list(wanted)

    def search(self, rows: Rows, query: str, limit: int) -> list[str]:
        """Bundles by name, 초성 or barcode."""
        known = self.read(rows)
        if not known:
            return []
        if self._index is None:
            word = tr(WORD)
            self._index = ProductSearch.build((b.id, b.name, word, b.barcode) for b in known.values())
        return self._index.search(query, limit, ())

    def tiles(
        self, rows: Rows, vendors: Mapping[str, int], only: Iterable[str] | None = None
    ) -> list[TileItem]:
        """A tile per bundle (of `only`) whose parts are sold, by vendors of the day where there are some."""
        known = self.read(rows)
        if not known:
            return []
        chosen = known.values() if only is None else [known[each] for each in only if each in known]
        made = []
        for each in chosen:
            products = [catalogue.product(rows, part.product_id) for part in each.parts]
            here = [
                p for p in products if p is not None and p.active and (not vendors or p.vendor_id in vendors)
            ]
            if len(here) == len(each.parts):
                made.append(_tile(each, here, can_make(rows, each)))
        return made

    def line(self, rows: Rows, key: str, bundle_id: str, milli: int, load: Load) -> CartLine | None:
        """A cart line of a bundle, None when there is no such; raises product.unknown for a part that is gone."""
        bundle = self.read(rows).get(bundle_id)
        if bundle is None:
            return None
        parts = []
        for part in bundle.parts:
            product, seller = load(rows, part.product_id)
            parts.append(
                CartPart(
                    product.id,
                    product.vendor_id,
                    seller,
                    product.name,
                    product.unit,
                    product.sold_by,
                    product.tax_class,
                    product.unit_price_won,
                    part.quantity_milli,
                    part.weight,
                )
            )
        first = parts[0]
        price = bundle.price_won
        return CartLine(
            key,
            bundle.id,
            first.vendor_id,
            first.seller,
            bundle.name,
            UNIT,
            SoldBy.EACH,
            first.tax_class,
            price,
            price,
            milli,
            parts=tuple(parts),
        )


def can_make(rows: Rows, bundle: StoredBundle) -> int | None:
    """How many bundles the stock suffices for; None while a part was never counted."""
    counts = []
    for part in bundle.parts:
        on_hand = catalogue.on_hand_of(rows, part.product_id)
        if on_hand is None:
            return None
        counts.append(max(0, on_hand) // part.quantity_milli)
    return min(counts)


def _tile(bundle: StoredBundle, parts: Sequence[Product], count: int | None) -> TileItem:
    word = tr(WORD)
    taxable = any(part.tax_class is TaxClass.TAXABLE for part in parts)
    blocked = any(part.oversell is OversellPolicy.BLOCK for part in parts)
    return TileItem(
        bundle.id,
        bundle.name,
        UNIT,
        bundle.price_won,
        bundle.price_won,
        SoldBy.EACH,
        TaxClass.TAXABLE if taxable else TaxClass.EXEMPT,
        "",
        word,
        word,
        0,
        bundle.category or word,
        None if count is None else count * 1000,
        0,
        OversellPolicy.BLOCK if blocked else OversellPolicy.WARN,
        0,
    )
