"""Questions that several screens ask: a text, one of several, a PIN, whom a cash receipt is for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_app.domain.masking import mask_identity
from pos_app.facts.sales import CashReceiptRequest
from pos_app.i18n.texts import tr
from pos_app.ui.screens.parts import keep_focus
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keypad import Keypad
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.pin_dots import PinDots

if TYPE_CHECKING:
    from pos_app.ui.screens.frame import Screen

PIN_LENGTHS = (4, 8)
IDENTITY_DIGITS = (10, 19)  # a phone, a business or a card number


class TextDialog(Dialog):
    """One field and two verbs. `given(text)`."""

    given = Signal(str)

    def __init__(
        self, window: QWidget, title: str, sentence: str, act: str, value: str = "", empty_ok: bool = False
    ) -> None:
        super().__init__(window, title, sentence, "ask_text")
        self._empty_ok = empty_ok
        self.field = Field("ask_text_value", title)
        self.field.set_text(value)
        self.field.entered.connect(self._give)
        self.body.addWidget(self.field)
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "ask_text_safe"))
        keep.clicked.connect(self.leave)
        self.act = self.add_key(Key(act, None, "primary", "ask_text_act"))
        self.act.clicked.connect(self._give)

    def _give(self) -> None:
        text = self.field.text().strip()
        if not text and not self._empty_ok:
            self.field.set_error(tr("적어 주세요."))
            self.place()
            return
        self.shut()
        self.given.emit(text)


def ask_choice(
    screen: Screen,
    title: str,
    choices: Sequence[tuple[str, str]],
    chosen: str,
    done: Callable[[str], object],
    columns: int = 3,
) -> Dialog:
    """One of several, as keys; a press takes it."""
    dialog = Dialog(screen, title, "", "ask_choice", 640)
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(8)

    def take(value: str) -> None:
        dialog.shut()
        done(value)

    first: Key | None = None
    for at, (value, word) in enumerate(choices):
        key = Key(word, None, "plain", f"choice_{at}")
        key.set_chosen(value == chosen)
        key.clicked.connect(lambda _checked=False, value=value: take(value))
        grid.addWidget(key, at // columns, at % columns)
        first = key if first is None or value == chosen else first
    dialog.body.addWidget(holder)
    keep = dialog.add_key(Key(tr("그대로 두기"), None, "plain", "choice_safe"))
    keep.clicked.connect(dialog.leave)
    screen.desk.open_dialog(dialog, first)
    return dialog


class PinDialog(Dialog):
    """Asks for the PIN of someone who may. `typed(pin)`; `refuse` shows why it was not taken."""

    typed = Signal(str)

    def __init__(self, window: QWidget, sentence: str) -> None:
        super().__init__(window, tr("담당자 PIN"), sentence, "pin_dialog", 460)
        self._pin = ""
        self.dots = self.first = PinDots(6, "pin_dialog_dots")
        self.dots.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # digits and Enter are the dialog's
        self.body.addWidget(self.dots, 0, Qt.AlignmentFlag.AlignHCenter)
        self.notice = Notice("", "bad", name="pin_dialog_error")
        self.notice.hide()
        self.body.addWidget(self.notice)
        self.pad = Keypad("pin")
        keep_focus(self.pad)
        self.pad.digit.connect(self._digit)
        self.pad.backspace.connect(lambda: self._set(self._pin[:-1]))
        self.pad.clear.connect(lambda: self._set(""))
        self.body.addWidget(self.pad, 1)
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "pin_dialog_safe"))
        keep.clicked.connect(self.leave)
        self.act = self.add_key(Key(tr("PIN 넣기"), "lock", "primary", "pin_dialog_act"))
        self.act.clicked.connect(self._give)
        self._set("")

    def _set(self, pin: str) -> None:
        self._pin = pin[: PIN_LENGTHS[1]]
        self.dots.set(len(self._pin), max(6, len(self._pin)))
        self.act.set_off(None if len(self._pin) >= PIN_LENGTHS[0] else tr("PIN을 넣어요."))

    def _digit(self, text: str) -> None:
        self.notice.hide()
        self._set(self._pin + text)

    def _give(self) -> None:
        if len(self._pin) >= PIN_LENGTHS[0]:
            self.act.set_busy(True)
            self.typed.emit(self._pin)

    def refuse(self, sentence: str) -> None:
        """Not taken: the dots are empty again."""
        self.act.set_busy(False)
        self._set("")
        self.notice.set(sentence, "bad")
        self.notice.show()
        self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        elif not self.pad.type_key(event):
            super().keyPressEvent(event)


class CashReceiptDialog(Dialog):
    """현금영수증: for income or expense, and a number kept masked. `chosen(request or None)`."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, standing: CashReceiptRequest | None) -> None:
        sentence = tr("번호는 가운데를 가리고 저장해요. 발급은 단말기에서 해요.")
        super().__init__(window, tr("현금영수증"), sentence, "cash_receipt_dialog")
        choices = (("income", tr("소득공제 (손님)")), ("expense", tr("지출증빙 (사업자)")))
        self.purpose = ChipRow("cash_receipt_purpose", tr("용도"), choices, "income", stretch=True)
        if standing is not None:
            self.purpose.choose(standing.purpose)
        self.body.addWidget(self.purpose)
        self.number = Field("cash_receipt_number", tr("휴대전화나 사업자번호"), tr("휴대전화나 사업자번호"), number=True)
        self.number.entered.connect(self._give)
        self.first = self.number.edit
        self.body.addWidget(self.number)
        none = self.add_key(Key(tr("받지 않기"), None, "plain", "cash_receipt_none"))
        none.clicked.connect(self._none)
        act = self.add_key(Key(tr("이 번호로 남기기"), None, "primary", "cash_receipt_act"))
        act.clicked.connect(self._give)

    def _none(self) -> None:
        self.shut()
        self.chosen.emit(None)

    def _give(self) -> None:
        digits = "".join(char for char in self.number.text() if char.isdecimal())
        if not IDENTITY_DIGITS[0] <= len(digits) <= IDENTITY_DIGITS[1]:
            self.number.set_error(tr("숫자 10자리에서 19자리까지 넣어요."))
            self.place()
            return
        self.shut()
        self.chosen.emit(CashReceiptRequest(self.purpose.chosen() or "income", mask_identity(digits)))
