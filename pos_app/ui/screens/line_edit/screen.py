"""The dialogs of one line: what it is worth after a change, and how much was weighed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.line_edit.presenter import (
    DISCOUNT,
    NOTE,
    PRICE,
    QUANTITY,
    LineEditPresenter,
    WeighPresenter,
)
from pos_app.ui.screens.parts import keep_focus
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Card
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keypad import Keypad
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from pos_app.facts.sales import Override
    from pos_app.ui.screens.desk import Desk
    from pos_app.ui.screens.house import House

RIGHT = Qt.AlignmentFlag.AlignRight


class NumberCard(Card):
    """The number being typed, takes the focus; Enter is the dialog's corner key."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__("entry", name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words = Words("", "number", True, align=RIGHT, wrap=False, name=f"{name}_value")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self.words, 1)

    def show_text(self, text: str, spoken: str) -> None:
        """The number as it reads."""
        self.words.setText(text)
        self.setAccessibleName(spoken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            event.ignore()


class PadDialog(Dialog):
    """Quick values and a number at the left, the pad at the right."""

    def __init__(self, window: QWidget, title: str, sentence: str, name: str) -> None:
        super().__init__(window, title, sentence, name, 880)
        self.pad = Keypad("number")
        keep_focus(self.pad)
        self.number = self.first = NumberCard(f"{name}_number")
        self._quick_keys: list[Key] = []
        self._values: list[int] = []
        self._take_value: Callable[[int], object] = int
        self.side = QVBoxLayout()
        self.side.setSpacing(10)
        self.quick_box = QWidget()
        self.quick = QGridLayout(self.quick_box)
        self.quick.setContentsMargins(0, 0, 0, 0)
        self.quick.setSpacing(8)
        self.columns = QHBoxLayout()
        self.columns.setSpacing(24)
        self.columns.addLayout(self.side, 1)
        self.columns.addWidget(self.pad, 1)
        # large type in a low window: what the keys say anyway gives way to the pad
        self.tight = window.window().height() < self.theme.metrics.px(620)
        self.sentence.setVisible(not self.tight)

    def show_quick(self, values: list[tuple[str, int]], now: int, take: Callable[[int], object]) -> None:
        """Quick values, two in a row."""
        self._values, self._take_value = [value for _, value in values], take
        while len(self._quick_keys) < len(values):  # kept: one of them may have the focus
            self._quick_keys.append(self._quick_key(len(self._quick_keys)))
        for at, key in enumerate(self._quick_keys):
            key.setVisible(at < len(values))
            if at < len(values):
                key.setText(values[at][0])
                key.set_chosen(values[at][1] == now)

    def _quick_key(self, at: int) -> Key:
        key = Key("", None, "plain", f"quick_value_{at}", self.quick_box)
        key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        key.clicked.connect(lambda: self._take_value(self._values[at]))
        self.quick.addWidget(key, at // 2, at % 2)
        return key

    def outcome_card(self) -> Card:
        """바뀐 금액, with where it came from."""
        card = Card("soft", "outcome")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(2)
        above = QHBoxLayout()
        self.from_words = Words("", "body", ink="ink2", wrap=False)
        self.difference = Words("", "body", True, align=RIGHT, wrap=False)
        above.addWidget(self.from_words)
        above.addWidget(self.difference, 1)
        if self.tight:
            self.from_words.hide()
            self.difference.hide()
        below = QHBoxLayout()
        self.amount_caption = Words(tr("바뀐 금액"), "key_big", True, wrap=False)
        below.addWidget(self.amount_caption)
        self.amount = BigNumber(0, "number_big", tr("바뀐 금액"), "changed_amount")
        below.addWidget(self.amount, 1)
        column.addLayout(above)
        column.addLayout(below)
        return card

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.pad.isVisible() or not self.pad.type_key(event):
            super().keyPressEvent(event)


class LineEditDialog(PadDialog):
    """고치기. `removed` when the line should go; `changed()` is called after a change.

    A PIN may be asked for first, and by then this dialog is gone: so no signal tells of the change.
    """

    removed = Signal()

    def __init__(
        self, window: QWidget, desk: Desk, key: str, tab: str, changed: Callable[[], object]
    ) -> None:
        self.desk, self._changed = desk, changed
        self.presenter = LineEditPresenter(desk.house, key, tab)
        line = self.presenter.line
        item = desk.house.goods.tile(line.product_id)
        quantity = wording.counted(line.quantity_milli, line.unit, line.sold_by)
        vendor = item.vendor if item is not None else line.seller.name
        sentence = f"{vendor} · {quantity} × {wording.won(line.unit_price_won)}"
        super().__init__(window, line.name, sentence, "line_edit")
        self.setAccessibleName(tr("고치기, {name}", name=line.name))
        tabs = (
            (QUANTITY, tr("무게") if self.presenter.weighed else tr("수량")),
            (PRICE, tr("단가")),
            (DISCOUNT, tr("할인")),
            (NOTE, tr("메모")),
        )
        self.tabs = ChipRow("line_edit_tabs", tr("무엇을 고칠까요?"), tabs, tab, stretch=True)
        self.tabs.picked.connect(self._choose_tab)
        self.body.addWidget(self.tabs)
        self._build_left()
        self.body.addLayout(self.columns, 1)
        self.note = Field("line_note", tr("메모"), tr("영수증에 나오지 않아요"))
        self.note.set_text(line.note)
        self.note.changed.connect(self._note_typed)
        self.note.entered.connect(self._apply)
        self.body.addWidget(self.note)
        self.limit = Notice("", "warn", icon="lock", name="limit")
        self.body.addWidget(self.limit)
        self._build_keys()
        self._refresh()

    def _build_left(self) -> None:
        units = (("percent", tr("퍼센트(%)")), ("won", tr("금액(원)")))
        self.units = ChipRow("discount_units", tr("할인 단위"), units, "percent", stretch=True)
        self.units.picked.connect(self._choose_unit)
        self.number.entered.connect(self._apply)
        self.pad.digit.connect(self._digit)
        self.pad.backspace.connect(self._backspace)
        self.side.addWidget(self.units)
        self.side.addWidget(self.number)
        self.side.addWidget(self.quick_box)
        self.side.addStretch(1)
        self.side.addWidget(self.outcome_card())

    def _build_keys(self) -> None:
        take_out = self.add_key(Key(tr("이 물건 빼기"), "trash", "danger", "line_edit_remove"), 0)
        take_out.clicked.connect(self._remove)
        self.keys.addStretch(1)
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "line_edit_safe"), 0)
        keep.clicked.connect(self.leave)
        self.act = self.add_key(Key("", None, "primary", "line_edit_act"), 2)
        self.act.clicked.connect(self._apply)

    def _choose_tab(self, tab: str) -> None:
        self.presenter.choose_tab(tab)
        self._refresh()
        (self.note if tab == NOTE else self.number).setFocus()

    def _choose_unit(self, unit: str) -> None:
        self.presenter.choose_unit(unit == "percent")
        self._refresh()

    def _digit(self, text: str) -> None:
        self.presenter.digits(text)
        self._refresh()

    def _backspace(self) -> None:
        self.presenter.backspace()
        self._refresh()

    def _quick(self, value: int) -> None:
        self.presenter.set_typed(value)
        self._refresh()

    def _note_typed(self, text: str) -> None:
        self.presenter.note = text

    def _refresh(self) -> None:
        view = self.presenter
        noting = view.tab == NOTE
        for part in (self.number, self.pad):
            part.setVisible(not noting)
        self.quick_box.setVisible(not noting and not self.tight)
        self.units.setVisible(view.tab == DISCOUNT)
        self.note.setVisible(noting)
        if not noting:
            self.show_quick(view.quick(), view.value(), self._quick)
        self.number.show_text(view.shown(), f"{self.tabs.key(view.tab).text()} {view.shown()}")
        preview = view.preview()
        self.from_words.setText(tr("{amount}에서", amount=wording.won(preview.before_won)))
        difference = preview.difference_won
        self.difference.setText(f"{wording.signed(difference)}{tr('원')}" if difference else "")
        self.amount.set_amount(preview.after_won)
        sentence = "" if noting else view.limit_sentence()
        self.limit.setVisible(bool(sentence) and not self.tight)
        self.act.set_description(sentence)
        if sentence:
            self.limit.set(sentence, "warn", icon="lock")
        self.act.setText(view.corner())
        self.act.set_icon("lock" if sentence else None)
        off = view.tab in (QUANTITY,) and not view.value()
        self.act.set_off(tr("1보다 큰 수를 넣어요.") if off else None)
        self.place()

    def _remove(self) -> None:
        self.shut()
        self.removed.emit()

    def _apply(self) -> None:
        view = self.presenter
        if self.act.off_reason() is not None:
            return
        action = view.needs_pin()
        desk, changed = self.desk, self._changed

        def apply(override: Override | None = None) -> None:
            try:
                view.apply(override)
            except DomainError as error:
                desk.trouble(error)
            changed()

        self.shut()
        if action is None:
            apply()
        else:
            desk.ask_pin(action, view.limit_sentence(), apply)


class WeighDialog(PadDialog):
    """How heavy. `weighed(milli)`."""

    weighed = Signal(int)

    def __init__(self, window: QWidget, house: House, product_id: str) -> None:
        self.presenter = WeighPresenter(house, product_id)
        item = self.presenter.item
        sentence = f"{item.vendor} · {wording.price_of(item)}"
        super().__init__(window, item.name, sentence, "weigh")
        self.setAccessibleName(tr("무게 넣기, {name}", name=item.name))
        hint = Words(tr("그램으로 넣어요. 1,240은 1.240kg이에요."), "caption", ink="ink2")
        if self.tight:
            hint.hide()
            self.quick_box.hide()
        self.side.addWidget(hint)
        self.side.addWidget(self.number)
        self.side.addWidget(self.quick_box)
        self.side.addStretch(1)
        self.side.addWidget(self.outcome_card())
        self.amount_caption.setText(tr("금액"))
        self.amount.set_caption(tr("금액"))
        self.body.addLayout(self.columns, 1)
        self.pad.digit.connect(self._digit)
        self.pad.backspace.connect(self._backspace)
        self.number.entered.connect(self._give)
        keep = self.add_key(Key(tr("담지 않기"), None, "plain", "weigh_safe"))
        keep.clicked.connect(self.leave)
        self.act = self.add_key(Key("", None, "primary", "weigh_act"))
        self.act.clicked.connect(self._give)
        self._refresh()

    def _digit(self, text: str) -> None:
        self.presenter.digits(text)
        self._refresh()

    def _backspace(self) -> None:
        self.presenter.backspace()
        self._refresh()

    def _quick(self, value: int) -> None:
        if value in (100, -100):
            self.presenter.add_grams(value)
        else:
            self.presenter.set_typed(value)
        self._refresh()

    def _refresh(self) -> None:
        view = self.presenter
        milli = view.milli()
        quick = [(wording.weight(grams), grams) for grams in (300, 500, 1000, 2000)]
        quick += [("+100g", 100), ("-100g", -100)]
        self.show_quick(quick, milli, self._quick)
        self.number.show_text(wording.weight(milli), tr("무게 {weight}", weight=wording.weight(milli)))
        self.from_words.setText(f"{wording.weight(milli)} × {wording.amount(view.item.price_shown_won)}")
        self.amount.set_amount(view.amount_won())
        self.act.setText(view.corner())
        self.act.set_off(None if milli else tr("무게를 넣어요."))
        self.place()

    def _give(self) -> None:
        if self.presenter.milli():
            self.shut()
            self.weighed.emit(self.presenter.milli())
