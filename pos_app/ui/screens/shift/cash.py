"""Shows 입금 and 출금: amount, reason, and today's movements."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models.items import RowView
from pos_app.ui.screens import wording
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller, keep_focus
from pos_app.ui.screens.shift.presenter import PAY_IN, PAY_OUT, CashPresenter
from pos_app.ui.screens.tender.boxes import Entry
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.keypad import Keypad
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.words import Words


class CashScreen(Screen):
    """Money in or out of the drawer beside sales."""

    name = "cash"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = CashPresenter(desk.house)
        self._build_work()
        self._build_panel()

    def _build_work(self) -> None:
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 16)
        column.setSpacing(16)
        kinds = ((PAY_OUT, tr("출금"), "box-out"), (PAY_IN, tr("입금"), "box-in"))
        self.kinds = ChipRow("cash_kinds", tr("입금 / 출금"), kinds, PAY_OUT, role="tender", stretch=True)
        self.kinds.picked.connect(self._choose)
        column.addWidget(self.kinds)
        row = QHBoxLayout()
        row.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(12)
        self.entry = Entry(tr("금액"))
        self.entry.setFixedHeight(self.metrics.px(112) if self.metrics.scale < 1.5 else self.metrics.px(80))
        self.entry.entered.connect(self.press_corner)
        left.addWidget(self.entry)
        left.addWidget(Words(tr("이유"), "key_big", True, wrap=False))
        self.reasons = ChipRow("cash_reasons", tr("이유"), vertical=True, stretch=True)
        self.reasons.picked.connect(self._reason)
        scroller = Scroller("cash_reason_list")
        scroller.column.addWidget(self.reasons)
        scroller.column.addStretch(1)
        left.addWidget(scroller, 1)
        row.addLayout(left, 10)
        self.pad = Keypad("money")
        keep_focus(self.pad)
        self.pad.digit.connect(self._digit)
        self.pad.backspace.connect(self._backspace)
        self.pad.clear.connect(self._clear)
        row.addWidget(self.pad, 11)
        column.addLayout(row, 1)

    def _build_panel(self) -> None:
        column = self.column(self.panel_body, 8, 16)
        self.caption = Words(tr("오늘 돈통에서 나간 돈"), "body", ink="ink2")
        self.total = BigNumber(0, "total", tr("오늘 돈통에서 나간 돈"), "cash_total")
        column.addWidget(self.caption)
        column.addWidget(self.total)
        column.addWidget(Words(tr("오늘 입금·출금"), "key_big", True))
        self.rows = PickList("cash_rows", tr("오늘 입금·출금"))
        self.nothing = Empty(
            "cash", tr("아직 없어요"), tr("금액과 이유를 넣으면 여기에 남아요."), name="no_cash"
        )
        column.addWidget(self.rows, 1)
        column.addWidget(self.nothing, 1)

    def enter(self) -> None:
        """Today's rows."""
        self.presenter = CashPresenter(self.desk.house)
        self.kinds.choose(self.presenter.kind)
        self._show_reasons()
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """The amount."""
        return self.entry

    def side_words(self, opened: bool) -> str:
        """In one pane today's rows lie behind the side key."""
        return tr("금액") if opened else tr("오늘 것")

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        won = view.amount_won()
        self.entry.set_amount(won, wording.reading(won) if won else "")
        self.reasons.choose(view.reason)
        if view.reason and view.reason not in view.reasons():
            self.reasons.choose("other")
        rows = list(view.rows())
        self.rows.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.rows.set_rows(
            [
                RowView(
                    str(at),
                    row.reason,
                    f"{wording.clock(row.at)} · {tr('출금') if row.kind == PAY_OUT else tr('입금')}",
                    wording.signed(-row.amount_won if row.kind == PAY_OUT else row.amount_won),
                )
                for at, row in enumerate(rows)
            ]
        )
        net = sum(row.amount_won if row.kind == PAY_OUT else -row.amount_won for row in rows)
        self.total.set_amount(net)
        self.corner.setText(view.corner())
        self.corner.set_off(view.off_reason() or None)

    def _show_reasons(self) -> None:
        choices = [(words, words) for words in self.presenter.reasons()]
        self.reasons.set_choices([*choices, ("other", tr("다른 이유"))], "")

    def _choose(self, kind: str) -> None:
        self.presenter.choose(kind)
        self._show_reasons()
        self.refresh()
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reason(self, words: str) -> None:
        if words != "other":
            self._take_reason(words)
            return
        self.refresh()
        self.desk.ask_text(tr("어떤 이유인가요?"), "", tr("이 이유로"), self._take_reason)

    def _take_reason(self, words: str) -> None:
        self.presenter.reason = words
        self.refresh()
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _digit(self, text: str) -> None:
        self.presenter.amount.press(text)
        self.refresh()

    def _backspace(self) -> None:
        self.presenter.amount.backspace()
        self.refresh()

    def _clear(self) -> None:
        self.presenter.amount.clear()
        self.refresh()

    def press_key(self, event: QKeyEvent) -> bool:
        """Digits wherever the focus is."""
        return not isinstance(self.focusWidget(), QLineEdit) and self.pad.type_key(event)

    def press_corner(self) -> None:
        """Store it."""
        reason = self.corner.off_reason()
        if reason is not None:
            self.desk.say(reason, icon="info")
            return
        try:
            said = self.presenter.move()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.refresh()
        self.desk.say(said)
