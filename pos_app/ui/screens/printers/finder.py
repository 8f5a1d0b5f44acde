"""Finding a printer: those this computer sees, and an address to type. `chosen(uri)` when one is taken."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.parts import LEFT, empty_layout
from pos_app.ui.screens.printers.presenter import Answer, PrintersPresenter
from pos_app.ui.screens.views import FoundPrinter
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import BUSY_AFTER_MS, Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

T = TypeVar("T")


def tried(func: Callable[[], T]) -> tuple[T | None, Exception | None]:
    """The result or what went wrong: the key must not stay busy."""
    try:
        return func(), None
    except Exception as error:
        return None, error


class Finder(QWidget):
    """Searches when asked (or by `search`); never scans a network."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, presenter: PrintersPresenter, name: str, search_key: bool = True) -> None:
        super().__init__()
        self.desk, self.presenter, self._name = desk, presenter, name
        self._searching = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.look = Key(tr("인쇄기 찾기"), "search", "plain", f"{name}_find")
        self.look.clicked.connect(self.search)
        self.said = Words("", "body", ink="ink2", name=f"{name}_found_words")
        self.list = QVBoxLayout()
        self.list.setSpacing(8)
        self.address = Field(
            f"{name}_address", tr("인쇄기 주소"), tr("주소 적기: 192.168.0.87") + "\n192.168.0.87"
        )
        self.address.entered.connect(self.check)
        self.address.changed.connect(lambda _text: self._say_answer(None))
        self.ask = Key(tr("주소 살펴보기"), "wifi", "plain", f"{name}_check")
        self.ask.clicked.connect(self.check)
        self.answer = Notice("", "info", name=f"{name}_answer")
        self.try_it = Key(tr("점검표 뽑기"), "printer", "primary", f"{name}_try")
        self.try_it.clicked.connect(self._take_typed)
        column.addWidget(self.look)
        column.addWidget(self.said)
        column.addLayout(self.list)
        for part in (self.address, self.ask, self.answer, self.try_it):
            column.addWidget(part)
        self._uri = self._asked = ""
        self._busy = QTimer(self)
        self._busy.setSingleShot(True)
        self._busy.setInterval(BUSY_AFTER_MS)
        self._busy.timeout.connect(self._say_busy)
        self._say_answer(None)
        self.show_found()

    # those that can be seen

    def search(self) -> None:
        """Look for printers in the background."""
        if self._searching:
            return
        self._searching = True
        self.look.set_busy(True)
        self._busy.start()
        self.desk.run(lambda: tried(self.presenter.find), self._found)

    def _say_busy(self) -> None:
        if self._searching:
            self.said.setText(tr("인쇄기를 찾는 중…"))
            self.said.show()

    def _found(self, result: tuple[Sequence[FoundPrinter] | None, Exception | None]) -> None:
        found, error = result
        self._searching = False
        self._busy.stop()
        self.look.set_busy(False)
        if error is not None:
            self.desk.trouble(error)
        else:
            self.presenter.take_found(found or ())
        self.show_found()

    def show_found(self) -> None:
        """What the last search saw."""
        empty_layout(self.list)
        found = self.presenter.found
        words = ""
        if found is not None and not found:
            words = tr(
                "보이는 인쇄기가 없어요. 인쇄기 전원을 켜고 USB 선을 다시 꽂은 다음 또 찾아 봐요. "
                "네트워크 인쇄기는 아래에 주소를 적어요."
            )
        elif found:
            words = tr("{count}대를 찾았어요. 쓸 것을 눌러요.", count=len(found))
        self.said.setText(words)
        self.said.setVisible(bool(words))
        for at, printer in enumerate(found or ()):
            title, detail = self.presenter.found_words(printer)
            key = Key(title, "printer", "plain", f"{self._name}_found_{at}",
                      detail=detail, align=LEFT)  # fmt: skip
            key.clicked.connect(lambda _checked=False, uri=printer.uri: self.chosen.emit(uri))
            self.list.addWidget(key)

    # the one somebody types

    def check(self) -> None:
        """Ask who is at the typed address, in the background."""
        text = self.address.text()
        problem = self.presenter.address_problem(text)
        self.address.set_error(problem)
        if problem:
            return
        self.ask.set_busy(True)
        self._asked = text
        self.desk.run(lambda: tried(lambda: self.presenter.check(text)), self._checked)

    def _checked(self, result: tuple[Answer | None, Exception | None]) -> None:
        self.ask.set_busy(False)
        answer, error = result
        if error is not None:
            self.desk.trouble(error)
        elif self._asked == self.address.text():
            self._say_answer(answer)

    def _say_answer(self, answer: Answer | None) -> None:
        self._uri = answer.uri if answer is not None else ""
        if answer is None:
            self.address.set_error(None)
        else:
            self.answer.set(answer.sentence, answer.kind)
        self.answer.setVisible(answer is not None)
        self.try_it.setVisible(bool(self._uri))

    def _take_typed(self) -> None:
        if self._uri:
            self.chosen.emit(self._uri)
