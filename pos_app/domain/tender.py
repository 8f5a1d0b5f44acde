"""Tenders: what settles a sale, who may give change, and how each is spread over the lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from pos_app.domain.errors import DomainError
from pos_app.domain.money import DENOMINATIONS, MAX_TENDER_WON, spread, truncation, whole
from pos_app.domain.pricing import DEFAULT_POLICY, PricedCart, PricingPolicy, cut_by, expand

MAX_TENDERS = 20
MAX_INSTALMENTS = 60


class TenderType(StrEnum):
    """The five ways to pay."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    VOUCHER = "voucher"
    CREDIT = "credit"


ChangeRule = Literal["always", "never", "after_percent"]


@dataclass(frozen=True, slots=True)
class TenderRule:
    """How one kind of tender behaves.

    `change` says whether more than is due may be taken and given back in cash; `faces` are the
    values printed on vouchers (won); `payable_classes` are the tax classes of the lines it may
    pay, empty for all; `held_by` is cooperative or vendor.
    """

    type: TenderType
    kind: str = ""
    name: str = ""
    change: ChangeRule = "never"
    change_percent: int = 60
    faces: tuple[int, ...] = ()
    held_by: str = "cooperative"
    payable_classes: tuple[str, ...] = ()


DEFAULT_RULES: tuple[TenderRule, ...] = (
    TenderRule(TenderType.CASH, name="현금", change="always"),
    TenderRule(TenderType.CARD, name="카드"),
    TenderRule(TenderType.TRANSFER, name="계좌이체"),
    TenderRule(TenderType.CREDIT, name="외상"),
    TenderRule(TenderType.VOUCHER, name="상품권"),
    TenderRule(TenderType.VOUCHER, "onnuri", "온누리상품권", "after_percent", 60, (5_000, 10_000, 30_000)),
    TenderRule(TenderType.VOUCHER, "local", "지역화폐"),
    TenderRule(TenderType.VOUCHER, "agency", "기관 쿠폰"),
)


@dataclass(frozen=True, slots=True)
class TenderInput:
    """What was handed over, as typed at the till. `faces` are (face won, pieces).

    `held_by` empty means what the rule says; the card's number is masked before it is stored.
    """

    type: TenderType
    received_won: int
    kind: str = ""
    held_by: str = ""
    approval_no: str = ""
    issuer: str = ""
    card_no: str = ""
    instalments: int = 0
    faces: tuple[tuple[int, int], ...] = ()
    payer: str = ""


@dataclass(frozen=True, slots=True)
class SettledTender:
    """A tender and its won: received = amount + change; `shares` follow the lines and sum to amount."""

    input: TenderInput
    amount_won: int
    received_won: int
    change_won: int
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A sale that is paid: the cart with its truncation, the tenders in their order, the change."""

    priced: PricedCart
    tenders: tuple[SettledTender, ...]
    change_won: int

    @property
    def received_won(self) -> int:
        """Return what was handed over altogether."""
        return sum(tender.received_won for tender in self.tenders)


def rule_for(tender_type: TenderType, kind: str, rules: Sequence[TenderRule] = DEFAULT_RULES) -> TenderRule:
    """Return the rule of a tender by its kind's code or name.

    An unknown kind falls back to the plain rule of its type, which gives no change where it
    matters. Raises DomainError("tender.not_accepted") when the type has no rule at all.
    """
    plain: TenderRule | None = None
    for rule in rules:
        if rule.type == tender_type:
            if kind and kind in (rule.kind, rule.name):
                return rule
            if not rule.kind:
                plain = rule
    if plain is None:
        raise DomainError("tender.not_accepted", type=str(tender_type), kind=kind)
    return plain


def due_in_cash(priced: PricedCart, other_won: int, policy: PricingPolicy = DEFAULT_POLICY) -> int:
    """Return the cash that settles the cart when `other_won` is paid otherwise, truncation cut."""
    rest = max(0, priced.total_won - other_won)
    return rest - truncation(rest, policy.cash_truncation_won)


def _checked(tender: TenderInput, rule: TenderRule) -> None:
    """Refuse a tender that makes no sense by itself."""
    whole(tender.received_won, "tender.not_whole")
    if tender.received_won < 0:
        raise DomainError("tender.not_positive", type=str(tender.type))
    if tender.received_won > MAX_TENDER_WON:
        raise DomainError("tender.too_large", max_won=MAX_TENDER_WON)
    if tender.type == TenderType.CREDIT and not tender.payer.strip():
        raise DomainError("tender.credit_needs_department")
    if type(tender.instalments) is not int or not 0 <= tender.instalments <= MAX_INSTALMENTS:
        raise DomainError("tender.instalments", max_months=MAX_INSTALMENTS)
    if not tender.faces:
        return
    for face_won, pieces in tender.faces:
        if pieces < 0 or face_won < 1 or (rule.faces and face_won not in rule.faces):
            raise DomainError("tender.unknown_face", face_won=face_won, kind=rule.name or rule.kind)
    faces_won = sum(face_won * pieces for face_won, pieces in tender.faces)
    if faces_won != tender.received_won:
        raise DomainError("tender.faces_differ", faces_won=faces_won, received_won=tender.received_won)


class _Counter:
    """Takes tenders one after another against what is due; lives for one call of `settle`."""

    def __init__(self, priced: PricedCart, policy: PricingPolicy) -> None:
        self.priced = priced
        self.step_won = policy.cash_truncation_won
        self.nets = [line.net_won for line in priced.lines]
        # What lines have left once vouchers that may pay only some of them have been put down.
        self.open = list(self.nets)
        self.due_won = priced.total_won
        self.cut_won = 0

    def take_exact(self, tender: TenderInput, rule: TenderRule) -> tuple[int, tuple[int, ...] | None]:
        """Return (amount, shares or None) of a tender other than cash."""
        payable, weights = self._payable(rule)
        received = tender.received_won
        if received > payable:
            if payable < self.due_won:
                raise DomainError("tender.voucher_not_for_these_goods", payable_won=payable, kind=rule.name)
            return self._overpaid(received, rule, weights)
        shares = None
        if weights is not None:
            shares = spread(received, weights)
            self.open = [left - share for left, share in zip(self.open, shares, strict=True)]
        self.due_won -= received
        return received, shares

    def _payable(self, rule: TenderRule) -> tuple[int, list[int] | None]:
        if not rule.payable_classes:
            return self.due_won, None
        weights = [
            left if line.line.tax_class in rule.payable_classes else 0
            for line, left in zip(self.priced.lines, self.open, strict=True)
        ]
        return min(self.due_won, sum(weights)), weights

    def _overpaid(
        self, received: int, rule: TenderRule, weights: list[int] | None
    ) -> tuple[int, tuple[int, ...] | None]:
        """Settle all that is due with a tender that is worth more, if its rule gives change."""
        if self.due_won == 0:
            raise DomainError("tender.over", type=str(rule.type))
        if rule.change == "never":
            raise DomainError("tender.change_not_allowed", over_won=received - self.due_won, kind=rule.name)
        needed = -(-received * rule.change_percent // 100)
        if rule.change == "after_percent" and self.due_won < needed:
            raise DomainError("tender.voucher_change", needed_won=needed, kind=rule.name)
        # Change leaves the drawer in cash, so the part it is reckoned from is cut like cash.
        self.cut_won = truncation(self.due_won, self.step_won)
        amount = self.due_won - self.cut_won
        self.due_won = 0
        if weights is None:
            return amount, None
        shares = spread(amount, weights)
        self.open = [left - share for left, share in zip(self.open, shares, strict=True)]
        return amount, shares

    def cut_cash(self) -> None:
        """Cut what is left for cash; nothing is cut twice since a voucher with change leaves no rest."""
        if self.due_won:
            self.cut_won = truncation(self.due_won, self.step_won)
            self.due_won -= self.cut_won

    def take_cash(self, received: int) -> int:
        """Return the part of `received` cash that settles; refuse cash when nothing is due."""
        if self.due_won == 0 and received > 0:
            raise DomainError("tender.over", type=str(TenderType.CASH))
        amount = min(received, self.due_won)
        self.due_won -= amount
        return amount


def settle(
    priced: PricedCart,
    inputs: Sequence[TenderInput],
    rules: Sequence[TenderRule] = DEFAULT_RULES,
    policy: PricingPolicy = DEFAULT_POLICY,
) -> Settled:
    """Return the sale as paid: other tenders in their order, then cash for the rest, then change.

    Bundles become a line for each of their parts: each tender is shared among owners.

    Raises DomainError tender.short(missing_won), tender.change_not_allowed(over_won),
    tender.voucher_change(needed_won), tender.over, tender.not_positive, tender.too_many,
    tender.credit_needs_department, tender.voucher_not_for_these_goods(payable_won),
    tender.unknown_face, tender.faces_differ, tender.instalments, tender.not_accepted, sale.empty.
    """
    if not priced.lines:
        raise DomainError("sale.empty")
    if len(inputs) > MAX_TENDERS:
        raise DomainError("tender.too_many", max_tenders=MAX_TENDERS)
    priced = expand(priced)
    counter = _Counter(priced, policy)
    found = [rule_for(tender.type, tender.kind, rules) for tender in inputs]
    amounts = [0] * len(inputs)
    fixed: list[tuple[int, ...] | None] = [None] * len(inputs)
    cash: list[int] = []
    for index, (tender, rule) in enumerate(zip(inputs, found, strict=True)):
        _checked(tender, rule)
        if tender.type == TenderType.CASH:
            cash.append(index)
        else:
            amounts[index], fixed[index] = counter.take_exact(tender, rule)
    if cash:
        counter.cut_cash()
        for index in cash:
            amounts[index] = counter.take_cash(inputs[index].received_won)
    if counter.due_won:
        raise DomainError("tender.short", missing_won=counter.due_won)
    cut = cut_by(priced, counter.cut_won, counter.open)
    for tender in inputs:
        # Nothing in cash may mean that all that was left is cut off.
        if tender.received_won == 0 and cut.total_won and tender.type != TenderType.CASH:
            raise DomainError("tender.not_positive", type=str(tender.type))
    shares = _spread_all(cut, amounts, fixed)
    tenders = tuple(
        _settled(tender, rule, amount, share)
        for tender, rule, amount, share in zip(inputs, found, amounts, shares, strict=True)
    )
    return Settled(cut, tenders, sum(tender.change_won for tender in tenders))


def _spread_all(
    cut: PricedCart, amounts: list[int], fixed: list[tuple[int, ...] | None]
) -> list[tuple[int, ...]]:
    """Spread the tenders that may pay anything over what the others left of the lines."""
    left = [line.net_won for line in cut.lines]
    for share in fixed:
        if share is not None:
            left = [won - part for won, part in zip(left, share, strict=True)]
    result: list[tuple[int, ...]] = []
    for amount, share in zip(amounts, fixed, strict=True):
        if share is None:
            share = spread(amount, left)
            left = [won - part for won, part in zip(left, share, strict=True)]
        result.append(share)
    return result


def _settled(tender: TenderInput, rule: TenderRule, amount: int, shares: tuple[int, ...]) -> SettledTender:
    known = tender if tender.held_by else replace(tender, held_by=rule.held_by)
    return SettledTender(known, amount, tender.received_won, tender.received_won - amount, shares)


_ROUND_UP = (1_000, 5_000, 10_000, 50_000)
_PAIRS = (10_000, 20_000, 100_000)  # two notes alike


def quick_cash(total_won: int) -> tuple[int, ...]:
    """Return up to six amounts to offer as keys: exact, the next round ones, the next pair of notes."""
    if total_won <= 0:
        return ()
    keys = {total_won}
    keys.update(-(-total_won // step) * step for step in _ROUND_UP)
    keys.update([pair for pair in _PAIRS if pair >= total_won][:1])
    return tuple(sorted(keys))


def notes_for(change_won: int) -> tuple[tuple[int, int], ...]:
    """Return (denomination, pieces) that make up the change, largest first; below 10 won nothing."""
    pieces = []
    rest = max(0, change_won)
    for won in DENOMINATIONS:
        count, rest = divmod(rest, won)
        if count:
            pieces.append((won, count))
    return tuple(pieces)
