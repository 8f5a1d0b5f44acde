"""A sheet's figures and the movements that make them so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.domain.goods_balance import GoodsRow
from pos_app.domain.goods_sheet import Entry, SheetRow, after, moves, rest_milli, short_and_over, wrong_column
from pos_app.domain.stock import MovementReason

MILLI = st.integers(0, 40_000)


def made(brought: int = 60_000, home: int = 0, given_away: int = 0, waste: int = 0, rung: int = 0,
         recorded: tuple[int, int] = (0, 0), carried: int = 0) -> SheetRow:  # fmt: skip
    """A row whose stock is what its movements say, with what lay there before."""
    goods = GoodsRow("v", "p", "대파", "단", 2500, brought, home, given_away, waste, 0, rung)
    return SheetRow(goods, False, brought - home - given_away - waste - rung + carried, *recorded)


@given(MILLI, MILLI, MILLI, MILLI, MILLI, st.none() | MILLI, st.none() | MILLI, st.none() | MILLI)
def test_movements_make_the_sheet_true(
    brought: int, home: int, out: int, waste: int, rung: int, new: int | None, less: int | None, count: int | None
) -> None:
    row = made(brought + home + out + waste, home, out, waste, rung)
    entry = Entry("p", brought=new, taken_home=less, counted=count)
    if wrong_column(row, entry) is not None:
        with pytest.raises(DomainError):
            moves(row, entry)
        return
    found = moves(row, entry)
    then = after(row, entry)
    on_hand = row.on_hand_milli + sum(move.milli for move in found)
    assert count is None or on_hand == count
    assert then.gap_milli == -on_hand
    assert new is None or then.brought_milli == new
    assert less is None or then.taken_home_milli == less
    assert (MovementReason.COUNT in {move.reason for move in found}) is (count is not None)


@pytest.mark.parametrize(
    ("row", "entry", "column", "code"),
    [
        (made(), Entry("p", waste=-1), "waste", "goods.negative"),
        (made(), Entry("p", waste=10_000_000_000), "waste", "stock.too_large"),
        (made(), Entry("p", waste=1.5), "waste", "stock.not_whole"),  # type: ignore[arg-type]
        (made(given_away=5000, recorded=(3000, 0)), Entry("p", donated=2999), "donated", "goods.below_recorded"),
        (made(waste=5000, recorded=(0, 3000)), Entry("p", waste=2999), "waste", "goods.below_recorded"),
        (made(), Entry("p", counted=60_001), "counted", "goods.count_over_brought"),
        (made(), Entry("p", taken_home=30_000, waste=30_001), "waste", "goods.more_than_brought"),
        (made(home=20_000), Entry("p", brought=19_000), "brought", "goods.more_than_brought"),
        (made(brought=0), Entry("p", brought=1000, taken_home=2000), "taken_home", "goods.more_than_brought"),
    ],
)
def test_what_cannot_be_so_is_named_with_its_column(row: SheetRow, entry: Entry, column: str, code: str) -> None:
    found = wrong_column(row, entry)
    assert found is not None
    assert (found[0], found[1].code) == (column, code)


def test_the_rest_goes_where_it_is_asked_to() -> None:
    row = made(rung=29_000, home=20_000)
    assert rest_milli(row, Entry("p", donated=10_000), "taken_home") == 21_000
    assert rest_milli(row, Entry("p"), "waste") == 11_000


def test_a_count_may_find_what_lay_there_before_and_always_nothing() -> None:
    assert wrong_column(made(carried=5000), Entry("p", counted=65_000)) is None
    over = made(brought=1000, rung=9000, waste=3000)
    assert over.most_counted_milli == 0 and wrong_column(over, Entry("p", counted=0)) is None
    assert made().standing("counted") == 60_000


def test_what_was_wrong_already_may_be_mended_bit_by_bit() -> None:
    row = made(brought=10_000, home=20_000)
    assert wrong_column(row, Entry("p", brought=15_000)) is None
    found = wrong_column(row, Entry("p", taken_home=21_000))
    assert found is not None and found[0] == "taken_home"


def test_both_directions_stay_apart() -> None:
    rows = [made(rung=61_000).goods, made(rung=59_000).goods, made(rung=60_000).goods]
    assert short_and_over(rows) == (-2500, 2500)
