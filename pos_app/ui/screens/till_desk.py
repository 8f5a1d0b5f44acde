"""The desk that the screens talk to: where to go, what to say, whom to ask."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from pos_app.domain.errors import DomainError
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.ui.background import run_task
from pos_app.ui.screens.asking import PinDialog, TextDialog
from pos_app.ui.screens.rights import missing_right
from pos_app.ui.widgets.dialog import Dialog, ask
from pos_app.ui.widgets.keys import Key

if TYPE_CHECKING:
    from pos_app.domain.operators import Action
    from pos_app.facts.sales import Override
    from pos_app.ui.screens.frame import Screen
    from pos_app.ui.screens.house import House
    from pos_app.ui.screens.views import Done
    from pos_app.ui.shell import Shell
    from pos_app.ui.sounds import Sounds
    from pos_app.ui.theme.theme import Theme

T = TypeVar("T")
log = logging.getLogger(__name__)


def _bring(done: Callable[[T], object], result: T) -> None:
    """Hand a result over, unless the widget that asked is gone by now."""
    owner = getattr(done, "__self__", None)
    if not isinstance(owner, QObject) or isValid(owner):
        done(result)


class TillDesk:
    """Implements `screens.desk.Desk` over the shell."""

    def __init__(self, shell: Shell, house: House) -> None:
        self.shell = shell
        self.house = house
        self.theme: Theme = shell.theme
        self._sounds: Sounds | None = None

    # going

    def go(self, name: str) -> Screen:
        """Another screen."""
        return self.shell.go(name)

    def home(self) -> None:
        """Back to the sale."""
        self.shell.go("selling")

    def sale_done(self, done: Done, products: list[str]) -> None:
        """A sale was stored."""
        self.shell.show_change(done, products)

    def day_opened(self) -> None:
        """A market day is there: goods and strip are read anew."""
        self.shell.begin()

    def signed_in(self) -> None:
        """Somebody stands at the till."""
        self.shell.signed_in()

    def sign_out(self) -> None:
        """Back to the names."""
        self.shell.sign_out()

    def start_practice(self) -> None:
        """To the other house."""
        if self.shell.door is not None:
            self.shell.door.enter()

    def end_practice(self) -> None:
        """Back to the real one."""
        if self.shell.door is not None:
            self.shell.door.leave()

    def can_practise(self) -> bool:
        """Whether there is a second house."""
        return self.shell.door is not None and self.shell.door.can_practise()

    def apply_setting(self, name: str, value: str) -> None:
        """A setting of the look was changed."""
        self.shell.look.apply(name, value)

    def once_dressed(self, act: Callable[[], object]) -> None:
        """Do this when a changed look is put on."""
        self.shell.redressing.then(act)

    def refresh_strip(self) -> None:
        """Read the strip's states now."""
        self.shell.refresh_strip()

    def left_handed(self) -> bool:
        """Whether work and panel change sides."""
        return self.shell.look.left_handed

    # saying

    def say(
        self, text: str, undo: Callable[[], object] | None = None, act: str = "", icon: str = "check"
    ) -> None:
        """A word in passing."""
        self.shell.current.toast().show(text, undo, act, icon or "check")

    def sentence(self, error: BaseException) -> str:
        """What went wrong, in a sentence."""
        if isinstance(error, DomainError):
            return sentence(error)
        if isinstance(error, EnvironmentFault):
            return f"{error.title} {error.advice}"
        return tr("뜻밖의 일이 생겼어요. 하던 판매는 그대로 있어요.")

    def trouble(self, error: BaseException) -> None:
        """A rule's no is said; the world's trouble is shown; anything else goes to the one hook."""
        if isinstance(error, DomainError) and self.shell.ready:
            self.say(sentence(error), icon="alert")
        elif not self.shell.ready:
            log.error("after closing: %s", error)
        elif isinstance(error, EnvironmentFault):
            self._fault(error)
        else:
            self.shell.bug(error)

    def _fault(self, fault: EnvironmentFault) -> None:
        log.error("fault: %s", fault)
        dialog = Dialog(self.shell, fault.title, fault.advice, "fault")
        shut = dialog.add_key(Key(tr("알겠어요"), None, "primary", "fault_close"))
        shut.clicked.connect(dialog.leave)
        self.open_dialog(dialog, shut)

    # asking

    def open_dialog(self, dialog: Dialog, first: Key | None = None) -> None:
        """Show a dialog; never one over another."""
        self.shell.take_dialog(dialog)
        dialog.open_over(first or getattr(dialog, "first", None))

    def ask(
        self, title: str, words: str, safe: str, act: str, done: Callable[[], object], danger: bool = False
    ) -> None:
        """A question with two verbs."""
        self.shell.shut_dialog()
        self.shell.take_dialog(ask(self.shell, title, words, safe, act, done, danger=danger))

    def ask_text(
        self,
        title: str,
        words: str,
        act: str,
        done: Callable[[str], object],
        value: str = "",
        empty_ok: bool = True,
    ) -> None:
        """A question with one field."""
        dialog = TextDialog(self.shell, title, words, act, value, empty_ok)
        dialog.given.connect(done)
        self.shell.take_dialog(dialog)
        dialog.open_over(dialog.field.edit)

    def ask_pin(
        self,
        action: Action,
        words: str,
        done: Callable[[Override], object],
    ) -> None:
        """The PIN of someone who may; `done` gets the right lent."""
        dialog = PinDialog(self.shell, words or tr("이 일은 담당자 PIN이 있어야 해요."))
        house = self.house

        def lent(override: Override) -> None:
            dialog.shut()
            done(override)

        def failed(error: Exception) -> None:
            if isinstance(error, DomainError):
                dialog.refuse(sentence(error))
            else:
                dialog.shut()
                self.trouble(error)

        dialog.typed.connect(
            lambda pin: run_task(lambda: house.operators.authorise(pin, action), lent, failed)
        )
        self.open_dialog(dialog)

    def allowed(self, attempt: Callable[[Override | None], object], action: Action) -> None:
        """Try; when a right is missing, ask for a PIN and try again with it."""
        try:
            attempt(None)
        except DomainError as error:
            needed = missing_right(error, action)
            if needed is None:
                self.trouble(error)
                return
            self.ask_pin(needed, sentence(error), lambda override: self._attempt(attempt, override))
        except Exception as error:  # shown, and the screen stays as it was
            self.trouble(error)

    def _attempt(self, attempt: Callable[[Override | None], object], override: Override) -> None:
        try:
            attempt(override)
        except Exception as error:  # shown, and the screen stays as it was
            self.trouble(error)

    def run(self, func: Callable[[], T], done: Callable[[T], object]) -> None:
        """Slow work; trouble is shown like everywhere."""
        run_task(func, lambda result: _bring(done, result), self.trouble)

    def beep(self, accepted: bool) -> None:
        """One short sound for a code that was taken, two for one that was not (a setting)."""
        if self.house.settings.get("sound") != "1":
            return
        if self._sounds is None:
            # lazy: the first picture waits for no sound
            from pos_app.ui.sounds import Sounds

            self._sounds = Sounds()
        self._sounds.play(accepted)

    def copy(self, text: str) -> None:
        """To the clipboard."""
        QApplication.clipboard().setText(text)
