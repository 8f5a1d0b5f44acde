"""Figures become tables that add up, and every export says the same."""

import csv
import io
from typing import Any

import openpyxl
import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.i18n import texts
from pos_app.reports import csv_export, pdf_export, text_export, xlsx_export
from pos_app.reports.day import day_table, day_tables
from pos_app.reports.hours import hours_table
from pos_app.reports.products import products_table
from pos_app.reports.settlements import settlements_table, statement_table
from pos_app.reports.table import Cell, Column, ColumnKind, Table, shown, text_column, won_column
from pos_app.reports.tax import tax_table
from pos_app.reports.tenders import tenders_table
from pos_app.reports.vendors import vendors_table

FIGURES: dict[str, Any] = {
    "market": "한전 완판장터",
    "business_date": "2026-11-20",
    "sales_count": 3,
    "refunds_count": 1,
    "voids_count": 0,
    "gross_won": 104_000,
    "discount_won": 2_800,
    "truncation_won": 7,
    "refunds_won": 28_000,
    "net_won": 73_193,
    "taxable_supply_won": 10_909,
    "vat_won": 1_091,
    "exempt_won": 61_193,
    "unsplit_won": 0,
    "tenders": {"cash": 50_000, "card": 23_193, "transfer": 0, "voucher": 0, "credit": 0},
    "by_vendor": [
        {"vendor": "신안섬 농장", "net_won": 61_193, "vendor_id": "a", "code": "V10"},
        {"vendor": "해남땅끝 공방", "net_won": 12_000, "vendor_id": "b", "code": "V01"},
        {"vendor": "나주배 공방", "net_won": 0, "vendor_id": "c", "code": "V26"},
    ],
    "by_product": [
        {"product": "P019", "name": "사과 5kg", "unit": "상자", "quantity_milli": 2000, "net_won": 54_000, "vendor_id": "a"},
        {"product": "P025", "name": "햇고구마", "unit": "kg", "quantity_milli": 1240, "net_won": 7_193, "vendor_id": "a"},
        {"product": "P001", "name": "=연잎차", "unit": "상자", "quantity_milli": 1000, "net_won": 12_000, "vendor_id": "b"},
    ],
    "journal_entries": 12,
    "unsynced_entries": 4,
    "sealed": False,
}  # fmt: skip


def test_the_tally_of_a_day() -> None:
    table = day_table(FIGURES)
    by_item = {row[1]: row[2:] for row in table.rows}
    assert by_item["총판매"] == (3, 104_000)
    assert by_item["환불"] == (1, -28_000)
    assert by_item["순매출"] == (None, 73_193)
    assert by_item["현금"] == (None, 50_000)
    assert table.totals[-1] == 73_193
    assert table.subtitle == "한전 완판장터 · 2026-11-20 (금)"
    assert any("4건" in note for note in table.notes)
    assert any("잠정" in note for note in table.notes)


def test_a_missing_figure_is_nothing_and_a_wrong_one_is_refused() -> None:
    assert day_table({}).rows[0] == ("매출", "총판매", 0, 0)
    with pytest.raises(TypeError):
        day_table({"gross_won": 1.5})


def test_vendors_and_products_add_up_to_the_net() -> None:
    vendors, products = vendors_table(FIGURES), products_table(FIGURES)
    assert vendors.totals == ("합계", None, 73_193)
    assert products.totals == ("합계", None, None, None, None, 73_193)
    assert products.rows[1] == ("P025", "햇고구마", "신안섬 농장", 1240, "kg", 7_193)
    bare = vendors_table({"by_vendor": [{"vendor": "가", "net_won": 1}]})
    assert (bare.heads(), bare.totals) == (("업체", "순매출(원)"), ("합계", 1))


def test_tenders_hours_tax_and_settlements() -> None:
    tenders = tenders_table(
        [
            {"tender": "cash", "kind": "", "held_by": "cooperative", "count": 2, "received_won": 9, "refunded_won": 4,
             "net_won": 5},
            {"tender": "voucher", "kind": "onnuri", "held_by": "vendor", "count": 1, "received_won": 7,
             "refunded_won": 0, "net_won": 7},
        ]
    )  # fmt: skip
    assert tenders.rows[1][:2] == ("온누리상품권", "업체")
    assert tenders.totals == ("합계", None, 3, 16, -4, 12)
    hours = hours_table([{"hour": "9", "sales_count": 2, "total_won": 10, "refunds_won": 3}])
    assert hours.rows == (("09시", 2, 10, -3, 7),)
    tax = tax_table(
        [{"register": "R1", "taxable_supply_won": 10, "vat_won": 1, "exempt_won": 5, "unsplit_won": 2}]
    )
    assert tax.rows == (("R1", 10, 1, 5, 2, 18),)
    vendor = {"vendor": "가", "gross_won": 100, "refunds_won": 10, "net_won": 90, "commission_won": 9, "fees_won": 1,
              "payout_won": 80, "lines": [{"rule": "농가 10%", "net_won": 90, "commission_won": 9}]}  # fmt: skip
    assert settlements_table({"vendors": [vendor]}).totals == ("합계", 100, 0, -10, 90, -9, -1, 80)
    assert statement_table(vendor).rows == (("농가 10%", 90, -9),)


def test_a_table_keeps_its_shape() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        Table("x", (text_column("가"),), (("1", "2"),))
    with pytest.raises(ValueError, match="'1'"):
        Table("x", (won_column("가"),), (("1",),))


def test_quantities_are_shown_in_thousandths() -> None:
    column = Column("수량", ColumnKind.QUANTITY)
    assert [shown(milli, column) for milli in (2000, 1240, 5, -1500, 1_234_000, 0)] == [
        "2", "1.240", "0.005", "-1.500", "1,234", "0",
    ]  # fmt: skip


def test_csv_opens_in_excel() -> None:
    data = csv_export.render(products_table(FIGURES))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["코드", "품목", "업체", "수량", "단위", "순매출(원)"]
    assert rows[2] == ["P025", "햇고구마", "신안섬 농장", "1.240", "kg", "7193"]
    assert rows[3][1] == "'=연잎차"
    assert rows[4] == ["합계", "", "", "", "", "73193"]
    several = csv_export.render(*day_tables(FIGURES)).decode("utf-8-sig")
    assert several.splitlines()[0].startswith("일일 집계표,")


def test_xlsx_holds_real_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_export.render(*day_tables(FIGURES))))
    assert book.sheetnames == ["일일 집계표", "업체별 매출", "품목별 매출"]
    sheet = book["품목별 매출"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0] == "품목별 매출"
    assert rows[3] == ["코드", "품목", "업체", "수량", "단위", "순매출(원)"]
    assert rows[5] == ["P025", "햇고구마", "신안섬 농장", 1.24, "kg", 7193]
    assert rows[6][1] == "=연잎차"
    assert sheet["B7"].data_type == "s"
    assert sheet["F8"].value == 73193
    assert sheet.freeze_panes == "A5"
    assert xlsx_export.render(day_table(FIGURES)) == xlsx_export.render(day_table(FIGURES))


def test_sheets_of_the_same_title_get_numbers() -> None:
    table = Table("정산서: 가/나" + "다" * 40, (text_column("가"),), ())
    names = openpyxl.load_workbook(io.BytesIO(xlsx_export.render(table, table))).sheetnames
    assert len(set(names)) == 2
    assert all(len(name) <= 31 for name in names)


def test_pdf_has_the_korean_font_and_every_figure() -> None:
    data = pdf_export.render(*day_tables(FIGURES), footer="가치키움 사회적협동조합")
    with pdfplumber.open(io.BytesIO(data)) as document:
        pages = [page.extract_text() for page in document.pages]
        fonts = {char["fontname"].split("+")[-1] for page in document.pages for char in page.chars}
        assert (round(document.pages[0].width), round(document.pages[0].height)) == (595, 842)
    assert fonts == {"NanumGothic", "NanumGothicBold"}
    assert b"Helvetica" not in data
    assert "일일 집계표" in pages[0] and "73,193" in pages[0] and "1쪽" in pages[0]
    assert "햇고구마 신안섬 농장 1.240 kg 7,193" in pages[2] and "3쪽" in pages[2]
    assert data == pdf_export.render(*day_tables(FIGURES), footer="가치키움 사회적협동조합")


def test_long_pdfs_repeat_the_head_and_nothing_leaves_the_page() -> None:
    rows: list[tuple[Cell, ...]] = [
        (f"{n}번 아주 긴 이름의 사회적협동조합 연합회 공동작업장 " * 3, n * 1000) for n in range(90)
    ]
    table = Table("긴 표", (text_column("업체"), won_column("금액(원)")), tuple(rows), ("합계", 1))
    with pdfplumber.open(io.BytesIO(pdf_export.render(table))) as document:
        assert len(document.pages) > 3
        found = "".join(page.extract_text() for page in document.pages)
        for page in document.pages:
            assert "금액(원)" in page.extract_text()
            assert all(
                c["x0"] > 0 and c["x1"] < page.width and 0 < c["top"] < page.height for c in page.chars
            )
    assert all(f"{n * 1000:,}" in found for n in range(90))


def test_wide_tables_lie_down_and_strange_letters_show_a_box() -> None:
    columns = tuple(text_column(f"열{n}") for n in range(9))
    table = Table("넓은 표", columns, (tuple("사회적협동조합 연합" for _ in range(9)), ("😀", *["가"] * 8)))
    with pdfplumber.open(io.BytesIO(pdf_export.render(table))) as document:
        assert document.pages[0].width > document.pages[0].height
        assert "□" in document.pages[0].extract_text()


def test_text_is_aligned() -> None:
    lines = text_export.render(day_table(FIGURES)).splitlines()
    ruled = [line for line in lines if "73,193" in line or "104,000" in line]
    assert len({text_export.width_of(line) for line in ruled}) == 1


NAMES = st.text(min_size=0, max_size=30).map(lambda text: " ".join(text.split()))


@given(st.lists(st.tuples(NAMES, st.integers(-(10**10), 10**10)), max_size=12))
def test_every_export_takes_any_name(rows: list[tuple[str, int]]) -> None:
    table = Table("표", (text_column("이름"), won_column("금액")), tuple(rows))
    assert list(csv.reader(io.StringIO(csv_export.render(table).decode("utf-8-sig"))))
    assert text_export.render(table).count("\n") >= len(rows)
    assert pdf_export.render(table).startswith(b"%PDF")


def test_english_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    texts.set_language("en")
    try:
        assert day_table(FIGURES).subtitle.endswith("2026-11-20 (Fri)")
    finally:
        texts.set_language("ko")
