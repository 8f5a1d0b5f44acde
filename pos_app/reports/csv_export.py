"""Tables as CSV: UTF-8 with a byte order mark, so that Excel opens Korean right."""

import csv
import io

from pos_app.reports.table import Cell, Column, ColumnKind, Table, quantity_bare, share_shown

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(*tables: Table) -> bytes:
    """One table with its heads in the first row; several each under their title, a blank row between."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for place, table in enumerate(tables):
        if len(tables) > 1:
            if place:
                writer.writerow([])
            writer.writerow([harmless(table.title), harmless(table.subtitle)])
        writer.writerow([harmless(head) for head in table.heads()])
        for row in (*table.rows, *((table.totals,) if table.totals else ())):
            writer.writerow([_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def _cell(cell: Cell, column: Column) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if column.kind is ColumnKind.SHARE:
        return share_shown(cell)
    return quantity_bare(cell) if column.kind is ColumnKind.QUANTITY else str(cell)
