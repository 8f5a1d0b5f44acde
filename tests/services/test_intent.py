"""A payment cut off by the power: remembered, asked about, never sold twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.bootstrap import open_house
from pos_app.domain.pricing import DEFAULT_POLICY
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.services.card_intent import decode
from pos_app.services.house import House
from tests.services.houses import card, cash, good_id, open_market, sell, stored

ROOT = Path(__file__).resolve().parents[2]
INTENT = Path("carts") / "R1-payment.json"


def begin(house: House, rows: tuple[TenderInput, ...] = (), asked_won: int = 21_000) -> None:
    """Goods in the cart, some money received, the card given to the terminal."""
    house.till.add(good_id("P002"))
    house.till.payment.keep(rows, card(asked_won, "") if asked_won else None)
    house.till.payment.flush()


def reopened(house: House, home: Path) -> House:
    """The program ends and begins again."""
    house.close()
    return open_house(home)


def test_a_card_that_was_begun_is_asked_about_after_a_restart(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    begin(house)
    token, cart = house.till._token, house.till.cart
    house = reopened(house, tmp_path)
    left = house.till.payment.left
    assert left is not None and left.card == card(21_000, "")
    assert (left.register, left.kept.token) == ("R1", token)
    assert house.till.cart == cart, "the cart is open again at once"
    assert not house.till.unfinished(), "one question, not two"
    done = house.till.complete([card(21_000, "30012345")])
    assert stored(house, done.sale_id).tenders[0].approval_no == "30012345"
    house = reopened(house, tmp_path)
    assert house.till.payment.left is None
    assert not house.till.unfinished()
    house.close()


def test_kill_nine_in_the_card_tender_loses_neither_cart_nor_question(tmp_path: Path) -> None:
    open_market(tmp_path).close()
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from pos_app.bootstrap import open_house\n"
        "from tests.services.houses import cash\n"
        "from tests.services.test_intent import begin\n"
        "house = open_house(Path(sys.argv[1]))\n"
        "begin(house, (cash(1_000),), 20_000)\n"
        "print('ready', flush=True)\n"
        "time.sleep(600)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
    # A power cut may leave the cart file as it was long before; what was flushed is enough.
    (tmp_path / "carts" / "R1.json").unlink()
    house = open_house(tmp_path)
    left = house.till.payment.left
    assert left is not None
    assert (left.rows, left.card, left.received_won) == ((cash(1_000),), card(20_000, ""), 1_000)
    assert [line.product_id for line in house.till.cart.lines] == [good_id("P002")]
    house.till.complete([*left.rows, card(20_000)])
    assert len(house.returns.recent()) == 1
    house.close()


def _to_the_end(house: House) -> None:
    house.till.complete([card(21_000)])


def _and_one_more(house: House) -> None:
    house.till.complete([card(21_000)])
    sell(house, [("P006", 1000)])


def _given_up_and_another(house: House) -> None:
    house.till.payment.drop()
    house.till.clear()
    sell(house, [("P006", 1000)])


@pytest.mark.parametrize("went_on", [_to_the_end, _and_one_more, _given_up_and_another])
def test_an_intent_that_the_disk_kept_too_long_never_sells_twice(
    tmp_path: Path, went_on: Callable[[House], None]
) -> None:
    house = open_market(tmp_path)
    sell(house, [("P006", 1000)])
    begin(house)
    on_disk = (tmp_path / INTENT).read_bytes()
    went_on(house)
    house.close()
    (tmp_path / INTENT).write_bytes(on_disk)  # the wiping had not reached the disk
    house = open_house(tmp_path)
    assert house.till.payment.left is None
    assert not house.till.cart.lines
    house.close()


def test_slips_rung_beside_the_window_do_not_answer_the_question(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    begin(house)
    house.ringing.tape(
        [b'{"at":"2026-11-20T10:00:00+09:00","lines":[{"product":"P006","quantity_milli":1000}]}']
    )
    house = reopened(house, tmp_path)
    assert house.till.payment.left is not None
    house.close()


def test_what_is_over_leaves_nothing_behind(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    file = tmp_path / INTENT
    begin(house)
    assert file.read_bytes()
    house.till.payment.keep((), None)
    assert not file.read_bytes(), "the card was taken back"
    house.till.payment.keep((cash(500),), None)
    assert house.till.payment.keep((cash(500),), None) is False, "no news, nothing written"
    house.till.park()
    assert not file.read_bytes(), "the cart was put aside"
    begin(house)
    house.till.clear()
    assert not file.read_bytes(), "the cart is empty"
    house.close()
    house = open_house(tmp_path)
    assert (house.till.payment.left, house.till.payment.begun()) == (None, False)
    house.close()


def test_a_cash_sale_writes_no_intent(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sell(house, [("P006", 1000)])
    assert not (tmp_path / INTENT).exists()
    house.close()


def test_another_register_and_practice_have_their_own(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    begin(house)
    house.settings.set("register", "R2")
    house = reopened(house, tmp_path)
    assert house.till.payment.left is None
    house.settings.set("register", "R1")
    house = reopened(house, tmp_path)
    assert house.till.payment.left is not None
    house.close()


def test_a_torn_intent_never_stops_the_till(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    begin(house)
    house.close()
    whole = (tmp_path / INTENT).read_bytes()
    torn = [whole[:cut] for cut in range(0, len(whole) - 1, 41)]
    torn += [
        b"\0" * 40,
        b"[]",
        b"{}",
        b"null",
        whole.replace(b'"quantity_milli":1000', b'"quantity_milli":-1'),
    ]
    for junk in torn:
        (tmp_path / INTENT).write_bytes(junk)
        house = open_house(tmp_path)
        assert house.till.payment.left is None
        house.close()


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    assert decode(data, DEFAULT_POLICY) is None


def test_a_voucher_with_faces_comes_back_whole(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    row = TenderInput(TenderType.VOUCHER, 20_000, "onnuri", faces=((10_000, 2),))
    begin(house, (row,), 0)
    house = reopened(house, tmp_path)
    left = house.till.payment.left
    assert left is not None and (left.rows, left.card) == ((row,), None)
    house.close()


def test_a_payment_finished_on_another_day_is_not_asked_about(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    begin(house)
    on_disk = (tmp_path / INTENT).read_bytes()
    house.days.open("다른 장터", "2026-11-21", "R1")
    house.shifts.open(0)
    house.till.complete([card(21_000)])
    house.close()
    (tmp_path / INTENT).write_bytes(on_disk)
    house = open_house(tmp_path)
    assert house.till.payment.left is None
    house.close()
