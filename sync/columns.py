"""Many facts of one kind, column by column: what can be told from other columns is left out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate, chain, repeat
from typing import Any

from sync.guesses import Column, Guesses, How, Known
from sync.spelling import Streams, read_ints, read_strings, spell_ints, spell_strings

Node = list[Any]
_MOST_SHAPES = 200
_DEEPEST = 24


@dataclass
class Memory:
    """What told the columns of earlier pages; only spares searching, is never needed."""

    guesses: dict[str, How] = field(default_factory=dict)
    orders: dict[str, list[str]] = field(default_factory=dict)


class Teller:
    """Turns a list of plain values into a short program and its streams."""

    def __init__(self, memory: Memory | None = None) -> None:
        self.streams = Streams()
        self._memory = memory or Memory()
        self._guesses = Guesses(self._memory.guesses)
        self._domains = 10
        self._depth = 0

    def tell(self, values: list[Any], domain: int = 0, name: str = "") -> Node:
        """The node that gives `values` again; `domain` numbers the list of rows they stand in."""
        self._depth += 1
        try:
            return self._tell(values, domain, name)
        finally:
            self._depth -= 1

    def _tell(self, values: list[Any], domain: int, name: str) -> Node:
        if not values:
            return ["0"]
        kinds = set(map(type, values))
        if self._depth > _DEEPEST:
            raise ValueError("nested too deeply to be told by columns")
        if len(kinds) > 1:
            return self._variants(values, type, name)
        kind = kinds.pop()
        if kind is dict:
            return self._objects(values, domain, name)
        if kind is list:
            return self._lists(values, domain, name)
        if kind in (int, str):
            return self._leaf(values, domain, spell_ints if kind is int else spell_strings, name)
        if kind is bool:
            return ["b", self.tell(list(map(int, values)), domain, f"{name}!")]
        if values[0] is None:
            return ["c", None]
        raise ValueError("a value that no fact may hold")

    def _new_domain(self) -> int:
        self._domains += 1
        return self._domains - 1

    def _variants(self, values: list[Any], of: Callable[[Any], Any], name: str) -> Node:
        """Values of several kinds: which kind each is, and each kind by itself."""
        groups: dict[Any, list[Any]] = {}
        for value in values:
            groups.setdefault(of(value), []).append(value)
        if len(groups) > _MOST_SHAPES:
            raise ValueError("too many shapes to be told by columns")
        number = {kind: at for at, kind in enumerate(groups)}
        chosen = self.tell([number[of(value)] for value in values], self._new_domain(), f"{name}|")
        told = [
            self.tell(group, self._new_domain(), f"{name}|{at}") for at, group in enumerate(groups.values())
        ]
        return ["v", chosen, told]

    def _objects(self, values: list[dict[str, Any]], domain: int, name: str) -> Node:
        if len(set(map(tuple, values))) > 1:
            return self._variants(values, tuple, name)
        columns = dict(zip(values[0], map(list, zip(*map(dict.values, values), strict=True)), strict=True))
        order = self._memory.orders.get(name)
        if order is not None and set(order) == columns.keys():
            return ["o", order, [self.tell(columns[key], domain, f"{name}.{key}") for key in order]]
        told: dict[str, Node] = {}
        waiting: list[str] = []
        for key in sorted(columns, key=lambda key: _turn(columns[key])):
            if type(columns[key][0]) is int and set(map(type, columns[key])) == {int}:
                waiting.append(key)
            else:
                told[key] = self.tell(columns[key], domain, f"{name}.{key}")
        while waiting:
            key = next((key for key in waiting if self._is_told(columns[key], domain)), waiting[0])
            told[key] = self.tell(columns[key], domain, f"{name}.{key}")
            waiting.remove(key)
        self._memory.orders[name] = list(told)
        return ["o", list(told), list(told.values())]

    def _is_told(self, values: list[int], domain: int) -> bool:
        """Whether the columns known so far say all of this one."""
        return values.count(values[0]) == len(values) or self._guesses.surely(values, domain)

    def _lists(self, values: list[list[Any]], domain: int, name: str) -> Node:
        lengths = list(map(len, values))
        told = self.tell(lengths, domain, f"{name}#")
        inner = self._new_domain()
        self._guesses.open(inner, domain, lengths)
        return ["l", told, self.tell(list(chain.from_iterable(values)), inner, f"{name}[]")]

    def _leaf(
        self, values: list[Any], domain: int, spell: Callable[[Streams, list[Any]], Node], name: str
    ) -> Node:
        if values.count(values[0]) == len(values):
            return ["c", values[0]]
        guess = self._guesses.best(values, domain, name)
        if guess is None:
            node = spell(self.streams, values)
        else:
            needs = None
            if guess.needs is not None:
                needs = self.tell(guess.needs, self._new_domain(), f"{name}?")
            node = ["?", guess.how, needs]
            if guess.exceptions:
                places, right = guess.exceptions
                node += [
                    len(places),
                    self.tell(places, self._new_domain(), f"{name}@"),
                    self.tell(right, self._new_domain(), f"{name}="),
                ]
        self._guesses.add(values, domain, name)
        return node


def _turn(column: list[Any]) -> tuple[int, int]:
    """Lists first, the longest first; then texts; then numbers, those with few different values first."""
    kind = type(column[0])
    if kind is list:
        return 0, -sum(len(item) for item in column if type(item) is list)
    if kind is str:
        return 1, 0
    if kind is int:
        return 3, len(set(map(str, column[:500])))
    return 2, 0


class Hearer:
    """Turns a program and its streams into the values again. Raises ValueError and the like for nonsense."""

    def __init__(self, streams: Streams, most: int) -> None:
        self._streams = streams
        self._known = Known()
        self._domains = 10
        self._left = most  # values that may still be made
        self._depth = 0

    def hear(self, node: Node, count: int, domain: int = 0) -> list[Any]:
        """`count` values."""
        self._left -= count
        self._depth += 1
        if self._left < 0 or count < 0 or self._depth > _DEEPEST + 2:
            raise ValueError("more values than a page may hold")
        values = self._hear(node, count, domain)
        if len(values) != count:
            raise ValueError("a column of another length")
        self._depth -= 1
        return values

    def _new_domain(self) -> int:
        self._domains += 1
        return self._domains - 1

    def _hear(self, node: Node, count: int, domain: int) -> list[Any]:
        match node[0]:
            case "0":
                return []
            case "c":
                return _constant(node[1], count)
            case "b":
                return list(map(bool, self.hear(node[1], count, domain)))
            case "v":
                return self._variants(node, count)
            case "o":
                return self._objects(node, count, domain)
            case "l":
                return self._lists(node, count, domain)
            case "?":
                values = self._guessed(node, count, domain)
            case "i" | "d":
                values = read_ints(self._streams, node, count)
            case "s":
                values = read_strings(self._streams, node, count)
            case _:
                raise ValueError("a column of an unknown kind")
        self._known.columns.append(Column(values, domain))
        return values

    def _variants(self, node: Node, count: int) -> list[Any]:
        chosen = self.hear(node[1], count, self._new_domain())
        sizes = Counter(chosen)
        groups = [iter(self.hear(told, sizes[at], self._new_domain())) for at, told in enumerate(node[2])]
        return [next(groups[at]) for at in chosen]

    def _objects(self, node: Node, count: int, domain: int) -> list[Any]:
        keys = [str(key) for key in node[1]]
        columns = [self.hear(told, count, domain) for told in node[2]]
        if len(columns) != len(keys):
            raise ValueError("columns without a name")
        if not columns:
            return [{} for _ in range(count)]
        return list(map(dict, map(zip, repeat(keys), zip(*columns, strict=True))))

    def _lists(self, node: Node, count: int, domain: int) -> list[Any]:
        lengths = self.hear(node[1], count, domain)
        if min(lengths) < 0:
            raise ValueError("a list shorter than none")
        inner = self._new_domain()
        self._known.open(inner, domain, lengths)
        items = self.hear(node[2], sum(lengths), inner)
        ends = list(accumulate(lengths))
        return [items[end - length : end] for end, length in zip(ends, lengths, strict=True)]

    def _guessed(self, node: Node, count: int, domain: int) -> list[Any]:
        needs = None
        if node[2] is not None:
            how = node[1]
            wanted = len(set(self._known.column(how[1]).values)) if how[0] == "f" else count
            needs = self.hear(node[2], wanted, self._new_domain())
        values = list(self._known.reckon(node[1], needs, domain))
        if len(values) != count:
            raise ValueError("a guess of another length")
        if len(node) > 3:
            places = self.hear(node[4], int(node[3]), self._new_domain())
            for place, right in zip(
                places, self.hear(node[5], int(node[3]), self._new_domain()), strict=True
            ):
                values[place] = right
        return values


def _constant(value: Any, count: int) -> list[Any]:
    if value is not None and type(value) not in (int, str):
        raise ValueError("a value that no column repeats")
    return [value] * count
