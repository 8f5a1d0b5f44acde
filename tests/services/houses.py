"""A small market by hand: houses opened on real files, filled without a workbook."""

import atexit
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain import identity
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.facts.catalogue import GoodsMovement, Roster
from pos_app.facts.sales import Sale
from pos_app.runtime.clock import Clock
from pos_app.services.desk import Session
from pos_app.services.editing import edit_of
from pos_app.services.house import House
from pos_app.storage.folds.dispatch import fold_waiting
from pos_app.storage.queries import sales
from pos_app.storage.unit_of_work import CATALOGUE

MARKET = "시험 장터"
DATE = "2026-11-20"


@dataclass(frozen=True, slots=True)
class Good:
    """One product of the small market; `vendor` is the index in VENDORS."""

    code: str
    vendor: int
    name: str
    unit: str
    price: int
    tax: str = "exempt"
    sold_by: str = "each"
    oversell: str = "warn"
    barcodes: tuple[str, ...] = ()
    brought: int = 0


# name, tax kind, sale mode
VENDORS = (
    ("너른들 농장", "unregistered", "consignment"),
    ("새벽 공방", "general", "consignment"),
    ("한빛 식품", "simplified", "consignment"),
    ("두레 자활센터", "exempt", "consignment"),
    ("조합 매장", "general", "direct"),
)
GOODS = (
    Good("P001", 0, "감자", "kg", 2_900, "exempt", "weight", "warn", (), 20_000),
    Good("P002", 1, "참기름 320ml", "병", 21_000, "taxable", "each", "warn", ("8807127684265",), 60_000),
    Good("P003", 1, "손수건", "장", 3_333, "taxable", "each", "block", (), 5_000),
    Good("P004", 2, "도시락", "개", 8_500, "taxable", "each", "allow", (), 1_000),
    Good("P005", 2, "배 7.5kg", "상자", 35_000, "exempt", "each", "warn", (), 0),
    Good("P006", 3, "꽃차", "통", 12_345, "taxable", "each", "warn", (), 30_000),
    Good("P007", 4, "꾸러미", "개", 19_999, "taxable", "each", "warn", (), 30_000),
    Good("P008", 0, "돌산갓", "kg", 4_217, "exempt", "weight", "warn", (), 50_000),
)


def vendor_id(number: int) -> str:
    """The id of the vendor with this index."""
    return identity.vendor_id("", VENDORS[number][0], "")


def good_id(code: str) -> str:
    """The id of the product with this code."""
    good = next(each for each in GOODS if each.code == code)
    return identity.product_id(vendor_id(good.vendor), good.name, good.unit)


def fill(house: House, brought: bool = True) -> None:
    """Put the small market's vendors, products and codes into an open house."""
    with house.desk.work.begin() as work:
        for number, (name, tax_kind, mode) in enumerate(VENDORS):
            wanted = {"name": name, "tax_kind": tax_kind, "sale_mode": mode}
            edit = edit_of(work.rows, "vendor", vendor_id(number), wanted)
            if edit is not None:
                work.record(CATALOGUE, edit)
        for good in GOODS:
            fields = {
                "vendor_id": vendor_id(good.vendor),
                "name": good.name,
                "unit": good.unit,
                "unit_price_won": good.price,
                "tax_class": good.tax,
                "sold_by": good.sold_by,
                "oversell": good.oversell,
                "barcodes": list(good.barcodes),
            }
            edit = edit_of(work.rows, "product", good_id(good.code), fields)
            if edit is not None:
                work.record(CATALOGUE, edit)
        vendors = tuple((f"V{n + 1:02d}", vendor_id(n), n + 1) for n in range(len(VENDORS)))
        goods = tuple((g.code, good_id(g.code), g.brought if brought else 0) for g in GOODS)
        work.record(CATALOGUE, Roster("11111111-1111-5111-8111-111111111111", "시험", vendors, goods))


def open_market(home: Path, *, clock: Clock | None = None, float_won: int = 0, brought: bool = True) -> House:
    """A house with the small market, its day and a shift open at R1.

    Without a clock of its own it is copied from one made earlier, so its journal begins like theirs.
    """
    if clock is not None:
        return _made(home, clock, float_won, brought)
    shutil.copytree(_pattern(float_won, brought), home, dirs_exist_ok=True)
    return open_house(home)


def _made(home: Path, clock: Clock, float_won: int, brought: bool) -> House:
    house = open_house(home, clock=clock)
    fill(house, brought)
    house.days.open(MARKET, DATE, "R1")
    house.shifts.open(float_won)
    return house


@cache
def _pattern(float_won: int, brought: bool) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="jangteo-pattern-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _made(folder, Clock(), float_won, brought).close()
    return folder


def session(role: Role, name: str = "") -> Session:
    """Somebody of this role at the till, without a PIN."""
    return Session(f"00000000-0000-4000-8000-{role.value:0>12.12}", name or role.value, role)


def cash(won: int) -> TenderInput:
    """So much cash handed over."""
    return TenderInput(TenderType.CASH, won)


def card(won: int, approval: str = "12345678") -> TenderInput:
    """So much by card."""
    return TenderInput(TenderType.CARD, won, approval_no=approval)


def sell(house: House, lines: Iterable[tuple[str, int]], *tenders: TenderInput) -> str:
    """Sell (code, milli) at this till; the sale's id. Without tenders: a million in cash."""
    for code, milli in lines:
        house.till.add(good_id(code), milli)
    return house.till.complete(tenders or [cash(10_000_000)]).sale_id


def table(house: House, name: str) -> list[tuple[object, ...]]:
    """All rows of one table, sorted."""
    with house.desk.work.read() as rows:
        return sorted(rows.all(f'SELECT * FROM "{name}"'), key=repr)


def event_bytes(house: House) -> dict[bytes, bytes]:
    """Every event's bytes by its key."""
    with house.desk.work.read() as rows:
        return {bytes(key): bytes(data) for key, data in rows.all('SELECT "key", "bytes" FROM "event"')}


def take_goods(house: House, reason: str, code: str, milli: int, batch: str) -> None:
    """A stock movement other than a sale, as the journal keeps it (signed milli)."""
    good = next(each for each in GOODS if each.code == code)
    view = house.days.current()
    assert view is not None
    line = ((good_id(code), vendor_id(good.vendor), milli),)
    with house.desk.work.begin() as work:
        work.record(CATALOGUE, GoodsMovement(batch, view.day_id, house.desk.clock.stamp(), reason, line))


def fold_all(house: House) -> int:
    """Fold whatever waits; how many events that were."""
    count = 0
    while True:
        with house.database.write() as rows:
            taken = fold_waiting(rows)
        if not taken:
            return count
        count += taken


def stored(house: House, sale_id: str) -> Sale:
    """The sale as its event tells it."""
    with house.desk.work.read() as rows:
        found = sales.sale(rows, sale_id)
    assert found is not None
    return found.sale


def refused(code: str) -> "pytest.RaisesExc[DomainError]":
    """A rule says no with this code."""
    return pytest.raises(DomainError, check=lambda error: error.code == code)
