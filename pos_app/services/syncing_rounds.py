"""One exchange with one peer at a time, what came of it, and when to try again."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.services import syncing_book
from pos_app.services.desk import Desk
from pos_app.services.syncing_state import PeerState
from pos_app.services.syncing_store import SyncStore

if TYPE_CHECKING:
    from sync.exchange import Channel, ChannelFault, Outcome

log = logging.getLogger(__name__)

# While a server answers it is asked this often for what others did; our own news goes at once.
IDLE_S = 15.0
# While it is away it is looked for at least this often, however long it has been away.
LONGEST_S = 60.0
# A success is written down when it tells something, or this long after the last one was.
_WRITE_AGAIN_S = 300.0

OpenChannel = Callable[[PeerState], "Channel"]


def reason_of(fault: "ChannelFault") -> str:
    """A fault's reason; that the other cannot be trusted is another thing than that it does not take us."""
    return "untrusted" if getattr(fault, "code", "") in ("tls", "server") else fault.reason


class Rounds:
    """The peers of this till as they were last met; one exchange at a time."""

    def __init__(self, desk: Desk, store: SyncStore, open_channel: OpenChannel) -> None:
        self._desk = desk
        self._store = store
        self._open = open_channel
        self._one = threading.Lock()  # one exchange at a time
        self._lock = threading.Lock()  # the states: several threads ask, add and remove
        self._channels: dict[str, Channel] = {}
        self._failures: dict[str, int] = {}
        self._due: dict[str, float] = {}
        self._written: dict[str, float] = {}
        self._states: tuple[PeerState, ...] | None = None
        self.sent = self.received = 0

    def states(self) -> tuple[PeerState, ...]:
        """All peers; read from the store once."""
        known = self._states
        if known is not None:
            return known
        with self._lock:
            return self._known()

    def _known(self) -> tuple[PeerState, ...]:
        if self._states is None:
            with self._store.database.read() as rows:
                self._states = tuple(syncing_book.peers(rows))
        return self._states

    def reload(self) -> None:
        """A peer came or went, or this till has another certificate."""
        with self._lock:
            self._states = None
        self._channels.clear()
        self._failures.clear()
        self._due.clear()

    def wait_s(self, now: float) -> float:
        """How long nothing is due."""
        dues = [self._due.get(state.url, now) for state in self.states()]
        return max(0.0, min(dues, default=now + IDLE_S) - now)

    def hurry(self) -> None:
        """Every peer is due now, whatever failed before."""
        self._due.clear()

    def news(self) -> None:
        """Something was recorded: peers that answer are due now, the others keep their pause."""
        for url in [url for url in self._due if not self._failures.get(url)]:
            self._due.pop(url)

    def due(self, now: float) -> list[str]:
        """Whose turn it is; who answered last first, so that nobody waits for one that is silent."""
        turns = [state.url for state in self.states() if self._due.get(state.url, 0.0) <= now]
        return sorted(turns, key=lambda url: self._failures.get(url, 0))

    def visit(self, url: str) -> "Outcome":
        """One exchange. Raises ChannelFault, after writing down what is wrong; Ended."""
        # lazy: a till that never syncs never loads it
        from sync.exchange import ChannelFault, Outcome, exchange

        with self._one:
            changed = self._change(url, busy=True)
            if changed is None:
                return Outcome()
            state = changed[0]
            try:
                channel = self._channels.get(url) or self._open(state)
                self._channels[url] = channel
                outcome = exchange(self._store.replica(state.name), channel)
            except ChannelFault as fault:
                self._failed(url, fault)
                raise
            except Exception:
                self._due[url] = time.monotonic() + IDLE_S  # a bug or a full disk: not in a tight circle
                raise
            finally:
                self._change(url, busy=False)
            self._done(url, outcome)
            return outcome

    def _change(self, url: str, **changes: object) -> tuple[PeerState, PeerState] | None:
        """Put another state in place of a peer's: (before, now); None when it was taken out meanwhile."""
        with self._lock:
            known = self._known()
            before = next((state for state in known if state.url == url), None)
            if before is None:
                return None
            now = replace(before, **changes)  # type: ignore[arg-type]
            self._states = tuple(now if state.url == url else state for state in known)
        return before, now

    def _done(self, url: str, outcome: "Outcome") -> None:
        now = self._desk.clock.stamp()
        self._failures[url] = 0
        self._due[url] = time.monotonic() + IDLE_S
        self._count(outcome)
        changed = self._change(url, name=outcome.peer, ok_at=now, tried_at=now, fault="", since="")
        if changed is None:
            return
        before, state = changed
        old = time.monotonic() - self._written.get(url, -_WRITE_AGAIN_S) >= _WRITE_AGAIN_S
        with self._store.read() as rows:
            worth = old or bool(before.fault) or not before.ok_at or syncing_book.news(rows, outcome)
        if worth:
            self._write(state, outcome)

    def _failed(self, url: str, fault: "ChannelFault") -> None:
        # lazy: a line that never failed needs no dice
        from random import Random

        # lazy: see visit
        from sync.client.backoff import next_wait

        now, reason = self._desk.clock.stamp(), reason_of(fault)
        progress = fault.partial is not None and fault.partial.sent + fault.partial.received > 0
        failures = 1 if progress else self._failures.get(url, 0) + 1
        self._failures[url] = failures
        asked: int = getattr(fault, "wait_s", 0)  # the other may say when it wants to be asked again
        self._due[url] = time.monotonic() + max(asked, next_wait(failures, Random(), most=LONGEST_S))
        if fault.partial is not None:
            self._count(fault.partial)
        changed = self._change(url, fault=reason, tried_at=now)
        if changed is None:
            return
        before, state = changed
        new = before.fault != reason
        if new:
            log.info("no exchange with %s: %s", url, fault)
            state = replace(state, since=now)
            self._change(url, since=now)
        if progress or new:
            self._write(state, fault.partial)

    def _count(self, outcome: "Outcome") -> None:
        self.sent += outcome.sent
        self.received += outcome.received

    def _write(self, state: PeerState, outcome: "Outcome | None") -> None:
        with self._store.write() as rows:
            syncing_book.keep(rows, state)
            if outcome is not None:
                if outcome.peer and outcome.peer_heads:
                    syncing_book.keep_heads(rows, outcome.peer, outcome.peer_heads)
                syncing_book.note(rows, outcome.notices, outcome.peer, self._desk.clock.stamp())
        self._written[state.url] = time.monotonic()
