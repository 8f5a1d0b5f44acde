"""The window: strip on top, one screen below, and the way between screens."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.background import settle
from pos_app.ui.housekeeping import Housekeeping
from pos_app.ui.pages import Pages, first_of, let_go
from pos_app.ui.preparing import Preparing
from pos_app.ui.redressing import Redressing
from pos_app.ui.screens.early import EarlyFace
from pos_app.ui.screens.look import Look
from pos_app.ui.screens.tab_order import tab_order
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from pos_app.ui.apology import Apology
    from pos_app.ui.attendants import Attendants
    from pos_app.ui.opening import Meanwhile, Opening
    from pos_app.ui.practice_door import PracticeDoor
    from pos_app.ui.screens.frame import Screen
    from pos_app.ui.screens.house import House
    from pos_app.ui.screens.key_router import KeyRouter
    from pos_app.ui.screens.till_desk import TillDesk
    from pos_app.ui.screens.views import Done
    from pos_app.ui.widgets.dialog import Dialog
    from pos_app.ui.widgets.focus_ring import FocusRing

GATES = ("first_run", "sign_in")
log = logging.getLogger(__name__)


class Shell(QWidget):
    """One window for one till. Before `open` it shows an empty selling layout."""

    painted = Signal()  # once, when the first picture is on the screen

    def __init__(self, theme: Theme, title: str = "") -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("root")
        self.setWindowTitle(title or tr("장터포스"))
        self.setMinimumSize(1024, 700)
        self.desk: TillDesk
        self.ring: FocusRing
        self.ready = False
        self.look = Look(self)
        self.dialog: Dialog | None = None
        self._name = ""
        self.door: PracticeDoor | None = None
        self._attendants: Attendants | None = None
        self.opening: Opening | None = None
        self.meanwhile: Meanwhile | None = None
        self._signed_in = False
        self._seen = False
        self._apology: Apology | None = None
        self.strip = self._new_strip()
        self.pages = Pages(self)
        self.early = EarlyFace(theme, self)
        self.pages.addWidget(self.early)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.strip)
        self.column.addWidget(self.pages, 1)
        self.strip.set_till(tr("장터포스"), tr("여는 중이에요"))
        self.keeping = Housekeeping(self)
        self.preparing = Preparing(self)
        self.redressing = Redressing(self)

    # opening

    def open(self, house: House, open_practice: Callable[[], House] | None = None) -> None:
        """The house is there: go where work begins, at once."""
        # lazy: the first picture does without
        from pos_app.ui.opening import Filling

        for step in Filling(self, house, open_practice).steps():
            step()

    @cached_property
    def router(self) -> KeyRouter:
        """Hears the keys that mean the same on every screen."""
        # lazy: naming Qt's keys takes longer than the first picture
        from pos_app.ui.screens.key_router import KeyRouter

        return KeyRouter(self)

    def _new_strip(self) -> Strip:
        strip = Strip(self)
        strip.menu.connect(self._menu)
        strip.cell.connect(self._cell)
        return strip

    def renew_strip(self) -> None:
        """The strip in the language spoken now."""
        let_go(self.strip)
        self.column.removeWidget(self.strip)
        self.strip.hide()  # or the focus could still wander there
        self.strip.deleteLater()
        self.strip = self._new_strip()
        self.column.insertWidget(0, self.strip)
        # lazy: the first picture does without
        from pos_app.ui.screens.strip_state import StripState

        self.strip_state = StripState(self.strip)
        self.strip_state.practice(self.theme.practice)
        self.refresh_strip()

    def begin(self) -> None:
        """Anew, with other screens: what is missing comes first."""
        self.drop_screens()
        self.go(self.first_screen())
        self.refresh_strip()

    def first_screen(self) -> str:
        """Where work begins just now."""
        return first_of(self.desk.house, self._signed_in)

    def make_next(self, names: Sequence[str]) -> bool:
        """Make the first of these screens that is missing; whether one was."""
        missing = [name for name in names if name not in self.pages and not self.gated()]
        for name in missing[:1]:
            self.pages.of(name, self.desk)
        return bool(missing)

    def stand_beside(self) -> None:
        """Those who look after printer, display and scale are called."""
        if self._attendants is None:
            # lazy: nobody stands beside the first picture
            from pos_app.ui.attendants import Attendants

            self._attendants = Attendants(self)
            self._attendants.start()

    def signed_in(self) -> None:
        """Somebody stands at the till."""
        self._signed_in = True
        self.go(self.first_screen())
        self.refresh_strip()

    def sign_out(self) -> None:
        """Back to the names; the cart stays."""
        if self.desk.house.operators.names():
            self._signed_in = False
            self.go("sign_in")
            self.refresh_strip()

    def touched(self) -> None:
        """Somebody is at the till."""
        self.keeping.touched()

    def gated(self) -> bool:
        """Nobody is at the till yet."""
        return self._name in GATES

    # going

    @property
    def current(self) -> Screen:
        """The screen that is shown."""
        return self.pages[self._name]

    def desk_of(self, house: House) -> TillDesk:
        """What the screens may ask of this window on a house."""
        # lazy: the first picture does without
        from pos_app.ui.screens.till_desk import TillDesk

        return TillDesk(self, house)

    def go(self, name: str) -> Screen:
        """Show a screen."""
        self.shut_dialog()
        if self._name in self.pages:
            self.current.leave()
        screen = self.pages.of(name, self.desk)
        self._name = name
        screen.close_side()
        self.pages.setCurrentWidget(screen)
        screen.enter()
        screen.focus_first()
        self.strip.setVisible(name != "first_run")
        return screen

    def show_change(self, done: Done, products: list[str]) -> None:
        """A sale was stored: what to hand over."""
        selling = self.pages.get("selling")
        sold = getattr(selling, "sold", None)
        if sold is not None:
            sold(products)
        screen = self.go("change")
        show = getattr(screen, "show_done")  # noqa: B009
        # lazy: wanted by the first sale
        from pos_app.ui.screens.change.presenter import ChangePresenter

        show(ChangePresenter(self.desk.house, done, products))

    def step_back(self) -> None:
        """Esc: a step inside the screen, else back to the sale."""
        if self.current.step_back() or self.gated() or self._name == "selling":
            return
        self.go("selling")

    def _menu(self) -> None:
        if self.ready and not self.gated():
            self.go("selling" if self._name == "menu" else "menu")

    def _cell(self, name: str) -> None:
        if name == "practice" and self.door is not None:
            self.door.leave()
        elif self.ready and self._name != "first_run":
            self.go("sync" if name in ("network", "unsent") else "devices")

    def show_keys(self) -> None:
        """F1."""
        if self.ready and not self.gated():
            self.go("keys")

    def scanned(self, text: str) -> None:
        """A scanned code, whichever screen is shown."""
        if not self.ready or self.gated():
            return
        if self.dialog is not None:
            self.desk.say(tr("창을 먼저 닫고 찍어요"), icon="info")
            return
        self.current.scanned(text)

    def undo(self) -> None:
        """Ctrl+Z: what the toast offers, else what the screen can take back."""
        if self.ready and self.dialog is None and not self.current.toast().undo():
            self.current.undo()

    def move_to(self, house: House) -> None:
        """Another house is in use from now on: the practice one, or the real one again."""
        self.desk = self.desk_of(house)
        self.strip_state.practice(house.practice)
        self.begin()
        self.renew_attendants()

    # look

    def name_after_change(self) -> str:
        """Where the till is when sizes and words are other ones: there, unless the screen showed something past."""
        empty = self._name == "tender" and not self.desk.house.till.cart.lines
        return "selling" if empty or self._name == "change" else self._name

    def replace(self, made: Screen, kept: Sequence[str], at_once: bool = False) -> None:
        """Show this screen in place of all others but the kept ones: the look is another one."""
        self.shut_dialog()
        self._name = ""
        self.pages.drop_but([name for name in kept if name != made.name], at_once)
        self.pages.put(made)
        self.go(made.name)

    def renew_attendants(self) -> None:
        """Language, sizes or house are other ones."""
        if self._attendants is not None:
            self._attendants.renew()

    def drop_screens(self) -> None:
        """They are made anew when they are gone to."""
        self.shut_dialog()
        self._name = ""
        self.pages.drop_but(())
        self.preparing.soon()

    def drop_one(self, kept: Sequence[str]) -> bool:
        """Delete one screen that is neither shown nor kept; whether there was one."""
        self.preparing.soon()
        return self.pages.drop_one((self._name, *kept))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab: the screen, its corner key last, then the strip."""
        if not self.ready or self._name not in self.pages:
            return super().focusNextPrevChild(forward)
        order = self.current.controls() + tab_order(self.strip)
        if not order:
            return False
        now = QApplication.focusWidget()
        at = order.index(now) if now in order else (-1 if forward else 0)
        reasons = QtCore.Qt.FocusReason
        reason = reasons.TabFocusReason if forward else reasons.BacktabFocusReason
        target = order[(at + (1 if forward else -1)) % len(order)]
        target.setFocus(reason)
        self._show_focused(target)
        return True

    def _show_focused(self, target: QWidget) -> None:
        """What lies in a scrolling list comes into sight."""
        holder = target.parentWidget()
        while holder is not None and holder is not self:
            if isinstance(holder, QScrollArea):
                holder.ensureWidgetVisible(target)
            holder = holder.parentWidget()

    # dialogs, trouble

    def take_dialog(self, dialog: Dialog) -> None:
        """This dialog is open now; another one goes."""
        if self.dialog is not None and self.dialog is not dialog:
            self.shut_dialog()
        self.dialog = dialog
        dialog.closed.connect(lambda: self._dialog_gone(dialog))

    def _dialog_gone(self, dialog: Dialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def shut_dialog(self) -> None:
        """Close the open dialog as it was."""
        if self.dialog is not None:
            dialog, self.dialog = self.dialog, None
            dialog.shut()

    def bug(self, error: BaseException) -> None:
        """Not foreseen: logged, an apology, and the sale goes on."""
        if self._apology is None:
            # lazy: only when something went wrong
            from pos_app.ui.apology import Apology

            self._apology = Apology(self)
        self._apology.say(error, self.desk if self.ready and self._name in self.pages else None)

    def refresh_strip(self) -> None:
        """Read the states; only what changed is drawn."""
        if not self.ready:
            return
        try:
            self.strip_state.refresh(self.desk.house, self._name != "sign_in")
            if self._name in self.pages:
                self.current.tick()
            if not self.gated() and self.keeping.left_alone():
                self.sign_out()
        except Exception as error:  # a state that can't be read must not stop the till
            log.warning("strip: %s", error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.theme.set(width=self.width(), height=self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("practice" if self.theme.practice else "bg"))
        painter.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keeping.stop()
        settle()  # a task that still reads must not find the house shut
        if self._attendants is not None:
            self._attendants.stop()
        if self.opening is not None:
            self.opening.stop()
        if self.door is not None and not self.door.closed:
            self.door.close()
        self.ready = False
        event.accept()
