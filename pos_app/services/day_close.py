"""Closing a market day: an exact cut of every register's log, and what follows a seal."""

from dataclasses import dataclass
from typing import Any

from pos_app.domain.day_close import check_reopen, check_seal, seal_chosen
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name
from pos_app.domain.operators import Action
from pos_app.facts.market import DayReopen, SealChoice
from pos_app.facts.shifts import DaySeal, SealedRegister
from pos_app.printing.document import Document
from pos_app.printing.layouts.day_summary import addendum_document, day_summary_document, shop_told
from pos_app.services.day_close_board import (
    DayBoard,
    RegisterLine,
    Standing,
    cooperatives,
    cut_name,
    figures_now,
    look,
    view,
)
from pos_app.services.desk import Desk
from pos_app.services.recording import shop_header
from pos_app.storage.queries import board, totals
from pos_app.storage.queries.board_cut import CutFigures, figures_at
from pos_app.storage.queries.cuts import joined, merged
from pos_app.storage.unit_of_work import OFFICE
from sync.rows import Rows

__all__ = ["DayBoard", "DayClose", "RegisterLine", "SealDone"]
REASON_MAX = 200


@dataclass(frozen=True, slots=True)
class SealDone:
    """A seal: complete, or provisional with the registers that hold it up."""

    complete: bool
    waiting: tuple[str, ...]
    totals: dict[str, int]
    key: str = ""


class DayClose:
    """Board and seal of the day, and opening it again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def board(self) -> list[RegisterLine]:
        """Every register planned or seen, with its state and figures."""
        self._desk.require(Action.SEE_TOTALS)
        with self._desk.work.read() as rows:
            return list(look(self._desk, rows, self._desk.day(rows)).lines)

    def overview(self) -> DayBoard:
        """The whole board: registers, certain and provisional, to-dos, seals. Raises right.missing, day.none."""
        self._desk.require(Action.SEE_TOTALS)
        with self._desk.work.read() as rows:
            return view(rows, look(self._desk, rows, self._desk.day(rows)))

    def seal(self, provisional: bool = False, reason: str = "", seen: str = "") -> SealDone:
        """Seal the day as an exact cut; `seen` is the `cut` of the board that was looked at.

        With registers silent or torn only provisionally, by the coordinator, with a reason. Raises
        right.missing, day.sealed_already, day.parked, day.shifts_open, day.incomplete, day.no_reason,
        day.changed_meanwhile, day.totals_differ.
        """
        desk = self._desk
        desk.require(Action.SEAL_DAY)
        if provisional:
            desk.require(Action.SEAL_PROVISIONAL)
        with desk.work.begin(desk.session.operator_id) as work:
            fold_pending(work.rows)
            standing = look(desk, work.rows, desk.day(work.rows))
            lines = standing.lines
            waiting = tuple(line.register for line in lines if line.state != "closed" or line.gaps)
            check_seal(
                sealed=standing.books.standing.sealed,
                open_shifts=[line.register for line in lines if line.state == "open"],
                parked=[line.register for line in lines if line.parked],
                incomplete=waiting,
                provisional=provisional,
                reason=reason,
            )
            if seen and seen != cut_name(standing):
                raise DomainError("day.changed_meanwhile")
            figures = self._checked(work.rows, standing)
            fact = self._draft(work.rows, standing, figures, reason if waiting else "")
            event = work.record(OFFICE, fact)
            work.sign_head(OFFICE)
        return SealDone(fact.complete, waiting, fact.totals, event.key.hex())

    def reopen(self, reason: str) -> tuple[str, ...]:
        """Open a sealed day again; the seals stay on record. The keys of the seals that stood.

        Raises right.missing, day.not_sealed, day.no_reason.
        """
        desk = self._desk
        desk.require(Action.REOPEN_DAY)
        with desk.work.begin(desk.session.operator_id) as work:
            day = desk.day(work.rows)
            standing = board.books(work.rows, day.day_id).standing
            check_reopen(seals=standing, reason=reason)
            for key in standing.live:
                again = DayReopen(day.day_id, key, desk.clock.stamp(), _words(reason), desk.session.name)
                work.record(OFFICE, again)
            work.sign_head(OFFICE)
        return standing.live

    def choose(self, seal: str, reason: str) -> str:
        """Of several seals made apart, let the one that begins with `seal` count. Its key.

        Raises right.missing, day.not_sealed, day.seals_agree, day.unknown_seal, day.no_reason.
        """
        desk = self._desk
        desk.require(Action.SEAL_PROVISIONAL)
        with desk.work.begin(desk.session.operator_id) as work:
            day = desk.day(work.rows)
            standing = board.books(work.rows, day.day_id).standing
            key = seal_chosen(seal, standing)
            check_reopen(seals=standing, reason=reason)
            work.record(
                OFFICE, SealChoice(day.day_id, key, desk.clock.stamp(), _words(reason), desk.session.name)
            )
            work.sign_head(OFFICE)
        return key

    # --- sheets ----------------------------------------------------------------------------------

    def sheet(self, key: str = "") -> tuple[str, DaySeal]:
        """(key, what the sheet tells): a seal by the start of its key, else the one that counts.

        While nothing is sealed the key is empty and the figures are those of now. Raises right.missing,
        day.none, day.unknown_seal.
        """
        desk = self._desk
        desk.require(Action.SEE_TOTALS)
        with desk.work.read() as rows:
            standing = look(desk, rows, desk.day(rows))
            books = standing.books
            wanted = [each for each in books.seals if key and each.startswith(key.lower())]
            if key and len(wanted) != 1:
                raise DomainError("day.unknown_seal", text=key[:40])
            chosen = wanted[0] if key else books.standing.counts
            if chosen:
                return chosen, books.seals[chosen]
            return "", self._draft(rows, standing, figures_now(rows, standing), "")

    def documents(self, key: str = "") -> list[Document]:
        """일일 정산표, and each 추가 to it; a sealed one is the same for ever."""
        chosen, seal = self.sheet(key)
        made = [day_summary_document(seal, chosen, self._desk.practice)]
        if chosen:
            with self._desk.work.read() as rows:
                addenda = board.books(rows, self._desk.day(rows).day_id).addenda
            made += [
                addendum_document(more.fact, seal, more.key, self._desk.practice)
                for more in addenda
                if more.fact.seal == chosen
            ]
        return made

    def pdf(self, key: str = "") -> bytes:
        """일일 정산표 on A4, with the list of registers and their Z."""
        # lazy: only a download needs them
        from pos_app.reports import pdf_export
        from pos_app.reports.day_summary import day_summary_tables

        chosen, seal = self.sheet(key)
        return pdf_export.render(*day_summary_tables(seal, chosen))

    def holds(self) -> dict[str, bool]:
        """By seal and addendum: whether its totals, reckoned again from its cut alone, are as signed (slow)."""
        with self._desk.work.read() as rows:
            day = self._desk.day(rows)
            books = board.books(rows, day.day_id)
            found = {
                key: _kept(figures_at(rows, day.day_id, merged(seal.cut)).totals, seal.totals)
                for key, seal in books.seals.items()
            }
            for seal_key, seal in books.seals.items():
                cover, before = merged(seal.cut), dict(seal.totals)
                for more in (each for each in books.addenda if each.fact.seal == seal_key):
                    cover = joined(cover, merged(more.fact.cut))
                    after = figures_at(rows, day.day_id, cover).totals
                    told = {name: before.get(name, 0) + won for name, won in more.fact.totals.items()}
                    found[more.key] = _kept(after, told)
                    before = after
        return found

    def books_apart(self) -> list[dict[str, Any]]:
        """Separate books of the cooperatives in one market: what each one's vendors sold."""
        desk = self._desk
        desk.require(Action.SEE_TOTALS)
        with desk.work.read() as rows:
            day_id = desk.day(rows).day_id
            vendors = board.vendors_by_cooperative(rows, day_id)
            return [
                {
                    "cooperative": book.cooperative,
                    "gross_won": book.gross_won,
                    "net_won": book.net_won,
                    "by_vendor": [
                        {"vendor_id": vendor, "vendor": name, "net_won": net}
                        for cooperative, vendor, name, net in vendors
                        if cooperative == book.cooperative
                    ],
                }
                for book in cooperatives(rows, day_id)
            ]

    # --- inside ----------------------------------------------------------------------------------

    def _checked(self, rows: Rows, standing: Standing) -> CutFigures:
        """The figures of the cut; kept totals are held against the sales themselves first."""
        day_id = standing.day.day_id
        figures = figures_now(rows, standing)
        if not standing.torn() and figures.totals != self.recount(rows, day_id):
            raise DomainError("day.totals_differ")
        return figures

    def _draft(self, rows: Rows, standing: Standing, figures: CutFigures, reason: str) -> DaySeal:
        desk, day = self._desk, standing.day
        return DaySeal(
            day.day_id,
            desk.clock.stamp(),
            standing.heads(),
            tuple(line.register for line in standing.lines),
            all(line.state == "closed" and not line.gaps for line in standing.lines),
            figures.totals,
            desk.session.name,
            _words(reason),
            day.market,
            day.business_date,
            tuple(sealed_line(line, figures.by_register) for line in standing.lines),
            tuple(sorted(figures.tenders.items())),
            cooperatives(rows, day.day_id),
            len(standing.books.seals) + 1,
            shop_told(shop_header(desk)),
        )

    def recount(self, rows: Rows, day_id: str) -> dict[str, int]:
        """The day's figures reckoned from sales and refunds themselves, not from kept totals."""
        figures: dict[str, Any] = dict.fromkeys(totals.of_day(rows, ""), 0)
        sold = rows.one(
            'SELECT count(*), coalesce(sum("gross_won"), 0), coalesce(sum("discount_won"), 0), '
            'coalesce(sum("truncation_won"), 0) FROM "sale" s LEFT JOIN "void_sale" v ON v."sale_id" = s."id" '
            'WHERE s."day_id" = ? AND v."sale_id" IS NULL',
            day_id,
        )
        back = rows.one(
            'SELECT count(*), coalesce(sum("refund_won"), 0) FROM "refund" WHERE "day_id" = ?', day_id
        )
        gone = rows.one(
            'SELECT count(*) FROM "void_sale" v CROSS JOIN "sale" s ON v."sale_id" = s."id" WHERE s."day_id" = ?',
            day_id,
        )
        names = ("sales_count", "gross_won", "discount_won", "truncation_won")
        figures.update(zip(names, sold or (), strict=True))
        figures.update(zip(("refunds_count", "refunds_won"), back or (), strict=True))
        figures["voids_count"] = gone[0] if gone else 0
        figures["net_won"] = (
            figures["gross_won"]
            - figures["discount_won"]
            - figures["truncation_won"]
            - figures["refunds_won"]
        )
        # Tax is reckoned per receipt and seller and stands in the events; its sum must be the net.
        kept = totals.of_day(rows, day_id)
        taxes = ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")
        if sum(kept[name] for name in taxes) == figures["net_won"]:
            figures.update({name: kept[name] for name in taxes})
        return figures


def sealed_line(line: RegisterLine, figures: dict[str, tuple[int, int]]) -> SealedRegister:
    """A register as the seal keeps it, with the figures of the cut."""
    sales, net = figures.get(line.register, (0, 0))
    return SealedRegister(
        line.register,
        line.state,
        sales,
        net,
        line.over_short_won,
        line.z_nos,
        line.expected_cash_won,
        line.counted_won,
        line.gaps,
    )


def fold_pending(rows: Rows) -> None:
    """Fold what was received and waits, before anything is told of a cut."""
    # lazy: the folds come with the first write
    from pos_app.storage.folds.dispatch import fold_waiting

    while fold_waiting(rows):
        pass


def _words(reason: str) -> str:
    return clean_name(reason)[:REASON_MAX]


def _kept(found: dict[str, int], told: dict[str, int]) -> bool:
    return all(found.get(name, 0) == value for name, value in told.items())
