"""Brings papers to their printers: one thread and one queue in order for each, so none delays another."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.hardware.printer_uri import PrinterTarget
from pos_app.i18n.texts import tr
from pos_app.printing.document import Document, Text, decode
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.print_queue import DRAWER, Job, PrintQueue
from pos_app.services.printers import RECEIPTS, Printers, to_bytes

if TYPE_CHECKING:
    from pos_app.hardware.send_result import PrinterState

log = logging.getLogger(__name__)

BACK_OFF_S = (1, 2, 3, 5)  # a paper that waits comes out soon after its printer is back
_IDLE_S = 30
_WATCH_S = 5
_START_S = 2
_KICK_MS = 2000
_ASKING_MS = 600
_END_S = 15
_STATES = ("paper_out", "cover_open", "offline")


_LETTER = Document("", (Text("가"),))


class Worker:
    """One printer: takes its papers one by one, and knows in what trouble it was last seen."""

    def __init__(self, name: str, queue: PrintQueue, printers: Printers, render: "Render") -> None:
        self.name = name
        self.trouble = ""
        self.near_end = False
        self.wake = threading.Event()
        self._queue = queue
        self._printers = printers
        self._render = render
        self._uri = ""
        self._open_job = ""  # taken, and its end not written down yet
        self._looked = False
        self._failures = 0
        self._reached = False
        self._answers = False  # this printer has told how it is before
        self._confirms = False  # it has even answered at the end of a paper
        self._still_printing = False

    @property
    def pause_s(self) -> int:
        """How long to wait before the next attempt, or look."""
        if self._failures:
            return BACK_OFF_S[min(self._failures, len(BACK_OFF_S)) - 1]
        return _WATCH_S if self.trouble or self._watched else _IDLE_S

    def step(self, only: str = "") -> tuple[bool, bool]:
        """Try the next waiting paper, or `only` this one: (was there one, was the printer reached)."""
        try:
            target = self._printers.target(self.name)
        except DomainError as refusal:
            self.trouble = refusal.code
            return False, self._count(False)
        if target is None:
            self.trouble = ""
            return False, True
        if target.uri != self._uri:
            self._another(target.uri)
        if self._open_job:
            self._lost()
        job = self._queue.claim(self.name, only, fresh=not self._reached)
        if job is None:
            return False, True
        self._open_job = job.id
        done = self._tried(job, target)
        self._open_job = ""
        return done

    def _tried(self, job: Job, target: PrinterTarget) -> tuple[bool, bool]:
        try:
            if job.kind == DRAWER:
                self._kick(job, target)
                return True, True  # never tried again: no reason to keep the papers waiting
            return True, self._count(self._print(job, target))
        except Exception:
            log.exception("the print worker met a bug")
            self._lost()
            return True, self._count(False)

    def _lost(self) -> None:
        self._queue.finish(self._open_job, "unknown", error=tr("보내다가 멈췄어요. 종이를 봐 주세요."))

    def look(self) -> None:
        """With nothing to send: see how the printer is, and whether a trouble is over.

        One that told before is asked again and again where asking disturbs nobody; others once.
        """
        if self._looked and not self.trouble and not self._watched:
            return
        # lazy: see _print
        from pos_app.hardware import transports

        try:
            target = self._printers.target(self.name)
            state = transports.query_state(target) if target else None
        except (DomainError, EnvironmentFault):
            return
        if target is not None and not self._looked:
            self._looked = True
            to_bytes(_LETTER, target)  # loads what the first paper needs, so that it leaves at once
        if state is not None and state.answered:
            self._heard(state)
            self.trouble = state.trouble
        elif target is not None:
            nobody = state is None and target.scheme == "socket" and target.status
            self.trouble = (self.trouble or "unreachable") if nobody else ""  # the next paper will show

    @property
    def _watched(self) -> bool:
        return self._answers and self._uri.startswith("socket:")

    def _another(self, uri: str) -> None:
        """What was known of the printer before says nothing about this one."""
        fresh = not self._uri
        self._uri, self.trouble, self.near_end = uri, "", False
        self._failures, self._reached, self._looked = 0, False, False
        # What it told an earlier run of the program holds: a silence now is not its nature.
        self._answers = fresh and self._queue.answered(self.name)
        self._confirms = self._still_printing = False

    def _count(self, reached: bool) -> bool:
        self._reached = reached
        self._failures = 0 if reached else self._failures + 1
        return reached

    def _print(self, job: Job, target: PrinterTarget) -> bool:
        # lazy: sockets and child processes are this thread's business
        from pos_app.hardware import transports

        try:
            data = self._render(job, target)
        except Exception as fault:
            # lazy: every sentence there is, for what hardly happens
            from pos_app.i18n.sentences import sentence

            log.warning("a paper cannot be rendered", exc_info=not isinstance(fault, DomainError))
            said = sentence(fault) if isinstance(fault, DomainError) else type(fault).__name__
            self._queue.finish(
                job.id, "failed", error=tr("이 종이는 인쇄할 수 없어요: {reason}", reason=said)
            )
            return True
        try:
            result = transports.send(target, data)
        except EnvironmentFault as fault:
            self.trouble = fault.title
            self._queue.finish(job.id, "queued", error=str(fault), wait_s=self._next_s())
            return False
        detail, said = result.detail, self._heard(result.state)
        if result.outcome == "nothing_accepted":
            self.trouble = detail
            self._queue.finish(job.id, "queued", error=detail, said=said, wait_s=self._next_s())
            return False
        self._confirms |= result.confirmed
        self._still_printing = self._confirms and not result.confirmed
        done = result.outcome == "sent"
        if done and self._answers and target.status and not said:
            # It used to answer. What it took now may lie in a buffer that nobody reads any more.
            done, detail = False, "timeout"
        self.trouble = "" if done or detail not in _STATES else detail
        ended = "printed" if done else "unknown"
        self._queue.finish(job.id, ended, sent=result.bytes_sent, error=detail, said=said)
        return True

    def _heard(self, state: "PrinterState | None") -> str:
        """What the printer said of itself, empty when it kept silent."""
        if state is None or not state.answered:
            return ""
        self._answers = True
        self.near_end = state.paper == "near_end"
        return "near_end" if self.near_end else state.trouble or "ready"

    def _next_s(self) -> int:
        return BACK_OFF_S[min(self._failures, len(BACK_OFF_S) - 1)]

    def _kick(self, job: Job, target: PrinterTarget) -> None:
        # lazy: see _print
        from pos_app.hardware import drawer

        try:
            if target.drawer.startswith("pin") and not self._acts_at_once(target):
                self._queue.finish(job.id, "expired", error="busy")
                return
            # Connecting and asking take their time too: the pulse itself leaves before its life is over.
            within_ms = min(_KICK_MS, (self._queue.drawer_life_ms(job.id) - _ASKING_MS) // 2)
            if within_ms <= 0:
                self._queue.finish(job.id, "expired")
                return
            result = drawer.kick(target, timedelta(milliseconds=within_ms).total_seconds())
        except (DomainError, EnvironmentFault) as fault:
            self._queue.finish(job.id, "failed", error=str(fault))
            return
        done = result.outcome == "sent"
        if result.outcome == "nothing_accepted" and result.detail != "no_drawer":
            self.trouble = result.detail
        self._queue.finish(
            job.id, "printed" if done else "failed", sent=result.bytes_sent, error=result.detail
        )

    def _acts_at_once(self, target: PrinterTarget) -> bool:
        """Whether a pulse would be worked through now, not wait in the printer and open the drawer late."""
        # lazy: see _print
        from pos_app.hardware import transports

        if self._still_printing:
            self._still_printing = not transports.send(target, b"", 1.0).confirmed
            return not self._still_printing
        if not self._answers:
            return True
        state = transports.query_state(target)
        return state is not None and state.answered


Render = Callable[[Job, PrinterTarget], bytes]


def render_document(job: Job, target: PrinterTarget) -> bytes:
    """A paper's bytes for the printer that it stands at now."""
    return to_bytes(decode(job.document), target)


class Spooler:
    """The threads of all printers of a till."""

    def __init__(self, queue: PrintQueue, printers: Printers, render: Render) -> None:
        self._queue = queue
        self._printers = printers
        self._render = render
        self._lock = threading.Lock()
        self._starting = threading.Lock()
        self._workers: dict[str, Worker] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._stopping = threading.Event()
        self._running = False
        self._recovered = False

    def worker(self, name: str) -> Worker:
        """The worker of a printer, made at first need."""
        with self._lock:
            return self._known(name)

    def _known(self, name: str) -> Worker:
        if name not in self._workers:
            self._workers[name] = Worker(name, self._queue, self._printers, self._render)
        return self._workers[name]

    def trouble(self, name: str) -> tuple[str, bool]:
        """(trouble, paper near its end) of a printer as it was last seen."""
        worker = self._workers.get(name)
        return (worker.trouble, worker.near_end) if worker else ("", False)

    def start(self) -> None:
        """Begin, on threads of its own."""
        self._stopping.clear()
        self._running, self._recovered = True, False
        receipts = self.worker(RECEIPTS)
        if self._queue.cut_short():
            receipts.wake.set()  # somebody has to be asked about it: no waiting
        self._begin(RECEIPTS)

    def ensure(self, name: str) -> None:
        """A printer with something to do has a thread that is awake."""
        self.worker(name).wake.set()
        if self._running:
            self._begin(name)

    def poke(self) -> None:
        """Something new waits; called after the commit."""
        for worker in list(self._workers.values()):
            worker.wake.set()

    def stop(self) -> None:
        """End the threads; what waits stays in the queue."""
        self._running = False
        self._stopping.set()
        self.poke()
        end = time.monotonic() + _END_S
        for thread in list(self._threads.values()):
            thread.join(max(0.0, end - time.monotonic()))
        self._threads.clear()

    def _begin(self, name: str) -> None:
        with self._lock:
            thread = self._threads.get(name)
            if thread is None or not thread.is_alive():
                worker = self._known(name)
                thread = threading.Thread(
                    target=self._run, args=(worker,), name=f"spooler {name}".strip(), daemon=True
                )
                self._threads[name] = thread
                thread.start()

    def _may_end(self, worker: Worker) -> bool:
        """An address that one paper went to needs no thread afterwards."""
        with self._lock:
            if "://" not in worker.name or worker.wake.is_set():
                return False
            self._threads.pop(worker.name, None)
            self._workers.pop(worker.name, None)
            return True

    def _first(self) -> None:
        """Once after the start: what was cut short is asked about; other printers get their threads."""
        with self._starting:
            if self._recovered:
                return
            self._queue.recover()
            self._recovered = True
        for name in {*(name for name, _ in self._printers.all()), *self._queue.printers_waiting()}:
            self.worker(name)
            if not self._stopping.is_set():
                self._begin(name)

    def _run(self, worker: Worker) -> None:
        # What waited since yesterday can wait for the window to be ready; a new paper wakes us at once.
        if not self._recovered:
            worker.wake.wait(_START_S)
        while not self._stopping.is_set():
            worker.wake.clear()
            try:
                self._first()
                worked, reached = worker.step()
                if worked and reached:
                    continue
                if not worked and self._may_end(worker):
                    return
                if not worked:
                    worker.look()
            except Exception:
                log.exception("the print worker met a bug")
            worker.wake.wait(worker.pause_s)
