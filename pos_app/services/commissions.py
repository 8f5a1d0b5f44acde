"""Commission rules as they are entered, changed and ended, fees by tender, and their history."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from pos_app.domain.commission import Rule, Scope, check_rule
from pos_app.domain.commission_rules import check_rules, gaps, succeed
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text, search_key
from pos_app.domain.operators import Action
from pos_app.domain.settlement import Terms
from pos_app.facts.catalogue import FieldEdit
from pos_app.services.desk import Desk
from pos_app.services.editing import edit_of
from pos_app.services.policies import POLICY, check_policy
from pos_app.storage.queries import catalogue, settlements
from pos_app.storage.unit_of_work import OFFICE
from sync.canonical import encode
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.services.commissions_simulate import Simulation
    from pos_app.storage.work import Work

NAME_MAX = 60
FEE_TENDERS = (
    "cash",
    "card",
    "transfer",
    "voucher",
    "voucher:onnuri",
    "voucher:local",
    "voucher:agency",
    "credit",
)
HELD_TENDERS = ("voucher:onnuri", "voucher:local", "voucher:agency")
_SCOPE = ("market_id", "cooperative", "vendor_class", "product_class")
_fields = msgspec.json.Decoder(dict[str, FieldEdit])
Change = Callable[[tuple[Rule, ...]], tuple[Rule, ...]]


def fee_policy(tender: str) -> str:
    """The policy that holds a tender's fee in thousandths."""
    return f"fee_{tender.replace(':', '_')}_permille"


def held_policy(tender: str) -> str:
    """The policy that says whether a tender is held until it is redeemed."""
    return f"held_{tender.replace(':', '_')}"


@dataclass(frozen=True, slots=True)
class Hole:
    """Days on which a rule's goods are left without one: after `before` ended, until `after` begins."""

    before: Rule
    after: Rule
    from_on: str
    until_on: str


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One entry of the history: `rule` as it was said then, `active` False when it was taken out."""

    at: str
    who: str
    rule_id: str
    rule: Rule | None
    active: bool


def terms_of(rows: Rows) -> Terms:
    """Rules, fees and held tenders as they stand now."""
    said = catalogue.policies(rows)
    fees = {tender: int(said[fee_policy(tender)]) for tender in FEE_TENDERS if fee_policy(tender) in said}
    held = frozenset(tender for tender in HELD_TENDERS if int(said.get(held_policy(tender), "0")))
    return Terms(settlements.rules(rows), fees, held)


def same_scope(one: Rule, other: Rule) -> bool:
    """Whether two rules speak of the very same goods."""
    return all(search_key(getattr(one, name)) == search_key(getattr(other, name)) for name in _SCOPE)


def holes(rules: Sequence[Rule]) -> list[Hole]:
    """Days between two rules for the very same goods on which nothing else covers them."""
    found = []
    for before in rules:
        later = sorted(
            (r for r in rules if same_scope(r, before) and r.from_on > before.from_on),
            key=lambda r: r.from_on,
        )
        if before.until_on is None or not later:
            continue
        start, end = _shift(before.until_on, 1), _shift(later[0].from_on, -1)
        scope = Scope(**{name: getattr(before, name) for name in _SCOPE})
        if start <= end:
            found += [
                Hole(before, later[0], gap.from_on, gap.until_on) for gap in gaps(rules, [scope], start, end)
            ]
    return found


def _shift(on: str, days: int) -> str:
    return (date.fromisoformat(on) + timedelta(days=days)).isoformat()


class Commissions:
    """Rules and fees of the cooperative. Changing needs SETTLE; what was settled keeps its own rules."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rules(self) -> tuple[Rule, ...]:
        """The rules that stand."""
        with self._desk.work.read() as rows:
            return settlements.rules(rows)

    def terms(self) -> Terms:
        """Rules, fees and held tenders as they stand now."""
        with self._desk.work.read() as rows:
            return terms_of(rows)

    def enter(self, rule: Rule, *, gap_ok: bool = False) -> Rule:
        """Add a rule; the open one for the very same goods ends the day before.

        Raises right.missing, commission.* codes, commission.gap(first, second, from_on, until_on).
        """
        made = cleaned(replace(rule, id=rule.id or str(uuid.uuid4())))
        check_rule(made)
        return self._put(lambda known: succeed(known, made), made.id, gap_ok)

    def change(self, rule: Rule, *, gap_ok: bool = False) -> Rule:
        """Say a known rule anew. Raises commission.unknown and what `enter` raises."""
        made = cleaned(rule)
        check_rule(made)

        def changed(known: tuple[Rule, ...]) -> tuple[Rule, ...]:
            _find(known, made.id)
            return tuple(made if each.id == made.id else each for each in known)

        return self._put(changed, made.id, gap_ok)

    def end(self, rule_id: str, until_on: str) -> Rule:
        """Let a rule hold until a date, inclusive. Raises commission.unknown, commission.dates."""

        def ended(known: tuple[Rule, ...]) -> tuple[Rule, ...]:
            _find(known, rule_id)
            return tuple(replace(each, until_on=until_on) if each.id == rule_id else each for each in known)

        return self._put(ended, rule_id, True)

    def take_out(self, rule_id: str) -> None:
        """Take out a rule that was entered by mistake. Raises commission.unknown."""
        self._desk.require(Action.SETTLE)
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            rule = _find(settlements.rules(work.rows), rule_id)
            self._say(work, rule, active=0)

    def find(self, text: str) -> Rule:
        """A rule by its id, its id's beginning, or its name. Raises commission.unknown."""
        return _find(self.rules(), text)

    def _put(self, change: Change, rule_id: str, gap_ok: bool) -> Rule:
        self._desk.require(Action.SETTLE)
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            known = settlements.rules(work.rows)
            wanted = change(known)
            check_rules(wanted)
            fresh = [hole for hole in holes(wanted) if hole not in holes(known)]
            if fresh and not gap_ok:
                hole = fresh[0]
                raise DomainError(
                    "commission.gap", first=words_of(hole.before), second=words_of(hole.after),
                    from_on=hole.from_on, until_on=hole.until_on,
                )  # fmt: skip
            for rule in wanted:
                if rule not in known:
                    self._say(work, rule, active=1)
        return _find(wanted, rule_id)

    def _say(self, work: "Work", rule: Rule, active: int) -> None:
        edit = edit_of(work.rows, "commission", rule.id, {"rule": encode(rule).decode(), "active": active})
        if edit is not None:
            work.record(OFFICE, edit)

    def set_fee(self, tender: str, permille: int) -> None:
        """The provider's fee of a tender in thousandths. Raises what `decide` raises."""
        self.decide([f"{tender}={permille}"], [], [])

    def decide(self, fees: Sequence[str], hold: Sequence[str], release: Sequence[str]) -> None:
        """Fees as texts (card=15) and vouchers to hold or not, all or none.

        Raises right.missing, commission.tender(text), settings.value.
        """
        self._desk.require(Action.SETTLE)
        wanted: dict[str, int] = {}
        for text in fees:
            tender, _, rate = text.partition("=")
            if tender not in FEE_TENDERS or not rate.isdecimal():
                raise DomainError("commission.tender", text=text[:40])
            wanted[fee_policy(tender)] = int(rate)
        for held, names in ((1, hold), (0, release)):
            for tender in names:
                if tender not in HELD_TENDERS:
                    raise DomainError("commission.tender", text=tender[:40])
                wanted[held_policy(tender)] = held
        for name, value in wanted.items():
            check_policy(name, value)
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            edit = edit_of(work.rows, POLICY, POLICY, dict(wanted)) if wanted else None
            if edit is not None:
                work.record(OFFICE, edit)

    def simulate(
        self,
        rule: Rule,
        *,
        from_on: str | None = None,
        until_on: str | None = None,
        market: str | None = None,
    ) -> "Simulation":
        """Try a rule on past markets; see commissions_simulate."""
        # lazy: it brings the settlements along, which need this module
        from pos_app.services.commissions_simulate import simulate

        return simulate(self._desk, rule, from_on=from_on, until_on=until_on, market=market)

    def history(self) -> list[RuleChange]:
        """Every change to a rule, the latest first."""
        with self._desk.work.read() as rows:
            found = settlements.rule_edits(rows)
        changes = []
        for at, who, rule_id, fields in found:
            said = _fields.decode(fields)
            rule = said["rule"].value if "rule" in said else ""
            active = said["active"].value if "active" in said else 1
            told = msgspec.json.decode(rule, type=Rule) if rule else None
            changes.append(RuleChange(at, who, rule_id, told, bool(active)))
        return changes


def cleaned(rule: Rule) -> Rule:
    """A rule with its texts cleaned; one without a name is called after what it says."""
    made = replace(
        rule,
        name=clean_text(rule.name, NAME_MAX),
        market_id=clean_text(rule.market_id, NAME_MAX),
        cooperative=clean_text(rule.cooperative, NAME_MAX),
        vendor_class=clean_text(rule.vendor_class, NAME_MAX),
        product_class=clean_text(rule.product_class, NAME_MAX),
    )
    return made if made.name else replace(made, name=words_of(made))


def words_of(rule: Rule) -> str:
    """A rule as people call it: its name, else class and rate."""
    if rule.name:
        return rule.name
    about = " · ".join(text for text in (rule.cooperative, rule.vendor_class, rule.product_class) if text)
    rates = "→".join(_percent(band.rate_permille) for band in rule.bands)
    return f"{about} {rates}".strip()


def _percent(permille: int) -> str:
    whole, tenth = divmod(permille, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def _find(rules: Sequence[Rule], text: str) -> Rule:
    found = [rule for rule in rules if rule.id == text]
    found = found or [rule for rule in rules if rule.name == text]
    found = found or [rule for rule in rules if len(text) >= 4 and rule.id.startswith(text)]
    if len(found) != 1:
        raise DomainError("commission.unknown", rule=text[:60])
    return found[0]
