"""A new rule tried on past markets before it holds: what each vendor would have borne."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.domain.commission import Rule, check_rule
from pos_app.domain.commission_rules import check_rules
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.domain.settlement import Terms
from pos_app.services.commissions import cleaned, same_scope, terms_of
from pos_app.services.desk import Desk
from pos_app.services.settlements import Settlements
from pos_app.services.settlements_reading import Part
from pos_app.storage.queries import settlements
from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class Compared:
    """One vendor over all the days tried: won of commission by today's rules and with the new one."""

    vendor_id: str
    vendor: str
    net_won: int
    before_won: int
    after_won: int

    @property
    def more_won(self) -> int:
        """How much more the vendor would bear."""
        return self.after_won - self.before_won


@dataclass(frozen=True, slots=True)
class Simulation:
    """The days tried, the rules as they would have stood, and each vendor's figures."""

    market: str
    dates: tuple[str, ...]
    rules: tuple[Rule, ...]
    vendors: tuple[Compared, ...]


def tried(rules: Sequence[Rule], new: Rule, first_on: str) -> tuple[Rule, ...]:
    """The rules as they would have stood had `new` held from the first day on, its cumulative begun then."""
    counted = (
        new.cumulative_from_on if new.cumulative_from_on and new.cumulative_from_on <= first_on else first_on
    )
    made = replace(new, id=new.id or "tried", from_on=first_on, until_on=None, cumulative_from_on=counted)
    kept = tuple(rule for rule in rules if not same_scope(rule, made) and rule.id != made.id)
    return (*kept, made)


def simulate(
    desk: Desk,
    rule: Rule,
    *,
    from_on: str | None = None,
    until_on: str | None = None,
    market: str | None = None,
) -> Simulation:
    """Try a rule on the sealed days of a market, the latest one's unless told; nothing is recorded.

    Raises right.missing, commission.*, settlement.none when no day is sealed.
    """
    desk.require(Action.SETTLE)
    new = cleaned(rule)
    check_rule(replace(new, id=new.id or "tried"))
    with desk.work.read() as rows:
        found = [
            (day, sealed)
            for day in reversed(settlements.market_days(rows))
            if (market is None or day.market == market)
            and (from_on or "") <= day.business_date <= (until_on or "9999")
            and (sealed := settlements.sealed(rows, day.day_id)) is not None
        ]
        if not found:
            raise DomainError("settlement.none")
        market_id = found[-1][0].market_id
        parts = [Part(day, sealed.key, sealed.cut) for day, sealed in found if day.market_id == market_id]
        terms = terms_of(rows)
        after = replace(terms, rules=tried(terms.rules, new, parts[0].day.business_date))
        check_rules(after.rules)
        runs = Settlements(desk)
        compared: list[Compared] = []
        for cooperative in runs.cooperatives(rows, [part.day for part in parts]):
            old, fresh = (_told(runs, rows, parts, each, cooperative) for each in (terms, after))
            compared += [
                Compared(vendor_id, name, net, won, fresh[vendor_id][2])
                for vendor_id, (name, net, won) in old.items()
            ]
    return Simulation(
        parts[-1].day.market,
        tuple(part.day.business_date for part in parts),
        after.rules,
        tuple(sorted(compared, key=lambda each: (-abs(each.more_won), -each.net_won, each.vendor))),
    )


def _told(
    runs: Settlements, rows: Rows, parts: Sequence[Part], terms: Terms, cooperative: str
) -> dict[str, tuple[str, int, int]]:
    made = runs.reckon(rows, [], parts, terms, cooperative)
    return {
        told.vendor_id: (told.vendor, told.statement.net_won, told.statement.commission_won)
        for told in made.told
    }
