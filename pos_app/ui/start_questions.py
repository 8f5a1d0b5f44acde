"""What is asked once the window is ready: a payment cut off by the end of the program, a report of a bug."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos_app.domain.errors import DomainError
from pos_app.domain.tender import TenderInput
from pos_app.i18n.texts import tr

if TYPE_CHECKING:
    from pos_app.ui.screens.tender.cut_off import CutOffDialog
    from pos_app.ui.screens.till_desk import TillDesk
    from pos_app.ui.screens.views import CutOff
    from pos_app.ui.shell import Shell
    from pos_app.ui.widgets.dialog import Dialog


class StartQuestions(QObject):
    """Asks while the sale is shown and no other question is open; again whenever it comes back unanswered."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._behind: Dialog | None = None
        self._reported = False

    def start(self) -> None:
        """The house is open and the first screen is shown."""
        self._shell.pages.currentChanged.connect(self._soon)
        self._soon()

    def renew(self) -> None:
        """Another house may have another payment."""
        self._soon()

    def stop(self) -> None:
        """The window is being shut."""
        self._shell.pages.currentChanged.disconnect(self._soon)

    def _soon(self, _page: int = 0) -> None:
        QTimer.singleShot(0, self, self._ask)

    def _ask(self) -> None:
        shell = self._shell
        if not shell.ready or shell.gated() or shell.current.name != "selling":
            return
        left = shell.desk.house.till.payment.left
        if left is None:
            self._report()
            return
        if shell.dialog is not None:
            self._wait_for(shell.dialog)
            return
        # lazy: only after the till was cut off in the middle of a payment
        from pos_app.ui.screens.tender.cut_off import CutOffDialog

        dialog = CutOffDialog(shell, left)
        dialog.came_out.connect(lambda: self._number(left))
        dialog.not_out.connect(lambda: self._not_out(left))
        dialog.go_on.connect(lambda: self._go_on(left.rows))
        dialog.given_back.connect(self._given_back)
        self._open(dialog)

    def _report(self) -> None:
        """What nobody foresaw in the run before: shown once, to be copied."""
        shell = self._shell
        if self._reported or shell.dialog is not None or shell.desk.house.practice:
            return
        self._reported = True
        reports = shell.desk.house.crash_reports.unseen()
        if not reports:
            return
        shell.desk.house.crash_reports.mark_seen()
        # lazy: only after something went wrong
        from pos_app.ui.apology import show_report

        show_report(shell.desk, reports[0].text, len(reports))

    def _wait_for(self, dialog: Dialog) -> None:
        """One question at a time."""
        if self._behind is not dialog:
            self._behind = dialog
            dialog.closed.connect(self._soon)

    def _open(self, dialog: CutOffDialog) -> None:
        self._behind = dialog  # Esc is an answer too: not asked again at once
        self._shell.desk.open_dialog(dialog, dialog.first)

    @property
    def _desk(self) -> TillDesk:
        return self._shell.desk

    def _number(self, left: CutOff) -> None:
        """The card was charged: its number, which may come later, and the sale is done."""
        assert left.card is not None
        self._desk.ask_text(
            tr("승인번호가 몇 번인가요?"),
            tr("카드 영수증에 있어요. 지금 몰라도 판매를 마칠 수 있고, 마감 때 할 일로 남겨 둘게요."),
            tr("카드로 받고 마치기"),
            lambda number: self._came_out(left, number),
            left.card.approval_no,
        )

    def _came_out(self, left: CutOff, number: str) -> None:
        assert left.card is not None
        tenders = (*left.rows, replace(left.card, approval_no=number.strip()))
        till = self._desk.house.till
        products = [line.product_id for line in till.cart.lines]
        try:
            done = till.complete(tenders)
        except DomainError as refused:  # more is due, or the cart is another one by now
            self._go_on(tenders)
            if refused.code != "tender.short":
                self._desk.trouble(refused)
            return
        except Exception as error:  # it could not be stored: asked again, nothing is lost
            self._desk.trouble(error)
            return
        self._desk.sale_done(done, products)

    def _not_out(self, left: CutOff) -> None:
        """The card was not charged: the cart is as it was, what else was received too."""
        if left.rows:
            self._go_on(left.rows)
            return
        self._desk.house.till.payment.drop()
        self._desk.say(tr("담은 것은 그대로 있어요. 카드는 다시 받아요."), icon="info")

    def _go_on(self, rows: Sequence[TenderInput]) -> None:
        """Receive the rest."""
        payment = self._desk.house.till.payment
        payment.keep(rows, None)
        payment.answered()
        self._desk.go("tender")

    def _given_back(self) -> None:
        self._desk.house.till.payment.drop()
        self._desk.say(tr("담은 것은 그대로 있어요"), icon="info")
