"""One message over a line that breaks: what arrived counts, only the rest is sent, or fetched, again."""

from typing import Protocol

from sync.client.http_line import BROKEN, NOTHING_THERE, Answer, Came, HttpFault
from sync.client.line_sense import Sense
from sync.parts import (
    BAD_LINE,
    LEAST_ANSWER_BYTES,
    LEAST_BYTES,
    LEAST_PART_BYTES,
    LINE_HEADER,
    NAME_HEADER,
    PART_HEADER,
    name_of,
    read_have,
    write_place,
)

_TRIES = 3  # in a row without progress
_EXCHANGE, _PART, _ANSWER = "sync/v1/exchange", "sync/v1/part", "sync/v1/answer"


class Calls(Protocol):
    """The line, one call at a time."""

    @property
    def came(self) -> Came | None:
        """What came of the answer to the last call, when it broke off."""

    @property
    def connection(self) -> int:
        """The number of the connection in use."""

    def call(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """The answer, with status 200 or 202. Raises HttpFault."""

    def renew(self) -> None:
        """Leave the connection; the next call takes another."""


class _Ask:
    """A message on its way."""

    def __init__(self, message: bytes) -> None:
        self.message = message
        self.name = name_of(message) if len(message) > LEAST_BYTES else ""
        self.have = 0  # as the other said last
        self.sent_to = 0  # how far the last part went
        self.started = False  # something of it may be there
        self.unsure = False  # it is to be asked how much
        self.idle = 0
        self.calls = 0
        self.fault: HttpFault | None = None

    def tried(self, fault: HttpFault, weight: int = 1) -> None:
        """Nothing came of it. Raises the fault when that was once too often."""
        self.fault = fault
        self.idle += weight
        if self.idle >= _TRIES:
            raise fault


class Resuming:
    """Carries messages, and remembers what the line is like."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self.sense = Sense()
        self._able = True  # the other knows parts
        self._given_up = ""  # the message that did not get over last time

    def carry(self, message: bytes) -> Answer:
        """The answer to a message. Raises HttpFault when the line fails, three times without any progress."""
        ask = _Ask(message)
        ask.started = ask.unsure = bool(ask.name) and ask.name == self._given_up
        most_calls = 64 + 4 * len(message) // LEAST_PART_BYTES
        try:
            while True:
                ask.calls += 1
                if ask.calls > most_calls:
                    raise ask.fault or HttpFault("cut", True, "no end of it", "cut")
                before = self.sense.bad
                try:
                    answer = self._step(ask)
                except HttpFault as fault:
                    if fault.code not in BROKEN:
                        raise
                    answer = self._broke(ask, fault, bool(before))
                if answer is not None:
                    self._given_up = ""
                    return answer
        except HttpFault:
            self._given_up = ask.name if ask.have else ""
            raise

    # --- sending -------------------------------------------------------------------------------
    def _step(self, ask: _Ask) -> Answer | None:
        """One call; the answer when it is there."""
        if not ask.started:
            length = len(ask.message)
            if not ask.name or not self._able or self.sense.part(length) == length:
                named = {NAME_HEADER: ask.name} if ask.name else {}
                ask.sent_to = length
                return self._call("POST", _EXCHANGE, ask.message, named)
            ask.started = True
        size = 0 if ask.unsure else self.sense.part(len(ask.message) - ask.have)
        if not size and not ask.unsure and ask.have < len(ask.message):
            self._calls.renew()
            self.sense.used = 0
            return None
        start = 0 if ask.unsure else ask.have
        if size:
            ask.sent_to = start + size
        headers = {NAME_HEADER: ask.name, PART_HEADER: write_place(start, len(ask.message))}
        try:
            told = self._call("POST", _PART, ask.message[start : start + size], headers)
        except HttpFault as fault:
            if fault.reason == "refused" and fault.code in NOTHING_THERE and ask.fault is not None:
                self._able = False  # an older server
                raise ask.fault from fault
            raise
        if told.status == 200:
            return told
        self._heard(ask, told, size)
        return None

    def _heard(self, ask: _Ask, told: Answer, sent: int) -> None:
        have = read_have(told.body)
        if not 0 <= have <= len(ask.message):
            raise HttpFault("portal" if told.is_page() else "broken", False, "no answer of a server of ours")
        news = have - ask.have
        ask.have = have
        if news >= LEAST_PART_BYTES:
            ask.idle = 0
            if ask.unsure:
                self.sense.keeps = self.sense.keeps or have < ask.sent_to
            else:
                self.sense.larger()
        elif ask.unsure or sent:
            fault = ask.fault or HttpFault("cut", True, "nothing arrives", "cut")
            if not (ask.unsure and self.sense.smaller()):
                ask.tried(fault)
        ask.unsure = False

    def _broke(self, ask: _Ask, fault: HttpFault, was_bad: bool) -> Answer | None:
        """After the line broke: the answer when its rest could be fetched, None to go on. Raises the fault."""
        came = self._calls.came
        begun = came is not None and came.is_message()
        large = came is not None and begun and came.size > LEAST_ANSWER_BYTES
        if came is not None and large and came.name:
            return self._rest(ask, came)
        if not self._able or not (ask.name or was_bad or large):
            raise fault
        heavy = fault.code != "cut"  # it took long to find out
        first = bool(ask.name) and not ask.unsure and not begun
        ask.tried(fault, heavy + (not first))
        # An answer that began tells that the message was there whole.
        ask.unsure = bool(ask.name) and (ask.started or not begun)
        ask.started = ask.unsure
        return None

    # --- fetching ------------------------------------------------------------------------------
    def _rest(self, ask: _Ask, came: Came) -> Answer | None:
        """An answer that broke off, fetched to its end; None when it is to be asked for anew."""
        idle = 0
        while came.have < came.size:
            before = came.have
            try:
                more = self._call("GET", f"{_ANSWER}?name={came.name}&start={came.have}", b"", {})
                came.parts.append(more.body)
            except HttpFault as fault:
                if fault.code == "not_kept":
                    ask.tried(fault)
                    ask.unsure = ask.started
                    return None
                if fault.code not in BROKEN:
                    raise
                more_came = self._calls.came
                if more_came is not None and more_came.is_message():
                    came.parts += more_came.parts
                idle = 0 if came.have - before >= LEAST_PART_BYTES else idle + 1 + (fault.code != "cut")
                if idle >= _TRIES:
                    raise
        if came.have != came.size:
            raise HttpFault("broken", True, "an answer that is longer than it said")
        return came.answer()

    # --- one call ------------------------------------------------------------------------------
    def _call(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        if self.sense.bad:
            headers = {**headers, LINE_HEADER: BAD_LINE}
        self.sense.on(self._calls.connection)
        try:
            answer = self._calls.call(method, path, body, headers)
        except HttpFault as fault:
            if fault.code in BROKEN:
                self.sense.on(self._calls.connection)
                self.sense.broke(len(body))
            raise
        self.sense.on(self._calls.connection)
        self.sense.passed(len(body) + len(answer.body))
        return answer
