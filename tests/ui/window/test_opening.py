"""While the till opens, the window answers: keys and scans wait for the first screen, in their order."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap import open_house
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.house import House
from pos_app.ui import app as register
from pos_app.ui import opening
from pos_app.ui.scanner import ScannerFilter
from pos_app.ui.shell import Shell
from tests.ui.window.driver import PATIENCE_S, Window, opened, settle, until
from tests.ui.window.homes import KIM, KIM_CODE, OIL, OIL_CODE

Hands = Callable[[Shell], object]
Till = Callable[[], AbstractContextManager[Window]]
BACK = Qt.Key.Key_Backspace


def hit(shell: Shell, *keys: Qt.Key | str) -> None:
    """Keys as they come from the system."""
    for key in keys:
        QTest.keyClick(shell.windowHandle(), key)


def burst(shell: Shell, code: str) -> None:
    """A scanner; a busy machine does not split it."""
    scanner = QApplication.instance().findChildren(ScannerFilter)[-1]  # type: ignore[union-attr]
    before, scanner._fast_ms = scanner._fast_ms, 60_000
    hit(shell, *code, Qt.Key.Key_Return)
    scanner._fast_ms = before


def by_hand(shell: Shell, text: str) -> None:
    """A hand's pace: each key is judged before the next."""
    scanner = QApplication.instance().findChildren(ScannerFilter)[-1]  # type: ignore[union-attr]
    for char in text:
        hit(shell, char)
        scanner.settle()


@pytest.fixture
def typed() -> threading.Event:
    """What happens at the first picture has happened: the test's hands let the window work between their keys."""
    done = threading.Event()
    done.set()
    return done


@pytest.fixture
def at_first_paint(monkeypatch: pytest.MonkeyPatch, typed: threading.Event) -> Callable[[Hands], None]:
    """Something happens right after the first picture: the house is not open yet."""

    def plan(hands: Hands) -> None:
        real = register._fill
        typed.clear()

        def fill(shell: Shell, *given: object) -> None:
            real(shell, *given)  # type: ignore[arg-type]
            hands(shell)
            typed.set()

        monkeypatch.setattr(register, "_fill", fill)

    return plan


@pytest.fixture
def while_it_is_made(monkeypatch: pytest.MonkeyPatch) -> Callable[[Hands], None]:
    """Something happens while the first screen is made."""

    def plan(hands: Hands) -> None:
        real = opening.Filling.make

        def make(self: opening.Filling) -> None:
            real(self)
            hands(self._shell)

        monkeypatch.setattr(opening.Filling, "make", make)

    return plan


@pytest.fixture
def till(qapp: QApplication, demo: Path, typed: threading.Event) -> Till:
    """The till, opened, what waited handed on."""

    @contextmanager
    def opening_it() -> Iterator[Window]:
        with opened(demo, ready=lambda house: typed.wait(PATIENCE_S)) as window:
            settle()
            yield window

    return opening_it


def test_a_scan_at_the_first_picture_is_in_the_cart_of_the_open_till(
    till: Till, at_first_paint: Callable[[Hands], None]
) -> None:
    at_first_paint(lambda shell: burst(shell, OIL_CODE))
    with till() as window:
        assert window.cart() == [(OIL, 1000)]


def test_scans_and_keys_of_the_whole_opening_come_in_their_order(
    till: Till,
    at_first_paint: Callable[[Hands], None],
    while_it_is_made: Callable[[Hands], None],
) -> None:
    at_first_paint(lambda shell: (burst(shell, OIL_CODE), by_hand(shell, "++")))
    while_it_is_made(lambda shell: (burst(shell, KIM_CODE), by_hand(shell, "+")))
    with till() as window:
        assert window.cart() == [(OIL, 3000), (KIM, 2000)]


def test_what_is_typed_meanwhile_stands_in_the_search(
    till: Till,
    at_first_paint: Callable[[Hands], None],
    while_it_is_made: Callable[[Hands], None],
) -> None:
    at_first_paint(lambda shell: by_hand(shell, "kim5"))  # four keys by hand are no code
    while_it_is_made(lambda shell: (hit(shell, BACK), by_hand(shell, "8")))
    with till() as window:
        assert window.selling.left.search.edit.text() == "kim8"
        assert window.cart() == []


def test_a_key_of_every_screen_is_not_lost_either(
    till: Till, while_it_is_made: Callable[[Hands], None]
) -> None:
    while_it_is_made(lambda shell: hit(shell, Qt.Key.Key_F10))
    with till() as window:
        assert window.at == "menu"
        window.press(Qt.Key.Key_Escape)
        window.scan(OIL_CODE)
        assert window.cart() == [(OIL, 1000)]


def test_the_house_is_opened_beside_the_window(qapp: QApplication, demo: Path) -> None:
    where: list[int] = []
    with opened(demo, ready=lambda house: where.append(threading.get_ident())):
        assert where and threading.get_ident() not in where


def test_a_window_shut_while_it_opens_leaves_no_house_open(
    qapp: QApplication, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    houses: list[House] = []
    shut: list[House] = []
    monkeypatch.setattr(House, "close", lambda house, real=House.close: (shut.append(house), real(house)))

    def opening_it() -> House:
        houses.append(open_house(demo))
        return houses[0]

    def loop(_app: QApplication) -> int:
        shell = next(
            top for top in QApplication.topLevelWidgets() if isinstance(top, Shell) and top.isVisible()
        )
        until(lambda: shell.opening is not None, "it opens")
        shell.close()
        settle()
        assert not shell.ready
        shell.deleteLater()
        settle()
        return 0

    monkeypatch.setattr(QApplication, "exec", loop)
    monkeypatch.setattr("sys.excepthook", lambda *_: None)
    monkeypatch.setattr("threading.excepthook", lambda *_: None)
    assert register.run(opening_it) == 0
    assert houses and shut == houses


def test_keys_go_to_the_dialog_when_the_house_does_not_open(qapp: QApplication, tmp_path: Path) -> None:
    def fails(_house: House) -> None:
        raise EnvironmentFault("열 수 없어요", "다시 켜요")

    with opened(tmp_path / "new", ready=fails) as window:
        assert window.there("cannot_open")
        hit(window.shell, Qt.Key.Key_Return)
        until(lambda: not window.shell.isVisible(), "closed by its key")
