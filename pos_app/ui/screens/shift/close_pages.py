"""Pages of the close: what is still open, and how the expected cash came about."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.parts import Scroller, empty_layout, figure_row
from pos_app.ui.screens.shift.presenter import Check
from pos_app.ui.screens.views import CountResult, OpenItem
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

RIGHT = Qt.AlignmentFlag.AlignRight


class CheckCard(Card):
    """One tender against its slips: recorded, typed, and what comes of it. `typed(text)`."""

    typed = Signal(str)

    def __init__(self, theme: Theme, check: Check) -> None:
        super().__init__("card", f"check_{check.kind}")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        taken = f"{wording.tender_word(check.kind)} · {tr('장터포스에 적힌 합계')}"
        column.addWidget(figure_row(taken, wording.won(check.taken_won), size="name"))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        if theme.metrics.scale >= 1.5:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
        row.setSpacing(12)
        row.addWidget(Words(check.caption(), "body", True), 1)
        self.field = Field(f"check_{check.kind}_won", check.caption(), number=True, unit=tr("원"))
        self.field.set_text(f"{check.slips_won:,}" if check.slips_won is not None else "")
        self.field.changed.connect(self.typed)
        row.addWidget(self.field, 1)
        column.addLayout(row)
        self.notice = Notice("", name=f"check_{check.kind}_told")
        column.addWidget(self.notice)
        self.tell(check)

    def tell(self, check: Check) -> None:
        """What comes of it."""
        self.notice.set(*check.verdict())


class ItemsPage(QWidget):
    """Open items of a step; `pressed` opens the place to settle them; `typed(tender, text)`."""

    pressed = Signal()
    typed = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.cards: dict[str, CheckCard] = {}
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

    def _show_checks(self, checks: Sequence[Check]) -> None:
        self.cards = {}
        for check in checks:
            card = self.cards[check.kind] = CheckCard(self.theme, check)
            card.typed.connect(lambda text, kind=check.kind: self.typed.emit(kind, text))
            self.scroller.column.addWidget(card)

    def tell(self, checks: Sequence[Check]) -> None:
        """Typed: what comes of it, the fields stay."""
        for check in checks:
            if check.kind in self.cards:
                self.cards[check.kind].tell(check)

    def show_items(self, step: str, items: Sequence[OpenItem], checks: Sequence[Check] = ()) -> None:
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
        self._show_checks(checks)
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
        self.scroller.setVisible(bool(items or checks))
        todo = step == "parked" and bool(items)
        self.nothing.setVisible(todo or not (items or checks))
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
