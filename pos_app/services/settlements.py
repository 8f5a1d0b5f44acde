"""Runs over sealed days: what each vendor is owed, reckoned from the cut and recorded whole or not at all."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pos_app.domain.commission_rules import check_rules
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.domain.settlement import Terms, Totals, reckon, total
from pos_app.domain.settlement_run import RunState, content_hash, run_hash
from pos_app.facts.settlements import SettledDay, SettledStatement, SettlementRun, SettlementStep
from pos_app.services import settlements_reading as reading
from pos_app.services.commissions import terms_of
from pos_app.services.desk import Desk
from pos_app.services.own_goods import only_of
from pos_app.services.settlements_again import check_same, parts_of
from pos_app.services.settlements_figures import vendor_figures
from pos_app.services.settlements_reading import Around, Book, Part
from pos_app.services.settlements_state import WITHDRAWN, RunView, filled, standings, views
from pos_app.storage.queries import cuts, settlements
from pos_app.storage.queries.settlements import Market
from pos_app.storage.unit_of_work import SETTLEMENT
from sync.canonical import encode
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.storage.work import Work

_RUNS = uuid.UUID("5b9f6f0e-25b7-5e0f-8b64-2f6f0c3a7d15")


@dataclass(frozen=True, slots=True)
class Made:
    """A run as it stands; `again`: it had been made before and came out the same, byte for byte."""

    view: RunView
    again: bool = False
    provisional: bool = False  # the seal itself still waited for a register


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One cooperative's statements, not yet recorded."""

    cooperative: str
    parts: tuple[Part, ...]
    terms: Terms
    told: tuple[SettledStatement, ...]

    @property
    def from_on(self) -> str:
        """The first date."""
        return min(part.day.business_date for part in self.parts)

    @property
    def until_on(self) -> str:
        """The last date."""
        return max(part.day.business_date for part in self.parts)


class Settlements:
    """Runs of one home."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def views(self) -> list[RunView]:
        """Every run, the oldest first, with the statements that may be seen. Raises right.missing."""
        with self._desk.work.read() as rows:
            return self._seen(rows, views(rows))

    def _seen(self, rows: Rows, found: Iterable[RunView]) -> list[RunView]:
        """Runs with their statements; for a vendor those that tell of it, with its own statement alone."""
        own = only_of(self._desk, rows)
        whole = [filled(rows, view) for view in found]
        if not own:
            return whole
        return [replace(view, statements=(told,)) for view in whole if (told := view.of(own))]

    def find(self, text: str) -> RunView:
        """A run by its id or the beginning of it. Raises settlement.unknown."""
        with self._desk.work.read() as rows:
            named = [v for v in views(rows) if v.run.run_id.startswith(text) and len(text) >= 4]
            found = self._seen(rows, named)
            if len(found) != 1:
                raise DomainError("settlement.unknown", run=text[:40])
            return found[0]

    def current(self, date: str | None = None) -> list[RunView]:
        """The runs that settle the latest settled date, or this one; without withdrawn and taken-back ones."""
        with self._desk.work.read() as rows:
            live = [
                v for v in views(rows) if v.live and (date is None or v.run.from_on <= date <= v.run.until_on)
            ]
            last = max((v.run.until_on for v in live), default="")
            return self._seen(rows, [v for v in live if v.run.until_on == last])

    def totals(self, view: RunView) -> Totals:
        """A run's sums."""
        return total(told.statement for told in view.statements)

    def figures(self, view: RunView) -> list[dict[str, Any]]:
        """A run's figures by vendor, each with the state of its statement."""
        return [{**row, "state": view.states[row["vendor_id"]]} for row in vendor_figures(view.statements)]

    def run(
        self, date: str | None = None, *, from_on: str | None = None, cooperative: str | None = None
    ) -> list[Made]:
        """Settle the last sealed, unsettled day, or one date, or sealed days up to it; a run per cooperative.

        A day that is settled gives the same run again. Raises right.missing, day.none, day.unknown,
        settlement.not_sealed(market, date), settlement.empty_run, settlement.changed(vendor), commission.*.
        """
        desk = self._desk
        desk.require(Action.SETTLE)
        with desk.work.begin(desk.session.operator_id) as work:
            rows = work.rows
            found = views(rows)
            days = self._days(rows, found, date, from_on)
            terms = terms_of(rows)
            check_rules(terms.rules)
            made = []
            for each in self.cooperatives(rows, days):
                if cooperative is None or each == cooperative:
                    made += self._settle(work, found, days, terms, each)
            if not made:
                raise DomainError("settlement.empty_run")
        return made

    # --- which days -------------------------------------------------------------------------------

    def _days(
        self, rows: Rows, found: Sequence[RunView], date: str | None, from_on: str | None
    ) -> list[Market]:
        days = settlements.market_days(rows)
        if not days:
            raise DomainError("day.none")
        if date is None:
            last = self._last_unsettled(rows, found, days)
        else:
            of_date = [day for day in days if day.business_date == date]
            if not of_date:
                raise DomainError("day.unknown", date=date)
            chosen = self._desk.settings.get("day_id")
            last = next((day for day in of_date if day.day_id == chosen), of_date[0])
        _check_sealed(rows, last)
        earlier = [
            day
            for day in days
            if from_on
            and day.market_id == last.market_id
            and from_on <= day.business_date < last.business_date
        ]
        for day in earlier:
            _check_sealed(rows, day)
        return [*sorted(earlier, key=lambda day: day.business_date), last]

    def _last_unsettled(self, rows: Rows, found: Sequence[RunView], days: list[Market]) -> Market:
        waiting = self._waiting(rows, found, days)
        sealed = next((day for day in days if settlements.sealed(rows, day.day_id)), days[0])
        return waiting or sealed

    def _waiting(self, rows: Rows, found: Sequence[RunView], days: Iterable[Market]) -> Market | None:
        """The last sealed day of which something is unsettled; late events that are no slips don't count."""
        for day in days:
            if settlements.sealed(rows, day.day_id) is None:
                continue
            for cooperative in self.cooperatives(rows, [day]):
                part = self._part(rows, found, day, cooperative)
                if part is not None and (not part.after_seals or _tells_something(rows, part)):
                    return day
        return None

    def waiting(self) -> Market | None:
        """The last sealed day that waits for its settlement, or None."""
        with self._desk.work.read() as rows:
            return self._waiting(rows, views(rows), settlements.market_days(rows))

    def dates(self) -> list[str]:
        """Every date that a run ends with, the latest first."""
        with self._desk.work.read() as rows:
            return sorted({view.run.until_on for view in views(rows) if view.live}, reverse=True)

    def cooperatives(self, rows: Rows, days: Sequence[Market]) -> list[str]:
        """Whose books these days touch."""
        vendors = reading.vendors_of(rows)
        ids = set(reading.taking_part(rows, [day.day_id for day in days]))
        for day in days:
            ids.update(
                row[0]
                for row in rows.all(
                    'SELECT DISTINCT "vendor_id" FROM "product_total" WHERE "day_id" = ?', day.day_id
                )
            )
        return sorted({vendors[each].cooperative if each in vendors else "" for each in ids})

    def _part(self, rows: Rows, found: Sequence[RunView], day: Market, cooperative: str) -> Part | None:
        """What of a sealed day a cooperative has not settled yet."""
        sealed = settlements.sealed(rows, day.day_id)
        if sealed is None:
            return None
        seals = tuple(
            settled.seal
            for view in found
            if view.live and view.run.cooperative == cooperative
            for settled in view.run.days
            if settled.day_id == day.day_id
        )
        after = cuts.joined(*(settlements.cut_of(rows, seal) for seal in seals))
        if seals and all(tips <= after.tips.get(log, set()) for log, tips in sealed.cut.tips.items()):
            return None
        return Part(day, sealed.key, sealed.cut, after, seals)

    # --- reckoning --------------------------------------------------------------------------------

    def _settle(
        self, work: "Work", found: list[RunView], days: list[Market], terms: Terms, cooperative: str
    ) -> list[Made]:
        rows = work.rows
        parts = [part for day in days if (part := self._part(rows, found, day, cooperative))]
        if parts:
            reckoned = self.reckon(rows, found, parts, terms, cooperative)
            if reckoned.told:
                return [self._record(work, found, reckoned)]
        ids = {day.day_id for day in days}
        settled = [
            view
            for view in found
            if view.live
            and view.run.cooperative == cooperative
            and ids & {day.day_id for day in view.run.days}
        ]
        return [self._again(work, found, filled(rows, view), terms) for view in settled]

    def reckon(
        self, rows: Rows, found: Sequence[RunView], parts: Sequence[Part], terms: Terms, cooperative: str
    ) -> Reckoned:
        """One cooperative's statements over these parts; nothing is recorded."""
        vendors = reading.vendors_of(rows)
        booths = reading.taking_part(rows, [part.day.day_id for part in parts])
        kept = reading.books(rows, parts)
        left = standings(rows, found, cooperative)
        around = Around(
            parts[0].day.market_id,
            vendors,
            reading.product_classes(rows),
            reading.history(rows, terms.rules, parts),
            left,
        )
        ids = set(kept)
        if not all(part.after_seals for part in parts):  # late slips concern only those whose they are
            ids |= set(booths) | {vendor_id for vendor_id, each in left.items() if each.released_won}
        span = min(part.day.business_date for part in parts), max(part.day.business_date for part in parts)
        told = []
        for vendor_id in ids:
            vendor = vendors.get(vendor_id)
            if (vendor.cooperative if vendor else "") != cooperative:
                continue
            book = kept.get(vendor_id, Book())
            account = reading.account(vendor_id, book, around)
            statement = reckon(account, terms, *span)
            told.append(
                SettledStatement(
                    "", vendor_id, vendor.name if vendor else vendor_id, content_hash(statement), statement,
                    account, reading.settled_goods(book, around, statement), book.sales_count,
                    booths.get(vendor_id, 0),
                )
            )  # fmt: skip
        told.sort(key=lambda each: (not each.booth, each.booth, each.vendor, each.vendor_id))
        return Reckoned(cooperative, tuple(parts), terms, tuple(told))

    def _record(self, work: "Work", found: Sequence[RunView], reckoned: Reckoned) -> Made:
        desk, terms = self._desk, reckoned.terms
        days = tuple(
            SettledDay(part.day.day_id, part.day.business_date, part.seal, part.after_seals)
            for part in reckoned.parts
        )
        digest = run_hash(told.statement for told in reckoned.told)
        before = sum(
            1 for view in found if view.run.cooperative == reckoned.cooperative and view.run.days == days
        )
        name = encode([reckoned.cooperative, days, digest, before]).decode()
        run_id = str(uuid.uuid5(_RUNS, name))
        told = tuple(_in_run(each, run_id) for each in reckoned.told)
        market = reckoned.parts[-1].day
        run = SettlementRun(
            run_id=run_id,
            market_id=market.market_id,
            market=market.market,
            cooperative=reckoned.cooperative,
            from_on=reckoned.from_on,
            until_on=reckoned.until_on,
            days=days,
            rules=terms.rules,
            fees_permille=dict(terms.fees_permille),
            held_until_redeemed=tuple(sorted(terms.held_until_redeemed)),
            statements=tuple((each.vendor_id, each.hash) for each in told),
            hash=digest,
            at=desk.clock.stamp(),
            operator_name=desk.session.name,
        )
        work.record(SETTLEMENT, run)
        for each in told:
            work.record(SETTLEMENT, each)
        states = dict.fromkeys((each.vendor_id for each in told), RunState.DRAFT.value)
        sealed = [settlements.sealed(work.rows, day.day_id) for day in days]
        waits = any(each is not None and not each.complete for each in sealed)
        return Made(RunView(run, told, RunState.DRAFT.value, states), provisional=waits)

    def _again(self, work: "Work", found: list[RunView], view: RunView, terms: Terms) -> Made:
        """The run once more: the same; an untouched draft gives way to what holds by now."""
        if view.state == RunState.DRAFT and RunState.APPROVED not in view.states.values():
            parts = parts_of(work.rows, view.run)
            others = [each for each in found if each.run.run_id != view.run.run_id]
            fresh = self.reckon(work.rows, others, parts, terms, view.run.cooperative)
            if {(x.vendor_id, x.hash) for x in fresh.told} != set(view.run.statements):
                at, session = self._desk.clock.stamp(), self._desk.session
                step = SettlementStep(
                    view.run.run_id, WITHDRAWN, at, operator_name=session.name, role=session.role.value
                )
                work.record(SETTLEMENT, step)
                return self._record(work, found, fresh)
        check_same(work.rows, view)
        return Made(view, again=True)

    # --- figures for the outside ------------------------------------------------------------------

    def report(self, date: str | None = None) -> dict[str, Any]:
        """A date's settlement by vendor; what no run has settled is reckoned by today's rules, unrecorded.

        Raises day.none, day.unknown, commission.*.
        """
        with self._desk.work.read() as rows:
            days = settlements.market_days(rows)
            if date is None:
                chosen = self._desk.day(rows).day_id if days else ""
                day = next((each for each in days if each.day_id == chosen), None)
                latest = days[0].business_date if days else ""
                day = day if day and day.business_date == latest else next(iter(days), None)
            else:
                day = next((each for each in days if each.business_date == date), None)
            if day is None:
                raise DomainError("day.unknown", date=date) if date else DomainError("day.none")
            found = views(rows)
            sealed = settlements.sealed(rows, day.day_id)
            live = [v for v in found if v.live and day.day_id in {each.day_id for each in v.run.days}]
            told = [each for view in live for each in filled(rows, view).statements]
            done = {view.run.cooperative for view in live}
            for cooperative in self.cooperatives(rows, [day]):
                if cooperative not in done:
                    cut = sealed.cut if sealed else settlements.now_cut(rows, day.day_id)
                    part = Part(day, sealed.key if sealed else "", cut)
                    told += self.reckon(rows, found, [part], terms_of(rows), cooperative).told
            own = only_of(self._desk, rows)
        states = sorted({view.state for view in live})
        return {
            "market": day.market,
            "business_date": day.business_date,
            "sealed": sealed is not None,
            "runs": [{"run": v.run.run_id, "cooperative": v.run.cooperative, "state": v.state} for v in live],
            "state": states[0] if len(states) == 1 else "" if live else "preview",
            "vendors": vendor_figures([each for each in told if own in ("", each.vendor_id)]),
        }


def _check_sealed(rows: Rows, day: Market) -> None:
    """Refuse a day that is open, or sealed twice while nobody chose which counts."""
    sealed = settlements.sealed(rows, day.day_id)
    if sealed is None:
        raise DomainError("settlement.not_sealed", market=day.market, date=day.business_date)
    if sealed.undecided:
        raise DomainError("day.seals_undecided", count=sealed.undecided)


def _tells_something(rows: Rows, part: Part) -> bool:
    slips = settlements.slips(rows, part.day.day_id, part.until, part.after)
    return bool(slips.sales or slips.refunds)


def _in_run(told: SettledStatement, run_id: str) -> SettledStatement:
    return SettledStatement(
        run_id, told.vendor_id, told.vendor, told.hash, told.statement, told.account, told.goods,
        told.sales_count, told.booth,
    )  # fmt: skip
