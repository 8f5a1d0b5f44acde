"""Orders and bundles in the real window: taken in, found, scanned, paid, handed out once; a bundle sold."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from pos_app.domain.operators import Role
from pos_app.domain.preorder import QR_PREFIX, OrderState
from pos_app.services.desk import Session
from pos_app.services.preorders import OrderView
from tests.screens.scenes_orders import ORDERS, SHEET, make_bundle, take_orders
from tests.ui.clipped import Shape, look_at_scene, spelled
from tests.ui.window.driver import Window, rest, settle, until

F12 = Qt.Key.Key_F12
SHAPES: tuple[Shape, ...] = (((1366, 768), "light", 100), ((1024, 768), "light", 200))


def token(window: Window, order: OrderView) -> str:
    with window.house.desk.work.read() as rows:
        row = rows.one('SELECT "token" FROM "preorder" WHERE "id" = ?', order.id)
    assert row is not None
    return QR_PREFIX + row[0]


def state(window: Window, order: OrderView) -> OrderState:
    return window.house.preorders.order(order.id).state


def go(window: Window) -> list[OrderView]:
    """The demo's orders, on their screen."""
    take_orders(window.house)
    window.shell.go("orders")
    rest()
    return window.house.preorders.all()


@pytest.mark.acceptance("A49")
def test_a_sheet_is_looked_at_and_taken_in(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(SHEET), ""))
    window.shell.go("orders")
    rest()
    assert "공동구매 주문이 아직 없어요" in window.texts()
    window.touch(window.key("주문표 가져오기"))
    until(lambda: window.there("sheet_bad_count"))
    words = " ".join(window.texts())
    for cell in ("주문취합!E21", "주문취합!F37", "주문취합!G45"):
        assert cell in words
    assert window.house.preorders.count() == 0, "only looked at"
    window.touch_named("sheet_take")
    until(lambda: window.house.preorders.count() == 60)
    rest()
    assert "60명의 주문을 가져왔어요." in window.toast()
    assert window.row_words("orders_list", 0)


def test_a_broken_sheet_is_one_sentence(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK nothing")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(broken), ""))
    window.shell.go("orders")
    rest()
    window.touch(window.key("주문표 가져오기"))
    until(lambda: window.shell.dialog is not None)
    assert window.house.preorders.count() == 0


@pytest.mark.acceptance("A49")
def test_found_by_name_paid_and_handed_out_once(window: Window) -> None:
    go(window)
    window.say("강민영")
    settle()
    order = window.house.preorders.all("강민영")[0]
    assert window.find("order_person").text() == "강*영 **53"
    window.press(F12)
    window.wait_for("tender")
    assert window.house.till.cart.order_id == order.id
    window.press(F12)
    window.wait_for("change")
    assert state(window, order) is OrderState.PICKED_UP
    window.press(F12)
    window.shell.go("orders")
    rest()
    window.scan(token(window, order))
    rest()

    window.press(F12)
    assert "이미 내준 주문이에요." in window.toast()
    assert len(window.house.preorders.unclaimed()) == 59


@pytest.mark.acceptance("A49")
def test_a_label_scanned_on_the_sale_opens_its_order(window: Window) -> None:
    orders = go(window)
    window.shell.go("selling")
    paid = orders[3]
    window.scan(token(window, paid))
    window.wait_for("orders")
    rest()
    assert window.find("order_person").text().startswith(paid.person)
    window.press(F12)
    window.wait_for("change")
    assert state(window, paid) is OrderState.PICKED_UP
    assert not window.house.till.cart.lines


def test_a_label_nobody_knows_is_said_in_a_sentence(window: Window) -> None:
    window.scan(QR_PREFIX + "ABCDEFGH2345")
    window.wait_for("orders")
    rest()
    assert "이 QR의 주문을 찾지 못했어요" in window.toast()


def test_a_products_code_on_the_orders_goes_to_the_sale(window: Window) -> None:
    go(window)
    window.scan("8807127684265")
    window.wait_for("selling")
    assert len(window.cart()) == 1


def test_what_is_in_the_cart_is_finished_first(window: Window) -> None:
    go(window)
    window.house.till.scan("8807127684265")
    window.say("강민영")
    settle()
    window.press(F12)
    assert window.at == "orders" and "다른 물건이 있어요" in window.toast()


def test_packed_changed_and_what_a_cashier_may_not(window: Window) -> None:
    go(window)
    window.say("강민영")
    settle()
    order = window.house.preorders.all("강민영")[0]
    window.touch_named("order_pack")
    rest()
    assert state(window, order) is OrderState.PACKED
    window.touch_row("order_lines", order.lines[0].name)
    window.touch_named("order_change")
    window.touch(window.key("고른 물건 빼기"))
    rest()
    assert len(window.house.preorders.order(order.id).lines) == len(order.lines) - 1
    window.house.use(Session("x", "김서은", Role.CASHIER))
    window.touch_named("order_change")
    window.touch(window.key("주문 취소하기"))
    settle()
    window.touch(window.key("주문 취소하기"))
    rest()
    assert state(window, order) is OrderState.PACKED


@pytest.mark.acceptance("A6")
def test_a_bundle_made_on_its_screen_is_sold_by_its_tile(window: Window) -> None:
    made = make_bundle(window.house)
    window.shell.go("selling")
    rest()
    window.say("명절")
    settle()
    window.touch_tile("명절 꾸러미")
    assert window.cart() == [("명절 꾸러미", 1000)] or window.house.till.cart.lines[0].product_id == made
    window.press(Qt.Key.Key_Escape)
    window.press(F12)
    window.wait_for("tender")
    window.press(F12)
    window.wait_for("change")
    sold = window.house.returns.sale(window.house.returns.recent(1)[0].sale_id)
    assert sum(line.net_won for line in sold.lines) == sold.total_won == 49_900
    assert len(sold.lines) == 3


@pytest.mark.parametrize("shape", SHAPES, ids=spelled)
@pytest.mark.parametrize("scene", ["orders", "orders-preview", "orders-change", "bundles", "bundle-sold"])
def test_nothing_is_cut_off(qapp: QApplication, fresh: Path, scene: str, shape: Shape) -> None:
    found = look_at_scene(fresh, shape, ORDERS[scene])
    assert not found, "\n".join(found)
