"""Shows the day's receipts, and a refund of the chosen one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.operators import Action
from pos_app.domain.tender import TenderType
from pos_app.facts.sales import CashReceiptRequest
from pos_app.i18n.texts import tr
from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.screens import wording
from pos_app.ui.screens.card_cancel import cancel_cards
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Ground, Screen
from pos_app.ui.screens.parts import Paper
from pos_app.ui.screens.receipts.detail import RefundDetail, tight
from pos_app.ui.screens.receipts.money import RefundPanel
from pos_app.ui.screens.receipts.presenter import ReceiptsPresenter, when
from pos_app.ui.screens.views import Done, ReceiptRow
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.words import Words


class ReceiptsScreen(Screen):
    """List, lines, money to give back."""

    name = "receipts"
    panel_lead = 340

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = ReceiptsPresenter(desk.house)
        self.corner.set_role("danger_filled")
        row = QHBoxLayout(self.work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list_side = Ground(self.theme, "surface", "r")
        self._build_list()
        row.addWidget(self.list_side)
        self.detail = RefundDetail(self.theme, self.presenter)
        self.detail.changed.connect(self.refresh)
        self.detail.back.connect(self._back_to_list)
        self.detail.reprint.connect(self._reprint)
        self.detail.look.connect(self._look)
        self.detail.void.connect(self._void)
        self.detail.cash_receipt.connect(self._cash_receipt)
        self.detail.other_reason.connect(self._other_reason)
        self.detail.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
        row.addWidget(self.detail, 1)
        self.right = RefundPanel(self.theme, self.presenter)
        self.right.changed.connect(self.refresh)
        self.column(self.panel_body, 0).addWidget(self.right)

    def _build_list(self) -> None:
        column = QVBoxLayout(self.list_side)
        column.setContentsMargins(0, 12, 1, 0)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        self.search = Field(
            "receipt_search",
            tr("영수증 찾기"),
            tr("번호·날짜·시각·금액·물건·결제\n번호·날짜·금액·물건\n번호·날짜·금액"),
            icon="search",
        )
        self.search.changed.connect(self._search)
        top.addWidget(self.search)
        column.addLayout(top)
        self.list = PickList("receipt_list", tr("오늘 영수증"))
        self.list.picked.connect(self._choose)
        self.nothing = Empty(
            "receipt", tr("오늘 판매가 아직 없어요"), tr("팔면 영수증이 여기에 모여요."), name="no_receipts"
        )
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        self.totals = Words("", "caption", True, ink="ink2", name="receipt_totals")
        self.totals.setContentsMargins(16, 0, 16, 10)
        column.addWidget(self.totals)

    # life

    def enter(self) -> None:
        """The list anew; nothing chosen."""
        self.presenter.sold = None
        self.search.edit.clear()
        self._load()
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """The search."""
        return self.search.edit

    def arrange(self) -> None:
        """A narrow window shows the list alone, or the sale alone."""
        alone = self.metrics.list_alone
        chosen = self.presenter.sold is not None
        self.list_side.setVisible(not alone or not chosen)
        self.detail.setVisible(not alone or chosen)
        self.detail.back_key.setVisible(alone)
        if alone:
            self.list_side.setMinimumWidth(0)
            self.list_side.setMaximumWidth(16777215)
        else:
            self.list_side.setFixedWidth(self.metrics.list_width)

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("물건") if opened else tr("돌려줄 돈")

    # showing

    def _load(self) -> None:
        view = self.presenter
        try:
            view.load()
        except Exception as error:
            self.desk.trouble(error)
        rows = [self._row(row) for row in view.rows]
        self._show_totals()
        self.list.set_rows(rows, view.sold.sale_id if view.sold is not None else "")
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        if view.text.strip():
            self.nothing.set(
                tr("맞는 영수증이 없어요"),
                tr(
                    "번호, 시각, 금액, 물건, 결제 수단으로 찾아요. 다른 날 영수증은 날짜(11-20)나 번호 전체로 찾아요."
                ),
                icon="search",
            )
        else:
            self.nothing.set(
                tr("오늘 판매가 아직 없어요"), tr("팔면 영수증이 여기에 모여요."), icon="receipt"
            )

    def _show_totals(self) -> None:
        try:
            said = self.presenter.totals_words()
        except Exception as error:
            self.desk.trouble(error)
            said = ""
        self.totals.setText(said)
        self.totals.setVisible(bool(said))

    def _row(self, row: ReceiptRow) -> RowView:
        state = self.presenter.badge(row)
        badge = BadgeView(*state) if state is not None else None
        time, total = when(row), wording.amount(row.total_won)
        tender = " + ".join(wording.tender_word(part) for part in str(row.tender).split("+"))
        gap = "\n" if row.sold_on and tight(self.theme) else "   "
        spoken = tr("영수증 {number}, {time}, {total}원", number=row.receipt_no, time=time, total=total)
        return RowView(
            row.sale_id,
            wording.first_and_others(row.first_item, row.others),
            f"{time}{gap}{row.receipt_no}   {tender}",
            total,
            badge,
            spoken=f"{spoken}, {badge.text}" if badge is not None else spoken,
        )

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        self.detail.refresh()
        self.right.refresh()
        self.corner.setText(view.corner() if view.worth() else tr("환불하기"))
        self.corner.set_off(view.off_reason() or None)
        self.arrange()

    # acting

    def _search(self, text: str) -> None:
        self.presenter.text = text
        self._load()

    def scanned(self, text: str) -> None:
        """A receipt's QR code opens its sale; a product's code goes to the sale."""
        sale_id = self.desk.house.returns.numbered(text)
        if not sale_id:
            super().scanned(text)
            return
        self.desk.beep(True)
        self.search.edit.clear()
        self._choose(sale_id)
        self._load()

    def _choose(self, sale_id: str) -> None:
        try:
            self.presenter.choose(sale_id)
        except Exception as error:
            self.desk.trouble(error)
            return
        self.detail.rebuild()
        self.right.rebuild()
        self.refresh()

    def _back_to_list(self) -> None:
        self.presenter.sold = None
        self.refresh()
        self.focus_first()

    def step_back(self) -> bool:
        """Esc: the list again."""
        if super().step_back():
            return True
        if self.metrics.list_alone and self.presenter.sold is not None:
            self._back_to_list()
            return True
        return False

    def _other_reason(self) -> None:
        self.desk.ask_text(tr("어떤 이유인가요?"), "", tr("이 이유로"), self._take_reason)

    def _take_reason(self, words: str) -> None:
        self.presenter.reason = words
        self.detail.rebuild()
        self.refresh()

    def press_corner(self) -> None:
        """Give back."""
        reason = self.presenter.off_reason()
        if reason:
            self.desk.say(reason, icon="info")
            return
        if self.presenter.tender is TenderType.CARD and not self.presenter.approval_no.strip():
            cancel_cards(self.desk, [self.presenter.worth()], self._refund_card)
            return
        self._refund()

    def _refund_card(self, cancelled: tuple[str, ...]) -> None:
        """The terminal gave it back; its number may come later, as a thing to do."""
        self.presenter.approval_no = cancelled[0]
        self._refund()

    def _refund(self) -> None:
        def attempt(override: object) -> None:
            self._refunded(self.presenter.refund(override))  # type: ignore[arg-type]

        self.desk.allowed(attempt, Action.REFUND)

    def _refunded(self, done: Done) -> None:
        self._show_anew()
        self.desk.say(
            tr("{won} 환불했어요. {number}", won=wording.won(done.total_won), number=done.receipt_no)
        )

    def _reprint(self) -> None:
        try:
            self.presenter.reprint()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.desk.say(tr("재발행 영수증을 뽑아요"))

    def _look(self) -> None:
        if self.presenter.sold is None:
            return
        dialog = Dialog(self, tr("영수증"), "", "receipt_preview", 620)
        paper = Paper(self.desk, "receipt_paper", tr("영수증 그림"))
        paper.setMinimumHeight(min(560, self.window().height() - self.metrics.px(220)))
        dialog.body.addWidget(paper, 1)
        shut = dialog.add_key(Key(tr("닫기"), None, "plain", "receipt_preview_close"))
        shut.clicked.connect(dialog.leave)
        self.desk.open_dialog(dialog)
        try:
            paper.show_document(self.desk.house.papers.receipt(self.presenter.sold.sale_id))
        except Exception as error:
            self.desk.trouble(error)

    def _void(self) -> None:
        sold = self.presenter.sold
        if sold is None:
            return
        self.desk.ask(
            tr("이 판매를 취소할까요?"),
            tr("{total}을 손님에게 돌려주고, 물건을 돌려받아요. 카드는 단말기에서 먼저 취소해요.",
               total=wording.won(sold.total_won)),
            tr("그대로 두기"),
            tr("판매 취소하기"),
            self._void_now,
            True,
        )  # fmt: skip

    def _void_now(self) -> None:
        cancel_cards(self.desk, self.presenter.cards(), self._void_with)

    def _void_with(self, cancelled: tuple[str, ...]) -> None:
        def attempt(override: object) -> None:
            done = self.presenter.void(override, cancelled)  # type: ignore[arg-type]
            self._show_anew()
            self.desk.say(tr("{number} 판매를 취소했어요", number=done.receipt_no))

        self.desk.allowed(attempt, Action.VOID)

    def _show_anew(self) -> None:
        """Something became of the chosen sale."""
        self._load()
        self.detail.rebuild()
        self.right.rebuild()
        self.refresh()

    def _cash_receipt(self) -> None:
        if self.presenter.sold is None:
            return
        # lazy: not every customer wants one
        from pos_app.ui.screens.asking import CashReceiptDialog

        dialog = CashReceiptDialog(self, self.presenter.sold.cash_receipt)
        dialog.chosen.connect(self._take_cash_receipt)
        self.desk.open_dialog(dialog)

    def _take_cash_receipt(self, wanted: CashReceiptRequest | None) -> None:
        try:
            said = self.presenter.ask_cash_receipt(wanted)
        except Exception as error:
            self.desk.trouble(error)
            return
        self._load()
        self.refresh()
        if said:
            self.desk.say(said)

    def focusInEvent(self, event: object) -> None:
        """The page itself takes no focus."""
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
