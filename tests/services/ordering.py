"""Order sheets and orders of the small market, for the tests of services."""

from pathlib import Path
from typing import Any

from pos_app.domain.preorder import QR_PREFIX
from pos_app.services.house import House
from pos_app.services.preorders import OrderView
from tests.importing.market_sheets import book
from tests.services.houses import cash

GOODS = ["참기름 320ml", "꽃차", "감자"]
PRICES = [21_000, 12_345, 2_900]
HEAD = ["부서", "성명", "연락처", *GOODS]
PEOPLE: list[list[Any]] = [
    ["총무부", "강민영", "010-3907-2953", 1, None, 2],
    ["총무부", "김서경", "010-7813-6729", None, 1, None],
    ["재무처", "최민수", "010-5350-7091", 3, None, None],
    ["재무처", "최민수", "010-1111-2953", None, 2, None],
]


def sheet(folder: Path, people: list[list[Any]] = PEOPLE, title: str = "") -> Path:
    rows: list[list[Any]] = [[title]] if title else []
    rows += [HEAD, ["", "단가", "", *PRICES], *people]
    return book(folder / "orders.xlsx", {"주문": rows})


def of(house: House, query: str) -> OrderView:
    (found,) = house.preorders.all(query)
    return found


def token(house: House, order: OrderView) -> str:
    with house.desk.work.read() as rows:
        row = rows.one('SELECT "token" FROM "preorder" WHERE "id" = ?', order.id)
    assert row is not None
    return QR_PREFIX + row[0]


def pay(house: House, order: OrderView) -> str:
    house.pick_ups.take(order.id)
    return house.till.complete([*house.pick_ups.prepaid(), cash(1_000_000)]).sale_id
