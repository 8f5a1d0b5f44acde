"""Slips against the till: card totals and cancels, transfers ticked one by one, vouchers counted by face."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name
from pos_app.domain.market_day import register_order
from pos_app.domain.operators import Action
from pos_app.domain.reconciling import KINDS, check_counted, check_kind, faces_won
from pos_app.domain.tender import TenderType
from pos_app.facts.market import Reconciled
from pos_app.facts.sales import CardNumber
from pos_app.services.desk import Desk
from pos_app.storage.queries import card_numbers, days, reconciling, sales
from pos_app.storage.queries.days import StoredShift
from pos_app.storage.queries.reconciling import SlipItem, Taken
from pos_app.storage.queries.sales import StoredSale
from pos_app.storage.unit_of_work import OFFICE, register_scope
from sync.rows import Rows

APPROVAL_MAX = 40


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One kind of slip of one shift: the till's figure and what the slips said (None: nobody looked)."""

    register: str
    shift_id: str
    kind: str
    till_count: int
    till_won: int
    counted_won: int | None = None
    note: str = ""
    changed: bool = False  # the till's figure moved after the note was written
    counted_count: int = 0

    @property
    def difference_won(self) -> int:
        """Slips less till; 0 while nobody looked."""
        return 0 if self.counted_won is None else self.counted_won - self.till_won

    @property
    def differs(self) -> bool:
        """Whether somebody still has to mend it, or to write down why."""
        return self.difference_won != 0 and (not self.note or self.changed)

    @property
    def told(self) -> bool:
        """Whether the slips were looked at."""
        return self.counted_won is not None


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """One kind of slip with its single slips and what was ticked or counted before."""

    slip: Unsettled
    items: tuple[SlipItem, ...] = ()
    ticked: tuple[tuple[str, int], ...] = ()
    faces: tuple[tuple[int, int], ...] = ()


def unsettled(rows: Rows, day_id: str) -> list[Unsettled]:
    """Every kind of slip of every shift of a day that took any, or was told of; by register."""
    told = {(fact.shift_id, fact.kind): fact for fact in reconciling.told(rows, day_id)}
    found = [
        _held(taken, told.pop((taken.shift_id, taken.kind), None))
        for taken in reconciling.taken(rows, day_id)
    ]
    found += [_held(Taken(fact.register, fact.shift_id, fact.kind, 0, 0), fact) for fact in told.values()]
    return sorted(
        found, key=lambda slip: (register_order(slip.register), slip.shift_id, KINDS.index(slip.kind))
    )


def _held(taken: Taken, fact: Reconciled | None) -> Unsettled:
    plain = (taken.register, taken.shift_id, taken.kind, taken.count, taken.won)
    if fact is None:
        return Unsettled(*plain)
    return Unsettled(*plain, fact.counted_won, fact.note, fact.till_won != taken.won, fact.counted_count)


class Reconciling:
    """Slips of a day, at the till's close and on the board."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_day(self) -> list[Unsettled]:
        """Every shift's slips of the day. Raises right.missing, day.none."""
        self._desk.require(Action.SEE_TOTALS)
        with self._desk.work.read() as rows:
            return unsettled(rows, self._desk.day(rows).day_id)

    def sheets(self, register: str = "", shift_id: str = "") -> list[SlipSheet]:
        """The slips of one shift by kind: the one named, else the last one of the register (this till's)."""
        with self._desk.work.read() as rows:
            shift = self._shift(rows, register, shift_id)
            return self._sheets(rows, shift)

    def _sheets(self, rows: Rows, shift: StoredShift) -> list[SlipSheet]:
        told = {fact.kind: fact for fact in reconciling.told(rows, shift.day_id) if fact.shift_id == shift.id}
        found = []
        for slip in unsettled(rows, shift.day_id):
            if slip.shift_id == shift.id:
                fact = told.get(slip.kind)
                ticked, faces = (fact.ticked, fact.faces) if fact else ((), ())
                found.append(SlipSheet(slip, tuple(_items(rows, shift.id, slip.kind)), ticked, faces))
        return found

    def record(
        self,
        kind: str,
        counted_won: int = 0,
        *,
        register: str = "",
        shift_id: str = "",
        count: int = 0,
        ticked: Iterable[tuple[str, int]] = (),
        faces: Sequence[tuple[int, int]] = (),
        note: str = "",
    ) -> Unsettled:
        """Say what the slips came to; told again, the later word counts.

        Transfers are the sum of what is ticked, vouchers of their faces where any are given. Raises
        right.missing, reconcile.*
        """
        desk = self._desk
        named = check_kind(kind)
        with desk.work.begin(desk.session.operator_id) as work:
            shift = self._shift(work.rows, register, shift_id)
            own = shift.register == desk.register and not shift.closed_at
            desk.require(Action.CLOSE_SHIFT if own else Action.SEAL_DAY)
            known = [slip for slip in unsettled(work.rows, shift.day_id) if slip.shift_id == shift.id]
            slip = next((each for each in known if each.kind == named), None)
            if slip is None:
                slip = Unsettled(shift.register, shift.id, named, 0, 0)
            chosen = tuple(dict.fromkeys(ticked))
            if chosen:
                counted_won = _ticked_won(reconciling.transfers(work.rows, shift.id), chosen)
            elif faces:
                counted_won = faces_won(faces)
            fact = Reconciled(
                shift.day_id,
                shift.register,
                shift.id,
                desk.clock.stamp(),
                named,
                slip.till_won,
                check_counted(counted_won),
                chosen,
                tuple((face, pieces) for face, pieces in faces if pieces),
                clean_name(note)[:200],
                desk.session.name,
                slip.till_count,
                max(0, count),
            )
            # What another machine says of a till's slips is no part of that till's own log.
            work.record(register_scope(shift.day_id, shift.register) if own else OFFICE, fact)
        return _held(Taken(shift.register, shift.id, named, slip.till_count, slip.till_won), fact)

    def tell_number(self, sale_id: str, no: int, approval_no: str) -> None:
        """Fill in the approval number of a card that was taken without; again, it corrects what was filled in.

        Raises right.missing, sale.unknown, card_number.empty, card_number.voided, card_number.no_card,
        card_number.known.
        """
        desk = self._desk
        said = clean_name(approval_no)[:APPROVAL_MAX]
        if not said:
            raise DomainError("card_number.empty")
        with desk.work.begin(desk.session.operator_id) as work:
            stored = sales.sale(work.rows, sale_id)
            if stored is None:
                raise DomainError("sale.unknown", sale=sale_id[:40])
            sale = stored.sale
            own = sale.register == desk.register and not days.is_closed(work.rows, sale.shift_id)
            desk.require(Action.CLOSE_SHIFT if own else Action.SEAL_DAY)
            _check_card(stored, no)
            if card_numbers.told_later(work.rows, stored.id).get(no) == said:
                return
            fact = CardNumber(stored.id, no, said, desk.clock.stamp(), desk.session.name)
            # Of a shift that is closed it is told beside the till's own log, which stays as it was cut.
            work.record(register_scope(sale.day_id, desk.register) if own else OFFICE, fact)

    def _shift(self, rows: Rows, register: str, shift_id: str) -> StoredShift:
        day = self._desk.day(rows)
        wanted = register or self._desk.register
        found = [
            shift
            for shift in days.shifts(rows, day.day_id)
            if (shift.id == shift_id if shift_id else shift.register == wanted)
        ]
        if not found:
            raise DomainError("reconcile.no_shift", register=wanted)
        return found[-1]


def _items(rows: Rows, shift_id: str, kind: str) -> list[SlipItem]:
    if kind == "transfer":
        return reconciling.transfers(rows, shift_id)
    if kind == "card_refund":
        return reconciling.cancels(rows, shift_id)
    if kind == "card":
        return [
            SlipItem(card.sale_id, card.no, card.receipt_no, card.at, card.won, card.told)
            for card in card_numbers.of_shift(rows, shift_id)
        ]
    return []


def _check_card(stored: StoredSale, no: int) -> None:
    tender = next((each for each in stored.sale.tenders if each.no == no), None)
    receipt_no = stored.sale.receipt_no
    if stored.voided:
        raise DomainError("card_number.voided", receipt_no=receipt_no)
    if tender is None or tender.type != TenderType.CARD:
        raise DomainError("card_number.no_card", receipt_no=receipt_no)
    if tender.approval_no:
        raise DomainError("card_number.known", receipt_no=receipt_no, approval_no=tender.approval_no)


def _ticked_won(items: Sequence[SlipItem], ticked: Sequence[tuple[str, int]]) -> int:
    known = {(item.sale_id, item.no): item.won for item in items}
    for tick in ticked:
        if tick not in known:
            raise DomainError("reconcile.unknown_tick", text=f"{tick[0]} {tick[1]}")
    return sum(known[tick] for tick in ticked)
