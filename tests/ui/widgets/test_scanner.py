"""A scanner's burst is a code; typing is typing, in order and unchanged."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.scanner import ScannerFilter


class Bench:
    """A field, a button, a filter and a clock that is turned by hand."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now = 1_000_000
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.field = QLineEdit(self.window)
        self.button = QPushButton("x", self.window)
        self.entered: list[str] = []
        self.field.returnPressed.connect(lambda: self.entered.append(self.field.text()))
        self.scanner = ScannerFilter(clock=lambda: self.now)
        self.codes: list[str] = []
        self.scanner.scanned.connect(self.codes.append)
        self.window.show()
        self.field.setFocus()

    def key(self, text: str, after: int, code: Qt.Key | int = 0, **modifiers: Qt.KeyboardModifier) -> None:
        """One key, pressed and let go, `after` ms."""
        self.now += after
        held = modifiers.get("held", Qt.KeyboardModifier.NoModifier)
        number = int(code) or (ord(text.upper()) if text.isascii() else 0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(self.field, QKeyEvent(kind, number, held, text))

    def type(self, text: str, every: int) -> None:
        for char in text:
            self.key(char, every)

    def enter(self, after: int) -> None:
        self.key("\r", after, Qt.Key.Key_Return)


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    made = Bench(qtbot)
    made.scanner.install(qapp)
    yield made
    qapp.removeEventFilter(made.scanner)


def test_a_burst_with_enter_is_a_code_and_no_widget_sees_it(bench: Bench) -> None:
    bench.type("8801471049749", 8)
    bench.enter(8)
    assert bench.codes == ["8801471049749"]
    assert bench.field.text() == ""
    assert bench.entered == [], "its Enter is swallowed"


def test_the_end_key_is_swallowed_pressed_and_let_go(bench: Bench) -> None:
    class Ends(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[QEvent.Type] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
            if isinstance(event, QKeyEvent) and event.type() in kinds and event.key() == Qt.Key.Key_Return:
                self.seen.append(event.type())
            return False

    ends = Ends()
    bench.field.installEventFilter(ends)
    bench.type("8801471049749", 8)
    bench.enter(8)
    assert ends.seen == []
    bench.enter(500)
    assert ends.seen == [QEvent.Type.KeyPress, QEvent.Type.KeyRelease]


def test_a_burst_may_end_with_tab(bench: Bench) -> None:
    bench.type("880147", 8)
    bench.key("\t", 8, Qt.Key.Key_Tab)
    assert bench.codes == ["880147"]
    assert bench.field.hasFocus()


def test_a_burst_may_end_with_silence(bench: Bench, qtbot: QtBot) -> None:
    bench.type("8801471049749", 8)
    qtbot.waitUntil(lambda: bench.codes == ["8801471049749"], timeout=1000)
    bench.enter(100)
    assert bench.entered == [], "an Enter that comes late still belongs to the burst"
    bench.enter(1000)
    assert bench.entered == [""]


def test_typing_arrives_unchanged(bench: Bench, qtbot: QtBot) -> None:
    bench.type("tomato 12", 90)
    qtbot.waitUntil(lambda: bench.field.text() == "tomato 12", timeout=1000)
    bench.enter(90)
    assert bench.entered == ["tomato 12"]
    assert bench.codes == []


def test_two_fast_keys_are_typing(bench: Bench, qtbot: QtBot) -> None:
    bench.type("12", 8)
    bench.enter(8)
    assert bench.field.text() == "12"
    assert bench.entered == ["12"]
    assert bench.codes == []


def test_keys_just_too_slow_are_typing(bench: Bench, qtbot: QtBot) -> None:
    bench.type("8801471049749", 36)
    qtbot.waitUntil(lambda: bench.field.text() == "8801471049749", timeout=1000)
    assert bench.codes == []


def test_keys_just_fast_enough_are_a_scanner(bench: Bench) -> None:
    bench.type("8801471049749", 35)
    bench.enter(35)
    assert bench.codes == ["8801471049749"]


def test_what_was_typed_before_a_burst_stays(bench: Bench) -> None:
    bench.type("12", 90)
    bench.now += 200
    bench.type("8801471049749", 8)
    bench.enter(8)
    assert bench.field.text() == "12"
    assert bench.codes == ["8801471049749"]


def test_two_bursts_in_a_row(bench: Bench) -> None:
    for code in ("8801471049749", "8807529170342"):
        bench.now += 300
        bench.type(code, 5)
        bench.enter(5)
    assert bench.codes == ["8801471049749", "8807529170342"]


def test_jamo_of_a_korean_keyboard_become_latin_again(bench: Bench) -> None:
    bench.type("ㅁㅠ-1234", 8)
    bench.enter(8)
    assert bench.codes == ["ab-1234"]
    assert bench.field.text() == ""


def test_what_an_input_method_composed_of_a_burst_is_taken_apart(bench: Bench) -> None:
    def composed(text: str) -> None:
        bench.now += 8
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QCoreApplication.sendEvent(bench.field, event)

    composed("뮤")
    bench.type("-1234", 8)
    bench.enter(8)
    assert bench.codes == ["ab-1234"]
    assert bench.field.text() == ""


def test_syllables_a_person_composes_arrive(bench: Bench, qtbot: QtBot) -> None:
    for syllable in "사과배추":
        bench.now += 200
        event = QInputMethodEvent("", [])
        event.setCommitString(syllable)
        QCoreApplication.sendEvent(bench.field, event)
    qtbot.waitUntil(lambda: bench.field.text() == "사과배추", timeout=1000)
    assert bench.codes == []


def test_a_half_composed_word_is_no_part_of_the_burst_that_ends_it(bench: Bench) -> None:
    def compose(preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QCoreApplication.sendEvent(bench.field, event)

    compose("ㄱ")
    bench.now += 150
    compose("가")
    bench.now += 400
    compose("", "가")  # the first digit makes the input method let go of it
    bench.type("8801471049749", 5)
    bench.enter(5)
    assert bench.codes == ["8801471049749"]
    assert bench.field.text() == "가"


def test_whole_syllables_as_keys_are_never_a_scanner(bench: Bench) -> None:
    bench.type("전통된장", 8)
    assert bench.field.text() == "전통된장"
    assert bench.codes == []


def test_consonants_without_enter_are_a_search(bench: Bench, qtbot: QtBot) -> None:
    bench.type("ㅈㅌㄷㅈ", 8)
    qtbot.waitUntil(lambda: bench.field.text() == "ㅈㅌㄷㅈ", timeout=1000)
    assert bench.codes == []


def test_commands_pass_at_once(bench: Bench) -> None:
    bench.field.setText("abc")
    bench.key("a", 8, held=Qt.KeyboardModifier.ControlModifier)
    assert bench.field.selectedText() == "abc"
    bench.key("\b", 8, Qt.Key.Key_Backspace)
    assert bench.field.text() == ""


def test_a_held_down_key_is_not_a_scanner(bench: Bench) -> None:
    for _ in range(8):
        bench.now += 30
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", True)
        QCoreApplication.sendEvent(bench.field, event)
    assert bench.field.text() == "1" * 8
    assert bench.codes == []


def test_a_receiver_that_has_gone_is_no_harm(bench: Bench, qtbot: QtBot) -> None:
    passing = QLineEdit(bench.window)
    QCoreApplication.sendEvent(
        passing, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1")
    )
    passing.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    bench.scanner.settle()
    assert bench.codes == []


def test_space_presses_a_button_in_order(bench: Bench, qtbot: QtBot) -> None:
    presses: list[int] = []
    bench.button.clicked.connect(lambda: presses.append(1))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
        QCoreApplication.sendEvent(bench.button, event)
    qtbot.waitUntil(lambda: presses == [1], timeout=1000)
