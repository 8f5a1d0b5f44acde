"""Work that would hold the window up: done on a pool thread, answered on the main thread."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

T = TypeVar("T")


class Pool(Protocol):
    """Where tasks run."""

    def run(
        self,
        func: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Run `func` and call exactly one of `done(result)` and `failed(error)`, on the main thread."""


class _Answer(QObject):
    """Lives on the main thread; brings a task's result home."""

    ready = Signal(object, object)

    def __init__(self, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        super().__init__()
        self._done, self._failed = done, failed
        self.ready.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def _take(self, result: object, error: Exception | None) -> None:
        if error is None:
            self._done(result)
        else:
            self._failed(error)


class ThreadedPool:
    """Qt's thread pool."""

    def __init__(self, threads: int = 2) -> None:
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads)
        self._waiting: set[_Answer] = set()

    def run(
        self,
        func: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        answer = _Answer(done, failed)
        self._waiting.add(answer)
        answer.ready.connect(lambda *_: self._waiting.discard(answer), Qt.ConnectionType.QueuedConnection)

        def work() -> None:
            try:
                result = func()
            except Exception as error:  # whatever it is, the screen must hear of it
                answer.ready.emit(None, error)
            else:
                answer.ready.emit(result, None)

        self._pool.start(QRunnable.create(work))

    def wait(self, milliseconds: int = 30_000) -> bool:
        """Let running tasks end (when the program ends)."""
        return self._pool.waitForDone(milliseconds)


class SynchronousPool:
    """Runs at once, on the caller's thread: for tests."""

    def run(
        self,
        func: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        try:
            result = func()
        except Exception as error:  # the same contract as the threaded pool
            failed(error)
        else:
            done(result)


class _Current:
    pool: Pool | None = None


def use_pool(pool: Pool) -> None:
    """Run tasks there from now on."""
    _Current.pool = pool


def run_task(
    func: Callable[[], T],
    done: Callable[[T], object],
    failed: Callable[[Exception], object],
) -> None:
    """Run `func` off the main thread; `done(result)` or `failed(error)` comes back on it."""
    if _Current.pool is None:
        _Current.pool = ThreadedPool()
    _Current.pool.run(func, done, failed)
