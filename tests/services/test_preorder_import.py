"""Order sheets taken in: bad cells named, told again without doubling, nothing half done."""

import random
from pathlib import Path
from typing import Any

import pytest

from pos_app.domain.operators import Role
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.bundles import PartWish
from pos_app.services.house import House
from pos_app.services.imports import ImportRefused
from pos_app.services.order_import import OrdersTaken
from tests.importing.market_sheets import book
from tests.services.houses import (
    DATE,
    event_bytes,
    good_id,
    open_market,
    refused,
    session,
    stored,
    table,
)  # fmt: skip
from tests.services.ordering import PEOPLE, of, pay, sheet, token


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_market(tmp_path / "home")


@pytest.fixture
def orders(house: House, tmp_path: Path) -> House:
    """A house with the four orders."""
    house.preorders.take(sheet(tmp_path))
    return house


@pytest.mark.acceptance("A49")
def test_bad_cells_are_named_and_good_rows_kept(house: House, tmp_path: Path) -> None:
    people = [list(row) for row in PEOPLE]
    people[0][3], people[2][3] = "두 병", -1
    done = house.preorders.take(sheet(tmp_path, people))
    assert [cell for cell, _ in done.bad] == ["주문!D3", "주문!D5"]
    assert (done.people, done.lines, done.new) == (3, 3, 3)
    with pytest.raises(ImportRefused) as strict:
        house.preorders.take(sheet(tmp_path, people), strict=True)
    assert [cell for cell, _ in strict.value.bad] == ["주문!D3", "주문!D5"]


@pytest.mark.acceptance("A49")
def test_five_hundred_rows_with_bad_ones_named_by_cell(house: House, tmp_path: Path) -> None:
    chosen = random.Random(49)
    people: list[list[Any]] = [
        [f"{number % 20}부", f"사람{number:03d}", f"010-0000-{number:04d}", 1 + number % 3, None, None]
        for number in range(500)
    ]
    bad = sorted(chosen.sample(range(500), 25))
    for number in bad:
        people[number][3] = chosen.choice(["세 병", -2, 1.5, "#REF!"])
    done = house.preorders.take(sheet(tmp_path, people))
    assert [cell for cell, _ in done.bad] == [f"주문!D{number + 3}" for number in bad]
    assert (done.people, done.new, len(table(house, "preorder"))) == (475, 475, 475)
    again = house.preorders.take(sheet(tmp_path, people))
    assert (again.new, again.changed, again.same) == (0, 0, 475)


def test_told_again_it_changes_orders_and_doubles_none(orders: House, tmp_path: Path) -> None:
    before = {order.id: token(orders, order) for order in orders.preorders.all()}
    people = [list(row) for row in PEOPLE]
    people[0][3] = 5
    done = orders.preorders.take(sheet(tmp_path, people[:3]))
    assert counts(done) == (0, 1, 2, 0, 1)
    after = {order.id: token(orders, order) for order in orders.preorders.all()}
    assert after == before, "the printed labels stay right"
    assert of(orders, "강민영").lines[0].quantity_milli == 5000


def counts(done: OrdersTaken) -> tuple[int, ...]:
    return done.new, done.changed, done.same, done.kept, done.absent


def test_a_look_keeps_nothing(house: House, tmp_path: Path) -> None:
    before = event_bytes(house)
    done = house.preorders.take(sheet(tmp_path), dry_run=True)
    assert counts(done) == (4, 0, 0, 0, 0) and done.total_won == 126_835
    assert event_bytes(house) == before and not table(house, "preorder")
    assert not table(house, "subject_key")


def test_what_was_changed_by_hand_stays_until_the_sheet_says_otherwise(orders: House, tmp_path: Path) -> None:
    order = of(orders, "강민영")
    orders.preorders.take_out(order.id, 2)
    assert counts(orders.preorders.take(sheet(tmp_path))) == (0, 0, 4, 0, 0)
    assert len(of(orders, "강민영").lines) == 1
    pay(orders, of(orders, "김서경"))
    orders.preorders.cancel(of(orders, "7091").id)
    people = [[*row[:3], 1, 1, 1] for row in PEOPLE]
    assert counts(orders.preorders.take(sheet(tmp_path, people))) == (0, 2, 0, 2, 0)


def test_a_sheet_of_elsewhere_is_refused_in_a_sentence(house: House, tmp_path: Path) -> None:
    other = sheet(tmp_path, title="나주 금요장터 사전주문 취합표")
    with refused("preorder.other_market"):
        house.preorders.take(other)
    another_day = sheet(tmp_path, title="시험 장터 2026-12-04 사전주문 취합표")
    with refused("preorder.sheet_date"):
        house.preorders.take(another_day)
    assert house.preorders.take(another_day, on=DATE, dry_run=True).new == 4
    assert house.preorders.take(sheet(tmp_path, title="나주 금요장터"), anyway=True).new == 4
    with refused("day.unknown"):
        house.preorders.take(other, on="2031-01-01")


def test_strange_sheets_leave_nothing_behind(house: House, tmp_path: Path) -> None:
    before = event_bytes(house)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises((EnvironmentFault, ImportRefused)):
        house.preorders.take(tmp_path / "broken.xlsx")
    with pytest.raises(EnvironmentFault):
        house.preorders.take(tmp_path / "none.xlsx")
    with pytest.raises(ImportRefused) as empty:
        house.preorders.take(book(tmp_path / "empty.xlsx", {"주문": [["안녕"]]}))
    assert empty.value.code == "import.fatal"
    unknown = book(
        tmp_path / "unknown.xlsx",
        {"주문": [["부서", "성명", "꽃차", "모르는 물건"], ["총무부", "강민영", 1, 2]]},
    )
    done = house.preorders.take(unknown, dry_run=True)
    assert done.lines == 1 and [cell for cell, _ in done.bad] == ["주문!D1"]
    house.use(session(Role.CASHIER))
    with refused("right.missing"):
        house.preorders.take(sheet(tmp_path))
    assert event_bytes(house) == before


def test_a_bundle_can_be_ordered_and_its_parts_are_made_ready(house: House, tmp_path: Path) -> None:
    parts = [PartWish(good_id("P002"), 1000), PartWish(good_id("P006"), 2000)]
    house.bundles.save("명절 상자", 40_000, parts)
    house.preorders.take(
        book(
            tmp_path / "b.xlsx", {"주문": [["부서", "성명", "명절 상자", "꽃차"], ["총무부", "강민영", 2, 1]]}
        )
    )
    picks = {line.name: line.quantity_milli for line in house.preorders.pick_list()}
    assert picks == {"참기름 320ml": 2000, "꽃차": 5000}
    sale = stored(house, pay(house, of(house, "강민영")))
    assert [line.bundle_count for line in sale.lines] == [2, 2, 0]
    assert sale.gross_won == 92_345
