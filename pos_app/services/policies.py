"""What the cooperative decided for all its tills: roundings, limits, vouchers; recorded as events."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos_app.domain.catalogue import OversellPolicy
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role, discount_limit_permille
from pos_app.domain.pricing import PricingPolicy
from pos_app.domain.tender import DEFAULT_RULES, TenderRule
from pos_app.services.editing import edit_of
from pos_app.storage.queries import catalogue
from pos_app.storage.unit_of_work import OFFICE

if TYPE_CHECKING:
    from pos_app.services.desk import Desk

POLICY = "policy"
_OVERSELL = (OversellPolicy.WARN, OversellPolicy.BLOCK, OversellPolicy.ALLOW)
_PERCENT_100, _PERMILLE = 100, 1000

STANDARD: dict[str, int] = {
    "weighed_rounding_won": 10,
    "cash_truncation_won": 10,
    "discount_cashier_permille": 100,
    "discount_vendor_permille": 300,
    "voucher_onnuri_percent": 60,
    "voucher_onnuri": 1,
    "voucher_local": 1,
    "voucher_agency": 1,
    "oversell_default": 0,
    "cashier_totals": 0,  # 1: a cashier sees what that cashier sold today
    # What the provider takes of a tender, and vouchers paid out only once redeemed: services/commissions.py.
    **{f"fee_{tender}_permille": 0 for tender in ("cash", "card", "transfer", "voucher", "credit")},
    **{f"fee_voucher_{kind}_permille": 0 for kind in ("onnuri", "local", "agency")},
    **{f"held_voucher_{kind}": 0 for kind in ("onnuri", "local", "agency")},
}
"""Every policy by name with what holds while nobody decided."""


def check_policy(name: str, value: int) -> None:
    """Raise settings.value or policy.rounding_step for a value that can't be meant."""
    if name.endswith("_won"):
        PricingPolicy(value)
    most = _PERMILLE if name.endswith("_permille") else _PERCENT_100 if name.endswith("_percent") else 2
    if name not in STANDARD or (not name.endswith("_won") and not 0 <= value <= most):
        raise DomainError("settings.value", value=str(value))


def number(said: Mapping[str, str], name: str) -> int:
    """One policy as it stands in what was said."""
    return int(said.get(name, STANDARD[name]))


def discount_limits(said: Mapping[str, str]) -> dict[Role, int]:
    """How much each role takes off by itself, in thousandths."""
    own = {
        Role.CASHIER: number(said, "discount_cashier_permille"),
        Role.VENDOR: number(said, "discount_vendor_permille"),
    }
    return {role: own.get(role, discount_limit_permille(role)) for role in Role}


def tender_rules(said: Mapping[str, str]) -> tuple[TenderRule, ...]:
    """The rules of the tenders: which vouchers are taken, and from which share on they give change."""
    percent = number(said, "voucher_onnuri_percent")
    rules = []
    for rule in DEFAULT_RULES:
        if rule.kind and not number(said, f"voucher_{rule.kind}"):
            continue
        rules.append(replace(rule, change_percent=percent) if rule.change == "after_percent" else rule)
    return tuple(rules)


def oversell_default(said: Mapping[str, str]) -> OversellPolicy:
    """What holds for a product put into the catalogue at the till."""
    return _OVERSELL[number(said, "oversell_default")]


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for one cart from its first line to its payment."""

    pricing: PricingPolicy
    limits: Mapping[Role, int]
    tenders: tuple[TenderRule, ...]


def terms(said: Mapping[str, str]) -> Terms:
    """The terms that follow from what was decided."""
    pricing = PricingPolicy(number(said, "weighed_rounding_won"), number(said, "cash_truncation_won"))
    return Terms(pricing, discount_limits(said), tender_rules(said))


class Policies:
    """Read and decide; whoever calls `decide` has checked the right."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def said(self) -> dict[str, str]:
        """Everything that was decided, as stored."""
        with self._desk.work.read() as rows:
            return catalogue.policies(rows)

    def get(self, name: str) -> int:
        """One policy. KeyError for a name that no one knows."""
        return number(self.said(), name) if name in STANDARD else STANDARD[name]

    def decide(self, name: str, value: int) -> None:
        """Record a decision; the same one again records nothing."""
        check_policy(name, value)
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            edit = edit_of(work.rows, POLICY, POLICY, {name: value})
            if edit is not None:
                work.record(OFFICE, edit)
