"""Pages of the close: what is still open, and how the expected cash came about."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.board.answers import Answer
from pos_app.ui.screens.board.slip_editor import SlipEditor
from pos_app.ui.screens.board.views import SlipSheet
from pos_app.ui.screens.parts import Scroller, empty_layout
from pos_app.ui.screens.views import CountResult, OpenItem
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.words import Words

RIGHT = Qt.AlignmentFlag.AlignRight


class ItemsPage(QWidget):
    """Open items of a step; `pressed` opens the place to settle them; `told(kind, answer)` of slips."""

    pressed = Signal()
    told = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.title = Words("", "title", True, name="close_items_title")
        self.sentence = Words("", "body", ink="ink2")
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        self.scroller = Scroller("close_items")
        column.addWidget(self.scroller, 1)
        self.nothing = Empty("check", "", "", name="close_items_none")
        self.nothing.pressed.connect(self.pressed)
        column.addWidget(self.nothing, 1)

    def _show_slips(self, sheets: Sequence[SlipSheet], answers: Mapping[str, Answer]) -> None:
        for sheet in sheets:
            card = Card("card", f"check_{sheet.slip.kind}")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(20, 12, 20, 12)
            editor = SlipEditor(sheet, with_items=sheet.slip.kind != "card")
            if sheet.slip.kind in answers:
                editor.restore(answers[sheet.slip.kind])
            editor.changed.connect(lambda editor=editor: self.told.emit(editor.kind, editor.answer()))
            inside.addWidget(Words(editor.title(), "name", True))
            inside.addWidget(editor)
            self.scroller.column.addWidget(card)

    def show_items(
        self,
        step: str,
        items: Sequence[OpenItem],
        sheets: Sequence[SlipSheet] = (),
        answers: Mapping[str, Answer] | None = None,
    ) -> None:
        """What is open in this step."""
        words = {
            "parked": (tr("보류 정리"), tr("보류한 것이 없어야 마감할 수 있어요.")),
            "cards": (tr("카드 전표"), tr("카드 단말기의 합계와 승인번호를 맞춰 봐요.")),
            "vouchers": (tr("상품권·이체"), tr("받은 상품권을 세고, 들어온 이체를 봐요.")),
        }
        title, sentence = words[step]
        self.title.setText(title)
        self.sentence.setText(sentence)
        empty_layout(self.scroller.column)
        self._show_slips(sheets, answers or {})
        if items:
            card = Card("card", "close_items_card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(20, 12, 20, 12)
            for at, item in enumerate(items):
                if at:
                    inside.addWidget(Divider())
                inside.addWidget(Words(item.text, "body", True))
            self.scroller.column.addWidget(card)
        self.scroller.column.addStretch(1)
        self.scroller.setVisible(bool(items or sheets))
        todo = step == "parked" and bool(items)
        self.nothing.setVisible(todo or not (items or sheets))
        if todo:
            sentence = tr("결제하거나 버리면 다음으로 가요.")
            self.nothing.set(
                tr("보류 {count}개가 남았어요", count=len(items)), sentence, tr("보류 보기"), "recall", "park"
            )
        else:
            self.nothing.set(tr("남은 것이 없어요"), tr("다음으로 가요."), "", None, "check")


class ResultPage(QWidget):
    """Counted against expected, and the way the expected came about."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.counted = BigNumber(0, "total", tr("센 금액"), "counted_amount")
        self.expected = BigNumber(0, "total", tr("예상 금액"), "expected_amount")
        for caption, number in ((tr("센 금액"), self.counted), (tr("예상 금액"), self.expected)):
            card = Card()
            inside = QVBoxLayout(card)
            inside.setContentsMargins(20, 12, 20, 12)
            inside.addWidget(Words(caption, "key_big", ink="ink2"))
            inside.addWidget(number)
            row.addWidget(card, 1)
        column.addLayout(row)
        card = Card("card", "expected_steps")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 16, 20, 12)
        inside.setSpacing(8)
        inside.addWidget(Words(tr("예상 금액은 이렇게 나왔어요"), "key_big", True))
        inside.addWidget(Divider(strong=True))
        self.scroller = Scroller("expected_rows", gap=4)
        inside.addWidget(self.scroller, 1)
        column.addWidget(card, 1)

    def show_result(self, result: CountResult) -> None:
        """The figures."""
        self.counted.set_amount(result.counted_won)
        self.expected.set_amount(result.expected_won)
        empty_layout(self.scroller.column)
        for at, (words, won) in enumerate(result.steps):
            self._row(words, wording.amount(won) if at == 0 else wording.signed(won), False)
            self.scroller.column.addWidget(Divider())
        self._row(tr("예상 금액"), wording.won(result.expected_won), True)
        self.scroller.column.addStretch(1)

    def _row(self, words: str, figure: str, total: bool) -> None:
        row = QWidget()
        row.setAccessibleName(f"{words} {figure}")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 10, 0, 10)
        line.addWidget(Words(words, "name", True), 1)
        line.addWidget(Words(figure, "number" if total else "key_big", True, align=RIGHT, wrap=False))
        self.scroller.column.addWidget(row)
