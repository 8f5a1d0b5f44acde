"""The four questions of the first start."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.first_run.presenter import FirstRunPresenter
from pos_app.ui.screens.parts import LEFT
from pos_app.ui.screens.printers.finder import Finder
from pos_app.ui.screens.printers.presenter import PrintersPresenter
from pos_app.ui.screens.printers.proof_view import ProofView
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

WIDTH = 560


class Page(QWidget):
    """A column of answers, not wider than it reads well."""

    def __init__(self, presenter: FirstRunPresenter) -> None:
        super().__init__()
        self.presenter = presenter
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 0, 8)
        self.column.setSpacing(12)

    def first_focus(self) -> QWidget | None:
        """Where typing begins."""
        return None

    def refresh(self) -> None:
        """Values from the presenter."""

    def labelled(self, words: str, field: Field) -> Field:
        """A field under its words."""
        self.column.addWidget(Words(words, "body", True))
        field.setMaximumWidth(WIDTH)
        self.column.addWidget(field)
        return field


class WhoPage(Page):
    """Till number, market, date; or another till's place."""

    take_over = Signal()

    def __init__(self, presenter: FirstRunPresenter) -> None:
        super().__init__(presenter)
        self.market = self.labelled(
            tr("장터 이름"), Field("first_run_market", tr("장터 이름"), tr("한전 완판장터"))
        )
        self.date = self.labelled(tr("장터 날짜"), Field("first_run_date", tr("장터 날짜"), "2026-11-20"))
        self.register = self.labelled(tr("계산대 번호"), Field("first_run_register", tr("계산대 번호"), "R1"))
        self.market.entered.connect(self.date.setFocus)
        self.date.entered.connect(self.register.setFocus)
        self.spare = Key(tr("다른 계산대 이어받기"), "register", "plain", "first_run_take_over")
        self.spare.setMaximumWidth(WIDTH)
        self.spare.clicked.connect(self.take_over)
        self.column.addWidget(self.spare)

    def first_focus(self) -> QWidget | None:
        """The market's name, all of it chosen."""
        self.market.edit.selectAll()
        return self.market.edit

    def refresh(self) -> None:
        self.market.set_text(self.presenter.market)
        self.date.set_text(self.presenter.business_date)
        self.register.set_text(self.presenter.register)

    def take(self) -> bool:
        """The answers to the presenter; False when one is wrong."""
        view = self.presenter
        view.market, view.business_date = self.market.text(), self.date.text()
        view.register = self.register.text()
        problems = view.who_problems()
        self.market.set_error(problems.get("market"))
        self.date.set_error(problems.get("date"))
        self.register.set_error(problems.get("register"))
        return not problems


class GoodsPage(Page):
    """A workbook, or the sample."""

    pick = Signal()
    sample = Signal()

    def __init__(self, presenter: FirstRunPresenter) -> None:
        super().__init__(presenter)
        self.file = Key(
            tr("엑셀 파일 고르기"),
            "box-in",
            "name",
            "first_run_file",
            detail=tr("업체와 물건이 적힌 파일"),
            align=LEFT,
        )
        self.demo = Key(
            tr("견본으로 시작하기"),
            "box-in",
            "name",
            "first_run_sample",
            detail=tr("장터 한 곳의 업체와 물건"),
            align=LEFT,
        )
        self.file.clicked.connect(self.pick)
        self.demo.clicked.connect(self.sample)
        self.done = Notice("", "ok", name="import_done")
        self.bad = Notice("", "warn", name="import_bad")
        for part in (self.file, self.demo, self.done, self.bad):
            part.setMaximumWidth(WIDTH + 160)
            self.column.addWidget(part)

    def first_focus(self) -> QWidget | None:
        return self.file

    def set_busy(self, busy: bool) -> None:
        """A file is being read."""
        self.file.set_busy(busy)
        self.demo.set_busy(busy)

    def refresh(self) -> None:
        view = self.presenter
        words = view.import_words()
        self.done.setVisible(bool(words))
        self.done.set(words, "ok")
        bad = view.bad_words()
        self.bad.setVisible(bool(bad))
        shown = "\n".join(bad[:6]) + (tr("\n외 {count}개", count=len(bad) - 6) if len(bad) > 6 else "")
        self.bad.set(shown, "warn", tr("못 읽은 칸이 {count}개 있어요. 나머지는 넣었어요.", count=len(bad)))


class PrinterPage(Page):
    """Choose a printer, then the proof: numbered lines and one question at a time."""

    changed = Signal()
    skipped = Signal()

    def __init__(self, presenter: FirstRunPresenter, desk: Desk) -> None:
        super().__init__(presenter)
        self.desk = desk
        self._searched = False
        self.finder = Finder(desk, PrintersPresenter(desk.house), "first_run")
        self.finder.setMaximumWidth(desk.theme.metrics.px(WIDTH + 160))
        self.finder.chosen.connect(self._chosen)
        self.none = Key(tr("인쇄기 없이 시작하기"), "close", "plain", "first_run_no_printer", align=LEFT)
        self.none.setMaximumWidth(desk.theme.metrics.px(WIDTH + 160))
        self.none.clicked.connect(self.without)
        self.proof = ProofView(desk, "first_run_proof", headed=False)
        self.proof.changed.connect(self._proof_changed)
        self.other = Key(tr("다른 인쇄기 고르기"), "left", "plain", "first_run_other")
        self.other.setMaximumWidth(desk.theme.metrics.px(WIDTH))
        self.other.clicked.connect(self.again)
        for part in (self.finder, self.none, self.proof, self.other):
            self.column.addWidget(part)

    def arrange(self, room: int) -> None:
        """The picture beside the answers where there is room (px)."""
        self.proof.arrange(room)

    def first_focus(self) -> QWidget | None:
        """The first choice."""
        return None if self.proof.presenter is not None else self.finder.look

    def refresh(self) -> None:
        proving = self.proof.presenter is not None
        self.finder.setVisible(not proving)
        self.none.setVisible(not proving)
        self.proof.setVisible(proving)
        self.other.setVisible(proving and not self.done())
        if not proving and not self._searched:
            self._searched = True
            self.finder.search()

    def done(self) -> bool:
        """Whether a printer was proved to the end."""
        return self.proof.presenter is not None and self.proof.presenter.state == "done"

    def corner(self) -> str:
        """The hoped-for answer's verb, empty where there is none."""
        return self.proof.corner()

    def press_corner(self) -> bool:
        """Take the hoped-for answer; False when the step is over."""
        if not self.proof.corner():
            return False
        self.proof.press_corner()
        return True

    def without(self) -> None:
        """No printer for now."""
        self.again()
        self.skipped.emit()

    def again(self) -> None:
        """Back to the list."""
        self.proof.end()
        self.refresh()
        self.changed.emit()

    def _chosen(self, uri: str) -> None:
        self.proof.begin(uri)
        self.refresh()

    def _proof_changed(self) -> None:
        if self.done():
            self.presenter.printer_uri = self.desk.house.settings.get("printer_uri")
        self.refresh()
        self.changed.emit()


class PinPage(Page):
    """The coordinator's name and PIN, twice."""

    def __init__(self, presenter: FirstRunPresenter) -> None:
        super().__init__(presenter)
        self.name = self.labelled(tr("담당자 이름"), Field("first_run_name", tr("담당자 이름")))
        self.pin = self.labelled(tr("PIN (숫자 여섯 자리)"), Field("first_run_pin", tr("PIN"), secret=True))
        self.again = self.labelled(
            tr("한 번 더"), Field("first_run_pin_again", tr("PIN 한 번 더"), secret=True)
        )
        self.name.entered.connect(self.pin.setFocus)
        self.pin.entered.connect(self.again.setFocus)

    def first_focus(self) -> QWidget | None:
        return self.name.edit

    def take(self) -> bool:
        """The answers to the presenter; False when one is wrong."""
        view = self.presenter
        view.name, view.pin, view.pin_again = self.name.text(), self.pin.text(), self.again.text()
        problems = view.pin_problems()
        self.name.set_error(problems.get("name"))
        self.pin.set_error(problems.get("pin"))
        self.again.set_error(problems.get("again"))
        return not problems
