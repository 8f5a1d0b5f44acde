"""The amounts of the tender screen: what is due, and the one under the hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from pos_app.ui.widgets.amount_box import AmountBox

_LEAST = QSizePolicy.Policy.Minimum


class Entry(AmountBox):
    """The amount under the hand; takes the focus, Enter receives it."""

    entered = Signal()

    def __init__(self, caption: str) -> None:
        super().__init__(caption, "entry", "counted", "received")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._word, self._small, self._of = caption, "", ""

    def set_caption(self, caption: str) -> None:
        """Another name for the amount."""
        self._word = caption
        super().set_caption(caption)

    def set_amount(self, amount_won: int, reading: str = "") -> None:
        """Show it; without room for the caption, that stands with the reading."""
        self._small = reading
        super().set_amount(amount_won, reading)
        if not self._caption.isVisibleTo(self):
            self._reading.setText(self._of or (f"{self._word} · {reading}" if reading else self._word))
            self._reading.show()

    def set_of(self, words: str) -> None:
        """What is due, where it has no place of its own; in place of the reading."""
        self._of = words
        self.set_amount(self.amount(), self._small)

    def keep_caption(self, width: int) -> None:
        """Whether caption and number fit side by side in `width` px."""
        wanted = self._caption.sizeHint().width() + self.number.sizeHint().width() + 56
        self._caption.setVisible(wanted <= width)
        self.set_amount(self.amount(), self._small)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered.emit()
            return
        event.ignore()


class Due(AmountBox):
    """What is due; a long caption is written smaller before it needs a second line."""

    def fit(self, width: int) -> None:
        """Choose the caption's size for a box of `width` px."""
        for size in ("key_big", "body", "caption"):
            self._caption.set_size(size)
            if self._caption.sizeHint().width() + self.number.sizeHint().width() + 56 <= width:
                self._caption.setSizePolicy(_LEAST, _LEAST)
                return
        self._caption.setSizePolicy(QSizePolicy.Policy.Preferred, _LEAST)  # two lines, then
