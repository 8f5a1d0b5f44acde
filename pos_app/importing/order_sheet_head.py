"""Finding the head of an order sheet by what stands in it: people's columns, and products across."""

from dataclasses import dataclass, field

from pos_app.importing.cells import Unreadable, price_won
from pos_app.importing.grid import Grid, Value
from pos_app.importing.headers import bare
from pos_app.importing.order_sheet_products import Catalogue
from pos_app.importing.order_sheet_words import Role, is_note, is_total, role_of
from pos_app.importing.tables import is_number_like

MAX_HEAD_ROWS = 100  # a head further down is no head
ABOVE, BELOW = 4, 6  # rows of the head around the one that names the people
_LABELLED = (Role.PRICE, Role.CODE, Role.VENDOR, Role.UNIT)


@dataclass(slots=True)
class ProductColumn:
    """A column with quantities: its name as written, and what else the head says about it."""

    column: int
    name: str
    cell: str
    codes: list[str] = field(default_factory=list)
    vendors: list[str] = field(default_factory=list)
    unit: str = ""
    price_won: int | None = None


@dataclass(slots=True)
class Head:
    """Where things stand. `products` is empty in a list with one ordered product per row (`item` >= 0)."""

    grid: Grid
    row: int
    first: int
    person: int
    department: int = -1
    phone: int = -1
    phone_label: str = ""
    totals: list[tuple[int, str]] = field(default_factory=list)
    products: list[ProductColumn] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)
    item: int = -1
    item_code: int = -1
    quantity: int = -1

    @property
    def left(self) -> int:
        """The first column that tells no more of the person."""
        columns = [each.column for each in self.products] + [column for column, _ in self.totals]
        return min(columns, default=self.grid_width)

    @property
    def grid_width(self) -> int:
        """How many columns the sheet has."""
        return max((len(row) for row in self.grid.rows), default=0)


def find_head(grid: Grid, catalogue: Catalogue) -> Head | None:
    """The head of the sheet's order table, None where there is none."""
    for row, person in _candidates(grid):
        head = Head(grid, row, _first_data(grid, row, person), person)
        if _listed(head) or _across(head, catalogue):
            return head
    return None


def _candidates(grid: Grid) -> list[tuple[int, int]]:
    """Rows with a column for people, those with most labels first: a title may speak of names too."""
    found: list[tuple[int, int, int]] = []
    for row, line in enumerate(grid.rows[:MAX_HEAD_ROWS]):
        roles = [role_of(value) for value in line]
        if Role.PERSON in roles and (row, roles.index(Role.PERSON)) not in grid.filled:
            labels = sum(role is not None for role in roles)
            found.append((-labels, row, roles.index(Role.PERSON)))
    return [(row, person) for _, row, person in sorted(found)]


def is_head_again(head_text: Value, value: Value) -> bool:
    """Whether a cell repeats the head of its column; a person may be called 성명, so no likeness counts."""
    return isinstance(head_text, str) and isinstance(value, str) and bare(head_text) == bare(value)


def _first_data(grid: Grid, row: int, person: int) -> int:
    """The first row below that holds a person."""
    for below in range(row + 1, len(grid.rows)):
        value = grid.value(below, person)
        if value is None or ((below, person) in grid.filled and value == grid.value(row, person)):
            continue
        again = is_head_again(grid.value(row, person), value)
        if again or role_of(value) in _LABELLED or is_total(value) or is_note(value):
            continue
        return below
    return len(grid.rows)


def _listed(head: Head) -> bool:
    """A list with one product per row: a column names the product, another says how many."""
    roles = {column: role_of(value) for column, value in enumerate(head.grid.rows[head.row])}
    items = [column for column, role in roles.items() if role is Role.PRODUCT]
    quantities = [column for column, role in roles.items() if role is Role.QUANTITY]
    if len(items) != 1 or len(quantities) != 1:
        return False
    sample = head.grid.value(head.first, items[0])
    if not isinstance(sample, str) or is_number_like(sample):
        return False
    _people(head, roles)
    head.item, head.quantity = items[0], quantities[0]
    head.item_code = next((column for column, role in roles.items() if role is Role.CODE), -1)
    return True


def _people(head: Head, roles: dict[int, Role | None]) -> None:
    for column in sorted(roles):
        if roles[column] is Role.DEPARTMENT and head.department < 0:
            head.department = column
        elif roles[column] is Role.PHONE and head.phone < 0:
            head.phone = column
            label = head.grid.value(head.row, column)
            head.phone_label = bare(label) if isinstance(label, str) else ""


def _across(head: Head, catalogue: Catalogue) -> bool:
    grid = head.grid
    zone = range(max(0, head.row - ABOVE), min(head.first, head.row + BELOW))
    roles = _roles(head, zone, catalogue)
    _people(head, roles)
    head.totals = [(c, _label(grid, zone, c)) for c in sorted(roles) if roles[c] is Role.TOTAL]
    free = [
        column for column in range(head.grid_width) if roles.get(column) is None and column != head.person
    ]
    labelled = {row: label for row in zone if (label := _row_label(head, row, free)) is not None}
    name_row = _name_row(grid, zone, labelled, free, catalogue)
    if name_row < 0:
        return False
    for column in free:
        value = grid.value(name_row, column)
        if isinstance(value, str) and (name_row, column) not in grid.filled and bare(value):
            product = ProductColumn(column, value, grid.name(name_row, column))
            _details(product, grid, zone, name_row, labelled)
            head.products.append(product)
        elif any(is_number_like(grid.value(row, column)) for row in range(head.first, len(grid.rows))):
            head.nameless.append(column)
    return bool(head.products)


def _roles(head: Head, zone: range, catalogue: Catalogue) -> dict[int, Role | None]:
    """What each column of the head is for; a product of the catalogue is one, whatever else it sounds like."""
    roles: dict[int, Role | None] = {head.person: Role.PERSON}
    wanted = (Role.PERSON, Role.DEPARTMENT, Role.PHONE, Role.TOTAL, Role.OTHER)
    for column in range(head.grid_width):
        if column == head.person:
            continue
        texts = [v for row in zone if isinstance(v := head.grid.value(row, column), str)]
        if catalogue.candidates(texts):
            continue
        for row in (head.row, *(row for row in zone if row >= head.row - 1)):
            role = role_of(head.grid.value(row, column))
            if role in wanted:
                roles[column] = role
                break
    return roles


def _label(grid: Grid, zone: range, column: int) -> str:
    return next((bare(v) for row in zone if isinstance(v := grid.value(row, column), str)), "")


def _row_label(head: Head, row: int, free: list[int]) -> Role | None:
    """What a row of the head says at its left: 단가, 규격, 업체, 코드."""
    first = min(free, default=0)
    for column in range(len(head.grid.rows[row])):
        if row == head.row and column == head.person:
            continue
        if column not in free or column == first:
            role = role_of(head.grid.value(row, column))
            if role in _LABELLED or role is Role.PRODUCT:
                return role
    return None


def _name_row(
    grid: Grid, zone: range, labelled: dict[int, Role], free: list[int], catalogue: Catalogue
) -> int:
    """The row that names the products: most of them known, then most different texts, then nearest below."""
    best, found = (0, 0, 0), -1
    for row in zone:
        if labelled.get(row) in _LABELLED:
            continue
        texts = [
            value
            for column in free
            if isinstance(value := grid.value(row, column), str) and (row, column) not in grid.filled
        ]
        known = sum(1 for text in texts if catalogue.candidates([text]))
        names = {bare(text) for text in texts if role_of(text) is None and not is_number_like(text)} - {""}
        if (known or names) and (known, len(names), row) > best:
            best, found = (known, len(names), row), row
    return found


def _details(
    product: ProductColumn, grid: Grid, zone: range, name_row: int, labelled: dict[int, Role]
) -> None:
    told = set(labelled.values())
    for row in zone:
        value = grid.value(row, product.column)
        if (
            row == name_row
            or value is None
            or any(is_total(cell) for cell in grid.rows[row][: product.column])
        ):
            continue
        role = labelled.get(row)
        if role is Role.CODE:
            product.codes.append(str(value))
        elif role is Role.UNIT and isinstance(value, str):
            product.unit = value
        elif role is Role.PRICE or (role is None and is_number_like(value) and Role.PRICE not in told):
            product.price_won = _price(value, product.price_won)
        elif isinstance(value, str):
            product.vendors.append(value)
            product.codes.append(value)
    for row in zone:  # a vendor's name that is merged over several products
        band = grid.bands.get((row, product.column))
        if isinstance(band, str) and row != name_row:
            product.vendors.append(band)


def _price(value: Value, otherwise: int | None) -> int | None:
    try:
        return price_won(value)
    except Unreadable:
        return otherwise
