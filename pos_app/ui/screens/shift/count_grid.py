"""Eight steppers: notes and coins, and what each row is worth; in pages where they do not fit."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.shift.counting import COINS, NOTES, Counting
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.stepper import Stepper
from pos_app.ui.widgets.words import Words

RIGHT = Qt.AlignmentFlag.AlignRight
FACES = (*NOTES, *COINS)
ROW_GAP = 12


class CountRow(QWidget):
    """One face: its name, less, how many, more, and what that comes to."""

    def __init__(self, theme: Theme, face: int) -> None:
        super().__init__()
        self.face = face
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.line = Divider()
        column.addWidget(self.line)
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(8)
        self.names = holder = QWidget()
        names = QVBoxLayout(holder)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(Words(wording.won(face), "name", True, wrap=False))
        names.addWidget(Words(wording.note_word(face), "caption", ink="ink2"))
        names.addStretch(1)
        counted = tr("{face}권 장수", face=wording.won(face)) if face >= NOTES[-1] else ""
        spoken = counted or tr("{face} 개수", face=wording.won(face))
        self.stepper = Stepper(f"count_{face}", spoken)
        self.worth = Words("0", "name", True, align=RIGHT, wrap=False)
        self.worth.setMinimumWidth(theme.metrics.px(76))
        row.addWidget(holder)
        row.addWidget(self.stepper)
        row.addWidget(self.worth, 1)
        column.addLayout(row, 1)


class CountGrid(QWidget):
    """`changed(won, pieces)` for each step by a person."""

    changed = Signal(int, int)

    def __init__(self, theme: Theme, counting: Callable[[], Counting]) -> None:
        super().__init__()
        self.theme, self.counting = theme, counting
        self.rows = {face: CountRow(theme, face) for face in FACES}
        for face, row in self.rows.items():
            row.stepper.changed.connect(lambda count, face=face: self._stepped(face, count))
            row.stepper.entered.connect(lambda face=face: self._next(face))
        self._align_names()
        self._page, self._per_page = 0, 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(ROW_GAP)
        self.pair = QWidget()
        beside = QHBoxLayout(self.pair)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(16)
        self.notes = self._card(beside, tr("지폐"), tr("장수를 넣어 주세요"))
        self.coins = self._card(beside, tr("동전"), tr("개수를 넣어 주세요"))
        self.single = Card()
        self.column = QVBoxLayout(self.single)
        self.column.setContentsMargins(16, 4, 16, 4)
        self.column.setSpacing(0)
        outer.addWidget(self.pair, 1)
        outer.addWidget(self.single, 1)
        outer.addWidget(self._pager())
        self._lay(0)

    def _align_names(self) -> None:
        """All steppers stand below one another; a long caption takes two lines."""
        px = self.theme.metrics.px
        widest = max(row.names.sizeHint().width() for row in self.rows.values())
        for row in self.rows.values():
            row.names.setFixedWidth(max(px(96), min(widest, px(118))))

    def _card(self, beside: QHBoxLayout, title: str, hint: str) -> QVBoxLayout:
        card = Card()
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 6)
        head.addWidget(Words(title, "key_big", True, wrap=False))
        head.addWidget(Words(hint, "caption", ink="ink2", align=RIGHT), 1)
        column.addLayout(head)
        column.addWidget(Divider(strong=True))
        beside.addWidget(card, 1)
        return column

    def _pager(self) -> QWidget:
        self.pager = QWidget()
        line = QHBoxLayout(self.pager)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.before = Key(tr("큰돈"), "left", "plain", "count_before")
        self.after = Key(tr("잔돈"), "right", "plain", "count_after")
        self.where = Words("", "body", True, align=Qt.AlignmentFlag.AlignHCenter, name="count_page")
        self.before.clicked.connect(lambda: self._turn(self._page - 1))
        self.after.clicked.connect(lambda: self._turn(self._page + 1))
        line.addWidget(self.before)
        line.addWidget(self.where, 1)
        line.addWidget(self.after)
        return self.pager

    # pages

    def _next(self, face: int) -> None:
        """Enter: the next face, on the next page when it is there."""
        at = FACES.index(face) + 1
        if at < len(FACES):
            self.show_face(FACES[at])
            edit = self.rows[FACES[at]].stepper.edit
            edit.setFocus(Qt.FocusReason.TabFocusReason)
            edit.selectAll()

    def show_face(self, face: int) -> None:
        """The page that this face is on."""
        if self._per_page:
            self._turn(FACES.index(face) // self._per_page)

    def _turn(self, page: int) -> None:
        self._page = max(0, min(page, self._pages() - 1))
        self._show_page()

    def _pages(self) -> int:
        return -(-len(FACES) // self._per_page) if self._per_page else 1

    def _show_page(self) -> None:
        first = self._page * self._per_page
        shown = FACES[first : first + self._per_page] if self._per_page else FACES
        for face, row in self.rows.items():
            row.setVisible(face in shown)
            row.line.setVisible(face not in (shown[0], COINS[0] if not self._per_page else shown[0]))
        self.pager.setVisible(self._pages() > 1)
        self.where.setText(f"{self._page + 1} / {self._pages()}")
        self.before.set_off(None if self._page else "")
        self.after.set_off(None if self._page < self._pages() - 1 else "")

    def _lay(self, per_page: int) -> None:
        """Two cards (0), or pages of so many rows."""
        self._per_page = per_page
        self._page = min(self._page, self._pages() - 1)
        for face, row in self.rows.items():
            target = self.column if per_page else self.notes if face in NOTES else self.coins
            target.addWidget(row, 1)
        self.pair.setVisible(not per_page)
        self.single.setVisible(bool(per_page))
        self._show_page()

    def arrange(self, room: int) -> None:
        """Beside each other where there is room (px), else as many rows a page as are seen whole."""
        wide = room >= 2 * self.theme.metrics.px(470)
        per_page = 0 if wide else self._fitting()
        if per_page != self._per_page:
            self._lay(per_page)

    def _fitting(self) -> int:
        tall = max(row.sizeHint().height() for row in self.rows.values())
        room = self.height() - 12
        if room >= tall * len(FACES):
            return len(FACES)
        left = room - ROW_GAP - self.theme.metrics.key_height
        fitting = max(1, min(len(FACES), left // tall))
        # Pages of one size: four and four rather than five and three.
        return -(-len(FACES) // -(-len(FACES) // fitting))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, lambda: self.arrange(self.width()))

    # counting

    def _stepped(self, face: int, count: int) -> None:
        self.changed.emit(face, count)
        self.refresh()

    def refresh(self) -> None:
        """Numbers from the counting."""
        counting = self.counting()
        for face, row in self.rows.items():
            stepper = row.stepper
            if stepper.value() != counting.pieces[face]:
                stepper.set_value(counting.pieces[face])
            worth = counting.worth(face)
            row.worth.setText(wording.amount(worth))
            stepper.set_spoken(stepper._spoken, wording.won(worth))

    def first_focus(self) -> QWidget:
        """The biggest note."""
        self.show_face(NOTES[0])
        return self.rows[NOTES[0]].stepper.edit
