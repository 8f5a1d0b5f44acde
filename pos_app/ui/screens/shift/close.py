"""Shows the way to the Z: checklist, blind count, result, open items, paper."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos_app.domain.operators import Action
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.board.answers import Answer
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Ground, Screen
from pos_app.ui.screens.parts import Paper
from pos_app.ui.screens.shift.close_pages import ItemsPage, ResultPage
from pos_app.ui.screens.shift.close_panel import ClosePanel
from pos_app.ui.screens.shift.count_grid import CountGrid
from pos_app.ui.screens.shift.presenter import STEPS, ClosePresenter
from pos_app.ui.screens.views import ZDone
from pos_app.ui.widgets.steps import Steps


class CloseScreen(Screen):
    """마감."""

    name = "shift_close"
    panel_lead = 340

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = ClosePresenter(desk.house)
        column = QVBoxLayout(self.work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = Ground(self.theme, "surface", "b")
        self.head_row = QVBoxLayout(head)
        self.head_row.setContentsMargins(16, 12, 16, 12)
        self.steps = Steps([words for _, words in self.presenter.step_words()], 0, "close_steps")
        self.head_row.addWidget(self.steps)
        column.addWidget(head)
        self.pages = QStackedWidget()
        self.items = ItemsPage(self.theme)
        self.items.pressed.connect(self._open_items)
        self.items.told.connect(self._slip)
        self.grid = CountGrid(self.theme, lambda: self.presenter.counting)
        self.grid.changed.connect(self._stepped)
        self.result = ResultPage(self.theme)
        self.paper = Paper(desk, "z_paper", tr("Z 마감 종이"))
        for page in (self.items, self.grid, self.result, self.paper):
            self.pages.addWidget(page)
        holder = QWidget()
        self.holder_column = QVBoxLayout(holder)
        self.holder_column.setContentsMargins(16, 16, 16, 16)
        self.holder_column.addWidget(self.pages)
        column.addWidget(holder, 1)
        self.right = ClosePanel(self.theme)
        self.column(self.panel_body, 0).addWidget(self.right)
        self.right.start_over.connect(self._start_over)
        self.right.later.connect(self.desk.home)
        self.right.again.connect(self._count_again)
        self.right.reprint.connect(self._reprint)
        self.right.paper.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
        self.right.reason.connect(self._reason)

    # life

    def enter(self) -> None:
        """Where the close stands; a half-done count is still there."""
        if self.desk.house.shifts.current() is None:
            self.desk.go("shift_open")
            return
        self.presenter = ClosePresenter(self.desk.house)
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """The first stepper while counting, else the corner key."""
        counting = self.presenter.step == "cash" and self.presenter.result is None
        return self.grid.first_focus() if counting else self.corner

    def arrange(self) -> None:
        """One or two cards."""
        self.grid.arrange(self.work.width() - 2 * self.metrics.padding)

    def side_words(self, opened: bool) -> str:
        """In one pane sum and reasons lie behind the side key."""
        if opened:
            return tr("뒤로")
        return tr("과부족") if self.presenter.result is not None else tr("센 금액")

    def refresh(self) -> None:
        """Show the step."""
        view = self.presenter
        self.steps.set_now(STEPS.index(view.step))
        show = {"cash": self._show_cash, "z": self._show_z}.get(view.step, self._show_items)
        show()
        self.refresh_side()

    def _show_items(self) -> None:
        view = self.presenter
        items = view.items(view.step)
        self.pages.setCurrentWidget(self.items)
        self.items.show_items(view.step, items, view.sheets(view.step), view.answers)
        self.right.show_step(view, items)
        blocked = view.step == "parked" and bool(items)
        following = dict(view.step_words())[STEPS[STEPS.index(view.step) + 1]]
        self.corner.setText(tr("다음: {step}", step=following))
        self.corner.set_off(tr("보류한 것을 먼저 정리해요.") if blocked else None)

    def _show_cash(self) -> None:
        view = self.presenter
        if view.result is None:
            self.pages.setCurrentWidget(self.grid)
            self.grid.refresh()
            self.right.show_counting(view)
            self.corner.setText(tr("센 금액 내기"))
            self.corner.set_off(None)
            return
        self.pages.setCurrentWidget(self.result)
        self.result.show_result(view.result)
        self.right.show_result(view)
        self.corner.setText(tr("다음: {step}", step=tr("카드 전표")))
        self.corner.set_off(view.next_reason() or None)

    def _show_z(self) -> None:
        view = self.presenter
        self.pages.setCurrentWidget(self.paper)
        if view.done is not None:
            self.right.show_done(view)
            self.corner.setText(tr("마치기"))
            self.corner.set_off(None)
            return
        self.right.show_before_z(view)
        self.corner.setText(tr("Z 마감하고 인쇄"))
        self.corner.set_off(None)
        self.desk.run(view.paper, self.paper.show_document)

    # acting

    def _stepped(self, won: int, count: int) -> None:
        self.presenter.set_pieces(won, count)
        self.right.show_counting(self.presenter)

    def _slip(self, kind: str, answer: Answer | None) -> None:
        self.presenter.tell(kind, answer)

    def _start_over(self) -> None:
        before = self.presenter.counting.listed()
        self.presenter.start_over()
        self.refresh()
        self.desk.say(tr("처음부터 다시 세요"), lambda: self._restore(before))

    def _restore(self, before: tuple[tuple[int, int], ...]) -> None:
        for won, count in before:
            self.presenter.set_pieces(won, count)
        self.refresh()

    def _count_again(self) -> None:
        self.presenter.count_again()
        self.refresh()
        self.focus_first()

    def _reason(self, words: str) -> None:
        if words == "other":
            self.desk.ask_text(tr("왜 다른가요?"), "", tr("이 이유로"), self._take_reason)
        else:
            self._take_reason(words)

    def _take_reason(self, words: str) -> None:
        self.presenter.reason = words
        self.refresh()

    def _open_items(self) -> None:
        self.desk.go("parked" if self.presenter.step == "parked" else "receipts")

    def press_corner(self) -> None:
        """The next step, the count, or the Z."""
        reason = self.corner.off_reason()
        if reason:
            self.desk.say(reason, icon="info")
            return
        view = self.presenter
        if view.step == "cash" and view.result is None:
            self._hand_in()
        elif view.step == "z":
            self._z()
        else:
            try:
                view.advance()
            except Exception as error:
                self.desk.trouble(error)
                return
            self.close_side()
            self.refresh()
            self.focus_first()

    def _hand_in(self) -> None:
        self.corner.set_busy(True)
        self.desk.run(self.presenter.hand_in, lambda _result: self._counted())
        self.corner.set_busy(False)

    def _counted(self) -> None:
        self.refresh()
        self.focus_first()

    def _z(self) -> None:
        if self.presenter.done is not None:
            self.desk.go("shift_open")
            return

        def attempt(override: object) -> None:
            self._closed(self.presenter.close(override))  # type: ignore[arg-type]

        self.desk.allowed(attempt, Action.OVER_SHORT_ABOVE_LIMIT)

    def _closed(self, done: ZDone) -> None:
        self.paper.show_document(done.document)
        self.refresh()
        self.desk.refresh_strip()
        said = tr(
            "Z {number} 마감했어요. 과부족 {won}", number=done.z_no, won=wording.won(done.over_short_won)
        )
        self.desk.say(said)

    def _reprint(self) -> None:
        try:
            self.presenter.print_again()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.desk.say(tr("Z를 다시 뽑아요"), icon="printer")

    def step_back(self) -> bool:
        """One step of the checklist back."""
        if super().step_back():
            return True
        view = self.presenter
        if view.done is not None:
            return False
        if view.step == "cash" and view.result is not None:
            self._count_again()
            return True
        at = STEPS.index(view.step)
        if at > 1:
            view.step = STEPS[at - 1]
            self.refresh()
            return True
        return False
