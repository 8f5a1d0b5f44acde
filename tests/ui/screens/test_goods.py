"""물건 들고나기, 떨이, 사회공헌: what their screens decide, over a real small market."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.errors import DomainError
from pos_app.services.house import House
from pos_app.ui.screens.donations.presenter import DonationsPresenter
from pos_app.ui.screens.goods.presenter import GoodsPresenter, parsed
from pos_app.ui.screens.markdown.presenter import MarkdownPresenter
from tests.services.houses import good_id, open_market, sell, vendor_id

OIL, CLOTH = good_id("P002"), good_id("P003")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """The small market, a few bottles sold."""
    made = open_market(tmp_path)
    sell(made, [("P002", 29_000)])
    yield made
    made.close()


@pytest.fixture
def presenter(house: House) -> GoodsPresenter:
    """The sheet of the second vendor."""
    made = GoodsPresenter(house)
    made.choose(vendor_id(1))
    made.take(made.load())
    return made


@pytest.mark.parametrize(
    ("text", "milli"),
    [("20", 20_000), ("13.2", 13_200), ("1,000", 1_000_000), ("", 0), ("２", 2000), ("열", None), ("-1", None),
     ("1.2345", None), ("12345678", None)],
)  # fmt: skip
def test_what_is_typed(text: str, milli: int | None) -> None:
    assert parsed(text) == milli


def test_the_gap_is_told_and_saved(presenter: GoodsPresenter, house: House) -> None:
    presenter.type(CLOTH, "taken_home", "5")
    presenter.type(OIL, "taken_home", "30")
    assert presenter.headline_won() == -21_000
    kind, title, words = presenter.story()
    assert kind == "warn" and "1병 모자라요" in title and "29병" in words
    following = presenter.save()
    assert following
    assert house.goods_sheets.overview().vendors[0].id == vendor_id(1)
    presenter.choose(vendor_id(1))
    presenter.take(presenter.load())
    assert not presenter.dirty
    row = next(row for row in presenter.vendors() if row.key == vendor_id(1))
    assert row.amount == "-21,000원"


def test_the_same_press_twice_saves_once(presenter: GoodsPresenter, house: House) -> None:
    presenter.type(OIL, "waste", "3")
    presenter.save()
    presenter.save()
    (row,) = (r for r in house.goods_sheets.sheet(vendor_id(1)).rows if r.goods.product_id == OIL)
    assert row.goods.waste_milli == 3000


def test_a_wrong_cell_is_marked_and_keeps_its_value(presenter: GoodsPresenter) -> None:
    presenter.type(OIL, "taken_home", "61")
    row = next(row for row in presenter.rows() if row.product_id == OIL)
    assert (row.bad, row.cells["taken_home"]) == ("taken_home", "61")
    assert presenter.story()[2] == "반출이 들어온 것보다 많아요 (60병)."
    assert presenter.off_reason()
    with pytest.raises(DomainError):
        presenter.save()
    presenter.type(OIL, "taken_home", "많이")
    assert "숫자로" in presenter.off_reason()
    presenter.type(OIL, "taken_home", "0")
    assert not presenter.off_reason() and not presenter.dirty


def test_steps_and_all_that_is_left(presenter: GoodsPresenter) -> None:
    assert presenter.step(1) == "" and presenter.all_left() == ""
    presenter.current = (OIL, "taken_home")
    assert presenter.step(10) == "10"
    assert presenter.step(-1) == "9"
    assert presenter.all_left() == "31"
    assert presenter.step(-99) == "0"
    presenter.current = (OIL, "counted")
    assert presenter.all_left() == "31"


def test_a_search_narrows_the_vendors(presenter: GoodsPresenter) -> None:
    presenter.query = "새벽"
    assert [row.title for row in presenter.vendors()] == ["새벽 공방"]


def test_a_mark_down_shows_what_it_costs_and_begins(house: House) -> None:
    view = MarkdownPresenter(house)
    view.take(view.load())
    view.choose(vendor_id(3))
    view.take(view.load())
    won, words = view.told()
    assert won == -74_070 and "370,350원" in words
    assert view.off_reason()
    view.consent, view.time = "이은현", "930"
    assert view.step().from_time == "09:30" and not view.off_reason()
    view.time = ""
    view.agree(None)
    view.take(view.load())
    ((plan, told),) = view.standing()
    assert "20% 할인" in told and "이은현" in told
    view.end(plan, None)
    view.take(view.load())
    assert not view.standing()


def test_a_delivery_from_what_is_left(house: House) -> None:
    view = DonationsPresenter(house)
    view.take(view.load())
    assert view.off_reason()
    view.chosen = next(row.key for row in view.rows() if row.title.startswith("참기름"))
    view.set_quantity(99)
    assert view.quantity() == 31 and view.value_won() == 31 * 21_000
    assert view.off_reason()
    view.institution = "나눔의 집"
    made = view.give()
    view.tab = "done"
    view.take(view.load())
    assert [row.key for row in view.rows()] == [made] and view.value_won() == 31 * 21_000
    assert view.print_slip(made)
    view.chosen = made
    view.withdraw()
    view.take(view.load())
    assert view.empty
