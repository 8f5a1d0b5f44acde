"""Bundles through the real services: every part moves stock, the parts come to the price, to the won."""

import random
from pathlib import Path

import pytest

from pos_app.domain.cart import Discount
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.services.bundles import PartWish
from pos_app.services.house import House
from tests.services.houses import GOODS, cash, good_id, open_market, refused, session, stored, table

FREE = [good for good in GOODS if good.oversell != "block"]
PARTS = (PartWish(good_id("P002"), 2000), PartWish(good_id("P006"), 1000), PartWish(good_id("P001"), 1500))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_market(tmp_path)


def on_hand(house: House) -> dict[str, int]:
    with house.desk.work.read() as rows:
        return dict(rows.all('SELECT "product_id", "on_hand_milli" FROM "stock"'))


def make(house: House, name: str = "명절 꾸러미", price: int = 49_901) -> str:
    return house.bundles.save(name, price, PARTS)


@pytest.mark.acceptance("A6")
def test_random_bundles_move_their_parts_and_come_to_their_price(house: House) -> None:
    _sell_random_bundles(house, 60, seed=6)


@pytest.mark.soak
@pytest.mark.acceptance("A6")
def test_a_thousand_random_bundles(house: House) -> None:
    _sell_random_bundles(house, 1000, seed=1)


def _sell_random_bundles(house: House, count: int, seed: int) -> None:
    chosen = random.Random(seed)
    left = on_hand(house)
    for number in range(count):
        goods = chosen.sample(FREE, chosen.randrange(1, len(FREE) + 1))
        parts = [
            PartWish(
                good_id(g.code),
                chosen.randrange(1, 3000) if g.sold_by == "weight" else 1000 * chosen.randrange(1, 4),
                chosen.randrange(1, 99_999),
            )
            for g in goods
        ]
        price = chosen.randrange(1, 200_000)
        bundle = house.bundles.save(f"꾸러미 {number}", price, parts)
        pieces = chosen.randrange(1, 6)
        key = house.till.add(bundle, pieces * 1000)
        if chosen.random() < 0.4:
            house.till.set_discount(key, Discount("permille", chosen.randrange(1, 600)))
        if chosen.random() < 0.4:
            house.till.add(good_id("P006"))
        total = house.till.priced.total_won
        if chosen.random() < 0.4 and total:
            house.till.set_cart_discount(Discount("won", chosen.randrange(0, total)))
        total = house.till.priced.total_won
        kind = cash(10_000_000) if chosen.random() < 0.5 else TenderInput(TenderType.TRANSFER, total)
        sale = stored(house, house.till.complete([kind] if total else [cash(0)]).sale_id)
        own = [line for line in sale.lines if line.bundle_id]
        assert [line.product_id for line in own] == [part.product_id for part in parts]
        assert sum(line.amount_won for line in own) == price * pieces == own[0].bundle_amount_won
        assert {(line.bundle_id, line.bundle_name, line.bundle_no, line.bundle_count) for line in own} == {
            (bundle, f"꾸러미 {number}", 1, pieces)
        }
        for line in sale.lines:
            off = line.discount_won + line.cart_discount_won + line.truncation_won
            assert line.net_won == line.amount_won - off >= 0
            left[line.product_id] = left.get(line.product_id, 0) - line.quantity_milli
        assert sum(line.net_won for line in sale.lines) == sale.total_won
        assert sum(sum(tender.shares) for tender in sale.tenders) == sale.total_won
        assert sum(seller.net_won for seller in sale.sellers) == sale.total_won
    assert on_hand(house) == left
    assert not house.integrity.verify().findings


@pytest.mark.acceptance("A6")
def test_each_part_has_its_own_owner_seller_and_tax(house: House) -> None:
    bundle = make(house)
    house.till.add(bundle, 2000)
    sale = stored(house, house.till.complete([cash(100_000)]).sale_id)
    assert len({line.vendor_id for line in sale.lines}) == 3 == len(sale.sellers)
    assert [line.tax_class for line in sale.lines] == ["taxable", "taxable", "exempt"]
    assert [line.quantity_milli for line in sale.lines] == [4000, 2000, 3000]
    general = next(seller for seller in sale.sellers if seller.tax_kind == "general")
    assert general.taxable_supply_won + general.vat_won == general.net_won


def test_it_is_found_by_tile_search_and_barcode(house: House) -> None:
    bundle = make(house)
    code = house.bundles.give_barcode(bundle)
    assert house.bundles.give_barcode(bundle) == code
    tile = house.goods.tile(bundle)
    assert tile is not None
    assert (tile.vendor_short, tile.category, tile.unit_price_won) == ("꾸러미", "꾸러미", 49_901)
    assert tile.on_hand_milli == 13_000, "감자 20kg suffices for thirteen times 1.5 kg"
    assert bundle in [each.product_id for each in house.goods.tiles(120)]
    assert house.goods.search("명절") == [bundle]
    assert bundle in house.goods.search("ㅁㅈㄲㄹㅁ")
    assert house.till.scan(code).kind == "added"
    assert house.till.scan(code).kind == "added"
    (line,) = house.till.cart.lines
    assert line.quantity_milli == 2000


def test_the_tape_knows_it_by_id_barcode_and_name(house: House) -> None:
    bundle = make(house)
    code = house.bundles.give_barcode(bundle)
    slip = '{"at": "2026-11-20T10:00:00+09:00", "lines": [{"product": "%s", "quantity_milli": 1000}]}'
    done = house.ringing.tape([(slip % label).encode() for label in (bundle, code, "명절 꾸러미", "없는 것")])
    assert [sale.total_won for sale in done.sales] == [49_900] * 3
    assert [line for line, _ in done.refused] == [4]


def test_the_stock_of_a_part_warns_and_blocks(house: House) -> None:
    many = house.bundles.save("손수건 묶음", 10_000, [PartWish(good_id("P003"), 3000), PARTS[1]])
    house.till.add(good_id("P003"), 3000)
    with refused("stock.blocked"):
        house.till.add(many)
    house.till.clear()
    short = house.bundles.save("감자 한 자루", 10_000, [PartWish(good_id("P001"), 21_000)])
    house.till.add(short)
    assert "감자" in house.till.warnings[0]


def test_a_part_or_all_of_it_is_given_back_with_its_share(house: House) -> None:
    house.till.add(make(house), 2000)
    sale = house.till.complete([cash(100_000)]).sale_id
    seen = house.returns.sale(sale)
    assert [line.name for line in seen.lines] == [
        "참기름 320ml (명절 꾸러미)", "꽃차 (명절 꾸러미)", "감자 (명절 꾸러미)",
    ]  # fmt: skip
    one = house.returns.refund(sale, [(1, 4000, True)], "깨짐", TenderType.CASH)
    assert one.total_won == seen.lines[0].net_won
    rest = house.returns.refund(sale, [(2, 2000, True), (3, 3000, True)], "안 씀", TenderType.CASH)
    assert one.total_won + rest.total_won == seen.total_won


def test_the_same_as_before_is_a_bundle_again(house: House) -> None:
    bundle = make(house)
    house.till.add(bundle, 2000)
    house.till.add(good_id("P002"))
    house.till.complete([cash(1_000_000)])
    assert house.till.repeat_last()
    assert [(line.product_id, line.quantity_milli) for line in house.till.cart.lines] == [
        (bundle, 2000), (good_id("P002"), 1000),
    ]  # fmt: skip


def test_the_open_cart_with_a_bundle_comes_back(house: House, tmp_path: Path) -> None:
    house.till.add(make(house), 3000)
    kept = house.till.cart
    house.till.park("가람")
    house.till.recall(house.till.parked()[0].id)
    assert house.till.cart == kept


def test_another_price_and_what_was_sold_stays(house: House) -> None:
    bundle = make(house)
    house.till.add(bundle)
    sale = house.till.complete([cash(100_000)]).sale_id
    before = stored(house, sale)
    house.bundles.save("설 꾸러미", 60_000, PARTS[:2], bundle_id=bundle)
    assert stored(house, sale) == before
    house.till.add(bundle)
    assert house.till.priced.total_won == 60_000
    house.till.clear()
    house.bundles.set_active(bundle, False)
    assert house.goods.tile(bundle) is None
    with refused("product.unknown"):
        house.till.add(bundle)


def test_what_makes_no_sense_is_refused_and_nothing_is_kept(house: House) -> None:
    save = house.bundles.save
    with refused("bundle.empty"):
        save("빈 것", 1000, [])
    with refused("bundle.price"):
        save("공짜", 0, PARTS)
    with refused("bundle.part_doubled"):
        save("두 번", 1000, [PARTS[0], PARTS[0]])
    with refused("bundle.quantity"):
        save("반 병", 1000, [PartWish(good_id("P002"), 500)])
    with refused("bundle.no_weight"):
        save("몫 없음", 1000, [PartWish(good_id("P002"), 1000, 0)])
    with refused("product.no_name"):
        save("  ", 1000, PARTS)
    with refused("product.unknown"):
        save("모르는 것", 1000, [PartWish("nothing", 1000)])
    with refused("bundle.barcode"):
        save("바코드", 1000, PARTS, barcode="8801234567890")
    with refused("bundle.barcode_taken"):
        save("바코드", 1000, PARTS, barcode="8807127684265")
    make(house)
    with refused("bundle.exists"):
        make(house)
    assert len(table(house, "bundle")) == 1
    house.till.add(house.bundles.all()[0].id)
    with refused("bundle.count"):
        house.till.set_quantity(house.till.cart.lines[0].key, 1500)
    house.use(session(Role.CASHIER))
    with refused("right.missing"):
        make(house, "다른 것")


def test_a_role_keeps_to_its_discount_on_a_bundle(house: House) -> None:
    bundle = make(house)
    house.use(session(Role.CASHIER))
    key = house.till.add(bundle)
    with pytest.raises(DomainError, check=lambda error: error.code == "discount.over_limit"):
        house.till.set_discount(key, Discount("permille", 101))


def test_a_gift_without_a_share_is_a_part_too(house: House) -> None:
    bundle = house.bundles.save(
        "덤", 10_000, [PartWish(good_id("P002"), 1000), PartWish(good_id("P006"), 1000, 0)]
    )
    house.till.add(bundle)
    sale = stored(house, house.till.complete([cash(10_000)]).sale_id)
    assert [line.net_won for line in sale.lines] == [10_000, 0]


def test_vendors_make_ready_what_the_bundles_need(house: House) -> None:
    bundle = make(house)
    lines = house.bundles.pick_list([(bundle, 10)])
    assert [(line.name, line.quantity_milli) for line in lines] == [
        ("참기름 320ml", 20_000), ("꽃차", 10_000), ("감자", 15_000),
    ]  # fmt: skip
    with refused("bundle.unknown"):
        house.bundles.pick_list([("nothing", 1)])
    with refused("bundle.count"):
        house.bundles.pick_list([(bundle, 0)])


def test_the_receipt_shows_the_bundle_and_its_parts(house: House) -> None:
    house.till.add(make(house), 2000)
    done = house.till.complete([cash(100_000)])
    words = [str(block) for block in house.papers.receipt(done.sale_id).blocks]
    at = next(number for number, text in enumerate(words) if "[꾸러미] 명절 꾸러미 2개" in text)
    assert "99,802원" in words[at]
    assert "참기름 320ml" in words[at + 1] and "4병" in words[at + 1]


def test_tables_told_anew_are_the_same(house: House) -> None:
    bundle = make(house)
    house.bundles.give_barcode(bundle)
    house.till.add(bundle)
    house.till.complete([cash(100_000)])
    assert not house.integrity.rebuild().different
