"""Decides on the tender screen: what is due, what was received, what the corner key does."""

from dataclasses import dataclass, field, replace

from pos_app.domain.errors import DomainError
from pos_app.domain.tender import (
    Settled,
    TenderInput,
    TenderRule,
    TenderType,
    due_in_cash,
    quick_cash,
    settle,
)
from pos_app.facts.sales import CashReceiptRequest
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House
from pos_app.ui.screens.tender.voucher import Verdict, voucher_verdict
from pos_app.ui.screens.views import Done
from pos_app.ui.widgets.amount_input import AmountInput

ISSUERS = ("신한", "국민", "삼성", "현대", "농협", "비씨", "롯데", "하나", "우리")
INSTALMENTS = (0, 2, 3, 6, 12)
APPROVAL_DIGITS = 8  # of a card's approval; no sale of a market comes to so much
PREORDER = "preorder"  # the kind of a transfer from before the day


@dataclass(slots=True)
class Form:
    """What is typed for the tender being received."""

    amount: AmountInput = field(default_factory=AmountInput)
    digits: str | None = ""  # the amount as it was typed, while it is digits alone
    approval_no: str = ""
    issuer: str = ""
    instalments: int = 0
    payer: str = ""
    kind: str = ""
    faces: dict[int, int] = field(default_factory=dict)


class TenderPresenter:
    """One payment: rows already received, and the tender under the hand."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._due_won: int | None = None  # what was due when the card was last asked for
        self.reset()

    def reset(self) -> None:
        """A new payment."""
        self.type = TenderType.CASH
        self.rows: list[TenderInput] = []
        self.form = Form()
        self.cash_receipt: CashReceiptRequest | None = None
        self.splitting = False
        self._choose_first_voucher()

    def begin(self) -> None:
        """A new payment, or the one that was begun for this cart: what was received is still there."""
        self.reset()
        payment = self.house.till.payment
        if not payment.begun():
            self._take_prepaid()
            return
        self.rows = list(payment.rows)
        self.splitting = bool(self.rows)
        card = payment.card
        if card is not None:
            self.choose(TenderType.CARD)
            left = self.left_won()  # the cart may be another one since: then its new total is asked for
            if card.received_won < left and self._due_won in (None, left):
                self.set_amount(card.received_won)
            self.form.approval_no, self.form.issuer = card.approval_no, card.issuer
            self.form.instalments = card.instalments
        payment.answered()

    def _take_prepaid(self) -> None:
        """An order from before the day (공동구매), of which part was paid then."""
        won = min(self.house.till.cart.prepaid_won, self.total_won)
        if won:
            payer = tr("공동구매 미리 낸 돈")
            self.rows = [TenderInput(TenderType.TRANSFER, won, PREORDER, payer=payer)]
            self.splitting = True

    def keep(self) -> bool:
        """Have it remembered over a power cut, once money or a card is in play; whether there is news to flush."""
        asked = self.type is TenderType.CARD and self.received_won() > 0
        card = self.current() if asked else None
        self._due_won = self.left_won() if asked else None
        payment = self.house.till.payment
        if not self.rows and card is None and not payment.begun():
            return False
        return payment.keep(self.rows, card) and payment.begun()

    def give_up(self) -> None:
        """Nothing was received, or it was given back."""
        self.house.till.payment.drop()
        self.reset()

    # choosing

    def rules_of(self, tender: TenderType) -> list[TenderRule]:
        """The rules of a tender; vouchers have one for each kind with a name."""
        rules = [rule for rule in self.house.till.rules if rule.type == tender]
        named = [rule for rule in rules if rule.kind]
        return named if tender is TenderType.VOUCHER and named else rules

    def _choose_first_voucher(self) -> None:
        rules = self.rules_of(TenderType.VOUCHER)
        self.form.kind = rules[0].kind if rules else ""

    def off_reason(self, tender: TenderType) -> str:
        """Why a tender can't be taken; empty when it can."""
        if not self.rules_of(tender):
            return tr("{tender} 안 받음", tender=wording.tender_word(tender))
        return ""

    def choose(self, tender: TenderType) -> None:
        """Another tender; what was typed for the old one is forgotten."""
        self.type = tender
        self.form = Form()
        if tender is TenderType.VOUCHER:
            self._choose_first_voucher()
        if tender is TenderType.CREDIT:
            self.form.payer = self.house.till.cart.customer

    def choose_kind(self, kind: str) -> None:
        """Another kind of voucher."""
        self.form = Form(kind=kind)

    def rule(self) -> TenderRule | None:
        """The rule of the tender under the hand."""
        for rule in self.rules_of(self.type):
            if self.type is not TenderType.VOUCHER or rule.kind == self.form.kind:
                return rule
        return None

    # amounts

    @property
    def total_won(self) -> int:
        """The cart's total before truncation."""
        return self.house.till.priced.total_won

    def rows_won(self) -> int:
        """What the rows received so far come to."""
        return sum(row.received_won for row in self.rows)

    def truncation_won(self) -> int:
        """What is cut off because cash is handed over or back."""
        if self.type is TenderType.CASH:
            cash = sum(row.received_won for row in self.rows if row.type is TenderType.CASH)
            return max(0, self.total_won - (self.rows_won() - cash) - self._cash_due())
        settled = self.settled()
        return settled.priced.truncation_won if settled is not None else 0

    def _cash_due(self) -> int:
        others = sum(row.received_won for row in self.rows if row.type is not TenderType.CASH)
        return due_in_cash(self.house.till.priced, others, self.house.till.policy)

    def left_won(self) -> int:
        """What is still due."""
        if self.type is not TenderType.CASH:
            return max(0, self.total_won - self.rows_won())
        cash = sum(row.received_won for row in self.rows if row.type is TenderType.CASH)
        return max(0, self._cash_due() - cash)

    def received_won(self) -> int:
        """What the tender under the hand brings; nothing typed means exactly what is due."""
        if self.has_faces():
            return sum(face * count for face, count in self.form.faces.items())
        return self.form.amount.value if self.form.amount.typed else self.left_won()

    def has_faces(self) -> bool:
        """Whether vouchers of printed face are counted."""
        rule = self.rule()
        return self.type is TenderType.VOUCHER and rule is not None and bool(rule.faces)

    def missing_won(self) -> int:
        """What stays due after the tender under the hand."""
        return max(0, self.left_won() - self.received_won())

    def change_won(self) -> int:
        """What is given back, if the tender may give back."""
        settled = self.settled()
        return settled.change_won if settled is not None else 0

    def settled(self) -> Settled | None:
        """The sale as it would be stored now; None while a rule says no."""
        try:
            return self._settle()
        except DomainError:
            return None

    def _settle(self) -> Settled:
        till = self.house.till
        return settle(till.priced, [*self.rows, self.current()], tuple(till.rules), till.policy)

    def reading(self) -> str:
        """The amount read out: `10만 원`."""
        return wording.reading(self.received_won())

    def quick(self) -> list[int]:
        """흔히 받는 돈."""
        return list(quick_cash(self.left_won())) if self.left_won() else []

    # typing

    def press(self, key: str) -> bool:
        """A key of the pad: digits, 00, 000, 천, 만; too long a number stays as it was.

        A card never brings more than is due: eight digits are then the number of its slip, which many
        type first. True when they were moved to the approval number, and the whole amount is due again.
        """
        form = self.form
        form.digits = form.digits + key if form.digits is not None and key.isdecimal() else None
        form.amount.press(key)
        typed = form.digits or ""
        if self.type is not TenderType.CARD or form.approval_no or len(typed) < APPROVAL_DIGITS:
            return False
        if int(typed) <= self.left_won() and not typed.startswith("0"):
            return False
        form.approval_no, form.digits, form.amount = typed, "", AmountInput()
        return True

    def backspace(self) -> None:
        """Take the last digit away; of the suggestion, everything."""
        self.form.digits = self.form.digits[:-1] if self.form.digits is not None else None
        self.form.amount.backspace()

    def clear(self) -> None:
        """Nothing received."""
        self.form.digits = ""
        self.form.amount.clear()

    def set_amount(self, won: int) -> None:
        """A quick key; the next digit starts anew."""
        self.form.digits = None
        self.form.amount.clear()
        self.form.amount.press(str(won))

    def step_face(self, face: int, step: int) -> None:
        """One voucher more or less."""
        self.form.faces[face] = min(999, max(0, self.form.faces.get(face, 0) + step))

    # receiving

    def current(self) -> TenderInput:
        """The tender under the hand as it would be received."""
        form = self.form
        base = TenderInput(self.type, self.received_won())
        if self.type is TenderType.CARD:
            return replace(
                base,
                approval_no=form.approval_no.strip(),
                issuer=form.issuer,
                instalments=form.instalments,
            )
        if self.type is TenderType.VOUCHER:
            faces = tuple((face, count) for face, count in sorted(form.faces.items()) if count)
            rule = self.rule()
            return replace(base, kind=form.kind, faces=faces, held_by=rule.held_by if rule else "")
        if self.type in (TenderType.CREDIT, TenderType.TRANSFER):
            return replace(base, payer=form.payer.strip())
        return base

    def verdict(self) -> Verdict | None:
        """What the voucher's rule says about the amount."""
        rule = self.rule()
        if self.type is not TenderType.VOUCHER or rule is None:
            return None
        return voucher_verdict(rule, self.left_won(), self.received_won())

    def account(self) -> str:
        """Where a transfer goes, as the settings say; empty for other tenders."""
        return self.house.settings.get("transfer_account") if self.type is TenderType.TRANSFER else ""

    def problem(self) -> DomainError | None:
        """Why the corner key is off; a short amount is none, it becomes a row."""
        received = self.received_won()
        if received <= 0 and self.total_won > 0:
            return DomainError("tender.not_positive")
        if self.type is TenderType.CREDIT and not self.form.payer.strip():
            return DomainError("tender.credit_needs_department")
        if self.missing_won():
            return None
        try:
            self._settle()
        except DomainError as error:
            return error
        return None

    def corner(self) -> str:
        """The corner key names the tender and the amount."""
        received = wording.won(self.received_won())
        if self.missing_won():
            return tr("{amount} 받고 더 받기", amount=received)
        word = wording.tender_word(self.type)
        if self.type is TenderType.CREDIT:
            return tr("외상 {amount} 달아 두기", amount=received)
        return tr("{tender} {amount} 받음", tender=word, amount=received)

    def receive(self) -> Done | None:
        """The corner key: a row while something is missing, else the sale is stored.

        Raises DomainError when the tender may not be taken so, EnvironmentFault when it can't be stored.
        """
        problem = self.problem()
        if problem is not None:
            raise problem
        if self.missing_won():
            self.rows.append(self.current())
            self.splitting = True
            self.choose(self.type)
            return None
        return self.house.till.complete([*self.rows, self.current()], self.cash_receipt)

    def take_row_out(self, index: int) -> TenderInput:
        """Take a received tender out again."""
        return self.rows.pop(index)

    def row_detail(self, row: TenderInput) -> str:
        """The small print of a received row."""
        if row.faces:
            return " · ".join(
                f"{wording.won(face)} × {tr('{count}장', count=count)}" for face, count in row.faces
            )
        if row.type is TenderType.CARD:
            number = (
                tr("승인번호 {number}", number=row.approval_no) if row.approval_no else tr("승인번호 나중에")
            )
            return " · ".join(
                part for part in (number, row.issuer, instalments_word(row.instalments)) if part
            )
        return row.payer

    def row_name(self, row: TenderInput) -> str:
        """A received row's name: the voucher's kind, else the tender."""
        for rule in self.rules_of(TenderType.VOUCHER):
            if row.type is TenderType.VOUCHER and rule.kind == row.kind and rule.name:
                return rule.name
        return wording.tender_word(row.type)


def instalments_word(months: int) -> str:
    """`일시불` or `3개월`."""
    return tr("{months}개월", months=months) if months > 1 else tr("일시불")
