"""Every question to the tables is answered alike by both kinds of store, and so are the services' reports."""

import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pos_app.reports import names
from pos_app.runtime.clock import Clock
from pos_app.runtime.paths import Home
from pos_app.services.desk import Desk
from pos_app.services.house import House
from pos_app.storage import queries
from pos_app.storage.engine import Database
from pos_app.storage.opening import open_store
from pos_app.storage.queries import sales as sales_queries
from pos_app.storage.settings import Settings
from pos_app.storage.unit_of_work import UnitOfWork
from sync import store
from tests.scenarios.whole_market import DATE, WholeMarket
from tests.storage.twins import bring, contents

# What these tell is this machine's own, or a mark that only has to change when something does.
LOCAL = {"own_registers", "parked", "needs_catching_up", "fold_version"}
PLAIN: dict[str, tuple[Any, ...]] = {
    "limit": (1, 7, 500),
    "register": ("R1", "R2"),
    "text": ("", "사과", "R1-", "%", "_", "\\", "10:", "a", "원"),
    "tender": ("", "card", "voucher"),
    "from_on": ("2026-01-01",),
    "until_on": (DATE,),
    "before_on": ("2027-01-01",),
    "business_date": (DATE, "2020-01-01"),
    "weighed_rounding_won": (1, 10),
    "departments": (False, True),
    "credit": (False, True),
    "label": ("P001", "V01", "x"),
    "where": ("day_id", "shift_id"),
    "vendors": ((),),
}
# Where the values of a parameter stand in the tables.
FOUND = {
    "day_id": ("market_day", "day_id"),
    "value": ("market_day", "day_id"),
    "shift_id": ("shift", "id"),
    "sale_id": ("sale", "id"),
    "subject_id": ("sale", "id"),
    "vendor_id": ("vendor", "id"),
    "product_id": ("product", "id"),
    "run_id": ("settlement_run", "run_id"),
    "order_id": ("preorder", "id"),
    "token": ("preorder", "token"),
    "receipt_no": ("sale", "receipt_no"),
    "roster_id": ("roster", "roster_id"),
    "code": ("barcode", "code"),
    "name": ("vendor", "name"),
    "operator_id": ("operator", "id"),
    "device_id": ("sale", "register"),
    "donation_id": ("donation", "id"),
    "but": ("donation", "id"),
    "entity_id": ("edit", "entity_id"),
    "batch_id": ("goods_batch", "batch_id"),
    "market_id": ("market_day", "market_id"),
    "plan_id": ("markdown", "id"),
    "refund_id": ("refund", "id"),
    "log": ("log", "log"),
}
LISTS = {
    "days": "day_id", "rosters": "roster_id", "sale_ids": "sale_id", "product_ids": "product_id", "device_ids": "device_id"
}  # fmt: skip


def house_over(database: Database, home: Path) -> House:
    """The use cases over any store."""
    clock, settings = Clock(), Settings(database)
    return House(Desk(UnitOfWork(database, clock), clock, Home(home), settings), database)


@pytest.fixture(scope="module")
def twins(
    whole_market: WholeMarket, postgres_of_module: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[House, House]]:
    """The market's day in a SQLite file that only received it, and in PostgreSQL."""
    real = whole_market.house.database
    folder = tmp_path_factory.mktemp("twins")
    made = []
    for place in (folder / "jangteo.db", postgres_of_module):
        database = open_store(place)
        bring(database, *contents(real))
        with real.read() as rows:
            keys = rows.all('SELECT "subject", "key" FROM "subject_key"')
        with database.write() as rows:
            rows.insert(store.subject_key, keys)
        made.append(house_over(database, folder))
    yield made[0], made[1]
    for house in made:
        house.close()


def questions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of the queries that takes rows."""
    for module in pkgutil.iter_modules(queries.__path__):
        found = importlib.import_module(f"{queries.__name__}.{module.name}")
        for name, function in inspect.getmembers(found, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if function.__module__ == found.__name__ and not name.startswith("_") and first == "rows":
                yield f"{module.name}.{name}", function


QUESTIONS = {name: function for name, function in questions() if name.split(".")[1] not in LOCAL}


def some(house: House, table: str, column: str) -> tuple[Any, ...]:
    """A few values that stand in a column, and one that does not."""
    with house.database.read() as rows:
        found = [row[0] for row in rows.all(f'SELECT DISTINCT "{column}" FROM "{table}" ORDER BY 1')]
    strange = b"\x00" * 32 if column == "log" else "no-such-thing"
    return (*dict.fromkeys((*found[:2], *found[len(found) // 2 : len(found) // 2 + 1], *found[-1:])), strange)


def choices(house: House, name: str, parameter: inspect.Parameter) -> tuple[Any, ...]:
    """Values worth trying for one parameter."""
    if name in PLAIN:
        return PLAIN[name]
    if name in FOUND:
        return some(house, *FOUND[name])
    if name in LISTS:
        whole = some(house, *FOUND[LISTS[name]])
        return (whole, whole[:1], ())
    kind = str(parameter.annotation)
    if "Mapping[str, int]" in kind:
        with house.database.read() as rows:
            ends = {at.log.hex(): at.seq for at in store.heads(rows)}
        return (ends, {}, {log: seq // 2 for log, seq in ends.items()})
    if name == "sale":
        with house.database.read() as rows:
            found = [sales_queries.sale(rows, each) for each in some(house, "sale", "id")[:2]]
        return tuple(each.sale for each in found if each)
    if parameter.default is not inspect.Parameter.empty:
        return (parameter.default,)
    plain = {"str": ("01" * 32, ""), "int": (1, 9), "bool": (False, True), "bytes": (b"\x01" * 32,)}
    return plain.get(getattr(parameter.annotation, "__name__", ""), ((),))


def arguments(house: House, function: Callable[..., Any]) -> Iterator[tuple[Any, ...]]:
    """What a question is asked with."""
    parameters = list(inspect.signature(function).parameters.items())[1:]
    values = [choices(house, name, parameter) for name, parameter in parameters]
    yield from itertools.islice(itertools.product(*values), 60)


def answer(house: House, function: Callable[..., Any], values: tuple[Any, ...]) -> str:
    with house.database.read() as rows:
        try:
            said = function(rows, *values)
            if isinstance(said, Iterator):
                said = list(said)
            if isinstance(said, dict):
                said = sorted(said.items())
            ordered = any(word in inspect.getsource(function) for word in ("ORDER BY", "sorted("))
            return repr(said if ordered or not isinstance(said, list) else sorted(said))
        except (ValueError, LookupError, TypeError, AttributeError) as problem:
            return repr(problem)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_is_answered_alike(twins: tuple[House, House], name: str) -> None:
    one, other = twins
    asked = list(arguments(one, QUESTIONS[name]))
    assert asked
    for values in asked:
        assert answer(other, QUESTIONS[name], values) == answer(one, QUESTIONS[name], values), values


@pytest.mark.parametrize("what", names.NAMES)
def test_a_report_is_told_alike(twins: tuple[House, House], what: str) -> None:
    one, other = (house.reports.figures(what) for house in twins)
    assert other == one


def test_board_sheet_and_settlement_are_told_alike(twins: tuple[House, House]) -> None:
    one, other = twins
    assert other.day_close.overview() == one.day_close.overview()
    assert other.day_close.sheet() == one.day_close.sheet()
    assert other.day_close.documents() == one.day_close.documents()
    assert other.day_close.books_apart() == one.day_close.books_apart()
    assert other.settlements.views() == one.settlements.views()
    assert other.settlements.report() == one.settlements.report()
    for view in one.settlements.views():
        assert other.statements.of_run(view) == one.statements.of_run(view)
        assert other.settlements.totals(view) == one.settlements.totals(view)
    assert other.integrity.verify() == one.integrity.verify()
    assert other.integrity.digest() == one.integrity.digest()
    assert other.integrity.rebuild().different == ()
