"""Tables for the terminal: columns aligned by the width that Korean letters take."""

import unicodedata

from pos_app.reports.table import Cell, Column, Table, shown

_GAP = "  "


def render(*tables: Table) -> str:
    """The tables below each other, without colours."""
    return "\n\n".join(_table(table) for table in tables)


def width_of(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _table(table: Table) -> str:
    body = [_texts(row, table.columns) for row in table.rows]
    totals = [_texts(table.totals, table.columns)] if table.totals else []
    heads = list(table.heads())
    widths = [max(map(width_of, column)) for column in zip(heads, *body, *totals, strict=True)]
    line = "-" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    lines = [table.title, *([table.subtitle] if table.subtitle else []), line]
    lines += [_line(heads, table.columns, widths), line]
    lines += [_line(row, table.columns, widths) for row in body]
    if totals:
        lines += [line, _line(totals[0], table.columns, widths)]
    lines += [line, *table.notes]
    return "\n".join(text.rstrip() for text in lines)


def _texts(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> list[str]:
    return [" ".join(shown(cell, column).split()) for cell, column in zip(row, columns, strict=True)]


def _line(texts: list[str], columns: tuple[Column, ...], widths: list[int]) -> str:
    cells = []
    for text, column, width in zip(texts, columns, widths, strict=True):
        space = " " * (width - width_of(text))
        cells.append(space + text if column.is_number else text + space)
    return _GAP.join(cells)
