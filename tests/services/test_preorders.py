"""Orders from before the day: taken in, changed, handed out once, and told apart across registers."""

import logging
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.domain.preorder import QR_PREFIX, OrderState
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.printing import plain
from pos_app.services.house import House
from sync import store
from tests.services.houses import (
    DATE,
    cash,
    event_bytes,
    fold_all,
    good_id,
    open_market,
    refused,
    session,
    stored,
    table,
)  # fmt: skip
from tests.services.ordering import of, pay, sheet, token


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_market(tmp_path / "home")


@pytest.fixture
def orders(house: House, tmp_path: Path) -> House:
    """A house with the four orders."""
    house.preorders.take(sheet(tmp_path))
    return house


# finding


@pytest.mark.acceptance("A49")
def test_found_by_name_digits_and_label_and_masked(orders: House) -> None:
    assert of(orders, "강민영").person == "강*영"
    assert {order.person for order in orders.preorders.all("2953")} == {"강*영", "최*수"}
    assert {order.person for order in orders.preorders.all("ㅊㅁㅅ")} == {"최*수"}
    order = of(orders, "6729")
    assert orders.preorders.scanned(token(orders, order).lower()).id == order.id
    assert order.digits == "**29" and order.department == "총무부"
    assert orders.preorders.meant(token(orders, order)).id == order.id
    assert orders.preorders.meant(order.id[:8]).id == order.id
    with refused("preorder.several"):
        orders.preorders.meant("최민수")
    with refused("preorder.unknown"):
        orders.preorders.meant("홍길동")
    with refused("preorder.unknown_token"):
        orders.preorders.scanned(QR_PREFIX + "ABCDEFGH2345")
    with refused("preorder.unknown_token"):
        orders.preorders.scanned("8807127684265")


def test_a_label_of_another_day_is_said_to_be_one(orders: House) -> None:
    order = of(orders, "강민영")
    code = token(orders, order)
    orders.days.open("다른 장터", "2026-12-04")
    orders.shifts.open(0)
    with refused("preorder.other_day"):
        orders.preorders.scanned(code)
    with refused("preorder.other_day"):
        orders.pick_ups.take(order.id)
    assert orders.preorders.all() == []


def test_names_and_digits_are_nowhere_to_be_read(
    orders: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    order = of(orders, "강민영")
    sale = pay(orders, order)
    orders.preorders.labels()
    with pytest.raises(DomainError) as twice:
        orders.pick_ups.take(order.id)
    assert "강*영" in str(twice.value.params)
    papers = plain.render(orders.papers.receipt(sale)) + plain.render(orders.preorders.pick_list_paper())
    written = b"".join(event_bytes(orders).values()).decode()
    assert '"2953"' not in written
    for text in (written, papers, caplog.text, str(orders.preorders.labels()), repr(twice.value)):
        assert "강민영" not in text and "김서경" not in text
    assert "2953" not in papers


# handing out


@pytest.mark.acceptance("A49")
def test_paid_at_pick_up_it_is_a_sale_like_any_other(orders: House) -> None:
    order = of(orders, "강민영")
    assert (order.total_won, order.due_won) == (26_800, 26_800)
    sale = stored(orders, pay(orders, order))
    assert sale.order_id == order.id and sale.total_won == 26_800
    assert [(line.product_id, line.net_won) for line in sale.lines] == [
        (good_id("P002"), 21_000), (good_id("P001"), 5_800),
    ]  # fmt: skip
    (row,) = table(orders, "pick_up")
    assert row[1] == order.id
    after = orders.preorders.order(order.id)
    assert after.state is OrderState.PICKED_UP and after.handed_out[0][0] == "R1"
    assert orders.till.cart.order_id == ""
    assert not orders.integrity.verify().findings and not orders.integrity.rebuild().different


@pytest.mark.acceptance("A49")
def test_it_cant_be_handed_out_twice_on_one_register(orders: House) -> None:
    order = of(orders, "강민영")
    pay(orders, order)
    before = event_bytes(orders)
    with refused("preorder.picked_up_already"):
        orders.pick_ups.take(order.id)
    with refused("preorder.picked_up_already"):
        orders.pick_ups.hand_out(order.id)
    assert event_bytes(orders) == before


@pytest.mark.acceptance("A49")
def test_two_windows_of_one_register_hand_it_out_once(orders: House) -> None:
    order = of(orders, "강민영")
    other = open_house(orders.desk.home.root)
    other.pick_ups.take(order.id)
    pay(orders, order)
    sales, stock = table(orders, "sale"), table(orders, "stock")
    with refused("preorder.picked_up_already"):
        other.till.complete([cash(1_000_000)])
    assert (table(orders, "sale"), table(orders, "stock")) == (sales, stock), "nothing half done"
    assert other.till.cart.lines, "what was in the cart is still there"
    other.close()


def test_what_was_agreed_counts_whatever_the_catalogue_says_today(orders: House) -> None:
    order = of(orders, "최민수 재무처") if orders.preorders.all("최민수 재무처") else of(orders, "7091")
    with orders.desk.work.begin() as work:
        from pos_app.services.editing import edit_of
        from pos_app.storage.unit_of_work import CATALOGUE

        edit = edit_of(work.rows, "product", good_id("P002"), {"unit_price_won": 30_000})
        assert edit is not None
        work.record(CATALOGUE, edit)
    orders.use(session(Role.CASHIER))
    sale = stored(orders, pay(orders, order))
    assert sale.total_won == order.total_won == 63_000


def test_paid_before_it_settles_as_a_transfer_on_the_day(orders: House) -> None:
    order = of(orders, "강민영")
    orders.preorders.mark_paid(order.id)
    assert of(orders, "강민영").due_won == 0
    done = orders.pick_ups.hand_out(order.id)
    sale = stored(orders, done.sale_id)
    (tender,) = sale.tenders
    assert (tender.type, tender.kind, tender.held_by, tender.amount_won) == (
        "transfer", "preorder", "cooperative", 26_800,
    )  # fmt: skip
    assert sum(tender.shares) == 26_800 and done.change_won == 0
    assert orders.shifts.by_tender()["transfer"] == 26_800
    with refused("preorder.not_paid"):
        orders.pick_ups.hand_out(of(orders, "6729").id)


def test_all_paid_with_the_sheet(house: House, tmp_path: Path) -> None:
    house.preorders.take(sheet(tmp_path))
    assert house.preorders.take(sheet(tmp_path), paid=True).changed == 4
    assert all(order.due_won == 0 for order in house.preorders.all())


def test_other_goods_and_the_difference(orders: House) -> None:
    order = of(orders, "강민영")
    orders.preorders.mark_paid(order.id)
    dearer = orders.preorders.substitute(order.id, 2, good_id("P006"), 1000)
    assert (dearer.due_won, dearer.lines[1].instead_of) == (12_345 - 5_800, "감자")
    orders.pick_ups.take(order.id)
    assert [row.received_won for row in orders.pick_ups.prepaid()] == [26_800]
    done = orders.till.complete(
        [*orders.pick_ups.prepaid(), TenderInput(TenderType.CARD, dearer.due_won, approval_no="1")]
    )
    sale = stored(orders, done.sale_id)
    assert [(tender.type, tender.amount_won) for tender in sale.tenders] == [
        ("transfer", 26_800), ("card", 6_545),
    ]  # fmt: skip
    assert sale.lines[1].note == "감자 대신"


def test_less_than_was_paid_goes_back_in_cash_and_is_in_the_drawers_account(orders: House) -> None:
    order = of(orders, "강민영")
    orders.preorders.mark_paid(order.id)
    cheaper = orders.preorders.take_out(order.id, 2)
    assert cheaper.give_back_won == 5_800
    done = orders.pick_ups.hand_out(order.id)
    assert (done.total_won, done.change_won, done.notes) == (21_000, 5_800, ((5000, 1), (500, 1), (100, 3)))
    (moved,) = orders.shifts.movements()
    assert (moved.kind, moved.amount_won, moved.reason) == ("pay_out", 5_800, "공동구매 차액 강*영")
    with refused("preorder.picked_up_already"):
        orders.preorders.take_out(order.id, 1)


def test_a_sale_taken_back_brings_the_order_back(orders: House) -> None:
    order = of(orders, "강민영")
    sale = pay(orders, order)
    orders.returns.void(sale, "잘못 내줌")
    again = orders.preorders.order(order.id)
    assert again.state is OrderState.PACKED and again.handed_out == ()
    pay(orders, again)
    assert orders.preorders.order(order.id).state is OrderState.PICKED_UP


def test_an_order_in_the_cart_survives_and_an_emptied_cart_forgets_it(orders: House, tmp_path: Path) -> None:
    order = of(orders, "강민영")
    orders.till.add(good_id("P002"))
    with refused("preorder.in_cart"):
        orders.pick_ups.take(order.id)
    orders.till.clear()
    orders.pick_ups.take(order.id)
    orders.till.park()
    orders.till.recall(orders.till.parked()[0].id)
    assert orders.till.cart.order_id == order.id
    for line in orders.till.cart.lines:
        orders.till.remove(line.key)
    assert orders.till.cart.order_id == ""
    orders.till.add(good_id("P002"))
    orders.till.complete([cash(100_000)])
    assert orders.preorders.order(order.id).open


def test_packed_cancelled_unclaimed(orders: House) -> None:
    first, second = of(orders, "강민영"), of(orders, "6729")
    assert orders.preorders.pack([first.id, second.id]) == 2
    assert orders.preorders.pack([first.id, second.id]) == 0
    orders.preorders.cancel(second.id)
    with refused("preorder.cancelled"):
        orders.pick_ups.take(second.id)
    assert orders.preorders.close_unclaimed() == 3
    assert [order.state for order in orders.preorders.unclaimed()] == [OrderState.UNCLAIMED] * 3
    pay(orders, orders.preorders.order(first.id))
    assert len(orders.preorders.unclaimed()) == 2
    orders.use(session(Role.CASHIER))
    for act in (lambda: orders.preorders.cancel(first.id), lambda: orders.preorders.take_out(first.id, 1)):
        with refused("right.missing"):
            act()


def test_what_vendors_make_ready(orders: House) -> None:
    picks = {
        line.name: (line.vendor, line.quantity_milli, line.people) for line in orders.preorders.pick_list()
    }
    assert picks == {
        "참기름 320ml": ("새벽 공방", 4000, 2),
        "꽃차": ("두레 자활센터", 3000, 2),
        "감자": ("너른들 농장", 2000, 1),
    }
    for order in orders.preorders.all():
        orders.preorders.cancel(order.id)
    with refused("preorder.nothing_to_pick"):
        orders.preorders.pick_list_paper()


def test_labels_for_every_bag(orders: House) -> None:
    labels = orders.preorders.labels()
    assert [(label.number, label.count) for label in labels] == [(n, 4) for n in range(1, 5)]
    assert {label.code for label in labels} == {token(orders, order) for order in orders.preorders.all()}
    assert len(orders.preorders.labels([of(orders, "강민영").id])) == 1
    with refused("printer.none"):
        orders.preorders.print_labels()


# two registers


def merged(into: House, other: House) -> None:
    """Everything that `other` has reaches `into`."""
    with other.desk.work.read() as rows:
        geneses = [bytes(row[0]) for row in rows.all('SELECT "genesis" FROM "log"')]
        datas = [bytes(row[0]) for row in rows.all('SELECT "bytes" FROM "event"')]
    with into.database.write() as rows:
        for genesis in geneses:
            store.take_genesis(rows, genesis, into.desk.clock.now_us())
        store.receive(rows, datas, into.desk.clock.now_us())
    fold_all(into)


@pytest.mark.acceptance("A49")
def test_across_registers_a_second_hand_over_is_flagged(orders: House, tmp_path: Path) -> None:
    order = of(orders, "강민영")
    code = token(orders, order)
    second = open_house(tmp_path / "second")
    merged(second, orders)
    second.days.open("시험 장터", DATE, "R2")
    second.shifts.open(0)
    seen = second.preorders.scanned(code)
    assert seen.person == "", "the names stay where their keys are"
    pay(second, seen)
    pay(orders, order)
    assert orders.preorders.doubled() == []
    merged(orders, second)
    merged(second, orders)
    for house in (orders, second):
        (twice,) = house.preorders.doubled()
        assert twice.id == order.id and {till for till, _ in twice.handed_out} == {"R1", "R2"}
    assert not orders.integrity.rebuild().different
    second.close()
