"""Closing a market day: an exact cut of every register's log."""

from dataclasses import dataclass
from typing import Any

from pos_app.domain.day_close import check_seal
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.facts.shifts import CutHead, DaySeal
from pos_app.services.desk import Desk
from pos_app.storage.queries import days, totals
from pos_app.storage.unit_of_work import OFFICE
from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One register on the day's board."""

    register: str
    state: str  # closed, open, silent
    sales_count: int
    net_won: int
    over_short_won: int
    z_no: int


@dataclass(frozen=True, slots=True)
class SealDone:
    """A seal: complete, or provisional with the registers that hold it up."""

    complete: bool
    waiting: tuple[str, ...]
    totals: dict[str, int]


class DayClose:
    """Board and seal of the day."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def board(self) -> list[RegisterLine]:
        """Every register planned or seen, with its state and figures."""
        with self._desk.work.read() as rows:
            return self._board(rows, self._desk.day(rows).day_id)

    def seal(self) -> SealDone:
        """Seal the day as an exact cut. Raises day.sealed_already, day.shifts_open."""
        desk = self._desk
        desk.require(Action.SEAL_DAY)
        with desk.work.begin(desk.session.operator_id) as work:
            day = desk.day(work.rows)
            lines = self._board(work.rows, day.day_id)
            still_open = [line.register for line in lines if line.state == "open"]
            check_seal(sealed=bool(days.seals(work.rows, day.day_id)), open_shifts=still_open)
            kept = totals.of_day(work.rows, day.day_id)
            if kept != self.recount(work.rows, day.day_id):
                raise DomainError("day.totals_differ")
            waiting = tuple(line.register for line in lines if line.state != "closed")
            cut = tuple(
                CutHead(log.hex(), seq, key.hex()) for log, seq, key in days.day_heads(work.rows, day.day_id)
            )
            fact = DaySeal(
                day.day_id,
                desk.clock.stamp(),
                cut,
                tuple(line.register for line in lines),
                not waiting,
                kept,
                desk.session.name,
            )
            work.record(OFFICE, fact)
            work.sign_head(OFFICE)
        return SealDone(not waiting, waiting, kept)

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

    def _board(self, rows: Rows, day_id: str) -> list[RegisterLine]:
        figures = {
            row[0]: row[1:]
            for row in rows.all(
                'SELECT "register", sum("sales_count"), sum("gross_won" - "discount_won" - "truncation_won" '
                '- "refunds_won") FROM "log_total" WHERE "day_id" = ? GROUP BY "register"',
                day_id,
            )
        }
        by_register: dict[str, list[days.StoredShift]] = {}
        for shift in days.shifts(rows, day_id):
            by_register.setdefault(shift.register, []).append(shift)
        lines = []
        for register in days.registers(rows, day_id):
            own = by_register.get(register, [])
            state = "silent" if not own else "open" if any(not s.closed_at for s in own) else "closed"
            sales, net = figures.get(register, (0, 0))
            lines.append(
                RegisterLine(
                    register,
                    state,
                    sales,
                    net,
                    sum(s.over_short_won for s in own),
                    max((s.z_no for s in own), default=0),
                )
            )
        return lines
