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


@dataclass(slots=True)
class Day:
    """The figures of `report day --json`, by the same names."""

    figures: Counter[str] = field(default_factory=Counter)
    tenders: Counter[str] = field(default_factory=Counter)
    by_vendor: Counter[str] = field(default_factory=Counter)
    by_product: dict[str, list[int]] = field(default_factory=dict)

    def count(self, ware: Ware, code: str, milli: int, won: int) -> None:
        """A line's quantity and net, signed."""
        self.by_vendor[ware.vendor] += won
        row = self.by_product.setdefault(code, [0, 0])
        row[0] += milli
        row[1] += won


def reckon(wares: dict[str, Ware], tape: Sequence[dict[str, Any]]) -> Day:
    """The day that this tape makes."""
    day, sold = Day(), dict[str, list[Sold]]()
    voided = {slip["void_of"] for slip in tape if "void_of" in slip}
    for slip in tape:
        if "void_of" in slip:
            day.figures["voids_count"] += 1
        elif "refund_of" in slip:
            _give_back(day, wares, sold[slip["refund_of"]], slip)
        elif slip.get("id") not in voided:
            sold[slip.get("id", "")] = _sell(day, wares, slip)
    figures = day.figures
    figures["net_won"] = (
        figures["gross_won"] - figures["discount_won"] - figures["truncation_won"] - figures["refunds_won"]
    )
    return day


def priced(wares: dict[str, Ware], slip: dict[str, Any]) -> list[Sold]:
    """A slip's lines with amounts and both discounts."""
    lines = []
    for line in slip["lines"]:
        ware = wares[line["product"]]
        step = 10 if ware.weighed else 1
        amount = half_up(ware.price * line["quantity_milli"], 1000 * step) * step
        lines.append(Sold(line["product"], line["quantity_milli"], amount, line.get("discount_won", 0)))
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
        line.net = line.amount - line.off - share
        day.count(wares[line.code], line.code, line.milli, line.net)
    for tender in tenders:
        day.tenders[tender["type"]] += (
            total - cut - others if tender["type"] == "cash" else tender.get("amount_won", total)
        )
    day.figures.update(tax((wares[line.code], line.net) for line in lines))
    day.figures["sales_count"] += 1
    day.figures["gross_won"] += sum(line.amount for line in lines)
    day.figures["discount_won"] += sum(line.off for line in lines)
    day.figures["truncation_won"] += cut
    return lines


def _give_back(day: Day, wares: dict[str, Ware], lines: list[Sold], slip: dict[str, Any]) -> None:
    before = tax((wares[line.code], line.net - line.back_won) for line in lines)
    came = 0
    for wanted in slip["lines"]:
        line = lines[wanted["line"] - 1]
        line.back_milli += wanted["quantity_milli"]
        stays = half_up(line.net * (line.milli - line.back_milli), line.milli)
        won = line.net - line.back_won - stays
        line.back_won += won
        came += won
        day.count(wares[line.code], line.code, -wanted["quantity_milli"], -won)
    after = tax((wares[line.code], line.net - line.back_won) for line in lines)
    for name in TAXES:
        day.figures[name] -= before[name] - after[name]
    day.figures["refunds_won"] += came
    day.figures["refunds_count"] += 1
    day.tenders[slip["tender"]] -= came
