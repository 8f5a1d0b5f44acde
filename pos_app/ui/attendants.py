"""What stands beside the screens of one window: it comes when the house opens and goes with the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos_app.ui.shell import Shell


class Attendant(Protocol):
    """A second display, a question asked at the start: never in a sale's way, never the owner of a fact."""

    def start(self) -> None:
        """The house is open and the first screen is shown."""

    def renew(self) -> None:
        """Language, theme or house are other ones."""

    def stop(self) -> None:
        """The window is being shut."""


def _start_questions(shell: Shell) -> Attendant:
    # lazy: nobody stands beside the first picture
    from pos_app.ui.start_questions import StartQuestions

    return StartQuestions(shell)


def _customer_display(shell: Shell) -> Attendant:
    # lazy: most tills have one screen
    from pos_app.ui.customer_display.attendant import CustomerDisplay

    return CustomerDisplay(shell)


def _paper_questions(shell: Shell) -> Attendant:
    # lazy: nothing is asked with the first picture
    from pos_app.ui.paper_questions import PaperQuestions

    return PaperQuestions(shell)


def _keeping_copies(shell: Shell) -> Attendant:
    # lazy: the first copy is made once the start is over
    from pos_app.ui.keeping_copies import KeepingCopies

    return KeepingCopies(shell)


MAKERS: tuple[Callable[[Shell], Attendant], ...] = (_start_questions, _customer_display, _paper_questions, _keeping_copies)


class Attendants:
    """All attendants of one window; a bug in one of them is logged and leaves the others alone."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._all: list[Attendant] = []

    def start(self) -> None:
        """Called once, some moments after the window is ready."""
        for make in MAKERS:
            self._try(lambda make=make: self._begin(make(self._shell)))  # type: ignore[misc]

    def _begin(self, attendant: Attendant) -> None:
        attendant.start()
        self._all.append(attendant)

    def renew(self) -> None:
        """Language, theme or house are other ones."""
        for attendant in self._all:
            self._try(attendant.renew)

    def stop(self) -> None:
        """The window is being shut."""
        for attendant in self._all:
            self._try(attendant.stop)
        self._all.clear()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as error:
            self._shell.bug(error)
