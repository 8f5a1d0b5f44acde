"""물건 들고나기 and 떨이 in the real window: why goods are thrown away, slips, suggestions, plans of several steps."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.screens import scenes_goods as scenes
from tests.ui.clipped import faults
from tests.ui.window.driver import Window, opened, rest, settle
from tests.ui.written import listening


def test_waste_asks_why_before_it_is_saved(window: Window) -> None:
    window.shell.go("goods")
    rest()
    product = window.shell.current.presenter.sheet.rows[1].goods.product_id  # type: ignore[attr-defined]
    cell = f"goods_waste_{product[:8]}"
    window.find(cell).setFocus()
    window.find(cell).setText("2")  # type: ignore[attr-defined]
    settle()
    window.touch_corner()
    assert "왜 버리는지" in window.toast()
    window.touch_named("goods_why_4")  # another reason
    window.find("ask_text_value").setText("비에 젖음")  # type: ignore[attr-defined]
    window.touch_named("ask_text_act")
    settle()
    assert any("폐기: 비에 젖음" in words for words in window.texts())
    window.touch_corner()
    rest()
    assert [(each.quantity_milli, each.why) for each in window.house.goods_slips.wasted()] == [
        (2000, "비에 젖음")
    ]


def test_a_slip_is_looked_at_saved_and_printed(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.shell.go("goods")
    rest()
    window.shell.current._tab("in")  # type: ignore[attr-defined]
    window.touch_named("goods_fill_3")
    rest()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "in.pdf"), ""))
    window.touch_named("goods_slip_pdf")
    rest()
    assert (tmp_path / "in.pdf").read_bytes().startswith(b"%PDF") and "저장했어요" in window.toast()
    window.touch_named("goods_fill_3")
    rest()
    window.touch_named("goods_slip_print")
    rest()
    assert "인쇄기로" in window.toast()


def test_suggestions_stand_in_the_cells_until_they_are_saved(window: Window) -> None:
    scenes.goods_suggest(window)
    assert window.there("goods_suggest_table")
    window.touch_named("goods_suggest_act")
    settle()
    view = window.shell.current.presenter  # type: ignore[attr-defined]
    assert view.tab == "in" and view.dirty
    wanted = {product: milli for product, _, milli, _ in view.suggestions()}
    assert {row.product_id: row.cells["brought"] for row in view.rows()} == {
        product: str(milli // 1000) for product, milli in wanted.items()
    }


def test_a_plan_of_two_steps_is_put_together_and_agreed(window: Window) -> None:
    window.shell.go("markdown")
    rest()
    window.find("markdown_time").setText("15:30")  # type: ignore[attr-defined]
    window.find("markdown_add").click()  # type: ignore[attr-defined]
    rest()
    window.find("markdown_time").setText("여섯 시")  # type: ignore[attr-defined]
    window.find("markdown_add").click()  # type: ignore[attr-defined]
    settle()
    assert window.shell.current.time.error()  # type: ignore[attr-defined]
    window.find("markdown_time").setText("16:30")  # type: ignore[attr-defined]
    window.touch_named("markdown_percent_3")
    rest()
    window.find("markdown_add").click()  # type: ignore[attr-defined]
    rest()
    assert "16:30부터 50% 할인" in window.find("markdown_step_1").text()  # type: ignore[attr-defined]
    window.find("markdown_consent").setText("김서은")  # type: ignore[attr-defined]
    window.touch_corner()
    rest()
    (plan,) = window.house.markdowns.plans()
    assert [(step.off_permille, step.from_time) for step in plan.steps] == [(200, "15:30"), (500, "16:30")]


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize(
    "name", ["goods-waste", "goods-slip", "goods-suggest", "goods-suggest-none", "markdown-steps"]
)
@pytest.mark.parametrize(
    ("size", "scale"), [((1366, 768), 100), ((1024, 768), 100), ((1366, 768), 150), ((1024, 768), 200)]
)
def test_nothing_is_cut_off(
    qapp: QApplication, demo: Path, name: str, size: tuple[int, int], scale: int
) -> None:
    with (
        opened(demo, size, lambda house: house.settings.set("type_scale", str(scale))) as window,
        listening() as ink,
    ):
        scenes.GOODS[name](window)
        found = list(faults(window, ink))
    assert not found, "\n".join(found)
