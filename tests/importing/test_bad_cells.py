"""Each bad cell is named, each good row is kept."""

import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pos_app.domain.catalogue import SoldBy, TaxClass
from pos_app.importing.rows import Workbook
from pos_app.importing.workbook import read
from tests.importing.market_sheets import book

VENDOR_HEAD = ["업체코드", "업체명", "과세유형", "사업자등록번호", "대표자"]
HEAD = ["품목코드", "업체명", "품목명", "단위", "단가", "과세구분", "바코드", "반입수량", "비고"]
VENDORS = [
    ["V01", "가나 농장", "일반과세자", "123-45-67891", "김가"],
    ["V02", "다라 식품", "일반과세자", "124-81-00998", "이나"],
]
GOOD = ["P01", "가나 농장", "사과", "상자", 28000, "면세", None, 10, None]


def products(tmp_path: Path, *rows: list[Any], vendors: list[list[Any]] = VENDORS) -> Workbook:
    return read(book(tmp_path / "x.xlsx", {"업체": [VENDOR_HEAD, *vendors], "판매품목": [HEAD, GOOD, *rows]}))


def row(**changes: Any) -> list[Any]:
    """A second product with some cells changed."""
    cells = dict(zip(HEAD, ["P02", "다라 식품", "잼", "병", 7000, "과세", None, 5, None], strict=True))
    return list((cells | changes).values())


@pytest.mark.parametrize(
    "price",
    [
        "12,000원",
        " 12,000 ",
        "１２，０００",
        "₩12,000",
        "￦12,000",
        "\\12,000",
        "12000.0",
        "12 000",
        "12,000 원",
        12000,
        12000.0,
        "KRW 12,000",
        "12,000.00",
        "12,000원/병",
        "'12000",
        "12,000.-",
    ],
)
def test_prices_that_are_understood(tmp_path: Path, price: Any) -> None:
    result = products(tmp_path, row(단가=price))
    assert result.bad == ()
    assert result.products[1].unit_price_won == 12000


@pytest.mark.parametrize(
    "price",
    [
        None,
        "",
        "무료",
        "시가",
        "문의",
        "1만2천원",
        "5,000~6,000",
        -500,
        "-500",
        "△500",
        "(500)",
        0,
        "0",
        "0원",
        1200.5,
        "12.000",
        "1,20",
        "12,000원/kg",
        True,
        date(2026, 11, 20),
        "#REF!",
        "=A1*2",
        "천원",
        "100,000,000",
        10**12,
        "12,000원 (행사)",
        "₩",
        "-",
    ],
)
def test_prices_that_are_not(tmp_path: Path, price: Any) -> None:
    result = products(tmp_path, row(단가=price))
    assert [bad.cell for bad in result.bad] == ["판매품목!E3"]
    assert [p.name for p in result.products] == ["사과"]
    assert result.bad[0].reason


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("과세", TaxClass.TAXABLE),
        ("VAT포함", TaxClass.TAXABLE),
        ("부가세 포함", TaxClass.TAXABLE),
        ("과세(10%)", TaxClass.TAXABLE),
        ("면세", TaxClass.EXEMPT),
        ("비과세", TaxClass.EXEMPT),
        ("영세", TaxClass.EXEMPT),
        ("영세율", TaxClass.EXEMPT),
        (" 면세 ", TaxClass.EXEMPT),
        ("ＶＡＴ포함", TaxClass.TAXABLE),
        ("면세(농산물)", TaxClass.EXEMPT),
    ],
)
def test_tax_words(tmp_path: Path, said: str, meant: TaxClass) -> None:
    assert products(tmp_path, row(과세구분=said)).products[1].tax_class is meant


@pytest.mark.parametrize("said", [None, "?", "과세/면세", "VAT별도", "부가세 별도", "모름"])
def test_tax_words_that_are_not(tmp_path: Path, said: Any) -> None:
    result = products(tmp_path, row(과세구분=said))
    assert [bad.cell for bad in result.bad] == ["판매품목!F3"]


def test_every_bad_cell_of_a_row_is_named(tmp_path: Path) -> None:
    result = products(tmp_path, row(업체명="없는 가게", 단가="모름", 과세구분="모름", 반입수량="많이"))
    assert [bad.cell for bad in result.bad] == ["판매품목!B3", "판매품목!E3", "판매품목!F3", "판매품목!H3"]


def test_a_missing_name(tmp_path: Path) -> None:
    assert [bad.cell for bad in products(tmp_path, row(품목명=None)).bad] == ["판매품목!C3"]
    assert [bad.cell for bad in products(tmp_path, row(품목명=date(2026, 3, 4))).bad] == ["판매품목!C3"]
    assert [bad.cell for bad in products(tmp_path, row(품목명="가" * 201)).bad] == ["판매품목!C3"]


def test_a_vendor_nobody_listed_is_named_with_a_guess(tmp_path: Path) -> None:
    result = products(tmp_path, row(업체명="다라 식퓸"))
    assert result.bad[0].cell == "판매품목!B3"
    assert "다라 식품" in result.bad[0].reason


@pytest.mark.parametrize(
    "name",
    [
        "다라식품",
        " 다라  식품 ",
        "(주)다라 식품",
        "㈜다라식품",
        "다라\u00a0식품",
        unicodedata.normalize("NFD", "다라 식품"),
        "V02",
    ],
)
def test_other_spellings_of_a_vendor(tmp_path: Path, name: str) -> None:
    result = products(tmp_path, row(업체명=name))
    assert result.bad == ()
    assert result.products[1].vendor_name == "다라 식품"


def test_the_first_product_needs_a_vendor(tmp_path: Path) -> None:
    path = book(
        tmp_path / "y.xlsx", {"업체": [VENDOR_HEAD, *VENDORS], "판매품목": [HEAD, row(업체명=None), GOOD]}
    )
    result = read(path)
    assert [bad.cell for bad in result.bad] == ["판매품목!B2"]
    assert len(result.products) == 1


def test_a_forgotten_vendor_in_a_full_column_is_warned_about(tmp_path: Path) -> None:
    rows = [row(품목코드=f"P1{n}", 품목명=f"잼{n}") for n in range(4)]
    rows[2][1] = None
    result = products(tmp_path, *rows)
    assert result.bad == ()
    assert [w.cell for w in result.warnings] == ["판매품목!B5"]


def test_the_same_code_twice(tmp_path: Path) -> None:
    result = products(tmp_path, row(품목코드="P01"))
    assert [bad.cell for bad in result.bad] == ["판매품목!A3"]
    assert len(result.products) == 1


def test_the_same_product_twice(tmp_path: Path) -> None:
    same = products(tmp_path, list(GOOD))
    assert (len(same.products), same.bad, [w.cell for w in same.warnings]) == (1, (), ["판매품목!C3"])
    dearer = products(tmp_path, ["P09", *GOOD[1:4], 30000, *GOOD[5:]])
    assert [bad.cell for bad in dearer.bad] == ["판매품목!C3"]


def test_vendor_cells(tmp_path: Path) -> None:
    vendors: list[list[Any]] = [
        *VENDORS,
        ["V03", "마바", "모름", None, None],
        ["V03", "사아", "간이과세자", None, None],
        ["V05", None, "간이과세자", "124-81-00998", None],
        ["V06", "자차", "간이", "123-45", None],
        ["V07", "카타", "간이", "123-45-67892", None],
        ["V01", "파하", "면세", None, None],
        ["V08", "가나 농장", "면세", None, "김가"],
    ]
    result = products(tmp_path, row(업체명="마바"), vendors=vendors)
    assert [bad.cell for bad in result.bad] == [
        "업체!C4",
        "업체!B6",
        "업체!D7",
        "업체!A9",
        "판매품목!B2",
        "판매품목!B3",
    ]
    assert "업체!C4" in result.bad[-1].reason and "여럿" in result.bad[-2].reason
    assert [w.cell for w in result.warnings] == ["업체!D8"]
    assert [v.name for v in result.vendors] == ["가나 농장", "다라 식품", "사아", "카타", "가나 농장"]


def test_an_identity_number_is_not_taken(tmp_path: Path) -> None:
    vendors: list[list[Any]] = [*VENDORS, ["V03", "마바", "농업인", "800101-1234567", "박"]]
    result = products(tmp_path, vendors=vendors)
    assert (result.bad, result.vendors[2].business_no) == ((), "")
    assert [w.cell for w in result.warnings] == ["업체!D4"]


@pytest.mark.parametrize(
    ("said", "codes", "warned"),
    [
        (8809548620570, ("8809548620570",), False),
        (8809548620570.0, ("8809548620570",), False),
        ("8809548620570.0", ("8809548620570",), False),
        ("880-9548-620570", ("8809548620570",), False),
        (" 8809548620570 ", ("8809548620570",), False),
        ("８８０９５４８６２０５７０", ("8809548620570",), False),
        ("8809548620570, 8801471049749", ("8809548620570", "8801471049749"), False),
        ("8809548620571", ("8809548620571",), True),
        ("8.80E+12", (), True),
        ("8.80955E+12", (), True),
        (2112345012506, ("2112345012506",), False),
        (36000291452, ("036000291452",), False),
        ("없음", (), False),
        ("-", (), False),
        ("A-1001", ("A-1001",), False),
        ("880954", ("880954",), True),
        ("바코드 없음", (), True),
        (880.5, (), True),
    ],
)
def test_barcodes(tmp_path: Path, said: Any, codes: tuple[str, ...], warned: bool) -> None:
    result = products(tmp_path, row(바코드=said))
    assert result.bad == ()
    assert result.products[1].barcodes == codes
    assert [w.cell for w in result.warnings] == (["판매품목!G3"] if warned else [])


def test_one_barcode_belongs_to_one_product(tmp_path: Path) -> None:
    result = products(
        tmp_path, row(바코드="8809548620570"), row(품목코드="P03", 품목명="꿀", 바코드="8809548620570")
    )
    assert [p.barcodes for p in result.products] == [(), ("8809548620570",), ()]
    assert [w.cell for w in result.warnings] == ["판매품목!G4"]


@pytest.mark.parametrize(
    ("unit", "note", "weighed"),
    [
        ("kg", None, True),
        ("KG", None, True),
        ("㎏", None, True),
        ("100g", None, True),
        ("근", None, True),
        ("g", None, True),
        ("상자", None, False),
        ("1kg", None, False),
        ("봉", "무게 판매", True),
        ("개", "저울 판매", True),
        ("개", "무게판매 아님", False),
        ("상자", "무게 10kg", False),
        ("kg당", None, True),
        ("키로", None, True),
        ("500g", None, False),
    ],
)
def test_what_goes_over_the_scales(tmp_path: Path, unit: str, note: str | None, weighed: bool) -> None:
    result = products(tmp_path, row(단위=unit, 비고=note))
    assert result.products[1].sold_by is (SoldBy.WEIGHT if weighed else SoldBy.EACH)


@pytest.mark.parametrize(
    ("said", "milli"),
    [
        (20, 20000),
        ("20", 20000),
        ("20개", 20000),
        ("1,370", 1370000),
        (None, None),
        ("-", None),
        ("미정", None),
        ("２０", 20000),
        (0, 0),
        (20.0, 20000),
    ],
)
def test_quantities(tmp_path: Path, said: Any, milli: int | None) -> None:
    result = products(tmp_path, row(반입수량=said))
    assert result.bad == ()
    assert result.products[1].brought_milli == milli


@pytest.mark.parametrize("said", [-1, "많이", "10~20", 2.5, "-3", 10**9, date(2026, 1, 1), True, "1,3"])
def test_quantities_that_are_not(tmp_path: Path, said: Any) -> None:
    assert [bad.cell for bad in products(tmp_path, row(반입수량=said)).bad] == ["판매품목!H3"]


def test_weighed_quantities_have_grams(tmp_path: Path) -> None:
    result = products(
        tmp_path,
        row(단위="kg", 반입수량=2.345),
        row(품목코드="P03", 품목명="감자", 단위="kg", 반입수량="2.3456"),
    )
    assert result.products[1].brought_milli == 2345
    assert [bad.cell for bad in result.bad] == ["판매품목!H4"]


def test_formulas_without_results_are_named_but_not_in_totals(tmp_path: Path) -> None:
    total = ["합계", None, None, None, "=SUM(E2:E3)", None, None, "=SUM(H2:H3)", None]
    prepared = [None, None, None, None, '=IF(C5="","",1)', None, None, None, None]
    result = products(tmp_path, row(단가="=5000+2000"), total, prepared)
    assert [bad.cell for bad in result.bad] == ["판매품목!E3"]
    assert "수식" in result.bad[0].reason


def test_ditto_marks(tmp_path: Path) -> None:
    result = products(
        tmp_path, row(), row(품목코드="P03", 업체명="〃", 품목명="꿀", 단위="〃", 과세구분="〃")
    )
    assert result.bad == ()
    assert (result.products[2].vendor_name, result.products[2].unit, result.products[2].tax_class) == (
        "다라 식품",
        "병",
        TaxClass.TAXABLE,
    )


def test_prices_without_tax_are_refused_for_taxable_goods(tmp_path: Path) -> None:
    head = [*HEAD[:4], "단가(VAT별도)", *HEAD[5:]]
    path = book(tmp_path / "z.xlsx", {"업체": [VENDOR_HEAD, *VENDORS], "판매품목": [head, GOOD, row()]})
    result = read(path)
    assert [bad.cell for bad in result.bad] == ["판매품목!E3"]
    assert len(result.products) == 1


def test_names_are_composed_and_trimmed(tmp_path: Path) -> None:
    result = products(tmp_path, row(품목명=unicodedata.normalize("NFD", " 매실청  500ml ") + "\u200b"))
    assert result.products[1].name == "매실청 500ml"


def test_without_price_column_nothing_is_taken(tmp_path: Path) -> None:
    path = book(tmp_path / "n.xlsx", {"판매품목": [["품목명", "단위"], ["사과", "개"]]})
    result = read(path)
    assert result.fatal
    assert [bad.cell for bad in result.bad] == ["판매품목!A1"]
