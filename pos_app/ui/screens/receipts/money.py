"""The money to give back, and how."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.domain.tender import TenderType
from pos_app.i18n.texts import tr
from pos_app.ui.screens.parts import RIGHT, Scroller
from pos_app.ui.screens.receipts.presenter import ReceiptsPresenter
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

ICONS = {"cash": "cash", "card": "card", "voucher": "voucher", "transfer": "transfer", "credit": "credit"}


class RefundPanel(QWidget):
    """`changed` after each choice."""

    changed = Signal()

    def __init__(self, theme: Theme, presenter: ReceiptsPresenter) -> None:
        super().__init__()
        self.presenter = presenter
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(Words(tr("돌려줄 돈"), "key_big", ink="ink2"))
        self.amount = BigNumber(0, "counted", tr("돌려줄 돈"), "refund_amount")
        self.goods = Words("", "body", ink="ink2", align=RIGHT, name="refund_goods_words")
        self.how = Words(tr("어떻게 돌려줄까요?"), "key_big", True)
        self.ways = ChipRow(
            "refund_ways", tr("어떻게 돌려줄까요?"), role="plain", vertical=True, stretch=True
        )
        self.ways.picked.connect(self._choose)
        self.advice = Notice("", "info", name="refund_advice")
        self.approval = Field("refund_approval", tr("취소 승인번호"), tr("취소 승인번호"))
        self.approval.changed.connect(self._approval)
        column.addWidget(self.amount)
        column.addWidget(self.goods)
        scroller = Scroller("refund_money")
        for part in (self.how, self.ways, self.advice, self.approval):
            scroller.column.addWidget(part)
        scroller.column.addStretch(1)
        column.addWidget(scroller, 1)

    def rebuild(self) -> None:
        """Another sale: other ways."""
        view = self.presenter
        choices = [(str(way), view.way_word(way), ICONS[str(way)]) for way in view.ways()]
        self.ways.set_choices(choices, str(view.tender))
        self.approval.set_text("")

    def refresh(self) -> None:
        """Numbers from the presenter."""
        view = self.presenter
        open_ = view.sold is not None and view.refundable()
        self.amount.set_amount(view.worth())
        self.goods.setText(view.summary())
        self.goods.setVisible(bool(view.summary()))
        self.how.setVisible(open_)
        self.ways.setVisible(open_)
        advice = view.advice()
        self.advice.setVisible(bool(advice) and open_)
        if advice:
            self.advice.set(advice, "info")
        self.approval.setVisible(open_ and view.tender is TenderType.CARD)

    def _choose(self, way: str) -> None:
        self.presenter.tender = TenderType(way)
        self.changed.emit()

    def _approval(self, text: str) -> None:
        self.presenter.approval_no = text
