"""What the goods sheet leads to: a slip to sign, and what to bring to the next market."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.parts import Paper
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.table import Table

if TYPE_CHECKING:
    from pos_app.printing.document import Document
    from pos_app.ui.screens.goods.screen import GoodsScreen


class SuggestDialog(Dialog):
    """What to bring next time, and why; `taken` when it is to stand in the sheet."""

    taken = Signal()

    def __init__(self, window: QWidget, vendor: str, rows: Sequence[tuple[str, str, int, str]]) -> None:
        words = tr("지난 장터에서 팔린 만큼이에요. 적어 넣어도 저장하기 전에는 아무것도 바뀌지 않아요.")
        super().__init__(window, tr("{vendor}: 추천 반입 수량", vendor=vendor), words, "goods_suggest", 820)
        heads = (tr("품목"), tr("추천"), tr("까닭"))
        self.table = Table("goods_suggest_table", tr("추천 반입 수량"), heads, (1,), stretch=2)
        self.table.set_rows([(name, wording.pieces(milli), why) for _, name, milli, why in rows])
        self.table.setVisible(bool(rows))
        self.table.setMinimumHeight(260)
        self.body.addWidget(self.table, 1)
        if not rows:
            sentence = tr("이 장터에서 봉인한 날이 쌓이면 여기에 나와요.")
            self.body.addWidget(
                Empty("box-in", tr("아직 추천할 것이 없어요"), sentence, name="no_suggestion")
            )
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "goods_suggest_safe"))
        keep.clicked.connect(self.leave)
        self.first = keep
        if rows:
            act = self.add_key(Key(tr("반입 칸에 적기"), "box-in", "primary", "goods_suggest_act"))
            act.clicked.connect(self._take)
            self.first = act

    def _take(self) -> None:
        self.shut()
        self.taken.emit()


def ask_slip(screen: "GoodsScreen", document: "Document") -> None:
    """Look at the slip, then print or save it."""
    dialog = Dialog(screen.window(), document.title, "", "goods_slip", 640)
    paper = Paper(screen.desk, "goods_slip_paper", document.title)
    paper.setMinimumHeight(320)
    dialog.body.addWidget(paper, 1)
    view, desk = screen.presenter, screen.desk

    def save() -> None:
        name = str(Path.home() / f"{document.title}-{view.heading()[1]}.pdf".replace(" ", ""))
        path, _ = QFileDialog.getSaveFileName(screen, tr("어디에 저장할까요?"), name, "PDF (*.pdf)")
        if path:
            dialog.shut()
            desk.run(lambda: view.slip_pdf(Path(path)), lambda said: desk.say(said, icon="check"))

    def out() -> None:
        dialog.shut()
        desk.run(view.print_slip, lambda said: desk.say(said, icon="printer"))

    keep = dialog.add_key(Key(tr("닫기"), None, "plain", "goods_slip_safe"))
    keep.clicked.connect(dialog.leave)
    pdf = dialog.add_key(Key("PDF", "receipt", "plain", "goods_slip_pdf"))
    pdf.clicked.connect(save)
    act = dialog.add_key(Key(tr("인쇄"), "printer", "primary", "goods_slip_print"))
    act.clicked.connect(out)
    desk.open_dialog(dialog, act)
    paper.show_document(document)
