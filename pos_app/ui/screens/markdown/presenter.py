"""Decides on 떨이: what a vendor would agree to, and what that does to the payout."""

import re
from collections.abc import Sequence
from typing import Any

from pos_app.domain.markdown import Effect, Plan, Step, check_plan
from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House

PERCENTS = (10, 20, 30, 50)
LEFT = (0, 300, 500, 700)
_TIME = re.compile(r"([0-9]{1,2}):?([0-9]{2})")


class MarkdownPresenter:
    """One plan in the making and those that stand; `load` is slow."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.plans: Sequence[Any] = ()
        self.goods: Sequence[Any] = ()
        self.effects: dict[int, Effect] = {}  # by what comes off
        self.added: list[Step] = []  # of a plan of several steps
        self.vendor = ""
        self.product = ""  # empty: all of the vendor's goods
        self.percent = 20
        self.left = 0
        self.time = ""
        self.consent = ""
        self._vendors: Sequence[Any] = ()

    def load(self) -> tuple[Any, ...]:
        """Plans, vendors, the goods of the chosen one and what each step would do to the payout."""
        plans, vendors = self._house.markdowns.plans(), self._house.goods.vendors()
        vendor = self.vendor or (vendors[0].id if vendors else "")
        if not vendor:
            return plans, vendors, "", (), {}
        products = (self.product,) if self.product else ()
        offs = {self.percent * 10, *(step.off_permille for step in self.added)}
        effects = {off: self._house.markdowns.effect(vendor, off, products) for off in offs}
        return plans, vendors, vendor, self._house.markdowns.left(vendor), effects

    def take(self, read: tuple[Any, ...]) -> None:
        """Keep what was read."""
        self.plans, self._vendors, self.vendor, self.goods, self.effects = read

    @property
    def empty(self) -> bool:
        """Nobody takes part."""
        return not self._vendors

    def choose(self, vendor_id: str) -> None:
        """Another vendor; read with `load`."""
        self.vendor, self.product, self.consent = vendor_id, "", ""
        self.added = []

    def vendors(self) -> list[RowView]:
        """Who could, with a badge for those that do."""
        best: dict[str, int] = {}
        for plan in self.plans:
            if not plan.ended:
                most = max(step.off_permille for step in plan.steps)
                best[plan.vendor_id] = max(most, best.get(plan.vendor_id, 0))
        return [
            RowView(
                v.id,
                v.name,
                booth=v.booth,
                badge=BadgeView(tr("떨이 {percent}%", percent=best[v.id] // 10), "markdown") if v.id in best else None,
                badge_below=True,
            )
            for v in self._vendors
        ]

    def products(self) -> list[tuple[str, str]]:
        """What is left, to choose from."""
        return [("", tr("남은 것 모두")), *((good.product_id, good.name) for good in self.goods)]

    def standing(self) -> list[tuple[str, str]]:
        """(plan id, words) of the chosen vendor's plans that stand."""
        found = []
        for plan in self.plans:
            if plan.vendor_id == self.vendor and not plan.ended:
                steps = ", ".join(_step_words(step) for step in plan.steps)
                goods = ", ".join(plan.goods) or tr("남은 것 모두")
                found.append((plan.plan_id, f"{goods}: {steps}. {tr('허락: {who}', who=plan.consent_by)}"))
        return found

    def told(self) -> tuple[int, str]:
        """What the vendor gets less, in won, and a sentence."""
        effect = self.effects.get(max(step.off_permille for step in self.planned()))
        if effect is None or not self.goods:
            return 0, tr("남은 물건이 없어요.")
        before, after = effect.before.payout_won, effect.after.payout_won
        words = tr(
            "남은 것을 다 팔면 지급액이 {before}에서 {after}으로 바뀌어요. 제값으로는 다 못 팔 수 있어요.",
            before=wording.won(before),
            after=wording.won(after),
        )
        if len(self.added) > 1:
            words = f"{tr('가장 많이 깎는 단계로 셌어요.')} {words}"
        return -effect.less_won, words

    def step(self) -> Step:
        """The step as it was chosen. The time as it was typed, if it can't be read."""
        found = _TIME.fullmatch(self.time.strip())
        time = f"{int(found[1]):02d}:{found[2]}" if found else self.time.strip()
        return Step(self.percent * 10, time, self.left)

    def planned(self) -> tuple[Step, ...]:
        """The steps of the plan in the making: those put together, else the one that is chosen."""
        return tuple(self.added) or (self.step(),)

    def add_step(self) -> None:
        """One step more. Raises markdown.time, markdown.doubled, markdown.too_many_steps."""
        steps = [*self.added, self.step()]
        check_plan(Plan("", self.vendor, tuple(steps)))
        self.added = sorted(steps, key=lambda step: (step.from_time, step.left_permille, step.off_permille))

    def drop_step(self, at: int) -> None:
        """One step less."""
        del self.added[at]

    def steps(self) -> list[str]:
        """The steps put together, each with what it takes off the payout."""
        found = []
        for step in self.added:
            effect = self.effects.get(step.off_permille)
            less = wording.won(-effect.less_won) if effect is not None else ""
            found.append(f"{_step_words(step)} ({less})" if less else _step_words(step))
        return found

    def off_reason(self) -> str:
        """Why nothing can be agreed yet."""
        if not self.goods:
            return tr("남은 물건이 없어요.")
        return "" if self.consent.strip() else tr("허락한 판매자 이름을 적어요.")

    def agree(self, override: Override | None) -> str:
        """Record it; the sentence for people."""
        products = (self.product,) if self.product else ()
        self._house.markdowns.agree(self.vendor, self.planned(), self.consent, products, override=override)
        self.added = []
        return tr("떨이를 시작했어요. 계산대에 새 값이 나와요.")

    def end(self, plan_id: str, override: Override | None) -> str:
        """End one; the sentence for people."""
        self._house.markdowns.end(plan_id, override)
        return tr("떨이를 끝냈어요. 담아 둔 것은 그 값 그대로예요.")


def _step_words(step: Step) -> str:
    words = tr("{percent}% 할인", percent=step.off_permille // 10)
    if step.from_time:
        words = tr("{time}부터 {words}", time=step.from_time, words=words)
    if step.left_permille:
        words = tr("{percent}% 넘게 남으면 {words}", percent=step.left_permille // 10, words=words)
    return words
