"""Finding the tables of a sheet: heads in any row, over one or two rows, above or beside each other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from pos_app.importing.cells import folded
from pos_app.importing.grid import Broken, Grid, Value
from pos_app.importing.headers import MAX_HEAD, below, is_exact, recognise, recognise_pair
from pos_app.importing.words import Field

Found = dict[int, tuple[Field, int]]
NAMES = frozenset((Field.VENDOR_NAME, Field.PRODUCT_NAME, Field.NAME))
LEAD_ROWS = 8
_WEIGHTLESS = frozenset((Field.SERIAL, Field.IGNORED))
_PRICE_LIKE = re.compile(r"[₩\\-]?[0-9][0-9,.]*원?")
_HINT = re.compile(r"[(\[].*[)\]]|원|kg|개|예\).*")
_DITTO = frozenset(("〃", "″", '"', "''", "”", "상동", "위와같음", "동일", "동상", "同上", "〃〃"))


@dataclass(slots=True)
class Table:
    """Rows `first` to `end` (not included) under one head; `columns` gives the best column first."""

    grid: Grid
    head_row: int
    first: int
    end: int
    left: int
    right: int
    heads: dict[int, str]
    found: Found
    columns: dict[Field, tuple[int, ...]] = field(default_factory=dict)
    details: dict[Field, tuple[int, int]] = field(default_factory=dict)  # cells that hold for every row

    def has(self, what: Field) -> bool:
        """Whether any column holds that field."""
        return bool(self.columns.get(what)) or what in self.details

    def values(self, row: int, what: Field) -> Iterator[tuple[int, Value]]:
        """(column, value) of every filled cell for a field, the best column first."""
        for column in self.columns.get(what, ()):
            value = self.grid.value(row, column)
            if value is not None:
                yield column, value

    def get(self, row: int, what: Field) -> Value:
        """The first filled cell for a field, else the cell above the table that tells it for all rows."""
        if what in self.details and not self.columns.get(what):
            return self.grid.value(*self.details[what])
        return next((value for _, value in self.values(row, what)), None)

    def cell(self, row: int, what: Field) -> str:
        """The name of the cell that holds (or should hold) a field."""
        if what in self.details and not self.columns.get(what):
            return self.grid.name(*self.details[what])
        column = next((column for column, _ in self.values(row, what)), None)
        if column is None:
            column = self.columns[what][0] if self.columns.get(what) else self.left
        return self.grid.name(row, column)

    def own(self, row: int) -> list[tuple[int, Value]]:
        """Filled cells of a row, without those that a merge above put there."""
        line = self.grid.rows[row]
        return [
            (column, line[column])
            for column in range(self.left, min(self.right + 1, len(line)))
            if line[column] is not None and (row, column) not in self.grid.filled
        ]


def lead_details(table: Table, wanted: frozenset[Field]) -> dict[Field, tuple[int, int]]:
    """Cells above a table that stand right of a label: 사업자번호 | 123-45-67891."""
    details: dict[Field, tuple[int, int]] = {}
    for row in range(max(table.head_row - LEAD_ROWS, 0), table.head_row):
        line = table.grid.rows[row]
        for column, value in enumerate(line):
            what = recognise(value) if isinstance(value, str) and is_exact(value) else None
            if what is None or what[0] not in wanted:
                continue
            beside = next((c for c in range(column + 1, len(line)) if line[c] is not None), None)
            if beside is not None and not (isinstance(line[beside], str) and is_exact(str(line[beside]))):
                details.setdefault(what[0], (row, beside))
    return details


def is_ditto(value: Value) -> bool:
    """Whether a cell says "as above"."""
    return isinstance(value, str) and folded(value) in _DITTO


def is_number_like(value: Value) -> bool:
    """Numbers, dates and amounts: what stands in data rows, never in heads."""
    if isinstance(value, (bool, str)) or value is None:
        return isinstance(value, str) and bool(_PRICE_LIKE.fullmatch(folded(value)))
    return isinstance(value, (int, Decimal, date, datetime, Broken))


def find_tables(grid: Grid) -> list[Table]:
    """Every table of a sheet, top to bottom; kinds and columns are still open."""
    tables: list[Table] = []
    row = 0
    while row < len(grid.rows):
        head = _head_at(grid, row, bool(tables))
        if head is None:
            row += 1
            continue
        found, heads, height = head
        for table in tables:
            table.end = min(table.end, row)
        first = row + height
        while first < len(grid.rows) and _is_hint_row(grid, first):
            first += 1
        for left, right in _segments(found, heads):
            part = {column: what for column, what in found.items() if left <= column <= right}
            words = {column: text for column, text in heads.items() if left <= column <= right}
            tables.append(Table(grid, row, first, len(grid.rows), left, right, words, part))
        row = first
    return tables


def _texts(grid: Grid, row: int) -> dict[int, str]:
    """Head texts of a row, merged ones spread to all their columns."""
    if row >= len(grid.rows):
        return {}
    texts: dict[int, str] = {}
    for column, value in enumerate(grid.rows[row]):
        if isinstance(value, str):
            texts[column] = value
    return texts


def _spread_texts(grid: Grid, row: int, width: int) -> dict[int, str]:
    texts = _texts(grid, row)
    for column in range(width):
        band = grid.bands.get((row, column))
        if column not in texts and isinstance(band, str):
            texts[column] = band
    return texts


def _single(texts: dict[int, str]) -> Found:
    return {column: what for column, text in texts.items() if (what := recognise(text)) is not None}


def _fields(found: Found) -> set[Field]:
    return {what for what, _ in found.values()} - _WEIGHTLESS


def _numbers(grid: Grid, row: int) -> int:
    return sum(1 for value in grid.rows[row] if is_number_like(value))


def _qualifies(found: Found, texts: dict[int, str], numbers: int, again: bool) -> bool:
    fields = _fields(found)
    if len(fields) < 2 or not fields & NAMES or numbers * 3 > len(found):
        return False
    filled = len(texts) + numbers
    exact = len({found[column][0] for column in found if is_exact(texts.get(column, ""))} - _WEIGHTLESS)
    if exact < 2 and len(fields) < 3:
        return False
    return len(found) * 4 >= filled * 3 if again else len(found) * 2 > filled


def _head_at(grid: Grid, row: int, again: bool) -> tuple[Found, dict[int, str], int] | None:
    """A head that starts in this row: its fields, its texts and its height in rows."""
    texts = _texts(grid, row)
    if not texts or all(len(text) > MAX_HEAD for text in texts.values()):
        return None
    single = _single(texts)
    alone = _qualifies(single, texts, _numbers(grid, row), again)
    pair = _pair(grid, row, single) if row + 1 < len(grid.rows) and (alone or not again) else None
    if pair is not None:
        found, heads = pair
        below = _single(_texts(grid, row + 1))
        if not alone and not single and _fields(below) >= _fields(found):
            return None  # only a title or a band stands here: the next row is the head
        if _qualifies(found, heads, 0, again):
            return found, heads, 2
    return (single, texts, 1) if alone else None


def _pair(grid: Grid, row: int, upper: Found) -> tuple[Found, dict[int, str]] | None:
    """The head made of this row and the next, None where the next row is no second head row."""
    lower = {c: t for c, t in _texts(grid, row + 1).items() if (row + 1, c) not in grid.filled}
    if not lower or _numbers(grid, row + 1):
        return None
    width = max(len(grid.rows[row]), len(grid.rows[row + 1]))
    above, under = _spread_texts(grid, row, width), _spread_texts(grid, row + 1, width)
    found: Found = {}
    for column in above.keys() | under.keys():
        what = recognise_pair(above.get(column, ""), under.get(column, ""))
        if what is not None:
            found[column] = what
    known = [c for c, text in lower.items() if below(above.get(c, ""), text)]
    if not known or len(known) * 2 < len(lower):
        return None
    for column, (named, _) in upper.items():
        if named in NAMES and column in lower and below(above[column], lower[column]) is None:
            return None  # a name stands where only a head could: this is the first data row
    heads = {
        c: " ".join(dict.fromkeys((above.get(c, ""), under.get(c, "")))) for c in above.keys() | under.keys()
    }
    return found, {column: text.strip() for column, text in heads.items()}


def _is_hint_row(grid: Grid, row: int) -> bool:
    """A row of hints below a head: (원), (필수) …"""
    cells = [value for value in grid.rows[row] if value is not None]
    return bool(cells) and all(isinstance(cell, str) and _HINT.fullmatch(folded(cell)) for cell in cells)


def _segments(found: Found, heads: dict[int, str]) -> list[tuple[int, int]]:
    """Column ranges of tables that stand side by side with an empty column between."""
    runs: list[list[int]] = []
    for column in sorted(heads):
        if runs and column - runs[-1][-1] == 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    whole = [(runs[0][0], runs[-1][-1])]
    parts = [{c: found[c] for c in run if c in found} for run in runs]
    strong = [_fields(part) & NAMES and len(_fields(part)) >= 2 for part in parts]
    if len(runs) < 2 or not all(strong):
        return whole
    return [(run[0], run[-1]) for run in runs]
