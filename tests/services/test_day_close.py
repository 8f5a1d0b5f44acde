"""Sealing on the machine that sells: what refuses it, what it changes, its sheet, separate books."""

from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.operators import Role
from pos_app.printing import pdf, plain
from pos_app.services.editing import edit_of
from pos_app.services.house import House
from pos_app.storage.unit_of_work import CATALOGUE
from tests.services.houses import (
    MARKET,
    card,
    cash,
    event_bytes,
    good_id,
    open_market,
    refused,
    sell,
    session,
    vendor_id,
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_market(tmp_path / "home", float_won=50_000)


def close(house: House, off: int = 0) -> int:
    """Count exactly (or so much off) and close; the Z's number."""
    expected = house.shifts.count_total(0).expected_won
    house.shifts.count_total(expected + off)
    return house.shifts.close("까닭").z_no


@pytest.mark.acceptance("A28")
def test_a_cart_put_aside_refuses_the_seal_and_names_the_register(house: House) -> None:
    house.till.add(good_id("P002"))
    parked = house.till.park("할머니")
    before = event_bytes(house)
    with refused("day.parked") as told:
        house.day_close.seal()
    assert told.value.params == {"registers": "R1", "count": 1}
    assert [(todo.kind, todo.count) for todo in house.day_close.overview().todos if todo.blocking] == [
        ("parked", 1), ("open", 1),
    ]  # fmt: skip
    house.till.recall(parked)
    house.till.complete([card(21_000)])
    with refused("day.shifts_open") as told:
        house.day_close.seal()
    assert told.value.params["registers"] == "R1"
    assert len(event_bytes(house)) == len(before) + 1
    close(house)
    assert house.day_close.seal().complete
    with refused("day.sealed_already"):
        house.day_close.seal()
    house.close()


@pytest.mark.acceptance("A26", "A28")
def test_board_sheet_and_report_name_the_same_money(house: House) -> None:
    sell(house, [("P002", 1000)], cash(30_000))
    sell(house, [("P001", 1500)], card(4_350))
    refunded = sell(house, [("P004", 2000)], cash(20_000))
    house.returns.refund(refunded, [(1, 1000, True)], "까닭", house.till.rules[0].type)
    gone = sell(house, [("P003", 1000)], card(3_333))
    house.returns.void(gone, "까닭", cancelled=["12344321"])
    close(house, off=-300)
    house.shifts.open(0)
    sell(house, [("P006", 1000)], cash(13_000))
    close(house)
    line = house.day_close.board()[0]
    report = house.reports.day()
    done = house.day_close.seal()
    key, sheet = house.day_close.sheet()
    assert key == done.key
    assert done.totals["voids_count"] == 1
    assert house.day_close.holds() == {key: True}  # reckoned again from the events of the cut alone
    told = sheet.lines[0]
    assert (line.sales_count, line.net_won) == (4, report["net_won"]) == (told.sales_count, told.net_won)
    assert line.expected_cash_won == told.expected_cash_won == line.counted_won + 300
    assert (line.z_nos, line.over_short_won) == ((1, 2), -300)
    assert {name: report[name] for name in done.totals} == done.totals
    assert dict(sheet.tenders) == {kind: won for kind, won in report["tenders"].items() if won}
    paper = plain.render(house.day_close.documents()[0], 48)
    assert f"{report['net_won']:,}원" in paper
    assert MARKET in paper
    assert key[:16] in paper
    house.close()


@pytest.mark.acceptance("A28")
def test_the_sealed_sheet_prints_the_same_for_ever(tmp_path: Path, house: House) -> None:
    house.settings.set("shop_name", "처음 이름 조합")
    sell(house, [("P002", 1000)], card(21_000))
    close(house)
    draft = house.day_close.documents()[0]
    assert "봉인 전 잠정" in plain.render(draft, 48)
    house.day_close.seal()
    paper = house.day_close.documents()[0]
    assert "처음 이름 조합" in plain.render(paper, 48)
    printed = pdf.render(paper, 48), house.day_close.pdf()
    house.settings.set("shop_name", "이름을 바꾼 조합")
    with house.desk.work.begin() as work:
        edit = edit_of(work.rows, "vendor", vendor_id(1), {"name": "다른 이름", "cooperative": "새 조합"})
        assert edit is not None
        work.record(CATALOGUE, edit)
    house.close()
    house = open_house(tmp_path / "home")
    assert house.day_close.documents()[0] == paper
    assert (pdf.render(paper, 48), house.day_close.pdf()) == printed
    assert house.integrity.rebuild().different == ()
    assert house.day_close.documents()[0] == paper
    house.close()


def test_two_cooperatives_keep_separate_books_of_the_same_till(house: House) -> None:
    with house.desk.work.begin() as work:
        for number, name in ((0, "동쪽조합"), (1, "서쪽조합"), (2, "서쪽조합")):
            edit = edit_of(work.rows, "vendor", vendor_id(number), {"cooperative": name})
            assert edit is not None
            work.record(CATALOGUE, edit)
    sell(house, [("P002", 1000), ("P004", 1000), ("P008", 1000)], card(21_000 + 8_500 + 4_220))
    sell(house, [("P006", 1000)], card(12_345))
    books = {book["cooperative"]: book for book in house.day_close.books_apart()}
    assert {name: book["net_won"] for name, book in books.items()} == {
        "동쪽조합": 4_220, "서쪽조합": 29_500, "": 12_345,
    }  # fmt: skip
    assert [row["net_won"] for row in books["서쪽조합"]["by_vendor"]] == [21_000, 8_500]
    assert sum(book["net_won"] for book in books.values()) == house.reports.day()["net_won"]
    close(house)
    house.day_close.seal()
    paper = plain.render(house.day_close.documents()[0], 48)
    assert "조합별 순매출" in paper
    assert "서쪽조합 (2곳)" in paper
    house.close()


@pytest.mark.acceptance("A39")
@pytest.mark.parametrize("role", list(Role))
def test_the_board_is_for_those_who_may_see_totals(house: House, role: Role) -> None:
    house.use(session(role))
    asks = (
        house.day_close.overview,
        house.day_close.board,
        house.day_close.documents,
        house.day_close.books_apart,
    )
    for ask in (*asks, house.reconciling.of_day):
        if role is Role.CASHIER:
            with refused("right.missing"):
                ask()
        else:
            assert ask() is not None
    house.close()


@pytest.mark.acceptance("A30")
def test_a_day_opened_again_sells_again_and_is_sealed_anew(house: House) -> None:
    sell(house, [("P002", 1000)], card(21_000))
    close(house)
    first = house.day_close.seal()
    with refused("day.sealed_already"):
        house.shifts.open(0)
    house.day_close.reopen("판매 하나를 빠뜨렸어요")
    view = house.days.current()
    assert view is not None
    assert not view.sealed
    assert not house.reports.day()["sealed"]
    house.shifts.open(0)
    sell(house, [("P006", 1000)], card(12_345))
    assert close(house) == 2
    second = house.day_close.seal()
    assert second.totals["net_won"] == first.totals["net_won"] + 12_345
    assert "2번째 봉인" in plain.render(house.day_close.documents()[0], 48)
    assert "2번째 봉인" not in plain.render(house.day_close.documents(first.key)[0], 48)
    house.close()


def test_an_unknown_seal_has_no_sheet(house: House) -> None:
    for key in ("zz", "0" * 64):
        with refused("day.unknown_seal"):
            house.day_close.documents(key)
    house.close()
