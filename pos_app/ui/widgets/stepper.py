"""Less, how many, more: with keys of 64 px and a number that can be typed."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted, named
from pos_app.ui.widgets.keys import Key

_STEPS: dict[str | int, int] = {"+": 1, "-": -1, int(Qt.Key.Key_Up): 1, int(Qt.Key.Key_Down): -1}


class Stepper(Painted):
    """A whole number from `least` to `most`. `changed(int)` for every change by a person.

    `spoken` names it ("50,000원권 장수"); the value is said after it. Enter: `entered()`.
    """

    changed = Signal(int)
    entered = Signal()

    def __init__(
        self,
        name: str,
        spoken: str,
        value: int = 0,
        least: int = 0,
        most: int = 9_999,
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent, theme)
        self._spoken, self._least, self._most, self._value = spoken, least, most, value
        self._extra = ""
        self.setObjectName(f"{name}_stepper")
        self.minus = Key("", "minus", "plain", f"{name}_minus", self, theme=theme)
        self.plus = Key("", "plus", "plain", f"{name}_plus", self, theme=theme)
        named(self.minus, "", tr("{what} 하나 줄이기", what=spoken))
        named(self.plus, "", tr("{what} 하나 늘리기", what=spoken))
        self.edit = QLineEdit(self)
        self.edit.setObjectName(name)
        self.edit.setProperty("stepper", True)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.setValidator(QIntValidator(0, 999_999, self.edit))
        self.edit.textEdited.connect(self._typed)
        self.edit.returnPressed.connect(self.entered)
        self.edit.installEventFilter(self)
        self.minus.clicked.connect(lambda: self._step(-1))
        self.plus.clicked.connect(lambda: self._step(1))
        self.minus.setAutoRepeat(True)
        self.plus.setAutoRepeat(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.minus, self.edit, self.plus):
            row.addWidget(part)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._measure()
        self.set_value(value)

    def value(self) -> int:
        return self._value

    def set_value(self, value: int) -> None:
        """Put a number there, inside the bounds, without `changed`."""
        self._value = max(self._least, min(value, self._most))
        if self.edit.text() != str(self._value):
            self.edit.setText(str(self._value))
        self._tell()

    def set_most(self, most: int) -> None:
        """Another upper bound."""
        self._most = most
        self.set_value(self._value)

    def set_spoken(self, spoken: str, extra: str = "") -> None:
        """Another name; `extra` is said after the value ("400,000원")."""
        self._spoken, self._extra = spoken, extra
        self._tell()

    def _tell(self) -> None:
        said = f"{self._spoken} {self._value}"
        self.edit.setAccessibleName(f"{said}, {self._extra}" if self._extra else said)
        self.minus.set_off("" if self._value <= self._least else None)
        self.plus.set_off("" if self._value >= self._most else None)

    def _step(self, by: int) -> None:
        before = self._value
        self.set_value(before + by)
        if self._value != before:
            self.changed.emit(self._value)

    def _typed(self, text: str) -> None:
        before = self._value
        self._value = max(self._least, min(int(text) if text else 0, self._most))
        if text and text != str(self._value):  # 05, or more than there can be
            self.edit.setText(str(self._value))
        self._tell()
        if self._value != before:
            self.changed.emit(self._value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """`+ -` and the arrows step; a number that gets the focus is typed over."""
        if event.type() == QEvent.Type.FocusIn:
            QTimer.singleShot(0, self.edit, self.edit.selectAll)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = _STEPS.get(event.text()) or _STEPS.get(event.key())
        if step is not None:
            self._step(step)
        return step is not None

    def restyle(self) -> None:
        self._measure()
        super().restyle()

    def _measure(self) -> None:
        metrics = self.theme.metrics
        tall = metrics.key_px(64)
        for key in (self.minus, self.plus):
            key.setFixedSize(QSize(metrics.stepper_width, tall))
        self.edit.setFont(self.theme.font("number", bold=True))
        self.edit.setFixedSize(QSize(metrics.px(88), tall))
