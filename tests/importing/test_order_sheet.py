"""Order sheets: bad cells are named with the reason, the rest comes through, whatever the file."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.importing.grid import MAX_COLUMNS, Broken, Grid
from pos_app.importing.order_sheet import CatalogueItem, OrderSheet, grids_to_orders, read
from pos_app.importing.order_sheet_cells import last_four, ordered_milli
from pos_app.importing.order_sheet_products import Catalogue
from pos_app.importing.workbook import read as read_catalogue
from pos_app.runtime.faults import EnvironmentFault
from tests.importing.market_sheets import book
from tests.importing.order_sheets import HEAD, ITEMS, NAMES, essence, orders, people_rows

DEMO = Path(__file__).parents[2] / "resources" / "demo"
WHO = ["총무부", "강민영", "010-3907-2953"]


def named(found: OrderSheet) -> dict[str, str]:
    """The bad cells without the sheet's name."""
    return {bad.cell.split("!")[1]: bad.reason for bad in found.bad}


def warned(found: OrderSheet) -> dict[str, str]:
    return {bad.cell.split("!")[1]: bad.reason for bad in found.warnings}


@pytest.mark.acceptance("A49")
def test_the_demo_sheet_names_its_three_bad_cells() -> None:
    rows = read_catalogue(DEMO / "catalogue.xlsx").products
    items = [CatalogueItem(p.code, p.name, p.unit, p.unit_price_won, p.code, p.vendor_name) for p in rows]
    found = read(DEMO / "preorders.xlsx", items)
    assert [(bad.cell, bad.reason) for bad in found.bad] == [
        ("주문취합!E21", "주문 수량은 숫자만 적어 주세요 (2개)."),
        ("주문취합!F37", "주문 수량은 0보다 작을 수 없어요 (-1)."),
        ("주문취합!G45", "낱개로 파는 물건의 주문 수량에 소수점이 있어요 (1.5)."),
    ]
    assert (found.warnings, found.people, len(found.products)) == ((), 60, 12)
    # the sheet's own sums, less what its three bad cells are worth in them
    assert found.total_won == sum(
        line.quantity_milli * price // 1000
        for line in found.lines
        for price in [next(p.unit_price_won or 0 for p in found.products if p.key == line.product)]
    )
    first = found.lines[0]
    assert (first.department, first.person, first.phone_last4, first.cell) == (
        "총무부", "강민영", "2953", "주문취합!E4",
    )  # fmt: skip
    assert {line.department for line in found.lines} == {
        "총무부", "재무처", "ICT기획처", "계통운영부", "상생협력부", "홍보실",
    }  # fmt: skip
    without = read(DEMO / "preorders.xlsx")
    assert (without.bad, len(without.lines)) == (found.bad, len(found.lines))
    assert without.lines[0].product == "두부과자"
    assert (found.title, found.market_hint) == (
        "한국전력공사 한전 완판장터 사전주문 취합표", "한국전력공사 한전 완판장터",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2개", "숫자만"),
        ("O", "숫자만"),
        ("두 개", "숫자만"),
        (True, "숫자만"),
        ("1/2", "숫자만"),
        ("1,5", "숫자만"),
        (-1, "0보다 작을"),
        ("−1", "0보다 작을"),
        ("△2", "0보다 작을"),
        (1.5, "소수점"),
        ("0.5", "소수점"),
        (99_999, "너무 커요"),
        (date(2026, 1, 2), "날짜"),
        ("#REF!", "수식"),
        ("=1+1", "수식"),
        ("9" * 400, "숫자만"),
    ],
)
def test_bad_quantities_are_named_and_the_rest_of_the_order_stays(
    tmp_path: Path, value: Any, reason: str
) -> None:
    found = orders(tmp_path, [[*HEAD, *NAMES], [*WHO, value, 2, None]])
    assert list(named(found)) == ["D2"]
    assert reason in named(found)["D2"]
    assert [(line.product, line.quantity_milli) for line in found.lines] == [("k-rice", 2_000)]
    assert found.warnings == ()


@pytest.mark.parametrize("value", [None, 0, "0", "-", "없음", "  ", "x", 0.0])
def test_nothing_ordered(tmp_path: Path, value: Any) -> None:
    found = orders(tmp_path, [[*HEAD, *NAMES], [*WHO, value, 2, None]])
    assert (found.bad, len(found.lines)) == ((), 1)


@pytest.mark.parametrize(
    ("value", "milli"), [(2, 2_000), (" ２ ", 2_000), ("'3", 3_000), ("1,000", 1_000_000), (4.0, 4_000)]
)
def test_quantities(tmp_path: Path, value: Any, milli: int) -> None:
    found = orders(tmp_path, [[*HEAD, *NAMES], [*WHO, value]])
    assert [line.quantity_milli for line in found.lines] == [milli]


def test_four_places_behind_the_point_are_too_many() -> None:
    with pytest.raises(Exception, match="셋째"):
        ordered_milli("0.0005", weighed=True)
    assert ordered_milli("0.005", weighed=True) == 5


def test_unknown_products_are_named_with_a_guess(tmp_path: Path) -> None:
    found = orders(tmp_path, [[*HEAD, "두부과지", "찹쌀 4kg", "꿀", "@#"], [*WHO, 1, 2, 3, 4]])
    assert named(found) == {
        "D1": "물건 목록에 없는 이름이에요 (두부과지). 혹시 '두부과자'인가요?",
        "F1": "같은 이름이 여럿이에요 (꿀: 곡성섬진 자활센터, 진도 공방). 품목코드나 업체를 적어 주세요.",
        "G1": "물건 이름이 비어 있는 열에 숫자가 있어 읽지 않았어요.",
    }
    assert [line.product for line in found.lines] == ["k-rice"]
    assert [(p.key, p.quantity_milli) for p in found.products] == [
        ("", 1_000),
        ("k-rice", 2_000),
        ("", 3_000),
    ]
    assert found.total_won is None


def test_part_of_a_name_and_the_same_price_will_do_and_is_said(tmp_path: Path) -> None:
    items = [
        *ITEMS,
        CatalogueItem("k-egg", "유정란 30구", "판", 9_900),
        CatalogueItem("k-egg-s", "유정란 10구", "판", 4_000),
    ]
    rows = [[*HEAD, "유정란", "유정란", "란"], [None, None, "단가", 9_900, 5_000, 9_900], [*WHO, 1, 2, 3]]
    found = read(book(tmp_path / "orders.xlsx", {"주문": rows}), items)
    assert warned(found) == {"D1": "이름의 일부와 단가가 맞아 이 물건으로 읽었어요: 유정란 30구"}
    assert [(line.product, line.quantity_milli) for line in found.lines] == [("k-egg", 1_000)]
    assert set(named(found)) == {"E1", "F1"}
    twins = [CatalogueItem("x", "사과 5kg", "상자", 100), CatalogueItem("y", "사과 3kg", "상자", 100)]
    assert Catalogue(twins).guess("사과", 100) is None
    assert Catalogue(twins).guess("햇사과 5kg 특품", 100) == twins[0]
    assert Catalogue(twins).guess("사과 5kg", None) is None


def test_a_column_of_remarks_is_left_alone_and_said(tmp_path: Path) -> None:
    found = orders(tmp_path, [[*HEAD, *NAMES, "받는 때"], [*WHO, 1, None, None, "오후"]])
    assert (found.bad, warned(found)) == ((), {"G1": "숫자가 없는 열이라 읽지 않았어요."})


def test_of_an_unknown_product_only_the_head_is_named(tmp_path: Path) -> None:
    found = orders(
        tmp_path, [[*HEAD, *NAMES, "떡"], [*WHO, 1, None, None, 2], ["", "김서경", "", None, 1, None, "2개"]]
    )
    assert named(found) == {"G1": "물건 목록에 없는 이름이에요 (떡)."}


def test_columns_without_a_name_are_named_when_they_hold_orders(tmp_path: Path) -> None:
    found = orders(tmp_path, [[*HEAD, *NAMES, None, None], [*WHO, 1, None, None, 7, None]])
    assert named(found) == {"G1": "물건 이름이 비어 있는 열에 숫자가 있어 읽지 않았어요."}


def test_a_product_in_two_columns_is_added_up_and_said(tmp_path: Path) -> None:
    found = orders(tmp_path, [[*HEAD, "두부과자", "P016"], [*WHO, 1, 2]])
    assert warned(found) == {"E1": "주문!D1에 있는 것과 같은 물건이에요. 둘을 더했어요."}
    assert found.products[0].quantity_milli == 3_000


def test_another_price_than_the_catalogues_is_said(tmp_path: Path) -> None:
    found = orders(
        tmp_path, [[*HEAD, *NAMES], [None, None, "단가", "4,000원", "미정", 2_900], [*WHO, 1, 1, 1]]
    )
    assert warned(found) == {"D1": "단가가 물건 목록과 달라요 (주문표 4,000원, 목록 3,500원)."}
    assert found.total_won == 4_000 + 19_800 + 2_900


def test_sums_that_do_not_agree_are_said(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [*HEAD, *NAMES, "총수량", "합계금액"],
        [*WHO, 1, 1, None, 3, 23_300],
        ["", "김서경", "", 2, None, None, 2, 7_500],
        ["합계", None, None, 4, 1, None, 5, None],
    ]
    assert warned(orders(tmp_path, rows)) == {
        "G2": "합계가 맞지 않아요 (적힌 것 3, 더한 것 2).",
        "H3": "합계가 맞지 않아요 (적힌 것 7,500, 더한 것 7,000).",
        "D4": "합계가 맞지 않아요 (적힌 것 4, 더한 것 3).",
    }


def test_an_order_without_a_name_is_named(tmp_path: Path) -> None:
    found = orders(
        tmp_path,
        [[*HEAD, *NAMES], [*WHO, 1], ["재무처", None, "010-1", 5], ["홍보실"], [None, "#N/A", None, 1]],
    )
    assert named(found) == {
        "B3": "성명이 비어 있어요. 누구의 주문인지 적어 주세요.",
        "B5": "수식이 틀렸어요 (#N/A). 값을 직접 적어 주세요.",
    }


def test_the_same_person_twice_is_kept_and_said(tmp_path: Path) -> None:
    found = orders(tmp_path, [[*HEAD, *NAMES], [*WHO, 1], [*WHO, 2]])
    assert warned(found) == {"B3": "'강민영'의 주문이 주문!B2에도 있어요. 둘 다 넣었어요."}
    assert found.people == 2


@pytest.mark.parametrize(
    ("value", "label", "digits"),
    [
        ("010-3907-2953", "", "2953"),
        (1_039_072_953, "", "2953"),
        ("010-1111-2222 / 010-3333-4444", "", "2222"),
        (39, "연락처뒷4자리", "0039"),
        (39, "연락처", ""),
        (None, "", ""),
        ("없음", "", ""),
    ],
)
def test_the_last_four_digits(value: Any, label: str, digits: str) -> None:
    assert last_four(value, label) == digits


@pytest.mark.parametrize("name", ["박성명", "홍길동", "이름", "Kim Min", "김 소계산", "남궁 가격"])
@pytest.mark.parametrize("department", ["가격조사팀", "단위사업팀", "바코드개발처", "합계산정부", "계"])
def test_no_name_makes_an_order_vanish(tmp_path: Path, name: str, department: str) -> None:
    found = orders(tmp_path, [[*HEAD, *NAMES], ["총무부", "강민영", "", 1], [department, name, "", 2]])
    assert [line.quantity_milli for line in found.lines] == [1_000, 2_000]


def test_an_unreadable_phone_is_only_said(tmp_path: Path) -> None:
    found = orders(tmp_path, [[*HEAD, *NAMES], ["총무부", "강민영", date(2026, 3, 4), 1]])
    assert list(warned(found)) == ["C2"]
    assert found.lines[0].phone_last4 == ""


def test_a_list_names_its_bad_cells(tmp_path: Path) -> None:
    head = ["부서", "성명", "연락처", "품목", "수량"]
    rows: list[list[Any]] = [
        head, [*WHO, "두부과자", "2개"], [*WHO, "없는 것", 1], ["", "김서경", "", "없는 것", 2], [*WHO, None, 3],
        [*WHO, "찹쌀 4kg", 1], ["", None, None, "감자", 1], [*WHO, date(2026, 1, 1), 1], [*WHO, None, None],
        ["합계", None, None, None, 9],
    ]  # fmt: skip
    found = orders(tmp_path, rows)
    assert set(named(found)) == {"E2", "D3", "D4", "D5", "B7", "D8"}
    assert [(line.product, line.order) for line in found.lines] == [("k-rice", "주문!B2")]


def test_a_sheet_without_orders_says_so(tmp_path: Path) -> None:
    sheets: list[list[list[Any]]] = [
        [["업체명", "품목명", "단가"], ["가", "나", 1]],
        [["성명", "부서"]],
        [[]],
    ]
    for rows in sheets:
        found = orders(tmp_path, rows)
        assert found.fatal
        assert (found.lines, found.bad[0].cell) == ((), "주문!A1")
    assert grids_to_orders([], Catalogue([])).bad[0].cell == "A1"


def test_a_head_without_people_below_is_no_trouble(tmp_path: Path) -> None:
    found = orders(tmp_path, [[*HEAD, *NAMES]])
    assert (found.lines, found.bad, found.fatal) == ((), (), "")


def test_too_wide_and_too_long_sheets_are_bounded() -> None:
    wide = Grid(
        "주문", [[*HEAD, *(f"물건 {n}" for n in range(MAX_COLUMNS - 3))], [*WHO, *[1] * (MAX_COLUMNS - 3)]]
    )
    found = grids_to_orders([wide], Catalogue([]))
    assert [bad.cell for bad in found.bad] == ["주문!DP1"]
    people: list[list[Any]] = [["부", f"사람{n}", None, *[1] * 100] for n in range(300)]
    long = Grid("주문", [[*HEAD, *(f"물건 {n}" for n in range(100))], *people])
    found = grids_to_orders([long], Catalogue([]))
    assert "20,000줄까지" in found.bad[0].reason
    assert 20_000 < len(found.lines) <= 20_100


@pytest.mark.acceptance("A49")
def test_five_hundred_rows_and_every_bad_one_named(tmp_path: Path) -> None:
    bad = {7: "2개", 123: -1, 499: 1.5}
    rows = [["처", f"사람{n}", f"010-0000-{n:04}", bad.get(n, 1), 1] for n in range(500)]
    found = orders(tmp_path, [["주문표"], [*HEAD, *NAMES[:2]], *rows])
    assert list(named(found)) == ["D10", "D126", "D502"]
    assert (len(found.lines), found.people) == (997, 500)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" + b"x" * 99, b"<html></html>"]
)
def test_foreign_files_are_faults_or_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "orders.xlsx"
    path.write_bytes(content)
    try:
        assert read(path, ITEMS).fatal
    except EnvironmentFault as fault:
        assert fault.title


cells = st.one_of(
    st.none(),
    st.integers(-5, 10**6),
    st.booleans(),
    st.sampled_from(
        [
            "성명",
            "부서",
            "합계",
            "두부과자",
            "단가",
            "품목",
            "수량",
            "연락처",
            "■ 총무부",
            "〃",
            "2개",
            "",
            "P016",
        ]
    ),
    st.just(Broken("formula")),
    st.text(max_size=5),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(cells, max_size=7), max_size=12),
    st.sets(st.tuples(st.integers(0, 11), st.integers(0, 6))),
)
def test_no_sheet_breaks_the_reader(rows: list[list[Any]], filled: set[tuple[int, int]]) -> None:
    grid = Grid("주문", rows, filled={place for place in filled if place[0] > 0})
    found = grids_to_orders([grid], Catalogue(ITEMS))
    assert all(line.quantity_milli > 0 and line.product for line in found.lines)
    ordered = [product for product in found.products if product.key]
    assert sum(product.quantity_milli for product in ordered) == sum(
        line.quantity_milli for line in found.lines
    )
    again = grids_to_orders([replace_grid(grid)], Catalogue(ITEMS))
    assert again == found


def replace_grid(grid: Grid) -> Grid:
    return replace(grid, rows=[list(row) for row in grid.rows])


def test_what_comes_through_is_what_was_written(tmp_path: Path) -> None:
    rows = people_rows()
    found = orders(tmp_path, [[*HEAD, *NAMES], *rows])
    assert len(essence(found)) == len(found.lines) == 4
