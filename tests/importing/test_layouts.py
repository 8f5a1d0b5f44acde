"""The same market in the layouts that different markets use."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pos_app.domain.catalogue import SellerTaxKind
from pos_app.importing.workbook import read
from tests.importing.market_sheets import EXPECTED, PRODUCTS, VENDORS, book, essence, told

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


def test_totals_notes_blank_and_prepared_rows(tmp_path: Path) -> None:
    rows = product_rows(blank_repeats=True)
    body: list[list[Any]] = [
        rows[0],
        rows[1],
        [None, "소계", None, None, 13900, None, None, 60],
        [],
        rows[2],
        ["소 계", None, None, None, 24000],
        rows[3],
        rows[4],
        ["P006"],
        ["P007", None, None, None, None, "면세"],
        [None, None, None, "총 계", 127900],
        ["※ 수량은 바뀔 수 있습니다", None, None, None, None],
        ["* 문의: 사무국 062-000-0000"],
    ]
    path = book(tmp_path / "k.xlsx", {"업체": [VENDOR_HEAD, *vendor_rows()], "품목": [PRODUCT_HEAD, *body]})
    assert essence(told(path).products) == EXPECTED


def test_head_repeated_on_every_page(tmp_path: Path) -> None:
    rows = product_rows(blank_repeats=True)
    path = book(
        tmp_path / "l.xlsx",
        {
            "업체": [VENDOR_HEAD, *vendor_rows()],
            "품목": [PRODUCT_HEAD, *rows[:3], PRODUCT_HEAD, *rows[3:]],
        },
    )
    assert essence(told(path).products) == EXPECTED


def test_products_with_vendor_columns_alone(tmp_path: Path) -> None:
    vendors = {v[1]: v for v in VENDORS}
    rows = []
    last = ""
    for row in product_rows():
        vendor = vendors[row[1]]
        about = [vendor[1], vendor[3] or None, vendor[2], vendor[4]] if row[1] != last else [None] * 4
        last = row[1]
        rows.append([*about, row[2], row[3], row[4], row[5]])
    path = book(
        tmp_path / "m.xlsx",
        {
            "Sheet1": [
                [
                    "기업명",
                    "사업자등록번호",
                    "사업자유형",
                    "대표자명",
                    "제품명",
                    "규격",
                    "판매단가",
                    "과세구분",
                ],
                *rows,
            ],
        },
    )
    result = told(path)
    assert essence(result.products) == EXPECTED
    assert [(v.name, v.business_no, v.tax_kind, v.representative) for v in result.vendors] == [
        ("해남땅끝 공방", "1234567891", SellerTaxKind.GENERAL, "김서은"),
        ("송정 마을공동체", "1248100998", SellerTaxKind.EXEMPT, "박영영"),
        ("신안섬 농장", "", SellerTaxKind.UNREGISTERED, "박영지"),
    ]


def test_spec_and_unit_apart(tmp_path: Path) -> None:
    rows = [
        ["신안섬 농장", "사과", "3kg", "상자", 18000, "면세"],
        ["신안섬 농장", "사과", "5kg", "상자", 28000, "면세"],
    ]
    path = book(tmp_path / "n.xlsx", {"품목": [["농가명", "품명", "규격", "단위", "가격", "과/면세"], *rows]})
    assert [(p.name, p.unit, p.unit_price_won) for p in told(path).products] == [
        ("사과 3kg", "상자", 18000),
        ("사과 5kg", "상자", 28000),
    ]


def test_kinds_told_by_what_stands_in_the_column(tmp_path: Path) -> None:
    path = book(
        tmp_path / "o.xlsx",
        {
            "업체": [
                ["번호", "업체", "유형", "구분", "과세구분"],
                [1, "가나 농장", "사회적기업", "농가", "면세"],
                [2, "다라 식품", "마을기업", "가공", "일반"],
            ],
            "품목": [
                ["번호", "업체", "품목", "품명", "구분", "단위", "금액"],
                [1, "가나 농장", "과일", "사과", "면세", "개", 1000],
                [2, "다라 식품", "가공", "잼", "과세", "병", 7000],
            ],
        },
    )
    result = told(path)
    assert [(v.enterprise_kind, v.vendor_class, v.tax_kind) for v in result.vendors] == [
        ("사회적기업", "농가", SellerTaxKind.EXEMPT),
        ("마을기업", "가공", SellerTaxKind.GENERAL),
    ]
    assert [(p.name, p.category, p.tax_class.value) for p in result.products] == [
        ("사과", "과일", "exempt"),
        ("잼", "가공", "taxable"),
    ]


def test_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    def shape(workbook: Any) -> None:
        workbook["작년"].sheet_state = "hidden"

    path = book(
        tmp_path / "p.xlsx",
        {
            "업체": [VENDOR_HEAD, *vendor_rows()],
            "품목": [PRODUCT_HEAD, *product_rows()],
            "작년": [PRODUCT_HEAD, ["P900", "없는 농장", "옛 물건", "개", 1000, "면세", None, 1, None]],
        },
        shape,
    )
    result = told(path)
    assert essence(result.products) == EXPECTED
    assert [w.cell for w in result.warnings] == ["작년!A1"]


def test_other_sheets_are_no_tables(tmp_path: Path) -> None:
    path = book(
        tmp_path / "q.xlsx",
        {
            "안내": [
                ["완판장터 안내"],
                ["담당자", "김담당"],
                ["연락처", "010-0000-0000"],
                ["일시", date(2026, 11, 20)],
            ],
            "업체": [VENDOR_HEAD, *vendor_rows()],
            "품목": [PRODUCT_HEAD, *product_rows()],
            "작년 매출": [["업체명", "매출액", "수수료"], ["옛 농장", 1000000, 100000]],
            "메모": [["사과는 아침에 온다"]],
        },
    )
    result = told(path)
    assert len(result.vendors) == 3
    assert essence(result.products) == EXPECTED


def test_head_deep_down_and_to_the_right(tmp_path: Path) -> None:
    rows = [[None, None, *row] for row in product_rows()]
    path = book(
        tmp_path / "r.xlsx",
        {
            "S": [["가"], *[[None]] * 12, [None, None, *PRODUCT_HEAD], *rows],
        },
    )
    result = told(path)
    assert essence(result.products) == EXPECTED
    assert result.products[0].cell == "S!E15"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv(tmp_path: Path, encoding: str, separator: str) -> None:
    heads = ["업체명", "사업자번호", "품목명", "단위", "단가", "과세구분", "바코드"]
    numbers = {v[1]: v[3] for v in VENDORS}
    lines = [["금요장터 품목"], heads] + [
        [p[1], numbers[p[1]], p[2], p[3], f'"{p[4]:,}"', p[5], p[6]] for p in PRODUCTS
    ]
    path = tmp_path / "품목.csv"
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    result = told(path)
    assert essence(result.products) == EXPECTED
    assert result.products[0].cell == "품목!C3"
    assert [v.business_no for v in result.vendors] == ["1234567891", "1248100998", ""]


def test_csv_of_vendors_only(tmp_path: Path) -> None:
    path = tmp_path / "업체.csv"
    lines = [",".join(VENDOR_HEAD)] + [",".join(v) for v in VENDORS]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    result = told(path)
    assert len(result.vendors) == 3
    assert result.products == ()


def test_text_under_an_xlsx_name_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "잘못된이름.xlsx"
    path.write_text("업체명,품목명,단위,단가,과세구분\n가나,사과,개,1000,면세\n", encoding="utf-8")
    assert len(read(path).products) == 1
