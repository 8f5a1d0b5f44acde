"""떨이: agreed with the vendor, on tiles and lines by the clock and by what is left, exact in the payout."""

from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.domain.cart import Discount
from pos_app.domain.commission import commission_on
from pos_app.domain.markdown import Step
from pos_app.domain.operators import Role
from pos_app.runtime.clock import Clock
from pos_app.services.house import House
from pos_app.storage.queries import totals
from tests.services.houses import cash, good_id, open_market, refused, sell, session, vendor_id

TEA, POTATO = good_id("P006"), good_id("P001")
NOW = (Step(200),)


def agree(house: House, number: int = 3, steps: tuple[Step, ...] = NOW, **more: object) -> str:
    """A plan with a vendor, who said yes."""
    return house.markdowns.agree(vendor_id(number), steps, "이은현", **more)  # type: ignore[arg-type]


@pytest.mark.acceptance("A7")
def test_a_cashier_sells_at_the_plans_price_and_no_cheaper(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    agree(house, steps=(Step(500),))
    house.use(session(Role.CASHIER))
    tile = house.goods.tile(TEA)
    assert tile is not None and (tile.markdown_permille, tile.price_shown_won) == (500, 6172)
    key = house.till.add(TEA, 2000)
    assert house.till.add(TEA, 1000) == key  # one line, however often it is scanned
    assert house.till.priced.total_won == 37_035 - 18_518
    with refused("discount.over_limit"):
        house.till.set_discount(key, Discount("markdown_permille", 510))
    other = house.till.add(good_id("P002"))
    with refused("discount.over_limit"):
        house.till.set_discount(other, Discount("markdown_permille", 500))
    with refused("discount.over_limit"):
        house.till.set_cart_discount(Discount("permille", 110))
    house.till.set_cart_discount(Discount("permille", 100))
    done = house.till.complete([cash(1_000_000)])
    assert done.total_won > 0
    house.close()


def test_it_ends_by_hand_and_what_lies_in_the_cart_keeps_its_price(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    plan = agree(house)
    house.till.add(TEA)
    house.markdowns.end(plan)
    house.use(session(Role.CASHIER))
    total = house.till.priced.total_won
    assert total == 12_345 - 2469
    tile = house.goods.tile(TEA)
    assert tile is not None and tile.markdown_permille == 0
    parked = house.till.park()
    house.till.recall(parked)
    house.till.complete([cash(100_000)])
    house.till.add(TEA)
    assert house.till.priced.total_won == 12_345
    with refused("markdown.unknown"):
        house.use(session(Role.COORDINATOR))
        house.markdowns.end("none")
    house.close()


def test_by_the_clock_and_by_what_is_left(tmp_path: Path) -> None:
    clock = Clock()
    now = clock.local()
    clock.offset = now.replace(hour=14, minute=59, second=0) - now
    house = open_market(tmp_path, clock=clock)
    agree(house, steps=(Step(100, "15:00"), Step(400, "15:00", 700)))
    assert house.goods.asked(TEA, 1000).discount is None
    clock.offset += timedelta(minutes=1, seconds=30)
    assert house.goods.asked(TEA, 1000).discount == Discount("markdown_permille", 400)
    sell(house, [("P006", 9000)])
    assert house.goods.asked(TEA, 1000).discount == Discount("markdown_permille", 400)
    sell(house, [("P006", 1000)])
    assert house.goods.asked(TEA, 1000).discount == Discount("markdown_permille", 100)
    house.close()


def test_only_the_products_that_were_named(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    agree(house, 0, product_ids=(POTATO,))
    assert house.goods.asked(POTATO, 1500).planned_permille == 200
    assert house.goods.asked(good_id("P008"), 1500).planned_permille == 0
    (view,) = house.markdowns.plans()
    assert view.goods == ("감자",) and view.consent_by == "이은현" and not view.ended
    with refused("goods.other_vendor"):
        agree(house, 0, product_ids=(TEA,))
    house.close()


def test_nobody_marks_down_without_right_and_consent(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    with refused("markdown.no_consent"):
        house.markdowns.agree(vendor_id(3), NOW, " ")
    with refused("markdown.time"):
        agree(house, steps=(Step(100, "25:00"),))
    house.use(session(Role.CASHIER))
    with refused("right.missing"):
        agree(house)
    house.use(session(Role.VENDOR))
    with refused("discount.over_limit"):
        agree(house, steps=(Step(301),))
    agree(house, steps=(Step(300),))
    house.close()


def test_the_same_plan_again_records_nothing(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    plan = agree(house)
    with house.database.read() as rows:
        before = totals.journal(rows)
    assert agree(house, plan_id=plan) == plan
    with house.database.read() as rows:
        assert totals.journal(rows) == before
    assert len(house.markdowns.plans()) == 1
    house.close()


@pytest.mark.parametrize("off", [1, 50, 333, 1000])
def test_what_was_shown_is_what_it_comes_to(tmp_path: Path, off: int) -> None:
    house = open_market(tmp_path)
    sell(house, [("P006", 4000)])
    shown = house.markdowns.effect(vendor_id(3), off)
    agree(house, steps=(Step(off),))
    house.desk.settings.set("print_receipts", "0")
    with house.database.read() as rows:
        day = house.desk.day(rows).day_id
        before = totals.by_vendor(rows, day)[vendor_id(3)]
        rule, stand = house.markdowns._rule(rows, vendor_id(3))
    house.till.add(TEA, 26_000)
    total = house.till.priced.total_won
    house.till.complete([cash(1_000_000 - 1_000_000 % 10)] if total else [])
    with house.database.read() as rows:
        after = totals.by_vendor(rows, day)[vendor_id(3)]
    assert shown.after.net_won == total
    taken = commission_on(rule, stand, before + total).commission_won
    taken -= commission_on(rule, stand, before).commission_won
    assert shown.after.payout_won == total - taken
    assert 0 <= total - (after - before) < 10  # the till cuts cash to ten won
    house.close()
