"""The board of a market day: every register, what is certain, and what is left to do before the seal."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pos_app.domain.day_close import RegisterStanding, RegisterState
from pos_app.domain.market_day import register_order
from pos_app.facts.shifts import CooperativeTotal, CutHead, DaySeal
from pos_app.services.desk import Desk
from pos_app.services.health import server_heads
from pos_app.services.reconciling import Unsettled, unsettled
from pos_app.storage.queries import board, days, reconciling, totals
from pos_app.storage.queries.board import Books, LogState
from pos_app.storage.queries.board_cut import CutFigures, count_beyond, figures_at
from pos_app.storage.queries.cuts import Cover, merged
from pos_app.storage.queries.days import StoredDay, StoredShift
from sync.rows import Rows

BLOCKING = ("parked", "open", "silent", "gaps")


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One register on the day's board; `state` closed, open, silent; `since` when it was last heard of."""

    register: str
    state: str
    sales_count: int
    net_won: int
    over_short_won: int
    z_no: int
    since: str = ""
    operator: str = ""
    planned: bool = True
    own: bool = False
    gaps: tuple[tuple[int, int], ...] = ()
    parked: int = 0
    unsynced: int = 0
    late: int = 0
    counted_won: int = 0
    z_nos: tuple[int, ...] = ()

    @property
    def expected_cash_won(self) -> int:
        """What should have lain in its drawers when they were counted."""
        return self.counted_won - self.over_short_won

    @property
    def certain(self) -> bool:
        """Closed, and nothing of it is missing or late."""
        return self.state == "closed" and not self.gaps and not self.late


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do before the seal (`blocking`) or to look into: kind, where, how many, how much."""

    kind: str  # parked open silent gaps | cards slips late seals
    registers: tuple[str, ...]
    count: int = 0
    amount_won: int = 0
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class SealView:
    """A seal of the day; `key` is what it is chosen by."""

    key: str
    number: int
    at: str
    by: str
    complete: bool
    counts: bool
    reopened: str  # why it was opened again, empty while it stands
    reason: str
    registers: int
    sales_count: int
    net_won: int


@dataclass(frozen=True, slots=True)
class AddendumView:
    """추가 n호."""

    key: str
    seal: str
    number: int
    at: str
    by: str
    reason: str
    sales_count: int
    net_won: int


@dataclass(frozen=True, slots=True)
class DayBoard:
    """Everything the board shows; `cut` stands for exactly what was seen."""

    day_id: str
    market: str
    business_date: str
    lines: tuple[RegisterLine, ...]
    sales_count: int
    net_won: int
    certain_won: int
    todos: tuple[Todo, ...]
    seals: tuple[SealView, ...]
    addenda: tuple[AddendumView, ...]
    sealed: bool
    complete: bool
    undecided: bool
    late: tuple[str, ...]
    late_count: int
    cooperatives: tuple[CooperativeTotal, ...]
    slips: tuple[Unsettled, ...]
    cut: str

    @property
    def provisional_won(self) -> int:
        """What may still grow."""
        return self.net_won - self.certain_won

    @property
    def blocking(self) -> int:
        """How many things stand before the seal."""
        return sum(1 for todo in self.todos if todo.blocking)


@dataclass(frozen=True, slots=True)
class Standing:
    """What one look at the store found: books, logs, lines."""

    day: StoredDay
    books: Books
    logs: tuple[LogState, ...]
    lines: tuple[RegisterLine, ...]

    def heads(self) -> tuple[CutHead, ...]:
        """Where each log ends, and each branch of one that forks; logs that say nothing yet are left out."""
        return tuple(tip for state in self.logs if state.seq for tip in state.tips)

    def cut(self) -> Cover:
        """All that hangs together with the beginnings of the logs."""
        return merged(self.heads())

    def torn(self) -> bool:
        """Whether events lie here that a gap parts from their chain: kept totals count them already."""
        return any(state.most > state.seq for state in self.logs)


def look(desk: Desk, rows: Rows, day: StoredDay) -> Standing:
    """Read the state of every register of a day."""
    books = board.books(rows, day.day_id)
    named = books.named()
    for log, seq in board.signed(rows, day.day_id).items():
        named[log] = max(seq, named.get(log, 0))
    logs = tuple(board.logs(rows, day.day_id, named))
    return Standing(day, books, logs, tuple(_lines(desk, rows, day, books, logs)))


def figures_now(rows: Rows, standing: Standing) -> CutFigures:
    """The figures of the cut as it is now: the kept ones, reckoned anew where a gap parts events from a log."""
    day_id = standing.day.day_id
    if standing.torn():
        return figures_at(rows, day_id, standing.cut())
    by_type: dict[str, int] = {}
    for tender in totals.tenders(rows, "day_id", day_id):
        by_type[tender.type] = by_type.get(tender.type, 0) + tender.net_won
    return CutFigures(totals.of_day(rows, day_id), board.sums(rows, day_id), by_type)


def _lines(
    desk: Desk, rows: Rows, day: StoredDay, books: Books, logs: Sequence[LogState]
) -> list[RegisterLine]:
    planned = set(board.planned(rows, day.day_id))
    own = board.own_registers(rows, day.day_id)
    sums, parked = board.sums(rows, day.day_id), board.parked(rows)
    shifts: dict[str, list[StoredShift]] = {}
    for shift in days.shifts(rows, day.day_id):
        shifts.setdefault(shift.register, []).append(shift)
    by_register: dict[str, list[LogState]] = {}
    for state in logs:
        by_register.setdefault(state.register, []).append(state)
    late = _late(rows, books, logs) if books.seal else {}
    now, sent = desk.clock.now(), server_heads(rows)
    names = sorted(planned | set(shifts) | set(by_register) | set(sums), key=register_order)
    made = []
    for name in names:
        its_logs, its_shifts = by_register.get(name, []), shifts.get(name, [])
        sales, net = sums.get(name, (0, 0))
        closed = bool(its_shifts) and all(shift.closed_at for shift in its_shifts)
        since = max((state.last_at for state in its_logs if state.last_at), default="", key=_moment)
        heard = now if name in own and its_shifts else _heard(since)
        gaps = tuple(gap for state in its_logs for gap in state.gaps)
        z_nos = tuple(shift.z_no for shift in its_shifts if shift.closed_at)
        made.append(
            RegisterLine(
                name,
                RegisterStanding(name, name in planned, closed, heard, gaps).state(now).value,
                sales,
                net,
                sum(shift.over_short_won for shift in its_shifts),
                max(z_nos, default=0),
                since,
                its_shifts[-1].operator_name if its_shifts else "",
                name in planned,
                name in own,
                gaps,
                parked.get(name, 0),
                sum(max(0, state.seq - sent.get(state.log, 0)) for state in its_logs),
                late.get(name, 0),
                sum(shift.counted_won for shift in its_shifts),
                z_nos,
            )
        )
    return made


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)


def _heard(since: str) -> datetime | None:
    return _moment(since) if since else None


def _late(rows: Rows, books: Books, logs: Sequence[LogState]) -> dict[str, int]:
    """Events that move money beyond what is sealed or added, by register."""
    cover = books.cover()
    found: dict[str, int] = {}
    for state in logs:
        known = cover.tips.get(state.log.hex(), set())
        if any(tip.key not in known for tip in state.tips if tip.seq):
            beyond = count_beyond(rows, cover, merged(state.tips))
            found[state.register] = found.get(state.register, 0) + sum(beyond.values())
    return found


def covered(rows: Rows, standing: Standing) -> CutFigures:
    """The figures of all that is sealed and added, reckoned at that cut."""
    return figures_at(rows, standing.day.day_id, standing.books.cover())


def view(rows: Rows, standing: Standing) -> DayBoard:
    """The board from one look."""
    day, books, lines = standing.day, standing.books, standing.lines
    seal = books.seal
    late = tuple(line.register for line in lines if line.late)
    net = sum(line.net_won for line in lines)
    return DayBoard(
        day.day_id,
        day.market,
        day.business_date,
        lines,
        sum(line.sales_count for line in lines),
        net,
        _certain(standing, seal, net),
        todos(rows, standing),
        _seals(books),
        _addenda(books),
        books.standing.sealed,
        seal is not None and seal.complete,
        books.standing.undecided,
        late,
        sum(line.late for line in lines),
        cooperatives(rows, day.day_id),
        tuple(unsettled(rows, day.day_id)),
        cut_name(standing),
    )


def _certain(standing: Standing, seal: DaySeal | None, net: int) -> int:
    """Sealed and added where the seal is whole; else what closed registers without gaps sold."""
    if standing.books.standing.undecided:
        return 0
    if seal is not None and seal.complete:
        if not any(line.late or line.gaps for line in standing.lines):
            return net
        added = sum(more.fact.totals.get("net_won", 0) for more in standing.books.own_addenda())
        return seal.totals.get("net_won", 0) + added
    return sum(line.net_won for line in standing.lines if line.certain)


def cut_name(standing: Standing) -> str:
    """A short name of exactly what was seen: it changes with every event of the day."""
    told = ";".join(
        f"{state.most}:" + ",".join(f"{tip.log}:{tip.seq}:{tip.key}" for tip in state.tips)
        for state in standing.logs
    )
    return hashlib.sha256(f"{told}|{standing.books.standing}".encode()).hexdigest()[:16]


def cooperatives(rows: Rows, day_id: str) -> tuple[CooperativeTotal, ...]:
    """What each cooperative's vendors sold."""
    return tuple(CooperativeTotal(*row) for row in board.cooperatives(rows, day_id))


def todos(rows: Rows, standing: Standing) -> tuple[Todo, ...]:
    """What is left to do; what stands before the seal comes first."""
    lines, books = standing.lines, standing.books
    sealed = books.standing.sealed

    def of(kind: str, chosen: Sequence[RegisterLine], count: int = 0) -> list[Todo]:
        names = tuple(line.register for line in chosen)
        return [Todo(kind, names, count or len(names), 0, not sealed)] if names else []

    parked = [line for line in lines if line.parked]
    found = of("silent", [line for line in lines if line.state == RegisterState.SILENT])
    found += of("parked", parked, sum(line.parked for line in parked))
    found += of("open", [line for line in lines if line.state == RegisterState.OPEN])
    torn = [line for line in lines if line.gaps]
    found += of("gaps", torn, sum(last - first + 1 for line in torn for first, last in line.gaps))
    if books.standing.undecided:
        found.append(Todo("seals", (), len(books.standing.live)))
    late = [line for line in lines if line.late]
    if sealed and late:
        found.append(Todo("late", tuple(line.register for line in late), sum(line.late for line in late)))
    return (*found, *_loose_ends(rows, standing.day.day_id))


def _loose_ends(rows: Rows, day_id: str) -> list[Todo]:
    """Cards without a number and slips that differ: to be mended or noted, before or after the seal."""
    noted = _noted(rows, day_id)
    cards = [card for card in board.cards_without_number(rows, day_id) if card[1] not in noted]
    found = []
    if cards:
        names = tuple(sorted({card[0] for card in cards}, key=register_order))
        found.append(Todo("cards", names, len(cards), sum(card[3] for card in cards)))
    differ = [slip for slip in unsettled(rows, day_id) if slip.differs]
    if differ:
        names = tuple(sorted({slip.register for slip in differ}, key=register_order))
        found.append(Todo("slips", names, len(differ), sum(slip.difference_won for slip in differ)))
    return found


def _noted(rows: Rows, day_id: str) -> set[str]:
    """Shifts whose card slips somebody looked at and wrote down why something is missing."""
    return {fact.shift_id for fact in reconciling.told(rows, day_id) if fact.kind == "card" and fact.note}


def _seals(books: Books) -> tuple[SealView, ...]:
    why = {seal: reason for seal, _, reason, _ in books.reopened}
    return tuple(
        SealView(
            key,
            seal.number,
            seal.at,
            seal.operator_name,
            seal.complete,
            key == books.standing.counts and not books.standing.undecided,
            why.get(key, ""),
            seal.reason,
            len(seal.registers),
            seal.totals.get("sales_count", 0),
            seal.totals.get("net_won", 0),
        )
        for key, seal in books.seals.items()
    )


def _addenda(books: Books) -> tuple[AddendumView, ...]:
    return tuple(
        AddendumView(
            more.key,
            more.fact.seal,
            more.fact.number,
            more.fact.at,
            more.fact.operator_name,
            more.fact.reason,
            more.fact.totals.get("sales_count", 0),
            more.fact.totals.get("net_won", 0),
        )
        for more in books.addenda
    )
