"""Questions over a shaded window: a title, one sentence, verbs as answers. Esc leaves all as it was."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from pos_app.ui.theme import drawing
from pos_app.ui.theme.theme import Theme, theme_of
from pos_app.ui.widgets.base import named
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.scrim import Scrim
from pos_app.ui.widgets.words import Words


class Dialog(QDialog):
    """A panel inside its window. Put widgets into `body`, keys with `add_key`.

    `open_over()` shows it; `left` when given up (Esc), `closed` in every case, after which the
    focus is back where it was and the dialog deletes itself. `width`: at 100 % type, px.
    """

    left = Signal()
    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        title: str,
        sentence: str = "",
        name: str = "dialog",
        width: int = 520,
        theme: Theme | None = None,
    ) -> None:
        self._scrim = Scrim(window.window(), theme)
        super().__init__(self._scrim)
        self.theme = theme or theme_of(window)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setAutoFillBackground(False)
        self._asked_width = width
        self._opener: QWidget | None = None
        self._first: QWidget | None = None
        named(self, name, title, sentence)
        self.title = Words(title, "title", True, name=f"{name}_title", parent=self, theme=theme)
        self.sentence = Words(sentence, "body", ink="ink2", name=f"{name}_sentence", parent=self, theme=theme)
        self.sentence.setVisible(bool(sentence))
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 24, 26, 26)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body, 1)
        column.addSpacing(8)
        self.keys = QHBoxLayout()
        self.keys.setSpacing(12)
        column.addLayout(self.keys)
        self.theme.changed.connect(self.place)

    def add_key(self, key: Key, stretch: int = 1) -> Key:
        """One more answer at the foot, from left to right."""
        key.setFixedHeight(self.theme.metrics.key_px(72))
        self.keys.addWidget(key, stretch)
        return key

    def open_over(self, first: QWidget | None = None) -> None:
        """Show it; the focus goes to `first`, else to the first control in it."""
        self._opener = QApplication.focusWidget()
        self._first = first
        self._scrim.installEventFilter(self)
        self._scrim.show()
        self._scrim.raise_()
        self.show()
        self.place()
        inside = self._controls()
        target = first or (inside[0] if inside else self)
        target.setFocus(Qt.FocusReason.PopupFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """QDialog would centre itself on the screen; the place is ours."""
        self.place()

    def event(self, event: QEvent) -> bool:
        """What has grown, such as a field that says what is wrong, is given its room at once."""
        heard = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.place()
        return heard

    def place(self) -> None:
        """In the middle of the window, as tall as it needs."""
        room = self._scrim.rect()
        asked = self.theme.metrics.px(self._asked_width)
        wide = min(max(asked, self.minimumSizeHint().width()), 880, room.width() - 32)
        layout = self.layout()
        tall = layout.totalHeightForWidth(wide) if layout is not None else 200
        if tall <= 0:
            tall = self.sizeHint().height()
        tall = min(tall, room.height() - 32)
        self.setGeometry((room.width() - wide) // 2, (room.height() - tall) // 2, wide, tall)

    def leave(self) -> None:
        """Nothing has happened."""
        self.left.emit()
        self.shut()

    def shut(self) -> None:
        """Close; the focus returns to the opener."""
        opener, self._opener = self._opener, None
        focus = QApplication.focusWidget()
        if focus is not None and self._scrim.isAncestorOf(focus):
            focus.clearFocus()  # what is typed next is not for a dialog that is gone
        self._scrim.hide()
        if opener is not None and isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        QTimer.singleShot(0, self._scrim, self._scrim.deleteLater)  # what comes in its place is painted first

    def accept(self) -> None:
        self.shut()

    def reject(self) -> None:
        self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            event.accept()  # nothing under the shade hears it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._scrim and event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside."""
        inside = self._controls()
        if not inside:
            return False
        now = QApplication.focusWidget()
        at = inside.index(now) if now in inside else (-1 if forward else 0)
        step = 1 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        inside[(at + step) % len(inside)].setFocus(reason)
        return True

    def _controls(self) -> list[QWidget]:
        """What can have the focus in here, in the order of the focus chain."""
        found: list[QWidget] = []
        at = self.nextInFocusChain()
        while at is not None and at is not self:
            tabbed = bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus) and at.focusProxy() is None
            if tabbed and self.isAncestorOf(at) and at.isVisibleTo(self) and at.isEnabled():
                found.append(at)
            at = at.nextInFocusChain()
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge = self.theme.colour("surface"), self.theme.colour("edge")
        drawing.framed(painter, QRectF(self.rect()), 12, ground, edge, 2)
        painter.end()


def ask(
    window: QWidget,
    title: str,
    sentence: str,
    safe: str,
    act: str,
    on_act: Callable[[], object],
    on_safe: Callable[[], object] | None = None,
    *,
    danger: bool = False,
    icon: str | None = None,
    name: str = "ask",
    theme: Theme | None = None,
) -> Dialog:
    """Ask between two verbs; the safe one has the focus and is what Esc means.

    With `danger` the safe verb is the filled one, and what F12 presses.
    """
    dialog = Dialog(window, title, sentence, name, theme=theme)
    keep = dialog.add_key(Key(safe, None, "primary" if danger else "plain", f"{name}_safe", dialog, theme=theme))
    role = "danger" if danger else "primary"
    go = dialog.add_key(Key(act, icon, role, f"{name}_act", dialog, theme=theme))

    def acted() -> None:
        dialog.shut()
        on_act()

    keep.clicked.connect(dialog.leave)
    go.clicked.connect(acted)
    if on_safe is not None:
        dialog.left.connect(on_safe)
    dialog.open_over(keep)
    return dialog
