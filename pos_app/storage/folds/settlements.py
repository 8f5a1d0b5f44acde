"""Folds of settlement runs, their statements, steps and notes."""

from pos_app.facts.settlements import SettledStatement, SettlementRun, SettlementStep, StatementNote
from pos_app.storage import market_tables as tables
from sync.canonical import encode
from sync.events import Event
from sync.rows import Rows


def fold_run(rows: Rows, event: Event, run: SettlementRun) -> None:
    """A run and the terms it was reckoned by."""
    row = (
        event.key,
        run.run_id,
        run.market_id,
        run.from_on,
        run.until_on,
        run.reverses,
        run.at,
        event.envelope.hlc,
        encode(run).decode(),
    )
    rows.insert_new(tables.settlement_run, row)


def fold_statement(rows: Rows, event: Event, told: SettledStatement) -> None:
    """One vendor's statement."""
    figures = told.statement
    row = (
        told.run_id,
        told.vendor_id,
        event.key,
        told.vendor,
        figures.net_won,
        figures.commission_won,
        figures.fees_won,
        figures.to_transfer_won,
        told.hash,
        encode(told).decode(),
    )
    rows.insert_new(tables.settled_statement, row)


def fold_step(rows: Rows, event: Event, went: SettlementStep) -> None:
    """A run or a statement of it went on."""
    row = (
        event.key,
        went.run_id,
        went.vendor_id,
        went.step,
        went.at,
        event.envelope.hlc,
        went.reference,
        went.operator_name,
    )
    rows.insert_new(tables.settlement_step, row)


def fold_note(rows: Rows, event: Event, note: StatementNote) -> None:
    """Something was written to a statement."""
    row = (event.key, note.run_id, note.vendor_id, note.at, event.envelope.hlc, note.text, note.author)
    rows.insert_new(tables.statement_note, row)
