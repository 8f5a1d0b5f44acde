"""Shows the settlement: vendors at the left, the statement looked at, what comes next in the corner."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models.items import RowView
from pos_app.ui.screens import wording
from pos_app.ui.screens.asking import ask_choice
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import PANEL_PADDING, Screen
from pos_app.ui.screens.settlement.account import AccountDialog
from pos_app.ui.screens.settlement.figures import StatementPage
from pos_app.ui.screens.settlement.more import ALL, open_more
from pos_app.ui.screens.settlement.presenter import Read, SettlementPresenter, SettlingHouse
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.services.statements import SaleLink


class SettlementScreen(Screen):
    """List, statement, and the one step that comes next."""

    name = "settlement"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = SettlementPresenter(cast(SettlingHouse, desk.house))
        self._room, self.compact = 0, False
        self._build_list()
        self._build_statement()
        self.corner.refused.connect(lambda reason: self.desk.say(reason, icon="info"))

    def _build_list(self) -> None:
        column = QVBoxLayout(self.work)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        top = QVBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.setSpacing(8)
        head = QHBoxLayout()
        self.title = Words("", "title", True, name="settlement_title")
        head.addWidget(self.title, 1)
        head.addWidget(Words(tr("보낼 돈 (원)"), "caption", ink="ink2", wrap=False))
        top.addLayout(head)
        self.about = Words("", "caption", ink="ink2", name="settlement_about")
        top.addWidget(self.about)
        self.books = ChipRow("settlement_books", tr("어느 조합의 장부를 볼까요?"), stretch=True)
        self.books.picked.connect(self._choose_book)
        top.addWidget(self.books)
        self.search = Field("settlement_search", tr("업체 찾기"), tr("업체 찾기"), icon="search")
        self.search.changed.connect(self._search)
        top.addWidget(self.search)
        column.addLayout(top)
        self.list = PickList("settlement_list", tr("정산 업체"))
        self.list.picked.connect(self._choose)
        self.list.entered.connect(lambda _key: self.corner.setFocus())
        column.addWidget(self.list, 1)
        self.nothing = Empty(
            "transfer",
            tr("아직 정산하지 않았어요"),
            tr("하루를 봉인한 다음 정산을 만들면 업체마다 얼마를 보낼지 여기에 나와요."),
            name="no_settlement",
        )
        column.addWidget(self.nothing, 1)

    def _build_statement(self) -> None:
        panel = self.column(self.panel_body, 12, 16)
        self.page = StatementPage(self.theme)
        self.page.product.connect(self._sales_of_product)
        self.page.tender.connect(self._sales_of_tender)
        panel.addWidget(self.page, 1)
        self.foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.foot.setSpacing(10)
        self.print_key = Key(tr("80mm 인쇄"), "printer", "plain", "settlement_print")
        self.pdf_key = Key("PDF", "receipt", "plain", "settlement_pdf")
        self.note_key = Key(tr("이의 적기"), "edit", "plain", "settlement_note")
        self.more_key = Key(tr("더 보기"), "menu", "plain", "settlement_more")
        for key, act in (
            (self.print_key, self.print_slip),
            (self.pdf_key, self.save_pdf),
            (self.note_key, self.ask_note),
            (self.more_key, self._more),
        ):
            key.clicked.connect(act)
            self.foot.addWidget(key)
        panel.addLayout(self.foot)

    # --- life -------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Read in the background."""
        self.refresh()
        self.desk.run(self.presenter.load, self.take)

    def take(self, read: Read) -> None:
        self.presenter.take(read)
        self.refresh()
        self.relayout()
        if not self.focusWidget():
            self.focus_first()

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        self.title.setText(view.title() if not view.empty else tr("정산"))
        self.about.setText(view.about())
        self.about.setVisible(bool(view.about()))
        books = view.cooperatives()
        if set(books) != set(self.books.keys()):
            self.books.set_choices([(each, each or tr("조합 없음")) for each in books], view.cooperative)
        self.books.choose(view.cooperative)
        self.books.setVisible(len(books) > 1)
        self.list.setVisible(not view.empty)
        self.search.setVisible(not view.empty and view.settles)
        self.nothing.setVisible(view.empty)
        self.list.set_rows(view.rows(), view.key)
        now = view.current()
        self.page.show_statement(now)
        self._show_foot()
        corner = view.corner()
        self.corner.setText(corner.words)
        self.corner.set_icon(corner.icon)
        self.corner.set_off(corner.off or None)
        self.refresh_side()

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.corner if self.presenter.empty else self.list

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        if self.presenter.empty:
            return ""
        return tr("업체 목록") if opened else tr("정산서")

    def panel_px(self) -> int:
        """The statement is the wide side here."""
        return max(480, self.width() - self.metrics.px(340))

    def arrange(self) -> None:
        """The corner key beside the other keys of the statement; above each other in one pane."""
        panel, tall = self.panel.geometry(), self.metrics.corner_height
        if self.one_column():
            self._room = panel.width() - 2 * PANEL_PADDING
            self.foot.setContentsMargins(0, 0, 0, 0)
            self._show_foot()
            return
        wide = min(panel.width() // 2 - 2 * PANEL_PADDING, self.metrics.px(340))
        self.panel_body.setGeometry(0, 0, panel.width(), panel.height())
        self.foot.setContentsMargins(0, 0, wide + 12, 0)
        for key in (self.print_key, self.pdf_key, self.note_key, self.more_key):
            key.setFixedHeight(tall)
        self._room = panel.width() - 2 * PANEL_PADDING - wide - 12
        self._show_foot()
        self.corner.setGeometry(
            QRect(panel.right() + 1 - PANEL_PADDING - wide, self.height() - PANEL_PADDING - tall, wide, tall)
        )

    def _show_foot(self) -> None:
        """All keys where there is room, else they wait behind 더 보기."""
        self.print_key.setVisible(False)  # a vendor has it in the corner
        keys = [self.pdf_key, self.note_key]
        if self.presenter.settles:
            keys.insert(0, self.print_key)
        wide = sum(key.sizeHint().width() + 10 for key in (*keys, self.more_key))
        self.compact = wide > self._room
        for key in keys:
            key.setVisible(self.presenter.current() is not None and not self.compact)
        self.more_key.setVisible(not self.presenter.empty)

    # --- choosing ---------------------------------------------------------------------------------

    def _choose_book(self, cooperative: str) -> None:
        self.presenter.cooperative = cooperative
        self.presenter.take(self.presenter.read)
        self.refresh()

    def _search(self, text: str) -> None:
        self.presenter.filter = text
        self.list.set_rows(self.presenter.rows(), self.presenter.key)

    def _choose(self, key: str) -> None:
        self.presenter.key = key
        self.refresh()

    # --- steps ------------------------------------------------------------------------------------

    def press_corner(self) -> None:
        """The next step."""
        view, corner = self.presenter, self.presenter.corner()
        if corner.off:
            self.desk.say(corner.off, icon="info")
        elif corner.act == "run":
            self.desk.run(view.run, self.take)
        elif corner.act == "approve":
            self.desk.run(view.approve, self._approved)
        elif corner.act == "next":
            view.next_waiting()
            self.refresh()
        elif corner.act == "print":
            self.print_slip()
        elif corner.act == "pay":
            words = tr(
                "{count}곳에 {amount}을 보냈나요? 이체 번호나 메모를 적으면 지급으로 남고, 다시 바꿀 수 없어요.",
                count=view.payees(),
                amount=wording.won(view.to_pay_won()),
            )
            self.desk.ask_text(corner.words, words, tr("지급했어요"), self._pay)
        else:
            self.ask_reverse()

    def ask_reverse(self) -> None:
        words = tr("지급한 정산을 되돌리고 다시 만들어요. 까닭을 적어요.")
        self.desk.ask_text(tr("정정 정산 만들기"), words, tr("되돌리기"), self._reverse)

    def ask_date(self) -> None:
        """One of the last dates."""
        view = self.presenter
        dates = [(date, wording.short_day(date)) for date in view.read.dates[:12]]
        now = view.runs()[-1].run.until_on if view.runs() else ""
        ask_choice(self, tr("어느 날 정산을 볼까요?"), dates, now, self._choose_date)

    def _choose_date(self, date: str) -> None:
        self.desk.run(lambda: self.presenter.choose_date(date), self.take)

    def _approved(self, read: Read) -> None:
        self.presenter.take(read)
        self.presenter.next_waiting()
        self.refresh()

    def _pay(self, reference: str) -> None:
        self.desk.run(lambda: self.presenter.pay(reference), self.take)

    def _reverse(self, reason: str) -> None:
        self.desk.run(lambda: self.presenter.reverse(reason), self.take)

    def print_slip(self) -> None:
        self.desk.run(self.presenter.print_slip, self._said)

    def save_pdf(self) -> None:
        self._save(self.presenter.pdf_name(), "PDF (*.pdf)", self.presenter.save_pdf)

    def ask_note(self) -> None:
        self.desk.ask_text(
            tr("이의 적기"),
            tr("업체가 한 말을 그대로 적어요. 정산서에 함께 남아요."),
            tr("적기"),
            lambda text: self.desk.run(lambda: self.presenter.note(text), self.take),
        )

    def _more(self) -> None:
        """What is done now and then: all at once, again, taken back, the bank's file."""
        open_more(self)

    def ask_vouchers(self) -> None:
        """All vouchers that wait, or one vendor's."""
        waiting = self.presenter.vouchers()
        choices = [(ALL, tr("모두 {amount}", amount=wording.won(self.presenter.vouchers_won())))]
        if len(waiting) > 1:
            choices += [(key, f"{vendor} {wording.won(won)}") for key, vendor, won in waiting]
        ask_choice(self, tr("어느 상품권을 현금으로 바꿨나요?"), choices, ALL, self._redeem, 2)

    def _redeem(self, which: str) -> None:
        vendor = "" if which == ALL else which
        self.desk.run(lambda: self.presenter.redeem(vendor), self._redeemed)

    def _redeemed(self, read: Read) -> None:
        self.take(read)
        self._said(tr("적었어요. 다음 정산에서 더해 보내요."))

    def ask_account(self) -> None:
        """Bank, number, holder: sealed, and shown masked from then on."""
        now = self.presenter.current()
        if now is not None:
            dialog = AccountDialog(self, now.told.vendor, now.account_masked)
            dialog.given.connect(self._put_account)
            self.desk.open_dialog(dialog)

    def _put_account(self, bank: str, account: str, holder: str) -> None:
        self.desk.run(lambda: self.presenter.set_account(bank, account, holder), self.take)

    def save_transfers(self) -> None:
        self._save(f"{tr('이체')}.csv", "CSV (*.csv)", self.presenter.save_transfers)

    def _save(self, name: str, kind: str, make: Callable[[Path], str]) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("어디에 저장할까요?"), str(Path.home() / name), kind)
        if path:
            self.desk.run(lambda: make(Path(path)), self._said)

    def _said(self, sentence: str) -> None:
        self.desk.say(sentence, icon="check")

    # --- the sales behind a figure ----------------------------------------------------------------

    def _sales_of_product(self, product_id: str) -> None:
        self.show_sales(product_id, "")

    def _sales_of_tender(self, tender: str) -> None:
        self.show_sales("", tender)

    def show_sales(self, product_id: str, tender: str) -> None:
        self.desk.run(lambda: self.presenter.sales(product_id, tender), self._show_sales)

    def _show_sales(self, links: "Sequence[SaleLink]") -> None:
        total = wording.won(sum(link.won for link in links))
        words = tr("{count}건, 모두 {amount}", count=len(links), amount=total)
        dialog = Dialog(self, tr("이 금액의 판매"), words, "settlement_sales", 720)
        listed = PickList("settlement_sales_list", tr("이 금액의 판매"))
        listed.setMinimumHeight(self.metrics.px(320))
        listed.set_rows(
            [
                RowView(
                    f"{number}",
                    link.receipt_no,
                    f"{wording.clock(link.at)} · {wording.register_word(link.register)}"
                    + (f" · {tr('환불')}" if link.refund else ""),
                    wording.amount(link.won),
                )
                for number, link in enumerate(links)
            ]
        )
        dialog.body.addWidget(listed, 1)
        close = dialog.add_key(Key(tr("닫기"), None, "plain", "settlement_sales_close"))
        close.clicked.connect(dialog.leave)
        self.desk.open_dialog(dialog, close)
