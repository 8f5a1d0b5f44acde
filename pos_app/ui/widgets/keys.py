"""Keys: what is pressed. Drawn with a 2 px edge and a thick foot; words wrap, nothing is cut."""

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.theme import drawing, icons, lettering
from pos_app.ui.theme.theme import Theme, theme_of
from pos_app.ui.widgets.base import named
from pos_app.ui.widgets.keepsake import Keepsake

BUSY_AFTER_MS = 400  # shorter waits are not worth a word


class _Role(NamedTuple):
    """How a kind of key looks at rest: type size, icon px, padding, radius."""

    size: str
    icon_px: int
    padding: int
    radius: int
    filled: str = ""  # token of the ground, for keys that are not white


_ROLES = {
    "plain": _Role("key", 24, 16, 8),
    "chip": _Role("key", 20, 16, 8),
    "danger": _Role("key", 24, 16, 8),
    "danger_filled": _Role("corner", 28, 20, 10, "danger"),
    "corner": _Role("corner", 28, 20, 10, "primary"),
    "primary": _Role("key", 24, 16, 8, "primary"),
    "tender": _Role("key_big", 28, 12, 8),
    "digit": _Role("number_big", 32, 4, 8),
    "pad_word": _Role("number", 32, 4, 8),
    "name": _Role("corner", 36, 22, 8),
    "place": _Role("name", 28, 14, 8),
    "amount": _Role("corner", 24, 8, 8),
    "tool": _Role("key", 24, 8, 8),  # where several share a narrow line
    "bare": _Role("key", 24, 12, 8),  # no box: a word that can be pressed
    "toast": _Role("key", 24, 16, 8),
}


class Key(QPushButton):
    """A key. `clicked` when pressed; `refused(reason)` when pressed while it is off.

    Roles: plain, chip, danger, danger_filled, corner, primary, tender, digit, pad_word, name, place,
    amount, tool, bare, toast. An off key keeps its focus and says why (accessible description).
    """

    refused = Signal(str)

    def __init__(
        self,
        text: str = "",
        icon: str | None = None,
        role: str = "plain",
        name: str = "",
        parent: QWidget | None = None,
        *,
        spoken: str = "",
        detail: str = "",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme or theme_of(parent)
        self._role_name, self._role = role, _ROLES[role]
        self._icon_name, self._side = icon, align
        self._detail, self._detail_above = detail, False
        self._chosen, self._busy = False, False
        self._off: str | None = None
        self._description = self._words = ""
        self._kept = Keepsake()
        self.setAutoDefault(False)
        policy = QSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._busy_wait: QTimer | None = None
        named(self, name, spoken)
        self.setText(text)
        self.theme.changed.connect(self._restyle)

    # -- what it says -----------------------------------------------------------------------

    def setText(self, text: str) -> None:
        """The word on the key, as it is (an ampersand is an ampersand)."""
        if text == self._words:
            return  # a layout and a repaint of nothing new
        self._words = text
        super().setText(text.replace("&", "&&"))
        self._restyle()

    def set_icon(self, icon: str | None) -> None:
        """Another icon (a name of resources/icons), or none."""
        if icon == self._icon_name:
            return
        self._icon_name = icon
        self._restyle()

    def set_detail(self, text: str, above: bool = False) -> None:
        """A small second line: under the word, or above it."""
        if (text, above) == (self._detail, self._detail_above):
            return
        self._detail, self._detail_above = text, above
        self._restyle()

    def set_role(self, role: str) -> None:
        """Another kind of key."""
        if role == self._role_name:
            return
        self._role_name, self._role = role, _ROLES[role]
        self._restyle()

    def role(self) -> str:
        return self._role_name

    # -- its states -------------------------------------------------------------------------

    def set_chosen(self, chosen: bool) -> None:
        """One of several that is taken now."""
        if chosen == self._chosen and self.isCheckable():
            return
        self._chosen = chosen
        self.setCheckable(True)  # a choice: "chosen" reaches screen readers as checked
        self.setChecked(chosen)
        self.update()

    def is_chosen(self) -> bool:
        return self._chosen

    def set_off(self, reason: str | None) -> None:
        """Off, with the reason in one sentence ("" if it shows beside it); None: on again."""
        self.blockSignals(False)
        if reason == self._off:
            return
        self._off = reason
        self.setAccessibleDescription(reason or self._description)
        self.setToolTip(reason or "")
        self.update()

    def off_reason(self) -> str | None:
        """Why it is off; None when it is not."""
        return self._off

    def set_description(self, text: str) -> None:
        """What a screen reader adds to the name while the key is on."""
        self._description = text
        if self._off is None:
            self.setAccessibleDescription(text)

    def set_busy(self, busy: bool) -> None:
        """Working on it: presses are ignored, words change if it takes longer than 400 ms."""
        self._busy = busy
        if busy:
            if self._busy_wait is None:
                self._busy_wait = QTimer(self)
                self._busy_wait.setSingleShot(True)
                self._busy_wait.timeout.connect(self.update)
            self._busy_wait.start(BUSY_AFTER_MS)
        elif self._busy_wait is not None:
            self._busy_wait.stop()
        self.update()

    def is_busy(self) -> bool:
        return self._busy

    def busy_for_picture(self) -> None:
        """The busy look at once, without the wait."""
        if self._busy_wait is not None:
            self._busy_wait.stop()
        self.update()

    def nextCheckState(self) -> None:
        """Runs before `clicked` on every way to press: the place to refuse."""
        if self._off is None and not self._busy:
            return  # the check mark follows set_chosen only
        if self._off is not None:
            self.refused.emit(self._off)
        self.blockSignals(True)  # no `clicked`; only until the press is over
        QTimer.singleShot(0, self, self._hear_again)

    def _hear_again(self) -> None:
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    # -- measures ---------------------------------------------------------------------------

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _type(self) -> tuple[int, bool]:
        return self.theme.metrics.type_px(self._role.size), True

    def _least_height(self) -> int:
        metrics = self.theme.metrics
        if self._role_name in ("corner", "danger_filled"):
            return metrics.corner_height
        if self._role_name in ("tender", "amount"):
            return metrics.tender_height
        if self._on_pad():
            return metrics.pad_key_height
        if self._role_name == "name":
            return metrics.px(100)
        if self._role_name == "place":
            return metrics.px(64)
        return metrics.key_height

    def _icon_px(self) -> int:
        metrics = self.theme.metrics
        return round(self._role.icon_px * min(metrics.scale, 1.5)) if self._icon_name else 0

    def _icon_room(self) -> int:
        if not self._icon_name:
            return 0
        gap = 16 if self._role_name == "name" else 10
        return self._icon_px() + (gap if self._words or self._detail else 0)

    def _detail_px(self) -> int:
        return self.theme.type_px("body" if self._role_name == "name" else "caption")

    def _one_line_width(self, words: str) -> int:
        px, bold = self._type()
        wide = lettering.width_of(words, px, bold) if words else 0
        if self._detail:
            detail_bold = self._role_name != "name"
            wide = max(wide, lettering.width_of(self._detail, self._detail_px(), detail_bold))
        return wide + self._icon_room() + 2 * self._role.padding + 2

    def sizeHint(self) -> QSize:
        wide = max(self._one_line_width(self._words), self._least_height() if not self._words else 56)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        px, bold = self._type()
        longest = max((lettering.width_of(word, px, bold) for word in self._words.split()), default=0)
        wide = min(longest, px * 6) + self._icon_room() + 2 * self._role.padding + 2
        return QSize(max(56, min(wide, self.sizeHint().width())), self._least_height())

    def heightForWidth(self, width: int) -> int:
        px, bold = self._type()
        room = width - 2 * self._role.padding - self._icon_room()
        tall = lettering.block_height(self._words, px, bold, room) if self._words else 0
        if self._detail:
            tall += lettering.line_height(self._detail_px())
        return max(self._least_height(), tall + 16)

    # -- drawing ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._kept.paint(painter, 0, 0, self.size(), self._look(), self._draw)
        painter.end()

    def _look(self) -> tuple[object, ...]:
        """All that decides how it is drawn."""
        state = (self.isDown(), self._off is not None, self._chosen)
        said = (*self._face(), self._detail, self._detail_above)
        shape = (self.width(), self.height(), self._role_name, self.theme.generation)
        return (*state, *said, *shape)

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, inner = self._paint_box(painter)
        self._paint_face(painter, ink, inner)

    def _paint_box(self, painter: QPainter) -> tuple[str, QRectF]:
        """The box in its state; the token of the ink on it and the inner rectangle."""
        colour, box = self.theme.colour, QRectF(self.rect())
        radius = self._role.radius
        filled = self._filled()
        if self._off is not None:
            return "ink3", drawing.dashed(painter, box, radius, colour("sunken"), colour("edge"))
        if self._role_name == "toast":
            drawing.framed(painter, box, radius, colour("badge"), colour("white"))
            if self.isDown():
                drawing.fill_round(painter, box, radius, colour("primary_press"))
            return "on_badge", box
        if self.isDown():
            edge = colour("primary_press") if filled or self._role_name == "bare" else colour("edge")
            return "white", drawing.pressed(painter, box, radius, colour("primary_press"), edge)
        if self._chosen:
            ground, edge = colour("primary_soft"), colour("primary")
            return "ink", drawing.chosen(painter, box, radius, ground, edge)
        if self._role_name == "bare":
            return "ink", box
        if filled:
            edge = colour("primary_press") if filled == "primary" else colour(filled)
            return "white", drawing.raised(painter, box, radius, colour(filled), edge)
        danger = self._role_name == "danger"
        edge = colour("danger" if danger else "edge")
        inner = drawing.raised(painter, box, radius, colour("surface"), edge)
        return ("danger" if danger else "ink"), inner

    def _filled(self) -> str:
        if self._role.filled == "primary" and self._role_name == "corner" and self.theme.practice:
            return "practice"
        return self._role.filled

    def _paint_face(self, painter: QPainter, ink: str, inner: QRectF) -> None:
        words, icon = self._face()
        px, bold = self._type()
        role = self._role
        icon_px = round(role.icon_px * min(self.theme.metrics.scale, 1.5)) if icon else 0
        gap = 16 if self._role_name == "name" else 10
        icon_room = icon_px + (gap if words or self._detail else 0) if icon else 0
        spare = -4 if self._on_pad() else 4
        room = max(1, self.width() - 2 * role.padding - icon_room + spare)
        px, lines = self._fitting(words, px, room)
        detail_px = self._detail_px() if self._detail else 0
        detail_bold = self.theme.bold(self._role_name != "name")
        wide = max((lettering.width_of(line, px, bold) for line in lines), default=0)
        tall = len(lines) * lettering.line_height(px)
        if self._detail:
            wide = max(wide, lettering.width_of(self._detail, detail_px, detail_bold))
            tall += lettering.line_height(detail_px) + 2
        group = min(wide, room) + icon_room
        left = role.padding + (max(0, self.width() - 2 * role.padding - group) // 2 if self._centred() else 0)
        top = round(inner.center().y() - tall / 2)
        if icon:
            self._paint_icon(
                painter, icon, ink, icon_px, QPoint(left, round(inner.center().y() - icon_px / 2))
            )
        text_box = QRect(left + icon_room, top, max(wide, 1), tall)
        self._paint_words(painter, text_box, lines, px, ink, detail_px, detail_bold)

    def _face(self) -> tuple[str, str | None]:
        """Word and icon just now: while busy a clock, and so in words where there is room."""
        if not self._busy or (self._busy_wait is not None and self._busy_wait.isActive()):
            return self._words, self._icon_name
        said = tr("저장하는 중…")
        room = self.width() - 2 * self._role.padding - self._role.icon_px - 10
        fits = lettering.width_of(said, self._type()[0], True) <= room
        return (said if fits else ""), "clock"

    def _centred(self) -> bool:
        return bool(self._side & Qt.AlignmentFlag.AlignHCenter)

    def _fitting(self, words: str, px: int, room: int) -> tuple[int, tuple[str, ...]]:
        """Lines that fit the key's height; the type shrinks only where a grid leaves no room for a word."""
        if not words:
            return px, ()
        detail = lettering.line_height(self._detail_px()) if self._detail else 0
        while True:
            lines = lettering.lines_of(words, px, True, room)
            tall = len(lines) * lettering.line_height(px) + detail
            whole = all(lettering.width_of(word, px, True) <= room for word in words.split())
            fits = whole and tall <= self.height() - 6 and (not self._on_pad() or len(lines) == 1)
            if fits or px <= 15:
                return px, lines
            px -= 1

    def _on_pad(self) -> bool:
        """Keys of the number pad keep their words on one line."""
        return self._role_name in ("digit", "pad_word")

    def _paint_icon(self, painter: QPainter, icon: str, ink: str, px: int, at: QPoint) -> None:
        picture = icons.pixmap(icon, self.theme.hex(ink), px, self.devicePixelRatioF())
        painter.drawPixmap(at, picture)

    def _paint_words(
        self,
        painter: QPainter,
        box: QRect,
        lines: tuple[str, ...],
        px: int,
        ink: str,
        detail_px: int,
        detail_bold: bool,
    ) -> None:
        colour = self.theme.colour(ink)
        side = Qt.AlignmentFlag.AlignHCenter if self._centred() else Qt.AlignmentFlag.AlignLeft
        words_tall = len(lines) * lettering.line_height(px)
        words_box, detail_box = QRect(box), QRect(box)
        if self._detail_above:
            words_box.setTop(box.top() + lettering.line_height(detail_px) + 2)
        else:
            detail_box.setTop(box.top() + words_tall + 2)
        lettering.write_lines(painter, lines, words_box, px, True, colour, side)
        if self._detail:
            soft = ink if ink in ("white", "on_badge", "ink3") or detail_bold else "ink2"
            shown = (self._detail,)
            tint = self.theme.colour(soft)
            lettering.write_lines(painter, shown, detail_box, detail_px, detail_bold, tint, side)
