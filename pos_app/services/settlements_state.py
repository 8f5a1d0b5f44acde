"""How far runs and their statements are, and what the paid ones left of each vendor: read, never decided here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.domain.settlement_run import RunState
from pos_app.facts.settlements import SettledStatement, SettlementRun
from pos_app.services.settlements_reading import Standing
from pos_app.storage.queries import settlements
from pos_app.storage.queries.settlements import Step
from sync.rows import Rows

WITHDRAWN = "withdrawn"
REDEEMED = "redeemed"


@dataclass(frozen=True, slots=True)
class RunView:
    """A run with its statements as they stand; `state` draft, approved, paid or withdrawn.

    `reversed_by` names the paid run that took this one back.
    """

    run: SettlementRun
    statements: tuple[SettledStatement, ...]
    state: str
    states: dict[str, str]  # of each vendor's statement
    paid_at: str = ""
    reference: str = ""
    redeemed: frozenset[str] = frozenset()
    reversed_by: str = ""

    @property
    def live(self) -> bool:
        """Whether its days count as settled by it."""
        return self.state != WITHDRAWN and not self.run.reverses and not self.reversed_by

    def of(self, vendor_id: str) -> SettledStatement | None:
        """One vendor's statement."""
        return next((told for told in self.statements if told.vendor_id == vendor_id), None)


def stands(steps: Sequence[Step], vendor_ids: Sequence[str]) -> tuple[str, dict[str, str], Step | None]:
    """(state of the run, of each statement, the step that paid it); after paid or withdrawn nothing counts."""
    states: dict[str, str] = dict.fromkeys(vendor_ids, RunState.DRAFT.value)
    for step in steps:
        if step.step in (RunState.APPROVED, RunState.DRAFT):
            states.update(dict.fromkeys([step.vendor_id] if step.vendor_id else vendor_ids, step.step))
        elif step.step == RunState.PAID:
            return RunState.PAID.value, dict.fromkeys(vendor_ids, RunState.PAID.value), step
        elif step.step == WITHDRAWN:
            return WITHDRAWN, dict.fromkeys(vendor_ids, WITHDRAWN), None
    whole = bool(states) and all(state == RunState.APPROVED for state in states.values())
    return (RunState.APPROVED if whole else RunState.DRAFT).value, states, None


def views(rows: Rows) -> list[RunView]:
    """Every run, the oldest first, without its statements: `filled` brings those of the runs that matter."""
    all_steps = settlements.steps(rows)
    found: list[RunView] = []
    for run in settlements.runs(rows):
        own = all_steps.get(run.run_id, [])
        vendor_ids = [vendor_id for vendor_id, _ in run.statements]
        state, states, paid = stands(own, vendor_ids)
        freed = set[str]()
        for step in own:
            if step.step == REDEEMED:
                freed.update([step.vendor_id] if step.vendor_id else vendor_ids)
        at, reference = (paid.at, paid.reference) if paid else ("", "")
        found.append(RunView(run, (), state, states, at, reference, frozenset(freed)))
    back = {v.run.reverses: v.run.run_id for v in found if v.run.reverses and v.state == RunState.PAID}
    return [replace(v, reversed_by=back.get(v.run.run_id, "")) for v in found]


def filled(rows: Rows, view: RunView) -> RunView:
    """A run with its statements: those that it names itself, as far as they have arrived here."""
    named = dict(view.run.statements)
    told = settlements.statements(rows, view.run.run_id)
    return replace(view, statements=tuple(each for each in told if named.get(each.vendor_id) == each.hash))


def standings(rows: Rows, found: Sequence[RunView], cooperative: str) -> dict[str, Standing]:
    """What the cooperative's paid runs left: the last carried balance, and held money that was redeemed."""
    carried: dict[str, int] = {}
    released: dict[str, int] = {}
    by_id = {view.run.run_id: view for view in found}
    paid = [by_id[run_id] for run_id in _paid_order(rows) if run_id in by_id]
    for view in paid:
        if view.run.cooperative != cooperative or view.state != RunState.PAID:
            continue
        freed = by_id[view.run.reverses].redeemed if view.run.reverses in by_id else view.redeemed
        for left in settlements.left_of(rows, view.run.run_id):
            carried[left.vendor_id] = left.statement.carried_out_won
            held = left.statement.held_back_won if left.vendor_id in freed else 0
            released[left.vendor_id] = released.get(left.vendor_id, 0) + held - left.statement.released_won
    return {vendor_id: Standing(carried[vendor_id], released[vendor_id]) for vendor_id in carried}


def _paid_order(rows: Rows) -> list[str]:
    """Runs in the order in which they were paid."""
    found = rows.all(
        'SELECT "run_id" FROM "settlement_step" WHERE "step" = ? ORDER BY "hlc", "key"', RunState.PAID.value
    )
    return list(dict.fromkeys(row[0] for row in found))
