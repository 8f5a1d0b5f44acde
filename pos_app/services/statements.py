"""One vendor's statement: its words and figures, its notes, its sales, its slip."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import msgspec

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.operators import Action
from pos_app.domain.settlement import FeeLine, RuleLine
from pos_app.facts.settlements import SettledStatement, SettlementRun, StatementNote
from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.printing.layouts.settlement_slip import settlement_document
from pos_app.printing.layouts.slip_figures import CommissionLine, SettlementSlip
from pos_app.reports.statement_pdf import StatementPaper
from pos_app.services.desk import Desk
from pos_app.services.own_goods import check_own, only_of
from pos_app.services.payouts import account_of
from pos_app.services.recording import shop_header
from pos_app.services.settlements_again import parts_of
from pos_app.services.settlements_figures import vendor_figures
from pos_app.services.settlements_reading import tender_name
from pos_app.services.settlements_state import RunView, filled, views
from pos_app.services.statements_paper import paper_of, percent, rule_words, tender_words
from pos_app.storage.queries import catalogue, settlements
from pos_app.storage.unit_of_work import SETTLEMENT
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.storage.work import Work

NOTE_MAX = 300
_SLIP = "settlement"


@dataclass(frozen=True, slots=True)
class Note:
    """Something written to a statement."""

    at: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with all that screens and papers show of it."""

    run: SettlementRun
    told: SettledStatement
    state: str
    number: str
    business_no: str
    representative: str
    tax_kind: str
    account_masked: str
    notes: tuple[Note, ...]
    reversed_by: str = ""

    @property
    def warned(self) -> bool:
        """Whether something must be looked at before it can be approved."""
        return bool(self.told.statement.warnings)


@dataclass(frozen=True, slots=True)
class SaleLink:
    """A sale (or refund) behind a figure; `won` signed, of this vendor's goods alone."""

    sale_id: str
    receipt_no: str
    at: str
    register: str
    won: int
    refund: bool


class Statements:
    """Statements of the recorded runs; a vendor is shown no other vendor's."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_run(self, view: RunView) -> list[StatementView]:
        """All statements of a run that may be seen. Raises right.missing."""
        with self._desk.work.read() as rows:
            own = only_of(self._desk, rows)
            return [_view(rows, view, told) for told in view.statements if own in ("", told.vendor_id)]

    def one(self, run_id: str, vendor_id: str) -> StatementView:
        """One statement. Raises right.missing, settlement.not_yours, settlement.unknown, settlement.not_in_run."""
        with self._desk.work.read() as rows:
            return self._one(rows, run_id, vendor_id)

    def _one(self, rows: Rows, run_id: str, vendor_id: str) -> StatementView:
        check_own(self._desk, rows, vendor_id)
        view = next((v for v in views(rows) if v.run.run_id == run_id), None)
        if view is None:
            raise DomainError("settlement.unknown", run=run_id[:40])
        view = filled(rows, view)
        told = view.of(vendor_id)
        if told is None:
            raise DomainError("settlement.not_in_run", vendor=vendor_id)
        return _view(rows, view, told)

    def write_note(self, run_id: str, vendor_id: str, text: str, author: str = "") -> None:
        """Write an objection or a remark; it stays with the statement, whatever becomes of it.

        Raises right.missing (vendors may), settlement.no_note, settlement.not_in_run.
        """
        desk = self._desk
        desk.require(Action.SEE_TOTALS)
        said = clean_text(text, NOTE_MAX)
        if not said:
            raise DomainError("settlement.no_note")
        with desk.work.begin(desk.session.operator_id) as work:
            self._one(work.rows, run_id, vendor_id)
            by = clean_text(author, 40) or desk.session.name
            work.record(
                SETTLEMENT, StatementNote(run_id, vendor_id, desk.clock.stamp(), said, by, desk.session.name)
            )

    def sales(self, run_id: str, vendor_id: str, product_id: str = "", tender: str = "") -> list[SaleLink]:
        """The slips behind a figure: of the vendor, of one product, of one tender (card, voucher:onnuri)."""
        found = []
        with self._desk.work.read() as rows:
            view = self._one(rows, run_id, vendor_id)
            for part in parts_of(rows, view.run):
                slips = settlements.slips(rows, part.day.day_id, part.until, part.after)
                for sign, sale_id, sale in slips.sales:
                    won = [
                        _share(sale.tenders, place, line.net_won, tender)
                        for place, line in enumerate(sale.lines)
                        if line.vendor_id == vendor_id and product_id in ("", line.product_id)
                    ]
                    if won and (not tender or any(won)):
                        found.append(
                            SaleLink(sale_id, sale.receipt_no, sale.at, sale.register, sign * sum(won), False)
                        )
                for _, back in slips.refunds:
                    won = [
                        _share(back.tenders, place, line.refund_won, tender)
                        for place, line in enumerate(back.lines)
                        if line.vendor_id == vendor_id and product_id in ("", line.product_id)
                    ]
                    if won and (not tender or any(won)):
                        found.append(
                            SaleLink(back.sale_id, back.receipt_no, back.at, back.register, -sum(won), True)
                        )
        return sorted(found, key=lambda link: (link.at, link.receipt_no))

    def book(self, found: Sequence[RunView]) -> dict[str, Any]:
        """Figures of whole runs for tables: every vendor with lines, goods and masked account."""
        shown = [each for view in found for each in self.of_run(view)]
        figures = vendor_figures([each.told for each in shown])
        for row in figures:
            own = [each for each in shown if each.told.vendor_id == row["vendor_id"]]
            row["account"] = own[0].account_masked
            row["goods"] = [msgspec.structs.asdict(goods) for each in own for goods in each.told.goods]
        head = found[-1].run if found else None
        return {
            "market": head.market if head else "",
            "business_date": head.until_on if head else "",
            "vendors": figures,
        }

    def paper(self, view: StatementView) -> StatementPaper:
        """A statement's A4 page."""
        return paper_of(view)

    # --- paper ------------------------------------------------------------------------------------

    def slip(self, run_id: str, vendor_id: str) -> Document:
        """The slip for the roll, to look at or to write out."""
        view = self.one(run_id, vendor_id)
        return settlement_document(slip_of(view), shop_header(self._desk), 0, self._desk.practice)

    def print_slip(self, run_id: str, vendor_id: str, printer: str = "") -> str:
        """Queue the slip; the job's id. A repeat says so by the reprint's own way."""
        desk = self._desk
        desk.require(Action.SEE_TOTALS)
        with desk.work.begin(desk.session.operator_id) as work:
            return self._queue(work, self._one(work.rows, run_id, vendor_id), printer)

    def _queue(self, work: "Work", view: StatementView, printer: str) -> str:
        subject = f"{view.run.run_id}/{view.told.vendor_id}"
        row = work.rows.one(
            'SELECT count(*) FROM "print_job" WHERE "kind" = ? AND "subject_id" = ? AND "state" != \'cancelled\'',
            _SLIP,
            subject,
        )
        copy = row[0] if row else 0
        now = self._desk.clock.stamp() if copy else ""
        paper = settlement_document(
            slip_of(view), shop_header(self._desk), copy, self._desk.practice, printed_at=now
        )
        return self._desk.paper(work, _SLIP, subject, paper, copy_no=copy, printer=printer)


def _share(tenders: "Sequence[object]", place: int, won: int, tender: str) -> int:
    if not tender:
        return won
    return sum(
        each.shares[place]  # type: ignore[attr-defined]
        for each in tenders
        if tender_name(each.type, each.kind) == tender  # type: ignore[attr-defined]
    )


def _view(rows: Rows, view: RunView, told: SettledStatement) -> StatementView:
    vendor = catalogue.vendor(rows, told.vendor_id)
    account = account_of(rows, told.vendor_id)
    number = f"{view.run.until_on.replace('-', '')}-{view.run.run_id[:4]}-{told.booth:02d}"
    return StatementView(
        view.run,
        told,
        view.states.get(told.vendor_id, view.state),
        number,
        vendor.business_no if vendor else "",
        vendor.representative if vendor else "",
        vendor.tax_kind.value if vendor else "",
        account.masked if account else "",
        tuple(Note(*note) for note in settlements.notes(rows, view.run.run_id, told.vendor_id)),
        view.reversed_by,
    )


def fee_words(line: FeeLine) -> str:
    """A fee as people call it: 카드 비용 1.5%."""
    return tr("{tender} 비용 {rate}", tender=tender_words(line.tender), rate=percent(line.rate_permille))


def by_rule(lines: Sequence[RuleLine]) -> list[tuple[str, int, int]]:
    """(words, net, commission) of each rule over all days."""
    sums: dict[str, list[int]] = {}
    for line in lines:
        kept = sums.setdefault(rule_words(line), [0, 0])
        kept[0] += line.net_won
        kept[1] += line.commission_won
    return [(words, net, won) for words, (net, won) in sums.items()]


def by_fee(lines: Sequence[FeeLine]) -> list[tuple[str, int]]:
    """(words, won) of each fee over all days."""
    sums: dict[str, int] = {}
    for line in lines:
        words = fee_words(line)
        sums[words] = sums.get(words, 0) + line.fee_won
    return list(sums.items())


def slip_of(view: StatementView) -> SettlementSlip:
    """A statement as the roll's figures."""
    figures, run = view.told.statement, view.run
    tenders: dict[str, int] = {}
    for line in figures.tenders:
        tenders[line.tender] = tenders.get(line.tender, 0) + line.net_won
    state = view.state if view.state in ("approved", "paid") else "draft"
    period = run.from_on if run.from_on == run.until_on else f"{run.from_on} ~ {run.until_on}"
    return SettlementSlip(
        settlement_no=view.number,
        state=cast(Literal["draft", "approved", "paid"], state),
        at=run.at,
        period=period,
        market=run.market,
        vendor=view.told.vendor,
        sales_count=view.told.sales_count,
        gross_won=figures.gross_won,
        discount_won=figures.discount_won,
        truncation_won=figures.truncation_won,
        refunds_won=figures.refunds_won,
        net_won=figures.net_won,
        commissions=tuple(CommissionLine(*each) for each in by_rule(figures.lines)),
        commission_won=figures.commission_won,
        fees=tuple(by_fee(figures.fees)),
        fees_won=figures.fees_won,
        payout_won=figures.payout_won,
        transfer_won=figures.to_transfer_won or figures.carried_out_won,
        tenders=tuple(tenders.items()),
        carried_won=figures.carried_in_won,
        vendor_held_won=figures.held_by_vendor_won,
        business_no=view.business_no,
        booth=str(view.told.booth) if view.told.booth else "",
        account_masked=view.account_masked,
        correction_of=run.reverses[:8],
        operator_name=run.operator_name,
        digest=view.told.hash,
        held_back_won=figures.held_back_won,
        released_won=figures.released_won,
        notes=tuple(f"{note.author}: {note.text}" for note in view.notes),
    )
