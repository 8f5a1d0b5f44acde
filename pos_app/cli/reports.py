"""The reports in every format."""

from pathlib import Path
from typing import Any

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, give, give_json
from pos_app.domain.errors import DomainError
from pos_app.domain.market_day import parse_business_date
from pos_app.reports import text_export
from pos_app.reports.asked import Asked
from pos_app.reports.settlements import rules_table, settlements_table
from pos_app.reports.table import Table
from pos_app.services.house import House
from pos_app.services.report_scope import period
from pos_app.services.reporting import render, write

Made = tuple[Any, tuple[Table, ...]]


def report(context: Context) -> int:
    """Any report as text, JSON, CSV, XLSX or PDF."""
    args = context.args
    asked = _asked(context)
    with context.house(acting=bool(getattr(args, "operator", None))) as house:
        document, tables = (
            _settlement(house, args.date) if args.what == "settlement" else _made(house, context, asked)
        )
        footer = house.desk.settings.get("shop_name")
    wanted = "json" if context.json else args.format
    if wanted == "json":
        return _json(args.output, document)
    if wanted == "text":
        return _text(args.output, text_export.render(*tables))
    if not args.output:
        raise DomainError("output.needs_file", format=wanted)
    write(Path(args.output), render(tables, wanted, footer))
    return DONE


def _asked(context: Context) -> Asked:
    args = context.args
    if args.date:
        from_on, until_on = period(args.date)
        if args.until_on:
            until_on = parse_business_date(args.until_on)
    else:
        from_on = parse_business_date(args.from_on) if args.from_on else ""
        until_on = parse_business_date(args.until_on) if args.until_on else ""
    return Asked(from_on, until_on, args.market or "", args.vendor or "", args.cooperative or "")


def _made(house: House, context: Context, asked: Asked) -> Made:
    made = house.reports.make(context.args.what, asked)
    return made.figures, (*made.tables, *made.papers)


def _settlement(house: House, date: str | None) -> Made:
    figures = house.settlements.report(parse_business_date(date) if date else None)
    return figures, (settlements_table(figures), rules_table(figures))


def _json(output: str | None, document: Any) -> int:
    if output:
        # lazy: only for a file
        import json

        write(Path(output), json.dumps(document, ensure_ascii=False, indent=1).encode())
    else:
        give_json(document)
    return DONE


def _text(output: str | None, text: str) -> int:
    if output:
        write(Path(output), text.encode())
    else:
        give(text)
    return DONE
