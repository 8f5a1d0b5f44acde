"""Tables depend on the events alone: whatever the order, the split and the repeats."""

import atexit
import itertools
import random
import shutil
import tempfile
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.bootstrap import open_house
from pos_app.facts import catalogue, shifts
from pos_app.storage.folds.rebuild import digest, table_digests
from sync.canonical import short_hash
from sync.events import Event
from tests.storage import histories
from tests.storage.histories import DAY, a_refund, a_sale, a_void, id_of, say, take_in
from tests.sync.replica import Writer


@cache
def _empty() -> Path:
    """A home where nothing ever happened, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="jangteo-empty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_house(folder).close()
    return folder


def tables_of(home: Path, writers: list[Writer], pages: list[list[bytes]]) -> tuple[dict[str, str], str]:
    """(hash by table, digest) of a fresh store that received these pages; rebuilt it must be the same."""
    shutil.copytree(_empty(), home)
    house = open_house(home)
    try:
        for page in pages:
            take_in(house, writers, page)
        with house.database.read() as rows:
            made = table_digests(rows), digest(rows)
            assert rows.all('SELECT * FROM "unfolded"') == []
        assert house.integrity.rebuild().different == ()
        assert house.integrity.digest() == made[1]
        return made
    finally:
        house.close()


def same_in_every_order(folder: Path, writers: list[Writer], events: list[Event]) -> dict[str, str]:
    """Fold these events one by one in every order; all tables must agree."""
    first: dict[str, str] = {}
    for number, order in enumerate(itertools.permutations(events)):
        made, _ = tables_of(folder / str(number), writers, [[event.data] for event in order])
        first = first or made
        assert {name for name in made if made[name] != first[name]} == set(), [e.envelope.type for e in order]
    return first


def two() -> tuple[Writer, Writer]:
    """Two registers' logs."""
    return Writer(f"register/{DAY}/R1"), Writer(f"register/{DAY}/R2")


ID = "5a1e0000-0000-4000-8000-000000000001"


def test_one_id_in_two_sales(tmp_path: Path) -> None:
    one, other = two()
    events = [
        say(one, a_sale([("p1", "v1", 1000, 500)], given_id=ID)),
        say(other, a_sale([("p2", "v2", 2000, 900)], given_id=ID, shift="s2", register="R2")),
        say(one, a_void(ID)),
    ]
    same_in_every_order(tmp_path, [one, other], events)


def test_the_lower_key_counts_and_the_other_is_flagged(tmp_path: Path) -> None:
    one, other = two()
    twins = [
        say(one, a_sale([("p1", "v1", 1000, 500)], given_id=ID)),
        say(other, a_sale([("p2", "v2", 2000, 900)], given_id=ID, shift="s2", register="R2")),
    ]
    low, high = sorted(twins, key=lambda event: event.key)
    house = open_house(tmp_path / "home")
    take_in(house, [one, other], [high.data])
    take_in(house, [one, other], [low.data])
    with house.database.read() as rows:
        assert rows.all('SELECT "key" FROM "sale"') == [(low.key,)]
        assert rows.all('SELECT "key", "code", "detail" FROM "flag"') == [(high.key, "sale.twice", ID)]
        assert rows.one('SELECT sum("sales_count") FROM "log_total"') == (1,)
    house.close()


def test_a_given_id_that_is_another_sales_own_id(tmp_path: Path) -> None:
    one, other = two()
    first = say(one, a_sale([("p1", "v1", 1000, 500)]))
    events = [first, say(other, a_sale([("p2", "v2", 1000, 700)], given_id=id_of(first)))]
    same_in_every_order(tmp_path, [one, other], events)


def test_refund_void_and_sale_in_every_order(tmp_path: Path) -> None:
    one, other = two()
    sold = say(one, a_sale([("p1", "v1", 3000, 900)]))
    events = [
        sold,
        say(other, a_refund(id_of(sold), "p1", "v1", 1000, 300, shift="s2")),
        say(other, a_void(id_of(sold))),
        say(one, a_void(id_of(sold), given_id="x")),
    ]
    same_in_every_order(tmp_path, [one, other], events)


def test_free_goods_given_back_leave_no_trace_of_the_order(tmp_path: Path) -> None:
    one, _ = two()
    free, other = say(one, a_sale([("p1", "v1", 1000, 0)])), say(one, a_sale([("p2", "v1", 1000, 900)]))
    events = [
        free,
        say(one, a_refund(id_of(free), "p1", "v1", 1000, 0)),
        other,
        say(one, a_void(id_of(other))),
    ]
    same_in_every_order(tmp_path, [one], events)


def test_one_id_in_two_refunds_and_a_sale(tmp_path: Path) -> None:
    one, other = two()
    sold = say(one, a_sale([("p1", "v1", 3000, 900), ("p2", "v2", 1000, 10)]))
    events = [
        sold,
        say(one, a_refund(id_of(sold), "p1", "v1", 1000, 300, given_id=ID)),
        say(other, a_refund(id_of(sold), "p2", "v2", 1000, 10, line=2, given_id=ID, shift="s2")),
    ]
    same_in_every_order(tmp_path, [one, other], events)


def test_one_batch_told_with_other_goods(tmp_path: Path) -> None:
    one, other = two()
    events = [
        say(one, catalogue.GoodsMovement("b1", DAY, "t", "brought", (("p1", "v1", 5000),))),
        say(other, catalogue.GoodsMovement("b1", DAY, "t", "brought", (("p2", "v2", 7000),))),
        say(other, a_sale([("p3", "v1", 1000, 500)])),
    ]
    same_in_every_order(tmp_path, [one, other], events)


def test_one_roster_under_two_titles_and_one_day_said_twice_at_the_same_time(tmp_path: Path) -> None:
    one, other = Writer("catalogue"), Writer("catalogue")
    events = [
        say(one, catalogue.Roster("r1", "제목 하나", (("V1", "v1", 1),))),
        say(other, catalogue.Roster("r1", "제목 둘", (("V1", "v1", 1),)), 2),
        say(one, catalogue.MarketDay(DAY, "m", "시장", "2026-11-20", ("R1",), agency="가")),
        say(other, catalogue.MarketDay(DAY, "m", "시장", "2026-11-20", ("R2",), agency="나")),
    ]
    same_in_every_order(tmp_path, [one, other], events)


def test_a_till_that_joins_the_day_takes_its_host_agency_away_in_no_order(tmp_path: Path) -> None:
    one, other = Writer("catalogue"), Writer("catalogue")
    events = [
        say(one, catalogue.MarketDay(DAY, "m", "시장", "2026-11-20", ("R1",), agency="가")),
        say(other, catalogue.MarketDay(DAY, "m", "시장", "2026-11-20", ("R2",)), 5),
        say(other, catalogue.MarketDay(DAY, "m", "시장", "2026-11-20", ("R3",)), 9),
    ]
    same_in_every_order(tmp_path, [one, other], events)
    house = open_house(tmp_path / "told")
    take_in(house, [one, other], [event.data for event in events])
    with house.database.read() as rows:
        assert rows.one('SELECT "agency" FROM "market_day"') == ("가",)
        assert rows.one('SELECT count(*) FROM "day_register"') == (3,)
    house.close()


def test_one_product_sold_for_two_owners(tmp_path: Path) -> None:
    one, _ = two()
    events = [say(one, a_sale([("p1", "v1", 1000, 500)])), say(one, a_sale([("p1", "v2", 1000, 700)]))]
    same_in_every_order(tmp_path, [one], events)
    house = open_house(tmp_path / "last")
    take_in(house, [one], [event.data for event in events])
    with house.database.read() as rows:
        found = rows.all('SELECT "vendor_id", sum("net_won") FROM "product_total" GROUP BY 1 ORDER BY 1')
    assert found == [("v1", 500), ("v2", 700)]
    house.close()


def test_three_z_of_one_shift(tmp_path: Path) -> None:
    one, other = two()

    def z(number: int) -> shifts.ShiftClose:
        return shifts.ShiftClose("s1", DAY, "R1", "2026-11-20", "t", "t", number, 0, 0, histories.NOTHING)

    same_in_every_order(tmp_path, [one, other], [say(one, z(1)), say(one, z(2)), say(other, z(3))])


def test_edits_of_one_field(tmp_path: Path) -> None:
    one, other = Writer("catalogue"), Writer("catalogue")
    edit, base = catalogue.FieldEdit, short_hash

    def name(value: str, rev: int, *bases: str) -> catalogue.Edit:
        return catalogue.Edit("vendor", "v1", {"name": edit(value, rev, tuple(base(b) for b in bases))})

    events = [
        say(one, name("가", 1), 9),
        say(other, name("나", 1), 5),
        say(other, name("다", 2, "나"), 1),
        say(one, name("라", 3, "가", "다"), 2),
    ]
    same_in_every_order(tmp_path, [one, other], events)
    house = open_house(tmp_path / "last")
    take_in(house, [one, other], [event.data for event in events])
    with house.database.read() as rows:
        assert rows.one('SELECT "name" FROM "vendor"') == ("라",)
    house.close()


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_random_histories_received_in_random_order(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    history = histories.random_history(seed)
    datas = [event.data for event in history.events]
    chosen = random.Random(seed)
    folder = tmp_path_factory.mktemp("h")
    straight = tables_of(folder / "a", history.writers, [datas])
    shuffled = chosen.sample(datas, len(datas)) + chosen.choices(datas, k=5) if datas else []
    pages = [shuffled[start : start + 7] for start in range(0, len(shuffled), 7)]
    again = tables_of(folder / "b", list(reversed(history.writers)), pages)
    assert {name for name in straight[0] if straight[0][name] != again[0][name]} == set()
    assert straight[1] == again[1]


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32))
@pytest.mark.acceptance("A17")
def test_sums_of_tables_are_the_sums_of_the_ledger(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    history = histories.random_history(seed, 60)
    house = open_house(tmp_path_factory.mktemp("h") / "home")
    take_in(house, history.writers, [event.data for event in history.events])
    standing = [sale for key, (_, sale) in history.sold.items() if key not in history.voided]
    back = sum(refund.refund_won for _, refund in history.refunds.values())
    with house.database.read() as rows:
        kept = rows.one(
            'SELECT coalesce(sum("sales_count"), 0), coalesce(sum("refunds_count"), 0), coalesce(sum("voids_count"), 0),'
            ' coalesce(sum("gross_won"), 0), coalesce(sum("refunds_won"), 0), coalesce(sum("exempt_won"), 0)'
            ' FROM "log_total"'
        )
        gross = sum(sale.gross_won for sale in standing)
        assert kept == (len(standing), len(history.refunds), len(history.voided), gross, back, gross - back)
        paid = rows.one('SELECT coalesce(sum("received_won" - "refunded_won"), 0) FROM "tender_total"')
        assert paid == (gross - back,)
        on_hand: dict[str, int] = dict(rows.all('SELECT "product_id", "on_hand_milli" FROM "stock"'))
        moved: dict[str, int] = dict(
            rows.all('SELECT "product_id", sum("quantity_milli") FROM "stock_movement" GROUP BY 1')
        )
        net: dict[str, int] = dict(
            rows.all('SELECT "vendor_id", sum("net_won") FROM "product_total" GROUP BY 1')
        )
    ledger = {product: milli for product, milli in history.stock().items() if milli}
    assert {k: v for k, v in on_hand.items() if v} == {k: v for k, v in moved.items() if v} == ledger
    assert {k: v for k, v in net.items() if v} == {k: v for k, v in history.net_by_vendor().items() if v}
    assert house.integrity.rebuild().different == ()
    house.close()


@pytest.mark.acceptance("A20")
def test_a_body_without_its_owner_is_no_sale(tmp_path: Path) -> None:
    one, _ = two()
    body = msgspec.to_builtins(a_sale([("p1", "v1", 1000, 500)]))
    del body["lines"][0]["vendor_id"]
    house = open_house(tmp_path / "home")
    take_in(house, [one], [one.say(body, "sale/1").data])
    with house.database.read() as rows:
        assert rows.all('SELECT * FROM "sale_line"') == rows.all('SELECT * FROM "sale"') == []
        assert [state for (state,) in rows.all('SELECT "state" FROM "unfolded"')] == ["unreadable"]
    house.close()
