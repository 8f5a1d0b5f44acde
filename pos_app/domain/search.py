"""Finding a product by any part of its name, its vendor, its codes, or by initial consonants."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pos_app.domain.hangul import (
    choseong,
    consonant_class,
    is_consonant,
    letters_of,
    search_key,
    single_consonants,
)

_ROW = "\n"
_MAX_QUERY = 60
_MAX_FIRST = 2000


def _tight(text: str) -> str:
    """Return a text without spaces, as it is searched: 사과5kg and 사과 5kg meet."""
    return search_key(text).replace(" ", "")


def _loose(text: str) -> str:
    return single_consonants(choseong(text))


@dataclass(frozen=True, slots=True)
class _Column:
    """One field of all rows as one long text, so that a search is one `str.find` after another."""

    text: str
    starts: "array[int]"

    @classmethod
    def join(cls, values: Iterable[str]) -> "_Column":
        starts = array("I", [1])
        parts = [_ROW]
        for value in values:
            parts.append(value + _ROW)
            starts.append(starts[-1] + len(value) + 1)
        return cls("".join(parts), starts)

    def rows(self, needle: str) -> Iterator[int]:
        """Give the rows that hold `needle`, each once; a leading row mark asks for the beginning."""
        find, text, starts = self.text.find, self.text, self.starts
        # The mark before a row belongs, by position, to the row before it.
        shift = 1 if needle[0] == _ROW else 0
        at = find(needle)
        while at >= 0:
            row = bisect_right(starts, at + shift) - 1
            yield row
            at = text.find(needle, starts[row + 1] - 1)

    def has(self, row: int, needle: str) -> bool:
        return self.text.find(needle, self.starts[row], self.starts[row + 1] - 1) >= 0

    def value(self, row: int) -> str:
        return self.text[self.starts[row] : self.starts[row + 1] - 1]


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a query, made ready: where to look for it, and what must also hold.

    `needle` is looked for in `names`; `pattern` judges the name itself when syllables and lone
    consonants are mixed (사ㄱ); `vendors` are the vendors that fit.
    """

    needle: str
    names: _Column
    pattern: "re.Pattern[str] | None"
    vendors: frozenset[int]
    codes: _Column | None


def _pattern(word: str) -> "re.Pattern[str]":
    """Return what a mix of syllables and lone consonants means: each consonant any such syllable."""
    return re.compile("".join(consonant_class(char) or re.escape(char) for char in word))


def _literal_run(word: str) -> str:
    """Return the longest run of a mixed word that is not lone consonants."""
    runs = "".join(" " if is_consonant(char) else char for char in word).split()
    return max(runs, key=len)


def _half_typed(word: str) -> str:
    """Return what a word means while its last syllable is still being typed: 삭 is 사ㄱ; else nothing."""
    letters = letters_of(word[-1])
    if len(letters) < 3:
        return ""
    code = ord(word[-1])
    return word[:-1] + chr(code - (code - 0xAC00) % 28) + letters[2]


@dataclass(frozen=True, slots=True)
class ProductSearch:
    """An index over all products of the catalogue; immutable, built anew when the catalogue changes."""

    ids: tuple[str, ...]
    row_of: dict[str, int]
    names: _Column
    consonants: _Column
    codes: _Column
    vendors: tuple[str, ...]
    vendor_of: "array[int]"
    rows_of_vendor: tuple["array[int]", ...]

    @classmethod
    def build(cls, entries: Iterable[tuple[str, str, str, str]]) -> "ProductSearch":
        """Build from (product id, name, vendor, codes and barcodes apart by spaces)."""
        row_of: dict[str, int] = {}
        names: list[str] = []
        codes: list[str] = []
        vendor_index: dict[str, int] = {}
        vendor_of = array("I")
        rows_of_vendor: list[array[int]] = []
        for product_id, name, vendor, product_codes in entries:
            if product_id in row_of:
                continue
            row = row_of[product_id] = len(row_of)
            names.append(_tight(name))
            codes.append(search_key(product_codes))
            index = vendor_index.setdefault(vendor, len(vendor_index))
            if index == len(rows_of_vendor):
                rows_of_vendor.append(array("I"))
            rows_of_vendor[index].append(row)
            vendor_of.append(index)
        return cls(
            tuple(row_of),
            row_of,
            _Column.join(names),
            _Column.join(_loose(name) for name in names),
            _Column.join(codes),
            tuple(_tight(vendor) for vendor in vendor_index),
            vendor_of,
            tuple(rows_of_vendor),
        )

    def search(self, query: str, limit: int = 20, first: Sequence[str] = ()) -> list[str]:
        """Return up to `limit` product ids: those of `first` that fit, in its order, then names
        that begin with the query, names that hold it, then hits by vendor and by code.

        Words apart by spaces must all fit. An empty query gives `first`, then the catalogue.
        """
        words = search_key(query)[:_MAX_QUERY].split()
        if limit < 1:
            return []
        if not words:
            return self._everything(limit, first)
        found = self._collect(words, limit, first)
        if not found:
            words[-1] = _half_typed(words[-1])
            found = self._collect(words, limit, first) if words[-1] else []
        return found

    def _everything(self, limit: int, first: Sequence[str]) -> list[str]:
        found = dict.fromkeys(product_id for product_id in first if product_id in self.row_of)
        for product_id in self.ids:
            if len(found) >= limit:
                break
            found[product_id] = None
        return list(found)[:limit]

    def _collect(self, typed: list[str], limit: int, first: Sequence[str]) -> list[str]:
        words = [self._word(word) for word in typed]
        found: dict[int, None] = {}
        for product_id in first[:_MAX_FIRST]:
            row = self.row_of.get(product_id)
            if row is not None and all(self._fits(word, row) for word in words):
                found[row] = None
        lead = words[0] if len(words) == 1 else min(words, key=self._frequency)
        others = [word for word in words if word is not lead]
        if len(found) < limit:
            for row in self._rows(lead):
                if row not in found and all(self._fits(word, row) for word in others):
                    found[row] = None
                    if len(found) >= limit:
                        break
        return [self.ids[row] for row in list(found)[:limit]]

    def _word(self, word: str) -> _Word:
        lone = [is_consonant(char) for char in word]
        if all(lone):
            needle, names, pattern = single_consonants(word), self.consonants, None
            vendors = (index for index, name in enumerate(self.vendors) if needle in _loose(name))
        elif any(lone):
            needle, names, pattern = _literal_run(word), self.names, _pattern(word)
            vendors = (index for index, name in enumerate(self.vendors) if pattern.search(name))
        else:
            needle, names, pattern = word, self.names, None
            vendors = (index for index, name in enumerate(self.vendors) if word in name)
        return _Word(needle, names, pattern, frozenset(vendors), None if any(lone) else self.codes)

    def _fits(self, word: _Word, row: int) -> bool:
        if self.vendor_of[row] in word.vendors or self._name_fits(word, row):
            return True
        return word.codes is not None and word.codes.has(row, word.needle)

    def _name_fits(self, word: _Word, row: int) -> bool:
        if not word.names.has(row, word.needle):
            return False
        return word.pattern is None or word.pattern.search(self.names.value(row)) is not None

    def _frequency(self, word: _Word) -> int:
        """Return about how many rows a word has, so that the rarest leads."""
        by_vendor = sum(len(self.rows_of_vendor[index]) for index in word.vendors)
        by_code = word.codes.text.count(word.needle) if word.codes else 0
        return by_vendor + by_code + word.names.text.count(word.needle)

    def _rows(self, word: _Word) -> Iterator[int]:
        """Give the rows of a word, best first; some come more than once."""
        if word.pattern is None:
            yield from word.names.rows(_ROW + word.needle)
            yield from word.names.rows(word.needle)
        else:
            yield from (row for row in word.names.rows(word.needle) if self._name_fits(word, row))
        for index in sorted(word.vendors):
            yield from self.rows_of_vendor[index]
        if word.codes is not None:
            yield from word.codes.rows(word.needle)
