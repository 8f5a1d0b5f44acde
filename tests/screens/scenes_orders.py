"""What the pictures of orders and bundles show."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import DomainError
from pos_app.services.bundles import PartWish
from pos_app.services.house import House
from tests.screens.scenes import Scene
from tests.ui.window.driver import Window, rest, settle

SHEET = Path(__file__).parents[2] / "resources" / "demo" / "preorders.xlsx"


def take_orders(house: House) -> None:
    """The demo's sixty orders, one of them paid before."""
    house.preorders.take(SHEET, anyway=True)
    house.preorders.mark_paid(house.preorders.all()[3].id)


def make_bundle(house: House, name: str = "명절 꾸러미", count: int = 3) -> str:
    """A bundle of goods of several vendors."""
    parts: dict[str, str] = {}
    for tile in house.goods.tiles():
        if tile.vendor_id and tile.on_hand_milli and tile.unit != "kg":
            parts.setdefault(tile.vendor_id, tile.product_id)
    wishes = [PartWish(product_id, 1000 * (1 + at % 2)) for at, product_id in enumerate(parts.values())]
    return house.bundles.save(name, 49_900, wishes[:count])


def orders_empty(window: Window) -> None:
    window.shell.go("orders")
    rest()


def orders(window: Window) -> None:
    """Found, and to be paid."""
    take_orders(window.house)
    window.shell.go("orders")
    rest()
    window.say("강")
    settle()
    screen = window.shell.current
    first = window.house.preorders.all("강")[0]
    screen._pick(first.id)  # type: ignore[attr-defined]
    settle()
    if screen.metrics.one_pane:
        screen.toggle_side()
    settle()


def orders_list(window: Window) -> None:
    take_orders(window.house)
    window.house.preorders.pack([each.id for each in window.house.preorders.all()[:2]])
    window.shell.go("orders")
    rest()


def orders_change(window: Window) -> None:
    """What may be changed of an order."""
    orders(window)
    window.shell.current._pick_line(1)  # type: ignore[attr-defined]
    window.touch_named("order_change")
    settle()


def orders_preview(window: Window) -> None:
    """Before a sheet is taken in."""
    window.shell.go("orders")
    rest()
    window.shell.current.sheet.look(SHEET, True)  # type: ignore[attr-defined]
    rest()
    settle()


def orders_pick_list(window: Window) -> None:
    take_orders(window.house)
    window.shell.go("orders")
    rest()
    window.shell.current.sheet.show_pick_list()  # type: ignore[attr-defined]
    rest()


def bundles_empty(window: Window) -> None:
    window.shell.go("bundles")
    rest()


def bundles(window: Window) -> None:
    """One chosen, with its parts."""
    made = make_bundle(window.house)
    make_bundle(window.house, "우리콩 두부와 나물 꾸러미", 5)
    window.shell.go("bundles")
    rest()
    window.shell.current._open(made)  # type: ignore[attr-defined]
    screen = window.shell.current
    if screen.metrics.one_pane:
        screen.toggle_side()
    settle()


def bundle_sold(window: Window) -> None:
    """A bundle in the cart, its parts under it."""
    made = make_bundle(window.house)
    window.shell.go("bundles")
    rest()
    window.shell.go("selling")
    rest()
    window.house.till.add(made, 2000)
    window.selling.refresh()
    settle()
    if window.selling.metrics.one_pane:
        window.selling.toggle_side()
    settle()


def widget(window: Window, name: str) -> QWidget:
    """A part of the screen that is shown."""
    found = window.shell.current.findChild(QWidget, name)
    if found is None:
        raise DomainError("line.unknown", key=name)
    return found


ORDERS: dict[str, Scene] = {
    "orders-empty": orders_empty,
    "orders": orders,
    "orders-list": orders_list,
    "orders-change": orders_change,
    "orders-preview": orders_preview,
    "orders-pick-list": orders_pick_list,
    "bundles-empty": bundles_empty,
    "bundles": bundles,
    "bundle-sold": bundle_sold,
}
