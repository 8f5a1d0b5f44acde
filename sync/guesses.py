"""What a column is, told by other columns: equal, a function of one, a sum, a product, a part, a count."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate, chain, combinations
from operator import add, ne, sub
from typing import Any

from sync.spelling import iso_seconds, iso_texts

How = list[Any]
_SAMPLE = 16  # rows of the outermost list
_MANY = 1_000
_SENSELESS = (ValueError, LookupError, TypeError, OverflowError, ArithmeticError)
_ROWS = 10
_NEAR = 8  # columns that a number may be reckoned from
_MILLI = 1000
_COUNT = range(1_000_000)
_ROW = list(range(64))
_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column that both sides know already."""

    values: list[Any]
    domain: int


@dataclass(frozen=True, slots=True)
class Guess:
    """How to reckon a column; `needs` is told beside it, `exceptions` are (places, right values)."""

    how: How
    needs: list[Any] | None = None
    exceptions: tuple[list[int], list[Any]] | None = None


@dataclass
class Known:
    """The columns known so far and the lists they stand in; the same on both sides at each step."""

    columns: list[Column] = field(default_factory=list)
    lists: dict[int, tuple[int, list[int]]] = field(default_factory=dict)  # domain -> (parent, lengths)
    _pieces: dict[int, list[list[Any]]] = field(default_factory=dict)

    def open(self, domain: int, parent: int, lengths: list[int]) -> None:
        """The rows of `domain` are lists standing in the rows of `parent`."""
        self.lists[domain] = (parent, lengths)

    def pieces(self, at: int, domain: int) -> list[list[Any]]:
        """A column of `domain` cut into the lists that stand in the rows of the parent."""
        cut = self._pieces.get(at)
        column = self.column(at)
        if column.domain != domain:
            raise ValueError("a column of other rows")
        if cut is None:
            lengths = self.lists[domain][1]
            values = column.values
            ends = accumulate(lengths)
            cut = [values[end - length : end] for end, length in zip(ends, lengths, strict=True)]
            self._pieces[at] = cut
        return cut

    def reckon(self, how: How, needs: list[Any] | None, domain: int) -> list[Any]:
        """What a guess says. Raises ValueError and the like for a guess that makes no sense."""
        return _OPS[how[0]](self, how, needs, domain)

    def column(self, at: int) -> Column:
        """The column known as number `at`."""
        if at < 0:
            raise ValueError("a column before the first")
        return self.columns[at]

    def inside(self, domain: int, kind: type) -> list[int]:
        """The columns of these rows that hold such values."""
        return [
            at
            for at, column in enumerate(self.columns)
            if column.domain == domain and type(column.values[0]) is kind
        ]


class Guesses:
    """Looks for the guess that tells a column: on the first rows at first, then on all of them."""

    def __init__(self, remembered: dict[str, How] | None = None) -> None:
        self._remembered = {} if remembered is None else remembered  # columns by name, not by number
        self._all = Known()
        self._first = Known()
        self._rows: dict[int, int] = {}  # domain -> rows among the first
        self._names: list[str] = []
        self._places: dict[str, int] = {}

    def open(self, domain: int, parent: int, lengths: list[int]) -> None:
        """The rows of `domain` are lists standing in the rows of `parent`."""
        few = lengths[: self._few(parent)]
        self._rows[domain] = sum(few)
        self._all.open(domain, parent, lengths)
        self._first.open(domain, parent, few)

    def _few(self, domain: int) -> int:
        return self._rows.get(domain, _SAMPLE)

    def add(self, values: list[Any], domain: int, name: str) -> None:
        """A column that the other side will know, too."""
        self._places[name] = len(self._names)
        self._names.append(name)
        self._all.columns.append(Column(values, domain))
        self._first.columns.append(Column(values[: self._few(domain)] or values[:1], domain))

    def surely(self, values: list[int], domain: int) -> bool:
        """Whether there is a guess among the first rows that needs nothing told beside it."""
        return any(True for _ in self._sure(values[: self._few(domain)], values, domain))

    def best(self, values: list[Any], domain: int, name: str) -> Guess | None:
        """The first guess that holds with few exceptions; None when the column must be spelled.

        What told the column of this name on the last page is tried first.
        """
        last = self._remembered.get(name)
        if last is not None:
            how = self._numbered(last) if last else None
            guess = self._try(how, values, domain) if how else None
            if guess is not None or not last:
                return guess
        few = values[: self._few(domain)]
        for how in self._candidates(few, values, domain):
            guess = self._try(how, values, domain)
            if guess is not None:
                self._remembered[name] = self._named(how)
                return guess
        self._remembered[name] = []
        return None

    def _named(self, how: How) -> How:
        """A guess with names in place of the numbers of columns."""
        if how[0] == "+":
            return ["+", [self._names[at] for at in how[1]], how[2]]
        last = 3 if how[0] in ("x", "g") else 2
        return [how[0], *(self._names[at] for at in how[1:last]), *how[last:]]

    def _numbered(self, how: How) -> How | None:
        """The same with the numbers of this page's columns; None when one of them is not known here."""
        last = 3 if how[0] in ("x", "g") else 2
        names = how[1] if how[0] == "+" else how[1:last]
        places = [self._places[name] for name in names if name in self._places]
        if len(places) < len(names):
            return None
        if how[0] == "+":
            return ["+", places, how[2]]
        if how[0] in ("S", "K", "k", "g"):
            return [how[0], *places, self._all.columns[places[0]].domain]
        return [how[0], *places, *how[last:]]

    def _try(self, how: How, values: list[Any], domain: int) -> Guess | None:
        needs = _NEEDS[how[0]](self._all, how, values) if how[0] in _NEEDS else None
        try:
            found = self._all.reckon(how, needs, domain)
        except _SENSELESS:
            return None
        if found == values:
            return Guess(how, needs)
        if len(found) != len(values):
            return None
        places = [at for at, wrong in enumerate(map(ne, found, values)) if wrong]
        if len(places) * (50 if how[0] == "f" else 12) > len(values):
            return None
        return Guess(how, needs, (places, [values[at] for at in places]))

    def _fits(self, how: How, few: list[Any], domain: int) -> bool:
        """Whether a guess holds among the first rows."""
        try:
            found = self._first.reckon(how, None, domain)
        except _SENSELESS:
            return False
        return len(found) == len(few) and sum(map(ne, found, few)) * 8 <= len(few)

    # --- candidates, the cheapest to tell first -----------------------------------------------------

    def _candidates(self, few: list[Any], values: list[Any], domain: int) -> Iterator[How]:
        yield from self._sure(few, values, domain)
        yield from self._functions(values, domain)
        if type(values[0]) is int:
            yield from self._parts(few, domain)

    def _sure(self, few: list[Any], values: list[Any], domain: int) -> Iterator[How]:
        text = type(values[0]) is str
        for at, column in enumerate(self._first.columns):
            if len(self._all.columns[at].values) == len(values):
                size = min(len(column.values), len(few))
                if sum(map(ne, column.values[:size], few[:size])) * 8 <= size:
                    yield ["=", at]
        cheap = self._times(few, domain) if text else self._arithmetic(few, domain)
        for how in (*self._from_lists(domain, text), *cheap):
            if self._fits(how, few, domain):
                yield how

    def _from_lists(self, domain: int, text: bool) -> Iterator[How]:
        """Lists inside these rows, and lists beside this one in the same rows."""
        known = self._first
        parent = known.lists[domain][0] if domain in known.lists else -1
        for other, (above, _) in known.lists.items():
            if above == domain and not text:
                yield from (["S", at, other] for at in known.inside(other, int))
                yield from (["K", at, other] for at in known.inside(other, str))
            if above == parent and other != domain:
                if text:
                    yield from (["k", at, other] for at in known.inside(other, str))
                    continue
                numbers = known.inside(other, int)
                for index in numbers:
                    if 0 <= min(known.columns[index].values) <= max(known.columns[index].values) < 64:
                        yield from (["g", at, index, other] for at in numbers if at != index)
        if not text and parent >= 0:
            yield from (["r", at] for at in known.inside(domain, str))

    def _arithmetic(self, few: list[int], domain: int) -> Iterator[How]:
        """Sums and differences, products with a quantity in thousandths, of columns in the same rows."""
        near = self._first.inside(domain, int)[-_NEAR:]
        cut = {at: self._first.columns[at].values for at in near}
        for one, two in combinations(near, 2):
            yield ["x", one, two, 0]
            yield ["x", one, two, _MILLI // 2]
        yield from _sums_of(few, cut)

    def _functions(self, values: list[Any], domain: int) -> Iterator[How]:
        """The column that names with the fewest different values what this one says."""
        fitting = []
        for at, column in enumerate(self._all.columns):
            if column.domain != domain or len(column.values) != len(values):
                continue
            told: dict[Any, Any] = {}
            wrong, names = 0, column.values[:_MANY]
            for name, value in zip(names, values, strict=False):
                if told.setdefault(name, value) != value:
                    wrong += 1
                    if wrong * 25 > len(names):
                        break
            else:
                different = len(set(column.values))
                if different * 2 <= len(values):
                    fitting.append((different, at))
        yield from (["f", at] for _, at in sorted(fitting)[:3])

    def _parts(self, few: list[int], domain: int) -> Iterator[How]:
        """Either nothing or another column, or that in a fixed proportion."""
        for at in self._first.inside(domain, int):
            whole = self._first.columns[at].values
            pairs = [(a, b) for a, b in zip(few, whole, strict=False) if a]
            if not pairs:
                return
            part = max(pairs, key=lambda pair: abs(pair[1]))
            if not part[1]:
                continue
            ratio = Fraction(part[0], part[1]).limit_denominator(60)
            for up in (0, ratio.denominator // 2):
                if sum(a != _share(b, ratio, up) for a, b in pairs) * 8 <= len(pairs):
                    yield ["m", at, ratio.numerator, ratio.denominator, up]

    def _times(self, few: list[str], domain: int) -> Iterator[How]:
        """Clock times that a column of microseconds tells."""
        told = iso_seconds(few)
        if told is not None:
            yield from (["w", at, told[1]] for at in self._first.inside(domain, int))


def _sums_of(few: list[int], columns: dict[int, list[int]]) -> Iterator[How]:
    """Two to four columns that add up, with their signs, to these first values: sought from both ends."""
    rows = range(0, len(few), max(1, len(few) // _ROWS))
    wanted = [few[row] for row in rows]
    signed = [
        ((at, sign), tuple([sign * column[row] for row in rows]))
        for at, column in columns.items()
        for sign in (1, -1)
        if len(column) == len(few)
    ]
    signed = [(name, cut) for name, cut in signed if any(cut)]
    singles = {cut: (name,) for name, cut in signed}
    pairs = {
        tuple(map(add, one[1], two[1])): (one[0], two[0])
        for one, two in combinations(signed, 2)
        if one[0][0] != two[0][0]
    }
    for parts, others in ((singles, singles), (pairs, singles), (pairs, pairs)):
        for cut, names in parts.items():
            rest = others.get(tuple(map(sub, wanted, cut)))
            if rest is not None:
                told = dict((*names, *rest))
                if len(told) == len(names) + len(rest):
                    yield ["+", list(told), list(told.values())]


def _share(value: int, ratio: Fraction, up: int) -> int:
    return (value * ratio.numerator + up) // ratio.denominator


# --- what each guess reckons -------------------------------------------------------------------------


def _equal(known: Known, how: How, _needs: list[Any] | None, _domain: int) -> list[Any]:
    return known.column(how[1]).values


def _function(known: Known, how: How, needs: list[Any] | None, _domain: int) -> list[Any]:
    names = known.column(how[1]).values
    told = dict(zip(dict.fromkeys(names), needs or (), strict=True))
    return list(map(told.__getitem__, names))


def _function_needs(known: Known, how: How, values: list[Any]) -> list[Any]:
    names = known.column(how[1]).values
    told = dict(zip(names, values, strict=True))
    return list(map(told.__getitem__, dict.fromkeys(names)))


def _sum(known: Known, how: How, _needs: list[Any] | None, _domain: int) -> list[Any]:
    columns = [known.column(at).values for at in how[1]]
    signs = [1 if sign > 0 else -1 for sign in how[2]]
    if not columns:
        raise ValueError("a sum of nothing")
    total = columns[0] if signs[0] > 0 else [-value for value in columns[0]]
    for column, sign in zip(columns[1:], signs[1:], strict=True):
        total = list(map(add if sign > 0 else sub, total, column))
    return total


def _product(known: Known, how: How, _needs: list[Any] | None, _domain: int) -> list[Any]:
    one, two, up = known.column(how[1]).values, known.column(how[2]).values, int(how[3])
    return [(a * b + up) // _MILLI for a, b in zip(one, two, strict=True)]


def _child_sum(known: Known, how: How, _needs: list[Any] | None, _domain: int) -> list[Any]:
    return list(map(sum, known.pieces(how[1], how[2])))


def _child_count(known: Known, how: How, _needs: list[Any] | None, _domain: int) -> list[Any]:
    return list(map(len, map(set, known.pieces(how[1], how[2]))))


def _different(known: Known, how: How, _needs: list[Any] | None, _domain: int) -> list[Any]:
    return list(chain.from_iterable(map(dict.fromkeys, known.pieces(how[1], how[2]))))


def _rank(known: Known, how: How, _needs: list[Any] | None, domain: int) -> list[Any]:
    ranks: list[int] = []
    for piece in known.pieces(how[1], domain):
        places = dict(zip(dict.fromkeys(piece), _COUNT, strict=False))
        ranks += map(places.__getitem__, piece)
    return ranks


def _grouped(known: Known, how: How, _needs: list[Any] | None, domain: int) -> list[Any]:
    sums: list[int] = []
    lengths = known.lists[domain][1]
    amounts, places = known.pieces(how[1], how[3]), known.pieces(how[2], how[3])
    for piece, indexes, length in zip(amounts, places, lengths, strict=True):
        if len(indexes) == length and indexes == _ROW[:length]:
            sums += piece
            continue
        part = [0] * length
        for amount, place in zip(piece, indexes, strict=True):
            part[place] += amount
        sums += part
    return sums


def _masked(known: Known, how: How, needs: list[Any] | None, _domain: int) -> list[Any]:
    column, over, under, up = known.column(how[1]).values, int(how[2]), int(how[3]), int(how[4])
    if (over, under) == (1, 1):
        return [value if on else 0 for value, on in zip(column, needs or (), strict=True)]
    return [(value * over + up) // under if on else 0 for value, on in zip(column, needs or (), strict=True)]


def _mask_needs(known: Known, how: How, values: list[Any]) -> list[Any]:
    return [1 if value else 0 for value in values]


def _clock(known: Known, how: How, _needs: list[Any] | None, _domain: int) -> list[Any]:
    return iso_texts([value // _MICRO for value in known.column(how[1]).values], int(how[2]))


_Reckoner = Callable[[Known, How, list[Any] | None, int], list[Any]]
_OPS: dict[str, _Reckoner] = {
    "=": _equal,
    "f": _function,
    "+": _sum,
    "x": _product,
    "S": _child_sum,
    "K": _child_count,
    "k": _different,
    "r": _rank,
    "g": _grouped,
    "m": _masked,
    "w": _clock,
}
_NEEDS: dict[str, Callable[[Known, How, list[Any]], list[Any]]] = {"f": _function_needs, "m": _mask_needs}
