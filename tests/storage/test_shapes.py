"""What the tables can hold: no fraction anywhere, no sale line without an owner."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import BigInteger, Integer, LargeBinary, Text

from pos_app.facts.codec import TYPES
from pos_app.services.house import House
from pos_app.storage import local, tables, writing
from sync import store
from tests.services.houses import card, cash, open_market, sell, table

ALL_TABLES = [*writing.folded.sorted_tables, *local.metadata.sorted_tables, *store.metadata.sorted_tables]


def floats_in(value: Any) -> list[Any]:
    """Every float in plain data."""
    if isinstance(value, float):
        return [value]
    if isinstance(value, dict):
        return [found for item in value.values() for found in floats_in(item)]
    if isinstance(value, list | tuple):
        return [found for item in value for found in floats_in(item)]
    return []


@pytest.fixture
def sold(tmp_path: Path) -> House:
    """A day with weighed goods, discounts, split tenders, refunds, voids and a Z."""
    house = open_market(tmp_path, float_won=50_000)
    first = sell(house, [("P001", 1_337), ("P002", 2000)])
    sell(house, [("P003", 1000), ("P008", 777)], card(3_000), cash(100_000))
    sell(house, [("P004", 1000)])
    house.returns.refund(first, [(1, 337, True)], "까닭", house.till.rules[0].type)
    house.returns.void(house.returns.recent()[0].sale_id, "까닭")
    house.shifts.move_cash("pay_in", 7_000, "잔돈")
    house.shifts.count([(50_000, 1), (1_000, 3)])
    house.shifts.close("모자라요")
    return house


@pytest.mark.acceptance("A9")
def test_no_column_can_be_declared_for_a_fraction() -> None:
    for each in ALL_TABLES:
        for column in each.columns:
            assert isinstance(column.type, BigInteger | Integer | Text | LargeBinary), (
                f"{each.name}.{column.name}"
            )


@pytest.mark.acceptance("A9")
def test_no_stored_value_and_no_event_holds_a_fraction(sold: House) -> None:
    with sold.desk.work.read() as rows:
        for (name,) in rows.all("SELECT name FROM sqlite_master WHERE type = 'table'"):
            for _, column, declared, *_ in rows.all(f'PRAGMA table_info("{name}")'):
                assert not any(word in declared.upper() for word in ("REAL", "FLOA", "DOUB", "NUM", "DEC")), (
                    name
                )
                kinds = rows.all(f'SELECT DISTINCT typeof("{column}") FROM "{name}"')
                assert ("real",) not in kinds, f"{name}.{column}"
        for (data,) in rows.all('SELECT "bytes" FROM "event"'):
            assert floats_in(json.loads(data)) == []
        for (document,) in rows.all('SELECT "document" FROM "print_job"'):
            money = json.loads(document)
            assert floats_in(money) == []
    sold.close()


@pytest.mark.acceptance("A9")
def test_no_report_holds_a_fraction(sold: House) -> None:
    for report in (sold.reports.day(), sold.reports.hours(), sold.reports.tenders(), sold.reports.tax()):
        assert floats_in(report) == []
    assert '"won"' not in repr(sold.reports.day())
    sold.close()


@pytest.mark.acceptance("A9")
def test_every_fact_declares_whole_numbers_only() -> None:
    for fact in TYPES.values():
        for name, kind in fact.__annotations__.items():
            assert "float" not in str(kind), f"{fact.__name__}.{name}"
            assert "Decimal" not in str(kind), f"{fact.__name__}.{name}"


@pytest.mark.acceptance("A20")
def test_a_sale_line_without_owner_cannot_be_stored(sold: House) -> None:
    line = list(table(sold, "sale_line")[0])
    names = [column.name for column in tables.sale_line.columns]
    line[names.index("no")] = 99
    line[names.index("vendor_id")] = None
    with pytest.raises(sqlite3.IntegrityError), sold.database.write() as rows:
        rows.insert(tables.sale_line, [tuple(line)])
    for name in ("sale_line", "product_total", "stock_movement", "refund_line"):
        assert writing.folded.tables[name].columns["vendor_id"].nullable is False
    sold.close()


@pytest.mark.acceptance("A20")
def test_the_owner_stands_in_the_event_itself(sold: House) -> None:
    with sold.desk.work.read() as rows:
        bodies = [json.loads(data)["body"] for (data,) in rows.all('SELECT "bytes" FROM "event"')]
    lines = [line for body in bodies if "receipt_no" in body for line in body["lines"]]
    assert len(lines) == 6
    for line in lines:
        assert len(line["vendor_id"]) == 36
    for body in bodies:
        if "receipt_no" in body:
            assert all(
                {"name", "business_no", "tax_kind", "net_won"} <= set(seller) for seller in body["sellers"]
            )
    sold.close()
