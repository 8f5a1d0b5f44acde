"""The customer's screen: there when a second one is, looking at the till a few times a second."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication

from pos_app.ui.background import run_task

if TYPE_CHECKING:
    from pos_app.ui.customer_display.face import Face, Place
    from pos_app.ui.customer_display.window import DisplayWindow
    from pos_app.ui.shell import Shell

LOOK_MS = 120
SETTING_MS = 1500
log = logging.getLogger(__name__)


class CustomerDisplay(QObject):
    """Watches instead of being told: nothing is done for it between a tap and its picture."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.window: DisplayWindow | None = None
        self._seen: tuple[object, ...] = ()
        self._place: Place | None = None
        self._drawn_for = ""
        self._broken = False
        self._watch = self._every(LOOK_MS, self.look)
        self._setting = self._every(SETTING_MS, self.arrange)

    def _every(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    # as an attendant

    def start(self) -> None:
        """From now on a second screen is noticed, and the setting."""
        app = QApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._screens_changed)
            app.screenRemoved.connect(self._screens_changed)
        self._setting.start()
        self.arrange()

    def renew(self) -> None:
        """Other words, or another house."""
        self._place, self._seen, self._broken = None, (), False
        self.arrange()

    def stop(self) -> None:
        """The window is being shut."""
        app = QApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.disconnect(self._screens_changed)
            app.screenRemoved.disconnect(self._screens_changed)
        self._setting.stop()
        self._put_away()

    def _screens_changed(self, _screen: QScreen) -> None:
        if self.window is not None:
            self.window.shut_by_hand = False
        QTimer.singleShot(0, self, self.arrange)

    # where it is

    def arrange(self) -> None:
        """Open, move or put away, as the setting and the screens say."""
        self._guarded(self._arrange)

    def _arrange(self) -> None:
        if not self._shell.ready or self._broken:
            return
        wanted = self._wanted()
        screen = self._second_screen()
        if wanted == "off" or (wanted == "auto" and screen is None):
            self._put_away()
            return
        if self.window is not None and self.window.shut_by_hand:
            return
        if self.window is None:
            # lazy: most tills have one screen
            from pos_app.ui.customer_display.window import DisplayWindow

            self.window = DisplayWindow(self._shell.theme, self._draw_failed)
            self._seen = ()
            self._watch.start()
        if self.window.stand_on(screen, self._shell.screen()):
            self._shell.activateWindow()  # some systems hand the focus to any new window
        self._look()

    def _wanted(self) -> str:
        try:
            return self._shell.desk.house.settings.get("customer_display") or "auto"
        except KeyError:
            return "auto"

    def _second_screen(self) -> QScreen | None:
        """A screen that the till's window is not on."""
        own = self._shell.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not own]
        apart = [screen for screen in others if screen.geometry() != own.geometry()]
        return apart[0] if apart else None

    def _put_away(self) -> None:
        self._watch.stop()
        if self.window is not None:
            window, self.window = self.window, None
            window.close()
            window.deleteLater()

    # what it shows

    def look(self) -> None:
        """Whether anything is new; only then is anything reckoned, and only what changed is drawn."""
        self._guarded(self._look)

    def _look(self) -> None:
        shell = self._shell
        if self.window is None or not shell.ready:
            return
        till = shell.desk.house.till
        screen = shell.current
        state: tuple[object, ...] = (screen.name, till.cart, getattr(screen, "customer_state", _none)())
        if len(state) == len(self._seen) and all(
            a is b or a == b for a, b in zip(state, self._seen, strict=True)
        ):
            return
        self._seen = state
        face = self._face(screen.name, state[2])
        self.window.show_face(face)
        self._draw_code(face)

    def _face(self, name: str, told: object) -> Face:
        # lazy: only with a second screen
        from pos_app.ui.customer_display import face

        house = self._shell.desk.house
        priced = house.till.priced
        if name == "change" and isinstance(told, face.Given) and not priced.lines:
            return face.change(self._read_place(False), told)
        if not priced.lines or self._shell.gated():
            return face.idle(self._read_place(True))
        taking = told if isinstance(told, face.Taking) else None
        return face.cart(self._read_place(False), priced, taking)

    def _read_place(self, anew: bool) -> Place:
        """Market, till and account; read anew while nobody is served."""
        if self._place is None or anew:
            # lazy: only with a second screen
            from pos_app.ui.customer_display.face import Place

            house = self._shell.desk.house
            day = house.days.current()
            market = day.market if day is not None else house.settings.get("shop_name")
            account = house.settings.get("transfer_account")
            self._place = Place(market, house.register, house.practice, account)
        return self._place

    def _draw_code(self, face: Face) -> None:
        """The account's QR code, made beside the window once for each account."""
        if not face.account or face.account == self._drawn_for:
            return
        account = self._drawn_for = face.account
        run_task(lambda: code_of(account), lambda made: self._take_code(account, made), self._no_code)

    def _take_code(self, account: str, made: tuple[bytes, ...]) -> None:
        if self.window is not None:
            self.window.set_code(account, made)

    def _no_code(self, error: Exception) -> None:
        log.warning("no QR code for the account: %s", error)

    # its own troubles

    def _guarded(self, act: Callable[[], None]) -> None:
        """A bug in here is written down, and the till goes on without this screen."""
        try:
            act()
        except Exception:
            self._draw_failed()

    def _draw_failed(self) -> None:
        log.warning("the customer's screen is put away", exc_info=True)
        self._broken = True
        QTimer.singleShot(0, self, self._put_away)


def _none() -> None:
    """Screens that tell the customer nothing."""


def code_of(text: str) -> tuple[bytes, ...]:
    """The modules of a QR code of plain text, a row of 0 and 1 each."""
    # lazy: segno, only with a second screen and a transfer
    import segno

    return tuple(bytes(row) for row in segno.make_qr(text, error="m").matrix)
