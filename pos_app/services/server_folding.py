"""Folds what a server received, behind its back: ingest answers after the commit, tables follow."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.storage.engine import NEWER
from pos_app.storage.folds.dispatch import fold_waiting
from pos_app.storage.queries.catch_up import fold_version
from pos_app.storage.versions import FOLD_VERSION
from sync.rows import Rows

log = logging.getLogger(__name__)

_SLICE = 100
_BREATH_S = 0.25  # at most: between two slices those who bring something go first
_REST_S, _AFTER_FAULT_S = 2.0, 10.0
_RUSH_NS, _MOST_BEHIND_S = 100_000_000, 5  # while many bring something, tables may fall back so far


class Folding:
    """A plain thread; other processes on the same store may do the same, each event is folded once."""

    def __init__(self, write: Callable[[], AbstractContextManager[Rows]]) -> None:
        self._write = write
        self._wanted = threading.Event()
        self._ended = threading.Event()
        self._behind_since = self._came_ns = 0
        self._beside: list[Callable[[], None]] = []
        self._thread = threading.Thread(target=self._run, name="server-folding", daemon=True)

    def beside(self, work: Callable[[], None]) -> None:
        """Something else small that is to be written from time to time."""
        self._beside.append(work)

    def start(self) -> None:
        """Begin, with what was left over from before."""
        self._thread.start()

    def wake(self, count: int = 1) -> None:
        """Something was received."""
        if count:
            self._came_ns = time.monotonic_ns()
            self._behind_since = self._behind_since or self._came_ns
            self._wanted.set()

    def behind_s(self) -> int:
        """For how long the tables have been behind."""
        since = self._behind_since
        return (time.monotonic_ns() - since) // 1_000_000_000 if since else 0

    def stop(self) -> None:
        """End after the slice at hand."""
        self._ended.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join(30)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wanted.clear()
            wait_s = _REST_S
            try:
                self._fold_all()
                for work in self._beside:
                    work()
            except EnvironmentFault as fault:
                log.warning("folding waits: %s", fault.title)
                wait_s = _AFTER_FAULT_S
            except Exception:
                log.exception("a bug in folding; ingest goes on")
                wait_s = _AFTER_FAULT_S
            self._wanted.wait(wait_s)

    def _fold_all(self) -> None:
        folded = 1
        while folded and not self._ended.is_set():
            self._let_the_rush_pass()
            began = time.monotonic()
            with self._write() as rows:
                if fold_version(rows) != FOLD_VERSION:  # another program on this store told the tables anew
                    raise EnvironmentFault(tr(NEWER.title), tr(NEWER.advice))
                folded = fold_waiting(rows, _SLICE)
            if folded:
                self._behind_since = self._behind_since or time.monotonic_ns()
                self._ended.wait(min(_BREATH_S, time.monotonic() - began))
        if not folded:
            self._behind_since = 0

    def _let_the_rush_pass(self) -> None:
        while time.monotonic_ns() - self._came_ns < _RUSH_NS and self.behind_s() < _MOST_BEHIND_S:
            if self._ended.wait(0.02):
                return
