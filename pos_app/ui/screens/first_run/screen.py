"""Shows the first start: four questions, one at a time."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.runtime.paths import resources
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.first_run.pages import GoodsPage, PinPage, PrinterPage, WhoPage
from pos_app.ui.screens.first_run.presenter import FirstRunPresenter
from pos_app.ui.screens.first_run.step_list import StepList
from pos_app.ui.screens.frame import Ground, Screen
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.screens.printers.finder import tried
from pos_app.ui.screens.views import ImportDone
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words


class FirstRunScreen(Screen):
    """Till and market, goods, printer, PIN."""

    name = "first_run"
    panel_lead = 300

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = FirstRunPresenter(desk.house)
        self._texts = ("", "")
        self.steps_ground = Ground(self.theme, "surface", "r", self)
        self.steps = StepList(self.theme, self.presenter, self.steps_ground)
        self.column(self.steps_ground, 0).addWidget(self.steps)
        self.who = WhoPage(self.presenter)
        self.goods = GoodsPage(self.presenter)
        self.printer = PrinterPage(self.presenter, desk)
        self.pin = PinPage(self.presenter)
        self.goods.pick.connect(self._pick_file)
        self.goods.sample.connect(self._sample)
        self.who.take_over.connect(lambda: desk.go("take_over"))
        self.printer.changed.connect(self._refresh_keys)
        self.printer.skipped.connect(self._later)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self.work)
        self.work_column = column
        column.setSpacing(12)
        self.title = Words("", "number_big", True, name="first_run_title")
        self.sentence = Words("", "key_big", ink="ink2", name="first_run_sentence")
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        self.pages = QStackedWidget()
        for page in (self.who, self.goods, self.printer, self.pin):
            scroller = Scroller(f"first_run_page_{self.pages.count()}")
            scroller.column.addWidget(page)
            scroller.column.addStretch(1)
            self.pages.addWidget(scroller)
        column.addWidget(self.pages, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.back = Key(tr("뒤로"), "left", "plain", "first_run_back")
        self.later = Key(tr("나중에 하기"), None, "plain", "first_run_later")
        self.back.clicked.connect(self.step_back)
        self.later.clicked.connect(self._later)
        foot.addWidget(self.back)
        foot.addWidget(self.later)
        foot.addStretch(1)
        self.foot_room = QWidget()
        foot.addWidget(self.foot_room)
        column.addLayout(foot)

    # layout: the steps at the left, the corner key at the right of the foot

    def _lay_two_panes(self) -> None:
        wide, high, lead = self.width(), self.height(), self.panel_px()
        self.panel.setVisible(False)
        self.side_key.setVisible(False)
        self.steps_ground.setVisible(True)
        self.steps_ground.setGeometry(0, 0, lead, high)
        self._place(lead, wide - lead, high)

    def _lay_one_pane(self) -> None:
        self.panel.setVisible(False)
        self.side_key.setVisible(False)
        self.steps_ground.setVisible(False)
        self._place(0, self.width(), self.height())

    def _place(self, left: int, wide: int, high: int) -> None:
        metrics = self.metrics
        pad = 40 if wide >= 900 else metrics.padding
        tall = metrics.key_px(72)
        self.work.setGeometry(left, 0, wide, high)
        self.work_column.setContentsMargins(pad, 32 if pad == 40 else 16, pad, 32)
        for key in (self.back, self.later):
            key.setFixedHeight(tall)
        self.foot_room.setFixedSize(1, tall)
        corner = max(metrics.px(260), self.corner.sizeHint().width())
        self.corner.setGeometry(left + wide - pad - corner, high - 32 - tall, corner, tall)
        self.corner.raise_()

    def arrange(self) -> None:
        """The picture of the test page beside its question."""
        self.printer.arrange(self.work.width() - 80)

    # showing

    def enter(self) -> None:
        """The question."""
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """The first answer."""
        page = (self.who, self.goods, self.printer, self.pin)[self.presenter.step]
        return page.first_focus()

    def refresh(self) -> None:
        """The step that is asked."""
        view = self.presenter
        self.pages.setCurrentIndex(view.step)
        texts = (
            (tr("나는 누구인가요?"), tr("이 컴퓨터가 몇 번 계산대인지, 어느 장터인지 알려 주세요.")),
            (tr("무엇을 파나요?"), tr("업체와 물건이 적힌 엑셀 파일을 골라 주세요.")),
            (tr("시험 영수증을 인쇄해 볼게요"), tr("인쇄기를 고르고, 나온 종이가 그림과 같은지 봐 주세요.")),
            (
                tr("PIN을 정할까요?"),
                tr("여러 사람이 쓰면 담당자의 PIN부터 정해요. 혼자 쓰면 나중에 해도 돼요."),
            ),
        )
        self._texts = texts[view.step]
        self._refresh_head()
        self.steps.refresh()
        self.setAccessibleName(view.accessible_step())
        (self.who, self.goods, self.printer, self.pin)[view.step].refresh()
        self._refresh_keys()
        self.focus_first()

    def _refresh_head(self) -> None:
        """The question; while a printer is proved, the one about its page."""
        asked = self.printer.proof.heading() if self.presenter.step == 2 else ("", "")
        title, sentence = asked if asked[0] else self._texts
        self.title.setText(title)
        self.sentence.setText(sentence)

    def _refresh_keys(self) -> None:
        view = self.presenter
        self._refresh_head()
        self.back.setVisible(view.step > 0)
        self.corner.setText((self.printer.corner() if view.step == 2 else "") or view.corner())
        self.relayout()

    # acting

    def press_corner(self) -> None:
        """The affirmative verb."""
        view = self.presenter
        if isinstance(self.focusWidget(), QLineEdit):
            self.focusWidget().clearFocus()
        if view.step == 0 and not self.who.take():
            return
        if view.step == 3:
            if self.pin.take():
                self.desk.run(view.add_person, lambda _done: self._finish())
            return
        if view.step == 2:
            if self.printer.press_corner():
                return
            self.printer.proof.end()
        view.forward()
        self.refresh()

    def _later(self) -> None:
        if self.presenter.step == 0 and not self.who.take():
            self.presenter.suggest()
        self.printer.proof.end()
        if self.presenter.forward():
            self.refresh()
        else:
            self._finish()

    def _finish(self) -> None:
        try:
            self.presenter.open_day()
        except Exception as error:
            self.desk.trouble(error)
            self.presenter.step = 0
            self.refresh()
            return
        self.desk.day_opened()

    def tick(self) -> None:
        """Once a second: has the page come out?"""
        if self.presenter.step == 2:
            self.printer.proof.tick()

    def step_back(self) -> bool:
        """The question before; out of the proof first."""
        proof = self.printer.proof
        if self.presenter.step == 2 and proof.presenter is not None and not self.printer.done():
            if not proof.back():
                self.printer.again()
            return True
        if self.presenter.back():
            self.refresh()
        return True

    def _pick_file(self) -> None:
        title = tr("물건 목록 고르기")
        kinds = tr("엑셀과 CSV (*.xlsx *.csv)")
        path, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if path:
            self.import_path(Path(path))

    def _sample(self) -> None:
        self.import_path(resources() / "demo" / "catalogue.xlsx")

    def import_path(self, path: Path) -> None:
        """Read a workbook in the background."""
        self.goods.set_busy(True)
        self.desk.run(lambda: tried(lambda: self.presenter.import_file(path)), self._imported)

    def _imported(self, result: tuple[ImportDone | None, Exception | None]) -> None:
        done, error = result
        self.goods.set_busy(False)
        if done is None:
            self.desk.trouble(error or ValueError("nothing was read"))
            return
        self.presenter.take_import(done)
        self.refresh()
        QTimer.singleShot(0, self, self._show_import)

    def _show_import(self) -> None:
        """In large type what came in stands below the keys: bring it into sight."""
        page = self.pages.widget(1)
        if isinstance(page, Scroller):
            page.ensureWidgetVisible(self.goods.bad if self.goods.bad.isVisible() else self.goods.done)

    def scanned(self, text: str) -> None:
        """Nothing is sold yet."""
