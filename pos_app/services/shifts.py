"""Shifts: float, cash in and out, X, blind count, Z."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pos_app.domain.day_close import check_close_register
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name
from pos_app.domain.operators import Action, may
from pos_app.domain.shift import (
    check_close,
    check_float,
    counted,
    expected_cash,
    movement_kind,
    movement_won,
    needs_coordinator,
    over_short,
)
from pos_app.facts.sales import Override
from pos_app.facts.shifts import CashMovement, CutHead, DrawerCount, ShiftClose, ShiftOpen, ShiftTotals
from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.printing.layouts.cash_slip import cash_slip_document
from pos_app.printing.layouts.shift_report import x_document, z_document
from pos_app.services import drawers
from pos_app.services.cart_file import CartFile, CountFile
from pos_app.services.desk import Desk
from pos_app.services.recording import shop_header
from pos_app.storage.queries import days, sales, totals
from pos_app.storage.queries.days import StoredShift
from pos_app.storage.unit_of_work import event_id, register_scope
from sync.rows import Rows

Denominations = Sequence[tuple[int, int]]
_TO_DO_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A shift that is open."""

    shift_id: str
    number: int
    opened_at: str
    float_won: int
    operator_name: str


@dataclass(frozen=True, slots=True)
class MovementView:
    """Cash in or out beside sales."""

    at: str
    kind: str
    amount_won: int
    reason: str


@dataclass(frozen=True, slots=True)
class OpenItem:
    """What should be settled before the close: kind parked, cart, card."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class CountResult:
    """A count against what was expected, and how that came about."""

    counted_won: int
    expected_won: int
    over_short_won: int
    needs_coordinator: bool
    steps: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ZDone:
    """A shift that is closed."""

    z_no: int
    over_short_won: int
    document: Document
    print_job_id: str | None


def shift_totals(rows: Rows, shift: StoredShift) -> ShiftTotals:
    """The one place where a shift's figures and its expected cash are put together."""
    figures = totals.of_shift(rows, shift.id)
    tenders = totals.tenders(rows, "shift_id", shift.id)
    moves = totals.cash_moves(rows, shift.id)
    cash_back = sum(t.refunded_won for t in tenders if t.type == "cash")
    cash_in = sum(t.drawer_won for t in tenders) + cash_back
    pay_in = moves.get("pay_in", 0) + moves.get("loan", 0)
    pay_out = moves.get("pay_out", 0) + moves.get("pickup", 0)
    by_type: dict[str, int] = {}
    for tender in tenders:
        by_type[tender.type] = by_type.get(tender.type, 0) + tender.net_won
    return ShiftTotals(
        **figures,
        float_won=shift.float_won,
        pay_in_won=pay_in,
        pay_out_won=pay_out,
        cash_sales_won=cash_in,
        cash_refunds_won=cash_back,
        expected_cash_won=expected_cash(shift.float_won, cash_in, cash_back, pay_in, pay_out),
        tenders=tuple(sorted(by_type.items())),
    )


def _to_do(texts: list[str]) -> tuple[str, ...]:
    """What stays to be done, short enough for a paper."""
    if len(texts) <= _TO_DO_SHOWN:
        return tuple(texts)
    return (*texts[:_TO_DO_SHOWN], tr("그 밖에 {count}건이 더 있어요.", count=len(texts) - _TO_DO_SHOWN))


class Shifts:
    """The shift at one till."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def current(self) -> ShiftView | None:
        """The open shift, or None."""
        with self._desk.work.read() as rows:
            try:
                shift = self._desk.shift(rows)
            except DomainError:
                return None
        return ShiftView(shift.id, shift.number, shift.opened_at, shift.float_won, shift.operator_name)

    def suggested_float_won(self) -> int:
        """The float of last time."""
        with self._desk.work.read() as rows:
            return days.last_float(rows, self._desk.register)

    def open(self, float_won: int, denominations: Denominations = ()) -> ShiftView:
        """Begin a shift. Raises shift.open_already, float.*"""
        desk = self._desk
        desk.require(Action.OPEN_SHIFT)
        check_float(float_won)
        if denominations and counted(denominations) != float_won:
            raise DomainError("float.differs", counted_won=counted(denominations), float_won=float_won)
        with desk.work.begin(desk.session.operator_id) as work:
            day = desk.day(work.rows)
            if days.seals(work.rows, day.day_id):
                raise DomainError("day.sealed_already")
            if days.open_shift(work.rows, day.day_id, desk.register) is not None:
                raise DomainError("shift.open_already", register=desk.register)
            number = 1 + sum(1 for s in days.shifts(work.rows, day.day_id) if s.register == desk.register)
            fact = ShiftOpen(
                day.day_id,
                desk.register,
                day.business_date,
                desk.clock.stamp(),
                float_won,
                number,
                desk.session.name,
                tuple(denominations),
            )
            drawers.kick(desk, work, event_id(work.record(register_scope(day.day_id, desk.register), fact)))
        view = self.current()
        assert view is not None  # it was recorded just above
        return view

    def move_cash(self, kind: str, amount_won: int, reason: str) -> str:
        """Cash in or out of the drawer, with a slip. Raises movement.*"""
        desk = self._desk
        desk.require(Action.CASH_MOVEMENT)
        named = movement_kind(kind)
        movement_won(named, amount_won)
        if not reason.strip():
            raise DomainError("movement.no_reason")
        with desk.work.begin(desk.session.operator_id) as work:
            shift = desk.shift(work.rows)
            fact = CashMovement(
                shift.id,
                shift.day_id,
                desk.register,
                desk.clock.stamp(),
                named.value,
                amount_won,
                clean_name(reason)[:200],
                desk.session.name,
            )
            event = work.record(register_scope(shift.day_id, desk.register), fact)
            paper = cash_slip_document(fact, shop_header(desk), 0, desk.practice)
            drawers.kick(desk, work, event_id(event))
            return desk.paper(work, "cash", event_id(event), paper)

    def movements(self) -> list[MovementView]:
        """Cash movements of the open shift."""
        with self._desk.work.read() as rows:
            try:
                shift = self._desk.shift(rows)
            except DomainError:
                return []
            return [MovementView(*row) for row in days.movements(rows, shift.id)]

    def open_items(self) -> list[OpenItem]:
        """What is still to settle before the close."""
        with self._desk.work.read() as rows:
            return [OpenItem(kind, text) for kind, text in self._open_items(rows, self._desk.shift(rows).id)]

    def _open_items(self, rows: Rows, shift_id: str) -> list[tuple[str, str]]:
        parked = rows.one('SELECT count(*) FROM "parked_cart" WHERE "register" = ?', self._desk.register)
        items = []
        if parked and parked[0]:
            items.append(("parked", tr("보류한 장바구니 {count}개가 남아 있어요.", count=parked[0])))
        for receipt_no, won in sales.cards_without_number(rows, shift_id):
            items.append(
                (
                    "card",
                    tr("{receipt_no} 카드 {won:,}원에 승인번호가 없어요.", receipt_no=receipt_no, won=won),
                )
            )
        return items

    def by_tender(self) -> dict[str, int]:
        """What the open shift took by each tender, less what went back (won); to hold slips against."""
        with self._desk.work.read() as rows:
            return dict(shift_totals(rows, self._desk.shift(rows)).tenders)

    def keep_count(self, denominations: Denominations) -> None:
        """Keep a half-done count over a restart; what was handed in is kept in the journal."""
        shift = self.current()
        if shift is not None:
            self._counting().save(shift.shift_id, tuple(denominations))

    def last_count(self) -> tuple[tuple[int, int], ...]:
        """The count begun, else the last one handed in for this shift."""
        shift = self.current()
        if shift is None:
            return ()
        begun = self._counting().load(shift.shift_id)
        if begun:
            return begun
        with self._desk.work.read() as rows:
            found = days.last_count(rows, shift.shift_id)
        return msgspec.json.decode(found[1], type=tuple[tuple[int, int], ...]) if found else ()

    def _counting(self) -> CountFile:
        return CountFile(self._desk.home.carts, self._desk.till_name)

    def count(self, denominations: Denominations) -> CountResult:
        """Hand in a blind count; only now is the expected amount shown."""
        desk = self._desk
        desk.require(Action.CLOSE_SHIFT)
        total = counted(denominations)
        return self.count_total(total, tuple(denominations))

    def count_total(self, total_won: int, denominations: Denominations = ()) -> CountResult:
        """Hand in a count by its total (the command line knows no denominations)."""
        desk = self._desk
        if total_won < 0:
            raise DomainError("count.negative_total")
        check_float(total_won)
        with desk.work.begin(desk.session.operator_id) as work:
            shift = desk.shift(work.rows)
            made = shift_totals(work.rows, shift)
            fact = DrawerCount(
                shift.id,
                shift.day_id,
                desk.register,
                desk.clock.stamp(),
                total_won,
                made.expected_cash_won,
                tuple(denominations),
                desk.session.name,
            )
            work.record(register_scope(shift.day_id, desk.register), fact)
        difference = over_short(total_won, made.expected_cash_won)
        steps = (
            (tr("준비금"), made.float_won),
            (tr("현금 판매"), made.cash_sales_won),
            (tr("현금 환불"), -made.cash_refunds_won),
            (tr("입금"), made.pay_in_won),
            (tr("출금"), -made.pay_out_won),
        )
        limit = desk.settings.number("over_short_limit_won")
        return CountResult(
            total_won, made.expected_cash_won, difference, needs_coordinator(difference, limit), steps
        )

    def close(self, reason: str = "", override: Override | None = None, remarks: Sequence[str] = ()) -> ZDone:
        """Close the shift with the last count: numbered Z, once. Raises shift.*, close.parked.

        `remarks` (slips that differ) stand on the Z beside what is still to do.
        """
        desk = self._desk
        lent = desk.require(Action.CLOSE_SHIFT)
        above = Action.OVER_SHORT_ABOVE_LIMIT
        coordinator = may(desk.session.role, above) or (
            override is not None and override.action == above.value
        )
        with desk.work.begin(desk.session.operator_id) as work:
            shift = desk.shift(work.rows)
            scope = register_scope(shift.day_id, desk.register)
            at = work.own_log(scope).head
            lent += (override,) if override else ()
            made = self._close_fact(work.rows, shift, reason, lent, coordinator)
            told = tuple(clean_name(remark)[:200] for remark in remarks[:_TO_DO_SHOWN])
            made = msgspec.structs.replace(made, open_items=(*told, *made.open_items))
            fact = msgspec.structs.replace(made, head=CutHead(at.log.hex(), at.seq, at.key.hex()))
            event = work.record(scope, fact)
            work.sign_head(scope)
            paper = z_document(fact, shop_header(desk), 0, desk.practice)
            # A receipt that did not come out during the shift is not printed by surprise afterwards.
            work.rows.run(
                'UPDATE "print_job" SET "state" = ? WHERE "state" = ? AND "kind" = ?',
                "expired",
                "queued",
                "receipt",
            )
            job = desk.paper(work, "z", event_id(event), paper, hours=24)
            drawers.kick(desk, work, event_id(event))
        self._counting().save("", ())
        return ZDone(fact.z_no, fact.over_short_won, paper, job)

    def _close_fact(
        self, rows: Rows, shift: StoredShift, reason: str, overrides: tuple[Override, ...], coordinator: bool
    ) -> ShiftClose:
        desk = self._desk
        items = self._open_items(rows, shift.id)
        parked = rows.one('SELECT count(*) FROM "parked_cart" WHERE "register" = ?', desk.register)
        left = CartFile(desk.home.carts, desk.till_name).load()
        sold = left and rows.one('SELECT 1 FROM "own_log" WHERE "done_cart" = ?', left.token)
        check_close_register(parked=parked[0] if parked else 0, open_cart=left is not None and not sold)
        found = days.last_count(rows, shift.id)
        made = shift_totals(rows, shift)
        if found is not None and found[2] != made.expected_cash_won:
            raise DomainError("shift.count_stale")
        difference = over_short(found[0], made.expected_cash_won) if found else 0
        check_close(
            counted=found is not None,
            over_short_won=difference,
            limit_won=desk.settings.number("over_short_limit_won"),
            reason=reason,
            coordinator=coordinator,
        )
        assert found is not None  # check_close refuses otherwise
        first, last = sales.receipt_range(rows, shift.id)
        return ShiftClose(
            shift_id=shift.id,
            day_id=shift.day_id,
            register=desk.register,
            business_date=shift.business_date,
            opened_at=shift.opened_at,
            at=desk.clock.stamp(),
            z_no=days.last_z(rows, desk.register) + 1,
            counted_won=found[0],
            over_short_won=difference,
            totals=made,
            first_receipt_no=first,
            last_receipt_no=last,
            denominations=msgspec.json.decode(found[1], type=tuple[tuple[int, int], ...]),
            reason=clean_name(reason)[:200],
            operator_name=desk.session.name,
            open_items=_to_do([text for kind, text in items if kind == "card"]),
            overrides=overrides,
        )

    def x_document(self) -> Document:
        """The shift's figures as they stand; no number, any time."""
        desk = self._desk
        desk.require(Action.SEE_TOTALS)
        with desk.work.read() as rows:
            shift = desk.shift(rows)
            made = shift_totals(rows, shift)
        return x_document(
            made,
            shop_header(desk),
            register=desk.register,
            business_date=shift.business_date,
            at=desk.clock.stamp(),
            practice=desk.practice,
        )

    def z_document(self, shift_id: str) -> Document:
        """The Z of a closed shift, the same every time. Raises shift.not_closed."""
        with self._desk.work.read() as rows:
            close = sales.shift_close(rows, shift_id)
        if close is None:
            raise DomainError("shift.not_closed")
        return z_document(close, shop_header(self._desk), 0, self._desk.practice)
