"""The open cart, parked carts, and the files that bring them back."""

from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.cart import Discount
from pos_app.domain.tender import TenderType
from tests.services.houses import cash, good_id, open_market, refused, sell


@pytest.mark.acceptance("A5")
def test_the_open_cart_comes_back_as_it_was(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.till.add(good_id("P001"), 1_234)
    key = house.till.add(good_id("P002"), 2000)
    house.till.set_discount(key, Discount("won", 500, "흠집"))
    house.till.set_note(key, "선물 포장")
    house.till.set_customer("총무과")
    cart, priced = house.till.cart, house.till.priced
    house.close()
    house = open_house(tmp_path)
    assert house.till.unfinished()
    assert not house.till.cart.lines
    house.till.resume()
    assert (house.till.cart, house.till.priced) == (cart, priced)
    assert not house.till.unfinished()
    house.till.add(good_id("P006"))
    assert len({line.key for line in house.till.cart.lines}) == 3
    house.till.complete([cash(1_000_000)])
    house.close()
    house = open_house(tmp_path)
    assert not house.till.unfinished()
    house.close()


@pytest.mark.acceptance("A5")
def test_an_unfinished_cart_that_is_let_go_is_gone(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.till.add(good_id("P002"))
    house.close()
    house = open_house(tmp_path)
    house.till.drop_unfinished()
    assert not house.till.unfinished()
    house.close()
    house = open_house(tmp_path)
    assert not house.till.unfinished()
    house.close()


@pytest.mark.acceptance("A5")
@pytest.mark.parametrize("between", ["nothing", "refund", "ring"])
def test_a_cart_that_was_sold_is_not_offered_again(tmp_path: Path, between: str) -> None:
    house = open_market(tmp_path)
    old = sell(house, [("P006", 1000)])
    house.till.add(good_id("P002"))
    left = (tmp_path / "carts" / "R1.json").read_bytes()
    house.till.complete([cash(50_000)])
    house.close()
    # The power went after the commit and before the file was taken away; another process worked on.
    if between != "nothing":
        beside = open_house(tmp_path)
        if between == "refund":
            beside.returns.refund(old, [(1, 1000, True)], "까닭", TenderType.CASH)
        else:
            beside.ringing.tape(
                [b'{"at":"2026-11-20T10:00:00+09:00","lines":[{"product":"P002","quantity_milli":1000}]}']
            )
        beside.close()
    (tmp_path / "carts" / "R1.json").write_bytes(left)
    house = open_house(tmp_path)
    assert not house.till.unfinished()
    house.close()


@pytest.mark.acceptance("A5")
def test_a_file_that_was_torn_or_meddled_with_never_stops_the_till(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.till.add(good_id("P002"))
    house.till.set_discount(house.till.cart.lines[0].key, Discount("won", 100, "흠집"))
    house.close()
    file = tmp_path / "carts" / "R1.json"
    whole = file.read_bytes()
    name = "참기름".encode()
    assert name in whole
    torn = [whole[:cut] for cut in range(0, len(whole), 23)]
    torn += [b"\0" * len(whole), b"\xff" * 9, b"[]", b"{}", b"null", whole.replace(name, name[:2])]
    torn += [
        whole.replace(b'"quantity_milli":1000', b'"quantity_milli":-1000'),
        whole.replace(b'"quantity_milli":1000', b'"quantity_milli":1e30'),
        whole.replace(b'"value":100', b'"value":99999999'),
        whole.replace(b'"unit_price_won":21000', b'"unit_price_won":-1'),
    ]
    for junk in torn:
        file.write_bytes(junk)
        house = open_house(tmp_path)
        if house.till.unfinished():
            house.till.resume()
        house.till.clear()
        sell(house, [("P006", 1000)])
        house.close()


@pytest.mark.acceptance("A5")
def test_parked_carts_are_durable_and_each_is_recalled_once(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    ids = []
    for name, code in (("할머니", "P002"), ("", "P006")):
        house.till.add(good_id(code))
        house.till.add(good_id("P001"), 500)
        ids.append(house.till.park(name))
    house.close()
    house = open_house(tmp_path)
    assert not house.till.unfinished()
    shown = {cart.id: cart for cart in house.till.parked()}
    assert set(shown) == set(ids)
    assert (shown[ids[0]].name, shown[ids[0]].first_item, shown[ids[0]].others) == (
        "할머니",
        "참기름 320ml",
        1,
    )
    assert shown[ids[0]].total_won == 21_000 + 1_450
    house.till.rename_parked(ids[1], " 아저씨 ")
    house.till.recall(ids[0])
    with refused("cart.not_empty"):
        house.till.recall(ids[1])
    house.till.complete([cash(50_000)])
    for gone in (ids[0], "no such cart"):
        with refused("cart.unknown"):
            house.till.recall(gone)
    assert [cart.name for cart in house.till.parked()] == ["아저씨"]
    house.till.discard_parked(ids[1])
    assert house.till.parked() == []
    house.close()


@pytest.mark.acceptance("A5")
def test_a_recalled_cart_is_the_open_cart_if_the_program_ends(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.till.add(good_id("P002"))
    house.till.recall(house.till.park())
    house.close()
    house = open_house(tmp_path)
    assert house.till.parked() == []
    assert house.till.unfinished()
    house.close()


def test_each_register_has_its_own_open_cart(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.till.add(good_id("P002"))
    house.close()
    house = open_house(tmp_path)
    house.desk.settings.set("register", "R2")
    house.close()
    house = open_house(tmp_path)
    assert house.register == "R2"
    assert not house.till.unfinished()
    house.close()
