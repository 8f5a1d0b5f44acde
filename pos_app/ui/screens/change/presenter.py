"""Decides on the change screen: what to hand over, and what may still be done with the sale."""

from collections.abc import Sequence

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import read_won_spoken
from pos_app.facts.sales import CashReceiptRequest, Override
from pos_app.i18n.texts import language, tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House
from pos_app.ui.screens.printers import trouble
from pos_app.ui.screens.views import Done, VoidDone


class ChangePresenter:
    """A stored sale, just handed over."""

    def __init__(self, house: House, done: Done, products: Sequence[str] = ()) -> None:
        self.house = house
        self.done = done
        self.products = tuple(products)

    @property
    def exact(self) -> bool:
        """No money goes back."""
        return self.done.change_won == 0

    def explanation(self) -> str:
        """How the change came about."""
        if self.exact:
            return tr("합계 {total}", total=wording.won(self.done.total_won))
        return tr(
            "받은 금액 {received} - 합계 {total}",
            received=wording.won(self.done.received_won),
            total=wording.won(self.done.total_won),
        )

    def announcement(self) -> str:
        """What a screen reader says."""
        if self.exact:
            return tr("딱 맞게 받았어요")
        change = self.done.change_won
        spoken = read_won_spoken(change) if language() == "ko" else wording.won(change)
        return tr("거스름돈 {spoken}", spoken=spoken)

    def notes(self) -> list[tuple[str, str]]:
        """Face and count of each kind of note or coin to hand over."""
        return [
            (wording.won(face), wording.note_count(face, count)) for face, count in self.done.notes if count
        ]

    def paper(self) -> tuple[str, str, bool]:
        """Title and sentence about the receipt, and whether the printer needs a hand."""
        status = self.house.papers.status()
        if status.needs_hand:
            return *trouble.told(status), True
        if not self.done.print_job_id or not self.house.settings.get("printer_uri"):
            return tr("인쇄기 없이 팔았어요"), tr("영수증은 나중에 다시 볼 수 있어요."), False
        sentence = tr("영수증을 함께 드려요.") if self.exact else tr("거스름돈과 영수증을 함께 드려요.")
        return tr("영수증이 나와요"), sentence, False

    def one_more(self) -> str:
        """Print the receipt again; returns what to say."""
        self.house.papers.reprint(self.done.sale_id)
        return tr("영수증을 한 장 더 뽑아요")

    def cash_receipt(self) -> CashReceiptRequest | None:
        """The 현금영수증 asked for so far."""
        return self.house.cash_receipts.of(self.done.sale_id)

    def cash_receipt_refusal(self) -> DomainError | None:
        """Why there can be none for this sale."""
        possible = self.house.cash_receipts.possible(self.done.sale_id)
        return None if possible else DomainError("cash_receipt.no_cash")

    def ask_cash_receipt(self, wanted: CashReceiptRequest | None) -> str:
        """Keep the wish, or let an earlier one go; returns what to say, nothing when nothing changed."""
        receipts = self.house.cash_receipts
        if wanted is None:
            if receipts.of(self.done.sale_id) is None:
                return ""
            receipts.take_back(self.done.sale_id)
            return tr("현금영수증을 뺐어요")
        kept = receipts.ask(self.done.sale_id, wanted.purpose, wanted.identity_masked)
        return tr(
            "현금영수증을 남겼어요 ({identity}). 발급은 단말기에서 해요.", identity=kept.identity_masked
        )

    def repeat(self) -> bool:
        """Put the same things into a new cart."""
        return self.house.till.repeat_last()

    def cards(self) -> list[int]:
        """The won of each card tender, which the terminal has to cancel first."""
        return [won for kind, won in self.house.returns.sale(self.done.sale_id).tenders if kind == "card"]

    def void(self, reason: str, override: Override | None = None, cancelled: Sequence[str] = ()) -> VoidDone:
        """Take the sale back whole. Raises DomainError when the right is missing."""
        return self.house.returns.void(self.done.sale_id, reason, override, cancelled)
