"""The strip on top: menu, till and operator, and how printer, net, unsent, disk and clock are."""

from typing import NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.theme import icons, lettering
from pos_app.ui.theme.theme import Theme, theme_of
from pos_app.ui.widgets.base import Painted, announce, named


class _Cell(NamedTuple):
    caption: str = ""
    word: str = ""
    icon: str = ""
    level: str = "fine"


def under_line(painter: QPainter, part: QWidget, theme: Theme) -> None:
    """The line under the strip, drawn by each part so that the whole height can be pressed."""
    thin = theme.tokens.divider_px
    token = "practice" if theme.practice else "line"
    painter.fillRect(QRect(0, part.height() - thin, part.width(), thin), theme.colour(token))


class StripPart(QAbstractButton):
    """Something of the strip that can be pressed: two lines, an icon, a thin line at its left."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._cell = _Cell()
        self.divided = "left"
        named(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set(self, cell: _Cell) -> bool:
        """Show it; True if the level has risen (which is announced once)."""
        if cell == self._cell:
            return False
        order = ("fine", "amber", "red")
        risen = order.index(cell.level) > order.index(self._cell.level)
        self._cell = cell
        said = f"{cell.caption} {cell.word}".strip()
        level = {"amber": tr("살펴봐 주세요"), "red": tr("지금 고쳐 주세요")}.get(cell.level, "")
        self.setAccessibleName(said)
        self.setAccessibleDescription(level)
        self.updateGeometry()
        self.update()
        return risen

    def level(self) -> str:
        return self._cell.level

    def word(self) -> str:
        return self._cell.word

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def px(self, length: int) -> int:
        """The strip grows with the type to 125 % only."""
        return round(length * self.theme.metrics.strip_scale)

    def _icon(self) -> str:
        return "alert" if self._cell.level != "fine" else self._cell.icon

    def sizeHint(self) -> QSize:
        small, big = self._sizes()
        words = lettering.width_of(self._cell.word, big, True)
        if small:
            words = max(words, lettering.width_of(self._cell.caption, small, self.theme.bold()))
        icon = 34 if self._icon() else 0
        return QSize(words + icon + 26, self.theme.metrics.strip_height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _sizes(self) -> tuple[int, int]:
        if not self._cell.caption:
            return 0, self.px(18)
        clock = self.objectName() == "strip_clock"
        return self.px(15), self.px(20 if clock else 15)

    def _colours(self) -> tuple[str, str, str]:
        """Ground, caption, word."""
        if self.isDown():
            return "primary_press", "white", "white"
        if self._cell.level == "red":
            return "danger", "white", "white"
        if self._cell.level == "amber":
            return "warn_soft", "warn", "warn"
        if self.theme.practice:
            return "practice", "white", "white"
        return "surface", "ink3", "ink"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, caption_ink, word_ink = self._colours()
        painter.fillRect(self.rect(), self.theme.colour(ground))
        self._paint_divider(painter)
        x = 14
        if icon := self._icon():
            px = 22
            picture = icons.pixmap(icon, self.theme.hex(word_ink), px, self.devicePixelRatioF())
            painter.drawPixmap(x, (self.height() - px) // 2, picture)
            x += 32
        self._paint_words(painter, x, caption_ink, word_ink)
        painter.end()

    def _paint_words(self, painter: QPainter, x: int, caption_ink: str, word_ink: str) -> None:
        small, big = self._sizes()
        tall = lettering.line_height(small) + lettering.line_height(big)
        top = (self.height() - tall) // 2
        box = QRect(x, top, self.width() - x, tall)
        bold = self.theme.bold()
        if small:
            caption = self.theme.colour(caption_ink)
            lettering.write_lines(painter, (self._cell.caption,), box, small, bold, caption)
        box.setTop(top + lettering.line_height(small))
        lettering.write_lines(painter, (self._cell.word,), box, big, True, self.theme.colour(word_ink))

    def _paint_divider(self, painter: QPainter) -> None:
        thin = self.theme.tokens.divider_px
        x = 0 if self.divided == "left" else self.width() - thin
        token = "white" if self.theme.practice and self._cell.level == "fine" else "line"
        painter.fillRect(QRect(x, 0, thin, self.height()), self.theme.colour(token))
        under_line(painter, self, self.theme)


class _MenuPart(StripPart):
    """The menu key at the left: icon over word."""

    def sizeHint(self) -> QSize:
        return QSize(self.px(72), self.theme.metrics.strip_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, _, ink = self._colours()
        painter.fillRect(self.rect(), self.theme.colour(ground))
        self._paint_divider(painter)
        px, word = 24, self.px(15)
        tall = px + lettering.line_height(word)
        top = (self.height() - tall) // 2
        picture = icons.pixmap("menu", self.theme.hex(ink), px, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - px) // 2, top, picture)
        box = QRect(0, top + px, self.width(), self.height())
        middle = lettering.AT_CENTRE
        words = (self._cell.word,)
        lettering.write_lines(painter, words, box, word, True, self.theme.colour(ink), middle)
        painter.end()


class _TitlePart(Painted):
    """Till and operator, market and day; in practice it says so instead."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self.title, self.subtitle = "", ""
        self.setObjectName("strip_title")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.theme.metrics.strip_height)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        practice, colour = self.theme.practice, self.theme.colour
        painter.fillRect(self.rect(), colour("practice" if practice else "surface"))
        under_line(painter, self, self.theme)
        scale = self.theme.metrics.strip_scale
        small, bold = round(15 * scale), self.theme.bold()
        big = round((22 if practice else 18) * scale)
        ink, soft = colour("white" if practice else "ink"), colour("white" if practice else "ink2")
        if practice:
            base = (self.height() - lettering.line_height(big)) // 2 + lettering.first_base(big, True)
            lettering.write(painter, self.title, 16, base, big, True, ink)
            x = 16 + lettering.width_of(self.title, big, True) + 16
            body = round(18 * scale)
            if x + lettering.width_of(self.subtitle, body, bold) <= self.width():
                lettering.write(painter, self.subtitle, x, base, body, bold, soft)
        else:
            tall = lettering.line_height(big) + lettering.line_height(small)
            box = QRect(16, (self.height() - tall) // 2, self.width() - 20, tall)
            lettering.write_lines(painter, (self.title,), box, big, True, ink)
            box.setTop(box.top() + lettering.line_height(big))
            shown = self._fitting(small, bold, box.width())
            lettering.write_lines(painter, (shown,), box, small, bold, soft)
        painter.end()

    def _fitting(self, px: int, bold: bool, room: int) -> str:
        """Whole parts of the subtitle only: what has no room is left out, not cut."""
        parts = self.subtitle.split(" · ")
        while len(parts) > 1 and lettering.width_of(" · ".join(parts), px, bold) > room:
            parts.pop()
        return " · ".join(parts)


class Strip(Painted):
    """`menu()` and `cell(name)` when pressed. Cells stand in the order they are first set."""

    menu = Signal()
    cell = Signal(str)

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent, theme or theme_of(parent))
        named(self, "strip", tr("상태 띠"))
        self._parts: dict[str, StripPart] = {}
        self._menu = _MenuPart("strip_menu", self.theme, self)
        self._menu.divided = "right"
        self._menu.set(_Cell("", tr("메뉴")))
        self._menu.clicked.connect(self.menu)
        self._title = _TitlePart(self, self.theme)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._menu)
        self._row.addWidget(self._title, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(self.theme.metrics.strip_height)
        for part in (self._menu, *self._parts.values()):
            part.updateGeometry()
            part.update()
        super().restyle()

    def set_till(self, title: str, subtitle: str = "") -> None:
        """계산대 2 · 박영지 over 한전 완판장터 · 11-20 (금); in practice, the words for that."""
        self._title.title, self._title.subtitle = title, subtitle
        self._title.setAccessibleName(f"{title}, {subtitle}" if subtitle else title)
        self._title.update()

    def set_cell(self, name: str, caption: str, word: str, icon: str = "", level: str = "fine") -> None:
        """One state: caption and word, an icon; level fine, amber or red. A rise is announced once."""
        part = self._parts.get(name)
        if part is None:
            part = StripPart(f"strip_{name}", self.theme, self)
            part.clicked.connect(lambda: self.cell.emit(name))
            self._parts[name] = part
            self._row.addWidget(part)
        if part.set(_Cell(caption, word, icon, level)):
            announce(part)

    def remove_cell(self, name: str) -> None:
        """A state that is no longer shown."""
        part = self._parts.pop(name, None)
        if part is not None:
            part.hide()
            part.deleteLater()

    def part(self, name: str) -> StripPart:
        """The part of a cell, or "menu"."""
        return self._menu if name == "menu" else self._parts[name]
