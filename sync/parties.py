"""The two sides of an exchange: what they hold, what they may, and what comes of it."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from sync.rows import Rows
from sync.shelf import Shelf


class Grant(Protocol):
    """What a peer may get from, and bring to, a replica. A scope is a set of logs, given whole or not at all."""

    def may_read(self, scope: str) -> bool:
        """Whether logs of this scope may be given to the peer."""

    def may_write(self, scope: str, device: str) -> bool:
        """Whether the peer may bring logs of this scope written by `device` (public key, hex).

        Events of a log whose genesis is not known yet are asked for with two empty texts.
        """

    def may_read_subject(self, subject: str) -> bool:
        """Whether a person's key may be given to the peer."""
        return True


class ChannelFault(Exception):
    """The line failed: `reason` is one of offline, portal, cut, refused, busy, newer, broken, full."""

    def __init__(self, reason: str, retryable: bool = True, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason
        self.retryable = retryable
        self.partial: Outcome | None = None  # what was done before it failed


class Channel(Protocol):
    """One request, one answer."""

    def ask(self, message: bytes) -> bytes:
        """The other's answer. Raises ChannelFault."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know of: fork, gap, clock, contradicts, gone_back, newer_version, refused."""

    code: str
    log: str  # hex, or empty
    seq: int
    detail: str


def _nothing(_: object) -> None:
    """Nobody listens."""


def _unknown(_: str) -> Mapping[bytes, int]:
    return {}


@dataclass(frozen=True)
class Replica:
    """A store as the exchange sees it."""

    read: Callable[[], AbstractContextManager[Rows]]
    write: Callable[[], AbstractContextManager[Rows]]
    now_us: Callable[[], int]
    name: str
    grant: Grant | None = None  # what the peer may have when this side drives; None: everything
    received: Callable[[int], None] = _nothing  # after a durable commit: how many events were new
    noticed: Callable[[tuple[Notice, ...]], None] = _nothing  # on the answering side
    at_once: int = 250  # events in one transaction: as long a till's sale may wait; a server takes more
    heads_of: Callable[[str], Mapping[bytes, int]] = _unknown  # a peer's heads as it last reported them
    shelf: Shelf = field(default_factory=Shelf)  # a server's keeps pages that many ask for


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one exchange."""

    page_bytes: int = 64 * 1024
    least_bytes: int = 2 * 1024
    tries: int = 5  # faults in a row without any progress


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one exchange did."""

    sent: int = 0  # events the other has taken now (new to it)
    received: int = 0  # events new here
    bytes_out: int = 0
    bytes_in: int = 0
    asks: int = 0
    peer: str = ""
    peer_heads: Mapping[bytes, int] = field(default_factory=dict)  # log -> seq, as the peer says
    notices: tuple[Notice, ...] = ()
    received_logs: tuple[bytes, ...] = ()  # logs that got events here
