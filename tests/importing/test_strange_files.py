"""Broken, locked, huge and foreign files: a plain sentence, never a crash."""

import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.importing import csv_file, workbook, xlsx_file
from pos_app.importing.workbook import read
from pos_app.runtime.faults import EnvironmentFault
from tests.importing.market_sheets import PRODUCTS, VENDORS, book

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo" / "catalogue.xlsx"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def fault(path: Path) -> EnvironmentFault:
    with pytest.raises(EnvironmentFault) as caught:
        read(path)
    assert caught.value.title and caught.value.advice
    return caught.value


def test_the_demo_market_as_it_is() -> None:
    result = read(DEMO)
    assert (len(result.vendors), len(result.products), result.bad) == (26, 44, ())
    assert (result.market_hint, result.date_hint) == ("한전 완판장터", "2026-11-20")
    by_code = {p.code: p for p in result.products}
    assert by_code["P012"].barcodes == ("8809548620570",)
    assert (by_code["P006"].unit_price_won, by_code["P036"].tax_class.value) == (8500, "taxable")
    assert [code for code, p in by_code.items() if p.sold_by.value == "weight"] == [
        "P002",
        "P004",
        "P025",
        "P030",
    ]
    assert sum((p.brought_milli or 0) for p in result.products) == 1_370_000
    assert sum(p.unit_price_won for p in result.products) == 673_100
    assert all(w.cell.startswith("참여업체!G") for w in result.warnings)


def test_missing_and_folder(tmp_path: Path) -> None:
    fault(tmp_path / "nowhere.xlsx")
    fault(tmp_path)


def test_old_and_locked_excel(tmp_path: Path) -> None:
    path = tmp_path / "old.xlsx"
    path.write_bytes(OLE + bytes(2000))
    assert "XLS" in fault(path).title
    path.write_bytes(OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(100))
    assert "암호" in fault(path).title


def test_other_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for name in ("mimetype", "xl/workbook.bin", "readme.txt"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "x")
        fault(path)


def test_cut_off_file(tmp_path: Path) -> None:
    data = DEMO.read_bytes()
    path = tmp_path / "cut.xlsx"
    for length in (100, 4000, len(data) - 30):
        path.write_bytes(data[:length])
        fault(path)


def test_damaged_files_never_crash(tmp_path: Path) -> None:
    data = DEMO.read_bytes()
    chance = random.Random(7)
    path = tmp_path / "damaged.xlsx"
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(bytes(damaged))
        try:
            read(path)
        except EnvironmentFault:
            continue


@given(st.binary(max_size=400))
def test_random_bytes_never_crash(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "random.bin"
    path.write_bytes(data)
    try:
        result = read(path)
    except EnvironmentFault:
        return
    assert result.fatal or result.vendors or result.products


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "업체명",
                    "품목명",
                    "단가",
                    "과세구분",
                    "",
                    "가나",
                    "=1",
                    "1,000",
                    "합계",
                    "※",
                    "kg",
                    "〃",
                    "면세",
                    "코드",
                    "구분",
                    '"',
                    "사업자번호",
                    "소계",
                ]
            ),
            max_size=6,
        ),
        max_size=8,
    )
)
def test_any_sheet_of_words_is_read(rows: list[list[str]]) -> None:
    grid = csv_file.grid_of("\n".join(",".join(row) for row in rows), "표")
    tables = workbook._sort([grid])
    if tables.vendors or tables.products:
        workbook._assemble(tables, [grid], Path("표.csv"))


def test_a_zip_bomb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(130):
                part.write(bytes(1_000_000))
    assert path.stat().st_size < 2_000_000
    assert "커요" in fault(path).title


def test_too_big_and_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_FILE_BYTES", 1000)
    assert "커요" in fault(DEMO).title
    monkeypatch.undo()
    monkeypatch.setattr(xlsx_file, "MAX_ROWS", 40)
    assert "줄" in fault(DEMO).title


def test_text_that_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"\x00\x01\x02\x03")
    fault(path)
    path.write_text("<html><table></table></html>", encoding="utf-8")
    fault(path)
    path.write_bytes(b"")
    assert read(path).fatal
    path.write_text("사과,배\n1,2\n", encoding="utf-8")
    assert read(path).fatal


def test_a_stray_format_far_below_costs_nothing(tmp_path: Path) -> None:
    book_ = openpyxl.Workbook()
    sheet = book_.worksheets[0]
    rows: list[list[str | int]] = [["업체명", "품목명", "단가", "과세구분"], ["가나", "사과", 1000, "면세"]]
    for row in rows:
        sheet.append(row)
    sheet["XFD1048576"].number_format = "0.00"
    sheet["A900000"] = "끝"
    book_.save(tmp_path / "far.xlsx")
    assert len(read(tmp_path / "far.xlsx").products) == 1


def test_a_large_market_is_read(tmp_path: Path) -> None:
    rows = [
        [f"P{n}", PRODUCTS[0][1], f"물건 {n}", "개", 1000 + n, "과세", None, 5, None] for n in range(3000)
    ]
    head = ["품목코드", "업체명", "품목명", "단위", "단가", "과세구분", "바코드", "반입수량", "비고"]
    vendors = [
        ["업체코드", "업체명", "과세유형", "사업자등록번호", "대표자", "연락처"],
        *[list(v) for v in VENDORS],
    ]
    result = read(book(tmp_path / "big.xlsx", {"업체": vendors, "품목": [head, *rows]}))
    assert (len(result.products), result.bad) == (3000, ())
