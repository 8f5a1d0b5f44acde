"""A word in passing at the bottom left: what happened, and 되돌리기 while it can be undone."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.theme import drawing, icons
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted, announce
from pos_app.ui.widgets.clear_spot import Ground, pressable
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words

UNDO_MS = 10_000
PLAIN_MS = 4_000
FADE_MS = 120
LEAST_WIDE = 240
NARROWER = (480, 400, 320, 260)
SIDES, LEAST_WORDS = 88, 64


class Toast(Painted):
    """One at a time, over the work area (`parent`), never over the panel. `undone` when taken back.

    At the bottom left; where keys are there, at the nearest place that has none. A press takes it away.
    """

    undone = Signal()
    gone = Signal()

    def __init__(self, parent: QWidget, theme: Theme | None = None) -> None:
        super().__init__(parent, theme)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        self._over = parent
        self._icon = "check"
        self._undo: Callable[[], object] | None = None
        self._text = Words("", "body", ink="on_badge", name="toast_text", parent=self, theme=theme)
        self.undo_key = Key(tr("되돌리기"), "undo", "toast", "toast_undo", self, theme=theme)
        self.undo_key.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(64, 8, 8, 8)
        row.setSpacing(16)
        row.addWidget(self._text, 1)
        row.addWidget(self.undo_key)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._look_again = QTimer(self)  # one look for all that a change of the screen lays out anew
        self._look_again.setSingleShot(True)
        self._look_again.timeout.connect(self._keep_clear)
        parent.installEventFilter(self)
        self.hide()

    def show(
        self,
        text: str = "",
        undo: Callable[[], object] | None = None,
        undo_text: str = "",
        icon: str = "check",
    ) -> None:
        """Say it. With `undo` it stays 10 s and carries the key; without, 4 s."""
        if not text:
            super().show()
            return
        self._undo, self._icon = undo, icon
        self._text.setText(text)
        self.setAccessibleName(text)
        self.undo_key.setText(undo_text or tr("되돌리기"))
        self.undo_key.setVisible(undo is not None)
        self._text.setMinimumHeight(self.theme.metrics.key_height if undo is None else 0)
        side = self.layout()
        if side is not None:
            side.setContentsMargins(64, 8, 8 if undo is not None else 24, 8)
        self._place()
        super().show()
        self.raise_()
        self._look_again.start(0)  # what it told of may just be changing the screen
        self._fade_in()
        announce(self)
        self._timer.start(UNDO_MS if undo is not None else PLAIN_MS)

    def _fade_in(self) -> None:
        if self.theme.reduced_motion:
            return
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", effect)
        fade.setDuration(FADE_MS)
        fade.setStartValue(0.0)
        fade.setEndValue(1.0)
        fade.finished.connect(lambda: self.setGraphicsEffect(None))  # type: ignore[arg-type]
        fade.start()

    def undo(self) -> bool:
        """Take back what the toast told of (also Ctrl+Z); False if there is nothing to."""
        undo, self._undo = self._undo, None
        if undo is None or not self.isVisible():
            return False
        self.dismiss()
        undo()
        self.undone.emit()
        return True

    def dismiss(self) -> None:
        """Go away."""
        self._timer.stop()
        self._undo = None
        if self.isVisible():
            self.hide()
            self.gone.emit()

    def text(self) -> str:
        """What it says, "" when it is not there."""
        return self._text.text() if self.isVisible() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible():
            if event.type() == QEvent.Type.Resize:
                self._place()
            elif event.type() == QEvent.Type.LayoutRequest:
                self._look_again.start(0)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.dismiss()

    def _keep_clear(self) -> None:
        """Move on when a key came to lie under it."""
        if self.isVisible() and any(self.geometry().intersects(key) for key in pressable(self._over, self)):
            self._place()

    def restyle(self) -> None:
        super().restyle()
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        """Home, or where no key is; a narrow place costs the undo key its picture, never its word."""
        parent, metrics = self._over, self.theme.metrics
        home = QPoint(metrics.padding, parent.height() - metrics.padding_y)
        ground = Ground(parent, self)
        for picture in ("undo", None, "undo") if self._undo is not None else ("undo",):
            self.undo_key.set_icon(picture)
            sizes = self._sizes(parent.width() - 2 * metrics.padding)
            spot = ground.clear_spot(sizes, home)
            if spot is not None:
                break
        self.setGeometry(spot or QRect(QPoint(home.x(), home.y() - sizes[0].height()), sizes[0]))

    def _sizes(self, room: int) -> list[QSize]:
        """As wide as the words are, and narrower ones."""
        key, px = self.undo_key, self.theme.metrics.px
        undo = 0 if self._undo is None else key.sizeHint().width()
        key.setMinimumWidth(undo)
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()
        least = max(LEAST_WIDE, SIDES + undo + px(LEAST_WORDS))
        wide = min(room, max(LEAST_WIDE, self.sizeHint().width()))
        return [self._size(width) for width in (wide, *(px(n) for n in NARROWER if least <= px(n) < wide))]

    def _size(self, wide: int) -> QSize:
        layout = self.layout()
        tall = layout.heightForWidth(wide) if layout is not None else 0
        return QSize(wide, max(self.theme.metrics.key_height + 16, tall))

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else QSize(240, 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing.fill_round(painter, QRectF(self.rect()), 10, self.theme.colour("badge"))
        picture = icons.pixmap(self._icon, self.theme.hex("on_badge"), 24, self.devicePixelRatioF())
        painter.drawPixmap(20, (self.height() - 24) // 2, picture)
        painter.end()
