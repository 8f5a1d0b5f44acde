"""What the market owes a vendor: commission, fees and payout to the won, by rule and by tender.

Of every statement, with signs: payout + commission + fees = net, in total and for each tender, and
transfer + carried out + held by the vendor + held back = payout + released + carried in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.commission import (
    Commission,
    Piece,
    Rule,
    Scope,
    Standing,
    cut_to_won,
    day_commissions,
    standing,
)
from pos_app.domain.commission_rules import select
from pos_app.domain.errors import DomainError
from pos_app.domain.money import spread

COOPERATIVE = "cooperative"
VENDOR = "vendor"
NO_RULE = "commission.no_rule"
"""Warning of a statement with goods that no rule covers; it can't be approved."""


@dataclass(frozen=True, slots=True)
class Goods:
    """A vendor's sealed figures of one day and one class of goods.

    net = gross - discounts - truncation - refunds; refunds positive.
    """

    on: str
    product_class: str
    gross_won: int
    discount_won: int = 0
    truncation_won: int = 0
    refunds_won: int = 0

    @property
    def net_won(self) -> int:
        """Return what is left of the gross."""
        return self.gross_won - self.discount_won - self.truncation_won - self.refunds_won


@dataclass(frozen=True, slots=True)
class Taken:
    """What one tender brought for a vendor on a day, refunds taken off; `held_by` cooperative or vendor.

    `tender` is its type, or type and kind: voucher:onnuri.
    """

    on: str
    tender: str
    held_by: str
    net_won: int


@dataclass(frozen=True, slots=True)
class Account:
    """All that is reckoned for one vendor.

    `history` are (date, sealed net won) of earlier days, within the markets that the rules speak of.
    `carried_won` is what earlier statements left (0 or below), `released_won` what they held back for
    vouchers that have been redeemed since.
    """

    vendor_id: str
    scope: Scope
    goods: tuple[Goods, ...]
    taken: tuple[Taken, ...]
    history: tuple[tuple[str, int], ...] = ()
    carried_won: int = 0
    released_won: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for everybody: rules, fees in thousandths by tender, tenders held until redeemed."""

    rules: tuple[Rule, ...]
    fees_permille: Mapping[str, int]
    held_until_redeemed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What one rule takes of a day; rule and rates are frozen here, whatever becomes of the rule."""

    on: str
    rule_id: str
    rule_name: str
    product_classes: tuple[str, ...]
    net_won: int
    commission_won: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FeeLine:
    """What the cooperative's provider takes of one tender on one day."""

    on: str
    tender: str
    net_won: int
    rate_permille: int
    fee_won: int


@dataclass(frozen=True, slots=True)
class TenderLine:
    """A tender's part of the statement: payout + commission + fee = net."""

    tender: str
    held_by: str
    net_won: int
    commission_won: int
    fee_won: int
    payout_won: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What one vendor gets, and why; all won with sign. `reverses` is the hash of a paid statement."""

    vendor_id: str
    market_id: str
    from_on: str
    until_on: str
    gross_won: int
    discount_won: int
    truncation_won: int
    refunds_won: int
    net_won: int
    commission_won: int
    fees_won: int
    payout_won: int
    held_by_vendor_won: int
    held_back_won: int
    released_won: int
    carried_in_won: int
    to_transfer_won: int
    carried_out_won: int
    lines: tuple[RuleLine, ...]
    fees: tuple[FeeLine, ...]
    tenders: tuple[TenderLine, ...]
    warnings: tuple[str, ...] = ()
    reverses: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over statements; payout + commission + fees = net."""

    net_won: int
    commission_won: int
    fees_won: int
    payout_won: int
    to_transfer_won: int
    by_tender: tuple[TenderLine, ...]


def reckon(account: Account, terms: Terms, from_on: str, until_on: str) -> Statement:
    """Return one vendor's statement over a period (ISO dates, inclusive); without sales all is 0.

    Raises settlement.outside(on), settlement.tenders_differ(on, net_won, tenders_won),
    settlement.holder(text), settlement.carried and what commission_rules.select raises.
    """
    _check(account, from_on, until_on)
    days = sorted({each.on for each in account.goods} | {each.on for each in account.taken})
    lines: list[RuleLine] = []
    fees: list[FeeLine] = []
    books: dict[tuple[str, str], TenderLine] = {}
    history = list(account.history)
    for on in days:
        taken = _of_day(account.taken, on)
        day_lines = _rule_lines(account, terms.rules, history, on)
        day_fees = _fee_lines(taken, terms.fees_permille, on)
        _book(books, taken, day_fees, sum(line.commission_won for line in day_lines))
        lines += day_lines
        fees += day_fees.values()
        history.append((on, sum(line.net_won for line in day_lines)))
    tenders = tuple(books[key] for key in sorted(books))
    return _statement(account, terms, (from_on, until_on), lines, fees, tenders)


def _check(account: Account, from_on: str, until_on: str) -> None:
    if account.carried_won > 0:
        raise DomainError("settlement.carried")
    nets: dict[str, int] = {}
    tenders: dict[str, int] = {}
    for goods in account.goods:
        nets[goods.on] = nets.get(goods.on, 0) + goods.net_won
    for taken in account.taken:
        if taken.held_by not in (COOPERATIVE, VENDOR):
            raise DomainError("settlement.holder", text=taken.held_by[:40])
        tenders[taken.on] = tenders.get(taken.on, 0) + taken.net_won
    for on in sorted(nets.keys() | tenders.keys()):
        if not from_on <= on <= until_on:
            raise DomainError("settlement.outside", on=on)
        if nets.get(on, 0) != tenders.get(on, 0):
            raise DomainError(
                "settlement.tenders_differ", on=on, net_won=nets.get(on, 0), tenders_won=tenders.get(on, 0)
            )


def _of_day(taken: Iterable[Taken], on: str) -> dict[tuple[str, str], int]:
    """Return the day's net by (tender, holder), in order of these."""
    sums: dict[tuple[str, str], int] = {}
    for each in taken:
        if each.on == on:
            key = (each.tender, each.held_by)
            sums[key] = sums.get(key, 0) + each.net_won
    return {key: sums[key] for key in sorted(sums)}


def _rule_lines(
    account: Account, rules: Sequence[Rule], history: Sequence[tuple[str, int]], on: str
) -> list[RuleLine]:
    """Return what each rule takes of a day, goods of several classes under one rule added up."""
    nets: dict[str, int] = {}
    classes: dict[str, list[str]] = {}
    found: dict[str, Rule | None] = {}
    for goods in sorted(
        (each for each in account.goods if each.on == on), key=lambda each: each.product_class
    ):
        rule = select(rules, replace(account.scope, product_class=goods.product_class), on)
        key = rule.id if rule else ""
        found[key] = rule
        nets[key] = nets.get(key, 0) + goods.net_won
        own = classes.setdefault(key, [])
        if goods.product_class not in own:
            own.append(goods.product_class)
    ids = sorted(nets)
    taken = day_commissions([(found[key], _standing(found[key], history, on), nets[key]) for key in ids])
    return [
        _rule_line(on, found[key], tuple(classes[key]), each) for key, each in zip(ids, taken, strict=True)
    ]


def _standing(rule: Rule | None, history: Sequence[tuple[str, int]], on: str) -> Standing:
    return standing(rule, history, on) if rule else Standing()


def _rule_line(on: str, rule: Rule | None, classes: tuple[str, ...], taken: Commission) -> RuleLine:
    name = rule.name if rule else ""
    return RuleLine(on, taken.rule_id, name, classes, taken.net_won, taken.commission_won, taken.pieces)


def _fee_lines(
    taken: Mapping[tuple[str, str], int], fees_permille: Mapping[str, int], on: str
) -> dict[tuple[str, str], FeeLine]:
    """Return the day's fees; a vendor's own terminal is the vendor's own affair.

    A kind without a rate of its own (voucher:onnuri) bears that of its type (voucher).
    """
    lines = {}
    for (tender, held_by), net_won in taken.items():
        rate = fees_permille.get(tender, fees_permille.get(tender.partition(":")[0], 0))
        if rate and held_by == COOPERATIVE:
            lines[tender, held_by] = FeeLine(on, tender, net_won, rate, cut_to_won(net_won, rate))
    return lines


def _book(
    books: dict[tuple[str, str], TenderLine],
    taken: Mapping[tuple[str, str], int],
    fees: Mapping[tuple[str, str], FeeLine],
    commission_won: int,
) -> None:
    """Add a day to the tenders' books, its commission spread over them."""
    shares = spread_signed(commission_won, list(taken.values())) if taken else ()
    for (key, net_won), share in zip(taken.items(), shares, strict=True):
        fee_won = fees[key].fee_won if key in fees else 0
        old = books.get(key, TenderLine(*key, 0, 0, 0, 0))
        books[key] = TenderLine(
            *key,
            old.net_won + net_won,
            old.commission_won + share,
            old.fee_won + fee_won,
            old.payout_won + net_won - share - fee_won,
        )
    if not taken and commission_won:  # goods exchanged for others of another class, without any money
        key = ("", COOPERATIVE)
        old = books.get(key, TenderLine(*key, 0, 0, 0, 0))
        books[key] = replace(
            old,
            commission_won=old.commission_won + commission_won,
            payout_won=old.payout_won - commission_won,
        )


def spread_signed(total_won: int, weights_won: Sequence[int]) -> tuple[int, ...]:
    """Spread won of either sign over parts of either sign: those of its own sign bear it.

    Where none has that sign, sizes count; where all are zero, the first bears it.
    """
    sign = -1 if total_won < 0 else 1
    weights = [max(0, sign * won) for won in weights_won]
    if not any(weights):
        weights = [abs(won) for won in weights_won]
    if not any(weights):
        weights = [1, *(0 for _ in weights_won[1:])]
    return tuple(sign * part for part in spread(abs(total_won), weights))


def _statement(
    account: Account,
    terms: Terms,
    span: tuple[str, str],
    lines: list[RuleLine],
    fees: list[FeeLine],
    tenders: tuple[TenderLine, ...],
) -> Statement:
    commission = sum(line.commission_won for line in lines)
    fee = sum(line.fee_won for line in fees)
    net = sum(line.net_won for line in lines)
    held_by_vendor = sum(line.net_won for line in tenders if line.held_by == VENDOR)
    held_back = sum(max(0, line.payout_won) for line in tenders if _waits(line, terms.held_until_redeemed))
    payout = net - commission - fee
    due = payout - held_by_vendor - held_back + account.released_won + account.carried_won
    return Statement(
        vendor_id=account.vendor_id,
        market_id=account.scope.market_id,
        from_on=span[0],
        until_on=span[1],
        gross_won=sum(each.gross_won for each in account.goods),
        discount_won=sum(each.discount_won for each in account.goods),
        truncation_won=sum(each.truncation_won for each in account.goods),
        refunds_won=sum(each.refunds_won for each in account.goods),
        net_won=net,
        commission_won=commission,
        fees_won=fee,
        payout_won=payout,
        held_by_vendor_won=held_by_vendor,
        held_back_won=held_back,
        released_won=account.released_won,
        carried_in_won=account.carried_won,
        to_transfer_won=max(0, due),
        carried_out_won=min(0, due),
        lines=tuple(lines),
        fees=tuple(fees),
        tenders=tenders,
        warnings=(NO_RULE,) if any(not line.rule_id for line in lines) else (),
    )


def _waits(line: TenderLine, held: frozenset[str]) -> bool:
    named = line.tender in held or line.tender.partition(":")[0] in held
    return named and line.held_by == COOPERATIVE


def total(statements: Iterable[Statement]) -> Totals:
    """Return the sums of a run, by tender and holder too."""
    net = commission = fees = payout = transfer = 0
    books: dict[tuple[str, str], TenderLine] = {}
    for each in statements:
        net += each.net_won
        commission += each.commission_won
        fees += each.fees_won
        payout += each.payout_won
        transfer += each.to_transfer_won
        for line in each.tenders:
            key = (line.tender, line.held_by)
            old = books.get(key, TenderLine(*key, 0, 0, 0, 0))
            books[key] = TenderLine(
                *key,
                old.net_won + line.net_won,
                old.commission_won + line.commission_won,
                old.fee_won + line.fee_won,
                old.payout_won + line.payout_won,
            )
    by_tender = tuple(books[key] for key in sorted(books))
    return Totals(net, commission, fees, payout, transfer, by_tender)
