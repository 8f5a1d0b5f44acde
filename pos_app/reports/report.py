"""A finished report: its tables, the one figure that stands for it, and the same as plain figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pos_app.i18n.texts import tr
from pos_app.reports.agency import agency_tables, donations_tables
from pos_app.reports.cash import cash_table
from pos_app.reports.categories import categories_table
from pos_app.reports.credit import credit_tables, statement_tables
from pos_app.reports.day import day_tables
from pos_app.reports.figures import Figures, heading, number, rows
from pos_app.reports.hours import hours_table
from pos_app.reports.names import name_of
from pos_app.reports.preferential import preferential_tables
from pos_app.reports.products import products_table
from pos_app.reports.refunds import refunds_tables
from pos_app.reports.sell_through import sell_through_tables
from pos_app.reports.table import Table
from pos_app.reports.tax import tax_table
from pos_app.reports.tenders import tenders_table
from pos_app.reports.vendors import vendors_table


@dataclass(frozen=True, slots=True)
class Report:
    """What was made. `papers` are further tables that only a file holds (거래명세서)."""

    what: str
    title: str
    heading: str
    figures: Mapping[str, Any]
    tables: tuple[Table, ...]
    total_name: str
    total: int
    permille: bool = False
    papers: tuple[Table, ...] = ()

    @property
    def empty(self) -> bool:
        """Say whether there is nothing in it."""
        return self.total == 0 and not any(
            cell for table in self.tables for row in table.rows for cell in row[1:] if isinstance(cell, int)
        )


def compose(what: str, figures: Figures) -> Report:
    """Return the report that these figures make."""
    word, total = _total(what, figures)
    return Report(
        what,
        name_of(what),
        heading(figures),
        figures,
        _TABLES[what](figures),
        word,
        total,
        what == "sellthrough",
        statement_tables(figures) if what == "credit" else (),
    )


def _total(what: str, figures: Figures) -> tuple[str, int]:
    if what == "sellthrough":
        return tr("완판율"), number(figures, "permille") if figures.get("permille") is not None else 0
    if what == "cash":
        counted = [row for row in rows(figures, "shifts") if row.get("over_short_won") is not None]
        return tr("과부족"), sum(number(row, "over_short_won") for row in counted)
    if what == "refunds":
        return tr("환불한 돈"), number(figures, "refunds_won")
    if what == "credit":
        return tr("외상"), sum(number(row, "total_won") for row in rows(figures, "departments"))
    names = {
        "day": "net_won",
        "agency": "sales_won",
        "preferential": "certified_won",
        "donations": "donated_won",
    }
    if what in names:
        words = {"preferential": tr("인증 제품 매출"), "donations": tr("기부한 값")}
        return words.get(what, tr("순매출")), number(figures, names[what])
    parts = ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")
    if what == "tax":
        return tr("순매출"), sum(number(row, part) for row in rows(figures, "tax") for part in parts)
    listed = {"categories": "by_category"}.get(what, what)
    return tr("순매출"), sum(number(row, "net_won") for row in rows(figures, listed))


_TABLES: dict[str, Callable[[Figures], tuple[Table, ...]]] = {
    "day": day_tables,
    "vendors": lambda figures: (vendors_table({**figures, "by_vendor": figures["vendors"]}),),
    "products": lambda figures: (products_table({**figures, "by_product": figures["products"]}),),
    "categories": lambda figures: (categories_table(figures),),
    "tenders": lambda figures: (tenders_table(rows(figures, "tenders"), heading(figures)),),
    "hours": lambda figures: (hours_table(rows(figures, "hours"), heading(figures)),),
    "tax": lambda figures: (tax_table(rows(figures, "tax"), heading(figures)),),
    "refunds": refunds_tables,
    "cash": lambda figures: (cash_table(figures),),
    "sellthrough": sell_through_tables,
    "agency": agency_tables,
    "preferential": preferential_tables,
    "credit": credit_tables,
    "donations": donations_tables,
}
