"""Random markets in random layouts: whatever the words, the order and the marks, the same rows come out."""

import random
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from pos_app.domain.barcodes import ean13_check_digit
from pos_app.domain.business_number import is_valid
from pos_app.importing.workbook import read

WORDS = {
    "serial": ["연번", "번호", "No.", "순번"],
    "vendor_code": ["업체코드", "판매자 코드", "업체 번호"],
    "vendor": [
        "업체명",
        "상호",
        "판매자",
        "기업명",
        "농가명",
        "업체",
        "판매업체",
        "생산자",
        "참여업체명",
        "업체명*",
        "업 체 명",
    ],
    "enterprise": ["기업유형", "기업구분", "인증유형"],
    "class": ["구분", "업체구분", "업종"],
    "tax_kind": ["과세유형", "사업자유형", "사업자 구분", "과세 유형"],
    "business_no": ["사업자등록번호", "사업자번호", "사업자 등록번호", "사업자등록번호(필수)"],
    "representative": ["대표자", "대표", "대표자명", "성명"],
    "phone": ["연락처", "전화", "휴대폰", "전화번호", "연락처(휴대폰)"],
    "bank": ["은행", "은행명", "거래은행"],
    "account": ["계좌번호", "계좌", "입금계좌"],
    "coop": ["소속조합", "소속", "조합명"],
    "code": ["품목코드", "상품코드", "코드", "품번", "관리번호"],
    "name": ["품목명", "품명", "상품명", "물품명", "품목", "제품명", "판매품목", "품 목 명"],
    "unit": ["규격/단위", "단위", "규격·단위", "판매단위", "규격", "포장단위"],
    "price": [
        "단가(원)",
        "단가",
        "판매가",
        "가격",
        "판매단가",
        "판매가격(원)",
        "장터가",
        "판매가(VAT포함)",
        "금액",
    ],
    "tax": ["과세구분", "과세여부", "부가세", "세금", "과세/면세", "과·면세", "면세/과세", "세금구분"],
    "barcode": ["바코드", "barcode", "상품코드(EAN)", "바코드번호", "Barcode"],
    "quantity": ["반입수량", "수량", "입고", "준비수량", "입고수량", "반입 수량"],
    "note": ["비고", "메모", "특이사항"],
}
VENDOR_COLUMNS = ["serial", "vendor_code", "vendor", "enterprise", "class", "tax_kind", "business_no",
                  "representative", "phone", "bank", "account", "coop"]  # fmt: skip
PRODUCT_COLUMNS = ["serial", "code", "vendor", "name", "unit", "price", "tax", "barcode", "quantity", "note"]
KINDS = {
    "일반과세자": "general",
    "간이과세자": "simplified",
    "면세사업자": "exempt",
    "사업자등록 없는 농업인": "unregistered",
}
FRUITS = ["사과", "배", "참기름", "고구마", "김치", "쿠키 세트"]
SHORT = {"일반과세자": "일반", "간이과세자": "간이", "면세사업자": "면세", "사업자등록 없는 농업인": "농업인"}


class Market:
    """A market made by chance: rows as they are meant."""

    def __init__(self, chance: random.Random) -> None:
        self.vendors: list[dict[str, Any]] = []
        self.products: list[dict[str, Any]] = []
        for n in range(chance.randint(2, 9)):
            kind = chance.choice(list(KINDS))
            self.vendors.append({
                "vendor_code": f"V{n + 1:02d}", "vendor": f"{chance.choice('가나다라마바')}{n}골 {chance.choice(['농장', '공방', '식품', '협동조합'])}",
                "enterprise": chance.choice(["사회적기업", "마을기업", "협동조합", "여성기업", "자활기업"]),
                "class": chance.choice(["농가", "가공", "기업"]), "tax_kind": kind,
                "business_no": "" if kind.startswith("사업자") else business_no(chance),
                "representative": chance.choice(["김서은", "박영영", "이수경"]),
                "phone": f"010-{chance.randrange(10**4):04d}-{chance.randrange(10**4):04d}", "bank": chance.choice(["국민", "농협", "우체국"]),
                "account": f"{chance.randrange(10**5)}-{chance.randrange(10**5)}-{chance.randrange(10**5)}",
                "coop": chance.choice(["가치키움", "전남상사"]),
            })  # fmt: skip
        number = 0
        for vendor in self.vendors:
            for _ in range(chance.randint(0, 4)):
                number += 1
                weighed = chance.random() < 0.2
                unit = "kg" if weighed else chance.choice(["상자", "병", "봉", "개", "단", "마리"])
                self.products.append({
                    "code": f"P{number:03d}", "vendor": vendor["vendor"],
                    "name": f"{chance.choice(FRUITS)}{number} {chance.choice(['3kg', '500ml', '', '10구'])}".strip(),
                    "unit": unit, "price": chance.randrange(1, 800) * 100, "tax": chance.choice(["과세", "면세"]),
                    "barcode": barcode(chance) if chance.random() < 0.6 else "", "quantity": chance.randrange(1, 9) * 10,
                    "note": "무게 판매" if weighed else "",
                })  # fmt: skip


def business_no(chance: random.Random) -> str:
    while True:
        digits = f"{chance.randrange(101, 999)}{chance.randrange(79, 90)}{chance.randrange(10**5):05d}"
        if is_valid(digits):
            return digits


def barcode(chance: random.Random) -> str:
    first = "880" + "".join(chance.choice("0123456789") for _ in range(9))
    return f"{first}{ean13_check_digit(first)}"


def written(chance: random.Random, column: str, value: Any) -> Any:
    """A value as some clerk would write it."""
    if value == "":
        return chance.choice([None, None, "", "-"]) if column in ("barcode", "business_no") else None
    if column == "price":
        return chance.choice(
            [value, f"{value:,}원", f" {value:,} ", str(value), f"₩{value:,}", float(value), f"{value:,}"]
        )
    if column == "tax":
        return chance.choice(
            {"과세": ["과세", "VAT포함", "과세 "], "면세": ["면세", "비과세", " 면세"]}[value]
        )
    if column == "barcode":
        return chance.choice([value, int(value), float(value), f"{value} "])
    if column == "business_no":
        return chance.choice([value, f"{value[:3]}-{value[3:5]}-{value[5:]}", int(value)])
    if column == "phone":
        return chance.choice([value, value.replace("-", " "), value.replace("-", "")])
    if column == "quantity":
        return chance.choice([value, str(value), f"{value}개"])
    if column == "tax_kind":
        return chance.choice([value, SHORT[value]])
    if column in ("vendor", "name"):
        return chance.choice([value, value, f"{value} ", unicodedata.normalize("NFD", value)])
    return value


def laid_out(
    chance: random.Random, columns: list[str], rows: list[dict[str, Any]], title: str, inherit: str
) -> Any:
    """A sheet of rows, and the vertical runs that may be merged."""
    columns = [c for c in columns if c in needed(columns) or chance.random() < 0.8]
    if chance.random() < 0.5:
        chance.shuffle(columns)
    words = {c: chance.choice(WORDS[c]) for c in columns}
    while (
        "code" in columns
        and "barcode" in columns
        and words["code"] == "상품코드"
        and "EAN" in words["barcode"]
    ):
        words["code"] = chance.choice(WORDS["code"])
    sheet: list[list[Any]] = []
    left = chance.choice([0, 0, 0, 1])
    if chance.random() < 0.8:
        sheet += [[title]] + [[]] * chance.randint(0, 3)
    if chance.random() < 0.3:
        sheet.append(["※ 단가는 부가세 포함, 면세 농산물은 면세로 표기"])
    sheet.append([None] * left + [words[c] for c in columns])
    runs: list[tuple[int, int, int]] = []
    last, started = None, 0
    for number, row in enumerate(rows, 1):
        if chance.random() < 0.05:
            sheet.append([])
            last = None
        cells = [number if c == "serial" else written(chance, c, row[c]) for c in columns]
        if inherit and "vendor" in columns and row["vendor"] == last:
            cells[columns.index("vendor")] = None
            if inherit == "merge":
                runs.append((started, len(sheet) + 1, left + columns.index("vendor") + 1))
        else:
            last, started = row["vendor"], len(sheet) + 1
        sheet.append([None] * left + cells)
    if "price" in columns and rows and chance.random() < 0.6:
        total: list[Any] = [None] * len(columns)
        total[columns.index("price")] = sum(row["price"] for row in rows)
        place = chance.choice(
            [c for c in range(len(columns)) if columns[c] in ("serial", "vendor", "name", "code")]
        )
        total[place] = chance.choice(["합계", "합 계", "총계", "계", "소계"])
        sheet.append([None] * left + total)
    if chance.random() < 0.3:
        sheet += [[], ["※ 문의: 사무국"]]
    return sheet, runs, set(columns)


def needed(columns: list[str]) -> set[str]:
    return (
        {"vendor", "tax_kind", "business_no"}
        if "tax_kind" in columns
        else {"vendor", "name", "unit", "price", "tax"}
    )


def saved(path: Path, chance: random.Random, market: Market) -> set[str]:
    """Write the market somehow; the columns that the file has."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    inherit = chance.choice(["", "blank", "merge"])
    both = [("업체", VENDOR_COLUMNS, market.vendors, "", "완판장터 참여업체 명단"),
            ("품목", PRODUCT_COLUMNS, market.products, inherit, "완판장터 판매품목")]  # fmt: skip
    if chance.random() < 0.4:
        both.reverse()
    told: set[str] = set()
    for kind, columns, rows, repeated, title in both:
        sheet, runs, has = laid_out(chance, columns, rows, title, repeated)
        told |= has
        made = book.create_sheet(f"{kind} {chance.choice(['명단', '목록', '리스트', '(최종)', '2026'])}")
        for line in sheet:
            made.append(line)
        for top, bottom, column in {run[0]: run for run in runs}.values():
            longest = max(run[1] for run in runs if run[0] == top)
            letter = get_column_letter(column)
            made.merge_cells(f"{letter}{top}:{letter}{max(bottom, longest)}")
    book.save(path)
    return told


@pytest.mark.parametrize("seed", range(60))
def test_any_market(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    market = Market(chance)
    told = saved(tmp_path / "market.xlsx", chance, market)
    result = read(tmp_path / "market.xlsx")
    assert result.bad == ()
    assert [(v.name, v.tax_kind and v.tax_kind.value, v.business_no) for v in result.vendors] == [
        (v["vendor"], KINDS[v["tax_kind"]], v["business_no"]) for v in market.vendors
    ]
    meant = [
        (p["vendor"], p["name"], p["unit"], p["price"], {"과세": "taxable", "면세": "exempt"}[p["tax"]],
         "weight" if p["unit"] == "kg" else "each")
        for p in market.products
    ]  # fmt: skip
    assert [
        (p.vendor_name, p.name, p.unit, p.unit_price_won, p.tax_class.value, p.sold_by.value)
        for p in result.products
    ] == meant
    if "barcode" in told:
        assert [p.barcodes for p in result.products] == [
            (p["barcode"],) if p["barcode"] else () for p in market.products
        ]
    if "quantity" in told:
        assert [p.brought_milli for p in result.products] == [p["quantity"] * 1000 for p in market.products]
    if "code" in told:
        assert [p.code for p in result.products] == [p["code"] for p in market.products]
    if "phone" in told:
        assert [v.phone for v in result.vendors] == [v["phone"] for v in market.vendors]
    if "representative" in told:
        assert [v.representative for v in result.vendors] == [v["representative"] for v in market.vendors]
    if "enterprise" in told:
        assert [v.enterprise_kind for v in result.vendors] == [v["enterprise"] for v in market.vendors]
    if "coop" in told:
        assert [v.cooperative for v in result.vendors] == [v["coop"] for v in market.vendors]
