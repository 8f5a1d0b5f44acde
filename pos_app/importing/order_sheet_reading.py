"""What reading an order sheet gathers: lines, products with their sums, and cells that need a hand."""

from dataclasses import dataclass, field

from pos_app.importing.rows import BadCell


@dataclass(frozen=True, slots=True)
class OrderLine:
    """How much one person ordered of one product; `order` is the cell that names the person.

    `product` is the catalogue's key; `phone_last4` is "" where the sheet has no phone.
    """

    order: str
    person: str
    department: str
    phone_last4: str
    product: str
    quantity_milli: int
    cell: str


@dataclass(slots=True)
class Ordered:
    """A product as the sheet orders it; `key` is "" where the catalogue has no such product."""

    key: str
    name: str
    cell: str
    price_won: int | None
    weighed: bool = False
    quantity_milli: int = 0
    lost: bool = False  # a cell of it was bad: its sum says nothing


@dataclass(slots=True)
class Columns:
    """The products of one sheet by their column, or by their name in a list."""

    ordered: dict[int | str, Ordered] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What has been found so far."""

    lines: list[OrderLine] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)
    warnings: list[BadCell] = field(default_factory=list)
    columns: list[Columns] = field(default_factory=list)
    people: dict[tuple[str, str, str], str] = field(default_factory=dict)
    total_won: int = 0

    def complain(self, cell: str, reason: str) -> None:
        """Note a cell that was left out."""
        self.bad.append(BadCell(cell, reason))

    def warn(self, cell: str, reason: str) -> None:
        """Note a cell that was kept."""
        self.warnings.append(BadCell(cell, reason))
