"""Decides on the receipts screen: which sale, how much of it goes back, and how."""

from collections.abc import Sequence

from pos_app.domain.catalogue import SoldBy
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, may
from pos_app.domain.tender import TenderType
from pos_app.facts.sales import CashReceiptRequest, Override
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House
from pos_app.ui.screens.views import Done, ReceiptRow, SoldLineView, SoldView, VoidDone

PIECE = 1000
LEAST_TENDER_WORD = 2  # one letter would find half of the day


class ReceiptsPresenter:
    """The day's receipts, and a refund being put together."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.text = ""
        self.rows: list[ReceiptRow] = []
        self.sold: SoldView | None = None
        self.back: dict[int, int] = {}
        self.reason = ""
        self.restock = True
        self.tender: TenderType = TenderType.CASH
        self.approval_no = ""

    def reasons(self) -> Sequence[str]:
        """Common reasons."""
        return (tr("상했어요"), tr("마음이 바뀜"), tr("잘못 찍음"))

    def load(self) -> None:
        """Read the list again, with the search text; a tender's word finds what was paid with it."""
        text = self.text.strip()
        tender = self._tender_meant(text)
        returns = self.house.returns
        self.rows = list(returns.recent(100, text, tender) if tender else returns.recent(100, text))

    def _tender_meant(self, text: str) -> str:
        wanted = text.casefold()
        if len(wanted) < LEAST_TENDER_WORD:
            return ""
        words = {kind: wording.tender_word(kind.value).casefold() for kind in TenderType}
        return next((kind.value for kind, word in words.items() if wanted in word), "")

    def totals_words(self) -> str:
        """What this till sold today; empty for who may not see totals."""
        session = self.house.session
        if session is None:
            return ""
        try:
            made = self.house.returns.totals()
        except DomainError:  # not for this role
            return ""
        if not made.count:
            return ""
        amount = wording.won(made.sold_won)
        if not may(session.role, Action.SEE_TOTALS):
            return tr("내가 오늘 판 것 {count}건 · {amount}", count=made.count, amount=amount)
        said = tr("이 계산대 오늘 {count}건 · {amount}", count=made.count, amount=amount)
        if made.refunded_won:
            said += " · " + tr("환불 {amount}", amount=wording.won(made.refunded_won))
        return said

    def badge(self, row: ReceiptRow) -> tuple[str, str] | None:
        """(word, kind) of what became of a sale; None while it stands whole."""
        if row.voided:
            return tr("취소됨"), "gray"
        if row.refunded_won >= row.total_won > 0:
            return tr("환불됨"), "gray"
        if row.refunded_won:
            return tr("일부 환불"), "info"
        return (tr("현금영수증"), "gray") if row.cash_receipt else None

    def choose(self, sale_id: str) -> None:
        """Look at a sale; the same tender first."""
        self.sold = self.house.returns.sale(sale_id)
        self.back = {}
        self.reason = ""
        self.restock = True
        self.approval_no = ""
        kinds = [TenderType(kind) for kind, _ in self.sold.tenders]
        self.tender = kinds[0] if kinds else TenderType.CASH

    def ways(self) -> list[TenderType]:
        """How money may go back: as it came, or in cash."""
        if self.sold is None:
            return []
        ways = [TenderType(kind) for kind, _ in self.sold.tenders]
        unique = list(dict.fromkeys(ways))
        if TenderType.CASH not in unique:
            unique.append(TenderType.CASH)
        return unique

    def way_word(self, way: TenderType) -> str:
        """The key's word for a way back."""
        words = {
            TenderType.CARD: tr("카드 승인 취소"),
            TenderType.CASH: tr("현금으로"),
            TenderType.TRANSFER: tr("계좌로 보내기"),
            TenderType.VOUCHER: tr("상품권으로"),
            TenderType.CREDIT: tr("외상에서 빼기"),
        }
        return words[way]

    def title(self) -> str:
        """Time, operator and tenders of the chosen sale."""
        if self.sold is None:
            return ""
        tenders = " + ".join(
            f"{wording.tender_word(kind)} {wording.won(won)}" for kind, won in self.sold.tenders
        )
        asked = self.sold.cash_receipt
        receipt = self._cash_receipt_words(asked) if asked is not None else ""
        return " · ".join(part for part in (when(self.sold), tenders, receipt) if part)

    def _cash_receipt_words(self, asked: CashReceiptRequest) -> str:
        if asked.purpose == "expense":
            return tr("현금영수증 지출증빙 {number}", number=asked.identity_masked)
        return tr("현금영수증 소득공제 {number}", number=asked.identity_masked)

    # quantities

    def refundable(self) -> bool:
        """Whether anything can still go back."""
        return (
            self.sold is not None
            and not self.sold.voided
            and any(line.left_milli for line in self.sold.lines)
        )

    def step_of(self, line: SoldLineView) -> int:
        """One press: a piece; a weighed line goes back whole."""
        return line.left_milli if line.sold_by is SoldBy.WEIGHT else PIECE

    def step(self, line: SoldLineView, direction: int) -> None:
        """One more (+1) or less (-1) of a line."""
        wanted = self.back.get(line.no, 0) + direction * self.step_of(line)
        self.back[line.no] = min(line.left_milli, max(0, wanted))

    def take_all(self) -> None:
        """Everything that is left goes back."""
        if self.sold is not None:
            self.back = {line.no: line.left_milli for line in self.sold.lines if line.left_milli}

    def chosen(self) -> list[tuple[int, int]]:
        """(line, milli) of what goes back."""
        return [(no, milli) for no, milli in sorted(self.back.items()) if milli]

    def line_worth(self, line: SoldLineView) -> int:
        """What goes back for one line, won."""
        milli = self.back.get(line.no, 0)
        if not milli or self.sold is None:
            return 0
        return self.house.returns.worth(self.sold.sale_id, [(line.no, milli)])

    def worth(self) -> int:
        """돌려줄 돈."""
        if self.sold is None or not self.chosen():
            return 0
        return self.house.returns.worth(self.sold.sale_id, self.chosen())

    def summary(self) -> str:
        """The goods that go back, in a few words."""
        if self.sold is None:
            return ""
        names = [
            f"{line.name} {wording.sold_quantity(line, self.back[line.no])}"
            for line in self.sold.lines
            if self.back.get(line.no, 0)
        ]
        return wording.first_and_others(names[0], len(names) - 1) if names else ""

    def corner(self) -> str:
        """The corner key names the money."""
        return tr("{amount} 환불하기", amount=wording.won(self.worth()))

    def off_reason(self) -> str:
        """Why the corner key is off; empty when it is on."""
        if self.sold is None:
            return tr("왼쪽에서 영수증을 골라요.")
        if self.sold.voided:
            return tr("취소한 판매예요.")
        if not self.refundable():
            return tr("모두 환불했어요.")
        if not self.chosen():
            return tr("돌려받을 물건을 골라요.")
        most = self.most_by_way()
        if most is not None and self.worth() > most:
            return tr(
                "{tender} 받은 돈은 {amount}이에요. 나머지는 따로 환불해요.",
                tender=wording.with_particle(self._way(), "으로/로"),
                amount=wording.won(most),
            )
        if not self.reason.strip():
            return tr("이유를 골라요.")
        return ""

    def most_by_way(self) -> int | None:
        """As much as came in by the chosen tender; cash may give back everything."""
        if self.sold is None or self.tender is TenderType.CASH:
            return None
        return sum(won for kind, won in self.sold.tenders if kind == self.tender.value)

    def _way(self) -> str:
        return wording.tender_word(self.tender.value)

    def advice(self) -> str:
        """What to do in the world first."""
        if self.tender is TenderType.CARD and self.worth():
            return tr("카드 단말기에서 {amount}을 먼저 취소해 주세요.", amount=wording.won(self.worth()))
        return ""

    # acting

    def refund(self, override: Override | None = None) -> Done:
        """Store the refund. Raises DomainError when a rule says no."""
        assert self.sold is not None
        lines = [(no, milli, self.restock) for no, milli in self.chosen()]
        done = self.house.returns.refund(
            self.sold.sale_id, lines, self.reason.strip(), self.tender, self.approval_no.strip(), override
        )
        self.choose(self.sold.sale_id)
        return done

    def cards(self) -> list[int]:
        """The won of each card tender, which the terminal has to cancel before the whole sale goes back."""
        return [won for kind, won in self.sold.tenders if kind == TenderType.CARD.value] if self.sold else []

    def void(self, override: Override | None = None, cancelled: Sequence[str] = ()) -> VoidDone:
        """Take the whole sale back. Raises DomainError when a rule says no."""
        assert self.sold is not None
        reason = self.reason.strip() or tr("잘못 찍음")
        done = self.house.returns.void(self.sold.sale_id, reason, override, cancelled)
        self.choose(self.sold.sale_id)
        return done

    def cash_receipt_refusal(self) -> DomainError | None:
        """Why 현금영수증 can't be asked for: nothing was paid in cash or the like, or the sale was taken back."""
        if self.sold is None or self.house.cash_receipts.possible(self.sold.sale_id):
            return None
        return DomainError("cash_receipt.voided" if self.sold.voided else "cash_receipt.no_cash")

    def ask_cash_receipt(self, wanted: CashReceiptRequest | None) -> str:
        """Keep the wish, or let an earlier one go; returns what to say, nothing when nothing changed."""
        assert self.sold is not None
        sale_id, receipts = self.sold.sale_id, self.house.cash_receipts
        if wanted is None and self.sold.cash_receipt is None:
            return ""
        if wanted is None:
            receipts.take_back(sale_id)
            said = tr("현금영수증을 뺐어요")
        else:
            kept = receipts.ask(sale_id, wanted.purpose, wanted.identity_masked)
            said = tr(
                "현금영수증을 남겼어요 ({identity}). 발급은 단말기에서 해요.", identity=kept.identity_masked
            )
        self.sold = self.house.returns.sale(sale_id)
        return said

    def reprint(self) -> None:
        """Another paper, marked 재발행."""
        assert self.sold is not None
        self.house.papers.reprint(self.sold.sale_id)


def when(sold: ReceiptRow | SoldView) -> str:
    """The hour of a sale; of another day's, the day too."""
    hour = wording.clock(sold.at)
    return f"{wording.day(sold.sold_on)} {hour}" if sold.sold_on else hour
