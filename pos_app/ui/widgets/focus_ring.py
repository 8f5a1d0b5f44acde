"""The focus ring: one overlay that follows the keyboard's focus, hidden while fingers work."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted

RING = 6  # 3 px inner + 3 px outer, outside the control
_SHOWS = frozenset({QEvent.Type.KeyPress})
_HIDES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
_MOVES = frozenset(
    {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Hide, QEvent.Type.Show, QEvent.Type.LayoutRequest}
)


class FocusRing(Painted):
    """Give it the window; it finds the rest. A widget may say where its ring goes: `focus_rect()`."""

    def __init__(self, window: QWidget, theme: Theme | None = None) -> None:
        super().__init__(window, theme)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._keys = False
        self._watched: QWidget | None = None
        self._over = window
        window.installEventFilter(self)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def keyboard_used(self) -> None:
        """Keys are being pressed: show the ring."""
        if not self._keys:
            self._keys = True
            self._follow()

    def finger_used(self) -> None:
        """The screen was touched: no ring."""
        self._keys = False
        self.hide()

    def show_around(self, target: QWidget) -> None:
        """The ring round a control at once, whatever has the focus."""
        self._keys, self._watched = True, target
        self._follow()

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            if isinstance(self._watched, QAbstractItemView):
                self._watched.viewport().removeEventFilter(self)
        self._watched = new if new is not None and new.window() is self.window() else None
        if self._watched is not None:
            self._watched.installEventFilter(self)
            if isinstance(self._watched, QAbstractItemView):
                self._watched.viewport().installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not hasattr(self, "_over"):
            return False  # the window is being taken down: Qt still asks, Python's half is gone
        kind = event.type()
        if kind in _SHOWS:
            self.keyboard_used()
        elif kind in _HIDES:
            self.finger_used()
        elif watched is self._over:
            if kind == QEvent.Type.Show:
                self._watch_native_window()
        elif kind in _MOVES or kind == QEvent.Type.Paint:
            self._follow()
        return False

    def _watch_native_window(self) -> None:
        """Presses anywhere in the window pass there first, whatever is under the finger."""
        native = self._over.window().windowHandle()
        if native is not None:
            native.installEventFilter(self)

    def _follow(self) -> None:
        target = self._watched
        if target is None or not self._keys or not target.isVisible():
            self.hide()
            return
        box = self._box_of(target)
        if box is None:
            self.hide()
            return
        around = box.adjusted(-RING, -RING, RING, RING)
        if around != self.geometry():
            self.setGeometry(around)
        if not self.isVisible():
            self.show()
            self.raise_()
        elif self._over.children()[-1] is not self:
            self.raise_()

    def _box_of(self, target: QWidget) -> QRect | None:
        """The control's rectangle in the window; of a list, the current row's."""
        holder: QWidget | None = target
        while holder is not None and holder is not self.window():
            own = getattr(holder, "focus_rect", None)
            if own is not None and (holder is target or holder.focusProxy() is target):
                box = own()
                return QRect(holder.mapTo(self.window(), box.topLeft()), box.size()) if box else None
            holder = holder.parentWidget()
        return QRect(target.mapTo(self.window(), QPoint(0, 0)), target.size())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect())
        for inset, token, radius in ((1.5, "focus_out", 13), (4.5, "focus_in", 10)):
            painter.setPen(QPen(self.theme.colour(token), 3))
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()
