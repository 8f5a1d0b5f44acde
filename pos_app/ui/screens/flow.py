"""Keys to choose one of, flowing into as many lines as they need."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import named
from pos_app.ui.widgets.keys import Key

GAP = 8


class ChoiceFlow(QWidget):
    """`picked(value)` when a person takes one of (value, word)."""

    picked = Signal(str)

    def __init__(self, theme: Theme, name: str, spoken: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.theme = theme
        named(self, name, spoken)
        self._name = name
        self._keys: dict[str, Key] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """Other keys."""
        for key in self._keys.values():
            key.hide()
            key.deleteLater()
        self._keys = {}
        for at, (value, word) in enumerate(choices):
            key = Key(word, None, "chip", f"{self._name}_{at}", self)
            key.clicked.connect(lambda _checked=False, value=value: self._take(value))
            key.show()
            self._keys[value] = key
        self.choose(chosen)
        self.updateGeometry()
        self._place(self.width())

    def choose(self, chosen: str) -> None:
        """Mark one, without `picked`."""
        for value, key in self._keys.items():
            key.set_chosen(value == chosen)

    def key(self, value: str) -> Key:
        """The key of a choice."""
        return self._keys[value]

    def _take(self, value: str) -> None:
        self.choose(value)
        self.picked.emit(value)

    # layout

    def _place(self, width: int, move: bool = True) -> int:
        """Put the keys line by line; the height they take."""
        x = y = line = 0
        for key in self._keys.values():
            hint = key.sizeHint()
            wide = min(hint.width(), max(56, width))
            if x and x + wide > width:
                x, y, line = 0, y + line + GAP, 0
            tall = key.heightForWidth(wide)
            if move:
                key.setGeometry(QRect(x, y, wide, tall))
            x, line = x + wide + GAP, max(line, tall)
        return y + line

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        wide = sum(key.sizeHint().width() + GAP for key in self._keys.values())
        return QSize(max(56, wide - GAP), self._place(max(wide, 56), move=False))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.theme.metrics.key_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width())
