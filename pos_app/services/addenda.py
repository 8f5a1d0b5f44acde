"""추가 n호: what came after a seal, as a cut of its own with the difference of the totals."""

from dataclasses import dataclass

from pos_app.domain.day_close import check_addendum
from pos_app.domain.hangul import clean_name
from pos_app.domain.operators import Action
from pos_app.facts.market import DayAddendum
from pos_app.facts.shifts import SealedRegister
from pos_app.services.day_close import fold_pending
from pos_app.services.day_close_board import RegisterLine, Standing, covered, figures_now, look
from pos_app.services.desk import Desk
from pos_app.storage.queries.board_cut import CutFigures
from pos_app.storage.unit_of_work import OFFICE


@dataclass(frozen=True, slots=True)
class AddendumDone:
    """An addendum: its number, whose registers it holds, and the differences."""

    number: int
    registers: tuple[str, ...]
    totals: dict[str, int]
    key: str


class Addenda:
    """What comes late to a sealed day."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, reason: str) -> AddendumDone:
        """Put everything that came after the seal into the next addendum.

        Raises right.missing, day.not_sealed, day.seals_undecided, day.nothing_late, day.no_reason.
        """
        desk = self._desk
        desk.require(Action.SEAL_DAY)
        with desk.work.begin(desk.session.operator_id) as work:
            fold_pending(work.rows)
            standing = look(desk, work.rows, desk.day(work.rows))
            late = [line for line in standing.lines if line.late]
            check_addendum(seals=standing.books.standing, late=bool(late), reason=reason)
            now, before = figures_now(work.rows, standing), covered(work.rows, standing)
            fact = self._fact(standing, now, before, reason)
            event = work.record(OFFICE, fact)
            work.sign_head(OFFICE)
        return AddendumDone(
            fact.number, tuple(line.register for line in fact.lines), fact.totals, event.key.hex()
        )

    def _fact(self, standing: Standing, now: CutFigures, before: CutFigures, reason: str) -> DayAddendum:
        books, cover = standing.books, standing.books.cover()
        cut = tuple(tip for tip in standing.heads() if tip.key not in cover.tips.get(tip.log, ()))
        lines = [_difference(line, now, before) for line in standing.lines]
        return DayAddendum(
            standing.day.day_id,
            1 + max((more.fact.number for more in books.own_addenda()), default=0),
            books.standing.counts,
            self._desk.clock.stamp(),
            cut,
            {name: now.totals[name] - before.totals[name] for name in now.totals},
            clean_name(reason)[:200],
            self._desk.session.name,
            tuple(
                told for line, told in zip(standing.lines, lines, strict=True) if line.late or told.net_won
            ),
            tuple(
                (kind, difference)
                for kind in sorted({*now.tenders, *before.tenders})
                if (difference := now.tenders.get(kind, 0) - before.tenders.get(kind, 0))
            ),
        )


def _difference(line: RegisterLine, now: CutFigures, before: CutFigures) -> SealedRegister:
    sales, net = now.by_register.get(line.register, (0, 0))
    had_sales, had_net = before.by_register.get(line.register, (0, 0))
    return SealedRegister(line.register, line.state, sales - had_sales, net - had_net, missing=line.gaps)
