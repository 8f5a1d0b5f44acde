"""What papers ask of the cashier: did this one come out, shall the old ones come; never in a sale's way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.domain.hangul import with_josa
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.devices.presenter import backlog_question, settle_backlog
from pos_app.ui.screens.printers.key_flow import Asked
from pos_app.ui.widgets.base import announce

if TYPE_CHECKING:
    from pos_app.ui.screens.frame import Screen
    from pos_app.ui.screens.views import JobView
    from pos_app.ui.shell import Shell

LOOK_MS = 1000
WIDTH = 620
Question = tuple[str, str, str, Sequence[tuple[str, str]]]  # key, title, sentence, (act, word)


class PaperQuestions(QObject):
    """A bar on the selling screen while nothing is in the cart, and on the change screen where there is room.

    It takes no focus and no key; a cart that is begun puts it aside until the next customer.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._bar: Asked | None = None
        self._over: QWidget | None = None
        self._shown: Question | None = None
        self._put_off: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """The house is open and the first screen is shown."""
        self._shell.pages.currentChanged.connect(self._soon)
        self._timer.start()
        self._soon()

    def renew(self) -> None:
        """Another language or another house: ask anew."""
        self._away()
        self._soon()

    def stop(self) -> None:
        """The window is being shut."""
        self._timer.stop()
        self._shell.pages.currentChanged.disconnect(self._soon)
        self._away()

    def _soon(self, _page: int = 0) -> None:
        self._away()
        QTimer.singleShot(0, self, self.look)

    # what to ask

    def look(self) -> None:
        """Show what has to be asked now, or nothing."""
        shell = self._shell
        screen = shell.current if shell.ready and shell.pages.currentWidget() is not shell.early else None
        if screen is None or shell.dialog is not None or not self._free(screen):
            self._away()
            return
        question = self._question()
        if question is None:
            self._away()
        elif question != self._shown or self._over is not screen.work:
            self._show(screen, question)
        else:
            self._place(screen)

    def _free(self, screen: Screen) -> bool:
        """Between two customers."""
        if screen.metrics.one_pane and not screen.work.isVisible():
            return False
        if screen.name == "change":
            return True
        search = screen.findChild(QWidget, "search")
        typed = getattr(search, "text", str)() if search is not None else ""
        return screen.name == "selling" and not self._shell.desk.house.till.cart.lines and not typed

    def _question(self) -> Question | None:
        house = self._shell.desk.house
        job = house.papers.ask()
        if job is not None:
            return self._about(job)
        waiting = house.papers.backlog()
        asked = backlog_question(house) if waiting is not None else None
        if waiting is None or asked is None or str(waiting.oldest) in self._put_off:
            return None
        title, sentence, acts = asked
        return f"backlog {waiting.oldest}", title, sentence, [*acts, ("later", tr("나중에"))]

    def _about(self, job: JobView) -> Question:
        paper = with_josa(job.title, "이/가")
        title = tr("{time} {paper} 나왔나요?", time=wording.clock(job.at), paper=paper)
        sentence = tr("다시 인쇄하면 재발행이라고 찍혀요. 판매는 저장돼 있어요.")
        acts = [("out", tr("나왔어요")), ("again", tr("다시 인쇄하기")), ("later", tr("나중에"))]
        return f"job {job.id}", title, sentence, acts

    # showing

    def _show(self, screen: Screen, question: Question) -> None:
        self._away()
        bar = Asked("paper_question", screen.work)
        bar.picked.connect(self._picked)
        bar.ask(question[1], question[2], question[3])
        self._bar, self._over, self._shown = bar, screen.work, question
        screen.work.installEventFilter(self)
        if self._place(screen):
            announce(bar)

    def _place(self, screen: Screen) -> bool:
        """Bottom left of the work like a toast, above one; on the change screen at the top, where it covers
        nothing that is counted. False when there is no room for it."""
        bar = self._bar
        layout = bar.layout() if bar is not None else None
        if bar is None or layout is None:
            return False
        metrics = screen.metrics
        room = screen.work.width() - 2 * metrics.padding
        wide = min(room, metrics.px(WIDTH))
        layout.activate()
        tall = layout.heightForWidth(wide)
        top = metrics.padding_y
        if screen.name == "selling":
            toast = screen.toast()
            foot = toast.height() + 12 if toast.isVisible() else 0
            top = screen.work.height() - metrics.padding_y - tall - foot
        fits = top >= 0 and (screen.name == "selling" or top + tall <= _first_figure(screen))
        bar.setGeometry(metrics.padding, top, wide, tall)
        bar.setVisible(fits)
        bar.raise_()
        return fits

    def _away(self) -> None:
        bar, over = self._bar, self._over
        self._bar = self._over = self._shown = None
        if over is not None:
            over.removeEventFilter(self)
        if bar is None:
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and bar.isAncestorOf(focus)
        bar.hide()
        bar.deleteLater()
        if had_focus and self._shell.ready:
            self._shell.current.focus_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The work has another size; its own children are placed after this."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.look)
        return False

    # answers

    def _picked(self, act: str) -> None:
        if self._shown is None:
            return
        kind, _, which = self._shown[0].partition(" ")
        desk = self._shell.desk
        try:
            if kind == "backlog":
                self._settle(act, which)
            else:
                papers = desk.house.papers
                {"out": papers.came_out, "again": papers.again, "later": papers.later}[act](which)
        except Exception as error:  # said, and asked again
            desk.trouble(error)
        self._away()
        desk.refresh_strip()
        QTimer.singleShot(0, self, self.look)

    def _settle(self, act: str, oldest: str) -> None:
        if act == "later":
            self._put_off.add(oldest)
            return
        self._shell.desk.say(settle_backlog(self._shell.desk.house, act))


def _first_figure(screen: Screen) -> int:
    """Where the first thing that has to be read begins on the change screen."""
    parts = [getattr(screen, name, None) for name in ("caption", "amount", "exact")]
    tops = [part.geometry().top() for part in parts if isinstance(part, QWidget) and part.isVisible()]
    return min(tops, default=0)
