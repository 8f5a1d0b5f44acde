"""현금영수증 after the sale: masked, replaced, taken back; figures stay as they were."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.bootstrap import open_house
from pos_app.domain.masking import mask_identity
from pos_app.domain.operators import Role
from pos_app.facts.sales import CashReceiptRequest
from pos_app.printing import plain
from pos_app.services.house import House
from pos_app.storage.folds.rebuild import rebuild
from pos_app.storage.queries import cash_receipts
from tests.services.houses import (
    card,
    cash,
    event_bytes,
    good_id,
    open_market,
    refused,
    sell,
    session,
    stored,
    table,
)

PHONE = "01012345678"


def asked(house: House) -> list[tuple[object, ...]]:
    return table(house, "cash_receipt")


def test_the_number_is_never_kept_whole(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sale = sell(house, [("P006", 1000)])
    kept = house.cash_receipts.ask(sale, "income", "010-1234-5678")
    assert kept == CashReceiptRequest("income", "010-****-5678")
    assert house.cash_receipts.of(sale) == kept
    whole = b"".join(event_bytes(house).values()) + (tmp_path / "jangteo.db").read_bytes()
    whole += (tmp_path / "jangteo.db-wal").read_bytes() if (tmp_path / "jangteo.db-wal").exists() else b""
    assert b"1234-5678" not in whole and b"12345678" not in whole
    house.close()


def test_the_latest_wish_holds_and_can_be_taken_back(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.till.add(good_id("P006"))
    sale = house.till.complete([cash(20_000)], CashReceiptRequest("income", "010-****-1111")).sale_id
    receipts = house.cash_receipts
    assert receipts.of(sale) == CashReceiptRequest("income", "010-****-1111"), "asked for with the sale"
    receipts.ask(sale, "expense", "1234567890")
    assert receipts.of(sale) == CashReceiptRequest("expense", "123-**-**890")
    before = len(event_bytes(house))
    receipts.ask(sale, "expense", "1234567890")
    assert len(event_bytes(house)) == before, "the same again is nothing new"
    assert house.returns.recent(1)[0].cash_receipt
    assert house.returns.sale(sale).cash_receipt == receipts.of(sale)
    receipts.take_back(sale)
    assert receipts.of(sale) is None
    assert not house.returns.recent(1)[0].cash_receipt
    assert stored(house, sale).cash_receipt == CashReceiptRequest("income", "010-****-1111"), (
        "the sale is as it was"
    )
    house.close()


def test_the_day_and_the_sale_stay_as_they_were(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sale = sell(house, [("P006", 1000)])
    day, before = house.reports.day(), stored(house, sale)
    house.cash_receipts.ask(sale, "income", PHONE)
    after = house.reports.day()
    counts = ("journal_entries", "unsynced_entries")
    assert {k: v for k, v in after.items() if k not in counts} == {
        k: v for k, v in day.items() if k not in counts
    }
    assert after["journal_entries"] == day["journal_entries"] + 1
    assert stored(house, sale) == before
    house.close()


def test_a_paper_printed_later_tells_the_wish(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sale = sell(house, [("P006", 1000)])
    house.cash_receipts.ask(sale, "income", PHONE)
    with house.desk.work.read() as rows:
        told = cash_receipts.as_known(rows, sale, stored(house, sale))
    assert told.cash_receipt == CashReceiptRequest("income", "010-****-5678")
    job = house.papers.reprint(sale)
    paper = plain.render(house.papers.preview(job), 42)
    assert "재발행 1" in paper
    assert "현금영수증 요청" in paper and "010-****-5678" in paper
    house.close()


def test_what_can_not_be(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    by_cash = sell(house, [("P006", 1000)])
    by_card = sell(house, [("P002", 1000)], card(21_000))
    receipts = house.cash_receipts
    assert (receipts.possible(by_cash), receipts.possible(by_card), receipts.possible("x")) == (
        True,
        False,
        False,
    )
    for sale, purpose, identity, code in (
        (by_card, "income", PHONE, "cash_receipt.no_cash"),
        ("nothing", "income", PHONE, "sale.unknown"),
        (by_cash, "gift", PHONE, "cash_receipt.purpose"),
        (by_cash, "income", "010-1234", "cash_receipt.identity"),
        (by_cash, "income", "0" * 20, "cash_receipt.identity"),
        (by_cash, "income", "가" * 12, "cash_receipt.identity"),
    ):
        with refused(code):
            receipts.ask(sale, purpose, identity)
    house.returns.void(by_cash, "까닭")
    with refused("cash_receipt.voided"):
        receipts.ask(by_cash, "income", PHONE)
    assert asked(house) == []
    house.close()


@pytest.mark.parametrize("role", list(Role))
def test_whoever_sells_may_ask(tmp_path: Path, role: Role) -> None:
    house = open_market(tmp_path)
    sale = sell(house, [("P006", 1000)])
    house.use(session(role))
    house.cash_receipts.ask(sale, "income", PHONE)
    assert house.cash_receipts.of(sale) is not None
    house.close()


def test_told_anew_from_the_events_it_is_the_same(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.till.add(good_id("P006"))
    first = house.till.complete([cash(20_000)], CashReceiptRequest("income", "010-****-1111")).sale_id
    second = sell(house, [("P006", 2000)])
    for sale, number in ((first, PHONE), (second, "1234567890"), (second, PHONE)):
        house.cash_receipts.ask(sale, "expense", number)
    house.cash_receipts.take_back(second)
    before = asked(house)
    assert len(before) == 5
    with house.database.write() as rows:
        rebuild(rows)
    assert asked(house) == before
    house.close()
    house = open_house(tmp_path)
    assert house.cash_receipts.of(second) is None
    assert house.cash_receipts.of(first) == CashReceiptRequest("expense", "010-****-5678")
    house.close()


@given(st.text("0123456789-* ", max_size=30))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask_identity(mask_identity(text)) == mask_identity(text)
