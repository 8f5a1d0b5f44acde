"""Vouchers of printed face: how many of each, the rule in a sentence, and what goes back."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.parts import Scroller, empty_layout
from pos_app.ui.screens.tender.presenter import TenderPresenter
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.amount_box import AmountBox
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.stepper import Stepper
from pos_app.ui.widgets.words import Words

ROW_MARGIN = 12


class VoucherPage(QWidget):
    """Face steppers; `changed` after each step."""

    changed = Signal()
    receive = Signal()

    def __init__(self, theme: Theme, presenter: TenderPresenter) -> None:
        super().__init__()
        self.theme, self.presenter = theme, presenter
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.card = Card("card", "voucher_faces")
        self.faces = QVBoxLayout(self.card)
        self.faces.setContentsMargins(20, 12, 20, 12)
        self.faces.setSpacing(12)
        self.scroller = Scroller("voucher_list")
        self.scroller.column.addWidget(self.card)
        self.scroller.column.addStretch(1)
        column.addWidget(self.scroller, 1)
        self.verdict = Notice("", "info", name="voucher_rule")
        column.addWidget(self.verdict)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.received = AmountBox(tr("상품권"), "edge", "number_big", "voucher_received")
        self.change = AmountBox(tr("거스름돈"), "chosen", "number_big", "voucher_change", bold=True)
        row.addWidget(self.received, 1)
        row.addWidget(self.change, 1)
        column.addLayout(row)
        self._boxes = self._worths = True
        self._steppers: dict[int, tuple[Stepper, Words]] = {}
        self._kind = ""
        self._last = 0  # the face that was counted last

    def _build(self) -> None:
        empty_layout(self.faces)
        self._steppers = {}
        rule = self.presenter.rule()
        faces = sorted(rule.faces, reverse=True) if rule is not None else []
        for at, face in enumerate(faces):
            if at:
                self.faces.addWidget(Divider())
            self.faces.addWidget(self._row(face, rule.name if rule is not None else ""))

    def _row(self, face: int, kind: str) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        words = QVBoxLayout()
        words.setSpacing(0)
        value = Words(wording.won(face), "key_big", True, wrap=False)
        value.setMinimumWidth(self.theme.metrics.px(130))
        words.addWidget(value)
        words.addWidget(Words(kind, "body", ink="ink2", wrap=False))
        row.addLayout(words)
        spoken = tr("{face} {kind} 장수", face=wording.won(face), kind=kind)
        stepper = Stepper(f"face_{face}", spoken, self.presenter.form.faces.get(face, 0), most=999)
        stepper.changed.connect(lambda count: self._stepped(face, count))
        stepper.entered.connect(self.receive)
        worth = Words("0", "number", True, align=Qt.AlignmentFlag.AlignRight, wrap=False)
        row.addWidget(stepper)
        row.addWidget(worth, 1)
        self._steppers[face] = (stepper, worth)
        return box

    def _stepped(self, face: int, count: int) -> None:
        self._last = face
        self.presenter.form.faces[face] = count
        self.changed.emit()

    def first_focus(self) -> QWidget | None:
        """The biggest face."""
        for stepper, _ in self._steppers.values():
            return stepper.edit
        return None

    def _show_counted(self) -> None:
        """A no is about what was counted: that is in sight beside it."""
        counted = [face for face, (stepper, _) in self._steppers.items() if stepper.value()]
        if counted:
            face = self._last if self._last in counted else counted[0]
            self.scroller.ensureWidgetVisible(self._steppers[face][0], 0, ROW_MARGIN)

    def fit(self, width: int, room: int) -> None:
        """In little room (px) the sums are left to the corner key and the sentence."""
        self._boxes = room >= self.theme.metrics.px(330)
        self._worths = width >= self.theme.metrics.px(420)

    def refresh(self, problem: str) -> None:
        """Everything anew from the presenter."""
        view = self.presenter
        if view.form.kind != self._kind or not self._steppers:
            self._kind = view.form.kind
            self._build()
        for face, (stepper, worth) in self._steppers.items():
            count = view.form.faces.get(face, 0)
            if stepper.value() != count:
                stepper.set_value(count)
            worth.setText(wording.amount(face * count))
            worth.setVisible(self._worths)
        self.received.set_amount(view.received_won())
        self.change.set_amount(view.change_won())
        self.received.setVisible(self._boxes)
        self.change.setVisible(self._boxes and view.change_won() > 0)
        verdict = view.verdict()
        self.verdict.setVisible(verdict is not None or bool(problem))
        if verdict is not None:
            short = verdict.good and not self._boxes
            words = (verdict.title, "") if short else (verdict.sentence, verdict.title)
            self.verdict.set(words[0], "ok" if verdict.good else "bad", words[1])
            if not verdict.good:
                QTimer.singleShot(0, self, self._show_counted)  # once the verdict has taken its room
        elif problem:
            self.verdict.set(problem, "info")
