"""Shows commission rules: those that stand, what changed, a new one tried on past markets before it holds."""

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.ui.screens.asking import ask_choice
from pos_app.ui.screens.commission.presenter import CommissionPresenter, Read, RulesHouse
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.table import Table
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from pos_app.services.commissions_simulate import Simulation


class CommissionScreen(Screen):
    """Rules, trial and history at the left; a new rule at the right."""

    name = "commission"
    panel_lead = 380

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = CommissionPresenter(cast(RulesHouse, desk.house))
        self._tab = "rules"
        self._build_work()
        self._build_panel()
        for key in (self.corner, self.try_key, self.end_key, self.fee_key):
            key.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
        self.corner.set_icon("check")
        self.corner.setText(tr("규칙 넣기"))

    def _build_work(self) -> None:
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        column.addWidget(Words(tr("수수료 규칙"), "title", True, name="commission_title"))
        tabs = (("rules", tr("규칙")), ("trial", tr("대어 보기")), ("history", tr("바꾼 기록")))
        self.tabs = ChipRow("commission_tabs", tr("무엇을 볼까요?"), tabs, self._tab)
        self.tabs.picked.connect(self._choose_tab)
        column.addWidget(self.tabs)
        self.words = Words("", "body", ink="ink2", name="commission_words")
        column.addWidget(self.words)
        self.list = PickList("commission_rules", tr("수수료 규칙"))
        self.list.picked.connect(self._pick)
        heads = (tr("업체"), tr("순매출"), tr("지금 수수료"), tr("새 수수료"), tr("차이"))
        self.trial = Table("commission_trial", tr("새 규칙 대어 보기"), heads, (1, 2, 3, 4))
        log = (tr("때"), tr("누가"), tr("일"), tr("내용"))
        self.history = Table("commission_history", tr("바꾼 기록"), log, (), 3)
        self.nothing = Empty(
            "percent", tr("아직 규칙이 없어요"), tr("오른쪽에 적고 넣어요."), name="no_rules"
        )
        for part in (self.list, self.trial, self.history, self.nothing):
            column.addWidget(part, 1)
        self.end_key = Key(tr("고른 규칙 끝내기"), "close", "plain", "commission_end")
        self.end_key.clicked.connect(self._end)
        self.fee_key = Key(tr("결제 수단 비용 바꾸기"), "card", "plain", "commission_fee")
        self.fee_key.clicked.connect(self._fee)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.end_key, 1)
        foot.addWidget(self.fee_key, 1)
        column.addLayout(foot)

    def _build_panel(self) -> None:
        panel = self.column(self.panel_body, 8, 16)
        panel.addWidget(Words(tr("새 규칙"), "key_big", True))
        scroller = Scroller("commission_new", gap=8)
        column = scroller.column
        self.fields: dict[str, Field] = {}
        for name, words, hint in (
            ("vendor_class", tr("업체 구분"), tr("농가, 가공, 기업. 비우면 모두")),
            ("rate", tr("수수료율 (%)"), "10"),
            ("from_on", tr("시작하는 날"), "2026-12-01"),
            ("product_class", tr("물건 분류"), tr("비우면 모두")),
            ("cooperative", tr("조합"), tr("비우면 모두")),
            ("band_won", tr("누적 매출이 이만큼 되면 (원)"), "5,000,000"),
            ("band_rate", tr("그때부터 수수료율 (%)"), "12"),
        ):
            field = Field(f"commission_{name}", words, hint)
            field.set_text(str(getattr(self.presenter.draft, name)))
            field.changed.connect(lambda text, name=name: self._type(name, text))
            self.fields[name] = field
            column.addWidget(Words(words, "caption", True))
            column.addWidget(field)
        when = (("now", tr("바로")), ("month", tr("다음 달부터")))
        self.when = ChipRow(
            "commission_when", tr("구간을 넘으면 언제부터 적용할까요?"), when, "now", stretch=True
        )
        self.when.picked.connect(lambda key: self.presenter.set_following(key == "month"))
        column.addWidget(Words(tr("구간을 넘으면"), "caption", True))
        column.addWidget(self.when)
        column.addStretch(1)
        panel.addWidget(scroller, 1)
        self.try_key = Key(tr("지난 장터에 대어 보기"), "chart", "plain", "commission_try")
        self.try_key.clicked.connect(self._try)
        panel.addWidget(self.try_key)

    # --- life -------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Read in the background."""
        self.refresh()
        self.desk.run(self.presenter.load, self._take)

    def _take(self, read: Read) -> None:
        self.presenter.take(read)
        for name, field in self.fields.items():
            if field.text() != str(getattr(self.presenter.draft, name)):
                field.set_text(str(getattr(self.presenter.draft, name)))
        self.refresh()

    def refresh(self) -> None:
        """Show the tab."""
        view = self.presenter
        empty = not view.read.rules and self._tab == "rules"
        self.list.setVisible(self._tab == "rules" and not empty)
        self.nothing.setVisible(empty)
        self.trial.setVisible(self._tab == "trial")
        self.history.setVisible(self._tab == "history")
        self.end_key.setVisible(self._tab == "rules" and not empty)
        self.fee_key.setVisible(self._tab == "rules")
        self.list.set_rows(view.rows(), view.chosen)
        self.trial.set_rows(*view.trial())
        self.history.set_rows(view.history())
        words = {"rules": tr("비용: {fees}", fees=view.fees()), "trial": view.trial_words(), "history": ""}
        self.words.setText(words[self._tab])
        self.words.setVisible(bool(words[self._tab]))
        for key in (self.corner, self.try_key, self.fee_key):
            key.set_off(view.off or None)
        self.end_key.set_off(view.off or (None if view.chosen else tr("끝낼 규칙을 먼저 골라요.")))
        self.refresh_side()

    def first_focus(self) -> QWidget | None:
        """The tabs."""
        return self.tabs.key(self._tab)

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("규칙 목록") if opened else tr("새 규칙")

    # --- steps ------------------------------------------------------------------------------------

    def _choose_tab(self, tab: str) -> None:
        self._tab = tab
        self.refresh()

    def _pick(self, rule_id: str) -> None:
        self.presenter.chosen = rule_id
        self.refresh()

    def _type(self, name: str, text: str) -> None:
        self.presenter.set(name, text)
        self.fields[name].set_error(None)

    def _checked(self) -> bool:
        """What was typed makes a rule; else the sentence stands at the field."""
        try:
            self.presenter.rule()
        except DomainError as refusal:
            at = "rate" if refusal.code == "commission.rate_text" else "band_won"
            self.fields[at].set_error(self.desk.sentence(refusal))
            self.fields[at].setFocus()
            return False
        return True

    def _try(self) -> None:
        if self._checked():
            self.desk.run(self.presenter.simulate, self._show_trial)

    def _show_trial(self, found: "Simulation") -> None:
        self.presenter.tried = found
        self._tab = "trial"
        self.tabs.choose("trial")
        self.close_side()
        self.refresh()

    def _end(self) -> None:
        self.desk.ask_text(
            tr("고른 규칙 끝내기"),
            tr("며칠까지 쓸까요? 이미 한 정산은 그대로예요."),
            tr("끝내기"),
            lambda text: self.desk.run(lambda: self.presenter.end(text), self._take),
            self.presenter.today,
        )

    def _fee(self) -> None:
        """Which tender, then how much."""
        ask_choice(self, tr("어느 결제 수단인가요?"), self.presenter.fee_choices(), "card", self._fee_of)

    def _fee_of(self, tender: str) -> None:
        self.desk.ask_text(
            tr("결제 수단 비용 바꾸기"),
            tr("카드사나 상품권 회사가 떼는 율을 %로 적어요. 1.5처럼 적어요."),
            tr("적기"),
            lambda rate: self.desk.run(lambda: self.presenter.set_fee(tender, rate), self._take),
        )

    def press_corner(self) -> None:
        """Enter the rule."""
        if self.presenter.off:
            self.desk.say(self.presenter.off, icon="info")
        elif self._checked():
            self.desk.run(self.presenter.enter, self._entered)

    def _entered(self, read: Read) -> None:
        self._tab = "rules"
        self.tabs.choose("rules")
        self._take(read)
        self.desk.say(tr("규칙을 넣었어요. 다음 정산부터 쓰여요."), icon="check")
