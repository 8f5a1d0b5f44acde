"""Papers printed once more by hand: numbered 재발행 n, and recorded."""

from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.facts.sales import Reprint
from pos_app.printing.document import Document, decode
from pos_app.printing.layouts.repeated import repeated_document
from pos_app.services.desk import Desk
from pos_app.services.print_queue import Job, PrintQueue
from pos_app.services.recording import receipt_paper
from pos_app.storage.queries import sales
from pos_app.storage.queries.cash_receipts import as_known
from pos_app.storage.unit_of_work import NO_DAY, register_scope

if TYPE_CHECKING:
    from pos_app.storage.work import Work

# Two of these do no harm: nobody takes one for a second sale.
_ANY_NUMBER = ("test", "proof", "label")
_ENDED = ("unknown", "failed", "expired", "cancelled", "printed")


class Reprints:
    """Repeats by hand at one till."""

    def __init__(self, desk: Desk, queue: PrintQueue) -> None:
        self._desk = desk
        self._queue = queue

    def of_sale(self, sale_id: str) -> str:
        """Print a receipt once more; the job's id. Raises right.missing, sale.unknown."""
        desk = self._desk
        desk.require(Action.REPRINT)
        with desk.work.begin(desk.session.operator_id) as work:
            if sales.sale(work.rows, sale_id) is None:
                raise DomainError("sale.unknown", sale=sale_id)
            return self._receipt(work, sale_id, "")

    def of_job(self, job_id: str, printer: str | None = None) -> str:
        """Print a paper once more that may have come out before; the new job's id.

        Raises right.missing, print.unknown_job.
        """
        desk = self._desk
        desk.require(Action.REPRINT)
        with desk.work.begin(desk.session.operator_id) as work:
            job = self._queue.job_in(work.rows, job_id)
            if job.state not in _ENDED:
                raise DomainError("print.sending" if job.state == "sending" else "print.unknown_job")
            if job.state != "printed":
                work.rows.run('UPDATE "print_job" SET "state" = \'cancelled\' WHERE "id" = ?', job_id)
            return self._once_more(work, job, job.printer if printer is None else printer)

    def _once_more(self, work: "Work", job: Job, printer: str) -> str:
        if job.kind == "receipt" and sales.sale(work.rows, job.subject_id) is not None:
            return self._receipt(work, job.subject_id, printer)
        document = decode(job.document)
        copy = job.copy_no
        if job.kind not in _ANY_NUMBER:
            copy = max(copy, sales.reprints(work.rows, job.subject_id) if job.subject_id else 0) + 1
            document = repeated_document(document, copy, self._desk.clock.stamp())
        if job.subject_id:
            self._record(work, job.kind, job.subject_id, copy)
        return self._queued(work, job.kind, job.subject_id, document, copy, printer)

    def _receipt(self, work: "Work", sale_id: str, printer: str) -> str:
        desk = self._desk
        stored = sales.sale(work.rows, sale_id)
        assert stored is not None  # both callers looked
        copy = sales.reprints(work.rows, sale_id) + 1
        now = self._record(work, "sale", sale_id, copy)
        told = as_known(work.rows, sale_id, stored.sale)  # a cash receipt may have been asked for since
        paper = receipt_paper(desk, told, copy, now)
        return self._queued(work, "receipt", sale_id, paper, copy, printer)

    def _queued(
        self, work: "Work", kind: str, subject_id: str, document: Document, copy: int, printer: str
    ) -> str:
        return self._desk.paper(work, kind, subject_id, document, hours=1, copy_no=copy, printer=printer)

    def _record(self, work: "Work", subject: str, subject_id: str, copy: int) -> str:
        desk = self._desk
        now = desk.clock.stamp()
        try:
            scope = register_scope(desk.day(work.rows).day_id, desk.register)
        except DomainError:
            scope = register_scope(NO_DAY, desk.register)
        work.record(scope, Reprint(subject, subject_id, copy, now))
        return now
