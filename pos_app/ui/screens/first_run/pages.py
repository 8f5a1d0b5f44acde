"""The four questions of the first start."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.printing.document import ShopHeader
from pos_app.printing.layouts.test_page import test_page_document
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.first_run.presenter import FirstRunPresenter
from pos_app.ui.screens.parts import LEFT, Paper
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
    """Till number, market, date."""

    def __init__(self, presenter: FirstRunPresenter) -> None:
        super().__init__(presenter)
        self.market = self.labelled(tr("장터 이름"), Field("first_run_market", tr("장터 이름"), tr("한전 완판장터")))
        self.date = self.labelled(tr("장터 날짜"), Field("first_run_date", tr("장터 날짜"), "2026-11-20"))
        self.register = self.labelled(tr("계산대 번호"), Field("first_run_register", tr("계산대 번호"), "R1"))
        self.market.entered.connect(self.date.setFocus)
        self.date.entered.connect(self.register.setFocus)

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
            tr("엑셀 파일 고르기"), "box-in", "name", "first_run_file", detail=tr("업체와 물건이 적힌 파일"), align=LEFT
        )
        self.demo = Key(
            tr("견본으로 시작하기"), "box-in", "name", "first_run_sample", detail=tr("장터 한 곳의 업체와 물건"), align=LEFT
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
    """The printer's address, a test, and what it should look like."""

    changed = Signal()
    test = Signal()

    def __init__(self, presenter: FirstRunPresenter, desk: Desk) -> None:
        super().__init__(presenter)
        self.desk = desk
        self.pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.pair.setSpacing(32)
        self.column.addLayout(self.pair)
        answers, picture = QWidget(), QWidget()
        self.pair.addWidget(answers, 1)
        self.pair.addWidget(picture, 1)
        beside = QVBoxLayout(picture)
        beside.setContentsMargins(0, 0, 0, 0)
        self.column = QVBoxLayout(answers)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.uri = self.labelled(
            tr("인쇄기 주소"), Field("first_run_printer", tr("인쇄기 고르기"), "socket://192.168.0.87:9100")
        )
        self.uri.changed.connect(self._typed)
        hint = Words(tr("USB 인쇄기는 file:///dev/usb/lp0 처럼 적어요. 비우면 인쇄기 없이 시작해요."), "body", ink="ink2")
        self.column.addWidget(hint)
        self.try_key = Key(tr("시험 인쇄"), "printer", "plain", "first_run_test")
        self.try_key.setMaximumWidth(WIDTH)
        self.try_key.clicked.connect(self.test)
        self.column.addWidget(self.try_key)
        self.column.addStretch(1)
        beside.addWidget(Words(tr("이렇게 나와야 해요"), "caption", ink="ink2"))
        self.paper = Paper(desk, "first_run_paper", tr("시험 인쇄 그림"))
        self.paper.setMinimumHeight(380)
        self.paper.setMaximumWidth(WIDTH)
        beside.addWidget(self.paper)

    def arrange(self, room: int) -> None:
        """The picture beside the answers where there is room (px)."""
        wide = room >= self.paper.desk.theme.metrics.px(900)
        self.pair.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _typed(self, text: str) -> None:
        self.presenter.printer_uri = text.strip()
        self.try_key.set_off(None if text.strip() else tr("인쇄기 주소를 먼저 적어요."))
        self.changed.emit()

    def first_focus(self) -> QWidget | None:
        return self.uri.edit

    def refresh(self) -> None:
        self.uri.set_text(self.presenter.printer_uri)
        self.paper.show_document(test_page_document(ShopHeader(self.presenter.market)))
        self.try_key.set_off(None if self.presenter.printer_uri else tr("인쇄기 주소를 먼저 적어요."))


class PinPage(Page):
    """The coordinator's name and PIN, twice."""

    def __init__(self, presenter: FirstRunPresenter) -> None:
        super().__init__(presenter)
        self.name = self.labelled(tr("담당자 이름"), Field("first_run_name", tr("담당자 이름")))
        self.pin = self.labelled(tr("PIN (숫자 여섯 자리)"), Field("first_run_pin", tr("PIN"), secret=True))
        self.again = self.labelled(tr("한 번 더"), Field("first_run_pin_again", tr("PIN 한 번 더"), secret=True))
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
