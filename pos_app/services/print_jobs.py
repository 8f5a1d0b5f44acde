"""Receipts and other papers of one till: written with the sale, seen, decided about, brought to paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.facts.sales import Override
from pos_app.hardware.printer_uri import PrinterTarget, parse
from pos_app.i18n.texts import mark, tr
from pos_app.printing.document import Document, decode, encode
from pos_app.printing.layouts.test_page import test_page_document
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services import drawers
from pos_app.services.desk import Desk
from pos_app.services.print_queue import Backlog, Job, JobView, PrintQueue
from pos_app.services.printers import RECEIPTS, Printers, columns_of, to_bytes
from pos_app.services.recording import receipt_paper, shop_header
from pos_app.services.reprints import Reprints
from pos_app.services.spooler import Spooler, render_document
from pos_app.storage.queries import sales

if TYPE_CHECKING:
    from pos_app.hardware.discovery import Found

__all__ = ["Backlog", "JobView", "Papers", "PrinterStatus", "PrinterView", "columns_of", "to_bytes"]

TROUBLES = {
    "paper_out": mark("종이 없음"),
    "cover_open": mark("덮개 열림"),
    "offline": mark("쉬는 중"),
    "refused": mark("연결 안 됨"),
    "unreachable": mark("연결 안 됨"),
    "closed": mark("연결 안 됨"),
    "timeout": mark("대답 없음"),
    "no_device": mark("장치 없음"),
    "no_right": mark("쓸 권한 없음"),
    "device_error": mark("장치가 멈춤"),
    "not_a_printer": mark("인쇄기가 아님"),
    "printer.bad_uri": mark("주소를 못 읽음"),
}
_PROOF_S = 120


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """The printer in one word, how many papers wait, and whether a person must act.

    `code`: what the word stands for (a trouble's code, unknown, failed, held, near_end, none, or empty
    where all is well); `place`: the other printer that it is about.
    """

    word: str
    waiting: int
    needs_hand: bool
    code: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class PrinterView:
    """One printer of this till; the receipt printer has the empty name."""

    name: str
    uri: str
    word: str
    waiting: int
    needs_hand: bool
    kind: str


class Papers:
    """Receipts and other papers of one till."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._queue = PrintQueue(desk)
        self._printers = Printers(desk)
        self._reprints = Reprints(desk, self._queue)
        self._spooler = Spooler(self._queue, self._printers, self._bytes_of)
        desk.work.on_paper = self.poke

    # --- the printers ----------------------------------------------------------------------
    def target(self, name: str = RECEIPTS) -> PrinterTarget | None:
        """A printer of this till, or None when none was chosen. Raises printer.bad_uri."""
        return self._printers.target(name)

    def uri(self, name: str = RECEIPTS) -> str:
        """A printer's address, empty when there is none of this name."""
        return self._printers.uri(name)

    def status(self) -> PrinterStatus:
        """What the strip shows: the receipt printer, or another one that needs a hand more."""
        counts = self._queue.counts()
        own = self._status(RECEIPTS, self._printers.uri(RECEIPTS), counts)
        if own.needs_hand:
            return own
        for name in sorted({printer for printer, _ in counts} - {RECEIPTS}):
            other = self._status(name, name, counts)
            if other.needs_hand:
                place = tr("점검 인쇄") if "://" in name else name
                return PrinterStatus(f"{place}: {other.word}", own.waiting, True, other.code, place)
        return own

    def statuses(self) -> dict[str, PrinterStatus]:
        """The state of every printer of this till by its name."""
        counts = self._queue.counts()
        return {name: self._status(name, uri, counts) for name, uri in self._printers.all()}

    def printers(self) -> list[PrinterView]:
        """Every printer of this till, the receipt printer first."""
        counts = self._queue.counts()
        views = []
        for name, uri in self._printers.all():
            status = self._status(name, uri, counts)
            try:
                kind: str = parse(uri).kind
            except DomainError:
                kind = ""
            views.append(PrinterView(name, uri, status.word, status.waiting, status.needs_hand, kind))
        return views

    def _status(self, name: str, uri: str, counts: dict[tuple[str, str], int]) -> PrinterStatus:
        def count(state: str) -> int:
            return counts.get((name, state), 0)

        trouble, near_end = self._spooler.trouble(name)
        waiting = count("queued") + count("held") + count("sending")
        if not uri:
            return PrinterStatus(tr("없음"), waiting, False, "none")
        if count("unknown"):
            return PrinterStatus(tr("영수증 확인"), waiting, True, "unknown")
        if trouble:
            return PrinterStatus(tr(TROUBLES.get(trouble, mark("연결 안 됨"))), waiting, True, trouble)
        if count("later"):
            return PrinterStatus(tr("영수증 확인"), waiting, True, "unknown")
        if count("failed"):
            return PrinterStatus(tr("인쇄 못 한 종이"), waiting, True, "failed")
        if count("held"):
            return PrinterStatus(tr("밀린 영수증"), waiting, True, "held")
        if near_end:
            return PrinterStatus(tr("종이 거의 없음"), waiting, False, "near_end")
        return PrinterStatus(tr("준비됨"), waiting, False)

    def set_printer(self, name: str, uri: str, override: Override | None = None) -> None:
        """Choose a printer by name (empty: for receipts). Raises right.missing, printer.*"""
        self._printers.set(name, uri, override)
        self._spooler.ensure(name)

    def remove_printer(self, name: str, override: Override | None = None) -> None:
        """Forget a printer. Raises right.missing, printer.unknown, printer.has_papers."""
        self._printers.remove(name, override)

    def find(self) -> Sequence["Found"]:
        """Printers that this machine sees (slow: for a pool thread)."""
        # lazy: only who sets up a printer searches
        from pos_app.hardware import discovery

        return discovery.found()

    def check_address(self, host: str, port: int = 9100) -> str:
        """Who is at a typed address: printer, silent, refused, unreachable (slow)."""
        # lazy: see find
        from pos_app.hardware import discovery

        return discovery.check_address(host, port)

    # --- looking at papers -----------------------------------------------------------------
    def queue(self) -> list[JobView]:
        """Papers that wait or need a decision, the oldest first."""
        return self._queue.live()

    def state(self, job_id: str) -> str:
        """How a job stands, drawers too. Raises print.unknown_job."""
        return self._queue.state(job_id)[0]

    def job_printer(self, job_id: str) -> str:
        """The name of the printer that a paper stands at. Raises print.unknown_job."""
        return self._queue.state(job_id)[1]

    def preview(self, job_id: str) -> Document:
        """The paper of a job. Raises print.unknown_job."""
        return decode(self._queue.job(job_id).document)

    def receipt(self, sale_id: str) -> Document:
        """A sale's receipt as it was first printed."""
        with self._desk.work.read() as rows:
            row = rows.one(
                'SELECT "document" FROM "print_job" WHERE "subject_id" = ? AND "copy_no" = 0 '
                "AND \"kind\" = 'receipt'",
                sale_id,
            )
            stored = sales.sale(rows, sale_id)
        if row is not None:
            return decode(bytes(row[0]))
        if stored is None:
            raise DomainError("sale.unknown", sale=sale_id)
        return receipt_paper(self._desk, stored.sale)

    def to_pdf(self, job_id: str, path: Path) -> None:
        """Write a paper as PDF; in the queue it stays as it was. Raises print.unknown_job, EnvironmentFault."""
        # lazy: ReportLab
        from pos_app.printing import pdf

        job = self._queue.job(job_id)
        target = self._printers.target(job.printer)
        data = pdf.render(decode(job.document), target.columns if target else 48)
        try:
            path.write_bytes(data)
        except OSError as error:
            raise EnvironmentFault(
                tr("파일을 쓰지 못했어요: {file}", file=path), tr("폴더와 권한, 남은 자리를 확인해요.")
            ) from error

    # --- printing --------------------------------------------------------------------------
    def reprint(self, sale_id: str) -> str:
        """Print a receipt again by hand: it says 재발행 n; the job's id."""
        return self._reprints.of_sale(sale_id)

    def print_document(self, document: Document, kind: str, printer: str = RECEIPTS) -> str:
        """Queue any other paper (X, test page, labels), also at a printer by name; the job's id."""
        desk = self._desk
        if printer:
            self._printers.require(printer)
        with desk.work.begin(desk.session.operator_id) as work:
            job = desk.paper(work, kind, "", document, hours=1, printer=printer)
        if printer:
            self._spooler.ensure(printer)
        return job

    def test(self, printer: str = RECEIPTS) -> str:
        """Queue the test page. Raises printer.none when no printer was chosen."""
        self._printers.require(printer)
        page = test_page_document(
            shop_header(self._desk), printer=self._printers.uri(printer), at=self._desk.clock.stamp()
        )
        return self.print_document(page, "test", printer)

    def proof(self, uri: str) -> str:
        """Print numbered lines in every mode at an address that need not be chosen yet; the job's id.

        It comes out within two minutes or not at all. Raises printer.bad_uri.
        """
        # lazy: only who sets up a printer proves it
        from pos_app.printing.layouts.proof import TITLE

        target = parse(uri)
        desk = self._desk
        with desk.work.begin(desk.session.operator_id) as work:
            job = work.print_job(
                "proof",
                "",
                encode(Document(TITLE, (), desk.practice)),
                expires_at=desk.expiry(seconds=_PROOF_S),
                printer=target.uri,
            )
        self._spooler.ensure(target.uri)
        return job

    def _bytes_of(self, job: Job, target: PrinterTarget) -> bytes:
        if job.kind != "proof":
            return render_document(job, target)
        # lazy: see proof
        from pos_app.printing.layouts.proof import proof_bytes

        return proof_bytes(shop_header(self._desk), job.at, strip_rows=target.strip_rows)

    # --- deciding --------------------------------------------------------------------------
    def retry(self, job_id: str) -> str:
        """Send a paper because a person says so; what may have come out before comes as a reprint.

        The id of the job that is sent. Raises print.unknown_job.
        """
        job = self._queue.job(job_id)
        if job.state == "unknown" or (job.maybe_out and job.state != "printed"):
            return self.again(job_id)
        if job.state == "sending":
            return job_id  # it is being tried this very moment
        self._queue.decide(job_id, "queued", ("queued", "failed", "expired", "cancelled", "kept"))
        self._spooler.ensure(job.printer)
        return job_id

    def cancel(self, job_id: str) -> None:
        """Let a paper go."""
        self._queue.decide(job_id, "cancelled", ("queued", "failed", "unknown", "expired"))

    def ask(self) -> JobView | None:
        """The oldest paper of which nobody knows whether it came out, and nobody was asked."""
        return self._queue.ask()

    def came_out(self, job_id: str) -> None:
        """The cashier says that the paper did come out."""
        self._queue.decide(job_id, "printed", ("unknown", "failed"))

    def again(self, job_id: str) -> str:
        """Print a paper once more: it says 재발행 n and is recorded; the new job's id."""
        job = self._queue.job(job_id)
        made = self._reprints.of_job(job_id)
        self._spooler.ensure(job.printer)
        return made

    def later(self, job_id: str) -> None:
        """The cashier can't say yet; the paper stays in the queue."""
        self._queue.later(job_id)

    def move(self, job_id: str, printer: str) -> str:
        """Send a paper to another printer, also one that may have come out (as a reprint); the job's id.

        Raises print.unknown_job, printer.none, printer.unknown.
        """
        self._printers.require(printer)
        job = self._queue.job(job_id)
        if job.state == "unknown" or job.maybe_out:
            job_id = self._reprints.of_job(job_id, printer)
        else:
            self._queue.decide(job_id, "queued", ("queued", "failed", "expired", "kept"), printer)
        self._spooler.ensure(printer)
        return job_id

    def backlog(self) -> Backlog | None:
        """Receipts that waited too long to come out by surprise, or None."""
        return self._queue.backlog()

    def print_backlog(self) -> int:
        """Let the old receipts come out after all; how many."""
        count = self._queue.settle_backlog("queued")
        self.poke()
        return count

    def drop_backlog(self) -> int:
        """Let the old receipts go; each can still be printed from the list of receipts. How many."""
        return self._queue.settle_backlog("cancelled")

    # --- the drawer ------------------------------------------------------------------------
    def open_drawer(self, reason: str, override: Override | None = None) -> str:
        """Open the drawer without taking money. Raises right.missing, drawer.*"""
        return drawers.open_by_hand(self._desk, reason, override)

    def open_drawer_to_count(self) -> str:
        """Open the drawer for the count before the close. Raises right.missing, shift.none, drawer.*"""
        return drawers.open_to_count(self._desk)

    # --- the threads -----------------------------------------------------------------------
    def start(self) -> None:
        """Begin bringing papers to the printers, on threads of their own."""
        self._spooler.start()

    def stop(self) -> None:
        """End the threads; what waits stays in the queue."""
        self._spooler.stop()

    def poke(self) -> None:
        """Something new waits; called after the commit."""
        self._spooler.poke()

    def step(self, printer: str = RECEIPTS, only: str = "") -> tuple[bool, bool]:
        """Try the oldest waiting paper of a printer: (was there one, was the printer reached)."""
        return self._spooler.worker(printer).step(only)
