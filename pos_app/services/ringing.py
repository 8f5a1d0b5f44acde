"""A tape of sales, rung through the same services as the screen."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from pos_app.domain.cart import MAX_LINES, Cart, CartLine, Discount
from pos_app.domain.errors import DomainError
from pos_app.domain.market_day import register_name
from pos_app.domain.operators import Action
from pos_app.domain.pricing import PricingPolicy, price
from pos_app.domain.tender import TenderInput, TenderType, due_in_cash
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import tr
from pos_app.services.desk import Desk
from pos_app.services.goods import Goods
from pos_app.services.market_days import MarketDays
from pos_app.services.policies import Terms
from pos_app.services.recording import Done, Wish, record_sale
from pos_app.services.returns import Return, record_refund, record_void
from pos_app.services.shifts import Shifts
from pos_app.storage.queries import catalogue, days, sales

MAX_LINE = 200_000


class TapeLine(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """One line of a slip."""

    quantity_milli: int
    product: str = ""
    line: int = 0
    discount_won: int = 0


class TapeTender(msgspec.Struct, frozen=True):
    """One tender of a slip."""

    type: str
    amount_won: int
    kind: str = ""
    approval_no: str = ""
    issuer: str = ""
    payer: str = ""
    held_by: str = ""


class Slip(msgspec.Struct, frozen=True):
    """One line of the tape: a sale, a refund or a void."""

    at: str
    register: str = "R1"
    id: str = ""
    lines: tuple[TapeLine, ...] = ()
    cart_discount_won: int = 0
    tender: str = ""
    tenders: tuple[TapeTender, ...] = ()
    refund_of: str = ""
    void_of: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One slip that is stored: its id, printed number and total (won; negative for money given back)."""

    id: str
    receipt_no: str
    total_won: int


@dataclass(slots=True)
class RingDone:
    """What a tape came to; refused are (line of the tape, sentence)."""

    sales: list[Rung] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


class Ringing:
    """Rings tapes. Every slip is one durable transaction of its own."""

    def __init__(self, desk: Desk, days_: MarketDays, shifts: Shifts, goods: Goods) -> None:
        self._desk = desk
        self._days = days_
        self._shifts = shifts
        self._goods = goods

    def tape(self, lines: Iterable[bytes]) -> RingDone:
        """Ring every slip that can be rung; the others are named with their line. Raises day.none."""
        self._desk.require(Action.SELL)
        with self._desk.work.read() as rows:
            day = self._desk.day(rows)
            codes = catalogue.codes(rows, catalogue.day_rosters(rows, day.day_id))
            terms = self._desk.terms(rows)
        done = RingDone()
        keep = self._desk.register
        try:
            for number, raw in enumerate(lines, 1):
                if raw.strip():
                    self._one(done, number, raw, codes, terms)
        finally:
            self._desk.register = keep
        return done

    def _one(self, done: RingDone, number: int, raw: bytes, codes: dict[str, str], terms: Terms) -> None:
        try:
            slip = _read(raw)
            self._desk.register = register_name(slip.register)
            known = self._known(slip)
            done.sales.append(known or self._ring(slip, codes, terms))
        except DomainError as refusal:
            done.refused.append((number, sentence(refusal)))

    def _known(self, slip: Slip) -> Rung | None:
        """A slip that was rung before changes nothing."""
        if not slip.id:
            return None
        with self._desk.work.read() as rows:
            stored = sales.sale(rows, slip.id)
            if stored is not None:
                return Rung(slip.id, stored.sale.receipt_no, stored.sale.total_won)
            refund = sales.refund(rows, slip.id)
            if refund is not None:
                return Rung(slip.id, refund.receipt_no, -refund.refund_won)
            if slip.void_of and sales.is_voided_by(rows, slip.void_of) == slip.id:
                voided = sales.sale(rows, slip.void_of)
                return Rung(slip.id, voided.sale.receipt_no, -voided.sale.total_won) if voided else None
        return None

    def _ring(self, slip: Slip, codes: dict[str, str], terms: Terms) -> Rung:
        desk = self._desk
        with desk.work.read() as rows:
            day = desk.day(rows)
            if days.seals(rows, day.day_id):
                raise DomainError("day.sealed_already")
            shift = days.open_shift(rows, day.day_id, desk.register)
        if shift is None:
            self._days.open(day.market, day.business_date, desk.register)
            self._shifts.open(0)
            with desk.work.read() as rows:
                shift = desk.shift(rows)
        if slip.void_of:
            taken = record_void(
                desk, day, shift, slip.void_of, slip.reason or "tape", slip.at, given_id=slip.id, paper=False
            )
            return Rung(slip.id, taken.receipt_no, -taken.total_won)
        if slip.refund_of:
            wish = Return(
                [(line.line, line.quantity_milli, True) for line in slip.lines],
                slip.reason or "tape",
                _tender_type(slip.tender or (slip.tenders[0].type if slip.tenders else "cash")),
                slip.at,
                given_id=slip.id,
                paper=False,
            )
            back = record_refund(desk, day, shift, slip.refund_of, wish)
            return Rung(back.sale_id, back.receipt_no, -back.total_won)
        cart = self._cart(slip, codes)
        sold: Done = record_sale(
            desk,
            day,
            shift,
            cart,
            terms,
            Wish(_tenders(slip, cart, terms.pricing), slip.at, given_id=slip.id, paper=False),
        )
        return Rung(sold.sale_id, sold.receipt_no, sold.total_won)

    def _cart(self, slip: Slip, codes: dict[str, str]) -> Cart:
        cart = Cart()
        for item in slip.lines:
            product_id = codes.get(item.product) or (item.product if len(item.product) == 36 else "")
            product_id = product_id or self._goods.find_bundle(item.product) or ""
            if not product_id:
                raise DomainError("product.unknown_code", label=item.product[:40])
            line = self._goods.line(product_id, item.quantity_milli)
            if item.discount_won:
                line = replace(line, discount=Discount("won", item.discount_won))
            cart = _put(cart, line)
        if slip.cart_discount_won:
            cart = cart.with_cart_discount(Discount("won", slip.cart_discount_won))
        return cart


def _put(cart: Cart, line: CartLine) -> Cart:
    """Every line of a slip stays its own line: refunds name them by number."""
    if len(cart.lines) >= MAX_LINES:
        raise DomainError("cart.too_many_lines", max_lines=MAX_LINES)
    checked = Cart().add(line).lines[0]
    return Cart((*cart.lines, checked), cart.discount, cart.customer, cart.note)


def _read(raw: bytes) -> Slip:
    if len(raw) > MAX_LINE:
        raise DomainError("tape.line", reason=tr("줄이 너무 길어요"))
    try:
        slip = msgspec.json.decode(raw, type=Slip)
        if datetime.fromisoformat(slip.at).tzinfo is None:
            raise DomainError("tape.line", reason=tr("시각에 시간대가 없어요"))
        slip = msgspec.structs.replace(
            slip, id=_uuid(slip.id, strict=True), refund_of=_uuid(slip.refund_of), void_of=_uuid(slip.void_of)
        )
    except msgspec.DecodeError as problem:
        raise DomainError("tape.line", reason=str(problem)) from problem
    except ValueError as problem:
        raise DomainError("tape.line", reason=tr("id나 시각의 모양이 달라요")) from problem
    return slip


def _uuid(text: str, strict: bool = False) -> str:
    """One spelling for an id; one that is none stays as it is, to be told as unknown."""
    if not text:
        return ""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        if strict:
            raise
        return text[:40]


def _tender_type(name: str) -> TenderType:
    try:
        return TenderType(name)
    except ValueError as problem:
        raise DomainError("tender.not_accepted", type=name, kind="") from problem


def _tenders(slip: Slip, cart: Cart, policy: PricingPolicy) -> list[TenderInput]:
    if slip.tenders:
        return [
            TenderInput(
                _tender_type(t.type),
                t.amount_won,
                t.kind,
                t.held_by,
                t.approval_no,
                t.issuer,
                payer=t.payer or _nobody_named(_tender_type(t.type)),
            )
            for t in slip.tenders
        ]
    kind = _tender_type(slip.tender or "cash")
    priced = price(cart, policy)
    due = due_in_cash(priced, 0, policy) if kind is TenderType.CASH else priced.total_won
    return [TenderInput(kind, due, payer=_nobody_named(kind))]


def _nobody_named(kind: TenderType) -> str:
    """Who is billed where a slip names nobody; only credit is billed."""
    return tr("미지정") if kind is TenderType.CREDIT else ""
