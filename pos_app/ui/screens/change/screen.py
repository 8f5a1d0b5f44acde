"""Shows the change after a sale was stored; nothing here holds up the next customer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.operators import Action
from pos_app.facts.sales import CashReceiptRequest
from pos_app.i18n.texts import tr
from pos_app.ui.customer_display.face import Given
from pos_app.ui.screens import wording
from pos_app.ui.screens.card_cancel import cancel_cards
from pos_app.ui.screens.change.presenter import ChangePresenter
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Paper, empty_layout
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Card
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.empty import Picture
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

CENTRE = Qt.AlignmentFlag.AlignHCenter


class ChangeScreen(Screen):
    """`show_done` fills it."""

    name = "change"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter: ChangePresenter | None = None
        self._told = ("", "", False)
        self._build_work()
        self._build_panel()
        self.corner.setText(tr("다음 손님"))

    def _build_work(self) -> None:
        column = QVBoxLayout(self.work)
        self.work_column = column
        column.setContentsMargins(32, 20, 32, 24)
        column.setSpacing(8)
        self.head = QWidget()
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(12)
        self.saved = Words(tr("판매를 저장했어요"), "title", True, "ok", wrap=False, name="saved")
        self.number = Words("", "body", ink="ink2", wrap=False, name="receipt_no")
        head.addWidget(Picture("check", 30, "ok"))
        head.addWidget(self.saved)
        head.addWidget(self.number)
        head.addStretch(1)
        column.addWidget(self.head)
        column.addStretch(2)
        self.caption = Words(tr("거스름돈"), "number", True, align=CENTRE, wrap=False)
        self.amount = BigNumber(0, "change", tr("거스름돈"), "change_amount", align=CENTRE)
        self.exact = Words(tr("딱 맞게 받았어요"), 64, True, align=CENTRE, name="exact")
        self.how = Words("", "key_big", ink="ink2", align=CENTRE, name="change_how")
        for part in (self.caption, self.amount, self.exact, self.how):
            column.addWidget(part)
        column.addStretch(3)
        self.notes_caption = Words(tr("이렇게 드리면 돼요"), "body", ink="ink2", wrap=False)
        column.addWidget(self.notes_caption)
        self.notes = QHBoxLayout()
        self.notes.setSpacing(12)
        column.addLayout(self.notes)
        self.work_notice = Notice("", "danger", name="work_printer_notice")
        self.work_notice.hide()
        column.addWidget(self.work_notice)

    def _build_panel(self) -> None:
        column = self.column(self.panel_body, 12, 16)
        head = QHBoxLayout()
        head.setSpacing(12)
        self.paper_icon = Picture("printer", 26)
        self.paper = Words("", "key_big", True, name="paper_state")
        head.addWidget(self.paper_icon)
        head.addWidget(self.paper, 1)
        column.addLayout(head)
        self.paper_sentence = Words("", "body", ink="ink2", name="paper_sentence")
        column.addWidget(self.paper_sentence)
        self.notice = Notice("", "danger", name="printer_notice")
        self.notice.set_key_below()
        self.notice.pressed.connect(lambda: self.desk.go("devices"))
        column.addWidget(self.notice)
        column.addSpacing(4)
        self.one_more = Key(tr("영수증 한 장 더"), "receipt", "plain", "one_more_receipt")
        self.look = Key(tr("영수증 보기"), "search", "plain", "look_at_receipt")
        self.cash_receipt = Key(tr("현금영수증"), "receipt", "plain", "cash_receipt_after")
        self.repeat = Key(tr("같은 것 한 번 더 팔기"), "plus", "plain", "repeat_sale")
        self.void = Key(tr("이 판매 취소"), "undo", "danger", "void_sale")
        self.one_more.clicked.connect(self._one_more)
        self.one_more.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
        self.look.clicked.connect(self._look)
        self.cash_receipt.clicked.connect(self._cash_receipt)
        self.repeat.clicked.connect(self._repeat)
        self.void.clicked.connect(self._void)
        column.addLayout(self._acts())
        column.addStretch(1)
        self.hint = Words(tr("다음 물건을 찍거나 누르면 바로 시작돼요"), "body", ink="ink2", align=CENTRE)
        column.addWidget(self.hint)

    def _acts(self) -> QGridLayout:
        """One below the other; in large type two and two, or they would not fit."""
        large = self.metrics.scale >= 1.5 or (self.metrics.scale > 1 and self.metrics.width < 1100)
        grid = QGridLayout()
        grid.setSpacing(12)
        keys = (self.one_more, self.look, self.cash_receipt, self.repeat, self.void)
        for at, key in enumerate(keys):
            key.setMinimumHeight(self.metrics.key_height if large else self.metrics.key_px(60))
            if not large:
                grid.addWidget(key, at, 0)
                continue
            if not self.metrics.one_pane:
                key.set_icon(None)  # the words are worth more than their pictures
            grid.addWidget(key, at // 2, at % 2, 1, 2 if key is self.void else 1)
        return grid

    # showing

    def show_done(self, presenter: ChangePresenter) -> None:
        """A sale was stored."""
        self.presenter = presenter
        done = presenter.done
        self.number.setText(tr("영수증 {number}", number=done.receipt_no))
        self.saved.setAccessibleDescription(self.number.text())
        self._fit_head()
        self.amount.setVisible(not presenter.exact)
        self.caption.setVisible(not presenter.exact)
        self.exact.setVisible(presenter.exact)
        self.amount.set_amount(done.change_won, presenter.announcement())
        self.how.setText(presenter.explanation())
        self._show_notes(presenter.notes())
        self._told = ("", "", False)
        self.tick()
        self.void.set_off(None)
        printer = self.desk.house.settings.get("printer_uri")
        self.one_more.set_off(None if printer else tr("인쇄기를 아직 안 정했어요"))
        QTimer.singleShot(0, self, self._announce)

    def customer_state(self) -> Given | None:
        """What the customer's screen tells of the sale."""
        if self.presenter is None:
            return None
        done = self.presenter.done
        return Given(done.total_won, done.received_won, done.change_won)

    def tick(self) -> None:
        """The printer may have stopped meanwhile."""
        if self.presenter is None:
            return
        title, sentence, needs_hand = self.presenter.paper()
        if (title, sentence, needs_hand) != self._told:
            self._told = (title, sentence, needs_hand)
            self._show_paper()

    def _show_paper(self) -> None:
        """In one pane the trouble stands under the change, else at the top of the panel."""
        title, sentence, needs_hand = self._told
        one = self.metrics.one_pane
        self.paper.setText(title)
        self.paper_sentence.setText(sentence)
        for part in (self.paper, self.paper_icon, self.paper_sentence):
            part.setVisible(one or not needs_hand)
        self.notice.setVisible(needs_hand and not one)
        self.work_notice.setVisible(needs_hand and one)
        for beside in (self.head, self.how):
            beside.setVisible(not (needs_hand and one))
        self.notes_caption.setVisible(self.notes.count() > 1 and not (needs_hand and one))
        self.hint.setVisible(self.metrics.scale < 1.5 and not (needs_hand and self.metrics.scale > 1))
        if needs_hand:
            key = tr("인쇄기 보기") if self.metrics.scale < 1.5 else ""
            self.notice.set(sentence, "danger", title, key, "printer")
            self.work_notice.set(sentence, "danger", title)

    def _announce(self) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self.amount, QAccessible.Event.Alert))

    def _show_notes(self, notes: list[tuple[str, str]]) -> None:
        empty_layout(self.notes)
        for face, count in notes:
            card = Card("edge", "note")
            card.setAccessibleName(f"{face} {count}")
            column = QVBoxLayout(card)
            column.setContentsMargins(4, 10, 4, 10)
            column.setSpacing(2)
            column.addWidget(Words(face, "body", ink="ink2", align=CENTRE, wrap=False))
            column.addWidget(Words(count, "number", True, align=CENTRE, wrap=False))
            card.setMaximumWidth(self.metrics.px(220))
            self.notes.addWidget(card, 4)
        self.notes.addStretch(1)

    def arrange(self) -> None:
        """Narrow windows give the number all the width."""
        pad = 32 if self.width() >= 1100 else self.metrics.padding
        self.work_column.setContentsMargins(pad, 20, pad, 12 if self.metrics.one_pane else 24)
        self._show_paper()
        self._fit_head()
        self.exact.set_size(min(64, max(36, self.work.width() // 12)), True)

    def _fit_head(self) -> None:
        """The receipt's number stands there when both have room."""
        sides = self.work_column.contentsMargins()
        room = self.work.width() - sides.left() - sides.right() - 30 - 2 * 12
        self.number.setVisible(self.saved.sizeHint().width() + self.number.sizeHint().width() <= room)

    def first_focus(self) -> QWidget | None:
        """The corner key."""
        return self.corner

    def side_words(self, opened: bool) -> str:
        """In one pane the acts lie behind the side key."""
        return tr("거스름돈") if opened else tr("영수증")

    # acting

    def press_corner(self) -> None:
        """다음 손님."""
        self.desk.home()

    def press_key(self, event: QKeyEvent) -> bool:
        """F8 the same again; a letter starts the next sale's search."""
        if event.key() == Qt.Key.Key_F8:
            self._repeat()
            return True
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_F9):
            self.desk.home()
            return True
        return False

    def _one_more(self) -> None:
        if self.presenter is None:
            return
        try:
            self.desk.say(self.presenter.one_more())
        except Exception as error:
            self.desk.trouble(error)

    def _look(self) -> None:
        if self.presenter is None:
            return
        dialog = Dialog(self, tr("영수증"), "", "receipt_preview", 620)
        paper = Paper(self.desk, "receipt_paper", tr("영수증 그림"))
        paper.setMinimumHeight(min(560, self.window().height() - self.metrics.px(220)))
        dialog.body.addWidget(paper, 1)
        shut = dialog.add_key(Key(tr("닫기"), None, "plain", "receipt_preview_close"))
        shut.clicked.connect(dialog.leave)
        self.desk.open_dialog(dialog)
        try:
            paper.show_document(self.desk.house.papers.receipt(self.presenter.done.sale_id))
        except Exception as error:
            self.desk.trouble(error)

    def _cash_receipt(self) -> None:
        if self.presenter is None:
            return
        try:
            refusal = self.presenter.cash_receipt_refusal()
            if refusal is not None:
                raise refusal
            standing = self.presenter.cash_receipt()
        except Exception as error:
            self.desk.trouble(error)
            return
        # lazy: not every customer wants one
        from pos_app.ui.screens.asking import CashReceiptDialog

        dialog = CashReceiptDialog(self, standing)
        dialog.chosen.connect(self._take_cash_receipt)
        self.desk.open_dialog(dialog)

    def _take_cash_receipt(self, wanted: CashReceiptRequest | None) -> None:
        if self.presenter is None:
            return
        try:
            said = self.presenter.ask_cash_receipt(wanted)
        except Exception as error:
            self.desk.trouble(error)
            return
        if said:
            self.desk.say(said)

    def _repeat(self) -> None:
        if self.presenter is None:
            return
        try:
            self.presenter.repeat()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.desk.home()

    def _void(self) -> None:
        if self.presenter is None:
            return
        total = wording.won(self.presenter.done.total_won)
        self.desk.ask(
            tr("이 판매를 취소할까요?"),
            tr(
                "{total}을 손님에게 돌려주고, 물건을 돌려받아요. 카드는 단말기에서 먼저 취소해요.",
                total=total,
            ),
            tr("그대로 두기"),
            tr("판매 취소하기"),
            self._void_now,
            True,
        )

    def _void_now(self) -> None:
        if self.presenter is None:
            return
        try:
            cards = self.presenter.cards()
        except Exception as error:
            self.desk.trouble(error)
            return
        cancel_cards(self.desk, cards, self._void_with)

    def _void_with(self, cancelled: Sequence[str]) -> None:
        presenter = self.presenter
        if presenter is None:
            return

        def attempt(override: object) -> None:
            done = presenter.void(tr("바로 취소"), override, cancelled)  # type: ignore[arg-type]
            self.desk.home()
            self.desk.say(tr("{number} 판매를 취소했어요", number=done.receipt_no))

        self.desk.allowed(attempt, Action.VOID)
