"""Shifts and the close: blind count, one expected amount everywhere, Z once, parked carts first."""

import random
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.facts.sales import Override
from pos_app.printing import plain
from pos_app.services.house import House
from pos_app.storage.queries import sales
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
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_market(tmp_path / "home", float_won=100_000)


def one_random_day(house: House, chosen: random.Random, date: str) -> tuple[int, int]:
    """Work a day at R1; (won that lie in the drawer, by a ledger of notes that went in and out, net sales)."""
    drawer = chosen.randrange(0, 20) * 10_000
    net = 0
    house.days.open(MARKET, date, "R1")
    house.shifts.open(drawer)
    live: dict[str, tuple[int, int]] = {}  # sale -> (cash that stayed, total)
    for _ in range(chosen.randrange(2, 8)):
        house.till.add(good_id(chosen.choice(["P002", "P003", "P004", "P006"])), chosen.choice([1000, 2000]))
        total = house.till.priced.total_won
        way = chosen.randrange(5)
        if way == 0:
            tenders = [card(total)]
        elif way == 1:
            tenders = [cash(total - total % 10 + chosen.choice([0, 1000, 50_000]))]
        elif way == 2:
            tenders = [card(total // 2), cash(100_000)]
        elif way == 3:
            tenders = [TenderInput(TenderType.VOUCHER, total + total // 2, "onnuri")]
        else:
            tenders = [
                TenderInput(TenderType.TRANSFER, total // 3),
                TenderInput(TenderType.VOUCHER, total // 3, "local"),
                cash(total),
            ]
        done = house.till.complete(tenders)
        notes = sum(t.received_won for t in tenders if t.type is TenderType.CASH) - done.change_won
        drawer += notes
        net += done.total_won
        live[done.sale_id] = (notes, done.total_won)
        if chosen.random() < 0.25:
            sale_id = chosen.choice(sorted(live))
            view = house.returns.sale(sale_id)
            way_back = chosen.choice([TenderType.CASH, TenderType.CARD])
            back = house.returns.refund(sale_id, [(1, view.lines[0].left_milli, True)], "까닭", way_back)
            drawer -= back.total_won if way_back is TenderType.CASH else 0
            net -= back.total_won
            del live[sale_id]
        elif chosen.random() < 0.15:
            sale_id = chosen.choice(sorted(live))
            house.returns.void(sale_id, "까닭")
            drawer -= live[sale_id][0]
            net -= live.pop(sale_id)[1]
        if chosen.random() < 0.3:
            kind, won = chosen.choice(["pay_in", "pay_out", "loan", "pickup"]), chosen.randrange(1, 30) * 1000
            house.shifts.move_cash(kind, won, "까닭")
            drawer += won if kind in ("pay_in", "loan") else -won
    return drawer, net


def agree(house: House, chosen: random.Random, date: str) -> None:
    """A random day: screen, X, Z paper, Z event and report name the one expected amount."""
    drawer, net = one_random_day(house, chosen, date)
    shift = house.shifts.current()
    assert shift is not None
    off = chosen.choice([0, 0, 300, -200, 7000])
    if drawer + off < 0:
        off = -drawer
    shown = house.shifts.count_total(drawer + off)
    assert (shown.expected_won, shown.over_short_won) == (drawer, off)
    assert sum(won for _, won in shown.steps) == drawer
    closed = house.shifts.close("까닭")
    assert closed.over_short_won == off
    with house.desk.work.read() as rows:
        z = sales.shift_close(rows, shift.shift_id)
    assert z is not None
    assert (z.totals.expected_cash_won, z.counted_won, z.over_short_won) == (drawer, drawer + off, off)
    assert z.totals.net_won == net == house.reports.day(date)["net_won"]
    assert sum(won for _, won in z.totals.tenders) == net
    line = house.day_close.board()[0]
    assert (line.expected_cash_won, line.over_short_won, line.net_won) == (drawer, off, net)
    paper = plain.render(closed.document, 42)
    assert f"{drawer:,}" in paper
    assert plain.render(house.shifts.z_document(shift.shift_id), 42) == paper


def days(house: House, chosen: random.Random, count: int) -> None:
    """So many days, one after another."""
    for number in range(count):
        year, rest = divmod(number, 336)
        agree(house, chosen, f"{2027 + year}-{rest // 28 + 1:02d}-{rest % 28 + 1:02d}")


@pytest.mark.acceptance("A26")
def test_expected_cash_is_one_figure_on_300_random_days(house: House) -> None:
    days(house, random.Random(26), 300)
    assert house.integrity.rebuild().different == ()
    house.close()


@pytest.mark.soak
@pytest.mark.acceptance("A26")
@pytest.mark.timeout(3600)
def test_expected_cash_is_one_figure_on_10000_random_days(house: House) -> None:
    days(house, random.Random(2600), 10_000)
    house.close()


@pytest.mark.acceptance("A27")
def test_the_expected_amount_appears_only_after_the_count(house: House) -> None:
    sell(house, [("P002", 1000)])
    with refused("shift.not_counted"):
        house.shifts.close()
    house.use(session(Role.CASHIER))
    with refused("right.missing"):
        house.shifts.x_document()
    shown = house.shifts.count([(50_000, 2), (10_000, 2), (1_000, 1)])
    assert (shown.counted_won, shown.expected_won, shown.over_short_won) == (121_000, 121_000, 0)
    assert not shown.needs_coordinator
    assert house.shifts.close().z_no == 1
    house.close()


@pytest.mark.acceptance("A27")
@pytest.mark.parametrize(
    "denominations", [[(50_000, -1)], [(7, 1)], [(1000, 1), (1000, 2)], [(1000, 10**9)], [(1000, 1.5)]]
)
def test_a_count_that_cannot_be_is_refused(house: House, denominations: list[tuple[int, int]]) -> None:
    with pytest.raises(DomainError):
        house.shifts.count(denominations)
    with refused("shift.not_counted"):
        house.shifts.close()
    house.close()


@pytest.mark.acceptance("A27", "A39")
def test_a_difference_over_the_limit_needs_the_coordinator_and_a_reason(house: House) -> None:
    limit = house.desk.settings.number("over_short_limit_won")
    house.use(session(Role.CASHIER, "박계산"))
    assert not house.shifts.count_total(100_000 - limit).needs_coordinator
    assert house.shifts.count_total(100_000 - limit - 1).needs_coordinator
    with refused("shift.needs_coordinator"):
        house.shifts.close("잃어버렸어요")
    with refused("shift.needs_coordinator"):
        house.shifts.close("까닭", Override("refund", "박계산", "김담당"))
    lent = Override("over_short_above_limit", "박계산", "김담당")
    with refused("shift.needs_reason"):
        house.shifts.close("  ", lent)
    shift = house.shifts.current()
    assert shift is not None
    house.shifts.close("잃어버렸어요", lent)
    with house.desk.work.read() as rows:
        z = sales.shift_close(rows, shift.shift_id)
    assert z is not None
    assert (z.overrides, z.reason, z.over_short_won) == ((lent,), "잃어버렸어요", -limit - 1)
    house.close()


@pytest.mark.acceptance("A27")
def test_a_count_from_before_the_last_sale_is_no_count(house: House) -> None:
    house.shifts.count_total(100_000)
    sell(house, [("P006", 1000)])
    with pytest.raises(DomainError):
        house.shifts.close("까닭")
    house.shifts.count_total(112_340)
    assert house.shifts.close().over_short_won == 0
    house.close()


@pytest.mark.acceptance("A11")
def test_a_card_without_approval_number_is_on_the_list_at_the_close(house: House) -> None:
    sell(house, [("P002", 1000)], card(21_000, ""))
    sell(house, [("P002", 1000)], card(21_000, "  "))
    sell(house, [("P002", 1000)], card(21_000, "30011234"))
    gone = sell(house, [("P006", 1000)], card(12_345, ""))
    house.returns.void(gone, "까닭")
    items = house.shifts.open_items()
    assert [item.kind for item in items] == ["card", "card"]
    assert all("21,000" in item.text and "R1-" in item.text for item in items)
    house.shifts.count_total(100_000)
    shift = house.shifts.current()
    assert shift is not None
    closed = house.shifts.close()
    with house.desk.work.read() as rows:
        z = sales.shift_close(rows, shift.shift_id)
    assert z is not None
    assert z.open_items == tuple(item.text for item in items)
    paper = "".join(plain.render(closed.document, 42).split())
    assert all(item.text.split()[0] in paper for item in items)
    house.close()


@pytest.mark.acceptance("A28")
def test_parked_and_open_carts_come_first(house: House) -> None:
    house.till.add(good_id("P002"))
    parked = house.till.park("할머니")
    house.shifts.count_total(100_000)
    with refused("close.parked"):
        house.shifts.close()
    house.till.recall(parked)
    with refused("close.open_cart"):
        house.shifts.close()
    house.till.complete([card(21_000)])
    house.shifts.count_total(100_000)
    house.shifts.close()
    house.close()


@pytest.mark.acceptance("A28")
def test_a_z_is_numbered_once_and_prints_the_same_for_ever(tmp_path: Path) -> None:
    house = open_market(tmp_path, float_won=10_000)
    papers = {}
    for number in range(1, 4):
        if number > 1:
            house.shifts.open(0)
        sell(house, [("P002", number * 1000)], card(21_000 * number))
        shift = house.shifts.current()
        assert shift is not None
        house.shifts.count_total(10_000 if number == 1 else 0)
        closed = house.shifts.close()
        assert closed.z_no == number
        papers[shift.shift_id] = closed.document
        with refused("shift.none"):
            house.shifts.close()
        with refused("shift.none"):
            sell(house, [("P002", 1000)])
        house.till.clear()
    house.close()
    house = open_house(tmp_path)
    assert {shift: house.shifts.z_document(shift) for shift in papers} == papers
    house.integrity.rebuild()
    assert {shift: house.shifts.z_document(shift) for shift in papers} == papers
    with refused("shift.not_closed"):
        house.shifts.z_document("no such shift")
    house.close()


@pytest.mark.acceptance("A28")
def test_closing_1500_sales_asks_as_few_questions_as_closing_three(tmp_path: Path) -> None:
    counts = []
    for number, many in enumerate((3, 1500)):
        house = open_market(tmp_path / str(number))
        slip = b'{"at":"2026-11-20T10:00:00+09:00","lines":[{"product":"P002","quantity_milli":1000}],"tender":"cash"}'
        assert len(house.ringing.tape([slip] * many).sales) == many
        asked = 0
        house.shifts.count_total(21_000 * many)
        with house.database.write() as rows:
            driver = rows.connection.connection.dbapi_connection
            assert driver is not None

        def trace(_: str) -> None:
            nonlocal asked
            asked += 1

        driver.set_trace_callback(trace)
        house.shifts.close()
        driver.set_trace_callback(None)
        counts.append(asked)
        assert house.reports.day()["sales_count"] == many
        house.close()
    assert counts[0] == counts[1] < 60


def test_a_seal_is_an_exact_cut_and_closes_the_day(house: House) -> None:
    sell(house, [("P002", 1000)], card(21_000))
    with refused("day.shifts_open"):
        house.day_close.seal()
    house.shifts.count_total(100_000)
    house.shifts.close()
    before = event_bytes(house)
    done = house.day_close.seal()
    assert (done.complete, done.waiting, done.totals["net_won"]) == (True, (), 21_000)
    assert len(event_bytes(house)) == len(before) + 1
    for attempt in (lambda: house.shifts.open(0), house.day_close.seal):
        with refused("day.sealed_already"):
            attempt()
    house.close()


@pytest.mark.parametrize(
    ("kind", "won", "reason"),
    [("gift", 1, "x"), ("pay_in", 0, "x"), ("pay_in", -5, "x"), ("pay_out", 10**9, "x"), ("pay_in", 5, " ")],
)
def test_a_cash_movement_that_cannot_be_is_refused(house: House, kind: str, won: int, reason: str) -> None:
    before = event_bytes(house)
    with pytest.raises(DomainError):
        house.shifts.move_cash(kind, won, reason)
    assert event_bytes(house) == before
    house.close()


def test_a_half_done_count_survives_a_restart_and_a_shift_opens_once(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.shifts.keep_count([(1000, 7)])
    with refused("shift.open_already"):
        house.shifts.open(0)
    house.close()
    house = open_house(tmp_path)
    assert house.shifts.last_count() == ((1000, 7),)
    house.close()
