"""The same market in the layouts that different markets use."""

from pathlib import Path
from typing import Any

from pos_app.domain.catalogue import SellerTaxKind
from tests.importing.market_sheets import (
    EXPECTED,
    PRODUCT_HEAD,
    PRODUCTS,
    VENDOR_HEAD,
    VENDORS,
    book,
    essence,
    pick,
    product_rows,
    told,
    vendor_rows,
)


def test_plain_two_sheets(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        {
            "업체": [VENDOR_HEAD, *vendor_rows()],
            "품목": [PRODUCT_HEAD, *product_rows()],
        },
    )
    result = told(path)
    assert essence(result.products) == EXPECTED
    assert [v.code for v in result.vendors] == ["V01", "V02", "V03"]
    assert [v.business_no for v in result.vendors] == ["1234567891", "1248100998", ""]
    assert [v.phone for v in result.vendors] == ["010-1111-2222", "010-3333-4444", "010-5555-6666"]
    assert [v.tax_kind for v in result.vendors] == [
        SellerTaxKind.GENERAL,
        SellerTaxKind.EXEMPT,
        SellerTaxKind.UNREGISTERED,
    ]
    assert [p.code for p in result.products] == ["P001", "P002", "P003", "P004", "P005"]
    assert [p.brought_milli for p in result.products] == [40000, 20000, 10000, 10000, 20000]
    assert result.products[0].barcodes == ("8801471049749",)


def test_products_sheet_first_other_words_and_order(tmp_path: Path) -> None:
    rows = pick(product_rows(), 4, 2, 1, 3, 5, 7, 0)
    path = book(
        tmp_path / "b.xlsx",
        {
            "9월 상품리스트": [
                ["금요장터 상품 리스트 2026.09.18"],
                [],
                ["판매가격", "상품명", "판매자", "단위", "과세여부", "수량", "상품코드"],
                *rows,
            ],
            "판매자 정보": [
                [],
                [],
                ["코드", "상호", "사업자유형", "사업자번호", "대표", "휴대폰"],
                *vendor_rows(),
            ],
        },
    )
    result = told(path)
    assert essence(result.products) == EXPECTED
    assert [p.code for p in result.products] == ["P001", "P002", "P003", "P004", "P005"]
    assert (result.market_hint, result.date_hint) == ("금요장터", "2026-09-18")


def test_inherited_and_merged_vendor_cells(tmp_path: Path) -> None:
    def shape(workbook: Any) -> None:
        sheet = workbook["품목"]
        sheet.merge_cells("A1:I1")
        sheet.merge_cells("B4:B5")
        sheet.merge_cells("B7:B8")

    rows = product_rows(blank_repeats=True)
    path = book(
        tmp_path / "c.xlsx",
        {
            "업체": [["명단"], VENDOR_HEAD, *vendor_rows()],
            "품목": [["완판장터 판매품목"], [], PRODUCT_HEAD, *rows],
        },
        shape,
    )
    result = told(path)
    assert essence(result.products) == EXPECTED
    assert result.warnings == ()


def test_head_over_two_rows_with_merges(tmp_path: Path) -> None:
    def shape(workbook: Any) -> None:
        sheet = workbook["표"]
        for area in ("A1:J1", "A3:A4", "B3:C3", "D3:E3", "F3:G3", "J3:J4"):
            sheet.merge_cells(area)

    vendors = {v[1]: v for v in VENDORS}
    rows = [
        [n, p[1], vendors[p[1]][3] or None, p[2], p[3], p[4] + 3000, p[4], p[5], p[7], p[8] or None]
        for n, p in enumerate(PRODUCTS, 1)
    ]
    path = book(
        tmp_path / "d.xlsx",
        {
            "표": [
                ["2026년 11월 20일(금) LH 완판장터 판매품목 현황"],
                [],
                ["연번", "업체 정보", None, "품목", None, "가격(원)", None, "과세", "반입", "비고"],
                [None, "명칭", "사업자번호", "명", "단위", "정가", "장터가", "구분", "수량", None],
                *rows,
            ],
        },
        shape,
    )
    result = told(path)
    assert essence(result.products) == EXPECTED
    assert [v.business_no for v in result.vendors] == ["1234567891", "1248100998", ""]
    assert [p.brought_milli for p in result.products] == [40000, 20000, 10000, 10000, 20000]
    assert (result.market_hint, result.date_hint) == ("LH 완판장터", "2026-11-20")


def test_head_over_two_rows_without_merges(tmp_path: Path) -> None:
    path = book(
        tmp_path / "d2.xlsx",
        {
            "표": [
                ["업체명", "품목명", "규격", "단가", "과세", "바코드", "반입"],
                [None, None, "(단위)", "(원)", "구분", None, "수량"],
                *pick(product_rows(), 1, 2, 3, 4, 5, 6, 7),
            ],
        },
    )
    result = told(path)
    assert essence(result.products) == EXPECTED
    assert result.products[0].brought_milli == 40000


def test_one_sheet_with_both_tables_below_each_other(tmp_path: Path) -> None:
    path = book(
        tmp_path / "e.xlsx",
        {
            "장터": [
                ["농어촌공사 금요장터"],
                ["1. 참여업체"],
                VENDOR_HEAD,
                *vendor_rows(),
                [],
                ["2. 판매품목"],
                PRODUCT_HEAD,
                *product_rows(),
                ["합계", None, None, None, 127900],
                ["※ 단가는 부가세 포함"],
            ],
        },
    )
    result = told(path)
    assert len(result.vendors) == 3
    assert essence(result.products) == EXPECTED
    assert result.title == "농어촌공사 금요장터"


def test_one_sheet_with_both_tables_beside_each_other(tmp_path: Path) -> None:
    left = [VENDOR_HEAD, *vendor_rows(), [None] * 6, [None] * 6]
    right = [PRODUCT_HEAD, *product_rows()]
    path = book(tmp_path / "f.xlsx", {"장터": [[*a, None, *b] for a, b in zip(left, right, strict=True)]})
    result = told(path)
    assert len(result.vendors) == 3
    assert essence(result.products) == EXPECTED
    assert result.products[0].cell == "장터!J2"


def test_several_product_sheets(tmp_path: Path) -> None:
    rows = product_rows()
    path = book(
        tmp_path / "g.xlsx",
        {
            "농산물": [PRODUCT_HEAD, *rows[1:]],
            "가공품": [["가공품"], PRODUCT_HEAD, rows[0]],
            "업체": [VENDOR_HEAD, *vendor_rows()],
        },
    )
    result = told(path)
    assert sorted(essence(result.products)) == sorted(EXPECTED)


def test_a_sheet_for_each_vendor(tmp_path: Path) -> None:
    sheets: dict[str, Any] = {"업체": [VENDOR_HEAD, *vendor_rows()]}
    for vendor in ("해남땅끝 공방", "송정 마을공동체", "신안섬 농장"):
        rows = [row for row in product_rows() if row[1] == vendor]
        sheets[vendor] = [["품목명", "단위", "가격", "과세여부"], *pick(rows, 2, 3, 4, 5)]
    assert essence(told(book(tmp_path / "h.xlsx", sheets)).products) == EXPECTED
    del sheets["업체"]
    result = told(book(tmp_path / "h2.xlsx", sheets))
    assert essence(result.products) == EXPECTED
    assert [v.name for v in result.vendors] == ["해남땅끝 공방", "송정 마을공동체", "신안섬 농장"]


def test_vendor_headings_between_the_products(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["품목", "단위", "판매가", "과세구분"]]
    last = ""
    for row in product_rows():
        if row[1] != last:
            rows.append([f"■ {row[1]}"])
            last = row[1]
        rows.append([row[2], row[3], row[4], row[5]])
    with_list = book(tmp_path / "i.xlsx", {"업체": [VENDOR_HEAD, *vendor_rows()], "품목": rows})
    assert essence(told(with_list).products) == EXPECTED
    alone = book(tmp_path / "i2.xlsx", {"품목": rows})
    assert essence(told(alone).products) == EXPECTED


def test_products_name_vendors_by_code_only(tmp_path: Path) -> None:
    codes = {v[1]: v[0] for v in VENDORS}
    rows = [[codes[row[1]], *row[2:6]] for row in product_rows()]
    path = book(
        tmp_path / "j.xlsx",
        {
            "업체": [VENDOR_HEAD, *vendor_rows()],
            "품목": [["업체코드", "물품명", "단위", "단가", "부가세"], *rows],
        },
    )
    assert essence(told(path).products) == EXPECTED
