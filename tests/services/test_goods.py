"""The goods of the day: search, barcodes, scale labels, and prices that follow the catalogue."""

from pathlib import Path

import pytest

from pos_app.domain.barcodes import ScalePattern, make_scale_label
from pos_app.domain.catalogue import TaxClass
from pos_app.domain.errors import DomainError
from pos_app.services.editing import edit_of
from pos_app.services.house import House
from pos_app.storage.unit_of_work import CATALOGUE
from tests.services.houses import GOODS, good_id, open_market, refused, sell, vendor_id


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_market(tmp_path / "home")


@pytest.mark.acceptance("A2")
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("참기름", "P002"),
        ("기름 3", "P002"),
        ("20ml", "P002"),
        ("20ML", "P002"),
        ("ㅊㄱㄹ", "P002"),
        ("ㄷㅅㄹ", "P004"),
        ("한빛", "P004"),
        ("P006", "P006"),
        ("p006", "P006"),
        ("8807127684265", "P002"),
        ("84265", "P002"),
        ("감자", "P001"),
    ],
)
def test_any_part_of_name_vendor_code_or_barcode_finds_it(house: House, query: str, code: str) -> None:
    assert good_id(code) in house.goods.search(query)
    house.close()


@pytest.mark.acceptance("A2")
def test_what_sold_best_here_today_comes_first(house: House) -> None:
    assert len(house.goods.search("ㄱ")) >= 2
    for code in ("P004", "P005"):
        for _ in range(2):
            sell(house, [(code, 1000)])
        house.goods.tiles()
        assert house.goods.search("한빛 식품")[0] == good_id(code)
        assert house.goods.tiles()[0].product_id in (good_id("P004"), good_id("P005"))
        for _ in range(3):
            sell(house, [("P005", 1000)])
    house.close()


@pytest.mark.acceptance("A2")
@pytest.mark.parametrize("query", ["", " ", "%", "\n", "없는물건", "ㅋㅋㅋㅋ", "'", "x" * 10_000, "\x00"])
def test_odd_queries_find_nothing_and_hurt_nothing(house: House, query: str) -> None:
    assert isinstance(house.goods.search(query), list)
    assert house.goods.search("없는물건") == []
    house.close()


@pytest.mark.acceptance("A1")
def test_a_scanned_code_is_added_asks_for_weight_or_is_unknown(house: House) -> None:
    assert house.till.scan("8807127684265\n").kind == "added"
    assert house.till.scan("8801234567893").kind == "unknown"
    assert house.till.scan("").kind == "unknown"
    product = house.goods.quick_add("새 물건", 1_500, vendor_id(1), "8801234567893", TaxClass.TAXABLE)
    found = house.till.scan("8801234567893")
    assert (found.kind, found.product_id) == ("added", product)
    assert [line.name for line in house.till.cart.lines] == ["참기름 320ml", "새 물건"]
    assert house.till.priced.total_won == 22_500
    house.close()


@pytest.mark.acceptance("A4")
def test_a_scale_label_brings_weight_or_price(house: House) -> None:
    weight, won = ScalePattern.parse("21IIIIIWWWWWC"), ScalePattern.parse("20IIIIIPPPPPC")
    found = house.till.scan(make_scale_label(weight, "00001", 1_234))
    assert (found.kind, found.product_id) == ("added", good_id("P001"))
    assert house.till.cart.lines[0].quantity_milli == 1_234
    house.till.scan(make_scale_label(won, "00008", 7_770))
    assert house.till.priced.lines[1].amount_won == 7_770
    label = make_scale_label(weight, "00001", 1_234)
    with refused("barcode.check_digit"):
        house.till.scan(label[:-1] + str((int(label[-1]) + 1) % 10))
    assert len(house.till.cart.lines) == 2
    house.close()


@pytest.mark.parametrize(
    ("name", "won", "vendor"), [("", 5, 1), ("  ", 5, 1), ("x", -1, 1), ("x", 10**9, 1), ("x", 5, None)]
)
def test_what_cannot_be_added_is_refused(house: House, name: str, won: int, vendor: int | None) -> None:
    owner = "no such vendor" if vendor is None else vendor_id(vendor)
    before = len(house.goods.tiles())
    with pytest.raises(DomainError):
        house.goods.quick_add(name, won, owner)
    assert len(house.goods.tiles()) == before
    house.close()


def test_a_price_changed_in_the_catalogue_is_asked_from_the_next_line_on(house: House) -> None:
    sale = sell(house, [("P002", 1000)])
    house.till.add(good_id("P002"))
    with house.desk.work.begin() as work:
        edit = edit_of(work.rows, "product", good_id("P002"), {"unit_price_won": 25_000})
        assert edit is not None
        work.record(CATALOGUE, edit)
    assert house.till.priced.total_won == 21_000
    house.till.clear()
    house.till.add(good_id("P002"))
    assert house.till.priced.total_won == 25_000
    assert house.returns.sale(sale).total_won == 21_000
    house.close()


@pytest.mark.acceptance("A37")
def test_an_edit_that_says_what_is_known_is_none(house: House) -> None:
    with house.desk.work.read() as rows:
        for good in GOODS:
            assert edit_of(rows, "product", good_id(good.code), {"unit_price_won": good.price}) is None
    house.close()


def test_something_that_is_no_longer_sold_cannot_be_added(house: House) -> None:
    with house.desk.work.begin() as work:
        edit = edit_of(work.rows, "product", good_id("P005"), {"active": 0})
        assert edit is not None
        work.record(CATALOGUE, edit)
    house.goods.forget()
    with refused("product.unknown"):
        house.till.add(good_id("P005"))
    assert good_id("P005") not in {tile.product_id for tile in house.goods.tiles()}
    with refused("product.unknown"):
        house.till.add("no such product")
    house.close()
