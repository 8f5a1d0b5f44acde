"""The customer's screen as one painted widget: it never takes the focus and knows no type scale."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.customer_display.face import Face
from pos_app.ui.customer_display.painter import FacePainter
from pos_app.ui.theme.theme import Theme

SMALL = (640, 400)


class DisplayWindow(QWidget):
    """`show_face` draws anew only when something on it changed; `failed` hears of a bug in the drawing."""

    def __init__(self, theme: Theme, failed: Callable[[], None]) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus
        super().__init__(None, flags)
        self.theme = theme
        self.paints = 0
        self.shut_by_hand = False
        self._failed = failed
        self._face: Face | None = None
        self._code: tuple[str, tuple[bytes, ...]] = ("", ())
        self._on: QScreen | None = None
        self.setObjectName("customer_display")
        self.setWindowTitle(tr("손님 화면"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)

    @property
    def face(self) -> Face | None:
        """What is shown."""
        return self._face

    def stand_on(self, screen: QScreen | None, own: QScreen) -> bool:
        """Fill the second screen; without one, a small window that can be moved there by hand.

        Whether it was shown anew.
        """
        if self.isVisible() and self._on is screen:
            return False
        self._on = screen
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint, screen is not None)
        if screen is not None:
            self.setScreen(screen)
            self.setGeometry(screen.geometry())
            self.showFullScreen()
        else:
            self.resize(*SMALL)
            room = own.availableGeometry()
            self.move(room.left() + 16, room.bottom() - SMALL[1] - 16)
            self.showNormal()
        return True

    def show_face(self, face: Face) -> None:
        """Another face."""
        if face == self._face:
            return
        self._face = face
        self.setAccessibleName(tr("손님 화면"))
        self.setAccessibleDescription(face.spoken())
        self.update()

    def set_code(self, account: str, modules: tuple[bytes, ...]) -> None:
        """The QR code of this account is made."""
        self._code = (account, modules)
        if self._face is not None and self._face.account == account:
            self.update()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Somebody shut it: it stays away until the setting or the screens change."""
        self.shut_by_hand = event.spontaneous()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paints += 1
        painter = QPainter(self)
        try:
            self._paint(painter)
        except Exception:  # the till goes on without this screen
            self._failed()
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self.theme.colour("bg"))
        if self._face is None:
            return
        account, modules = self._code
        code = modules if account == self._face.account else ()
        FacePainter(painter, self.theme, self.rect()).draw(self._face, code)
