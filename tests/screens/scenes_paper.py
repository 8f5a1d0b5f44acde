"""What the pictures of printers, their queue, their proof and their questions show."""

import atexit
from contextlib import ExitStack
from typing import Any

from PySide6.QtCore import Qt

from pos_app.hardware.discovery import Found
from pos_app.ui.screens.first_run.screen import FirstRunScreen
from pos_app.ui.screens.printers.proof_view import ProofView
from pos_app.ui.screens.printers.screen import PrintersScreen
from tests.hardware.simulated_printer import SimulatedPrinter
from tests.screens import scenes
from tests.screens.scenes import Scene
from tests.ui.window.driver import Window, rest, settle, until

F12 = Qt.Key.Key_F12
FOUND = (
    Found("usb://0483:5743/A1", "영수증 인쇄기 (USB)", "", "usb"),
    Found("socket://192.168.0.87:9100", "192.168.0.87", "", "cups"),
)
_open = ExitStack()
atexit.register(_open.close)


def printer(mood: Any = "healthy", **options: Any) -> SimulatedPrinter:
    """A printer on this machine, there until the program ends."""
    found: SimulatedPrinter = _open.enter_context(SimulatedPrinter(mood, **options))
    return found


def receipts_on(window: Window, at: SimulatedPrinter) -> None:
    window.house.papers.set_printer("", f"{at.uri}?drawer=none")


def to_printers(window: Window) -> PrintersScreen:
    screen = window.shell.go("printers")
    assert isinstance(screen, PrintersScreen)
    settle()
    return screen


def empty(window: Window) -> None:
    to_printers(window)


def two(window: Window) -> None:
    """One healthy for receipts, one away for labels."""
    receipts_on(window, printer())
    window.house.papers.set_printer("라벨", "socket://127.0.0.1:9?kind=picture&width=58")
    window.house.papers.test("라벨")
    until(lambda: window.house.papers.statuses()["라벨"].needs_hand, "the second is away")
    screen = to_printers(window)
    screen.presenter.take_found(FOUND)
    screen.finder.show_found()


def found_none(window: Window) -> None:
    screen = to_printers(window)
    screen.presenter.take_found(())
    screen.finder.show_found()
    screen.finder.address.set_text("127.0.0.1:9")
    screen.finder.check()
    rest()


def _stands(view: ProofView) -> str:
    """How a proof stands, asked anew."""
    assert view.presenter is not None
    view.presenter.poll()
    return view.presenter.state


def proof(answers: tuple[str, ...] = (), mood: Any = "healthy", **options: Any) -> Scene:
    """A printer being proved, so many questions on."""

    def scene(window: Window) -> None:
        screen = to_printers(window)
        screen._chosen(printer(mood, **options).uri)
        view = screen.proof
        assert view.presenter is not None
        until(lambda: _stands(view) in ("asking", "trouble"), "the page")
        view.refresh()
        for answer in answers:
            view.take(answer)
            settle()
        if view.presenter.state == "done":
            done = view.presenter
            until(lambda: "나왔어요" in done.result_words()[1], "the test receipt")
            view.refresh()
        rest()
        settle()

    scene.__doc__ = " ".join(answers)
    return scene


def queue(window: Window) -> None:
    """One unknown, one waiting, a second printer to move to."""
    half = printer("stops_before_barrier")
    receipts_on(window, half)
    window.house.papers.set_printer("라벨", "socket://127.0.0.1:9?kind=picture&width=58")
    scenes.change(window)
    until(lambda: window.house.papers.ask(), "the barrier does not come")
    window.press(F12)
    scenes.cart(window)
    window.press(F12, F12)
    until(lambda: len(window.house.papers.queue()) > 1, "two papers")
    window.shell.go("devices")
    settle()


def unknown(where: str) -> Scene:
    """The question about a paper of which nobody knows."""

    def scene(window: Window) -> None:
        receipts_on(window, printer("stops_before_barrier"))
        scenes.change(window)
        until(lambda: window.house.papers.ask(), "the barrier does not come")
        if where == "selling":
            window.press(F12)
        if where == "selling" or not window.shell.current.metrics.one_pane:
            until(lambda: window.there("paper_question"), "asked")
        window.shell.refresh_strip()
        settle()

    return scene


def backlog(where: str) -> Scene:
    """Old receipts that wait for a word."""

    def scene(window: Window) -> None:
        papers = window.house.papers
        window.house.settings.set("printer_uri", "socket://127.0.0.1:9")
        for _ in range(5):
            scenes.change_exact(window)
            window.press(F12)
        with window.house.database.write() as rows:
            rows.run('UPDATE "print_job" SET "held" = 1 WHERE "state" = \'queued\'')
        until(lambda: papers.backlog(), "held")
        if where == "devices":
            window.shell.go("devices")
        else:
            until(lambda: window.there("paper_question"), "asked")
        settle()

    return scene


def paper_out(window: Window) -> None:
    """Out of paper while a sale is paid."""
    receipts_on(window, printer(roll="out"))
    scenes.cart(window)
    window.press(F12, F12)
    until(lambda: window.house.papers.status().needs_hand, "the spooler finds out")
    window.shell.refresh_strip()
    settle()


def first_run(act: Any = None) -> Scene:
    """The third question of the first start."""

    def scene(window: Window) -> None:
        screen = window.shell.go("first_run")
        assert isinstance(screen, FirstRunScreen)
        screen.presenter.step = 2
        screen.printer._searched = True
        screen.refresh()
        screen.printer.finder.presenter.take_found(FOUND)
        screen.printer.finder.show_found()
        if act is not None:
            screen.printer._chosen(printer().uri)
            view = screen.printer.proof
            until(lambda: _stands(view) == "asking", "the page")
            view.refresh()
            for answer in act:
                view.take(answer)
        rest()
        settle()

    return scene


PAPER: dict[str, Scene] = {
    "printers-empty": empty,
    "printers-two": two,
    "printers-none-found": found_none,
    "proof-letters": proof(),
    "proof-width": proof(("both",)),
    "proof-qr": proof(("both", "6")),
    "proof-drawer": proof(("both", "6", "yes", "yes")),
    "proof-done": proof(("both", "6", "yes", "yes", "none")),
    "proof-trouble": proof(roll="out"),
    "paper-queue": queue,
    "paper-unknown": unknown("selling"),
    "paper-unknown-change": unknown("change"),
    "paper-backlog": backlog("selling"),
    "paper-backlog-devices": backlog("devices"),
    "paper-out": paper_out,
    "paper-first-run": first_run(),
    "paper-first-run-proof": first_run(()),
    "paper-first-run-done": first_run(("both", "6", "yes", "yes", "none")),
}
