"""A sheet as plain values: no number in it is a float, merged cells are spread out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

MAX_ROWS = 50_000
MAX_COLUMNS = 120
BLANK_RUN = 3_000  # so many blank rows in a row end a sheet
MAX_BANDS = 200_000


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a usable value: kind "formula" (never reckoned), "error" (#REF!) or "number"."""

    kind: str
    text: str = ""


Value = str | int | Decimal | bool | date | time | timedelta | Broken | None
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column; counted from 0
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!")


@dataclass(slots=True)
class Grid:
    """Rows of values, counted from 0. `bands` holds what a merge puts right of its first column."""

    sheet: str
    rows: list[list[Value]]
    bands: dict[tuple[int, int], Value] = field(default_factory=dict)
    filled: set[tuple[int, int]] = field(default_factory=set)
    hidden: bool = False

    def value(self, row: int, column: int) -> Value:
        """The value of a cell, None outside the sheet."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    def name(self, row: int, column: int) -> str:
        """The cell's name as people see it: sheet, then column letters and row number."""
        return f"{self.sheet}!{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def plain(value: object) -> Value:
    """A spreadsheet library's value without floats; blank text becomes None."""
    if value is None or isinstance(value, (bool, int, Broken)):
        return value
    if isinstance(value, float):
        return exact(repr(value))
    if isinstance(value, str):
        if value in ERRORS:
            return Broken("error", value)
        return value if value.strip(" \t\r\n\u00a0\u200b\ufeff\u3000") else None
    if isinstance(value, (Decimal, datetime, date, time, timedelta)):
        return value
    return str(value)


def exact(text: str) -> Value:
    """Decimal text as int where it is whole, else as Decimal; the noise of binary fractions is dropped."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Broken("number", text)
    if not number.is_finite() or number.adjusted() > 30:
        return Broken("number", text)
    number = number.quantize(Decimal("0.000001")) if number.adjusted() < 20 else number
    whole = int(number)
    return whole if number == whole else number.normalize()


def spread(grid: Grid, merges: Iterable[Merge]) -> None:
    """Give every row of a merged area its value; to the right of its first column only as a band."""
    for top, left, bottom, right in merges:
        value = grid.value(top, left)
        if value is None:
            continue
        if len(grid.bands) > MAX_BANDS:
            return
        for row in range(top, min(bottom, len(grid.rows) - 1) + 1):
            line = grid.rows[row]
            if row > top:
                line.extend([None] * (left + 1 - len(line)))
                if line[left] is None:
                    line[left] = value
                    grid.filled.add((row, left))
            for column in range(left + 1, min(right, MAX_COLUMNS - 1) + 1):
                grid.bands[row, column] = value
