"""Tables as an Excel workbook: one sheet each, real numbers, ready to print on A4."""

import io
import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from pos_app.reports.table import Cell, Column, ColumnKind, Table, shown
from pos_app.reports.text_export import width_of

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_FORMATS = {
    ColumnKind.WON: "#,##0",
    ColumnKind.COUNT: "#,##0",
    ColumnKind.QUANTITY: "#,##0.###",
    ColumnKind.SHARE: "0.0%",
    ColumnKind.TEXT: "@",
}
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same figures give the same bytes
_WIDEST = 48


def render(*tables: Table) -> bytes:
    """The workbook's bytes; a table's sheet has title, heads, rows, totals and notes."""
    import xlsxwriter  # lazy: only a download needs it

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _MADE})
    names: set[str] = set()
    for table in tables:
        _sheet(book, book.add_worksheet(_sheet_name(table.title, names)), table)
    book.close()
    return out.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    base = _FORBIDDEN.sub(" ", title).strip()[:28] or "표"
    name, number = base, 2
    while name.casefold() in taken:
        name, number = f"{base} {number}", number + 1
    taken.add(name.casefold())
    return name


def _sheet(book: Any, sheet: Any, table: Table) -> None:
    bold = book.add_format({"bold": True, "font_size": 15})
    head = book.add_format(
        {"bold": True, "bg_color": "#EAE7DE", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
    )
    head_right = book.add_format(
        {
            "bold": True,
            "bg_color": "#EAE7DE",
            "bottom": 1,
            "text_wrap": True,
            "valign": "vcenter",
            "align": "right",
        }
    )
    plain = {kind: book.add_format({"num_format": pattern}) for kind, pattern in _FORMATS.items()}
    total = {
        kind: book.add_format({"num_format": pattern, "bold": True, "top": 2})
        for kind, pattern in _FORMATS.items()
    }
    sheet.write_string(0, 0, table.title, bold)
    row = 1
    if table.subtitle:
        sheet.write_string(row, 0, table.subtitle)
        row += 1
    head_row = row + 1
    for place, column in enumerate(table.columns):
        sheet.write_string(head_row, place, column.name, head_right if column.is_number else head)
        sheet.set_column(place, place, _width(table, place))
    row = head_row + 1
    for cells in table.rows:
        _row(sheet, row, cells, table.columns, plain)
        row += 1
    if table.totals:
        _row(sheet, row, table.totals, table.columns, total)
        row += 1
    for place, note in enumerate(table.notes):
        sheet.write_string(row + 1 + place, 0, note)
    _for_paper(sheet, head_row, row + len(table.notes), len(table.columns))


def _for_paper(sheet: Any, head_row: int, last_row: int, columns: int) -> None:
    sheet.freeze_panes(head_row + 1, 0)
    sheet.repeat_rows(head_row)
    sheet.set_paper(9)  # A4
    if columns > 6:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
    sheet.print_area(0, 0, last_row, columns - 1)


def _row(
    sheet: Any, row: int, cells: tuple[Cell, ...], columns: tuple[Column, ...], formats: dict[Any, Any]
) -> None:
    for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        look = formats[column.kind]
        if cell is None:
            sheet.write_blank(row, place, None, look)
        elif isinstance(cell, str):
            sheet.write_string(row, place, cell, look)
        elif column.kind in (ColumnKind.QUANTITY, ColumnKind.SHARE):
            sheet.write_number(row, place, Decimal(cell).scaleb(-3), look)
        else:
            sheet.write_number(row, place, cell, look)


def _width(table: Table, place: int) -> int:
    column = table.columns[place]
    texts = [column.name, *(shown(row[place], column) for row in table.rows)]
    texts += [shown(table.totals[place], column)] if table.totals else []
    return min(max(width_of(text) for text in texts) + 3, _WIDEST)
