"""The rows of an order sheet: people with their departments, totals left out and compared."""

from dataclasses import dataclass

from pos_app.domain.hangul import clean_name
from pos_app.domain.quantity import line_amount_won
from pos_app.i18n.texts import tr
from pos_app.importing.cells import Unreadable, shown, text_of
from pos_app.importing.order_sheet_cells import last_four, ordered_milli
from pos_app.importing.order_sheet_head import Head, ProductColumn, is_head_again
from pos_app.importing.order_sheet_products import Catalogue, CatalogueItem, Unmatched
from pos_app.importing.order_sheet_reading import Columns, Ordered, OrderLine, Reading
from pos_app.importing.order_sheet_sums import adds_up, compare_columns, compare_row, is_sum, left_columns
from pos_app.importing.order_sheet_words import Role, is_note, role_of
from pos_app.importing.tables import is_ditto, is_number_like

MAX_LINES = 20_000
_LONG_NAME = 40
_MARKS = "■□●○◆◇▶▷▣◈【】[]<>《》〈〉「」『』 "


@dataclass(frozen=True, slots=True)
class _Person:
    cell: str
    name: str
    department: str
    phone_last4: str


def settle_columns(head: Head, catalogue: Catalogue, reading: Reading) -> Columns:
    """Match the product columns with the catalogue; unmatched and nameless ones with orders are named."""
    columns = Columns()
    reading.columns.append(columns)
    taken: dict[str, str] = {}
    for column in head.products:
        if not _used(head, column.column):
            continue
        named = catalogue.candidates([column.name, *column.codes])
        if not named and not _numbered(head, column.column):
            reading.warn(column.cell, tr("숫자가 없는 열이라 읽지 않았어요."))
            continue
        ordered = _settled(column, catalogue, reading)
        if ordered.key in taken:
            reading.warn(
                column.cell, tr("{cell}에 있는 것과 같은 물건이에요. 둘을 더했어요.", cell=taken[ordered.key])
            )
        elif ordered.key:
            taken[ordered.key] = column.cell
        columns.ordered[column.column] = ordered
    for nameless in head.nameless:
        cell = head.grid.name(head.row, nameless)
        reading.complain(cell, tr("물건 이름이 비어 있는 열에 숫자가 있어 읽지 않았어요."))
    return columns


def _used(head: Head, column: int) -> bool:
    """Whether anything stands under a head; a product that nobody ordered need not be known."""
    return any(head.grid.value(row, column) is not None for row in range(head.first, len(head.grid.rows)))


def _numbered(head: Head, column: int) -> bool:
    return any(is_number_like(head.grid.value(row, column)) for row in range(head.first, len(head.grid.rows)))


def _settled(column: ProductColumn, catalogue: Catalogue, reading: Reading) -> Ordered:
    name = clean_name(column.name)
    if not catalogue:
        return Ordered(name, name, column.cell, column.price_won)
    try:
        item = catalogue.find(column.name, column.codes, column.vendors, column.price_won)
    except Unmatched as error:
        guessed = catalogue.guess(column.name, column.price_won)
        if guessed is None:
            reading.complain(column.cell, error.reason)
            return Ordered("", name, column.cell, column.price_won)
        item = guessed
        reading.warn(
            column.cell,
            tr("이름의 일부와 단가가 맞아 이 물건으로 읽었어요: {known}", known=clean_name(item.name)),
        )
    return _of_item(item, name, column.cell, column.price_won, reading)


def _of_item(item: CatalogueItem, name: str, cell: str, said_won: int | None, reading: Reading) -> Ordered:
    known = item.unit_price_won
    if said_won is not None and known is not None and said_won != known:
        reading.warn(
            cell,
            tr(
                "단가가 물건 목록과 달라요 (주문표 {said}원, 목록 {known}원).",
                said=f"{said_won:,}",
                known=f"{known:,}",
            ),
        )
    return Ordered(item.key, name, cell, known if said_won is None else said_won, item.weighed)


def read_rows(head: Head, columns: Columns, catalogue: Catalogue, reading: Reading) -> None:
    """Read every row below the head."""
    department = ""
    for row in range(head.first, len(head.grid.rows)):
        if len(reading.lines) > MAX_LINES:
            reading.complain(
                head.grid.name(row, head.person),
                tr("주문이 너무 많아요. {count}줄까지 읽었어요.", count=f"{MAX_LINES:,}"),
            )
            return
        value = head.grid.value(row, head.person)
        if is_sum(head, row):
            compare_columns(head, row, columns, reading)
            continue
        if is_head_again(head.grid.value(head.row, head.person), value) or _own_label(head, row):
            continue  # the head once more, on the next page
        heading = _heading(head, row)
        if heading:
            department = heading
            continue
        department = _department(head, row, department)
        if value is None or is_note(value) or (isinstance(value, str) and len(value) > _LONG_NAME):
            _without_person(head, row, columns, reading)
            continue
        person = _person(head, row, department, reading)
        if person is None:
            continue
        if head.item >= 0:
            _listed_line(head, row, person, catalogue, columns, reading)
        else:
            _across_lines(head, row, person, columns, reading)


def _own_label(head: Head, row: int) -> bool:
    """A row of prices or sizes that stands among the people."""
    if head.item >= 0:
        return False
    return any(
        role_of(head.grid.value(row, column)) in (Role.PRICE, Role.UNIT, Role.CODE)
        for column in {*left_columns(head), head.person}
        if (row, column) not in head.grid.filled
    )


def _department(head: Head, row: int, before: str) -> str:
    """The department of a row: its own, or the one above."""
    if head.department < 0:
        return before
    value = head.grid.value(row, head.department)
    if value is None or is_ditto(value) or is_note(value):
        return before
    try:
        return text_of(value)[:100]
    except Unreadable:
        return before


def _heading(head: Head, row: int) -> str:
    """The department that a row of its own names: ■ 총무부, or a text merged over the columns."""
    own = [
        (column, value)
        for column, value in enumerate(head.grid.rows[row])
        if value is not None and (row, column) not in head.grid.filled
    ]
    if len(own) != 1 or own[0][0] >= head.left or is_note(own[0][1]):
        return ""
    column, value = own[0]
    if not isinstance(value, str) or len(value) > _LONG_NAME:
        return ""
    marked = value.strip()[:1] in _MARKS or (row, column + 1) in head.grid.bands
    return clean_name(value.strip().strip(_MARKS)) if marked else ""


def _person(head: Head, row: int, department: str, reading: Reading) -> _Person | None:
    grid = head.grid
    top = row
    while (top, head.person) in grid.filled:
        top -= 1
    cell = grid.name(top, head.person)
    try:
        name = text_of(grid.value(row, head.person))
    except Unreadable as error:
        reading.complain(cell, error.reason)
        return None
    phone = ""
    if head.phone >= 0:
        try:
            phone = last_four(grid.value(row, head.phone), head.phone_label)
        except Unreadable as error:
            reading.warn(grid.name(row, head.phone), error.reason)
    who = (department, name, phone)
    first = reading.people.setdefault(who, cell)
    if head.item >= 0:
        return _Person(first, name, department, phone)
    if first != cell:
        reading.warn(cell, tr("'{name}'의 주문이 {cell}에도 있어요. 둘 다 넣었어요.", name=name, cell=first))
    return _Person(cell, name, department, phone)


def _without_person(head: Head, row: int, columns: Columns, reading: Reading) -> None:
    """A row without a name: harmless unless somebody's order stands in it, or unmarked sums."""
    if head.item >= 0:
        numbers = [head.quantity] if is_number_like(head.grid.value(row, head.quantity)) else []
    else:
        numbers = [
            column
            for column in columns.ordered
            if isinstance(column, int)
            and (row, column) not in head.grid.filled
            and is_number_like(head.grid.value(row, column))
        ]
    if not numbers or adds_up(head, row, columns):
        return
    reading.complain(head.grid.name(row, head.person), tr("성명이 비어 있어요. 누구의 주문인지 적어 주세요."))


def _across_lines(head: Head, row: int, person: _Person, columns: Columns, reading: Reading) -> None:
    quantity = won = 0
    lost = False
    for column, ordered in columns.ordered.items():
        assert isinstance(column, int)
        if (row, column) in head.grid.filled:
            continue  # one number merged over several rows counts once, at its first
        milli = _line(head, row, column, person, ordered, reading)
        lost = lost or milli is None or (bool(milli) and ordered.price_won is None)
        quantity += milli or 0
        won += line_amount_won(ordered.price_won or 0, milli or 0)
    if not lost:
        compare_row(head, row, quantity, won, reading)


def _line(
    head: Head, row: int, column: int, person: _Person, ordered: Ordered, reading: Reading
) -> int | None:
    """Add one cell as a line; its quantity, None where it is bad."""
    cell = head.grid.name(row, column)
    try:
        milli = ordered_milli(head.grid.value(row, column), weighed=ordered.weighed)
    except Unreadable as error:
        ordered.lost = True
        if ordered.key:  # of a product that nobody knows, the head is named already
            reading.complain(cell, error.reason)
        return None
    if milli:
        ordered.quantity_milli += milli
        if ordered.key:
            reading.total_won += line_amount_won(ordered.price_won or 0, milli)
            reading.lines.append(
                OrderLine(
                    person.cell, person.name, person.department, person.phone_last4, ordered.key, milli, cell
                )
            )
    return milli


def _listed_line(
    head: Head, row: int, person: _Person, catalogue: Catalogue, columns: Columns, reading: Reading
) -> None:
    """One row of a list: the person, the product, how many."""
    grid = head.grid
    cell = grid.name(row, head.item)
    try:
        name = text_of(grid.value(row, head.item))
        code = text_of(grid.value(row, head.item_code)) if head.item_code >= 0 else ""
    except Unreadable as error:
        reading.complain(cell, error.reason)
        return
    if not name and not code:
        if is_number_like(grid.value(row, head.quantity)):
            reading.complain(cell, tr("물건 이름이 비어 있어요."))
        return
    key = f"{code}\n{name}"
    if key not in columns.ordered:
        product = ProductColumn(head.item, name or code, cell, [code] if code else [])
        columns.ordered[key] = _settled(product, catalogue, reading)
    elif not columns.ordered[key].key:
        reading.complain(cell, tr("물건 목록에 없는 이름이에요 ({name}).", name=shown(name or code)))
    _line(head, row, head.quantity, person, columns.ordered[key], reading)
