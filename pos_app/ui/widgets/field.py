"""A field to type in: icon, unit, and the error sentence under it; a wrong value stays there."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from pos_app.ui.theme import drawing, icons, lettering
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted, named


class Field(Painted):
    """A box with a QLineEdit (`.edit`). Signals `changed(text)`, `entered()` (Enter pressed).

    `placeholder` may hold several hints, longest first, one a line: the first that has room shows.
    """

    changed = Signal(str)
    entered = Signal()

    def __init__(
        self,
        name: str,
        spoken: str,
        placeholder: str = "",
        parent: QWidget | None = None,
        *,
        number: bool = False,
        unit: str = "",
        icon: str | None = None,
        secret: bool = False,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent, theme)
        self._unit, self._icon, self._error = unit, icon, ""
        self._hints = tuple(placeholder.split("\n"))
        self.edit = QLineEdit(self)
        self.edit.setProperty("bare", True)
        self.edit.setPlaceholderText(self._hints[0])
        named(self.edit, name, spoken)
        self.setObjectName(f"{name}_field")
        if number:
            self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._text_changed)
        self.edit.returnPressed.connect(self.entered)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._dress()

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        self.edit.setText(text)

    def set_hint(self, placeholder: str) -> None:
        """Other hints, longest first, one a line."""
        self._hints = tuple(placeholder.split("\n"))
        self.edit.setPlaceholderText("")
        self._choose_hint()

    def set_error(self, sentence: str | None) -> None:
        """The sentence under the field (red frame); None or "" when it is right again."""
        self._error = sentence or ""
        self.edit.setAccessibleDescription(self._error)
        self.restyle()

    def error(self) -> str:
        return self._error

    def focus_rect(self) -> QRect:
        """Where the focus ring goes: round the box, not the sentence."""
        return self._box()

    def restyle(self) -> None:
        self._dress()
        super().restyle()
        self._place()

    def _dress(self) -> None:
        """What is typed stands Bold, the hint does not."""
        self.edit.setFont(self.theme.font("body", bold=bool(self.edit.text())))

    def _text_changed(self, text: str) -> None:
        if bool(text) is not self.edit.font().bold():
            self._dress()
        self.changed.emit(text)

    # -- measures ---------------------------------------------------------------------------

    def _box(self) -> QRect:
        return QRect(0, 0, self.width(), self.theme.metrics.key_height)

    def _error_height(self, width: int) -> int:
        if not self._error:
            return 0
        px = self.theme.type_px("caption")
        return 6 + lettering.block_height(self._error, px, True, max(1, width), 1.3)

    def heightForWidth(self, width: int) -> int:
        return self.theme.metrics.key_height + self._error_height(width)

    def sizeHint(self) -> QSize:
        wide = self.theme.metrics.px(240)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(max(120, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _icon_px(self) -> int:
        return round(24 * min(self.theme.metrics.scale, 1.5))

    def _place(self) -> None:
        box = self._box().adjusted(18, 4, -18, -4)
        if self._icon:
            box.setLeft(box.left() + self._icon_px() + 12)
        if self._unit:
            box.setRight(box.right() - lettering.width_of(self._unit, self.theme.type_px("body"), True) - 8)
        self.edit.setGeometry(box)
        self._choose_hint()

    def _choose_hint(self) -> None:
        """The longest hint that has room; a text somebody else put there is left alone."""
        now = self.edit.placeholderText()
        if now and now not in self._hints:
            return
        px, bold = self.theme.type_px("body"), self.theme.bold()
        room = self.edit.width() - 6
        fitting = (hint for hint in self._hints if lettering.width_of(hint, px, bold) <= room)
        self.edit.setPlaceholderText(next(fitting, ""))

    # -- drawing ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, box = self.theme, self._box()
        wrong = bool(self._error)
        edge = theme.colour("danger" if wrong else "edge")
        if self.edit.isEnabled():
            drawing.framed(painter, QRectF(box), 8, theme.colour("surface"), edge, 3 if wrong else 2)
        else:
            drawing.dashed(painter, QRectF(box), 8, theme.colour("sunken"), edge)
        if self._icon:
            px = self._icon_px()
            picture = icons.pixmap(self._icon, theme.hex("ink"), px, self.devicePixelRatioF())
            painter.drawPixmap(18, (box.height() - px) // 2, picture)
        px = theme.type_px("body")
        if self._unit:
            x = box.right() - 17 - lettering.width_of(self._unit, px, True)
            top = (box.height() - lettering.line_height(px)) // 2
            base = top + lettering.first_base(px, True)
            lettering.write(painter, self._unit, x, base, px, theme.bold(), theme.colour("ink"))
        if wrong:
            small = theme.type_px("caption")
            lines = lettering.lines_of(self._error, small, True, max(1, self.width()))
            room = QRect(0, box.height() + 6, self.width(), self.height())
            lettering.write_lines(painter, lines, room, small, True, theme.colour("danger"), leading=1.3)
        painter.end()
