"""The sums that an order sheet holds itself: found, left out of the orders, and compared with them."""

from pos_app.domain.quantity import line_amount_won
from pos_app.i18n.texts import tr
from pos_app.importing.grid import Value
from pos_app.importing.headers import bare
from pos_app.importing.order_sheet_head import Head
from pos_app.importing.order_sheet_reading import Columns, Reading
from pos_app.importing.order_sheet_words import is_total
from pos_app.importing.tables import is_number_like

LOOK_BELOW = 50


def left_columns(head: Head) -> range:
    """The columns that tell whose order it is, before any quantity."""
    return range(min(head.left, head.grid_width) if head.item < 0 else head.item)


def is_sum(head: Head, row: int) -> bool:
    """Whether a row adds up others; one with somebody's name is an order, whatever the department's name."""
    cells = (column for column in {*left_columns(head), head.person} if (row, column) not in head.grid.filled)
    if not any(is_total(head.grid.value(row, column)) for column in cells):
        return False
    name = head.grid.value(row, head.person)
    return is_total(name) or not isinstance(name, str) or any(char.isdigit() for char in name)


def adds_up(head: Head, row: int, columns: Columns) -> bool:
    """Whether a nameless row holds the sums of what stands above."""
    told = [
        (head.grid.value(row, column), ordered.quantity_milli)
        for column, ordered in columns.ordered.items()
        if isinstance(column, int) and not ordered.lost
    ]
    return bool(told) and all(
        (isinstance(value, int) and value * 1000 == milli) or (value is None and milli == 0)
        for value, milli in told
    )


def compare_row(head: Head, row: int, quantity_milli: int, won: int, reading: Reading) -> None:
    """Warn where the sheet's own sum of a row is neither its won nor its quantity."""
    for column, label in head.totals:
        stated = head.grid.value(row, column)
        if type(stated) is not int or stated * 1000 == quantity_milli or stated == won:
            continue
        counted = f"{quantity_milli // 1000:,}" if "수량" in label else f"{won:,}"
        reading.warn(
            head.grid.name(row, column),
            tr(
                "합계가 맞지 않아요 (적힌 것 {stated}, 더한 것 {counted}).",
                stated=f"{stated:,}",
                counted=counted,
            ),
        )


def compare_columns(head: Head, row: int, columns: Columns, reading: Reading) -> None:
    """Warn where the sheet's sum of a product, at the bottom, is not what was ordered."""
    if _is_part(head, row):
        return
    for column, ordered in columns.ordered.items():
        stated: Value = head.grid.value(row, column) if isinstance(column, int) else None
        if type(stated) is not int or ordered.lost:
            continue
        won = line_amount_won(ordered.price_won or 0, ordered.quantity_milli)
        if stated * 1000 != ordered.quantity_milli and stated != won:
            assert isinstance(column, int)
            counted = f"{ordered.quantity_milli // 1000:,}"
            reading.warn(
                head.grid.name(row, column),
                tr(
                    "합계가 맞지 않아요 (적힌 것 {stated}, 더한 것 {counted}).",
                    stated=f"{stated:,}",
                    counted=counted,
                ),
            )


def _is_part(head: Head, row: int) -> bool:
    """Whether a sum is only that of a department: others, or people, come below it, or it says so."""
    texts = [value for column in left_columns(head) if isinstance(value := head.grid.value(row, column), str)]
    if any("소계" in bare(text) for text in texts):
        return True
    below = range(row + 1, min(len(head.grid.rows), row + LOOK_BELOW))
    return any(_has_figures(head, each) for each in below)


def _has_figures(head: Head, row: int) -> bool:
    return any(is_number_like(head.grid.value(row, product.column)) for product in head.products)
