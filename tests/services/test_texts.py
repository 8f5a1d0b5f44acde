"""Whatever is typed: it is stored cleaned, or a rule says no; never a crash, never a poisoned cart."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from pos_app.domain.cart import Discount
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.services.house import House
from tests.cli.program import command
from tests.services.houses import cash, good_id, open_market, sell, vendor_id

TEXTS = {
    "half a letter": "\udcff\udcfe",
    "a megabyte": "가" * 1_000_000,
    "controls": "\x00\x1b@\n\r\t\x7f",
    "odd": "'; DROP TABLE sale; -- {won} %s {0} 👍🏽 ㎏ 大 ₩ \u200b\u202e\u1100\u1161\u11ab",
    "nothing": "",
}

PLACES: dict[str, Callable[[House, str], object]] = {
    "note": lambda house, text: house.till.set_note(house.till.cart.lines[0].key, text),
    "customer": lambda house, text: house.till.set_customer(text),
    "discount": lambda house, text: house.till.set_discount(
        house.till.cart.lines[0].key, Discount("won", 1, text)
    ),
    "approval": lambda house, text: house.till.complete(
        [TenderInput(TenderType.CARD, 21_000, approval_no=text, issuer=text)]
    ),
    "payer": lambda house, text: house.till.complete([TenderInput(TenderType.CREDIT, 21_000, payer=text)]),
    "voucher": lambda house, text: house.till.complete([TenderInput(TenderType.VOUCHER, 21_000, text)]),
    "refund": lambda house, text: house.returns.refund(
        house.returns.recent()[0].sale_id, [(1, 1, True)], text, TenderType.CASH
    ),
    "void": lambda house, text: house.returns.void(house.returns.recent()[0].sale_id, text),
    "movement": lambda house, text: house.shifts.move_cash("pay_in", 5, text),
    "park": lambda house, text: house.till.park(text),
    "product": lambda house, text: house.goods.quick_add(text, 5, vendor_id(0)),
    "barcode": lambda house, text: house.goods.quick_add("새것", 5, vendor_id(0), text),
    "operator": lambda house, text: house.operators.add(text, Role.COORDINATOR, "274913"),
    "market": lambda house, text: house.days.open(text, "2026-11-21"),
    "agency": lambda house, text: house.days.open("장터", "2026-11-21", "R1", text),
    "register": lambda house, text: house.days.open("장터", "2026-11-21", text),
    "date": lambda house, text: house.days.open("장터", text),
    "scan": lambda house, text: house.till.scan(text),
    "search": lambda house, text: house.goods.search(text),
    "receipts": lambda house, text: house.returns.recent(text=text),
    "sale": lambda house, text: house.returns.sale(text),
    "setting": lambda house, text: house.settings.set("shop_name", text),
    "printer": lambda house, text: house.settings.set("printer_uri", text),
    "limit": lambda house, text: house.settings.set("over_short_limit_won", text),
    "patterns": lambda house, text: house.settings.set("scale_patterns", text),
    "close": lambda house, text: (house.shifts.count_total(0), house.shifts.close(text)),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", TEXTS)
def test_it_is_cleaned_or_refused_and_selling_goes_on(tmp_path: Path, place: str, text: str) -> None:
    house = open_market(tmp_path)
    sell(house, [("P006", 1000)])
    if place != "close":
        house.till.add(good_id("P002"))
    with suppress(DomainError):
        PLACES[place](house, TEXTS[text])
    with suppress(DomainError):
        house.days.open("시험 장터", "2026-11-20")
    if house.shifts.current() is None:
        house.shifts.open(0)
    if house.till.cart.lines:
        house.till.complete([cash(50_000)])
    for parked in house.till.parked():
        house.till.discard_parked(parked.id)
    sell(house, [("P006", 1000)])
    house.till.scan("8807127684265")
    house.till.clear()
    house.shifts.count_total(house.shifts.count_total(0).expected_won)
    house.shifts.close("까닭")
    assert house.integrity.verify().findings == ()
    assert house.integrity.rebuild().different == ()
    house.close()


@pytest.mark.parametrize(
    "words",
    [
        ["receipt", "\udcff"],
        ["printer", "retry", "\udcff"],
        ["day", "open", "--market", "가" * 1_000_000, "--date", "2026-11-20"],
        ["day", "open", "--market", "장터", "--date", "2026-11-20", "--agency", "가" * 1_000_000],
        ["day", "close", "--counted", "0", "--reason", "\udcff"],
        ["report", "day", "--date", "\udcff"],
    ],
    ids=range(6),
)
def test_words_that_no_terminal_should_send_are_no_crash(tmp_path: Path, words: list[str]) -> None:
    open_market(tmp_path).close()
    said = command(tmp_path, *words)
    assert said.code in (0, 1)
    assert "Traceback" not in said.err
