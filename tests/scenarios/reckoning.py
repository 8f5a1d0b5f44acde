"""A market day reckoned from the rules on paper alone; nothing of the program is used here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

TAXES = ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")


@dataclass(frozen=True, slots=True)
class Ware:
    """A product: `seller` is who the receipt names, `splits` whether that one splits VAT."""

    vendor: str
    price: int
    taxable: bool
    weighed: bool
    seller: str
    splits: bool


def half_up(over: int, under: int) -> int:
    """The nearest whole number, halves upwards."""
    return (2 * over + under) // (2 * under)


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Largest remainder: floors first, then one each, ties to the earlier."""
    everything = sum(weights)
    if not everything:
        return [0] * len(weights)
    parts = [total * weight // everything for weight in weights]
    rest = [total * weight % everything for weight in weights]
    for index in sorted(range(len(weights)), key=lambda i: (-rest[i], i))[: total - sum(parts)]:
        parts[index] += 1
    return parts


def tax(lines: Iterable[tuple[Ware, int]]) -> Counter[str]:
    """Supply, VAT, exempt and unsplit of (ware, net won), per seller."""
    split: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for ware, won in lines:
        if not ware.taxable:
            found["exempt_won"] += won
        elif ware.splits:
            split[ware.seller] += won
        else:
            found["unsplit_won"] += won
    for won in split.values():
        supply = half_up(won * 10, 11)
        found["taxable_supply_won"] += supply
        found["vat_won"] += won - supply
    return found


@dataclass(slots=True)
class Sold:
    """One line of one sale, and what came back of it."""

    code: str
    milli: int
    amount: int
    off: int
    net: int = 0
    back_milli: int = 0
    back_won: int = 0
    cut: int = 0


@dataclass(slots=True)
class Day:
    """The figures of `report day --json`, by the same names; books are of each vendor.

    `books` hold gross, discount, truncation, refunds; `taken` (vendor, tender, holder), a tender by its type
    and kind; `cash` what the drawer of each register took; `departments` and `ordered` what was bought by
    whom; `sold` the lines of each slip with an id.
    """

    figures: Counter[str] = field(default_factory=Counter)
    tenders: Counter[str] = field(default_factory=Counter)
    by_vendor: Counter[str] = field(default_factory=Counter)
    by_product: dict[str, list[int]] = field(default_factory=dict)
    books: Counter[tuple[str, str]] = field(default_factory=Counter)
    taken: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    cash: Counter[str] = field(default_factory=Counter)
    departments: Counter[str] = field(default_factory=Counter)
    ordered: Counter[str] = field(default_factory=Counter)
    sold: dict[str, list[Sold]] = field(default_factory=dict)

    def count(self, ware: Ware, code: str, milli: int, won: int) -> None:
        """A line's quantity and net, signed."""
        self.by_vendor[ware.vendor] += won
        row = self.by_product.setdefault(code, [0, 0])
        row[0] += milli
        row[1] += won


def reckon(wares: dict[str, Ware], tape: Sequence[dict[str, Any]]) -> Day:
    """The day that this tape makes."""
    day = Day()
    sold = day.sold
    heads = {slip["id"]: slip for slip in tape if "id" in slip}
    voided = {slip["void_of"] for slip in tape if "void_of" in slip}
    for slip in tape:
        if "void_of" in slip:
            day.figures["voids_count"] += 1
        elif "refund_of" in slip:
            _give_back(day, wares, sold[slip["refund_of"]], slip, heads[slip["refund_of"]])
        elif slip.get("id") not in voided:
            sold[slip.get("id", "")] = _sell(day, wares, slip)
    figures = day.figures
    figures["net_won"] = (
        figures["gross_won"] - figures["discount_won"] - figures["truncation_won"] - figures["refunds_won"]
    )
    return day


def priced(wares: dict[str, Ware], slip: dict[str, Any]) -> list[Sold]:
    """A slip's lines with amounts and both discounts; `off_permille` is a mark-down, `amount_won` agreed."""
    lines = []
    for line in slip["lines"]:
        ware = wares[line["product"]]
        step = 10 if ware.weighed else 1
        amount = half_up(ware.price * line["quantity_milli"], 1000 * step) * step
        amount = line.get("amount_won", amount)
        off = line.get("discount_won", half_up(amount * line.get("off_permille", 0), 1000))
        lines.append(Sold(line["product"], line["quantity_milli"], amount, off))
    shares = spread(slip.get("cart_discount_won", 0), [line.amount - line.off for line in lines])
    for line, share in zip(lines, shares, strict=True):
        line.off += share
    return lines


def _sell(day: Day, wares: dict[str, Ware], slip: dict[str, Any]) -> list[Sold]:
    lines = priced(wares, slip)
    total = sum(line.amount - line.off for line in lines)
    tenders = slip.get("tenders") or [{"type": slip["tender"]}]
    others = sum(tender.get("amount_won", total) for tender in tenders if tender["type"] != "cash")
    cut = (total - others) % 10 if any(tender["type"] == "cash" for tender in tenders) else 0
    for line, share in zip(lines, spread(cut, [line.amount - line.off for line in lines]), strict=True):
        line.net, line.cut = line.amount - line.off - share, share
        day.count(wares[line.code], line.code, line.milli, line.net)
        _book(day, wares[line.code].vendor, line)
        if slip.get("customer"):
            day.departments[slip["customer"]] += line.net
        if slip.get("ordered"):
            day.ordered[wares[line.code].vendor] += line.net
    left = [line.net for line in lines]
    for tender in sorted(tenders, key=lambda each: each["type"] == "cash"):  # cash takes what the others left
        cash = tender["type"] == "cash"
        won = total - cut - others if cash else tender.get("amount_won", total)
        day.tenders[tender["type"]] += won
        if cash:
            day.cash[slip.get("register", "R1")] += won
        shares = spread(won, left)
        left = [rest - share for rest, share in zip(left, shares, strict=True)]
        for line, share in zip(lines, shares, strict=True):
            day.taken[wares[line.code].vendor, named(tender), tender.get("held_by") or "cooperative"] += share
    day.figures.update(tax((wares[line.code], line.net) for line in lines))
    day.figures["sales_count"] += 1
    day.figures["gross_won"] += sum(line.amount for line in lines)
    day.figures["discount_won"] += sum(line.off for line in lines)
    day.figures["truncation_won"] += cut
    return lines


def named(tender: dict[str, Any]) -> str:
    """A tender as settlements call it: transfer, transfer:preorder."""
    return tender["type"] + (f":{tender['kind']}" if tender.get("kind") else "")


def _way_back(kind: str, head: dict[str, Any]) -> tuple[str, str]:
    """(tender, holder) of money given back: those of the sale's own tender of that type."""
    for tender in head.get("tenders") or ():
        if tender["type"] == kind:
            return named(tender), tender.get("held_by") or "cooperative"
    return kind, "cooperative"


def _book(day: Day, vendor: str, line: Sold) -> None:
    for name, won in (("gross", line.amount), ("discount", line.off), ("truncation", line.cut)):
        day.books[vendor, name] += won


def _give_back(
    day: Day, wares: dict[str, Ware], lines: list[Sold], slip: dict[str, Any], head: dict[str, Any]
) -> None:
    before = tax((wares[line.code], line.net - line.back_won) for line in lines)
    came = 0
    for wanted in slip["lines"]:
        line = lines[wanted["line"] - 1]
        line.back_milli += wanted["quantity_milli"]
        stays = half_up(line.net * (line.milli - line.back_milli), line.milli)
        won = line.net - line.back_won - stays
        line.back_won += won
        came += won
        vendor = wares[line.code].vendor
        day.count(wares[line.code], line.code, -wanted["quantity_milli"], -won)
        day.books[vendor, "refunds"] += won
        day.taken[(vendor, *_way_back(slip["tender"], head))] -= won
        if head.get("customer"):
            day.departments[head["customer"]] -= won
        if head.get("ordered"):
            day.ordered[vendor] -= won
    after = tax((wares[line.code], line.net - line.back_won) for line in lines)
    for name in TAXES:
        day.figures[name] -= before[name] - after[name]
    day.figures["refunds_won"] += came
    day.figures["refunds_count"] += 1
    day.tenders[slip["tender"]] -= came
    if slip["tender"] == "cash":
        day.cash[slip.get("register", "R1")] -= came
