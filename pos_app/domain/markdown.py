"""Closing-hour mark-down (떨이): by the clock or by how much is left, and only with the vendor's consent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.domain.cart import Discount
from pos_app.domain.commission import Rule, Standing, commission_on
from pos_app.domain.errors import DomainError
from pos_app.domain.money import round_half_up, whole
from pos_app.domain.quantity import line_amount_won

MAX_STEPS = 10
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class Step:
    """From a local time (15:30; empty: any) and share left in thousandths on, `off_permille` comes off."""

    off_permille: int
    from_time: str = ""
    left_permille: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A vendor's mark-down of some products (empty: all). `consent_by` is who of the vendor agreed."""

    id: str
    vendor_id: str
    steps: tuple[Step, ...]
    product_ids: frozenset[str] = frozenset()
    consent_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Goods still there: thousandths, and the price of one unit in won."""

    product_id: str
    name: str
    left_milli: int
    unit_price_won: int
    rounding_won: int = 1


@dataclass(frozen=True, slots=True)
class Money:
    """What selling all that is left brings: net, commission, payout = net - commission."""

    net_won: int
    commission_won: int

    @property
    def payout_won(self) -> int:
        """Return what the vendor gets of it, fees apart."""
        return self.net_won - self.commission_won


@dataclass(frozen=True, slots=True)
class Effect:
    """What the vendor agrees to: today's payout if all goes at the old price, and at the new one."""

    off_permille: int
    before: Money
    after: Money

    @property
    def less_won(self) -> int:
        """Return how much payout the vendor gives up if everything is sold either way."""
        return self.before.payout_won - self.after.payout_won


def check_plan(plan: Plan) -> Plan:
    """Return a plan that makes sense.

    Raises markdown.no_vendor, markdown.no_steps, markdown.too_many_steps(max_steps), markdown.off,
    markdown.time(text), markdown.left, markdown.doubled(from_time).
    """
    if not plan.vendor_id:
        raise DomainError("markdown.no_vendor")
    if not plan.steps:
        raise DomainError("markdown.no_steps")
    if len(plan.steps) > MAX_STEPS:
        raise DomainError("markdown.too_many_steps", max_steps=MAX_STEPS)
    seen: set[tuple[str, int]] = set()
    for step in plan.steps:
        if not 1 <= whole(step.off_permille, "discount.not_whole") <= 1000:
            raise DomainError("markdown.off")
        if step.from_time and not _TIME.fullmatch(step.from_time):
            raise DomainError("markdown.time", text=step.from_time[:40])
        if not 0 <= whole(step.left_permille, "discount.not_whole") <= 1000:
            raise DomainError("markdown.left")
        if (step.from_time, step.left_permille) in seen:
            raise DomainError("markdown.doubled", from_time=step.from_time or "-")
        seen.add((step.from_time, step.left_permille))
    return plan


def require_consent(plan: Plan) -> None:
    """Refuse a mark-down that the vendor has not agreed to; raises markdown.no_consent."""
    if not plan.consent_by.strip():
        raise DomainError("markdown.no_consent")


def off_permille(plan: Plan, product_id: str, time: str, left_permille: int | None) -> int:
    """Return what comes off a product at a local time (15:30): the largest step that holds, 0 for none.

    `left_permille` is the share of what was brought that is left; None (nobody knows) only meets steps
    that ask for no share. Without consent nothing comes off.
    """
    if not plan.consent_by.strip() or (plan.product_ids and product_id not in plan.product_ids):
        return 0
    left = left_permille or 0
    holding = [s.off_permille for s in plan.steps if s.from_time <= time and s.left_permille <= left]
    return max(holding, default=0)


def discount(plan: Plan, product_id: str, time: str, left_permille: int | None) -> Discount | None:
    """Return the mark-down as a line's discount, None where none holds."""
    off = off_permille(plan, product_id, time, left_permille)
    return Discount("markdown_permille", off, plan.reason) if off else None


def effect(
    goods: Iterable[Left], off: int, rule: Rule | None, standing: Standing, sold_today_won: int = 0
) -> Effect:
    """Return what `off` thousandths less on all that is left does to the vendor's payout.

    Commission comes from the day's rule, bands and all: it is what `sold_today_won` and the rest take
    together, less what today's sales take by themselves. The price is cut as the till cuts it, with each
    product's rest as one line.
    """
    before = after = 0
    for each in goods:
        amount = line_amount_won(each.unit_price_won, max(0, each.left_milli), each.rounding_won)
        before += amount
        after += amount - round_half_up(amount * off, 1000)
    return Effect(
        off, _money(before, rule, standing, sold_today_won), _money(after, rule, standing, sold_today_won)
    )


def _money(net_won: int, rule: Rule | None, standing: Standing, sold_today_won: int) -> Money:
    today = commission_on(rule, standing, sold_today_won).commission_won
    return Money(net_won, commission_on(rule, standing, sold_today_won + net_won).commission_won - today)
