"""Builds agencies' order sheets for the tests: the same orders in many layouts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pos_app.importing.order_sheet import CatalogueItem, OrderSheet, read
from tests.importing.market_sheets import book

ITEMS = [
    CatalogueItem("k-tofu", "두부과자", "봉", 3_500, "P016", "빛고을 식품", ("8801471049749",)),
    CatalogueItem("k-rice", "찹쌀 4kg", "포", 19_800, "P044", "장성편백 사회적협동조합"),
    CatalogueItem("k-potato", "감자", "kg", 2_900, "P002", "해남땅끝 공방", weighed=True),
    CatalogueItem("k-honey-a", "꿀", "병", 38_000, "P033", "곡성섬진 자활센터"),
    CatalogueItem("k-honey-b", "꿀", "통", 25_000, "P050", "진도 공방"),
    CatalogueItem("k-seal", "합계표 스티커", "장", 100, "P060", "한새봉 공방"),
]
NAMES = ["두부과자", "찹쌀 4kg", "감자"]
PRICES = [3_500, 19_800, 2_900]
# department, person, phone, tofu, rice, potato
PEOPLE: list[tuple[str, str, str, int | None, int | None, int | None]] = [
    ("총무부", "강민영", "010-3907-2953", 1, None, 2),
    ("총무부", "김서경", "010-7813-6729", None, 1, None),
    ("재무처", "최민수", "010-5350-7091", 3, None, None),
]
EXPECTED = {
    ("총무부", "강민영", "2953", "k-tofu", 1_000),
    ("총무부", "강민영", "2953", "k-potato", 2_000),
    ("총무부", "김서경", "6729", "k-rice", 1_000),
    ("재무처", "최민수", "7091", "k-tofu", 3_000),
}
HEAD = ["부서", "성명", "연락처"]


def orders(
    path: Path, rows: list[list[Any]], shape: Callable[..., None] | None = None, **sheets: Any
) -> OrderSheet:
    """Write rows as one sheet (others by name) and read them with the catalogue."""
    return read(book(path / "orders.xlsx", {"주문": rows, **sheets}, shape), ITEMS)


def essence(found: OrderSheet) -> set[tuple[str, str, str, str, int]]:
    """What must be the same in every layout."""
    return {
        (line.department, line.person, line.phone_last4, line.product, line.quantity_milli)
        for line in found.lines
    }


def people_rows(blank_departments: bool = False) -> list[list[Any]]:
    """The people's rows, departments written once where wanted."""
    rows: list[list[Any]] = []
    before = ""
    for department, *rest in PEOPLE:
        rows.append(["" if blank_departments and department == before else department, *rest])
        before = department
    return [[value or None if isinstance(value, str) else value for value in row] for row in rows]
