"""The answering side: one message in, one out; nothing is kept between messages."""

from sync import subjects
from sync.events import Malformed
from sync.giving import make_page, visible
from sync.heads import LogState, differing_parts, in_parts, keys_in, log_states, range_digest, summary
from sync.intake import take_page
from sync.messages import (
    MAX_ROWS,
    PAGE_BYTES,
    VERSIONS,
    AskHeads,
    AskRanges,
    AskSubjects,
    Heads,
    Hello,
    HelloAnswer,
    KeysAnswer,
    Message,
    Page,
    RangeKeys,
    Ranges,
    Refusal,
    Subjects,
    TradeKeys,
    Want,
    decode,
    encode,
)
from sync.parties import Grant, Replica
from sync.rows import Rows

FEW_ROWS = 64  # as many heads travel with the first answer
KEYS_AT_ONCE = 1_000
KEYS_LOOKED_AT = 1_000_000  # parts of logs do not overlap: an honest question stays far below


def answer(replica: Replica, grant: Grant | None, message: bytes) -> bytes:
    """One message in, one out; stateless, so any process may answer, in any order.

    What a peer says wrong is answered by a Refusal; what fails here (a full disk) is raised.
    """
    try:
        return encode(_answer(replica, grant, decode(message)))
    except Malformed as problem:
        return encode(Refusal("malformed", str(problem)[:900]))


def _answer(replica: Replica, grant: Grant | None, asked: Message) -> Message:
    match asked:
        case Page():
            taken = take_page(replica, grant, asked)
            if taken.notices:
                replica.noticed(tuple(taken.notices))
            return taken.message()
        case Want():
            return _give(replica, grant, asked)
        case Hello():
            return _greet(replica, grant, asked)
        case AskHeads():
            return _heads(replica, grant, asked)
        case AskRanges():
            return _ranges(replica, grant, asked)
        case AskSubjects():
            return _subjects(replica, grant, asked)
        case TradeKeys():
            return _trade(replica, grant, asked)
        case _:
            return Refusal("malformed", "an answer where a question was expected")


def visible_states(rows: Rows, grant: Grant | None) -> list[LogState]:
    """The logs that this peer may know of."""
    return [state for state in log_states(rows) if visible(grant, state.scope, state.device)]


def may_have(grant: Grant | None, subject: str) -> bool:
    """Whether a peer may have a person's key."""
    return grant is None or grant.may_read_subject(subject)


def _greet(replica: Replica, grant: Grant | None, asked: Hello) -> Message:
    version = min(VERSIONS[1], asked.versions[1])
    if version < max(VERSIONS[0], asked.versions[0]):
        code = "newer_version" if asked.versions[0] > VERSIONS[1] else "older_version"
        return Refusal(code, f"spoken here: {VERSIONS[0]} to {VERSIONS[1]}")
    with replica.read() as rows:
        states = visible_states(rows, grant)
        has = summary(states, subjects.subjects_digest(rows, lambda who: may_have(grant, who)))
    now_us = replica.now_us()
    if has.digest == asked.has.digest:
        has = type(has)(has.digest, has.logs, has.subjects)
        return HelloAnswer(version, replica.name, now_us, has)
    chosen = in_parts(differing_parts(asked.has, has))
    told = [state.row() for state in states if chosen(state.log)]
    return HelloAnswer(version, replica.name, now_us, has, tuple(told[:FEW_ROWS]), len(told) > FEW_ROWS)


def _heads(replica: Replica, grant: Grant | None, asked: AskHeads) -> Heads:
    chosen = in_parts(asked.parts)
    with replica.read() as rows:
        told = [
            state.row()
            for state in visible_states(rows, grant)
            if state.log > asked.after and chosen(state.log)
        ]
    most = max(1, min(asked.most, MAX_ROWS))
    return Heads(tuple(told[:most]), len(told) > most)


def _ranges(replica: Replica, grant: Grant | None, asked: AskRanges) -> Ranges:
    told, budget, looked = [], KEYS_AT_ONCE, 0
    with replica.read() as rows:
        scopes = {
            bytes(log): (scope, device)
            for log, scope, device in rows.all('SELECT "log", "scope", "device" FROM "log"')
        }
        for part in asked.ranges:
            if not visible(grant, *scopes.get(part.log, (None, ""))):
                continue
            keys = keys_in(rows, part.log, part.low, part.high)
            looked += len(keys)
            if looked > KEYS_LOOKED_AT:
                raise Malformed("a question about too many events at once")
            if range_digest(keys) == part.digest:
                continue
            whole = len(keys) <= budget
            budget -= len(keys) if whole else 0
            listed = tuple(keys) if whole else ()
            told.append(RangeKeys(part.log, part.low, part.high, len(keys), listed, whole))
    return Ranges(tuple(told))


def _give(replica: Replica, grant: Grant | None, asked: Want) -> Page:
    bounded = Want(asked.spans, asked.keys, min(asked.most, PAGE_BYTES), asked.items)
    page, gathered = make_page(replica, grant, bounded, asked.plain)
    if gathered.damaged:
        replica.noticed(tuple(gathered.damaged))
    return page


def _subjects(replica: Replica, grant: Grant | None, asked: AskSubjects) -> Subjects:
    with replica.read() as rows:
        marks = subjects.each_mark(rows, lambda who: may_have(grant, who), asked.after)
    most = max(1, min(asked.most, MAX_ROWS))
    return Subjects(tuple(marks[:most]), len(marks) > most)


def _trade(replica: Replica, grant: Grant | None, asked: TradeKeys) -> KeysAnswer:
    allowed = [
        item for item in asked.keys if may_have(grant, item.subject) and subjects.well_formed(item.key)
    ]
    refused = {item.subject for item in asked.keys} - {item.subject for item in allowed}
    stored = 0
    if allowed:
        with replica.write() as rows:
            stored = sum(subjects.take(rows, item) for item in allowed)
    with replica.read() as rows:
        given = subjects.keys_of(rows, list(asked.want), lambda who: may_have(grant, who))
    return KeysAnswer(stored, tuple(given), tuple(sorted(refused)))
