"""Goods in and out: sheets, counts, what they should come to; the stock agrees with a notebook."""

import random
from collections import Counter
from pathlib import Path

import pytest

from pos_app.domain.goods_sheet import Entry
from pos_app.domain.operators import Role
from pos_app.domain.stock import MovementReason
from pos_app.domain.tender import TenderType
from pos_app.services.donations import Gift
from pos_app.services.house import House
from tests.services.houses import DATE, GOODS, MARKET, good_id, open_market, refused, sell, session, vendor_id

OIL, SHEET_VENDOR = good_id("P002"), 1


def today(house: House) -> str:
    """The day that is open."""
    view = house.days.current()
    assert view is not None
    return view.day_id


def hand(house: House, code: str) -> int:
    """On hand as the till shows it."""
    tile = house.goods.tile(good_id(code))
    assert tile is not None and tile.on_hand_milli is not None
    return tile.on_hand_milli


def vendor_state(house: House, number: int) -> tuple[str, int, int]:
    """(state, short, over) of a vendor in the list."""
    found = next(v for v in house.goods_sheets.overview().vendors if v.id == vendor_id(number))
    return found.state, found.short_won, found.over_won


@pytest.mark.acceptance("A19")
def test_what_came_less_what_went_is_what_was_rung(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sell(house, [("P002", 29_000), ("P003", 5000)])
    assert vendor_state(house, 1)[0] == "open"
    entry = Entry(OIL, taken_home=20_000, donated=8000, waste=2000)
    assert house.goods_sheets.save("batch", today(house), [entry]) == 3
    state, short, over = vendor_state(house, 1)
    assert (state, short, over) == ("gap", -21_000, 0)
    day_id, balances = house.goods_sheets.balance()
    assert day_id == today(house)
    assert balances[0].vendor_id != vendor_id(1)  # who wrote nothing yet lacks all that is left
    (row,) = (r for b in balances for r in b.rows if r.product_id == OIL)
    assert (row.gap_milli, row.gap_won) == (-1000, -21_000)
    house.goods_sheets.save("more", today(house), [Entry(OIL, taken_home=21_000)])
    assert vendor_state(house, 1) == ("even", 0, 0)
    assert hand(house, "P002") == 0
    house.close()


def test_the_same_batch_again_changes_nothing(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    entries = [Entry(OIL, brought=70_000, waste=1000)]
    assert house.goods_sheets.save("once", today(house), entries) == 2
    assert house.goods_sheets.save("once", today(house), [Entry(OIL, waste=9000)]) == 0
    assert house.goods_sheets.move("in", MovementReason.BROUGHT, [(OIL, 5000)]) == 1
    assert house.goods_sheets.move("in", MovementReason.BROUGHT, [(OIL, 5000)]) == 0
    assert hand(house, "P002") == 74_000
    assert house.goods_sheets.save("same", today(house), [Entry(OIL, brought=75_000)]) == 0
    house.close()


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry(OIL, taken_home=60_001), "goods.more_than_brought"),
        (Entry(OIL, waste=-1), "goods.negative"),
        (Entry(OIL, brought=10_000_000_000), "stock.too_large"),
        (Entry(OIL, counted=60_001), "goods.count_over_brought"),
        (Entry(OIL, counted=-1), "goods.negative"),
        (Entry("nothing", waste=1000), "product.unknown"),
    ],
)
def test_nothing_is_half_applied(tmp_path: Path, entry: Entry, code: str) -> None:
    house = open_market(tmp_path)
    good = Entry(good_id("P006"), waste=1000)
    with refused(code):
        house.goods_sheets.save("batch", today(house), [good, entry])
    assert hand(house, "P006") == 30_000 and hand(house, "P002") == 60_000
    house.close()


def test_a_sheet_of_another_day_is_refused(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    before = today(house)
    house.desk.settings.set("day_id", "")
    house.days.open(MARKET, "2026-11-27", "R1")
    with refused("goods.other_day"):
        house.goods_sheets.save("batch", before, [Entry(OIL, waste=1000)])
    house.close()


def test_a_cashier_needs_the_right(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.use(session(Role.CASHIER))
    with refused("right.missing"):
        house.goods_sheets.save("batch", today(house), [Entry(OIL, waste=1000)])
    house.close()


def test_a_count_makes_the_stock_agree_and_carries_what_it_had_seen(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sell(house, [("P002", 10_000)])
    house.goods_sheets.save("count", today(house), [Entry(OIL, counted=48_000)])
    assert hand(house, "P002") == 48_000
    with house.database.read() as rows:
        body = rows.one('SELECT e."bytes" FROM "event" e JOIN "goods_batch" b ON b."key" = e."key" '
                        'WHERE b."batch_id" = \'count\'')  # fmt: skip
    assert body is not None and b'"seen":[{' in bytes(body[0])
    (row,) = (r for r in house.goods_sheets.sheet(vendor_id(1)).rows if r.goods.product_id == OIL)
    assert row.goods.missing_milli == 2000 and row.goods.gap_milli == -48_000
    house.close()


def test_looked_at_without_anything_left(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sell(house, [("P002", 59_000)])
    entries = [Entry(OIL, taken_home=0), Entry(good_id("P003"), taken_home=0)]
    house.goods_sheets.save("seen", today(house), entries, seen=True)
    assert vendor_state(house, 1)[0] == "gap"
    assert house.goods_sheets.overview().vendors[0].id == vendor_id(1)
    house.close()


def test_last_time_and_a_suggestion(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    with refused("goods.no_last"):
        house.proposals.from_last()
    sell(house, [("P002", 60_000)])
    house.desk.settings.set("day_id", "")
    house.days.open(MARKET, "2026-11-27", "R1")
    proposal = house.proposals.from_last()
    assert proposal.source == DATE
    wanted = {line.product_id: line.wanted_milli for line in proposal.lines}
    assert wanted[OIL] == 60_000
    (why,) = [each.why for each in house.goods_sheets.suggest() if each.product_id == OIL]
    assert (why.quantity_milli, why.days, why.extra_percent) == (72_000, 1, 20)
    made = house.proposals.take("last", proposal)
    assert made == len(proposal.changes)
    assert not house.proposals.from_last().changes
    house.close()


@pytest.mark.acceptance("A17")
def test_random_sheets_sales_and_gifts_agree_with_a_notebook(tmp_path: Path) -> None:
    house, chosen = open_market(tmp_path), random.Random(1917)
    house.desk.settings.set("print_receipts", "0")
    left: Counter[str] = Counter({good.code: good.brought for good in GOODS})
    free = [good for good in GOODS if good.oversell != "block"]
    sheet = house.goods_sheets
    for number in range(400):
        good = chosen.choice(GOODS)
        row = {r.goods.product_id: r for v in [good.vendor] for r in sheet.sheet(vendor_id(v)).rows}[good_id(good.code)]
        kind = chosen.randrange(8)
        milli = chosen.randrange(1, 4) * 1000
        if kind < 3:
            code = chosen.choice(free).code
            sale = sell(house, [(code, milli)])
            left[code] -= milli
            if kind == 0:
                again = chosen.random() < 0.5
                house.returns.refund(sale, [(1, milli, again)], "까닭", TenderType.CASH)
                left[code] += milli if again else 0
        elif kind == 3:
            sheet.move(f"b{number}", MovementReason.BROUGHT, [(good_id(good.code), milli)])
            left[good.code] += milli
        elif kind in (4, 5) and row.goods.left_milli >= milli:
            reason = MovementReason.TAKEN_HOME if kind == 4 else MovementReason.DONATED
            sheet.move(f"b{number}", reason, [(good_id(good.code), milli)])
            left[good.code] -= milli
        elif kind == 6:
            counted = chosen.randrange(max(0, row.most_counted_milli) + 1)
            sheet.save(f"b{number}", today(house), [Entry(good_id(good.code), counted=counted)])
            left[good.code] = counted
        elif row.on_hand_milli >= milli:
            with house.database.read() as rows:
                before = rows.one("SELECT count(*) FROM goods_batch")
            aside = row.goods.donated_milli - row.given_milli
            house.donations.give("복지관", [Gift(good_id(good.code), milli)])
            with house.database.read() as rows:
                assert (rows.one("SELECT count(*) FROM goods_batch") != before) is (aside > 0)
            left[good.code] -= max(0, milli - max(0, aside))  # what was put aside is not taken twice
        if number % 50 == 49:
            assert {g.code: hand(house, g.code) for g in GOODS} == dict(left), number
    _, balances = sheet.balance()
    for one in (row for each in balances for row in each.rows):
        code = next(g.code for g in GOODS if good_id(g.code) == one.product_id)
        assert one.gap_milli == -left[code]  # the day's own movements are all there is
    assert house.integrity.rebuild().different == ()
    house.close()
