"""Shows how money is taken: tender keys, amounts, pad; the lines stay at the right."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos_app.domain.tender import TenderInput, TenderType
from pos_app.facts.sales import CashReceiptRequest
from pos_app.i18n.texts import tr
from pos_app.ui.customer_display.face import Taking
from pos_app.ui.screens import wording
from pos_app.ui.screens.asking import CashReceiptDialog, ask_choice
from pos_app.ui.screens.cart_panel import CartPanel
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.screens.selling.presenter import cart_row, cart_totals
from pos_app.ui.screens.tender.amount_page import AmountPage
from pos_app.ui.screens.tender.presenter import INSTALMENTS, ISSUERS, TenderPresenter, instalments_word
from pos_app.ui.screens.tender.received_rows import ICONS, ReceivedRows
from pos_app.ui.screens.tender.voucher_page import VoucherPage
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.keys import Key

TENDERS = (
    (TenderType.CASH, "cash", Qt.Key.Key_F5),
    (TenderType.CARD, "card", Qt.Key.Key_F6),
    (TenderType.VOUCHER, "voucher", Qt.Key.Key_F7),
    (TenderType.TRANSFER, "transfer", Qt.Key.Key_F8),
    (TenderType.CREDIT, "credit", Qt.Key.Key_F9),
)


FLUSH_MS = 30


class TenderScreen(Screen):
    """Taking money for the open cart."""

    name = "tender"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = TenderPresenter(desk.house)
        self._problem = False
        self._flush = QTimer(self, singleShot=True, interval=FLUSH_MS)
        self._flush.timeout.connect(self._flush_payment)
        self._build_work()
        self._build_panel()

    def _build_work(self) -> None:
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 16)
        column.setSpacing(16)
        self.tenders = ChipRow("tender_types", tr("결제 수단"), role="tender", stretch=True)
        words = [(str(kind), wording.tender_word(kind), icon) for kind, icon, _ in TENDERS]
        self.tenders.set_choices(words, str(TenderType.CASH))
        for kind, _, _ in TENDERS:
            key = self.tenders.key(str(kind))
            key.refused.connect(lambda text: self.desk.say(text, icon="info"))
        self.tenders.picked.connect(lambda kind: self.choose(TenderType(kind)))
        self.kinds = ChipRow("voucher_kinds", tr("상품권 종류"))
        self.kinds.picked.connect(self._choose_kind)
        self.rows = ReceivedRows(self.presenter)
        self.rows.taken_out.connect(self._take_out)
        self.amounts = AmountPage(self.theme, self.presenter)
        self.vouchers = VoucherPage(self.theme, self.presenter)
        self.row_scroller = Scroller("received_list")
        self.row_scroller.column.addWidget(self.rows)
        for part in (self.tenders, self.kinds, self.row_scroller):
            column.addWidget(part)
        column.addWidget(self.amounts, 1)
        column.addWidget(self.vouchers, 1)
        for page in (self.amounts, self.vouchers):
            page.changed.connect(self.refresh)
            page.receive.connect(self.press_corner)
        self.amounts.cash_receipt.connect(self._cash_receipt)
        self.amounts.split.connect(self._split)
        self.amounts.issuer.connect(self._issuer)
        self.amounts.instalments.connect(self._instalments)
        self.amounts.received.connect(self._show_received)

    def _build_panel(self) -> None:
        column = self.column(self.panel_body, 0)
        self.cart = CartPanel(self.theme, read_only=True)
        self.back = Key(tr("판매로 돌아가기"), "left", "plain", "back_to_selling")
        self.back.clicked.connect(self._leave)
        self.cart.head.addWidget(self.back)
        self.cart.head.addStretch(1)
        column.addWidget(self.cart)

    # life

    def enter(self) -> None:
        """A payment begins, or goes on."""
        self.presenter.begin()
        self.tenders.choose(str(self.presenter.type))
        for kind, _, _ in TENDERS:
            self.tenders.key(str(kind)).set_off(self.presenter.off_reason(kind) or None)
        self.cart.show_lines([cart_row(priced) for priced in self.desk.house.till.priced.lines])
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """The amount, or the first face."""
        if self.presenter.has_faces():
            return self.vouchers.first_focus()
        return self.amounts.entry

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        problem = view.problem()
        sentence = self.desk.sentence(problem) if problem is not None else ""
        faces = view.has_faces()
        self.kinds.setVisible(view.type is TenderType.VOUCHER)
        if view.type is TenderType.VOUCHER:
            rules = view.rules_of(TenderType.VOUCHER)
            names = [(rule.kind, rule.name or wording.tender_word("voucher")) for rule in rules]
            if list(self.kinds.keys()) != [kind for kind, _ in names]:
                self.kinds.set_choices(names, view.form.kind)
            self.kinds.choose(view.form.kind)
        self.rows.refresh()
        self._problem = bool(sentence) and view.type is not TenderType.CREDIT
        self._fit()
        self.amounts.setVisible(not faces)
        self.vouchers.setVisible(faces)
        shown = "" if view.type is TenderType.CREDIT and not view.form.payer.strip() else sentence
        (self.vouchers if faces else self.amounts).refresh(shown)
        self.corner.setText(self._practice(view.corner()))
        self.corner.set_off(sentence or None)
        self._show_total()
        self.refresh_side()
        if view.keep():
            self._flush.start()

    def _flush_payment(self) -> None:
        """To the disk, beside the window: the clerk is on the way to the card terminal."""
        self.desk.run(self.desk.house.till.payment.flush, _done)

    def _practice(self, words: str) -> str:
        return tr("연습 {words}", words=words) if self.desk.house.practice else words

    def _show_total(self) -> None:
        view = self.presenter
        totals = cart_totals(self.desk.house.till.priced)
        if view.rows:
            above = tr(
                "합계 {total} - 받은 돈 {received}",
                total=wording.amount(view.total_won),
                received=wording.amount(view.rows_won()),
            )
            self.cart.show_total(view.left_won(), "", tr("남은 금액"), above)
        else:
            self.cart.show_total(view.total_won, totals.subtitle)

    def side_words(self, opened: bool) -> str:
        """In one pane the lines lie behind the side key."""
        return tr("받은 돈") if opened else tr("담은 것 {count}", count=len(self.desk.house.till.cart.lines))

    def customer_state(self) -> Taking:
        """What the customer's screen tells of the payment."""
        view = self.presenter
        return Taking(view.type, view.rows_won(), view.left_won())

    # acting

    def choose(self, tender: TenderType) -> None:
        """Another tender."""
        reason = self.presenter.off_reason(tender)
        if reason:
            self.tenders.choose(str(self.presenter.type))
            self.desk.say(reason, icon="info")
            return
        self.presenter.choose(tender)
        self.tenders.choose(str(tender))
        self.refresh()
        self.focus_first()

    def _choose_kind(self, kind: str) -> None:
        self.presenter.choose_kind(kind)
        self.refresh()
        self.focus_first()

    def press_corner(self) -> None:
        """Receive: a row, or the whole sale."""
        if self.corner.off_reason() is not None:
            self.desk.say(self.corner.off_reason() or "", icon="info")
            return
        products = [line.product_id for line in self.desk.house.till.cart.lines]
        try:
            done = self.presenter.receive()
        except Exception as error:
            self.desk.trouble(error)
            return
        if done is not None:
            self.desk.sale_done(done, products)
            return
        self.refresh()
        self.focus_first()

    def _show_received(self) -> None:
        """Where the rows have no room: in a dialog."""
        dialog = Dialog(self, tr("받은 돈"), "", "received_dialog", 640)
        rows = ReceivedRows(self.presenter)
        rows.refresh()

        def take_out(index: int) -> None:
            dialog.shut()
            self._take_out(index)

        rows.taken_out.connect(take_out)
        scroller = Scroller("received_dialog_list")
        scroller.column.addWidget(rows)
        scroller.setMinimumHeight(min(rows.needed_height(self.metrics.key_height), self.height() // 2))
        dialog.body.addWidget(scroller, 1)
        shut = dialog.add_key(Key(tr("계속 받기"), None, "primary", "received_dialog_close"))
        shut.clicked.connect(dialog.leave)
        self.desk.open_dialog(dialog, shut)

    def _take_out(self, index: int) -> None:
        row = self.presenter.rows[index]
        if row.type is TenderType.CARD and row.approval_no:
            self.desk.ask(
                tr("카드 단말기에서 취소했나요?"),
                tr(
                    "승인번호 {number}, {amount}",
                    number=row.approval_no,
                    amount=wording.won(row.received_won),
                ),
                tr("그대로 두기"),
                tr("취소했어요, 빼기"),
                lambda: self._take_out_now(index),
            )
            return
        self._take_out_now(index)

    def _take_out_now(self, index: int) -> None:
        row = self.presenter.take_row_out(index)
        self.refresh()
        name = wording.with_particle(self.presenter.row_name(row), "을/를")
        self.desk.say(tr("{row} 뺐어요", row=name), lambda: self._put_back(index, row))

    def _put_back(self, index: int, row: TenderInput) -> None:
        self.presenter.rows.insert(index, row)
        self.refresh()

    def _split(self) -> None:
        self.presenter.clear()
        self.refresh()
        self.focus_first()
        self.desk.say(tr("먼저 받을 만큼만 넣고 받기를 눌러요"), icon="info")

    def _cash_receipt(self) -> None:
        dialog = CashReceiptDialog(self, self.presenter.cash_receipt)
        dialog.chosen.connect(self._take_cash_receipt)
        self.desk.open_dialog(dialog)

    def _take_cash_receipt(self, request: CashReceiptRequest | None) -> None:
        self.presenter.cash_receipt = request
        self.refresh()

    def _issuer(self) -> None:
        choices = [(name, name) for name in ISSUERS]
        ask_choice(self, tr("어느 카드인가요?"), choices, self.presenter.form.issuer, self._set_issuer)

    def _set_issuer(self, name: str) -> None:
        self.presenter.form.issuer = name
        self.refresh()

    def _instalments(self) -> None:
        choices = [(str(months), instalments_word(months)) for months in INSTALMENTS]
        now = str(self.presenter.form.instalments)
        ask_choice(self, tr("몇 달로 나눌까요?"), choices, now, self._set_instalments)

    def _set_instalments(self, months: str) -> None:
        self.presenter.form.instalments = int(months)
        self.refresh()

    # keys

    def press_key(self, event: QKeyEvent) -> bool:
        """F5 to F9 choose the tender; digits go to the amount wherever the focus is."""
        for tender, _, key in TENDERS:
            if event.key() == key:
                self.choose(tender)
                return True
        if isinstance(self.focusWidget(), QLineEdit) or self.presenter.has_faces():
            return False
        return self.amounts.type_key(event)

    def step_back(self) -> bool:
        """Back to the sale; what was received is asked for first."""
        return super().step_back() or self._ask_back()

    def _ask_back(self) -> bool:
        """Money that was received must go back first; whether that is asked now."""
        if self.presenter.rows:
            self.desk.ask(
                tr("받은 돈을 돌려주었나요?"),
                tr("받은 {amount}이 있어요.", amount=wording.won(self.presenter.rows_won())),
                tr("계속 받기"),
                tr("돌려주고 판매로"),
                self._give_up,
            )
            return True
        self.presenter.give_up()
        return False

    def _leave(self) -> None:
        """판매로 돌아가기."""
        if not self._ask_back():
            self.desk.home()

    def _give_up(self) -> None:
        self.presenter.give_up()
        self.desk.home()

    def scanned(self, text: str) -> None:
        """A code while money is taken: back to the sale, and the thing is in it."""
        if self.presenter.rows:
            self.desk.say(tr("받던 돈을 먼저 마쳐요"), icon="info")
            return
        self.presenter.give_up()
        super().scanned(text)

    def arrange(self) -> None:
        """Words and sizes follow the room."""
        metrics = self.metrics
        narrow = self.work.width() < metrics.px(700)
        share = (self.work.width() - 2 * metrics.padding - 32) // 5
        wide = False
        for kind, _, _ in TENDERS:
            key = self.tenders.key(str(kind))
            key.setText(tr("이체") if narrow and kind is TenderType.TRANSFER else wording.tender_word(kind))
            key.setFixedHeight(metrics.key_height if metrics.one_pane else metrics.tender_height)
            key.set_icon(ICONS[kind])
            wide = wide or key.sizeHint().width() > share
        if wide:  # the words are worth more than their pictures
            for kind, _, _ in TENDERS:
                self.tenders.key(str(kind)).set_icon(None)
        self._fit()

    def _fit(self) -> None:
        """The page gets what tender keys and rows leave."""
        metrics = self.metrics
        top = metrics.key_height if metrics.one_pane else metrics.tender_height
        room = self.work.height() - 32 - top - 16
        rows = self.rows.needed_height(metrics.key_height)
        tall = min(rows, room * 2 // 5)
        need = self.amounts.least_height(self._problem)
        folded = rows > 0 and not self.presenter.has_faces() and room - tall - 16 < need
        self.amounts.fold_rows(folded)
        self.row_scroller.setFixedHeight(tall)
        self.row_scroller.setVisible(rows > 0 and not folded)
        room -= tall + 16 if rows and not folded else 0
        room -= self.kinds.sizeHint().height() + 16 if self.presenter.type is TenderType.VOUCHER else 0
        wide = self.work.width() - 2 * metrics.padding
        self.amounts.fit(wide, room)
        self.vouchers.fit(wide, room)


def _done(_: None) -> None:
    """Nobody waits for it."""
