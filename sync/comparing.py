"""What one side lacks of what the other has, told from their rows alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sync.heads import LAST, LogState
from sync.messages import HeadRow, Span
from sync.rows import Rows


@dataclass
class Plan:
    """Parts of logs to send, to fetch, and those where only a closer look can tell."""

    push: list[Span] = field(default_factory=list)
    pull: list[Span] = field(default_factory=list)
    probe: set[bytes] = field(default_factory=set)


def missing(rows: Rows, mine: Sequence[LogState], theirs: Iterable[HeadRow]) -> Plan:
    """Compare log by log; logs that no side lists in full are equal already."""
    plan = Plan()
    others = {row.log: row for row in theirs}
    for state in mine:
        row = others.pop(state.log, None)
        if row is None:
            plan.push.append(Span(state.log, 1, LAST, state.scope is not None, bool(state.signed)))
        elif row != state.row():
            _compare(rows, state, row, plan)
    for row in others.values():
        plan.pull.append(Span(row.log, 1, LAST, row.first, bool(row.signed)))
    return plan


def _compare(rows: Rows, mine: LogState, theirs: HeadRow, plan: Plan) -> None:
    push = Span(mine.log, 1, 0, mine.scope is not None and not theirs.first, False)
    pull = Span(mine.log, 1, 0, theirs.first and mine.scope is None, False)
    if mine.signed != theirs.signed:
        push = Span(push.log, 1, 0, push.first, bool(mine.signed))
        pull = Span(pull.log, 1, 0, pull.first, bool(theirs.signed))
    same = (mine.seq, mine.key, mine.count, mine.mark) == (
        theirs.seq,
        theirs.key,
        theirs.count,
        theirs.mark,
    )
    if not same:
        if mine.mark or theirs.mark or not _follows(rows, mine, theirs):
            plan.probe.add(mine.log)
        elif mine.seq > theirs.seq:
            push = Span(push.log, theirs.seq + 1, LAST, push.first, push.signed)
        else:
            pull = Span(pull.log, mine.seq + 1, LAST, pull.first, pull.signed)
    for span, into in ((push, plan.push), (pull, plan.pull)):
        if span.first or span.signed or span.low <= span.high:
            into.append(span)


def _follows(rows: Rows, mine: LogState, theirs: HeadRow) -> bool:
    """Whether one plain chain goes on where the other ends (theirs longer: to be seen when it comes)."""
    if mine.seq == theirs.seq:
        return False
    if theirs.seq > mine.seq or theirs.seq == 0:
        return True
    row = rows.one('SELECT "key" FROM "event" WHERE "log" = ? AND "seq" = ?', mine.log, theirs.seq)
    return row is not None and bytes(row[0]) == theirs.key


def gone_back(before: Mapping[bytes, int], now: Mapping[bytes, int]) -> list[tuple[bytes, int, int]]:
    """(log, seq now, seq before) of the logs that the peer held further the last time it spoke."""
    return [(log, now.get(log, 0), seq) for log, seq in sorted(before.items()) if now.get(log, 0) < seq]
