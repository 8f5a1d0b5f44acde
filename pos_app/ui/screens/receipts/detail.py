"""The lines of a sale with steppers, the reason, and what becomes of the goods."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.flow import ChoiceFlow
from pos_app.ui.screens.parts import Scroller, empty_layout
from pos_app.ui.screens.receipts.presenter import ReceiptsPresenter
from pos_app.ui.screens.views import SoldLineView
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words

RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter


def tight(theme: Theme) -> bool:
    """Large type beside the list of receipts: the lines need every pixel."""
    return theme.metrics.width < theme.metrics.px(1300) and not theme.metrics.list_alone


class LineRow(QWidget):
    """One sold line: less, how many, more, and the money for it."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, presenter: ReceiptsPresenter, line: SoldLineView) -> None:
        super().__init__()
        self.presenter, self.line = presenter, line
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        narrow = tight(theme)
        row.setSpacing(8 if narrow else 12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(line.name, "name", True))
        sold = f"{wording.sold_quantity(line, line.quantity_milli)} · {wording.won(line.net_won)}"
        words.addWidget(Words(sold, "caption", ink="ink2"))
        row.addLayout(words, 1)
        metrics = theme.metrics
        size = QSize(metrics.stepper_width, metrics.key_height)
        self.minus = Key(
            "", "minus", "plain", f"refund_minus_{line.no}", spoken=tr("{name} 덜 돌려받기", name=line.name)
        )
        self.plus = Key(
            "", "plus", "plain", f"refund_plus_{line.no}", spoken=tr("{name} 더 돌려받기", name=line.name)
        )
        for key in (self.minus, self.plus):
            key.setFixedSize(size)
        self.minus.clicked.connect(lambda: self.stepped.emit(-1))
        self.plus.clicked.connect(lambda: self.stepped.emit(1))
        middle = QVBoxLayout()
        middle.setSpacing(0)
        size_name = "name" if narrow and line.sold_by == "weight" else "number"
        self.count = Words("0", size_name, True, align=CENTRE, wrap=False, name=f"refund_count_{line.no}")
        self.bought = Words("", "caption", ink="ink2", align=CENTRE, wrap=False)
        middle.addStretch(1)
        middle.addWidget(self.count)
        middle.addWidget(self.bought)
        middle.addStretch(1)
        self.bought.setMinimumWidth(metrics.px(64 if narrow else 96))
        self.worth = Words("0", "body" if narrow else "name", True, align=RIGHT, wrap=False)
        self.worth.setMinimumWidth(metrics.px(68 if narrow else 88))
        row.addWidget(self.minus)
        row.addLayout(middle)
        row.addWidget(self.plus)
        row.addWidget(self.worth)
        self.refresh()

    def refresh(self) -> None:
        """Numbers from the presenter."""
        line, back = self.line, self.presenter.back.get(self.line.no, 0)
        weighed = line.sold_by == "weight"
        count = wording.weight(back) if weighed else wording.pieces(back)
        self.count.setText(count)
        left = wording.sold_quantity(line, line.left_milli)
        whole = line.left_milli == line.quantity_milli
        bought = tr("산 것 {count}", count=left) if whole else tr("남은 것 {count}", count=left)
        self.bought.setText(bought)
        self.count.setAccessibleName(
            tr("{name} 돌려줄 수량 {count}, {bought}", name=line.name, count=count, bought=bought)
        )
        won = self.presenter.line_worth(line)
        self.worth.setText(wording.amount(-won))
        self.worth.set_ink("ink" if won else "ink3")
        self.minus.set_off(None if back else tr("더 줄일 수 없어요."))
        most = back >= line.left_milli
        gone = tr("모두 환불했어요.") if not line.left_milli else tr("산 만큼만 돌려받을 수 있어요.")
        self.plus.set_off(gone if most else None)


class RefundDetail(QWidget):
    """`changed` after each choice."""

    changed = Signal()
    back = Signal()
    reprint = Signal()
    look = Signal()
    void = Signal()
    cash_receipt = Signal()
    other_reason = Signal()
    refused = Signal(str)

    def __init__(self, theme: Theme, presenter: ReceiptsPresenter) -> None:
        super().__init__()
        self.theme, self.presenter = theme, presenter
        self.rows: list[LineRow] = []
        outer = QVBoxLayout(self)
        side = 12 if tight(theme) else 20
        outer.setContentsMargins(side, 16, side, 12)
        outer.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        self.back_key = Key(tr("뒤로"), "left", "plain", "receipts_back")
        self.back_key.clicked.connect(self.back)
        self.title = Words("", "title", True, name="refund_title")
        self.small = Words("", "body", ink="ink2", name="refund_small")
        self.everything = Key(tr("모두 고르기"), None, "plain", "refund_all")
        self.everything.clicked.connect(self._all)
        self.everything.refused.connect(self.refused)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.title)
        titles.addWidget(self.small)
        head.addWidget(self.back_key)
        head.addLayout(titles, 1)
        head.addWidget(self.everything)
        outer.addLayout(head)
        self.scroller = Scroller("refund_lines")
        self.card = Card()
        self.lines = QVBoxLayout(self.card)
        inner = 8 if tight(theme) else 16
        self.lines.setContentsMargins(inner, 4, inner, 4)
        self.lines.setSpacing(0)
        self.scroller.column.addWidget(self.card)
        self._build_choices(theme)
        outer.addWidget(self.scroller, 1)
        self.nothing = Empty(
            "receipt", tr("영수증을 골라요"), tr("왼쪽에서 하나를 누르면 물건이 보여요."), name="no_choice"
        )
        outer.addWidget(self.nothing, 1)

    def _build_choices(self, theme: Theme) -> None:
        column = self.scroller.column
        self.reason_title = Words(tr("이유"), "key_big", True)
        self.reasons = ChoiceFlow(theme, "refund_reasons", tr("이유"))
        self.reasons.picked.connect(self._reason)
        self.goods_title = Words(tr("물건은"), "key_big", True)
        choices = (("yes", tr("다시 팔 수 있어요")), ("no", tr("버려요 (폐기)")))
        self.goods = ChoiceFlow(theme, "refund_goods", tr("물건은"), choices)
        self.goods.picked.connect(self._goods)
        self._build_acts(theme)
        for part in (self.reason_title, self.reasons, self.goods_title, self.goods, self.paper_row):
            column.addWidget(part)
        column.addStretch(1)

    def _build_acts(self, theme: Theme) -> None:
        """What may be done with the sale besides; two and two where four have no room."""
        self.paper_row = QWidget()
        grid = QGridLayout(self.paper_row)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setSpacing(8)
        look = Key(tr("영수증 보기"), "search", "plain", "refund_look")
        again = Key(tr("재발행"), "receipt", "plain", "refund_reprint")
        self.cash_key = Key(tr("현금영수증"), "receipt", "plain", "refund_cash_receipt")
        self.void_key = Key(tr("판매 취소"), "undo", "danger", "refund_void")
        look.clicked.connect(self.look)
        again.clicked.connect(self.reprint)
        self.cash_key.clicked.connect(self.cash_receipt)
        self.cash_key.refused.connect(self.refused)
        self.void_key.clicked.connect(self.void)
        columns = 2 if tight(theme) else 4
        for at, key in enumerate((look, again, self.cash_key, self.void_key)):
            if theme.metrics.width < theme.metrics.px(1500):
                key.set_icon(None)  # the words are worth more than their pictures
            grid.addWidget(key, at // columns, at % columns)
        grid.setColumnStretch(columns, 1)

    def rebuild(self) -> None:
        """Another sale: other rows."""
        view = self.presenter
        empty_layout(self.lines)
        self.rows = []
        if view.sold is None:
            return
        for at, line in enumerate(view.sold.lines):
            if at:
                self.lines.addWidget(Divider())
            row = LineRow(self.theme, view, line)
            row.stepped.connect(lambda step, line=line: self._step(line, step))
            for key in (row.minus, row.plus):
                key.refused.connect(self.refused)
            self.lines.addWidget(row)
            self.rows.append(row)
        choices = [(words, words) for words in view.reasons()]
        own = view.reason if view.reason and view.reason not in view.reasons() else ""
        choices.append(("other", own or tr("다른 이유")))
        self.reasons.set_choices(choices, "other" if own else view.reason)

    def refresh(self) -> None:
        """Numbers and choices from the presenter."""
        view = self.presenter
        sold = view.sold
        self.scroller.setVisible(sold is not None)
        self.nothing.setVisible(sold is None)
        for part in (self.title, self.small, self.everything):
            part.setVisible(sold is not None)
        if sold is None:
            return
        self.title.setText(tr("{number} 환불", number=sold.receipt_no))
        self.small.setText(view.title())
        open_ = view.refundable()
        self.everything.set_off(None if open_ else view.off_reason())
        for row in self.rows:
            row.refresh()
        self.cash_key.set_chosen(sold.cash_receipt is not None)
        refusal = view.cash_receipt_refusal()
        self.cash_key.set_off(sentence(refusal) if refusal is not None else None)
        self.goods.choose("yes" if view.restock else "no")
        choices: tuple[QWidget, ...] = (self.reason_title, self.reasons, self.goods_title, self.goods)
        for choice in choices:
            choice.setVisible(open_)
        untouched = all(line.left_milli == line.quantity_milli for line in sold.lines)
        self.void_key.setVisible(sold.same_shift and not sold.voided and untouched)

    def _step(self, line: SoldLineView, step: int) -> None:
        self.presenter.step(line, step)
        self.changed.emit()

    def _all(self) -> None:
        self.presenter.take_all()
        self.changed.emit()

    def _reason(self, words: str) -> None:
        if words == "other":
            self.other_reason.emit()
            return
        self.presenter.reason = words
        self.changed.emit()

    def _goods(self, choice: str) -> None:
        self.presenter.restock = choice == "yes"
        self.changed.emit()
