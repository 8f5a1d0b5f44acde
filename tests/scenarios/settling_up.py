"""What goods, vendors and the agency come to once a day is reckoned; nothing of the program is used here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.scenarios.market_files import Files
from tests.scenarios.reckoning import Day, half_up, spread

SUMS = ("gross", "discount", "truncation", "refunds")


@dataclass(slots=True)
class Moved:
    """What happened to goods beside selling, in thousandths by product code; `missing` is what a count missed."""

    brought: Counter[str] = field(default_factory=Counter)
    taken_home: Counter[str] = field(default_factory=Counter)
    donated: Counter[str] = field(default_factory=Counter)
    waste: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)

    def left(self, code: str, day: Day) -> int:
        """What still lies there."""
        out = self.taken_home[code] + self.donated[code] + self.waste[code] + self.missing[code]
        return self.brought[code] - out - day.by_product.get(code, [0, 0])[0]


@dataclass(slots=True)
class Goods:
    """A vendor's gap in won, both ways, and what counts missed."""

    short: int = 0
    over: int = 0
    missing: int = 0


def balances(files: Files, moved: Moved, day: Day) -> dict[str, Goods]:
    """Brought less taken home, donated, waste and missing, against what was rung: by vendor, in won."""
    found: dict[str, Goods] = {}
    for code, ware in files.wares.items():
        own = found.setdefault(ware.vendor, Goods())
        gap = -moved.left(code, day)
        worth = _worth(files, code, gap)
        own.short += min(0, worth)
        own.over += max(0, worth)
        own.missing += _worth(files, code, moved.missing[code])
    return found


def _worth(files: Files, code: str, milli: int) -> int:
    step = 10 if files.wares[code].weighed else 1
    won = half_up(files.wares[code].price * abs(milli), 1000 * step) * step
    return won if milli >= 0 else -won


@dataclass(frozen=True, slots=True)
class Terms:
    """Bands by vendor class (from won, thousandths), fees by tender type, tenders held until redeemed."""

    bands: Mapping[str, Sequence[tuple[int, int]]]
    fees: Mapping[str, int]
    held: frozenset[str] = frozenset()


@dataclass(slots=True)
class Owed:
    """A vendor's statement by the names of the program's own figures."""

    figures: dict[str, int]
    tenders: dict[tuple[str, str], tuple[int, int, int, int]]  # net, commission, fee, payout


def cut(won: int, permille: int) -> int:
    """A rate of an amount, cut towards zero."""
    return won * permille // 1000 if won >= 0 else -(-won * permille // 1000)


def commission(net: int, bands: Sequence[tuple[int, int]]) -> int:
    """What a first day's net bears, at once from each threshold on, cut once."""
    if net < 0:
        return cut(net, bands[0][1])
    ends = [start for start, _ in bands[1:]] + [net]
    parts = [
        max(0, min(net, end) - start) * rate for (start, rate), end in zip(bands, ends, strict=True)
    ]  # fmt: skip
    return sum(parts) // 1000


def statement(files: Files, day: Day, vendor: str, terms: Terms) -> Owed:
    """One vendor's figures, nothing carried from before."""
    sums = {name: day.books[vendor, name] for name in SUMS}
    net = sums["gross"] - sums["discount"] - sums["truncation"] - sums["refunds"]
    took = commission(net, terms.bands[files.firms[vendor].class_])
    taken = {key[1:]: won for key, won in sorted(day.taken.items()) if key[0] == vendor}
    shares = spread_signed(took, list(taken.values()))
    tenders = {}
    held_back = fees = 0
    for (key, won), share in zip(taken.items(), shares, strict=True):
        type_ = key[0].partition(":")[0]
        fee = cut(won, terms.fees.get(type_, 0)) if key[1] == "cooperative" else 0
        tenders[key] = (won, share, fee, won - share - fee)
        fees += fee
        if key[0] in terms.held and key[1] == "cooperative":
            held_back += max(0, won - share - fee)
    payout = net - took - fees
    own = sum(won for key, won in taken.items() if key[1] == "vendor")
    due = payout - own - held_back
    figures = {f"{name}_won": won for name, won in sums.items()} | {
        "net_won": net,
        "commission_won": took,
        "fees_won": fees,
        "payout_won": payout,
        "held_by_vendor_won": own,
        "held_back_won": held_back,
        "to_transfer_won": max(0, due),
        "carried_out_won": min(0, due),
    }
    return Owed(figures, tenders)


def spread_signed(total: int, weights: Sequence[int]) -> list[int]:
    """Largest remainder over parts of either sign: those of the total's own sign bear it."""
    sign = -1 if total < 0 else 1
    own = [max(0, sign * won) for won in weights]
    if not any(own):
        own = [abs(won) for won in weights]
    if not any(own):
        own = [1] + [0] * (len(weights) - 1) if weights else []
    return [sign * part for part in spread(abs(total), own)]


def by_certificate(files: Files, day: Day) -> dict[str, tuple[int, int]]:
    """(firms that sold, won) by kind of certificate; each firm of the workbook holds one."""
    found: dict[str, tuple[int, int]] = {}
    for vendor, won in day.by_vendor.items():
        kind = files.firms[vendor].certificate
        firms, sum_ = found.get(kind, (0, 0))
        found[kind] = (firms + 1, sum_ + won)
    return found
