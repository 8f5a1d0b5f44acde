"""What the pictures of goods in and out, mark-downs and donations show."""

from tests.screens.scenes import Scene
from tests.ui.window.driver import Window, rest, settle


def _open(window: Window, name: str) -> None:
    window.shell.go(name)
    rest()
    settle()


def goods(window: Window) -> None:
    """A vendor whose goods went home, one piece short."""
    _open(window, "goods")
    screen = window.shell.current
    view = screen.presenter  # type: ignore[attr-defined]
    row = view.sheet.rows[0]
    left = row.on_hand_milli - (1000 if not row.weighed else 181)
    view.current = (row.goods.product_id, "taken_home")
    view.type(row.goods.product_id, "taken_home", str(left // 1000))
    screen._refresh_sheet()  # type: ignore[attr-defined]
    screen.grid.focus_cell(row.goods.product_id, "taken_home")  # type: ignore[attr-defined]
    settle()


def goods_wrong(window: Window) -> None:
    _open(window, "goods")
    screen = window.shell.current
    row = screen.presenter.sheet.rows[0]  # type: ignore[attr-defined]
    screen._typed(row.goods.product_id, "taken_home", "99999")  # type: ignore[attr-defined]
    screen.grid.focus_cell(row.goods.product_id, "taken_home")  # type: ignore[attr-defined]
    settle()


def goods_in(window: Window) -> None:
    _open(window, "goods")
    window.shell.current._tab("in")  # type: ignore[attr-defined]
    settle()


def goods_count(window: Window) -> None:
    _open(window, "goods")
    window.shell.current._tab("count")  # type: ignore[attr-defined]
    settle()


GOODS: dict[str, Scene] = {
    "goods": goods,
    "goods-wrong": goods_wrong,
    "goods-in": goods_in,
    "goods-count": goods_count,
}
