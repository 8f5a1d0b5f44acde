"""Work that would hold the window up: done on a pool thread, answered on the main thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future

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


def _nobody(_: object) -> None:
    """Takes an answer whose asker is gone."""


class _Answer(QObject):
    """Lives on the main thread; brings a task's result home."""

    ready = Signal(object, object)

    def __init__(self, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        super().__init__()
        self._done, self._failed = done, failed
        self.ready.connect(self._take, QtCore.Qt.ConnectionType.QueuedConnection)

    def forget(self) -> None:
        """Nobody waits for it any more."""
        self._done = self._failed = _nobody

    def _take(self, result: object, error: Exception | None) -> None:
        if error is None:
            self._done(result)
        else:
            self._failed(error)


class ThreadedPool:
    """Plain Python threads. Qt's own runnables delete themselves under Python's feet."""

    def __init__(self, threads: int = 2) -> None:
        # lazy: the first picture needs no threads
        from concurrent.futures import ThreadPoolExecutor

        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="task")
        self._running: set[Future[None]] = set()
        self._waiting: set[_Answer] = set()

    def run(
        self,
        func: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        answer = _Answer(done, failed)
        self._waiting.add(answer)
        answer.ready.connect(lambda *_: self._waiting.discard(answer), QtCore.Qt.ConnectionType.QueuedConnection)

        def work() -> None:
            try:
                result = func()
            except Exception as error:  # whatever it is, the screen must hear of it
                answer.ready.emit(None, error)
            else:
                answer.ready.emit(result, None)

        future = self._executor.submit(work)
        self._running.add(future)
        future.add_done_callback(self._running.discard)

    def busy(self) -> bool:
        """Whether a task runs or waits."""
        return bool(self._running)

    def forget(self) -> None:
        """Bring no answer of what was asked so far: whoever asked is about to go. On the main thread."""
        for answer in list(self._waiting):
            answer.forget()

    def wait(self, milliseconds: int = 30_000) -> bool:
        """Let running tasks end (when the program ends); false when some are still at it."""
        # lazy: see above
        from concurrent.futures import wait

        return not wait(list(self._running), timeout=milliseconds // 1000).not_done


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


def busy() -> bool:
    """Whether something runs beside the window: both share one interpreter."""
    return isinstance(_Current.pool, ThreadedPool) and _Current.pool.busy()


def settle(milliseconds: int = 10_000) -> None:
    """Wait for tasks that run, before what they read is closed; their answers would find nobody."""
    if isinstance(_Current.pool, ThreadedPool):
        _Current.pool.wait(milliseconds)
        _Current.pool.forget()
