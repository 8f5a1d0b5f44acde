"""The client's part of it against a line that exists on paper: it ends, it is exact, and it learns."""

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.http_line import MESSAGE, Answer, Came, HttpFault
from sync.client.resuming import Resuming
from sync.parts import LEAST_ANSWER_BYTES, NAME_HEADER, PART_HEADER, name_of, read_place

HEADS = 600


@dataclass
class Paper:
    """Implements sync.client.resuming.Calls: connections with so many bytes each, and a server."""

    budgets: list[int]  # of one connection after the other; then they hold
    reply: bytes = b"done"
    keeps: bool = True  # what came of a body that broke
    connection: int = 0
    left: int = 0
    sent: int = 0
    paths: list[str] = field(default_factory=list)
    kept: dict[str, bytes] = field(default_factory=dict)
    taken: list[bytes] = field(default_factory=list)
    bad: bool = False
    came: Came | None = None

    def renew(self) -> None:
        self.left = 0

    def call(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        self.came = None
        self.paths.append(path.partition("?")[0].rpartition("/")[2])
        if self.left <= 0:
            self.connection += 1
            self.left = self.budgets.pop(0) if self.budgets else 1 << 40
        self.bad = "Jangteo-Line" in headers
        arrived = body[: max(0, self.left - HEADS // 2)]
        whole = self.left >= HEADS // 2 + len(body)
        self.sent += min(self.left, HEADS // 2 + len(body))
        self.left -= HEADS // 2 + len(body)
        if not whole:
            if self.keeps and (name := headers.get(NAME_HEADER)):
                self._keep(name, headers.get(PART_HEADER, f"0/{len(body)}"), arrived)
            raise self._cut()
        return self._said(*self._answer(path, body, headers))

    def _said(self, status: int, kind: str, data: bytes, name: str) -> Answer:
        there, self.left = data[: max(0, self.left - HEADS // 2)], self.left - HEADS // 2 - len(data)
        self.sent += len(there)
        if self.left < 0:
            if there:
                self.came = Came(status, kind, "", name, len(data), [there])
            raise self._cut()
        return Answer(status, kind, "", "", data, name)

    def _cut(self) -> HttpFault:
        self.left = 0
        return HttpFault("cut", True, "cut", "cut")

    def _keep(self, name: str, place: str, data: bytes) -> int:
        start, _ = read_place(place) or (0, 0)
        held = self.kept.get(name, b"")
        if start <= len(held):
            held = self.kept[name] = held + data[len(held) - start :]
        return len(held)

    def _answer(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes, str]:
        if path.startswith("sync/v1/answer"):
            start = int(path.rpartition("=")[2])
            return 200, MESSAGE, self.reply[start:], ""
        if path == "sync/v1/part":
            _, size = read_place(headers[PART_HEADER]) or (0, 0)
            have = self._keep(headers[NAME_HEADER], headers[PART_HEADER], body)
            if have < size:
                return 202, "application/json", b'{"have":%d}' % have, ""
            body = self.kept[headers[NAME_HEADER]]
        self.taken.append(body)
        large = self.bad and len(self.reply) > LEAST_ANSWER_BYTES
        return 200, MESSAGE, self.reply, name_of(self.reply) if large else ""


def message(size: int) -> bytes:
    return random.Random(size).randbytes(size)


@given(
    budgets=st.lists(st.integers(0, 40_000), max_size=60),
    size=st.integers(1, 120_000),
    reply=st.integers(1, 90_000),
    keeps=st.booleans(),
)
def test_it_is_the_answer_to_this_message_or_one_fault(
    budgets: list[int], size: int, reply: int, keeps: bool
) -> None:
    line = Paper(budgets, message(reply), keeps)
    resuming = Resuming(line)
    for _ in range(200):
        try:
            told = resuming.carry(message(size))
        except HttpFault as fault:
            assert (fault.reason, fault.retryable) == ("cut", True)
            continue
        assert told.body == message(reply)
        break
    else:
        raise AssertionError("it never came over")
    assert set(line.taken) == {message(size)}
    assert len(line.paths) <= 1_200


@pytest.mark.parametrize("every", [1_500, 4_000, 16_384, 100_000])
def test_what_arrives_is_never_sent_twice(every: int) -> None:
    line = Paper([every] * 400)
    Resuming(line).carry(message(100_000))
    calls = len(line.paths)
    assert line.sent <= 100_000 + calls * HEADS and calls <= 400


def test_a_line_that_keeps_after_all_is_given_the_whole_rest_again() -> None:
    line = Paper([16_384] * 4)
    resuming = Resuming(line)
    resuming.sense.broke(0)
    resuming.sense.smaller()  # as behind a proxy that threw something away
    assert not resuming.sense.keeps
    resuming.carry(message(100_000))
    assert resuming.sense.keeps
    assert line.sent <= 100_000 + len(line.paths) * HEADS


def test_a_message_that_was_answered_was_not_thrown_away() -> None:
    line = Paper([40_000], reply=message(60_000))
    resuming = Resuming(line)
    resuming.carry(message(20_000))
    assert resuming.sense.keeps and line.paths == ["exchange", "exchange"]


def test_small_asks_on_a_good_line_are_left_to_their_asker() -> None:
    line = Paper([100], reply=message(100))
    with pytest.raises(HttpFault):
        Resuming(line).carry(message(500))
    assert line.paths == ["exchange"]


def test_what_was_given_up_is_gone_on_with() -> None:
    line = Paper([20_000, 100, 100, 100], keeps=True)
    resuming = Resuming(line)
    with pytest.raises(HttpFault):
        resuming.carry(message(50_000))
    line.keeps, sent = True, line.sent
    line.kept[name_of(message(50_000))] = message(50_000)[:19_000]
    resuming._given_up = name_of(message(50_000))
    resuming.carry(message(50_000))
    assert line.sent - sent <= 31_000 + 3 * HEADS
