"""Shows 떨이: vendors at the left, what they would agree to and what it costs them at the right."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.flow import ChoiceFlow
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.markdown.presenter import LEFT, PERCENTS, MarkdownPresenter
from pos_app.ui.screens.parts import Scroller, empty_layout
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Divider
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.words import Words


class MarkdownScreen(Screen):
    """Agree on a mark-down with a vendor; end one."""

    name = "markdown"
    panel_lead = 440

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = MarkdownPresenter(desk.house)
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        column.addWidget(Words(tr("떨이"), "title", True, name="markdown_title"))
        self.vendors = PickList("markdown_vendors", tr("업체"))
        self.vendors.picked.connect(self._choose)
        column.addWidget(self.vendors, 1)
        self.nothing = Empty(
            "percent", tr("아직 업체가 없어요"), tr("업체와 물건을 가져오면 여기에서 골라요."), name="no_markdown"
        )
        column.addWidget(self.nothing, 1)
        self._build_panel()
        self.corner.setText(tr("떨이 시작"))
        self.corner.set_icon("percent")
        self.corner.refused.connect(lambda reason: self.desk.say(reason, icon="info"))

    def _build_panel(self) -> None:
        panel = self.column(self.panel_body, 8, 16)
        scroller = Scroller("markdown_plan", gap=8)
        panel.addWidget(scroller, 1)
        column = scroller.column
        column.addWidget(Words(tr("지급액 변화"), "key_big", ink="ink2"))
        self.less = BigNumber(0, "counted", tr("지급액 변화"), "markdown_less")
        column.addWidget(self.less)
        self.told = Words("", "body", name="markdown_told")
        column.addWidget(self.told)
        column.addWidget(Divider(strong=True))
        percents = [(str(percent), f"{percent}%") for percent in PERCENTS]
        self.percent = ChoiceFlow(self.theme, "markdown_percent", tr("얼마나 깎을까요?"), percents)
        self.percent.picked.connect(self._percent)
        self.products = ChoiceFlow(self.theme, "markdown_products", tr("어느 물건을 깎을까요?"))
        self.products.picked.connect(self._product)
        self.time = Field("markdown_time", tr("몇 시부터 (비우면 지금)"), tr("몇 시부터 (비우면 지금)"))
        self.time.changed.connect(self._time)
        left = [(str(n), tr("많이 남지 않아도") if not n else tr("{n}% 넘게 남으면", n=n // 10)) for n in LEFT]
        self.left = ChoiceFlow(self.theme, "markdown_left", tr("얼마나 남으면"), left)
        self.left.picked.connect(self._left)
        self.consent = Field("markdown_consent", tr("허락한 판매자"), tr("허락한 판매자 이름"))
        self.consent.changed.connect(self._consent)
        self.add = Key(tr("이 단계 더하기"), "plus", "plain", "markdown_add")
        self.add.clicked.connect(self._add_step)
        for part in (self.percent, self.products, self.consent, self.time, self.left, self.add):
            column.addWidget(part)
        self.steps = QVBoxLayout()
        self.steps.setSpacing(8)
        column.addLayout(self.steps)
        column.addWidget(Divider())
        self.standing = QVBoxLayout()
        self.standing.setSpacing(8)
        column.addLayout(self.standing)
        column.addStretch(1)

    def enter(self) -> None:
        """Read in the background."""
        self.refresh()
        self._read()

    def _read(self) -> None:
        self.desk.run(self.presenter.load, self._take)

    def _take(self, read: tuple[Any, ...]) -> None:
        self.presenter.take(read)
        self.refresh()

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        self.nothing.setVisible(view.empty)
        self.vendors.setVisible(not view.empty)
        self.vendors.set_rows(view.vendors(), view.vendor)
        won, words = view.told()
        self.less.set_amount(won)
        self.told.setText(words)
        self.percent.choose(str(view.percent))
        self.products.set_choices(view.products(), view.product)
        self.left.choose(str(view.left))
        if self.consent.text() != view.consent:
            self.consent.set_text(view.consent)
        self._show_steps()
        empty_layout(self.standing)
        for at, (plan_id, words) in enumerate(view.standing()):
            self.standing.addWidget(Words(words, "body"))
            end = Key(tr("이 떨이 끝내기"), "close", "plain", f"markdown_end_{at}")
            end.clicked.connect(lambda _checked=False, plan=plan_id: self._end(plan))
            self.standing.addWidget(end)
        self.corner.set_off(view.off_reason() or None)
        self.refresh_side()

    def _show_steps(self) -> None:
        """The steps put together so far."""
        empty_layout(self.steps)
        for at, words in enumerate(self.presenter.steps()):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(Words(words, "body", True, name=f"markdown_step_{at}"), 1)
            drop = Key(tr("빼기"), None, "plain", f"markdown_drop_{at}", spoken=tr("{step} 빼기", step=words))
            drop.clicked.connect(lambda _checked=False, at=at: self._drop_step(at))
            line.addWidget(drop)
            self.steps.addWidget(row)

    def first_focus(self) -> QWidget | None:
        """The vendors."""
        return self.corner if self.presenter.empty else self.vendors

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("업체") if opened else tr("얼마나")

    def _choose(self, vendor_id: str) -> None:
        self.presenter.choose(vendor_id)
        self._read()

    def _percent(self, value: str) -> None:
        self.presenter.percent = int(value)
        self._read()

    def _product(self, product_id: str) -> None:
        self.presenter.product = product_id
        self._read()

    def _time(self, text: str) -> None:
        self.presenter.time = text
        self.time.set_error(None)

    def _left(self, value: str) -> None:
        self.presenter.left = int(value)
        self.left.choose(value)

    def _add_step(self) -> None:
        try:
            self.presenter.add_step()
        except DomainError as refusal:
            self.time.set_error(sentence(refusal))
            return
        self.time.set_error(None)
        self._read()

    def _drop_step(self, at: int) -> None:
        self.presenter.drop_step(at)
        self._read()

    def _consent(self, text: str) -> None:
        self.presenter.consent = text
        self.corner.set_off(self.presenter.off_reason() or None)

    def press_corner(self) -> None:
        """Agree."""
        reason = self.presenter.off_reason()
        if reason:
            self.desk.say(reason, icon="info")
            return
        self._act(self.presenter.agree)

    def _end(self, plan_id: str) -> None:
        self._act(lambda override: self.presenter.end(plan_id, override))

    def _act(self, act: Callable[[Override | None], str]) -> None:
        def attempt(override: Override | None) -> None:
            self.desk.say(act(override), icon="check")
            self.presenter.consent = ""
            self._read()

        self.desk.allowed(attempt, Action.PRICE_OVERRIDE)
