"""Receiving an amount: what is due, what was received, the pad, and what the tender asks besides."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.tender import TenderType
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.parts import keep_focus
from pos_app.ui.screens.tender.boxes import Due, Entry
from pos_app.ui.screens.tender.presenter import TenderPresenter, instalments_word
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.amount_box import AmountBox
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keypad import Keypad
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

QUICK_KEYS = 6
LEAST_KEY = 58  # px
PAD_WIDTH = 4 * 56 + 3 * 8  # four keys that a finger finds


@dataclass(frozen=True, slots=True)
class Shape:
    """How much of the left column is shown; heights in px at 100 %."""

    due: bool
    entry: int
    change: int
    quick_rows: int
    caption: bool


SHAPES = (
    Shape(True, 112, 78, 3, True),
    Shape(True, 112, 72, 3, False),
    Shape(True, 100, 64, 2, False),
    Shape(False, 96, 64, 2, False),
    Shape(False, 92, 60, 1, False),
    Shape(False, 76, 54, 1, False),
)


class AmountPage(QWidget):
    """`changed` after each key; `receive` when Enter is pressed on the amount."""

    changed = Signal()
    receive = Signal()
    cash_receipt = Signal()
    split = Signal()
    issuer = Signal()
    instalments = Signal()
    received = Signal()

    def __init__(self, theme: Theme, presenter: TenderPresenter) -> None:
        super().__init__()
        self.theme, self.presenter = theme, presenter
        self._shown: list[int] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(self._left(), 10)
        row.addLayout(self._right(), 11)
        self._shape = SHAPES[0]
        self._folded = False
        self._place: tuple[int, int] | None = None

    # building

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.due = Due(tr("받을 금액"), "none", "number_big", "due")
        self.entry = Entry(tr("받은 금액"))
        self.entry.entered.connect(self.receive)
        self.change = AmountBox(tr("거스름돈"), "chosen", "number_big", "change_due", bold=True)
        self.cut = Words("", "caption", ink="ink2", align=Qt.AlignmentFlag.AlignRight, name="truncation")
        column.addWidget(self.due)
        column.addWidget(self.cut)
        column.addWidget(self.entry)
        column.addWidget(self.change)
        column.addLayout(self._extras())
        column.addStretch(1)
        self.quick_caption = Words(tr("흔히 받는 돈"), "body", ink="ink2", wrap=False)
        column.addWidget(self.quick_caption)
        self.quick_box = QWidget()
        self.quick_grid = QGridLayout(self.quick_box)
        self.quick_grid.setContentsMargins(0, 0, 0, 0)
        self.quick_grid.setSpacing(8)
        self.quick_keys = [self._quick_key(at) for at in range(QUICK_KEYS)]
        column.addWidget(self.quick_box)
        return column

    def _quick_key(self, at: int) -> Key:
        key = Key("", None, "amount", f"quick_{at}", self.quick_box)
        key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        key.clicked.connect(lambda: self._take_quick(at))
        self.quick_grid.addWidget(key, at // 2, at % 2)
        self.quick_grid.setColumnStretch(at % 2, 1)
        return key

    def _extras(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self.approval_caption = Words(tr("승인번호"), "key_big", wrap=False)
        self.approval = Field(
            "approval_no",
            tr("승인번호"),
            "\n".join((tr("카드 단말기 영수증의 숫자 8자리"), tr("승인번호 8자리"), tr("승인번호"))),
        )
        self.approval.changed.connect(self._approval_typed)
        self.approval.entered.connect(self.receive)
        self.approval_later = Notice(tr("지금 몰라도 팔 수 있어요. 마감 때 할 일로 남겨 둘게요."), "info")
        self.payer = Field("payer", tr("부서"), tr("부서 이름"))
        self.payer.changed.connect(self._payer_typed)
        self.payer.entered.connect(self.receive)
        self.account = Notice("", "info", name="transfer_account")
        self.problem = Notice("", "bad", name="tender_problem")
        above = (self.approval_caption, self.approval, self.approval_later)
        for part in (*above, self.payer, self.account, self.problem):
            column.addWidget(part)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(16)
        self.keypad = Keypad("money")
        self.keypad.digit.connect(self._digit)
        self.keypad.backspace.connect(self._backspace)
        self.keypad.clear.connect(self._clear)
        keep_focus(self.keypad)
        column.addWidget(self.keypad, 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.receipt_key = Key(tr("현금영수증"), "receipt", "plain", "cash_receipt")
        self.split_key = Key(tr("나눠 받기"), None, "plain", "split")
        self.issuer_key = Key("", "card", "plain", "issuer")
        self.instalments_key = Key("", None, "plain", "instalments")
        self.received_key = Key("", None, "plain", "received_so_far")
        self.received_key.hide()
        self.received_key.clicked.connect(self.received)
        self.receipt_key.clicked.connect(self.cash_receipt)
        self.split_key.clicked.connect(self.split)
        self.issuer_key.clicked.connect(self.issuer)
        self.instalments_key.clicked.connect(self.instalments)
        for key in (
            self.received_key,
            self.receipt_key,
            self.split_key,
            self.issuer_key,
            self.instalments_key,
        ):
            self.foot.addWidget(key, 1)
        column.addLayout(self.foot)
        return column

    # typing

    def type_key(self, event: QKeyEvent) -> bool:
        """The keyboard types the amount wherever the focus is."""
        return self.keypad.type_key(event)

    def _digit(self, entry: str) -> None:
        """To the approval number while that has the focus, else to the amount."""
        if self.approval.edit.hasFocus():
            self.approval.edit.insert(entry if entry.isdecimal() else "")
            return
        moved = self.presenter.press(entry)
        self.changed.emit()
        if moved:
            self.approval.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _backspace(self) -> None:
        if self.approval.edit.hasFocus():
            self.approval.edit.backspace()
            return
        self.presenter.backspace()
        self.changed.emit()

    def _clear(self) -> None:
        if self.approval.edit.hasFocus():
            self.approval.edit.clear()
            return
        self.presenter.clear()
        self.changed.emit()

    def _take_quick(self, at: int) -> None:
        if at < len(self._shown):
            self.presenter.set_amount(self._shown[at])
            self.changed.emit()

    def _approval_typed(self, text: str) -> None:
        self.presenter.form.approval_no = text
        self.changed.emit()

    def _payer_typed(self, text: str) -> None:
        self.presenter.form.payer = text
        self.changed.emit()

    # showing

    def refresh(self, problem: str) -> None:
        """Everything anew from the presenter; `problem` is the sentence why it can't be taken so."""
        view = self.presenter
        cash, card = view.type is TenderType.CASH, view.type is TenderType.CARD
        word = wording.tender_word(view.type)
        self.due.set_caption(tr("남은 금액") if view.rows else tr("받을 금액"))
        self.due.set_amount(view.left_won())
        self.entry.set_caption(tr("받은 금액") if cash else tr("{tender} 금액", tender=word))
        self.entry.set_amount(view.received_won(), view.reading())
        self.change.set_amount(view.change_won())
        cut = view.truncation_won()
        self.cut.setText(tr("절사 {amount}", amount=wording.won(-cut)) if cut else "")
        self.cut.setVisible(bool(cut))
        self.change.setVisible(cash or view.change_won() > 0)
        self.approval.setVisible(card)
        if self.approval.text() != view.form.approval_no:
            self.approval.set_text(view.form.approval_no)
        self.payer.setVisible(view.type in (TenderType.CREDIT, TenderType.TRANSFER))
        if view.type is TenderType.CREDIT:
            self.payer.set_hint("\n".join((tr("부서 이름 (꼭 적어요)"), tr("부서 이름"))))
        else:
            self.payer.set_hint("\n".join((tr("보내는 분 (적지 않아도 돼요)"), tr("보내는 분"))))
        if self.payer.text() != view.form.payer:
            self.payer.set_text(view.form.payer)
        self.problem.setVisible(bool(problem))
        if problem:
            self.problem.set(problem, "bad")
        self._show_approval()
        self._show_account()
        if self._place is not None:
            self.fit(*self._place)
        self._show_foot(cash, card)
        self._show_quick(cash)

    def _show_foot(self, cash: bool, card: bool) -> None:
        view = self.presenter
        self.received_key.setVisible(self._folded)
        if self._folded:
            self.received_key.setText(tr("받은 돈 {count}", count=len(view.rows)))
        crowded = self._crowded()
        self.receipt_key.setVisible((cash or view.type is TenderType.TRANSFER) and not crowded)
        self.receipt_key.set_chosen(view.cash_receipt is not None)
        metrics = self.theme.metrics
        roomy = metrics.scale < 1.5 and metrics.width >= metrics.px(1000)
        self.receipt_key.set_icon("receipt" if roomy else None)
        for key in (self.receipt_key, self.split_key):  # words may take two lines, but none is broken
            key.setMinimumWidth(key.minimumSizeHint().width())
        self.issuer_key.set_icon("card" if roomy else None)
        self.split_key.setVisible(not card and not view.rows and not crowded)
        self.issuer_key.setVisible(card and not crowded)
        self.instalments_key.setVisible(card and not crowded)
        self.issuer_key.setText(tr("발급사 {issuer}", issuer=view.form.issuer or tr("안 적음")))
        self.instalments_key.setText(tr("할부 {months}", months=instalments_word(view.form.instalments)))

    def _show_quick(self, cash: bool) -> None:
        amounts = self.presenter.quick() if cash else []
        room = 2 * self._shape.quick_rows
        shown = amounts if len(amounts) <= room else [amounts[0], *amounts[-(room - 1) :]]
        received = self.presenter.received_won()
        for at, key in enumerate(self.quick_keys):
            key.setVisible(at < len(shown))
            if at < len(shown):
                key.setText(wording.amount(shown[at]))
                key.setAccessibleName(wording.won(shown[at]))
                key.set_detail(tr("딱 맞게") if at == 0 else "", above=True)
                key.set_chosen(shown[at] == received)
        self._shown = shown
        self.quick_box.setVisible(bool(shown))
        self.quick_caption.setVisible(bool(shown) and self._shape.caption)

    # shape

    def least_height(self, problem: bool) -> int:
        """What pad and foot need with keys that a finger finds; a problem needs to be read."""
        told = self.theme.metrics.px(64) if problem else 0
        return 4 * LEAST_KEY + 3 * 8 + 16 + self.theme.metrics.key_height + told

    def fold_rows(self, folded: bool) -> None:
        """Whether a key stands for what was received so far."""
        self._folded = folded

    def fit(self, width: int, room: int) -> None:
        """Shapes for a page of `width` x `room` px: small things give way before big ones shrink."""
        self._place = (width, room)
        self.keypad.setMinimumWidth(PAD_WIDTH)
        left = max(PAD_WIDTH, min((width - 24) * 10 // 21, width - 24 - PAD_WIDTH))
        self._shape = next((shape for shape in SHAPES if self._needs(shape, left) <= room), SHAPES[-1])
        shape, px = self._shape, self.theme.metrics.px
        self.due.setFixedHeight(px(54))
        self.entry.setFixedHeight(px(shape.entry) if not self._crowded() else px(64))
        self.change.setFixedHeight(px(shape.change))
        size = "counted" if shape.entry >= 90 else "total"
        self.entry.number.set_size("number" if self._crowded() else size)
        self.change.number.set_size("number_big" if shape.change >= 64 else "number")
        self.due.number.set_size("number_big" if shape.entry >= 100 else "number")
        for key in self.quick_keys:
            key.setFixedHeight(self._quick_height())
            key.setMinimumWidth((left - 8) // 2)  # or a long amount would take the pad's room
        due = tr("받을 금액 {amount}", amount=wording.won(self.presenter.left_won()))
        if self._crowded():
            due = wording.tender_word(self.presenter.type)
        self.entry.set_of("" if shape.due and not self._crowded() else due)
        self.entry.keep_caption(left)
        self.due.fit(left)
        self.due.setVisible(shape.due)
        self._show_approval()
        self._show_account()

    def _crowded(self) -> bool:
        """A problem has to be told where hardly anything fits."""
        tight = self._shape is SHAPES[-1] or self.theme.metrics.scale >= 1.5
        return tight and not self.problem.isHidden()

    def _show_approval(self) -> None:
        """What explains gives way: first to a problem, then to a small window."""
        card = self.presenter.type is TenderType.CARD
        given = bool(self.presenter.form.approval_no.strip())
        # In the smallest shape the number is asked for once the amount can be taken.
        self.approval.setVisible(card and not self._crowded())
        self.approval_caption.setVisible(card and self._shape.caption)
        self.approval_later.setVisible(card and not given and self._shape.caption and self.problem.isHidden())

    def _show_account(self) -> None:
        """Where the customer sends the money, to be read out; the customer's screen has it too."""
        account = self.presenter.account()
        told = bool(account) and self._shape.caption and self.problem.isHidden()
        self.account.setVisible(told)
        if told:
            self.account.set(tr("보낼 곳 {account}", account=account), "info")

    def _quick_height(self) -> int:
        metrics = self.theme.metrics
        return metrics.tender_height if metrics.scale == 1 else metrics.key_height

    def _needs(self, shape: "Shape", left: int) -> int:
        """Height of the left column in this shape."""
        px, view = self.theme.metrics.px, self.presenter
        tall = px(shape.entry) + 12 + (px(54) + 12 if shape.due else 0)
        tall += px(20) + 12 if view.truncation_won() else 0
        if view.type is TenderType.CASH:
            tall += px(shape.change) + 12 + (px(24) + 12 if shape.caption else 0)
            return tall + shape.quick_rows * (self._quick_height() + 8)
        if not self.problem.isHidden():
            tall += max(self.problem.heightForWidth(left), self.problem.sizeHint().height()) + 8
        field = self.theme.metrics.key_height + 12
        if view.type is TenderType.CARD:
            later = 0 if not self.problem.isHidden() else self.approval_later.heightForWidth(left) + 8
            tall += field + (px(28) + 8 + later if shape.caption else 0)
        elif view.type is not TenderType.VOUCHER:
            tall += field
            if shape.caption and self.presenter.account() and self.problem.isHidden():
                tall += max(self.account.heightForWidth(left), self.account.sizeHint().height()) + 8
        return tall
