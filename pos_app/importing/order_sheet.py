"""An agency's order sheet (공동구매): people down, products across, every bad cell named."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pos_app.domain.hangul import clean_name
from pos_app.i18n.texts import tr
from pos_app.importing.cells import shown
from pos_app.importing.dates import date_in, market_in
from pos_app.importing.grid import MAX_COLUMNS, Grid
from pos_app.importing.order_sheet_head import Head, find_head
from pos_app.importing.order_sheet_products import Catalogue, CatalogueItem
from pos_app.importing.order_sheet_reading import Columns, OrderLine, Reading
from pos_app.importing.order_sheet_rows import read_rows, settle_columns
from pos_app.importing.rows import BadCell
from pos_app.importing.workbook import _grids, _is_aside

_SHEET_WORDS = re.compile(
    r"(?:사전|공동)?\s*(?:주문|구매|예약|신청)\s*(?:취합|신청|접수)?\s*(?:표|서|내역|현황|명단|양식)?$|취합표$"
)
__all__ = ["CatalogueItem", "OrderLine", "OrderSheet", "OrderedProduct", "grids_to_orders", "read"]


@dataclass(frozen=True, slots=True)
class OrderedProduct:
    """A product column: `key` of the catalogue ("" where unmatched), the head as written, and its sum.

    `unit_price_won` is what the sheet says, else the catalogue; None where neither does.
    """

    key: str
    name: str
    cell: str
    unit_price_won: int | None
    quantity_milli: int


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """All good lines of a file; `bad` cells were left out, `warnings` concern what was kept.

    `people` is how many have at least one good line, `quantity_milli` sums all, `total_won` too (None where
    a price is unknown). `fatal` is a sentence when no order table was found (then it stands in `bad` too).
    """

    lines: tuple[OrderLine, ...]
    bad: tuple[BadCell, ...] = ()
    warnings: tuple[BadCell, ...] = ()
    products: tuple[OrderedProduct, ...] = ()
    people: int = 0
    quantity_milli: int = 0
    total_won: int | None = 0
    title: str = ""
    market_hint: str = ""
    date_hint: str = ""
    fatal: str = ""


def read(path: Path, items: Iterable[CatalogueItem] = ()) -> OrderSheet:
    """The orders of an XLSX or CSV file; without `items` each product is known by its written name.

    Raises EnvironmentFault where the file can't be opened, is too big, locked, or no workbook at all.
    """
    return grids_to_orders(_grids(path), Catalogue(items))


def grids_to_orders(grids: list[Grid], catalogue: Catalogue) -> OrderSheet:
    """The orders of sheets already read; several sheets (one per department) are put together."""
    reading = Reading()
    heads = [
        head for grid in grids if not _is_aside(grid) and (head := find_head(grid, catalogue)) is not None
    ]
    if not heads:
        cell = f"{grids[0].sheet}!A1" if grids else "A1"
        reason = tr("주문표를 찾지 못했어요. 머리글에 성명과 물건 이름을 적어 주세요.")
        return OrderSheet((), (BadCell(cell, reason),), fatal=reason)
    for head in heads:
        if head.grid_width >= MAX_COLUMNS:
            cell = head.grid.name(head.row, MAX_COLUMNS - 1)
            reading.bad.append(
                BadCell(cell, tr("한 시트에서 {count}열까지 읽을 수 있어요.", count=MAX_COLUMNS))
            )
        read_rows(head, settle_columns(head, catalogue, reading), catalogue, reading)
    return _told(heads, reading)


def _told(heads: list[Head], reading: Reading) -> OrderSheet:
    title = _title(heads)
    products = _products(reading.columns)
    known = all(product.unit_price_won is not None for product in products if product.quantity_milli)
    return OrderSheet(
        lines=tuple(reading.lines),
        bad=tuple(dict.fromkeys(reading.bad)),
        warnings=tuple(dict.fromkeys(reading.warnings)),
        products=products,
        people=len({line.order for line in reading.lines}),
        quantity_milli=sum(line.quantity_milli for line in reading.lines),
        total_won=reading.total_won if known else None,
        title=title,
        market_hint=_SHEET_WORDS.sub("", market_in(title)).strip(),
        date_hint=date_in(title),
    )


def _products(columns: list[Columns]) -> tuple[OrderedProduct, ...]:
    """The products of all sheets, each once; unmatched ones stay apart, by their cells."""
    found: dict[str, OrderedProduct] = {}
    for each in (ordered for own in columns for ordered in own.ordered.values()):
        key = each.key or each.cell
        first = found.get(key, OrderedProduct(each.key, each.name, each.cell, each.price_won, 0))
        found[key] = replace(first, quantity_milli=first.quantity_milli + each.quantity_milli)
    return tuple(found.values())


def _title(heads: list[Head]) -> str:
    for head in heads:
        for row in head.grid.rows[: head.row]:
            for value in row:
                if isinstance(value, str) and not value.lstrip().startswith("※"):
                    return clean_name(value)[:100]
    return shown(heads[0].grid.sheet)
