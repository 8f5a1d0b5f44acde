"""Builds odd workbooks for the tests: one small market, told in many layouts."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pos_app.importing.rows import ProductRow, Workbook
from pos_app.importing.workbook import read

# code, name, tax kind, business number, representative, phone
VENDORS: list[tuple[str, str, str, str, str, str]] = [
    ("V01", "해남땅끝 공방", "일반과세자", "123-45-67891", "김서은", "010-1111-2222"),
    ("V02", "송정 마을공동체", "면세사업자", "124-81-00998", "박영영", "010 3333 4444"),
    ("V03", "신안섬 농장", "사업자등록 없는 농업인", "", "박영지", "010-5555-6666"),
]
# code, vendor, name, unit, price, tax, barcode, brought, note
PRODUCTS: list[tuple[str, str, str, str, int, str, str, int, str]] = [
    ("P001", "해남땅끝 공방", "연잎차 티백 20입", "상자", 11000, "과세", "8801471049749", 40, ""),
    ("P002", "해남땅끝 공방", "감자", "kg", 2900, "면세", "8807529170342", 20, "무게 판매"),
    ("P003", "송정 마을공동체", "한라봉 3kg", "상자", 24000, "면세", "", 10, ""),
    ("P004", "신안섬 농장", "굴비 10미", "두름", 55000, "비과세", "8805140261401", 10, ""),
    ("P005", "신안섬 농장", "배 7.5kg", "상자", 35000, "면세", "", 20, ""),
]


def book(path: Path, sheets: dict[str, Any], shape: Callable[..., None] | None = None) -> Path:
    """Write sheets of rows; `shape(workbook)` may merge and hide afterwards."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet: Worksheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if shape:
        shape(workbook)
    workbook.save(path)
    return path


def told(path: Path) -> Workbook:
    """Read a file and complain about anything that went wrong in it."""
    result = read(path)
    assert result.bad == ()
    return result


def essence(products: Iterable[ProductRow]) -> list[tuple[str, str, str, int, str, str]]:
    """What must be the same in every layout."""
    return [
        (p.vendor_name, p.name, p.unit, p.unit_price_won, p.tax_class.value, p.sold_by.value)
        for p in products
    ]


EXPECTED = [
    ("해남땅끝 공방", "연잎차 티백 20입", "상자", 11000, "taxable", "each"),
    ("해남땅끝 공방", "감자", "kg", 2900, "exempt", "weight"),
    ("송정 마을공동체", "한라봉 3kg", "상자", 24000, "exempt", "each"),
    ("신안섬 농장", "굴비 10미", "두름", 55000, "exempt", "each"),
    ("신안섬 농장", "배 7.5kg", "상자", 35000, "exempt", "each"),
]

VENDOR_HEAD = ["업체코드", "업체명", "과세유형", "사업자등록번호", "대표자", "연락처"]
PRODUCT_HEAD = [
    "품목코드",
    "업체명",
    "품목명",
    "규격/단위",
    "단가(원)",
    "과세구분",
    "바코드",
    "반입수량",
    "비고",
]


def vendor_rows() -> list[list[Any]]:
    return [list(v) for v in VENDORS]


def product_rows(blank_repeats: bool = False) -> list[list[Any]]:
    rows: list[list[Any]] = []
    last = ""
    for product in PRODUCTS:
        row: list[Any] = [value if value != "" else None for value in product]
        if blank_repeats and product[1] == last:
            row[1] = None
        last = product[1]
        rows.append(row)
    return rows


def pick(rows: list[list[Any]], *columns: int) -> list[list[Any]]:
    return [[row[c] if c >= 0 else None for c in columns] for row in rows]
