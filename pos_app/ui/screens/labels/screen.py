"""Shows 가격표: sellers and goods at the left, how many labels on which sheet at the right."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.labels.presenter import MOST_COPIES, LabelsPresenter
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Divider
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.stepper import Stepper
from pos_app.ui.widgets.words import Words


class LabelsScreen(Screen):
    """Choose goods, then a PDF for A4 label sheets or the receipt printer."""

    name = "labels"
    panel_lead = 400

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = LabelsPresenter(desk.house)
        self._build_work()
        self._build_panel()
        self.corner.set_icon("printer")

    def _build_work(self) -> None:
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        column.addWidget(Words(tr("가격표"), "title", True, name="labels_title"))
        self.pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.pair.setSpacing(16)
        self.vendors = PickList("label_vendors", tr("업체"))
        self.vendors.picked.connect(self._choose_vendor)
        self.goods = PickList("label_goods", tr("라벨을 뽑을 물건"))
        self.goods.picked.connect(self._pick)
        self.goods.entered.connect(lambda _key: self.copies.edit.setFocus())
        self.pair.addWidget(self.vendors, 4)
        self.pair.addWidget(self.goods, 7)
        column.addLayout(self.pair, 1)
        self.more = Words("", "body", ink="ink2", name="labels_more")
        column.addWidget(self.more)
        self.nothing = Empty(
            "barcode", tr("아직 물건이 없어요"), tr("물건 목록을 가져오면 여기에서 골라요."), name="no_goods"
        )
        column.addWidget(self.nothing, 1)

    def _build_panel(self) -> None:
        panel = self.column(self.panel_body, 8, 16)
        panel.addWidget(Words(tr("뽑을 라벨"), "key_big", ink="ink2"))
        self.total = BigNumber(0, "counted", tr("뽑을 라벨"), "labels_total", unit=tr("장"))
        panel.addWidget(self.total)
        self.paper = Words("", "body", ink="ink2", name="labels_paper")
        panel.addWidget(self.paper)
        panel.addWidget(Divider(strong=True))
        scroller = Scroller("labels_choices", gap=10)
        column = scroller.column
        self.chosen = Words("", "name", True, name="labels_chosen")
        self.copies = Stepper("labels_copies", tr("라벨 장수"), 0, 0, MOST_COPIES)
        self.copies.changed.connect(self._set_copies)
        self.each = Key(tr("이 목록 모두 한 장씩"), "plus", "plain", "labels_each")
        self.each.clicked.connect(self._one_each)
        self.none = Key(tr("모두 비우기"), "trash", "plain", "labels_none")
        self.none.clicked.connect(self._clear)
        choices = [(s.name, f"{s.name} · {s.size_words}") for s in self.presenter.sheets]
        self.sheets = ChipRow("label_sheets", tr("라벨 용지"), choices, vertical=True)
        self.sheets.picked.connect(self._choose_sheet)
        self.start = Stepper("labels_start", tr("처음 쓸 칸"), 1, 1, self.presenter.sheet.count)
        self.start.changed.connect(self._set_start)
        self.tape = Key(tr("영수증 인쇄기로 뽑기"), "receipt", "plain", "labels_print")
        self.tape.clicked.connect(self._print)
        self.measure = Key(tr("자리 맞추는 쪽 저장"), "edit", "plain", "labels_calibrate")
        self.measure.clicked.connect(self._calibrate)
        parts: tuple[QWidget, ...] = (
            self.chosen, self.copies, self.each, self.none, Divider(),
            self.tape, Divider(), Words(tr("라벨 용지"), "key_big", True), self.sheets,
            Words(tr("처음 쓸 칸"), "key_big", True), self.start, self.measure,
        )  # fmt: skip
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        panel.addWidget(scroller, 1)

    def enter(self) -> None:
        """Read the goods in the background."""
        self.refresh()
        self.desk.run(self.presenter.load, self._take)

    def _take(self, read: tuple[object, object]) -> None:
        self.presenter.take(read)  # type: ignore[arg-type]
        self.refresh()
        self.focus_first()

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        self.nothing.setVisible(view.empty)
        self.vendors.setVisible(not view.empty)
        self.goods.setVisible(not view.empty)
        self.vendors.set_rows(
            [
                RowView(
                    row.id or "all", row.name, badge=_badge(row.copies), booth=row.booth, badge_below=True
                )
                for row in view.vendors()
            ],
            view.vendor or "all",
        )
        self.goods.set_rows(
            [
                RowView(row.id, row.name, row.caption, row.price, _badge(row.copies), row.booth)
                for row in view.goods()
            ],
            view.chosen,
        )
        more = view.more_words()
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self._refresh_panel()

    def _refresh_panel(self) -> None:
        view = self.presenter
        self.total.set_amount(view.total())
        self.paper.setText(view.paper_words())
        name = view.chosen_name()
        self.chosen.setText(name or tr("고른 물건이 없어요"))
        self.copies.setVisible(bool(name))
        self.copies.set_value(view.copies(view.chosen))
        self.copies.set_spoken(tr("{name} 라벨 장수", name=name) if name else tr("라벨 장수"))
        self.sheets.choose(view.sheet.name)
        self.start.set_most(view.sheet.count)
        self.start.set_value(view.start)
        off = view.off_reason() or None
        for key in (self.corner, self.tape):
            key.set_off(off)
        self.corner.setText(view.corner())
        self.refresh_side()

    def arrange(self) -> None:
        """Sellers beside the goods where there is room, else above them."""
        wide = self.work.width() >= self.metrics.px(720)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self.pair.direction() != direction:
            self.pair.setDirection(direction)

    def first_focus(self) -> QWidget | None:
        """The goods."""
        return self.corner if self.presenter.empty else self.goods

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("물건") if opened else tr("장수와 용지")

    def _choose_vendor(self, key: str) -> None:
        self.presenter.vendor = "" if key == "all" else key
        self.refresh()

    def _pick(self, key: str) -> None:
        self.presenter.pick(key)
        self.refresh()

    def _set_copies(self, count: int) -> None:
        self.presenter.set_copies(self.presenter.chosen, count)
        self.refresh()

    def _one_each(self) -> None:
        self.presenter.one_each()
        self.refresh()

    def _clear(self) -> None:
        self.presenter.clear()
        self.refresh()

    def _choose_sheet(self, name: str) -> None:
        self.presenter.choose_sheet(name)
        self.refresh()

    def _set_start(self, place: int) -> None:
        self.presenter.start = place
        self._refresh_panel()

    def press_corner(self) -> None:
        """Save the PDF."""
        if self._said_why():
            return
        self._save(self.presenter.file_name(), self.presenter.save)

    def _calibrate(self) -> None:
        self._save(f"{tr('자리맞추기')}-{self.presenter.sheet.name}.pdf", self.presenter.save_calibration)

    def _save(self, name: str, make: Callable[[Path], str]) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, tr("어디에 저장할까요?"), str(Path.home() / name), "PDF (*.pdf)"
        )
        if path:
            self.desk.run(lambda: make(Path(path)), self._done)

    def _print(self) -> None:
        if not self._said_why():
            self.desk.run(self.presenter.print_labels, self._done)

    def _done(self, sentence: str) -> None:
        self.desk.say(sentence, icon="check")
        self.desk.run(self.presenter.load, self._take)  # new barcodes stand in the list

    def _said_why(self) -> bool:
        reason = self.presenter.off_reason()
        if reason:
            self.desk.say(reason, icon="info")
        return bool(reason)


def _badge(copies: int) -> BadgeView | None:
    return BadgeView(tr("{count}장", count=copies), "count") if copies else None
