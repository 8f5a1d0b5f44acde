"""Which mark-down (떨이) holds for a product just now: the day's plans, read again only when they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.cart import CartLine, Discount
from pos_app.domain.errors import DomainError
from pos_app.services.desk import Desk
from pos_app.storage.queries import catalogue, markdowns

if TYPE_CHECKING:
    from pos_app.domain.markdown import Plan
    from pos_app.facts.market import Markdown
    from sync.rows import Rows


def plan_of(said: Markdown) -> Plan:
    """The rule's plan of a fact."""
    # lazy: a till without a mark-down starts without its rules
    from pos_app.domain.markdown import Plan, Step

    steps = tuple(Step(s.off_permille, s.from_time, s.left_permille) for s in said.steps)
    return Plan(
        said.plan_id, said.vendor_id, steps, frozenset(said.product_ids), said.consent_by, said.reason
    )


class MarkdownBoard:
    """The plans that stand today, by vendor."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stamp: tuple[object, ...] = ()
        self._plans: dict[str, list[Plan]] = {}
        self._brought: dict[str, int] = {}

    def look(self, rows: Rows) -> bool:
        """Read the plans when they changed; whether any stands."""
        try:
            day_id = self._desk.settings.get("day_id") or self._desk.day(rows).day_id
        except DomainError:
            return False
        stamp = (day_id, *markdowns.stamp(rows, day_id))
        if stamp != self._stamp:
            self._plans, self._brought = {}, {}
            self._read(rows, day_id)
            self._stamp = stamp
        return bool(self._plans)

    def _read(self, rows: Rows, day_id: str) -> None:
        for said in markdowns.of_day(rows, day_id):
            if not said.ended:
                self._plans.setdefault(said.vendor_id, []).append(plan_of(said))
        if any(step.left_permille for own in self._plans.values() for p in own for step in p.steps):
            self._brought = markdowns.brought(rows, day_id)

    def off(self, vendor_id: str, product_id: str, on_hand_milli: int | None) -> int:
        """What comes off a product now, in thousandths; `look` was called before."""
        plans = self._plans.get(vendor_id)
        if not plans:
            return 0
        # lazy: see above
        from pos_app.domain.markdown import off_permille

        time = self._desk.clock.local().strftime("%H:%M")
        brought = self._brought.get(product_id, 0)
        left = None
        if brought > 0 and on_hand_milli is not None:
            left = max(0, on_hand_milli) * 1000 // brought
        return max(off_permille(plan, product_id, time, left) for plan in plans)

    def marked(self, line: CartLine) -> CartLine:
        """A cart line with the plan's discount where one holds; bundles keep their own price."""
        with self._desk.work.read() as rows:
            if line.parts or not self.look(rows) or line.vendor_id not in self._plans:
                return line
            off = self.off(line.vendor_id, line.product_id, catalogue.on_hand_of(rows, line.product_id))
        return line.marked_down(Discount("markdown_permille", off)) if off else line
