"""Eight steppers: notes and coins, and what each row is worth."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.screens.shift.counting import COINS, NOTES, Counting
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.stepper import Stepper
from pos_app.ui.widgets.words import Words

RIGHT = Qt.AlignmentFlag.AlignRight


class CountGrid(QWidget):
    """`changed(won, pieces)` for each step by a person."""

    changed = Signal(int, int)

    def __init__(self, theme: Theme, counting: Callable[[], Counting]) -> None:
        super().__init__()
        self.theme, self.counting = theme, counting
        self._steppers: dict[int, Stepper] = {}
        self._worths: dict[int, Words] = {}
        self.scroller = Scroller("count_scroller")
        holder = QWidget()
        self.pair = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self.pair.setContentsMargins(0, 0, 0, 0)
        self.pair.setSpacing(16)
        self.pair.addWidget(self._card(tr("지폐"), tr("장수를 넣어 주세요"), NOTES), 1)
        self.pair.addWidget(self._card(tr("동전"), tr("개수를 넣어 주세요"), COINS), 1)
        self.scroller.column.addWidget(holder, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.scroller)
        order = list(self._steppers.values())
        for now, following in pairwise(order):
            now.entered.connect(lambda following=following: self._focus(following))

    def _focus(self, stepper: Stepper) -> None:
        stepper.edit.setFocus(Qt.FocusReason.TabFocusReason)
        stepper.edit.selectAll()
        self.scroller.ensureWidgetVisible(stepper)

    def _card(self, title: str, hint: str, faces: tuple[int, ...]) -> Card:
        card = Card()
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Words(title, "key_big", True, wrap=False))
        head.addWidget(Words(hint, "caption", ink="ink2", align=RIGHT), 1)
        column.addLayout(head)
        column.addWidget(Divider(strong=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(0, self.theme.metrics.px(96))
        for at, face in enumerate(faces):
            self._row(grid, 2 * at, face)
            grid.setRowStretch(2 * at, 1)
            if at + 1 < len(faces):
                grid.addWidget(Divider(), 2 * at + 1, 0, 1, 3)
        column.addLayout(grid, 1)
        return card

    def _row(self, grid: QGridLayout, row: int, face: int) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(Words(wording.won(face), "name", True, wrap=False))
        names.addWidget(Words(wording.note_word(face), "caption", ink="ink2", wrap=False))
        names.addStretch(1)
        grid.addLayout(names, row, 0)
        word = tr("{face}권 장수", face=wording.won(face)) if face >= 1000 else tr("{face} 개수", face=wording.won(face))
        stepper = Stepper(f"count_{face}", word)
        stepper.changed.connect(lambda count: self._stepped(face, count))
        grid.addWidget(stepper, row, 1)
        worth = Words("0", "name", True, align=RIGHT, wrap=False)
        worth.setMinimumWidth(self.theme.metrics.px(80))
        grid.addWidget(worth, row, 2)
        self._steppers[face], self._worths[face] = stepper, worth

    def _stepped(self, face: int, count: int) -> None:
        self.changed.emit(face, count)
        self.refresh()

    def refresh(self) -> None:
        """Numbers from the counting."""
        counting = self.counting()
        for face, stepper in self._steppers.items():
            if stepper.value() != counting.pieces[face]:
                stepper.set_value(counting.pieces[face])
            worth = counting.worth(face)
            self._worths[face].setText(wording.amount(worth))
            stepper.set_spoken(stepper._spoken, wording.won(worth))

    def first_focus(self) -> QWidget:
        """The biggest note."""
        return self._steppers[NOTES[0]].edit

    def arrange(self, room: int) -> None:
        """Beside each other where there is room (px), else one above the other."""
        wide = room >= 2 * self.theme.metrics.px(470)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self.pair.direction() != direction:
            self.pair.setDirection(direction)
