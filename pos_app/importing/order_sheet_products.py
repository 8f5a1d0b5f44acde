"""Which product of the catalogue a column of an order sheet means, by code, by name, by loose spelling."""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pos_app.domain.hangul import clean_name
from pos_app.i18n.texts import tr
from pos_app.importing.cells import folded
from pos_app.importing.directory import loose
from pos_app.importing.headers import bare

MAX_GUESSES = 500
SHORTEST_GUESS = 2
_PRICE = re.compile(r"[(\[]?\s*(?:₩|\\)?\s*[0-9][0-9,]*\s*원\s*(?:/\s*\w+)?\s*[)\]]?")
_BRACKETS = re.compile(r"(?<=.)[(（\[].*")


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """A product that may be ordered; `key` is what the lines will carry. Price in won, None: unknown."""

    key: str
    name: str
    unit: str = ""
    unit_price_won: int | None = None
    code: str = ""
    vendor_name: str = ""
    barcodes: tuple[str, ...] = ()
    weighed: bool = False


class Unmatched(Exception):
    """No single product fits; `reason` is the sentence for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _pairs(name: str) -> set[str]:
    """Each two letters beside each other: names without a common one are no slips of one another."""
    form = bare(name)
    return {form[place : place + 2] for place in range(len(form) - 1)}


def _holds(known: str, form: str) -> bool:
    return form in known or (len(known) >= SHORTEST_GUESS and known in form)


def spellings(text: str) -> tuple[str, ...]:
    """A head as it may stand in the catalogue: whole, without a price, its first line, without brackets."""
    lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip()]
    first = lines[0] if lines else ""
    forms = (
        text,
        _PRICE.sub(" ", text),
        " ".join(lines),
        first,
        _PRICE.sub(" ", first),
        _BRACKETS.sub("", first),
    )
    return tuple(dict.fromkeys(clean for form in forms if (clean := clean_name(form))))


class Catalogue:
    """The products, found by any of their names."""

    def __init__(self, items: Iterable[CatalogueItem]) -> None:
        self._items = tuple(items)
        self._by_pair: dict[str, list[str]] = {}  # made when the first name is not known
        self._by: list[dict[str, list[CatalogueItem]]] = [{}, {}, {}]
        for item in self._items:
            codes = (item.code, *item.barcodes)
            self._put(0, {folded(code) for code in codes if code.strip()}, item)
            name = clean_name(item.name)
            self._put(1, {name, f"{name} {clean_name(item.unit)}".strip()}, item)
            self._put(2, {loose(name), loose(f"{name}{item.unit}")}, item)

    def _put(self, index: int, keys: set[str], item: CatalogueItem) -> None:
        for key in keys:
            self._by[index].setdefault(key, []).append(item)

    def __bool__(self) -> bool:
        return bool(self._items)

    def candidates(self, texts: Iterable[str]) -> list[CatalogueItem]:
        """The products that the texts may mean: of the surest way of finding any."""
        forms = [form for text in texts for form in spellings(text)]
        ways: tuple[Callable[[str], str], ...] = (folded, str, loose)
        for index, way in enumerate(ways):
            for form in forms:
                found = self._by[index].get(way(form))
                if found:
                    return list(dict.fromkeys(found))
        return []

    def find(
        self, name: str, codes: Iterable[str] = (), vendors: Iterable[str] = (), price_won: int | None = None
    ) -> CatalogueItem:
        """The one product that a head means; codes go before names, vendor and price tell twins apart.

        Raises Unmatched.
        """
        found = self.candidates(codes) or self.candidates([name])
        if len(found) > 1:
            wanted = {loose(vendor) for vendor in vendors}
            found = [item for item in found if loose(item.vendor_name) in wanted] or found
        if len(found) > 1 and price_won is not None:
            found = [item for item in found if item.unit_price_won == price_won] or found
        shown = clean_name(name)[:40]
        if len(found) > 1:
            owners = ", ".join(sorted({item.vendor_name or item.unit for item in found}))[:80]
            raise Unmatched(
                tr(
                    "같은 이름이 여럿이에요 ({name}: {owners}). 품목코드나 업체를 적어 주세요.",
                    name=shown,
                    owners=owners,
                )
            )
        if not found:
            raise Unmatched(self._unknown(shown))
        return found[0]

    def guess(self, name: str, price_won: int | None) -> CatalogueItem | None:
        """The one product of this very price whose name holds the written one, or is held by it."""
        forms = [form for form in map(loose, spellings(name)) if len(form) >= SHORTEST_GUESS]
        if price_won is None or not forms:
            return None
        found = [
            item
            for item in self._items
            if item.unit_price_won == price_won and any(_holds(loose(item.name), form) for form in forms)
        ]
        return found[0] if len(found) == 1 else None

    def _unknown(self, name: str) -> str:
        if not self._by_pair:
            for known in dict.fromkeys(clean_name(item.name) for item in self._items):
                for pair in _pairs(known):
                    self._by_pair.setdefault(pair, []).append(known)
        names = dict.fromkeys(known for pair in sorted(_pairs(name)) for known in self._by_pair.get(pair, ()))
        near = difflib.get_close_matches(name, list(names)[:MAX_GUESSES], n=1, cutoff=0.5)
        if near:
            return tr("물건 목록에 없는 이름이에요 ({name}). 혹시 '{near}'인가요?", name=name, near=near[0])
        return tr("물건 목록에 없는 이름이에요 ({name}).", name=name)
