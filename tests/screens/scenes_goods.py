"""What the pictures of goods in and out, mark-downs and donations show."""

from pos_app.domain.markdown import Step
from pos_app.services.donations import Gift
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


def markdown(window: Window) -> None:
    house = window.house
    vendor = house.goods.vendors()[0].id
    house.markdowns.agree(vendor, (Step(200),), "김서은")
    _open(window, "markdown")


def marked_tiles(window: Window) -> None:
    """The sale while a plan holds."""
    markdown(window)
    window.shell.go("selling")
    rest()
    product = window.house.markdowns.left(window.house.goods.vendors()[0].id)[1].product_id
    window.selling.tap(product)
    settle()


def side(name: str) -> Scene:
    """The panel, where it takes turns with the work."""

    def scene(window: Window) -> None:
        _open(window, name)
        if window.shell.current.side_key.isVisible():
            window.touch(window.shell.current.side_key)
        settle()

    return scene


def donations(window: Window) -> None:
    _open(window, "donations")
    screen = window.shell.current
    screen._pick(screen.presenter.rows()[0].key)  # type: ignore[attr-defined]
    screen.institution.set_text("나눔의 집")  # type: ignore[attr-defined]
    settle()


def donations_done(window: Window) -> None:
    good = window.house.donations.leftovers()[0]
    window.house.donations.give("나눔의 집", [Gift(good.product_id, 2000)], "최복지")
    _open(window, "donations")
    window.shell.current._tab("done")  # type: ignore[attr-defined]
    settle()


GOODS: dict[str, Scene] = {
    "goods": goods,
    "goods-wrong": goods_wrong,
    "goods-in": goods_in,
    "goods-count": goods_count,
    "markdown": markdown,
    "markdown-tiles": marked_tiles,
    "markdown-side": side("markdown"),
    "donations": donations,
    "donations-side": side("donations"),
    "donations-done": donations_done,
}
