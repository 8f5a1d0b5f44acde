"""The print queue: jobs written with the sale, brought to paper by one worker thread."""

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.facts.sales import Reprint
from pos_app.hardware.printer_uri import PrinterTarget, parse
from pos_app.i18n.texts import mark, tr
from pos_app.printing.document import Document, decode
from pos_app.printing.layouts.receipt import receipt_document
from pos_app.printing.layouts.test_page import test_page_document
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.desk import Desk
from pos_app.services.recording import shop_header
from pos_app.storage.queries import sales
from pos_app.storage.unit_of_work import register_scope
from sync.rows import Row

log = logging.getLogger(__name__)

TROUBLES = {
    "paper_out": mark("용지 없음"),
    "cover_open": mark("덮개 열림"),
    "offline": mark("쉬는 중"),
    "refused": mark("연결 안 됨"),
    "unreachable": mark("연결 안 됨"),
    "timeout": mark("대답 없음"),
    "no_device": mark("장치 없음"),
    "no_right": mark("쓸 권한 없음"),
}
_BACK_OFF_S = (1, 2, 5, 10, 30)
_IDLE_S = 30
_START_S = 2
_COLUMNS = {"58": 32, "80": 48}


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """The printer in one word, how many papers wait, and whether a person must act."""

    word: str
    waiting: int
    needs_hand: bool


@dataclass(frozen=True, slots=True)
class JobView:
    """A paper in the queue."""

    id: str
    kind: str
    title: str
    state: str
    at: str
    error: str


def to_bytes(document: Document, target: PrinterTarget) -> bytes:
    """What a printer of this kind is sent for a document."""
    # lazy: the spooler's thread loads them with the first paper
    from pos_app.printing import escpos_picture, escpos_text

    if target.kind == "picture":
        return escpos_picture.render(document, target.columns, cutter=target.cutter)
    return escpos_text.render(
        document, target.columns, target.charset, cutter=target.cutter, native_qr=target.native_qr
    )


class Papers:
    """Receipts and other papers of one till."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._trouble = ""
        desk.work.on_paper = self.poke

    # --- asking ----------------------------------------------------------------------------
    def target(self) -> PrinterTarget | None:
        """The printer of this till, or None when none was chosen."""
        uri = self._desk.settings.get("printer_uri")
        return parse(uri) if uri else None

    def status(self) -> PrinterStatus:
        """What the strip shows."""
        with self._desk.work.read() as rows:
            counts: dict[str, int] = dict(
                rows.all(
                    'SELECT "state", count(*) FROM "print_job" '
                    "WHERE \"state\" IN ('queued', 'sending', 'unknown') GROUP BY \"state\""
                )
            )
        waiting = int(counts.get("queued", 0)) + int(counts.get("sending", 0))
        if not self._desk.settings.get("printer_uri"):
            return PrinterStatus(tr("없음"), waiting, False)
        if counts.get("unknown"):
            return PrinterStatus(tr("영수증 확인"), waiting, True)
        if self._trouble:
            return PrinterStatus(tr(TROUBLES.get(self._trouble, "연결 안 됨")), waiting, True)
        return PrinterStatus(tr("준비됨"), waiting, False)

    def queue(self) -> list[JobView]:
        """Papers that wait or need a decision, the oldest first."""
        with self._desk.work.read() as rows:
            found = rows.all(
                'SELECT "id", "kind", "document", "state", "created_at", "last_error" FROM "print_job" '
                "WHERE \"state\" IN ('queued', 'sending', 'unknown', 'failed') ORDER BY \"created_at\" LIMIT 200"
            )
        return [JobView(r[0], r[1], decode(bytes(r[2])).title, r[3], r[4], r[5]) for r in found]

    def preview(self, job_id: str) -> Document:
        """The paper of a job. Raises print.unknown_job."""
        return decode(bytes(self._job(job_id)[0]))

    def receipt(self, sale_id: str) -> Document:
        """A sale's receipt as it was first printed."""
        with self._desk.work.read() as rows:
            row = rows.one(
                'SELECT "document" FROM "print_job" WHERE "subject_id" = ? AND "copy_no" = 0', sale_id
            )
            stored = sales.sale(rows, sale_id)
        if row is not None:
            return decode(bytes(row[0]))
        if stored is None:
            raise DomainError("sale.unknown", sale=sale_id)
        return receipt_document(stored.sale, shop_header(self._desk), 0, self._desk.practice)

    # --- acting ----------------------------------------------------------------------------
    def reprint(self, sale_id: str) -> str:
        """Print a receipt again by hand: it says 재발행 n; the job's id."""
        desk = self._desk
        desk.require(Action.REPRINT)
        with desk.work.begin(desk.session.operator_id) as work:
            stored = sales.sale(work.rows, sale_id)
            if stored is None:
                raise DomainError("sale.unknown", sale=sale_id)
            copy = sales.reprints(work.rows, sale_id) + 1
            now = desk.clock.stamp()
            day = desk.day(work.rows)
            work.record(register_scope(day.day_id, desk.register), Reprint("sale", sale_id, copy, now))
            paper = receipt_document(stored.sale, shop_header(desk), copy, desk.practice, printed_at=now)
            job = desk.paper(work, "receipt", sale_id, paper, hours=1, copy_no=copy)
        self.poke()
        return job

    def print_document(self, document: Document, kind: str) -> str:
        """Queue any other paper (X, test page); the job's id."""
        desk = self._desk
        with desk.work.begin(desk.session.operator_id) as work:
            job = desk.paper(work, kind, "", document, hours=1)
        self.poke()
        return job

    def test(self) -> str:
        """Queue the test page. Raises printer.none when no printer was chosen."""
        if self.target() is None:
            raise DomainError("printer.none")
        return self.print_document(
            test_page_document(
                shop_header(self._desk),
                printer=self._desk.settings.get("printer_uri"),
                at=self._desk.clock.stamp(),
            ),
            "test",
        )

    def retry(self, job_id: str) -> None:
        """Send a paper again because a person says so."""
        self._decide(job_id, "queued", ("failed", "unknown", "expired", "cancelled"))
        self.poke()

    def cancel(self, job_id: str) -> None:
        """Let a paper go."""
        self._decide(job_id, "cancelled", ("queued", "failed", "unknown", "expired"))

    def came_out(self, job_id: str) -> None:
        """The cashier says that the paper did come out."""
        self._decide(job_id, "printed", ("unknown", "failed"))

    def _decide(self, job_id: str, state: str, allowed: tuple[str, ...]) -> None:
        marks = ", ".join("?" for _ in allowed)
        with self._desk.work.begin() as work:
            touched = work.rows.run(
                'UPDATE "print_job" SET "state" = ?, "expires_at" = ?, "last_error" = \'\' '
                f'WHERE "id" = ? AND "state" IN ({marks})',
                state,
                self._desk.expiry(1),
                job_id,
                *allowed,
            )
        if not touched:
            raise DomainError("print.unknown_job")

    def _job(self, job_id: str) -> Row:
        with self._desk.work.read() as rows:
            row = rows.one('SELECT "document" FROM "print_job" WHERE "id" = ?', job_id)
        if row is None:
            raise DomainError("print.unknown_job")
        return row

    # --- the worker ------------------------------------------------------------------------
    def start(self) -> None:
        """Begin bringing papers to the printer, on a thread of its own."""
        self._stopping.clear()
        with self._desk.work.read() as rows:
            cut_short = rows.one('SELECT 1 FROM "print_job" WHERE "state" = \'sending\' LIMIT 1')
        if cut_short:
            self._wake.set()  # somebody has to be asked about it: no waiting
        self._thread = threading.Thread(target=self._run, name="spooler", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the worker; what waits stays in the queue."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(15)
            self._thread = None

    def poke(self) -> None:
        """Something new waits; called after the commit."""
        self._wake.set()

    def _run(self) -> None:
        failures = 0
        # What waited since yesterday can wait for the window to be ready; a new paper wakes us at once.
        self._wake.wait(_START_S)
        if self._stopping.is_set():
            return
        with self._desk.work.begin() as work:
            # The program ended while these were on their way: nobody knows whether they came out.
            work.rows.run('UPDATE "print_job" SET "state" = \'unknown\' WHERE "state" = \'sending\'')
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                worked, reached = self.step()
            except Exception:
                log.exception("the print worker met a bug")
                worked, reached = False, False
            failures = 0 if reached else failures + 1
            if worked and reached:
                continue
            self._wake.wait(_IDLE_S if reached else _BACK_OFF_S[min(failures, len(_BACK_OFF_S)) - 1])

    def step(self) -> tuple[bool, bool]:
        """Try the oldest waiting paper: (was there one, was the printer reached)."""
        target = self.target()
        if target is None:
            return False, True
        job = self._claim()
        if job is None:
            return False, True
        # lazy: sockets and child processes are the spooler's thread's business
        from pos_app.hardware import transports

        job_id, document = job
        try:
            data = to_bytes(decode(document), target)
            result = transports.send(target, data)
        except EnvironmentFault as fault:
            self._finish(job_id, "queued", 0, str(fault))
            self._trouble = fault.title
            return True, False
        if result.outcome == "sent":
            self._trouble = ""
            self._finish(job_id, "printed", result.bytes_sent, "")
            return True, True
        if result.outcome == "nothing_accepted":
            self._trouble = result.detail
            self._finish(job_id, "queued", 0, result.detail)
            return True, False
        self._trouble = ""
        self._finish(job_id, "unknown", result.bytes_sent, result.detail)
        return True, True

    def _claim(self) -> tuple[str, bytes] | None:
        now = datetime.now(UTC).isoformat()
        with self._desk.work.begin() as work:
            work.rows.run(
                'UPDATE "print_job" SET "state" = \'expired\' WHERE "state" = \'queued\' '
                'AND "expires_at" <> \'\' AND "expires_at" < ?',
                now,
            )
            row = work.rows.one(
                'SELECT "id", "document" FROM "print_job" WHERE "state" = \'queued\' ORDER BY "created_at" LIMIT 1'
            )
            if row is None:
                return None
            work.rows.run(
                'UPDATE "print_job" SET "state" = \'sending\', "attempts" = "attempts" + 1 WHERE "id" = ?',
                row[0],
            )
            return row[0], bytes(row[1])

    def _finish(self, job_id: str, state: str, sent: int, error: str) -> None:
        with self._desk.work.begin() as work:
            work.rows.run(
                'UPDATE "print_job" SET "state" = ?, "bytes_sent" = ?, "last_error" = ? WHERE "id" = ?',
                state,
                sent,
                error,
                job_id,
            )


def columns_of(width: str) -> int:
    """Letters in a line of paper: 58 mm is 32, 80 mm is 48. Raises print.width."""
    if width not in _COLUMNS:
        raise DomainError("print.width", width=width)
    return _COLUMNS[width]
