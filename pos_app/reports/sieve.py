"""What lies behind a figure: which sales and refunds, and what of each of them counts."""

from dataclasses import dataclass

import msgspec

NET, GROSS, DISCOUNT, TRUNCATION, REFUNDS = "net", "gross", "discount", "truncation", "refunds"
SUPPLY, VAT, EXEMPT, UNSPLIT, TENDER = "supply", "vat", "exempt", "unsplit", "tender"
SOLD, VOIDS, CREDIT = "sold", "voids", "credit"
FIRMS, ITEMS, BUYING, ORDERS, DONATED, INSTITUTIONS = (
    "firms",
    "items",
    "departments",
    "orders",
    "donated",
    "institutions",
)


class Sieve(msgspec.Struct, frozen=True, gc=False):
    """Empty fields let everything through; `measure` is what of each receipt counts, with its `sign`.

    `department` None: anybody, "": people. `certificate` None: whatever, "": goods of firms without one.
    `days` names other market days than the report's own (another year's).
    """

    measure: str = NET
    sign: int = 1
    vendor_id: str = ""
    product_id: str = ""
    category: str | None = None
    register: str = ""
    shift_id: str = ""
    hour: str = ""
    tender: str = ""
    kind: str | None = None
    held_by: str | None = None
    department: str | None = None
    any_department: bool = False
    certificate: str | None = None
    certified: bool = False
    ordered: bool = False
    reason: str | None = None
    institution: str = ""
    receipt_id: str = ""
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BehindLine:
    """One receipt (or firm, product, delivery) behind a figure; `id` opens the receipt, "" where there is none."""

    kind: str
    id: str
    at: str
    label: str
    words: str
    amount_won: int


@dataclass(frozen=True, slots=True)
class Behind:
    """Everything behind one figure; the amounts sum to `total_won`."""

    title: str
    lines: tuple[BehindLine, ...]

    @property
    def total_won(self) -> int:
        """Return the sum of the lines."""
        return sum(line.amount_won for line in self.lines)


def of_days(sieve: Sieve, days: tuple[str, ...]) -> Sieve:
    """Return the same question about other market days."""
    return msgspec.structs.replace(sieve, days=days)
