"""떨이: a vendor's mark-down, agreed, shown in money before, ended by hand or with the day."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.domain.commission import Rule, Scope, Standing, standing
from pos_app.domain.commission_rules import select
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.markdown import Effect, Left, Plan, Step, check_plan, effect, require_consent
from pos_app.domain.operators import Action, require_discount
from pos_app.facts.market import Markdown, MarkdownStep
from pos_app.facts.sales import Override
from pos_app.services.desk import Desk
from pos_app.services.goods import Goods
from pos_app.storage.queries import catalogue, goods_sheets, markdowns, settlements, totals
from pos_app.storage.unit_of_work import CATALOGUE
from sync.rows import Rows

_FULL = 1000


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as the screen shows it; `goods` names its products, none: all of the vendor's."""

    plan_id: str
    vendor_id: str
    vendor: str
    steps: tuple[Step, ...]
    product_ids: tuple[str, ...]
    goods: tuple[str, ...]
    consent_by: str
    reason: str
    ended: bool
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class LeftGood:
    """What a vendor could mark down: price and how much is left (never below 0)."""

    product_id: str
    name: str
    unit: str
    weighed: bool
    unit_price_won: int
    left_milli: int


class Markdowns:
    """Plans of the day. Whoever may change prices may agree with a vendor on one, within their discount."""

    def __init__(self, desk: Desk, goods: Goods) -> None:
        self._desk = desk
        self._goods = goods

    def plans(self) -> list[PlanView]:
        """Today's plans, those that stand first."""
        with self._desk.work.read() as rows:
            said = markdowns.of_day(rows, self._desk.day(rows).day_id)
            names = {vendor.id: vendor.name for vendor in catalogue.vendors(rows)}
            found = [self._view(rows, each, names) for each in said]
        return sorted(found, key=lambda plan: plan.ended)

    def left(self, vendor_id: str) -> list[LeftGood]:
        """What a vendor has left today."""
        with self._desk.work.read() as rows:
            moved = goods_sheets.of_day(rows, self._desk.day(rows).day_id)
            goods = goods_sheets.goods(rows, self._rounding(rows))
        return [
            LeftGood(g.id, g.name, g.unit, g.weighed, g.unit_price_won, max(0, g.on_hand_milli))
            for g in goods.values()
            if g.vendor_id == vendor_id and g.id in moved and g.on_hand_milli > 0
        ]

    def effect(self, vendor_id: str, off_permille: int, product_ids: Sequence[str] = ()) -> Effect:
        """What `off_permille` less on all that is left does to the vendor's payout today."""
        with self._desk.work.read() as rows:
            rule, stand = self._rule(rows, vendor_id)
            day_id = self._desk.day(rows).day_id
            goods = goods_sheets.goods(rows, self._rounding(rows))
            moved = goods_sheets.of_day(rows, day_id)
            sold = totals.by_vendor(rows, day_id).get(vendor_id, 0)
        left = [
            Left(g.id, g.name, g.on_hand_milli, g.unit_price_won, g.rounding_won)
            for g in goods.values()
            if g.vendor_id == vendor_id and g.id in moved and (not product_ids or g.id in product_ids)
        ]
        return effect(left, off_permille, rule, stand, sold)

    def agree(
        self,
        vendor_id: str,
        steps: Sequence[Step],
        consent_by: str,
        product_ids: Sequence[str] = (),
        reason: str = "",
        plan_id: str = "",
        override: Override | None = None,
    ) -> str:
        """Record a plan, or another saying of it; its id.

        Raises right.missing, discount.over_limit, markdown.*, vendor.unknown, goods.other_vendor, day.*.
        """
        desk = self._desk
        lent = desk.require(Action.PRICE_OVERRIDE, override)
        identity = plan_id or str(uuid.uuid4())
        who, why = clean_text(consent_by, 80), clean_text(reason, 80)
        plan = check_plan(Plan(identity, vendor_id, tuple(steps), frozenset(product_ids), who, why))
        require_consent(plan)
        with desk.work.begin(desk.session.operator_id) as work:
            if catalogue.vendor(work.rows, vendor_id) is None:
                raise DomainError("vendor.unknown")
            for product_id in product_ids:
                product = catalogue.product(work.rows, product_id)
                if product is None or product.vendor_id != vendor_id:
                    raise DomainError("goods.other_vendor", name=product.name if product else product_id[:40])
            if not lent:
                limits = desk.terms(work.rows).limits
                most = max(step.off_permille for step in plan.steps)
                require_discount(desk.session.role, _FULL, most, limits)
            fact = Markdown(
                identity,
                desk.day(work.rows).day_id,
                vendor_id,
                desk.clock.stamp(),
                tuple(MarkdownStep(s.off_permille, s.from_time, s.left_permille) for s in plan.steps),
                tuple(sorted(product_ids)),
                who,
                why,
                False,
                lent[0].allowed_by if lent else desk.session.name,
            )
            known = markdowns.one(work.rows, identity)
            if known is None or _same(known) != _same(fact):
                work.record(CATALOGUE, fact)
        self._announce(vendor_id)
        return identity

    def end(self, plan_id: str, override: Override | None = None) -> None:
        """The plan holds no longer; what lies in a cart keeps its price. Raises markdown.unknown."""
        desk = self._desk
        desk.require(Action.PRICE_OVERRIDE, override)
        with desk.work.begin(desk.session.operator_id) as work:
            known = markdowns.one(work.rows, plan_id)
            if known is None:
                raise DomainError("markdown.unknown")
            if not known.ended:
                fact = Markdown(
                    known.plan_id, known.day_id, known.vendor_id, desk.clock.stamp(), known.steps,
                    known.product_ids, known.consent_by, known.reason, True, desk.session.name,
                )  # fmt: skip
                work.record(CATALOGUE, fact)
        self._announce(known.vendor_id)

    def _announce(self, vendor_id: str) -> None:
        for good in self.left(vendor_id):
            self._goods.announce(good.product_id)

    def _view(self, rows: Rows, said: Markdown, names: dict[str, str]) -> PlanView:
        goods = [catalogue.product(rows, product_id) for product_id in said.product_ids]
        return PlanView(
            said.plan_id,
            said.vendor_id,
            names.get(said.vendor_id, said.vendor_id),
            tuple(Step(s.off_permille, s.from_time, s.left_permille) for s in said.steps),
            said.product_ids,
            tuple(good.name for good in goods if good is not None),
            said.consent_by,
            said.reason,
            said.ended,
            said.at,
            said.operator_name,
        )

    def _rounding(self, rows: Rows) -> int:
        return self._desk.terms(rows).pricing.weighed_rounding_won

    def _rule(self, rows: Rows, vendor_id: str) -> tuple[Rule | None, Standing]:
        """The rule for the vendor's goods today, and where the vendor stands under it by sealed days."""
        day = self._desk.day(rows)
        vendor = catalogue.vendor(rows, vendor_id)
        if vendor is None:
            raise DomainError("vendor.unknown")
        market = goods_sheets.market_of(rows, day.day_id)
        scope = Scope(market, vendor.cooperative, vendor.vendor_class)
        rule = select(settlements.rules(rows), scope, day.business_date)
        if rule is None:
            return None, Standing()
        history = []
        for past in settlements.market_days(rows):
            sealed = settlements.sealed(rows, past.day_id) if past.business_date < day.business_date else None
            if sealed is not None and rule.market_id in ("", past.market_id):
                net = settlements.net_by_vendor(rows, past.day_id, sealed.cut).get(vendor_id, 0)
                history.append((past.business_date, net))
        return rule, standing(rule, history, day.business_date)


def _same(said: Markdown) -> tuple[object, ...]:
    return (said.vendor_id, said.day_id, said.steps, said.product_ids, said.consent_by, said.reason, said.ended)
