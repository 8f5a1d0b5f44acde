"""The exchange beside the window: a thread that wakes with each commit and with time, and ends at once."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable

from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.syncing_rounds import Rounds
from pos_app.services.syncing_store import Ended, SyncStore

log = logging.getLogger(__name__)

START_S = 2.0  # the window first
DEBOUNCE_S = 0.3  # a sale and its papers are one piece of news
_LONGEST_S = 30.0
_END_S = 2.0


class SyncLoop:
    """Runs rounds until it is stopped; `copy` brings the second copy up to date."""

    def __init__(self, store: SyncStore, rounds: Rounds, copy: Callable[[], object]) -> None:
        self._store = store
        self._rounds = rounds
        self._copy = copy
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self.trouble = ""
        self.turns = 0

    @property
    def running(self) -> bool:
        """Whether its thread lives."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin, on a thread of its own; once."""
        if not self.running and not self._store.ended.is_set():
            self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
            self._thread.start()

    def poke(self) -> None:
        """Something was committed."""
        self._wake.set()

    def hurry(self) -> None:
        """Somebody wants it now."""
        self._rounds.hurry()
        self._wake.set()

    def stop(self) -> None:
        """End. A peer that keeps us waiting at this moment is left behind; the store is not touched again."""
        self._store.end()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_END_S)

    def _run(self) -> None:
        ended = self._store.ended
        self._wake.wait(START_S)
        while not ended.is_set():
            if self._wake.is_set():
                ended.wait(DEBOUNCE_S)
                self._wake.clear()
                self._rounds.news()
            try:
                self.turn()
            except Ended:
                return
            self._wake.wait(min(_LONGEST_S, self._rounds.wait_s(time.monotonic())))

    def turn(self) -> None:
        """The second copy, what waits to be folded, and everybody whose turn it is. Raises Ended."""
        try:
            self._copy()
            self._store.fold()
            for url in self._rounds.due(time.monotonic()):
                self._visit(url)
            self.trouble = ""
        except EnvironmentFault as fault:
            self.trouble = str(fault)
            self._store.ended.wait(DEBOUNCE_S)
        except Ended:
            raise
        except Exception:
            log.exception("the exchange met a bug")
            self._store.ended.wait(START_S)
        self.turns += 1

    def _visit(self, url: str) -> None:
        # lazy: a till that never syncs never loads it
        from sync.exchange import ChannelFault

        with contextlib.suppress(ChannelFault):  # written down by the rounds; its turn comes again
            self._rounds.visit(url)
