"""The panel of the close: the one big number of each step, and what may be done beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.screens.shift.presenter import ClosePresenter
from pos_app.ui.screens.views import OpenItem
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

RIGHT = Qt.AlignmentFlag.AlignRight


class ClosePanel(QWidget):
    """Signals for its keys; `reason(words)`, "other" when it is to be written."""

    start_over = Signal()
    later = Signal()
    again = Signal()
    reprint = Signal()
    reason = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        self.caption = Words("", "key_big", ink="ink2")
        self.amount = BigNumber(0, "counted", "", "close_amount")
        self.under = Words("", "body", ink="ink2", align=RIGHT)
        self.hint = Notice("", "info", name="close_hint")
        self.reason_title = Words(tr("이유"), "key_big", True)
        self.reasons = ChipRow("close_reasons", tr("이유"), role="plain", vertical=True, stretch=True)
        self.reasons.picked.connect(self.reason)
        self.restart = Key(tr("처음부터 다시 세기"), "undo", "plain", "count_restart")
        self.wait = Key(tr("나중에 이어서 세기"), "park", "plain", "count_later")
        self.recount = Key(tr("한 번 더 세기"), "undo", "plain", "count_again")
        self.restart.clicked.connect(self.start_over)
        self.wait.clicked.connect(self.later)
        self.recount.clicked.connect(self.again)
        self.paper = Key(tr("Z 다시 인쇄"), "printer", "plain", "z_reprint")
        self.paper.clicked.connect(self.reprint)
        for part in (self.caption, self.amount, self.under):
            column.addWidget(part)
        scroller = Scroller("close_panel_list")
        for below in (self.hint, self.reason_title, self.reasons):
            scroller.column.addWidget(below)
        scroller.column.addStretch(1)
        column.addWidget(scroller, 1)
        for key in (self.restart, self.wait, self.recount, self.paper):
            column.addWidget(key)

    def _show(self, caption: str, won: int | None, under: str, hint: str, kind: str = "info") -> None:
        self.caption.setText(caption)
        self.amount.setVisible(won is not None)
        self.amount.set_ink("ink")
        if won is not None:
            self.amount.set_caption(caption)
            self.amount.set_amount(won)
        self.under.setText(under)
        self.under.setVisible(bool(under))
        self.hint.setVisible(bool(hint))
        self.hint.set(hint, kind)
        for part in (self.reason_title, self.reasons, self.restart, self.wait, self.recount, self.paper):
            part.setVisible(False)

    def show_counting(self, view: ClosePresenter) -> None:
        """The sum of the steppers; nothing is said of what is expected."""
        hint = tr("돈통에 있는 돈을 모두 세어 주세요. 예상 금액은 낸 다음에 보여요.")
        self._show(tr("센 금액"), view.counting.total_won(), tr("준비금 포함"), hint)
        self.restart.setVisible(True)
        self.wait.setVisible(True)

    def show_result(self, view: ClosePresenter) -> None:
        """Over or short."""
        result = view.result
        if result is None:
            return
        won = result.over_short_won
        kind = "warn" if result.needs_coordinator else "info"
        self._show(tr("과부족"), won, view.difference_words(), view.limit_words(), kind)
        self.amount.set_ink("danger" if won < 0 else "ink")
        self.recount.setVisible(True)
        if won:
            self.reason_title.setVisible(True)
            self.reasons.setVisible(True)
            choices = [(words, words) for words in view.reasons()]
            own = view.reason if view.reason and view.reason not in view.reasons() else ""
            choices.append(("other", own or tr("직접 적기")))
            self.reasons.set_choices(choices, "other" if own else view.reason)

    def show_step(self, view: ClosePresenter, items: Sequence[OpenItem]) -> None:
        """A step of settling."""
        words = dict(view.step_words())[view.step]
        count = tr("{count}개 남음", count=len(items)) if items else tr("모두 끝났어요")
        hint = ""
        if view.step == "cards" and items:
            hint = tr("승인번호는 나중에 적어도 돼요. Z 종이에 할 일로 남아요.")
        self._show(words, None, count, hint)

    def show_before_z(self, view: ClosePresenter) -> None:
        """Last look."""
        won = view.result.over_short_won if view.result is not None else None
        self._show(tr("과부족"), won, "", tr("마감하면 이 돈통으로는 더 팔지 않아요. 다시 팔려면 개점해요."))

    def show_done(self, view: ClosePresenter) -> None:
        """Closed."""
        if view.done is None:
            return
        title = tr("Z {number} 마감했어요", number=view.done.z_no)
        under = tr("과부족 {won}", won=wording.won(view.done.over_short_won))
        if view.result is None:
            self._show(title, None, under, "")
        else:
            self._show(tr("센 금액"), view.result.counted_won, under, title, "ok")
        self.paper.setVisible(True)
        self.paper.set_off(view.no_paper_reason() or None)
