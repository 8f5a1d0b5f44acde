"""Shows the proof of a printer: waiting for the page, one question with its picture, and the end."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.operators import Action
from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.parts import LEFT, Paper, empty_layout
from pos_app.ui.screens.printers.proof import ProofPresenter
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

LEAST_PAIR_PX = 540
KEYS_PX = 520


class Lines(Paper):
    """Printed lines as they should look, as high as they are."""

    _wanted: object = None

    def show_lines(self, document: Document, columns: int) -> None:
        """Draw them in the background; what was wanted before is not shown any more."""
        self._wanted = document
        self.desk.run(lambda: (document, _drawn(document, columns)), self._taken)

    def _taken(self, drawn: tuple[Document, bytes]) -> None:
        if drawn[0] is self._wanted:
            self._take(drawn[1])
            self.setFixedHeight(self.picture.height() + 8)


def _drawn(document: Document, columns: int) -> bytes:
    from pos_app.printing.preview import render_png  # lazy: Pillow

    return render_png(document, columns)


class ProofView(QWidget):
    """One proof at a time; `changed` when there is something else to show.

    With `headed` off the question stands elsewhere (`heading`).
    """

    changed = Signal()

    def __init__(self, desk: Desk, name: str, headed: bool = True) -> None:
        super().__init__()
        self.desk, self._headed = desk, headed
        self.presenter: ProofPresenter | None = None
        self.setObjectName(name)
        self._name = name
        self._shown: object = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.step = Words("", "body", ink="ink2", name=f"{name}_step")
        self.title = Words("", "title", True, name=f"{name}_title")
        self.sentence = Words("", "body", ink="ink2", name=f"{name}_sentence")
        self.notice = Notice("", "info", name=f"{name}_notice")
        for part in (self.step, self.title, self.sentence, self.notice):
            column.addWidget(part)
        self.pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.pair.setSpacing(24)
        answers = QWidget()
        self.keys = QVBoxLayout(answers)
        self.keys.setContentsMargins(0, 0, 0, 0)
        self.keys.setSpacing(8)
        self.beside = QWidget()
        picture = QVBoxLayout(self.beside)
        picture.setContentsMargins(0, 0, 0, 0)
        picture.setSpacing(4)
        picture.addWidget(Words(tr("이렇게 나와야 해요"), "caption", ink="ink2"))
        self.lines = Lines(desk, f"{name}_paper", tr("시험 인쇄 그림"))
        picture.addWidget(self.lines)
        picture.addStretch(1)
        self.pair.addWidget(answers, 1)
        self.pair.addWidget(self.beside, 1)
        column.addLayout(self.pair)

    # life

    def begin(self, uri: str, name: str = "") -> bool:
        """Print the page at this address; False when it can't be."""
        presenter = ProofPresenter(self.desk.house, uri, name)
        if not self._try(presenter.start):
            return False
        self.end()
        self.presenter = presenter
        self.refresh()
        return True

    def end(self) -> None:
        """Leave it as it is."""
        presenter, self.presenter = self.presenter, None
        self._shown = None
        if presenter is not None:
            self._try(presenter.stop)

    def tick(self) -> None:
        """Once a second: has the page come out?"""
        if self.presenter is None:
            return
        changed: list[bool] = []
        presenter = self.presenter
        if self._try(lambda: changed.append(presenter.poll())) and changed[0]:
            self.refresh()

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Exception as error:  # shown, and the question stays
            self.desk.trouble(error)
            return False
        return True

    # acting

    def corner(self) -> str:
        """The hoped-for answer's verb, empty while there is none."""
        view = self.presenter
        return view.question().corner if view is not None and view.state == "asking" else ""

    def press_corner(self) -> None:
        """The hoped-for answer."""
        if self.presenter is not None and self.presenter.state == "asking":
            self.take(self.presenter.question().choices[0].value)

    def take(self, value: str) -> None:
        """An answer; opening the drawer may need a PIN."""
        presenter = self.presenter
        if presenter is None:
            return

        def attempt(override: object) -> None:
            presenter.answer(value, override)  # type: ignore[arg-type]
            self.refresh()

        self.desk.allowed(attempt, Action.OPEN_DRAWER)

    def back(self) -> bool:
        """The question before."""
        if self.presenter is not None and self.presenter.back():
            self.refresh()
            return True
        return False

    def again(self) -> None:
        """Print the page once more."""
        if self.presenter is not None and self._try(self.presenter.start):
            self.refresh()

    def heading(self) -> tuple[str, str]:
        """The question and its sentence, empty while there is none."""
        view = self.presenter
        if view is None or view.state != "asking":
            return "", ""
        return view.question().title, view.question().sentence

    # showing

    def arrange(self, room: int) -> None:
        """The picture beside the keys where there is room (px), else above them."""
        wide = room >= LEAST_PAIR_PX
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop
        self.pair.setDirection(way)

    def refresh(self) -> None:
        """What the presenter is at."""
        view = self.presenter
        if view is None:
            return
        asking = view.state == "asking"
        title, sentence = view.result_words() if view.state == "done" else view.waiting_words()
        if asking:
            title, sentence = self.heading()
        self.step.setText(view.step_words() if asking else "")
        self.step.setVisible(asking and self.desk.theme.metrics.scale < 1.5)
        self.title.setText(title)
        self.title.setVisible(asking and self._headed)
        self.sentence.setText(sentence)
        self.sentence.setVisible(asking and self._headed)
        kinds = {"trouble": "bad", "lost": "bad", "done": "ok"}
        self.notice.setVisible(not asking)
        self.notice.set(sentence, kinds.get(view.state, "info"), title)
        shown = (view.state, title, view.right.get("letters"))
        if shown != self._shown:
            self._shown = shown
            self._show_keys(asking)
        self.changed.emit()

    def _show_keys(self, asking: bool) -> None:
        view = self.presenter
        assert view is not None
        empty_layout(self.keys)
        sample = view.sample() if asking else None
        self.beside.setVisible(sample is not None)
        wide = self.desk.theme.metrics.px(KEYS_PX)
        if asking:
            for at, choice in enumerate(view.question().choices):
                icon = "check" if at == 0 else None
                key = Key(
                    choice.words,
                    icon,
                    "plain",
                    f"{self._name}_{choice.value}",
                    detail=choice.detail,
                    align=LEFT,
                )
                key.clicked.connect(lambda _checked=False, value=choice.value: self.take(value))
                key.setMaximumWidth(wide)
                self.keys.addWidget(key)
            if sample is not None:
                self.lines.show_lines(*sample)
        elif view.state == "lost":
            again = Key(tr("다시 뽑아 보기"), "printer", "plain", f"{self._name}_again")
            again.clicked.connect(self.again)
            again.setMaximumWidth(wide)
            self.keys.addWidget(again)
        self.keys.addStretch(1)
