"""The book of commission rules: the most specific rule for some goods, overlaps and gaps of a set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from pos_app.domain.commission import Rule, Scope, check_rule
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import search_key

_FIELDS = ("market_id", "cooperative", "vendor_class", "product_class")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules of which neither is narrower, for the same goods on the same days (until None: open)."""

    first: Rule
    second: Rule
    from_on: str
    until_on: str | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Days (ISO, inclusive) on which some goods have no rule."""

    scope: Scope
    from_on: str
    until_on: str


def _named(rule: Rule | Scope) -> dict[str, str]:
    """Return what a rule names, as it is compared: cleaned and casefolded."""
    values = {name: search_key(getattr(rule, name)) for name in _FIELDS}
    return {name: value for name, value in values.items() if value}


def specificity(rule: Rule) -> tuple[int, int, int]:
    """Return how narrow a rule is: one market goes before one cooperative, that before named classes."""
    classes = bool(search_key(rule.vendor_class)) + bool(search_key(rule.product_class))
    return int(bool(rule.market_id)), int(bool(search_key(rule.cooperative))), classes


def fits(rule: Rule, scope: Scope, on: str) -> bool:
    """Say whether a rule covers these goods on an ISO date."""
    wanted = _named(scope)
    return rule.holds_on(on) and all(wanted.get(name) == value for name, value in _named(rule).items())


def select(rules: Iterable[Rule], scope: Scope, on: str) -> Rule | None:
    """Return the narrowest rule in force, None where there is none (0 %, and no approval).

    Raises DomainError("commission.ambiguous", first, second, on) when two are equally narrow.
    """
    found = sorted((rule for rule in rules if fits(rule, scope, on)), key=specificity, reverse=True)
    if len(found) > 1 and specificity(found[0]) == specificity(found[1]):
        first, second = sorted((found[0].name or found[0].id, found[1].name or found[1].id))
        raise DomainError("commission.ambiguous", first=first, second=second, on=on)
    return found[0] if found else None


def overlaps(rules: Sequence[Rule]) -> tuple[Overlap, ...]:
    """Return each pair of equally narrow rules that could both hold for the same goods on the same day.

    A pair is no trouble where a third rule names all that both name, and so is narrower, all that time.
    """
    found = []
    for first, second in combinations(rules, 2):
        if specificity(first) != specificity(second) or not _meet(first, second):
            continue
        from_on = max(first.from_on, second.from_on)
        until_on = _earlier(first.until_on, second.until_on)
        if until_on is not None and until_on < from_on:
            continue
        both = _named(first) | _named(second)
        if both == _named(first) or not any(_settles(rule, both, from_on, until_on) for rule in rules):
            found.append(Overlap(first, second, from_on, until_on))
    return tuple(found)


def _meet(first: Rule, second: Rule) -> bool:
    one, other = _named(first), _named(second)
    return all(one[name] == other[name] for name in one.keys() & other.keys())


def _earlier(one: str | None, other: str | None) -> str | None:
    ends = [end for end in (one, other) if end is not None]
    return min(ends) if ends else None


def _settles(rule: Rule, both: dict[str, str], from_on: str, until_on: str | None) -> bool:
    lasts = rule.until_on is None or (until_on is not None and until_on <= rule.until_on)
    return _named(rule) == both and rule.from_on <= from_on and lasts


def gaps(rules: Sequence[Rule], scopes: Iterable[Scope], from_on: str, until_on: str) -> tuple[Gap, ...]:
    """Return the days of the period on which goods of these scopes have no rule at all."""
    found = []
    for scope in dict.fromkeys(scopes):
        day = from_on
        spans = sorted((rule.from_on, rule.until_on) for rule in rules if fits(rule, scope, rule.from_on))
        for start, end in [*spans, (_shift(until_on, 1), until_on)]:
            if day < start and day <= until_on:
                found.append(Gap(scope, day, min(_shift(start, -1), until_on)))
            if end is None:
                break
            day = max(day, _shift(end, 1))
    return tuple(found)


def check_rules(rules: Sequence[Rule]) -> None:
    """Refuse a set with a rule that makes no sense, a doubled id, or two rules for the same goods.

    Raises what check_rule raises, commission.doubled(rule) or commission.overlap(first, second, from_on).
    """
    seen: set[str] = set()
    for rule in rules:
        check_rule(rule)
        if rule.id in seen:
            raise DomainError("commission.doubled", rule=rule.name or rule.id)
        seen.add(rule.id)
    for pair in overlaps(rules):
        first, second = pair.first.name or pair.first.id, pair.second.name or pair.second.id
        raise DomainError("commission.overlap", first=first, second=second, from_on=pair.from_on)


def succeed(rules: Sequence[Rule], new: Rule) -> tuple[Rule, ...]:
    """Return the rules with `new` added; the open rule for the very same goods ends the day before.

    Raises what check_rules raises.
    """
    before = _shift(new.from_on, -1)
    kept = [
        replace(rule, until_on=before)
        if rule.until_on is None and rule.from_on < new.from_on and _named(rule) == _named(new)
        else rule
        for rule in rules
    ]
    result = (*kept, new)
    check_rules(result)
    return result


def _shift(on: str, days: int) -> str:
    return (date.fromisoformat(on) + timedelta(days=days)).isoformat()
