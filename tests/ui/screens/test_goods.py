"""물건 들고나기, 떨이, 사회공헌: what their screens decide, over a real small market."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.printing import plain
from pos_app.services.house import House
from pos_app.ui.screens.donations.presenter import DonationsPresenter
from pos_app.ui.screens.goods.cells import parsed
from pos_app.ui.screens.goods.presenter import GoodsPresenter
from pos_app.ui.screens.markdown.presenter import MarkdownPresenter
from tests.services.houses import good_id, open_market, refused, sell, session, vendor_id

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
    presenter.current = (OIL, "waste")
    presenter.type(OIL, "waste", "3")
    presenter.say_why("깨짐")
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


def test_what_is_thrown_away_says_why_line_by_line(presenter: GoodsPresenter, house: House) -> None:
    presenter.type(OIL, "waste", "2")
    assert presenter.asks_why() == "" and "왜 버리는지" in presenter.off_reason()  # another cell is looked at
    presenter.current = (OIL, "waste")
    assert presenter.asks_why() == OIL
    assert [words for _, words in presenter.reasons()] == ["물러짐", "깨짐", "시식", "기한 지남", "다른 까닭"]
    presenter.say_why(" ")
    assert presenter.off_reason()
    presenter.say_why("깨짐")
    presenter.current = (CLOTH, "waste")
    presenter.type(CLOTH, "waste", "1")
    presenter.say_why("비에 젖음")
    assert presenter.reasons()[-1] == ("", "비에 젖음") and not presenter.off_reason()
    presenter.save()
    presenter.choose(vendor_id(1))
    presenter.take(presenter.load())
    told = {row.name: row.price for row in presenter.rows()}
    assert told["참기름 320ml"] == "21,000원/병 · 폐기: 깨짐" and "비에 젖음" in told["손수건"]
    assert {(each.product_id, each.quantity_milli, each.why) for each in house.goods_slips.wasted()} == {
        (OIL, 2000, "깨짐"), (CLOTH, 1000, "비에 젖음"),
    }  # fmt: skip
    presenter.type(OIL, "waste", "1")  # one was whole after all: nobody asks why
    assert not presenter.off_reason()
    presenter.save()
    assert {each.quantity_milli for each in house.goods_slips.wasted()} == {1000}
    assert house.integrity.rebuild().different == ()


def test_a_slip_to_sign_tells_what_is_saved(presenter: GoodsPresenter, house: House, tmp_path: Path) -> None:
    presenter.current = (OIL, "waste")
    presenter.type(OIL, "taken_home", "29")
    presenter.type(OIL, "waste", "2")
    presenter.say_why("깨짐")
    presenter.save()
    presenter.choose(vendor_id(1))
    presenter.take(presenter.load())
    paper = plain.render(presenter.slip(), 48)
    assert "판매자 인계증 (반출)" in paper and "29병" in paper and "609,000" in paper
    assert "반입 60 · 판매 29 · 폐기 2 (깨짐)" in paper
    presenter.tab = "in"
    assert "판매자 인계증 (반입)" in plain.render(presenter.slip(), 48)
    assert presenter.slip_pdf(tmp_path / "slip.pdf") and (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    assert presenter.print_slip()
    presenter.choose(vendor_id(2))
    presenter.tab = "out"
    presenter.take(presenter.load())
    with refused("goods.nothing_to_sign"):
        presenter.slip()
    house.use(session(Role.CASHIER))
    with refused("right.missing"):
        presenter.slip()


def test_what_to_bring_next_time_is_explained_and_written_into_the_cells(house: House) -> None:
    presenter = GoodsPresenter(house)
    presenter.choose(vendor_id(1))
    presenter.take(presenter.load())
    assert presenter.suggestions() == []  # no day of this market is over
    house.shifts.count_total(house.shifts.count_total(0).expected_won)
    house.shifts.close("시험")
    house.day_close.seal()
    found = {product: (milli, why) for product, _, milli, why in presenter.suggestions()}
    assert found[OIL] == (29_000, "지난 1번 장터에서 평균 29병 팔렸어요.")
    presenter.bring(presenter.suggestions())
    cells = {row.product_id: row.cells["brought"] for row in presenter.rows()}
    assert presenter.tab == "in" and cells[OIL] == "29" and presenter.dirty


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


def test_a_mark_down_in_several_steps_by_the_clock_and_by_what_is_left(house: House) -> None:
    view = MarkdownPresenter(house)
    view.take(view.load())
    view.choose(vendor_id(3))
    view.percent, view.time, view.left = 20, "15:30", 0
    view.add_step()
    view.percent, view.time, view.left = 50, "1630", 300
    view.add_step()
    view.percent, view.time, view.left = 10, "", 700
    view.add_step()
    with refused("markdown.doubled"):
        view.add_step()
    view.time = "오후 세 시"
    with refused("markdown.time"):
        view.add_step()
    view.take(view.load())
    assert view.steps() == [
        "70% 넘게 남으면 10% 할인 (-37,035원)",
        "15:30부터 20% 할인 (-74,070원)",
        "30% 넘게 남으면 16:30부터 50% 할인 (-185,175원)",
    ]
    won, words = view.told()
    assert won == -185_175 and words.startswith("가장 많이 깎는 단계")
    view.drop_step(0)
    view.take(view.load())
    view.consent = "이은현"
    view.agree(None)
    (plan,) = house.markdowns.plans()
    assert [(s.off_permille, s.from_time, s.left_permille) for s in plan.steps] == [
        (200, "15:30", 0), (500, "16:30", 300),
    ]  # fmt: skip
    assert view.added == []
    view.take(view.load())
    assert "15:30부터 20% 할인, 30% 넘게 남으면 16:30부터 50% 할인" in view.standing()[0][1]


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
