"""The reports in every format."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, give, give_json
from pos_app.cli.papers import save
from pos_app.domain.errors import DomainError
from pos_app.domain.market_day import parse_business_date
from pos_app.reports import csv_export, pdf_export, text_export, xlsx_export
from pos_app.reports.day import day_tables
from pos_app.reports.hours import hours_table
from pos_app.reports.products import products_table
from pos_app.reports.settlements import rules_table, settlements_table
from pos_app.reports.table import Table
from pos_app.reports.tax import tax_table
from pos_app.reports.tenders import tenders_table
from pos_app.reports.vendors import vendors_table
from pos_app.services.house import House

Made = tuple[Any, tuple[Table, ...]]


def report(context: Context) -> int:
    """Any report as text, JSON, CSV, XLSX or PDF."""
    args = context.args
    date = parse_business_date(args.date) if args.date else None
    with context.house(acting=False) as house:
        document, made = _REPORTS[args.what](house, date)
    wanted = "json" if context.json else args.format
    if wanted == "json":
        return _json(args.output, document)
    if wanted == "text":
        text = text_export.render(*made)
        return _text(args.output, text)
    data = {"csv": csv_export, "xlsx": xlsx_export, "pdf": pdf_export}[wanted].render(*made)
    if not args.output:
        raise DomainError("output.needs_file", format=wanted)
    save(Path(args.output), data)
    return DONE


def _json(output: str | None, document: Any) -> int:
    if output:
        # lazy: only for a file
        import json

        save(Path(output), json.dumps(document, ensure_ascii=False, indent=1).encode())
    else:
        give_json(document)
    return DONE


def _text(output: str | None, text: str) -> int:
    if output:
        save(Path(output), text.encode())
    else:
        give(text)
    return DONE


def _day(house: House, date: str | None) -> Made:
    figures = house.reports.day(date)
    return figures, day_tables(figures)


def _vendors(house: House, date: str | None) -> Made:
    figures = house.reports.day(date)
    return _dated(figures, {"vendors": figures["by_vendor"]}), (vendors_table(figures),)


def _products(house: House, date: str | None) -> Made:
    figures = house.reports.day(date)
    return _dated(figures, {"products": figures["by_product"]}), (products_table(figures),)


def _listed(name: str, ask: Callable[[House, str | None], Any], table: Callable[..., Table]) -> Any:
    def made(house: House, date: str | None) -> Made:
        figures, found = house.reports.day(date), ask(house, date)
        subtitle = f"{figures['market']} {figures['business_date']}"
        return _dated(figures, {name: found}), (table(found, subtitle),)

    return made


def _dated(figures: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    return {"market": figures["market"], "business_date": figures["business_date"], **more}


def _settlement(house: House, date: str | None) -> Made:
    figures = house.settlements.report(date)
    return figures, (settlements_table(figures), rules_table(figures))


_REPORTS: dict[str, Callable[[House, str | None], Made]] = {
    "day": _day,
    "vendors": _vendors,
    "products": _products,
    "tenders": _listed("tenders", lambda house, date: house.reports.tenders(date), tenders_table),
    "hours": _listed("hours", lambda house, date: house.reports.hours(date), hours_table),
    "settlement": _settlement,
    "tax": _listed("tax", lambda house, date: house.reports.tax(date), tax_table),
}
