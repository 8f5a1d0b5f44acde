"""Keys that do different things, flowing into as many lines as they need; and a question above them."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui.widgets.card import Card
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words

GAP = 8


class KeyFlow(QWidget):
    """Keys side by side, in the next line where there is no room."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self._keys = list(keys)
        for key in self._keys:
            key.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _place(self, width: int, move: bool = True) -> int:
        """Put the keys line by line; the height they take."""
        x = y = line = 0
        for key in self._keys:
            if key.isHidden():
                continue
            wide = min(key.sizeHint().width(), max(56, width))
            if x and x + wide > width:
                x, y, line = 0, y + line + GAP, 0
            tall = max(56, key.heightForWidth(wide))
            if move:
                key.setGeometry(QRect(x, y, wide, tall))
            x, line = x + wide + GAP, max(line, tall)
        return y + line

    def rearrange(self) -> None:
        """A key has come or gone."""
        self.updateGeometry()
        self._place(self.width())

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        wide = sum(key.sizeHint().width() + GAP for key in self._keys if not key.isHidden()) - GAP
        return QSize(max(56, wide), self._place(max(wide, 56), move=False))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 56)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width())


class Asked(Card):
    """A question that stays until it is answered; `picked(value)` when a key is taken.

    Its keys take no focus from a finger; Tab reaches them.
    """

    picked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("edge", name, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.title = Words("", "name", True, name=f"{name}_title", parent=self)
        self.sentence = Words("", "body", ink="ink2", name=f"{name}_sentence", parent=self)
        self._flow: KeyFlow | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 12, 18, 14)
        self._column.setSpacing(6)
        self._column.addWidget(self.title)
        self._column.addWidget(self.sentence)

    def ask(self, title: str, sentence: str, choices: Sequence[tuple[str, str]]) -> None:
        """Another question with (value, word) as its keys."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{title} {sentence}".strip())
        if self._flow is not None:
            self._flow.hide()
            self._flow.deleteLater()
        keys = []
        for value, word in choices:
            key = Key(word, None, "plain", f"{self.objectName()}_{value}")
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            key.clicked.connect(lambda _checked=False, value=value: self.picked.emit(value))
            keys.append(key)
        self._flow = KeyFlow(keys)
        self._column.addWidget(self._flow)
