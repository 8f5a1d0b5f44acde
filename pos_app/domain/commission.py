"""Commission: which dated rule holds for a vendor's goods, which band it has reached, what it takes.

Rates are whole thousandths (100: 10 %). A commission is reckoned per vendor, day and rule on the sealed,
VAT-inclusive net, and cut to the won towards zero, once. Where the trade leaves it open, this holds:

- The vendor's cumulative is the net of all its goods since the rule's start, whatever their class.
- A band once reached stays reached, also when refunds take the cumulative below it again.
- "following_month": a day's rate is that of the band reached by the end of the month before.
- "at_once": the part of a day's net above the threshold bears the higher rate. A day's net has no order, so
  with several rules on one day each bears its share of the part above; what was given back counts first.
- A day that gives back more than it took returns commission at the rate that held when the day began.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_app.domain.errors import DomainError
from pos_app.domain.money import spread, whole

FULL_PERMILLE = 1000


class Applies(StrEnum):
    """From when a band that was reached is applied."""

    AT_ONCE = "at_once"
    FOLLOWING_MONTH = "following_month"


@dataclass(frozen=True, slots=True)
class Band:
    """From this cumulative net on (won, inclusive) the rate is `rate_permille`."""

    from_cumulative_won: int
    rate_permille: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A dated rule. Empty market, cooperative or class: any. Dates are ISO, inclusive; None: open.

    `bands` begin at 0 and rise. `cumulative_from_on` None: the vendor's cumulative starts with the rule.
    """

    id: str
    from_on: str
    bands: tuple[Band, ...]
    until_on: str | None = None
    market_id: str = ""
    cooperative: str = ""
    vendor_class: str = ""
    product_class: str = ""
    applies: Applies = Applies.AT_ONCE
    cumulative_from_on: str | None = None
    name: str = ""

    @property
    def counts_from_on(self) -> str:
        """Return the date from which the vendor's net is added up."""
        return self.cumulative_from_on or self.from_on

    def holds_on(self, on: str) -> bool:
        """Say whether the rule is in force on an ISO date."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule is sought for: one vendor's goods of one class at one market."""

    market_id: str = ""
    cooperative: str = ""
    vendor_class: str = ""
    product_class: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a vendor stands on a day's morning: net until then, and the highest that decides the band."""

    cumulative_won: int = 0
    reached_won: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a net that bears one rate."""

    rate_permille: int
    net_won: int


@dataclass(frozen=True, slots=True)
class Commission:
    """What one rule takes of a vendor's day; `rule_id` empty: no rule was found, nothing is taken."""

    rule_id: str
    net_won: int
    commission_won: int
    pieces: tuple[Piece, ...]


def check_rule(rule: Rule) -> Rule:
    """Return a rule that makes sense.

    Raises commission.no_id, commission.date(text), commission.dates, commission.no_bands,
    commission.first_band, commission.band_order, commission.rate(max_permille) or commission.not_whole.
    """
    if not rule.id:
        raise DomainError("commission.no_id")
    for on in (rule.from_on, rule.until_on, rule.cumulative_from_on):
        _check_date(on)
    if rule.until_on is not None and rule.until_on < rule.from_on:
        raise DomainError("commission.dates", rule=rule.name or rule.id)
    if not rule.bands:
        raise DomainError("commission.no_bands", rule=rule.name or rule.id)
    previous = -1
    for band in rule.bands:
        whole(band.from_cumulative_won, "commission.not_whole")
        whole(band.rate_permille, "commission.not_whole")
        if previous < 0 and band.from_cumulative_won != 0:
            raise DomainError("commission.first_band", rule=rule.name or rule.id)
        if band.from_cumulative_won <= previous:
            raise DomainError("commission.band_order", rule=rule.name or rule.id)
        if not 0 <= band.rate_permille <= FULL_PERMILLE:
            raise DomainError("commission.rate", max_permille=FULL_PERMILLE)
        previous = band.from_cumulative_won
    return rule


def _check_date(on: str | None) -> None:
    """Refuse what is no ISO date: dates are compared as text, so their form is part of their meaning."""
    if on is None:
        return
    try:
        same = date.fromisoformat(on).isoformat() == on
    except ValueError:
        same = False
    if not same:
        raise DomainError("commission.date", text=on[:40])


def standing(rule: Rule, history: Iterable[tuple[str, int]], on: str) -> Standing:
    """Return a vendor's standing under a rule on the morning of `on`.

    `history` holds (business date, sealed net won) of all the vendor's goods, in any order, within the
    rule's market or cooperative where it names one; days before the rule's start or from `on` are left out.
    """
    days: dict[str, int] = {}
    for day_on, net_won in history:
        if rule.counts_from_on <= day_on < on:
            days[day_on] = days.get(day_on, 0) + net_won
    month = on[:7]
    cumulative = reached = 0
    for day_on in sorted(days):
        cumulative += days[day_on]
        if rule.applies == Applies.AT_ONCE or day_on[:7] < month:
            reached = max(reached, cumulative)
    return Standing(cumulative, reached)


def band_at(rule: Rule, cumulative_won: int) -> Band:
    """Return the band of a cumulative net; below 0 it is the first."""
    found = rule.bands[0]
    for band in rule.bands:
        if band.from_cumulative_won <= cumulative_won:
            found = band
    return found


def cut_to_won(net_won: int, rate_permille: int) -> int:
    """Return net x rate, cut to the won towards zero, so that a return gives back what was taken."""
    return _towards_zero(net_won * rate_permille)


def _towards_zero(thousandths: int) -> int:
    return thousandths // 1000 if thousandths >= 0 else -(-thousandths // 1000)


def day_commissions(nets: Sequence[tuple[Rule | None, Standing, int]]) -> tuple[Commission, ...]:
    """Return what each rule takes of one vendor's day: (rule, the vendor's standing under it, net won).

    A rule stands once in `nets` (goods of two classes under one rule are added up before). None as the
    rule takes nothing.
    """
    given_back = sum(min(0, net_won) for _, _, net_won in nets)
    taken = [max(0, net_won) for _, _, net_won in nets]
    result = []
    for index, (rule, stand, net_won) in enumerate(nets):
        if rule is None:
            result.append(Commission("", net_won, 0, (Piece(0, net_won),)))
            continue
        pieces = _pieces(rule, stand, index, net_won, taken, given_back)
        won = _towards_zero(sum(piece.net_won * piece.rate_permille for piece in pieces))
        result.append(Commission(rule.id, net_won, won, pieces))
    return tuple(result)


def commission_on(rule: Rule | None, stand: Standing, net_won: int) -> Commission:
    """Return what a rule takes of a vendor's day when it is the day's only rule."""
    return day_commissions([(rule, stand, net_won)])[0]


def _pieces(
    rule: Rule, stand: Standing, index: int, net_won: int, taken: list[int], given_back: int
) -> tuple[Piece, ...]:
    """Split one rule's net at the thresholds that the vendor's day crosses."""
    opening = band_at(rule, stand.reached_won)
    if net_won <= 0 or rule.applies == Applies.FOLLOWING_MONTH:
        return (Piece(opening.rate_permille, net_won),)
    start = stand.cumulative_won + given_back
    end = start + sum(taken)
    above = [band for band in rule.bands if stand.reached_won < band.from_cumulative_won < end]
    bounds = [max(start, band.from_cumulative_won) for band in above]
    rates = [opening.rate_permille, *(band.rate_permille for band in above)]
    left = list(taken)
    pieces = []
    for rate, low, high in zip(rates, [start, *bounds], [*bounds, end], strict=True):
        shares = spread(high - low, left)
        left = [won - share for won, share in zip(left, shares, strict=True)]
        if shares[index]:
            pieces.append(Piece(rate, shares[index]))
    return tuple(pieces)


def won_to_next_band(rule: Rule, stand: Standing) -> int | None:
    """Return the net still missing until the next band is reached, None in the last one."""
    level = max(stand.cumulative_won, stand.reached_won)
    higher = [band.from_cumulative_won for band in rule.bands if band.from_cumulative_won > level]
    return higher[0] - stand.cumulative_won if higher else None
