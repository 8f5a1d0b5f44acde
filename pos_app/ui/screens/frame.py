"""The frame of every screen: work at the left, panel at the right, the corner key at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui.screens.tab_order import tab_order
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from pos_app.ui.screens.desk import Desk
    from pos_app.ui.screens.house import House
    from pos_app.ui.theme.metrics import Metrics
    from pos_app.ui.theme.theme import Theme

PANEL_PADDING = 16


class Ground(QWidget):
    """A plain surface in a colour role, with divider lines on the sides named in `lines` (l t r b)."""

    def __init__(self, theme: Theme, role: str, lines: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.role, self.lines = role, lines
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour(self.role))
        wide, high = self.width(), self.height()
        px = self.theme.tokens.divider_px
        line: QColor = self.theme.colour("line")
        sides = {
            "l": QRect(0, 0, px, high),
            "r": QRect(wide - px, 0, px, high),
            "t": QRect(0, 0, wide, px),
            "b": QRect(0, high - px, wide, px),
        }
        for side in self.lines:
            painter.fillRect(sides[side], line)
        painter.end()


class Screen(QWidget):
    """One page. A corner key always lies bottom right; in one pane it is the foot, beside the side key.

    Subclasses fill `work` and `panel_body` and override the handlers. `panel_width` 0 is the sale panel's.
    """

    name = "screen"
    panel_lead = 0  # px of a panel that is not the sale panel; 0: metrics.panel_width
    has_corner = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.theme = desk.theme
        self.setObjectName(self.name)
        self._side_open = False
        self._toast: Toast | None = None
        self.work = Ground(self.theme, "bg", parent=self)
        self.panel = Ground(self.theme, "surface", parent=self)
        self.panel_body = QWidget(self.panel)
        self.side_key = Key("", "receipt", "plain", f"{self.name}.side", self)
        self.corner = Key("", None, "corner", f"{self.name}.corner", self)
        self.side_key.clicked.connect(self.toggle_side)
        self.corner.clicked.connect(self.press_corner)
        self.corner.setVisible(self.has_corner)
        self.theme.changed.connect(self.relayout)

    # what subclasses override

    @staticmethod
    def read_ahead(house: House) -> object:
        """What the screen shows first, read on another thread, for `take_ahead`; None when that is nothing."""
        return None

    def take_ahead(self, ahead: object) -> None:
        """What was read ahead, or None."""

    def enter(self) -> None:
        """Shown again: read what may have changed, put the focus where it belongs."""

    def leave(self) -> None:
        """Another screen comes."""

    def tick(self) -> None:
        """Once a second while it is shown."""

    def found_more(self) -> None:
        """The search knows the whole catalogue now, or what was changed in it."""

    def press_corner(self) -> None:
        """F12, or the corner key itself."""

    def press_key(self, event: QKeyEvent) -> bool:
        """A key of the whole screen; True when it was taken."""
        return False

    def scanned(self, text: str) -> None:
        """A scanned code: by default the sale goes on with it."""
        self.desk.go("selling").scanned(text)

    def step_back(self) -> bool:
        """Esc: one step back; True when there was one inside the screen."""
        if self.metrics.one_pane and self._side_open:
            self.toggle_side()
            return True
        return False

    def undo(self) -> bool:
        """Ctrl+Z; True when something was taken back."""
        return False

    def side_words(self, opened: bool) -> str:
        """The side key's word in one pane: opens the panel in place of the work, and back."""
        return ""

    def first_focus(self) -> QWidget | None:
        """Where the focus goes."""
        return None

    # layout

    @property
    def metrics(self) -> Metrics:
        """The window's sizes."""
        return self.theme.metrics

    def column(self, parent: QWidget, gap: int = 12, margin: int = 0) -> QVBoxLayout:
        """An empty column layout."""
        box = QVBoxLayout(parent)
        box.setContentsMargins(margin, margin, margin, margin)
        box.setSpacing(gap)
        return box

    def panel_px(self) -> int:
        """How wide the panel is."""
        if not self.panel_lead:
            return self.metrics.panel_width
        return max(self.panel_lead, round(self.panel_lead * (1 + (self.metrics.scale - 1) * 0.6)))

    def focus_first(self) -> None:
        """Give the focus to where work begins."""
        target = self.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_side(self) -> None:
        """In one pane: the panel in place of the work, or back."""
        self._side_open = not self._side_open
        self.relayout()

    def toast(self) -> Toast:
        """The toast of this screen, over its work area."""
        if self._toast is None:
            self._toast = Toast(self.work)
        return self._toast

    def refresh_side(self) -> None:
        """The side key's word may have changed with what the screen shows."""
        if self.metrics.one_pane and self.side_key.isVisible():
            self.side_key.setText(self.side_words(self._side_open))

    def close_side(self) -> None:
        """The work in front again."""
        if self._side_open:
            self.toggle_side()

    def one_column(self) -> bool:
        """Whether work and panel take turns."""
        return self.metrics.one_pane

    def relayout(self) -> None:
        """Place work, panel and corner key."""
        if self.one_column():
            self._lay_one_pane()
        else:
            self._lay_two_panes()
        self.arrange()
        self.corner.raise_()
        self.side_key.raise_()

    def arrange(self) -> None:
        """After work and panel have their rectangles; for screens that change shape with the window."""

    def controls(self) -> list[QWidget]:
        """What Tab goes through: work, panel, then the corner key."""
        found = tab_order(self.work) + tab_order(self.panel)
        rest = [key for key in (self.side_key, self.corner) if key.isVisible()]
        return [widget for widget in found if widget not in rest] + rest

    def _lay_two_panes(self) -> None:
        wide, high, panel = self.width(), self.height(), self.panel_px()
        left_handed = self.desk.left_handed()
        panel_x = 0 if left_handed else wide - panel
        self.panel.lines = "r" if left_handed else "l"
        self.panel.setVisible(True)
        self.work.setVisible(True)
        self.side_key.setVisible(False)
        self.work.setGeometry(panel if left_handed else 0, 0, wide - panel, high)
        self.panel.setGeometry(panel_x, 0, panel, high)
        corner = self.metrics.corner_height if self.has_corner else 0
        foot = corner + PANEL_PADDING if corner else 0
        self.corner.setGeometry(
            panel_x + PANEL_PADDING, high - PANEL_PADDING - corner, panel - 2 * PANEL_PADDING, corner
        )
        self.panel_body.setGeometry(0, 0, panel, high - foot)

    def _lay_one_pane(self) -> None:
        wide, high, pad = self.width(), self.height(), self.metrics.padding
        corner = self.metrics.corner_height if self.has_corner else 0
        words = self.side_words(self._side_open)
        side = max(56, round(wide * 0.238)) if words else 0
        self.side_key.setVisible(bool(words))
        if words:
            self.side_key.setText(words)
            self.side_key.set_icon("left" if self._side_open else "receipt")
        top = high - (pad + corner if corner else 0)
        gap = side + 12 if side else 0
        corner_box = QRect(pad + gap, top, wide - 2 * pad - gap, corner)
        side_box = QRect(pad, top, side, corner)
        if self.desk.left_handed():
            corner_box.moveLeft(pad)
            side_box.moveLeft(wide - pad - side)
        self.corner.setGeometry(corner_box)
        self.side_key.setGeometry(side_box)
        body = QRect(0, 0, wide, top)
        self.panel.lines = "b"
        self.panel.setGeometry(body)
        self.panel_body.setGeometry(0, 0, wide, top)
        self.work.setGeometry(0, 0, wide, top)
        self.panel.setVisible(self._side_open)
        self.work.setVisible(not self._side_open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relayout()

    def sizeHint(self) -> QSize:
        return QSize(1024, 644)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("bg"))
        painter.end()
