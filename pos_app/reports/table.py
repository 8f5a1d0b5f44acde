"""A report as a table: what every export writes, whatever the report is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos_app.i18n.formats import won_plain
from pos_app.reports.charts import Chart
from pos_app.reports.sieve import Sieve


class ColumnKind(StrEnum):
    """What a column holds: text, won, thousandths of a unit, a count, or a share in thousandths."""

    TEXT = "text"
    WON = "won"
    QUANTITY = "quantity"
    COUNT = "count"
    SHARE = "share"


Cell = str | int | None  # an int is won, thousandths or a count, as its column says; None stays blank


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `name` is its head, without the unit 원."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT

    @property
    def is_number(self) -> bool:
        """Whether the column stands to the right."""
        return self.kind is not ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table. `totals` is one more row or empty; every row is as long as `columns`.

    `behind` says for each row (or for none) what lies behind it; `chart` is drawn over the table.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    chart: Chart | None = None
    behind: tuple[Sieve | None, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for a row of another length or a text where a number belongs."""
        if self.behind and len(self.behind) != len(self.rows):
            raise ValueError(f"{self.title}: {len(self.behind)} sieves for {len(self.rows)} rows")
        wide = len(self.columns)
        numbers = [place for place, column in enumerate(self.columns) if column.is_number]
        for row in (*self.rows, *((self.totals,) if self.totals else ())):
            if len(row) != wide:
                raise ValueError(f"{self.title}: a row of {len(row)} cells under {wide} heads")
        for row in self.rows:
            for place in numbers:
                cell = row[place]
                if cell is not None and not isinstance(cell, int):
                    raise ValueError(f"{self.title}: {cell!r} under {self.columns[place].name}")

    def heads(self) -> tuple[str, ...]:
        """The heads as people read them."""
        return tuple(column.name for column in self.columns)


def text_column(name: str) -> Column:
    """A column of text."""
    return Column(name)


def won_column(name: str) -> Column:
    """A column of won."""
    return Column(name, ColumnKind.WON)


def quantity_column(name: str) -> Column:
    """A column of thousandths of a unit."""
    return Column(name, ColumnKind.QUANTITY)


def count_column(name: str) -> Column:
    """A column of counts."""
    return Column(name, ColumnKind.COUNT)


def share_column(name: str) -> Column:
    """A column of shares in thousandths."""
    return Column(name, ColumnKind.SHARE)


def shown(cell: Cell, column: Column) -> str:
    """A cell as people read it: 61,400 · 1.240 · -2,800; None is blank."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if column.kind is ColumnKind.SHARE:
        return share_shown(cell)
    return quantity_shown(cell) if column.kind is ColumnKind.QUANTITY else won_plain(cell)


def share_shown(permille: int) -> str:
    """875 as 87.5%."""
    return f"{'-' if permille < 0 else ''}{abs(permille) // 10}.{abs(permille) % 10}%"


def quantity_shown(milli: int) -> str:
    """2,000 thousandths as 2, 1,240 as 1.240."""
    return f"{'-' if milli < 0 else ''}{abs(milli) // 1000:,}{fraction(milli)}"


def quantity_bare(milli: int) -> str:
    """The same for machines, without a thousands separator."""
    return f"{'-' if milli < 0 else ''}{abs(milli) // 1000}{fraction(milli)}"


def fraction(milli: int) -> str:
    """What stands behind the whole number: ".240", nothing for whole units."""
    rest = abs(milli) % 1000
    return f".{rest:03d}" if rest else ""


def totalled(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], word: str) -> tuple[Cell, ...]:
    """A row of sums under the columns of won and counts; the word stands in the first column.

    Quantities of different units are never added.
    """
    sums: list[Cell] = []
    for place, column in enumerate(columns):
        if column.kind in (ColumnKind.WON, ColumnKind.COUNT):
            sums.append(sum(cell for row in rows if isinstance(cell := row[place], int)))
        else:
            sums.append(word if place == 0 else None)
    return tuple(sums)
