"""What the screen of bundles decides: a draft that is saved whole, and who gets how much."""

from pathlib import Path

import pytest

from pos_app.domain.errors import DomainError
from pos_app.services.house import House
from pos_app.ui.screens.bundles.presenter import BundlesPresenter
from tests.services.houses import good_id, open_market


@pytest.fixture
def view(tmp_path: Path) -> BundlesPresenter:
    """The presenter on a real market."""
    made = BundlesPresenter(open_market(tmp_path))  # type: ignore[arg-type]
    made.take(made.load())
    return made


def test_one_is_made_part_by_part_and_saved(view: BundlesPresenter) -> None:
    assert view.empty and view.off_reason() == "꾸러미를 먼저 골라요."
    view.new(" 명절 꾸러미 ")
    assert view.off_reason() == "담을 물건을 먼저 골라요."
    view.add(good_id("P002"))
    view.add(good_id("P001"))
    view.add(good_id("P002"))
    assert [(part.name, part.milli) for part in view.draft.parts] == [("참기름 320ml", 2000), ("감자", 1000)]  # type: ignore[union-attr]
    assert view.worth_won() == 44_900
    view.set_price("40,000원")
    assert view.shares() == [37_416, 2_584] and "4,900원 싸요" in view.words()
    assert "저장했어요" in view.save()
    assert view.off_reason() == "바뀐 것이 없어요." and "개 만들 수 있어요" in view.words()
    (row,) = view.rows()
    assert (row.title, row.amount) == ("명절 꾸러미", "40,000")


def test_steps_weights_and_parts_taken_out(view: BundlesPresenter) -> None:
    view.new("꾸러미")
    view.add(good_id("P001"))
    view.step(-1)
    assert view.chosen().milli == 900  # type: ignore[union-attr]
    view.add(good_id("P006"))
    view.step(-5)
    assert view.chosen().milli == 1000  # type: ignore[union-attr]
    view.set_price("10000")
    view.set_weight("1")
    view.part = good_id("P001")
    view.set_weight("3")
    assert view.shares() == [7_500, 2_500]
    view.remove_part()
    assert [part.name for part in view.draft.parts] == ["꽃차"] and view.chosen() is None  # type: ignore[union-attr]


def test_a_wrong_price_is_refused_and_the_draft_stays(view: BundlesPresenter) -> None:
    view.new("꾸러미")
    view.add(good_id("P006"))
    for text in ("", "0", "없음", "999999999999"):
        with pytest.raises(DomainError):
            view.set_price(text)
    assert view.draft is not None and view.draft.price_won == 12_345


def test_sold_no_longer_and_again_with_a_barcode(view: BundlesPresenter) -> None:
    view.new("꾸러미")
    view.add(good_id("P006"))
    view.save()
    assert "바코드" in view.give_barcode()
    view.set_active(False)
    assert view.rows()[0].badge is not None and not view.draft.active  # type: ignore[union-attr]
    view.set_active(True)
    assert view.rows()[0].badge is None
    assert view.pick_list(3).blocks


def test_bundles_are_no_part_of_bundles(view: BundlesPresenter) -> None:
    view.new("꽃차 꾸러미")
    view.add(good_id("P006"))
    view.save()
    assert [hit for hit, _ in view.goods_like("꽃차")] == [good_id("P006")]


def test_what_was_made_is_told_to_the_grid_once(view: BundlesPresenter) -> None:
    house: House = view.house  # type: ignore[assignment]
    view.new("꽃차 꾸러미")
    view.add(good_id("P006"))
    view.save()
    assert len(house.goods.announced()) == 1
    assert house.goods.announced() == []
