"""The number pad: 1 2 3 on top, as on phones, banks and card terminals."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.amount_input import TEN_THOUSAND, THOUSAND
from pos_app.ui.widgets.base import Painted, named
from pos_app.ui.widgets.keys import Key

BACKSPACE = "backspace"
CLEAR = "clear"
_LAYOUTS = {
    "money": (("1", "2", "3", BACKSPACE), ("4", "5", "6", THOUSAND), ("7", "8", "9", TEN_THOUSAND),
              ("00", "0", "000", CLEAR)),
    "number": (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("00", "0", BACKSPACE)),
    "pin": (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), (CLEAR, "0", BACKSPACE)),
    "weight": (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), (".", "0", BACKSPACE)),
}  # fmt: skip


class Keypad(Painted):
    """Keys that type: `digit(str)` ("7", "00", "천", "만", "."), `backspace()`, `clear()`.

    `type_key(event)` lets a screen pass the keyboard through the same signals.
    """

    digit = Signal(str)
    backspace = Signal()
    clear = Signal()

    def __init__(
        self,
        mode: str = "money",
        name: str = "keypad",
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent, theme)
        self._mode = mode
        named(self, name, tr("숫자판"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self._keys: dict[str, Key] = {}
        for row, entries in enumerate(_LAYOUTS[mode]):
            grid.setRowStretch(row, 1)
            for column, entry in enumerate(entries):
                grid.setColumnStretch(column, 1)
                key = self._make(entry)
                grid.addWidget(key, row, column)
                self._keys[entry] = key
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _make(self, entry: str) -> Key:
        if entry == BACKSPACE:
            key = Key("", "backspace", "digit", "key_backspace", self, spoken=tr("한 글자 지우기"))
            key.clicked.connect(self.backspace)
        elif entry == CLEAR:
            key = Key(tr("지움"), None, "pad_word", "key_clear", self, spoken=tr("모두 지우기"))
            key.clicked.connect(self.clear)
        else:
            word = {THOUSAND: tr("천"), TEN_THOUSAND: tr("만")}.get(entry, entry)
            role = "pad_word" if entry in (THOUSAND, TEN_THOUSAND) else "digit"
            names = {THOUSAND: "key_thousand", TEN_THOUSAND: "key_ten_thousand", ".": "key_point"}
            key = Key(word, None, role, names.get(entry, f"key_{entry}"), self, spoken=word)
            key.clicked.connect(lambda: self.digit.emit(entry))
        key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        return key

    def key(self, entry: str) -> Key:
        """The key of an entry: "7", "00", "천", "만", "backspace", "clear"."""
        return self._keys[entry]

    def type_key(self, event: QKeyEvent) -> bool:
        """Take a key of the keyboard (numpad `/` is 천, `*` is 만); False if it isn't ours."""
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isdigit():
            self.digit.emit(text)
        elif self._mode == "money" and text in ("/", "*"):
            self.digit.emit(THOUSAND if text == "/" else TEN_THOUSAND)
        elif self._mode == "weight" and text in (".", ","):
            self.digit.emit(".")
        elif event.key() == Qt.Key.Key_Backspace:
            self.backspace.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear.emit()
        else:
            return False
        return True
