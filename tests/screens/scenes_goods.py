"""What the pictures of goods in and out, mark-downs and donations show."""

from pos_app.domain.markdown import Step
from pos_app.services.donations import Gift
from tests.screens.scenes import Scene
from tests.screens.scenes_settlement import sealed
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


def goods_waste(window: Window) -> None:
    """Something is thrown away: why?"""
    _open(window, "goods")
    screen = window.shell.current
    row = screen.presenter.sheet.rows[1]  # type: ignore[attr-defined]
    screen.grid.focus_cell(row.goods.product_id, "waste")  # type: ignore[attr-defined]
    screen._typed(row.goods.product_id, "waste", "2")  # type: ignore[attr-defined]
    screen._say_why("깨짐")  # type: ignore[attr-defined]
    settle()


def goods_slip(window: Window) -> None:
    """A slip to sign, looked at before it is printed."""
    goods_waste(window)
    window.touch_corner()
    rest()
    screen = window.shell.current
    screen._choose(window.house.goods.vendors()[0].id)  # type: ignore[attr-defined]
    rest()
    screen._fill("slip")  # type: ignore[attr-defined]
    rest()
    settle()


def goods_suggest(window: Window) -> None:
    """What to bring next time."""
    sealed(window)
    _open(window, "goods")
    window.shell.current._fill("suggest")  # type: ignore[attr-defined]
    rest()
    settle()


def goods_suggest_none(window: Window) -> None:
    """No market day is over yet."""
    _open(window, "goods")
    window.shell.current._fill("suggest")  # type: ignore[attr-defined]
    rest()
    settle()


def markdown(window: Window) -> None:
    house = window.house
    vendor = house.goods.vendors()[0].id
    house.markdowns.agree(vendor, (Step(200),), "김서은")
    _open(window, "markdown")


def markdown_steps(window: Window) -> None:
    """A plan of several steps in the making."""
    _open(window, "markdown")
    screen = window.shell.current
    view = screen.presenter  # type: ignore[attr-defined]
    for percent, time, left in ((20, "15:30", 0), (50, "16:30", 300)):
        view.percent, view.time, view.left = percent, time, left
        screen._add_step()  # type: ignore[attr-defined]
        rest()
    if screen.one_column():
        window.touch(screen.side_key)
    settle()
    bar = window.find("markdown_plan").verticalScrollBar()  # type: ignore[attr-defined]
    bar.setValue(bar.maximum())
    settle()


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
    "goods-waste": goods_waste,
    "goods-slip": goods_slip,
    "goods-suggest": goods_suggest,
    "goods-suggest-none": goods_suggest_none,
    "markdown": markdown,
    "markdown-steps": markdown_steps,
    "markdown-tiles": marked_tiles,
    "markdown-side": side("markdown"),
    "donations": donations,
    "donations-side": side("donations"),
    "donations-done": donations_done,
}
