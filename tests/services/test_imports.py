"""Workbooks into the catalogue: again and again, two of one name, and one market after another."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.errors import DomainError
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.house import House
from pos_app.services.imports import ImportRefused, read_contact
from tests.services.houses import event_bytes

VENDORS = [
    ("V01", "새벽 농장", "일반과세자", "123-45-67891", "김하나", "010-1111-2222", "농협", "111-22-333"),
    ("V02", "새벽 농장", "간이과세자", "124-81-00998", "박두리", "010-3333-4444", "국민", "444-55-666"),
    ("V03", "달빛 공방", "사업자등록 없는 농업인", "", "이세라", "", "", ""),
]
GOODS = [
    ("P001", "V01", "새벽 농장", "사과", "상자", 10_000, "면세", "8807127684265", 5),
    ("P002", "V02", "새벽 농장", "사과", "상자", 20_000, "과세", "", 0),
    ("P003", "V03", "달빛 공방", "비누", "개", 3_000, "과세", "", 7),
]


def book(
    path: Path, goods: list[tuple[Any, ...]] | None = None, vendors: list[tuple[Any, ...]] | None = None
) -> Path:
    """A workbook of these rows."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "참여업체"
    sheet.append(["업체코드", "업체명", "과세유형", "사업자등록번호", "대표자", "연락처", "은행", "계좌번호"])
    for row in vendors or VENDORS:
        sheet.append(list(row))
    sheet = made.create_sheet("판매품목")
    sheet.append(
        ["품목코드", "업체코드", "업체명", "품목명", "단위", "단가", "과세구분", "바코드", "반입수량"]
    )
    for row in goods or GOODS:
        sheet.append(list(row))
    made.save(path)
    return path


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_house(tmp_path / "home")


def test_two_vendors_of_one_name_stay_two(house: House, tmp_path: Path) -> None:
    done = house.imports.workbook(book(tmp_path / "a.xlsx"))
    assert (done.vendors, done.products, done.bad) == (3, 3, ())
    house.days.open("장터", "2026-11-20")
    assert sorted(v.name for v in house.goods.vendors()) == ["달빛 공방", "새벽 농장", "새벽 농장"]
    apples = {t.unit_price_won: t for t in house.goods.tiles() if t.name == "사과"}
    assert set(apples) == {10_000, 20_000}
    assert apples[10_000].vendor_id != apples[20_000].vendor_id
    assert apples[10_000].on_hand_milli == 5000
    house.close()


def test_again_and_again_changes_nothing(house: House, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx")
    assert house.imports.workbook(path).changed > 0
    house.days.open("장터", "2026-11-20")
    before = event_bytes(house), house.integrity.digest()
    for _ in range(2):
        assert house.imports.workbook(path).changed == 0
        house.days.open("장터", "2026-11-20")
    assert (event_bytes(house), house.integrity.digest()) == before
    house.close()


def test_a_new_price_is_one_edit_and_is_asked_at_once(house: House, tmp_path: Path) -> None:
    house.imports.workbook(book(tmp_path / "a.xlsx"))
    house.days.open("장터", "2026-11-20")
    house.shifts.open(0)
    soap = next(t.product_id for t in house.goods.tiles() if t.name == "비누")
    house.till.add(soap)
    assert house.till.priced.total_won == 3_000
    house.till.clear()
    dearer = [(*row[:5], 3_500, *row[6:]) if row[0] == "P003" else row for row in GOODS]
    assert house.imports.workbook(book(tmp_path / "b.xlsx", dearer)).changed == 1
    house.till.add(soap)
    assert house.till.priced.total_won == 3_500
    house.close()


def test_an_import_in_another_process_is_seen_by_the_open_till(house: House, tmp_path: Path) -> None:
    house.imports.workbook(book(tmp_path / "a.xlsx"))
    house.days.open("장터", "2026-11-20")
    house.shifts.open(0)
    soap = house.goods.search("비누")[0]
    house.till.add(soap)
    house.till.clear()
    other = open_house(tmp_path / "home")
    dearer = [(*row[:5], 3_500, *row[6:]) if row[0] == "P003" else row for row in GOODS]
    other.imports.workbook(
        book(tmp_path / "b.xlsx", [*dearer, ("P004", "V03", "달빛 공방", "향초", "개", 9_000, "과세", "", 0)])
    )
    other.close()
    house.till.add(soap)
    assert house.till.priced.total_won == 3_500
    assert len(house.goods.search("향초")) == 1
    house.close()


def test_codes_keep_what_they_meant_on_their_own_market_day(house: House, tmp_path: Path) -> None:
    slip = b'{"at":"2026-11-20T10:00:00+09:00","lines":[{"product":"P001","quantity_milli":1000}]}'
    house.imports.workbook(book(tmp_path / "a.xlsx"))
    house.days.open("장터", "2026-11-20")
    house.shifts.open(0)
    house.ringing.tape([slip])
    before = house.reports.day("2026-11-20")
    others = [("W1", "다른 농원", "면세사업자", "", "최네모", "", "", "")]
    house.imports.workbook(
        book(tmp_path / "b.xlsx", [("P001", "W1", "다른 농원", "감귤", "상자", 1_000, "면세", "", 9)], others)
    )
    house.ringing.tape([slip])
    first = house.reports.day("2026-11-20")
    assert first["net_won"] == 2 * before["net_won"] == 20_000
    assert [row["vendor"] for row in first["by_vendor"]] == [row["vendor"] for row in before["by_vendor"]]
    assert [row["product"] for row in first["by_product"]] == ["P001"]
    house.days.open("장터", "2026-11-27")
    house.shifts.open(0)
    house.ringing.tape([slip])
    second = house.reports.day()
    assert (second["net_won"], [row["vendor"] for row in second["by_vendor"]]) == (1_000, ["다른 농원"])
    assert house.reports.day("2026-11-20")["net_won"] == 20_000
    house.close()


def test_a_workbook_that_comes_after_the_opening_is_this_days(house: House, tmp_path: Path) -> None:
    house.days.open("장터", "2026-11-20")
    house.imports.workbook(book(tmp_path / "a.xlsx"))
    assert len(house.goods.vendors()) == 3
    assert {row["vendor"] for row in house.reports.day()["by_vendor"]} == {"새벽 농장", "달빛 공방"}
    assert next(t for t in house.goods.tiles() if t.name == "비누").on_hand_milli == 7000
    house.close()


def test_bad_cells_are_named_and_strict_takes_nothing(house: House, tmp_path: Path) -> None:
    bad = [(*row[:5], "삼천원쯤", *row[6:]) if row[0] == "P003" else row for row in GOODS]
    path = book(tmp_path / "a.xlsx", bad)
    with pytest.raises(ImportRefused) as refusal:
        house.imports.workbook(path, strict=True)
    assert [cell for cell, _ in refusal.value.bad] == ["판매품목!F4"]
    done = house.imports.workbook(path, dry_run=True)
    assert (done.products, [cell for cell, _ in done.bad], done.changed) == (2, ["판매품목!F4"], 0)
    assert event_bytes(house) == {}
    assert house.imports.workbook(path).products == 2
    house.close()


@pytest.mark.parametrize("what", ["missing", "folder", "junk", "empty"])
def test_what_is_no_workbook_changes_nothing(house: House, tmp_path: Path, what: str) -> None:
    path = tmp_path / "x.xlsx"
    if what == "folder":
        path.mkdir()
    elif what != "missing":
        path.write_bytes(b"junk" if what == "junk" else b"")
    with pytest.raises((DomainError, EnvironmentFault)):
        house.imports.workbook(path)
    assert event_bytes(house) == {}
    house.close()


@pytest.mark.acceptance("A39")
def test_phones_and_accounts_are_nowhere_to_be_read(house: House, tmp_path: Path) -> None:
    house.imports.workbook(book(tmp_path / "a.xlsx"))
    with house.database.read() as rows:
        ids = [found for (found,) in rows.all('SELECT "id" FROM "vendor"')]
        contacts = [read_contact(rows, vendor) for vendor in ids]
    assert "010-1111-2222" in {contact.phone for contact in contacts if contact}
    house.close()
    everything = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())
    for secret in (b"010-1111-2222", b"01011112222", b"111-22-333", b"444-55-666"):
        assert secret not in everything
    house = open_house(tmp_path / "home")
    with house.database.write() as rows:
        rows.run('DELETE FROM "subject_key"')
        assert all(read_contact(rows, vendor) is None for vendor in ids)
    house.close()
