"""Odd sheets: totals and notes between rows, columns without heads, taxes told sideways."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pos_app.domain.catalogue import SellerTaxKind
from pos_app.importing.workbook import read
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


def test_vendor_column_without_a_head(tmp_path: Path) -> None:
    rows = pick(product_rows(blank_repeats=True), 1, 2, 3, 4, 5)
    head = [None, "품목명", "단위", "단가", "과세구분"]
    with_list = book(tmp_path / "s.xlsx", {"업체": [VENDOR_HEAD, *vendor_rows()], "품목": [head, *rows]})
    assert essence(told(with_list).products) == EXPECTED
    alone = book(tmp_path / "s2.xlsx", {"품목": [head, *rows]})
    assert essence(told(alone).products) == EXPECTED


def test_the_column_that_names_listed_vendors_wins(tmp_path: Path) -> None:
    rows = [["김철수", *row[1:6]] for row in product_rows()]
    head = ["생산자", "담당", "품목명", "단위", "단가", "과세구분"]
    path = book(tmp_path / "t.xlsx", {"업체": [VENDOR_HEAD, *vendor_rows()], "품목": [head, *rows]})
    assert essence(told(path).products) == EXPECTED


def test_code_and_name_in_one_cell(tmp_path: Path) -> None:
    codes = {v[1]: v[0] for v in VENDORS}
    rows = [[f"{codes[row[1]]} {row[1]}", *row[2:6]] for row in product_rows()]
    path = book(
        tmp_path / "u.xlsx",
        {
            "업체": [VENDOR_HEAD, *vendor_rows()],
            "품목": [["업체명", "품목명", "단위", "단가", "과세구분"], *rows],
        },
    )
    assert essence(told(path).products) == EXPECTED


def test_prices_in_thousands_and_special_prices(tmp_path: Path) -> None:
    rows = [["가나", "사과", 28, "면세"], ["가나", "배", "3.5", "면세"], ["가나", "감", "12,000원", "면세"]]
    path = book(tmp_path / "v.xlsx", {"품목": [["업체명", "품목명", "단가(천원)", "과세구분"], *rows]})
    assert [p.unit_price_won for p in told(path).products] == [28_000, 3_500, 12_000]
    head = ["업체명", "품목명", "정가", "행사가", "수량", "금액", "과세구분"]
    rows = [["가나", "사과", 3000, 2000, 5, 10000, "면세"], ["가나", "배", 3000, None, 5, 15000, "면세"]]
    path = book(tmp_path / "v2.xlsx", {"품목": [head, *rows]})
    assert [p.unit_price_won for p in told(path).products] == [2000, 3000]
    head = ["업체명", "품목명", "단가", "수량", "금액", "과세구분"]
    path = book(tmp_path / "v3.xlsx", {"품목": [head, ["가나", "사과", None, 5, 10000, "면세"]]})
    assert [bad.cell for bad in read(path).bad] == ["품목!C2"]


def test_vendor_rows_merged_over_two_lines_and_blank_numbers(tmp_path: Path) -> None:
    def shape(workbook: Any) -> None:
        workbook["업체"].merge_cells("A2:A3")

    head = ["업체명", "사업자번호", "연락처"]
    rows = [
        ["가나", "123-45-67891", "010-1111-2222"],
        [None, None, "062-333-4444"],
        ["다라", None, "010-1111-3333"],
    ]
    path = book(tmp_path / "w.xlsx", {"업체": [head, *rows]}, shape)
    result = told(path)
    assert [(v.name, v.tax_kind, v.phone) for v in result.vendors] == [
        ("가나", None, "010-1111-2222"),
        ("다라", SellerTaxKind.UNREGISTERED, "010-1111-3333"),
    ]


def test_tax_told_by_amounts_marks_or_the_vendors_kind(tmp_path: Path) -> None:
    amounts = [["가나", "잼", 11000, 1000], ["가나", "사과", 5000, 0]]
    path = book(tmp_path / "x.xlsx", {"품목": [["업체명", "품목명", "판매가", "부가세"], *amounts]})
    assert [p.tax_class.value for p in told(path).products] == ["taxable", "exempt"]
    marks = [["가나", "잼", 11000, "O", None], ["가나", "사과", 5000, None, "O"]]
    path = book(tmp_path / "x2.xlsx", {"품목": [["업체명", "품목명", "판매가", "과세", "면세"], *marks]})
    assert [p.tax_class.value for p in told(path).products] == ["taxable", "exempt"]
    rows = [["해남땅끝 공방", "잼", 11000], ["신안섬 농장", "사과", 5000]]
    path = book(
        tmp_path / "x3.xlsx",
        {"업체": [VENDOR_HEAD, *vendor_rows()], "품목": [["업체명", "품목명", "판매가"], *rows]},
    )
    result = told(path)
    assert [p.tax_class.value for p in result.products] == ["taxable", "exempt"]
    assert [w.cell for w in result.warnings] == ["품목!A1"]


def test_long_heads_with_hints(tmp_path: Path) -> None:
    head = [
        "업체명\n(상호)",
        "품목명*",
        "단가(원)\n※ 부가세를 포함하고 면세 농산물은 면세로 적어 주세요",
        "과세 여부\n(과세/면세)",
        "단위\n(kg, 개)",
    ]
    path = book(tmp_path / "y.xlsx", {"품목": [head, ["가나", "사과", 1000, "면세", "개"]]})
    assert [(p.vendor_name, p.unit_price_won, p.unit) for p in told(path).products] == [("가나", 1000, "개")]


def test_a_form_for_each_vendor(tmp_path: Path) -> None:
    def form(vendor: tuple[str, ...]) -> list[list[Any]]:
        rows = [row for row in product_rows() if row[1] == vendor[1]]
        return [
            ["금요장터 참가 신청서"],
            ["업체명", vendor[1], None, "대표자", vendor[4]],
            ["사업자번호:", vendor[3] or None, None, "과세유형", vendor[2]],
            ["연락처", vendor[5]],
            [],
            ["품목명", "단위", "판매가", "과세여부"],
            *pick(rows, 2, 3, 4, 5),
            [],
            ["위와 같이 신청합니다."],
            ["신청인:", vendor[4], "(인)"],
            ["장터 사무국 귀중"],
        ]

    result = told(book(tmp_path / "z.xlsx", {vendor[0]: form(vendor) for vendor in VENDORS}))
    assert essence(result.products) == EXPECTED
    assert [(v.name, v.business_no, v.representative, v.phone) for v in result.vendors] == [
        ("해남땅끝 공방", "1234567891", "김서은", "010-1111-2222"),
        ("송정 마을공동체", "1248100998", "박영영", "010-3333-4444"),
        ("신안섬 농장", "", "박영지", "010-5555-6666"),
    ]


def test_example_sheets_are_left_out(tmp_path: Path) -> None:
    example = [PRODUCT_HEAD, ["P001", "홍길동 농장", "예쁜 사과", "상자", 10000, "면세", None, 10, None]]
    sheets = {
        "작성예시": example,
        "업체": [VENDOR_HEAD, *vendor_rows()],
        "품목": [PRODUCT_HEAD, *product_rows()],
    }
    result = told(book(tmp_path / "e1.xlsx", sheets))
    assert essence(result.products) == EXPECTED
    assert [w.cell for w in result.warnings] == ["작성예시!A1"]


def test_example_rows_are_left_out(tmp_path: Path) -> None:
    example = ["예시)", "홍길동 농장", "사과", "상자", 10000, "면세", None, 10, None]
    path = book(
        tmp_path / "e2.xlsx",
        {"업체": [VENDOR_HEAD, *vendor_rows()], "품목": [PRODUCT_HEAD, example, *product_rows()]},
    )
    assert essence(told(path).products) == EXPECTED


def test_vendor_names_with_the_owner_behind(tmp_path: Path) -> None:
    rows = [[f"{row[1]}(김대표)", *row[2:6]] for row in product_rows()]
    path = book(
        tmp_path / "o1.xlsx",
        {
            "업체": [VENDOR_HEAD, *vendor_rows()],
            "품목": [["상호(대표자)", "품목명", "단위", "단가", "과세구분"], *rows],
        },
    )
    assert essence(told(path).products) == EXPECTED


@pytest.mark.parametrize(
    ("title", "market", "day"),
    [
        ("제3회 LH 사회적경제 완판장터 참여기업 현황", "제3회 LH 사회적경제 완판장터", ""),
        ("2026.11.20.(금) 한국전력공사 완판장터 상품 목록", "한국전력공사 완판장터", "2026-11-20"),
        ("금요장터(11/20) 품목리스트", "금요장터", ""),
        ("26년 11월 20일 완판장터 판매상품 단가표", "완판장터", "2026-11-20"),
        ("판매품목 목록", "", ""),
    ],
)
def test_market_and_day_from_the_title(tmp_path: Path, title: str, market: str, day: str) -> None:
    result = told(book(tmp_path / "t1.xlsx", {"품목": [[title], [], PRODUCT_HEAD, *product_rows()]}))
    assert (result.title, result.market_hint, result.date_hint) == (title, market, day)


def test_any_cell_may_be_merged_downwards(tmp_path: Path) -> None:
    def shape(workbook: Any) -> None:
        for area in ("A2:A4", "C2:C3", "D2:D4", "E2:E4"):
            workbook["품목"].merge_cells(area)

    rows = [
        ["가나 농장", "사과", "상자", 5000, "면세"],
        [None, "배", None, None, None],
        [None, "감", "개", None, None],
    ]
    path = book(
        tmp_path / "mm.xlsx", {"품목": [["업체명", "품목명", "단위", "단가", "과세구분"], *rows]}, shape
    )
    assert essence(told(path).products) == [
        ("가나 농장", "사과", "상자", 5000, "exempt", "each"),
        ("가나 농장", "배", "상자", 5000, "exempt", "each"),
        ("가나 농장", "감", "개", 5000, "exempt", "each"),
    ]
