"""A line between two machines that loses, repeats, delays, cuts, spoils and invents messages."""

import random
from collections.abc import Callable

from sync import pages
from sync.canonical import digest
from sync.events import Malformed
from sync.exchange import ChannelFault, answer
from sync.messages import Page, PageAnswer, decode
from tests.simulation.machine import Machine, PowerCut

Answer = Callable[[Machine, bytes], bytes]


def answered(machine: Machine, message: bytes) -> bytes:
    """The serving side's answer, by the program's own code."""
    return answer(machine.replica(), None, message)


class FaultyLine:
    """A channel to `server`; how often it fails is in thousandths."""

    def __init__(self, server: Machine, chance: random.Random, permille: int, by: Answer = answered) -> None:
        self._server = server
        self._chance = chance
        self._permille = permille
        self._answer = by
        self._late: list[bytes] = []
        self.calls = 0
        self.faults: dict[str, int] = {}

    def ask(self, message: bytes) -> bytes:
        """One question, which may not come, come twice, or whose answer may not come."""
        self.calls += 1
        if self._late and self._hits():
            self._serve(self._late.pop())  # an old question arrives now; its answer finds nobody
            self._count("late")
        if self._hits():
            self._spoil_question(message)
        if self._hits():
            self._serve(message)
            self._count("twice")
        reply = self._serve(message)
        if self._hits():
            return self._spoil_answer(reply)
        return reply

    def _hits(self) -> bool:
        return self._chance.randrange(1000) < self._permille

    def _count(self, fault: str) -> None:
        self.faults[fault] = self.faults.get(fault, 0) + 1

    def _spoil_question(self, message: bytes) -> None:
        kind = self._chance.choice(("lost", "late", "cut", "spoilt", "invented"))
        self._count(f"question {kind}")
        if kind == "late":
            self._late.append(message)
        elif kind == "cut":
            self._serve(message[: self._chance.randrange(len(message))])
        elif kind == "spoilt":
            self._serve(self._spoilt(message))
        elif kind == "invented":
            self._serve(self._chance.randbytes(self._chance.randrange(1, 200)))
        raise ChannelFault("cut")

    def _spoil_answer(self, reply: bytes) -> bytes:
        kind = self._chance.choice(("lost", "cut", "spoilt"))
        self._count(f"answer {kind}")
        if kind == "lost":
            raise ChannelFault("cut")
        return reply[: self._chance.randrange(len(reply))] if kind == "cut" else self._spoilt(reply)

    def _spoilt(self, data: bytes) -> bytes:
        at = self._chance.randrange(len(data))
        return data[:at] + bytes([data[at] ^ self._chance.randrange(1, 256)]) + data[at + 1 :]

    def _serve(self, message: bytes) -> bytes:
        try:
            reply = self._answer(self._server, message)
        except PowerCut:
            self._count("server dark")
            self._server.power_cut()
            raise ChannelFault("cut") from None
        self._remember(message, reply)
        return reply

    def _remember(self, message: bytes, reply: bytes) -> None:
        """What the server has now said to be stored."""
        try:
            asked, said = decode(message), decode(reply)
            items = pages.unpack(asked) if isinstance(asked, Page) else []
        except Malformed:
            return
        if isinstance(said, PageAnswer) and not said.broken:
            refused = {item.key for item in said.refused}
            named = {digest(item.data) for item in items if item.kind == pages.EVENT}
            self._server.promised |= named - refused
