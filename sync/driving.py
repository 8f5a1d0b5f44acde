"""One exchange from the side that asks: greet, compare, send, fetch, look closer where logs differ oddly."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from sync import subjects
from sync.answering import KEYS_AT_ONCE, may_have, visible_states
from sync.clock import MAX_AHEAD_US
from sync.columns import Memory
from sync.comparing import Plan, gone_back, missing
from sync.events import Malformed
from sync.giving import make_page
from sync.heads import (
    LogState,
    differing_parts,
    in_parts,
    keys_in,
    locators,
    range_digest,
    split,
    summary,
)
from sync.intake import gaps, suspicious, take_page
from sync.messages import (
    MAX_ROWS,
    VERSIONS,
    AskHeads,
    AskRanges,
    AskSubjects,
    HeadRow,
    Heads,
    Hello,
    HelloAnswer,
    KeysAnswer,
    Message,
    Page,
    PageAnswer,
    Range,
    RangeKeys,
    Ranges,
    Refusal,
    Refused,
    Span,
    SubjectKey,
    Subjects,
    Summary,
    TradeKeys,
    Want,
    decode,
    encode,
)
from sync.pacing import NO_LINE, Pace
from sync.parties import Channel, ChannelFault, Limits, Notice, Outcome, Replica

_SPANS_AT_ONCE = 200
_HELLO_TRIES = 2
_DEEPEST = 12  # times a part of a log is split before the rest waits for the next exchange
Answer = TypeVar("Answer", bound=msgspec.Struct)


class Drive:
    """State of one exchange; dies with it."""

    def __init__(self, replica: Replica, channel: Channel, limits: Limits) -> None:
        self._replica = replica
        self._channel = channel
        self._pace = Pace(limits.page_bytes, limits.least_bytes, limits.tries, limits.page_bytes)
        self._sent = self._received = self._out = self._in = self._asks = 0
        self._peer = ""
        self._memory = Memory()
        self._peer_heads: dict[bytes, int] = {}
        self._notices: dict[Notice, None] = {}
        self._touched: set[bytes] = set()
        self._denied: set[bytes] = set()

    def outcome(self) -> Outcome:
        """What was done so far."""
        return Outcome(
            self._sent,
            self._received,
            self._out,
            self._in,
            self._asks,
            self._peer,
            dict(self._peer_heads),
            tuple(self._notices),
            tuple(sorted(self._touched)),
        )

    def run(self) -> None:
        """The whole of it."""
        states, mine = self._own()
        hello = Hello(VERSIONS, self._replica.name, self._replica.now_us(), mine)
        said = self._patiently(hello, HelloAnswer, _HELLO_TRIES)
        self._peer = said.name
        self._check_clock(said.now_us)
        if said.has.digest == mine.digest:
            self._peer_heads = {state.log: state.seq for state in states}
            self._check_memory()
        else:
            self._trade_events(states, mine, said)
        if said.has.subjects != mine.subjects:
            self._trade_subjects()

    # --- what each side has ------------------------------------------------------------------------

    def _own(self) -> tuple[list[LogState], Summary]:
        grant = self._replica.grant
        with self._replica.read() as rows:
            states = visible_states(rows, grant)
            return states, summary(states, subjects.subjects_digest(rows, lambda who: may_have(grant, who)))

    def _trade_events(self, states: list[LogState], mine: Summary, said: HelloAnswer) -> None:
        parts = differing_parts(mine, said.has)
        theirs = self._all_rows(parts, said)
        chosen = in_parts(parts)
        self._peer_heads = {s.log: s.seq for s in states if not chosen(s.log)}
        self._peer_heads |= {row.log: row.seq for row in theirs}
        self._check_memory()
        with self._replica.read() as rows:
            plan = missing(rows, [state for state in states if chosen(state.log)], theirs)
        expected = {state.log: state.seq for state in states}
        self._push(plan.push, [])
        self._pull(plan.pull, [])
        self._look_closer(plan, expected)
        with self._replica.read() as rows:
            for log in sorted(self._touched):
                self._note(*suspicious(rows, log))
            self._note(*gaps(rows, self._touched))

    def _all_rows(self, parts: tuple[int, ...], said: HelloAnswer) -> list[HeadRow]:
        """The other's heads, a list at a time."""
        told, more, most = list(said.rows), said.more, MAX_ROWS // 8
        while more:
            after = told[-1].log if told else b""
            try:
                heads = self._ask(AskHeads(after, parts, most), Heads)
            except ChannelFault as fault:
                self._pace.fault(fault, self._pace.most)
                most = max(16, most // 2)
                continue
            self._pace.in_row = 0
            told += heads.rows
            more = heads.more and bool(heads.rows)
        return told

    def _check_memory(self) -> None:
        """A peer that once held more was restored from an old copy; this exchange brings it up again."""
        for log, now, before in gone_back(self._replica.heads_of(self._peer), self._peer_heads):
            self._note(Notice("gone_back", log.hex(), now, f"it held {before} events, now {now}"))

    def _check_clock(self, theirs_us: int) -> None:
        apart = theirs_us - self._replica.now_us()
        if abs(apart) > MAX_AHEAD_US:
            self._note(Notice("clock", "", 0, f"its clock is {apart // 1_000_000} s off ours"))

    # --- pages -------------------------------------------------------------------------------------

    def _push(self, spans: list[Span], keys: list[bytes]) -> None:
        """Send all of these, page by page."""
        plain = False
        while spans or keys:
            want = Want(tuple(spans), tuple(keys), self._pace.most, self._pace.items)
            page, gathered = make_page(self._replica, self._replica.grant, want, plain, memory=self._memory)
            self._note(*gathered.damaged)
            if page.count:
                try:
                    answer = self._ask(page, PageAnswer)
                    if answer.broken:
                        plain = True
                        raise ChannelFault("broken", detail=answer.broken)
                except ChannelFault as fault:
                    self._pace.fault(fault, len(page.packed))
                    continue
                self._pace.success(len(page.packed), page.count)
                self._sent += answer.stored
                self._peer_heads |= dict(answer.heads)
                self._refusals(answer.refused)
            spans, keys = self._rest(spans, keys, gathered.spans, gathered.next_low, gathered.keys)

    def _pull(self, spans: list[Span], keys: list[bytes]) -> None:
        """Fetch all of these, page by page, each stored before the next is asked for."""
        plain = False
        while spans or keys:
            size, guess = self._pace.most, self._pace.items
            want = Want(tuple(spans[:_SPANS_AT_ONCE]), tuple(keys[:KEYS_AT_ONCE]), size, guess, plain)
            try:
                page = self._ask(want, Page)
                taken = take_page(self._replica, self._replica.grant, page)
                if taken.broken:
                    plain = True
                    raise ChannelFault("broken", detail=taken.broken)
            except ChannelFault as fault:
                self._pace.fault(fault, self._pace.most)
                continue
            self._pace.success(len(page.packed), page.count)
            self._received += taken.stored
            self._touched |= taken.touched
            self._note(*taken.notices)
            self._refusals((*page.refused, *taken.refused))
            if not page.count and page.done == (0, 0, 0):
                return  # the other has nothing more of it
            spans, keys = self._rest(spans, keys, *page.done)

    def _rest(
        self, spans: list[Span], keys: list[bytes], done: int, next_low: int, keys_done: int
    ) -> tuple[list[Span], list[bytes]]:
        """What is still to be dealt with, without logs that were denied."""
        rest = spans[done:]
        if rest and next_low:
            rest[0] = msgspec.structs.replace(rest[0], low=next_low, first=False)
        return [span for span in rest if span.log not in self._denied], keys[keys_done:]

    def _refusals(self, refused: tuple[Refused, ...]) -> None:
        for item in refused:
            if item.code == "not_allowed":
                self._denied.add(item.log)
            detail = f"{item.code}: {item.detail}" + (f" ({item.key.hex()[:16]})" if item.key else "")
            self._note(Notice("refused", item.log.hex(), item.seq, detail))

    # --- forks and gaps ----------------------------------------------------------------------------

    def _look_closer(self, plan: Plan, expected: Mapping[bytes, int]) -> None:
        """Logs that are no plain chain on one side: halve the difference until single events are named."""
        logs = set(plan.probe)
        with self._replica.read() as rows:
            odd = {bytes(log) for (log,) in rows.all('SELECT "log" FROM "loose"')}
        logs |= {span.log for span in plan.pull} & odd
        for span in plan.push:
            if self._peer_heads.get(span.log, 0) != expected.get(span.log, 0):
                logs.add(span.log)
        logs -= self._denied
        parts: list[tuple[bytes, int, int]] = []
        for log in sorted(logs):
            top = max(expected.get(log, 0), self._peer_heads.get(log, 0))
            parts += [(log, low, high) for low, high in locators(top)]
        for _ in range(_DEEPEST):
            if not parts:
                return
            parts = self._probe(parts)

    def _probe(self, parts: list[tuple[bytes, int, int]]) -> list[tuple[bytes, int, int]]:
        """Compare these parts, trade what can be named, and give the smaller parts that remain."""
        with self._replica.read() as rows:
            held = {part: keys_in(rows, *part) for part in parts}
        push: list[Span] = []
        pull: list[Span] = []
        give: list[bytes] = []
        want: list[bytes] = []
        rest: list[tuple[bytes, int, int]] = []
        for at in range(0, len(parts), MAX_ROWS // 2):
            asked = [Range(*part, range_digest(held[part])) for part in parts[at : at + MAX_ROWS // 2]]
            for told in self._patiently(AskRanges(tuple(asked)), Ranges, self._pace.tries).ranges:
                mine = held.get((told.log, told.low, told.high))
                if mine is None:
                    continue
                if not told.count:
                    push.append(Span(told.log, told.low, told.high))
                elif not mine:
                    pull.append(Span(told.log, told.low, told.high))
                elif told.whole:
                    _name(told, mine, give, want)
                else:
                    top = max(seq for seq, _ in mine)
                    rest += [(told.log, *part) for part in split(told.low, told.high, top)]
        self._push(push, give)
        self._pull(pull, want)
        return rest

    # --- people's keys -----------------------------------------------------------------------------

    def _trade_subjects(self) -> None:
        """Compare by marks, then send and fetch the keys that differ."""
        grant = self._replica.grant
        with self._replica.read() as rows:
            mine = dict(subjects.each_mark(rows, lambda who: may_have(grant, who)))
        theirs: dict[str, bytes] = {}
        after, more = "", True
        while more:
            told = self._patiently(AskSubjects(after, KEYS_AT_ONCE), Subjects, self._pace.tries)
            theirs |= dict(told.marks)
            more = told.more and bool(told.marks)
            after = told.marks[-1][0] if told.marks else after
        give = [who for who, mark in mine.items() if theirs.get(who) != mark]
        want = [who for who, mark in theirs.items() if mine.get(who) != mark]
        while give or want:
            with self._replica.read() as rows:
                keys = subjects.keys_of(rows, give[:KEYS_AT_ONCE], lambda who: may_have(grant, who))
            told_keys = self._patiently(
                TradeKeys(tuple(keys), tuple(want[:KEYS_AT_ONCE])), KeysAnswer, self._pace.tries
            )
            self._take_keys(told_keys.keys)
            give, want = give[KEYS_AT_ONCE:], want[KEYS_AT_ONCE:]

    def _take_keys(self, keys: tuple[SubjectKey, ...]) -> None:
        held = [item for item in keys if subjects.well_formed(item.key)]
        if held:
            with self._replica.write() as rows:
                for item in held:
                    subjects.take(rows, item)

    # --- the line ----------------------------------------------------------------------------------

    def _patiently(self, message: Message, kind: type[Answer], tries: int) -> Answer:
        """Ask again when the line fails, a few times: every question may be asked twice."""
        for left in range(tries - 1, -1, -1):
            try:
                return self._ask(message, kind)
            except ChannelFault as fault:
                if not left or not fault.retryable or (tries == _HELLO_TRIES and fault.reason in NO_LINE):
                    raise
        raise AssertionError("a question that was never asked")

    def _ask(self, message: Message, kind: type[Answer]) -> Answer:
        data = encode(message)
        self._asks += 1
        self._out += len(data)
        reply = self._channel.ask(data)
        self._in += len(reply)
        try:
            said = decode(reply)
        except Malformed as problem:
            raise ChannelFault("broken", detail=str(problem)) from problem
        if isinstance(said, Refusal):
            self._turned_down(said)
        if not isinstance(said, kind):
            raise ChannelFault("broken", detail=f"an answer of another kind: {type(said).__name__}")
        return said

    def _turned_down(self, said: Refusal) -> None:
        if said.code in ("newer_version", "older_version"):
            self._note(Notice("newer_version", "", 0, said.detail))
            raise ChannelFault("newer", retryable=False, detail=said.detail)
        raise ChannelFault("refused", retryable=said.code == "busy", detail=said.detail)

    def _note(self, *notices: Notice) -> None:
        for notice in notices:
            self._notices[notice] = None


def _name(told: RangeKeys, mine: list[tuple[int, bytes]], give: list[bytes], want: list[bytes]) -> None:
    """Which events of a part only one side has."""
    here, there = {key for _, key in mine}, {key for _, key in told.keys}
    give += [key for seq, key in sorted(mine) if key not in there]
    want += [key for seq, key in sorted(told.keys) if key not in here]
