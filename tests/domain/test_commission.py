"""Commission by hand: bands, months, refunds, mid-day crossings; each case with its arithmetic."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.commission import (
    Applies,
    Band,
    Commission,
    Piece,
    Rule,
    Standing,
    band_at,
    check_rule,
    commission_on,
    cut_to_won,
    day_commissions,
    standing,
    won_to_next_band,
)
from pos_app.domain.errors import DomainError

FREE_UNTIL = (Band(0, 0), Band(5_000_000, 100))
FARM = Rule("farm", "2026-01-01", (Band(0, 100),), vendor_class="농가")
WAIVED = Rule("waived", "2026-01-01", FREE_UNTIL, applies=Applies.FOLLOWING_MONTH)
WAIVED_12 = replace(WAIVED, id="waived-12", bands=(Band(0, 0), Band(5_000_000, 120)))
AT_ONCE = Rule("at-once", "2026-01-01", FREE_UNTIL)


def taken(rule: Rule, history: list[tuple[str, int]], on: str, net_won: int) -> int:
    return commission_on(rule, standing(rule, history, on), net_won).commission_won


# --- twelve cases by hand


@pytest.mark.acceptance("A23")
def test_1_flat_rates_by_class() -> None:
    # 1,234,567 x 10 % = 123,456.7; x 13 % = 160,493.71; x 16 % = 197,530.72: cut, not rounded
    for permille, won in ((100, 123_456), (130, 160_493), (160, 197_530)):
        rule = replace(FARM, bands=(Band(0, permille),))
        assert taken(rule, [], "2026-11-20", 1_234_567) == won


@pytest.mark.acceptance("A23")
def test_2_nothing_is_taken_before_five_million() -> None:
    # 4,999,999 until now: not reached
    assert taken(WAIVED, [("2026-03-06", 4_999_999)], "2026-04-03", 900_000) == 0


@pytest.mark.acceptance("A23")
def test_3_the_rate_comes_with_the_following_month_not_with_the_next_day() -> None:
    # 3,000,000 + 2,000,000 = 5,000,000 on 27 March: reached exactly
    history = [("2026-03-06", 3_000_000), ("2026-03-27", 2_000_000)]
    assert taken(WAIVED, history, "2026-03-28", 500_000) == 0
    # in April 500,000 x 10 % = 50,000
    assert taken(WAIVED, history, "2026-04-03", 500_000) == 50_000


@pytest.mark.acceptance("A23")
def test_4_the_day_that_crosses_is_still_free() -> None:
    # 4,900,000 before, 700,000 on the day: the day itself, and the whole month, stays at 0 %
    history = [("2026-03-06", 4_900_000)]
    assert taken(WAIVED, history, "2026-03-13", 700_000) == 0
    assert taken(WAIVED, [*history, ("2026-03-13", 700_000)], "2026-03-31", 1_000_000) == 0


@pytest.mark.acceptance("A23")
def test_5_farm_and_processed_goods_share_the_vendors_cumulative() -> None:
    # farm 2,600,000 + processed 2,400,000 = 5,000,000 in March; April: 300,000 x 10 % + 200,000 x 12 %
    history = [("2026-03-06", 2_600_000), ("2026-03-06", 2_400_000)]
    farm, processed = (standing(rule, history, "2026-04-03") for rule in (WAIVED, WAIVED_12))
    assert farm == processed == Standing(5_000_000, 5_000_000)
    found = day_commissions([(WAIVED, farm, 300_000), (WAIVED_12, processed, 200_000)])
    assert [each.commission_won for each in found] == [30_000, 24_000]


@pytest.mark.acceptance("A23")
def test_6_a_reached_band_stays_reached_after_refunds() -> None:
    # 5,100,000 in March, then 400,000 given back: 4,700,000, but the band was reached in March
    history = [("2026-03-06", 5_100_000), ("2026-03-20", -400_000)]
    assert standing(WAIVED, history, "2026-04-03") == Standing(4_700_000, 5_100_000)
    assert taken(WAIVED, history, "2026-04-03", 100_000) == 10_000


@pytest.mark.acceptance("A23")
def test_7_reached_within_the_month_and_lost_again_still_counts() -> None:
    # the highest in March was 5,000,000 on the 6th, though March ends at 4,000,000
    history = [("2026-03-06", 5_000_000), ("2026-03-31", -1_000_000)]
    assert taken(WAIVED, history, "2026-04-01", 10_009) == 1_000  # 1,000.9


@pytest.mark.acceptance("A23")
def test_8_at_once_only_the_part_above_bears_the_rate() -> None:
    # 4,800,000 before, 500,000 on the day: 200,000 free, 300,000 x 10 % = 30,000
    found = commission_on(AT_ONCE, standing(AT_ONCE, [("2026-03-06", 4_800_000)], "2026-03-07"), 500_000)
    assert found == Commission("at-once", 500_000, 30_000, (Piece(0, 200_000), Piece(100, 300_000)))


@pytest.mark.acceptance("A23")
def test_9_at_once_two_rules_share_the_crossing_day() -> None:
    # 4,900,000 before; the day: farm 300,000 + processed 100,000. Free: 100,000 = 75,000 + 25,000.
    # farm 225,000 x 10 % = 22,500; processed 75,000 x 12 % = 9,000
    processed = replace(AT_ONCE, id="at-once-12", bands=WAIVED_12.bands)
    stand = Standing(4_900_000, 4_900_000)
    found = day_commissions([(AT_ONCE, stand, 300_000), (processed, stand, 100_000)])
    assert [each.commission_won for each in found] == [22_500, 9_000]
    assert found[0].pieces == (Piece(0, 75_000), Piece(100, 225_000))


@pytest.mark.acceptance("A23")
def test_10_at_once_three_bands_in_one_day() -> None:
    # from 900,000 with 2,300,000: 100,000 x 5 % + 1,000,000 x 10 % + 1,200,000 x 12 % = 5,000 + 100,000 + 144,000
    rule = replace(AT_ONCE, bands=(Band(0, 50), Band(1_000_000, 100), Band(2_000_000, 120)))
    assert taken(rule, [("2026-03-06", 900_000)], "2026-03-07", 2_300_000) == 249_000


@pytest.mark.acceptance("A23")
def test_11_a_day_below_zero_returns_commission_and_is_cut_towards_zero() -> None:
    # -12,345 x 10 % = -1,234.5 -> -1,234; what 12,345 cost is what comes back
    history = [("2026-03-06", 6_000_000)]
    assert taken(WAIVED, history, "2026-04-03", -12_345) == -1_234
    assert taken(AT_ONCE, history, "2026-03-07", -12_345) == -1_234
    assert taken(AT_ONCE, history, "2026-03-07", 12_345) == 1_234
    # before the band is reached nothing comes back either
    assert taken(WAIVED, [("2026-03-06", 1_000_000)], "2026-04-03", -500_000) == 0


@pytest.mark.acceptance("A23")
def test_12_only_sales_since_the_start_count() -> None:
    # 9,000,000 before the rule began count for nothing, unless the rule says since when
    history = [("2025-12-31", 9_000_000), ("2026-01-01", 1_000_000)]
    assert taken(WAIVED, history, "2026-02-06", 100_000) == 0
    since = replace(WAIVED, cumulative_from_on="2025-07-01")
    assert taken(since, history, "2026-01-02", 100_000) == 10_000


def test_at_once_what_was_given_back_counts_first() -> None:
    # 4,950,000 before; farm -100,000, processed +300,000: from 4,850,000 to 5,150,000, 150,000 above
    processed = replace(AT_ONCE, id="at-once-12", bands=WAIVED_12.bands)
    stand = Standing(4_950_000, 4_950_000)
    found = day_commissions([(AT_ONCE, stand, -100_000), (processed, stand, 300_000)])
    assert found[0] == Commission("at-once", -100_000, 0, (Piece(0, -100_000),))
    assert found[1].pieces == (Piece(0, 150_000), Piece(120, 150_000))
    assert found[1].commission_won == 18_000


def test_at_once_a_small_rule_may_lie_wholly_on_one_side() -> None:
    # of 1 + 999,999 won one won is above the threshold: the large rule bears it
    stand = Standing(4_000_001, 4_000_001)
    other = replace(AT_ONCE, id="other")
    small, large = day_commissions([(AT_ONCE, stand, 1), (other, stand, 999_999)])
    assert small.pieces == (Piece(0, 1),)
    assert large.pieces == (Piece(0, 999_998), Piece(100, 1))


def test_at_once_between_refund_and_threshold_the_reached_rate_holds() -> None:
    # reached 5,200,000, back at 4,700,000: all of 600,000 bears 10 %
    history = [("2026-03-06", 5_200_000), ("2026-03-07", -500_000)]
    assert taken(AT_ONCE, history, "2026-03-08", 600_000) == 60_000


def test_at_once_no_lower_band_comes_back_below_the_highest_reached() -> None:
    # reached 2,100,000 (12 %), back at 500,000: 700,000 bears 12 %, though it passes 1,000,000 (10 %) again
    rule = replace(AT_ONCE, bands=(Band(0, 50), Band(1_000_000, 100), Band(2_000_000, 120)))
    history = [("2026-03-06", 2_100_000), ("2026-03-07", -1_600_000)]
    found = commission_on(rule, standing(rule, history, "2026-03-08"), 700_000)
    assert found.pieces == (Piece(120, 700_000),)
    assert found.commission_won == 84_000


def test_without_a_rule_nothing_is_taken() -> None:
    assert commission_on(None, Standing(), 7_000) == Commission("", 7_000, 0, (Piece(0, 7_000),))


def test_how_far_it_is_to_the_next_band() -> None:
    assert won_to_next_band(AT_ONCE, Standing(4_200_000, 4_200_000)) == 800_000
    assert won_to_next_band(AT_ONCE, Standing(4_200_000, 5_000_000)) is None
    assert band_at(AT_ONCE, -1) == Band(0, 0)
    assert band_at(AT_ONCE, 5_000_000) == Band(5_000_000, 100)


def test_days_count_whatever_their_order() -> None:
    history = [("2026-03-20", -400_000), ("2026-03-06", 5_100_000)]
    assert standing(AT_ONCE, history, "2026-03-21") == Standing(4_700_000, 5_100_000)
    assert standing(AT_ONCE, history, "2026-03-06") == Standing()


def test_a_rule_holds_from_its_first_to_its_last_day() -> None:
    rule = replace(FARM, until_on="2026-06-30")
    assert [rule.holds_on(on) for on in ("2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert FARM.holds_on("2040-01-01")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": ""}, "commission.no_id"),
        ({"from_on": "2026-1-1"}, "commission.date"),
        ({"from_on": "20260101"}, "commission.date"),
        ({"until_on": "2025-12-31"}, "commission.dates"),
        ({"bands": ()}, "commission.no_bands"),
        ({"bands": (Band(1, 100),)}, "commission.first_band"),
        ({"bands": (Band(0, 100), Band(0, 120))}, "commission.band_order"),
        ({"bands": (Band(0, 1001),)}, "commission.rate"),
        ({"bands": (Band(0, -1),)}, "commission.rate"),
        ({"bands": (Band(0, 10.5),)}, "commission.not_whole"),  # type: ignore[arg-type]
    ],
)
def test_rules_that_make_no_sense_are_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_rule(replace(FARM, **changes))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_rule_that_makes_sense_comes_back() -> None:
    assert check_rule(WAIVED) is WAIVED


bands = st.lists(st.tuples(st.integers(1, 10**7), st.integers(0, 1000)), max_size=4, unique_by=lambda b: b[0])


@given(
    bands, st.integers(0, 10**7), st.lists(st.integers(-(10**6), 10**7), min_size=1, max_size=4), st.data()
)
def test_pieces_sum_to_the_net_and_the_rates_bound_what_is_taken(
    higher: list[tuple[int, int]], before: int, nets: list[int], data: st.DataObject
) -> None:
    steps = (Band(0, 50), *(Band(won, permille) for won, permille in sorted(higher)))
    applies = data.draw(st.sampled_from(Applies))
    rules = [Rule(str(n), "2026-01-01", steps, applies=applies) for n in range(len(nets))]
    stand = Standing(before, data.draw(st.integers(before, 2 * 10**7)))
    found = day_commissions([(rule, stand, net) for rule, net in zip(rules, nets, strict=True)])
    rates = [band.rate_permille for band in steps]
    for each, net in zip(found, nets, strict=True):
        assert sum(piece.net_won for piece in each.pieces) == each.net_won == net
        assert (
            cut_to_won(abs(net), min(rates)) <= abs(each.commission_won) <= cut_to_won(abs(net), max(rates))
        )


@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**7), min_size=1, max_size=5))
def test_at_once_many_days_take_what_one_long_day_would(threshold: int, nets: list[int]) -> None:
    rule = Rule("r", "2026-01-01", (Band(0, 0), Band(threshold + 1, 1000)))
    history: list[tuple[str, int]] = []
    total = 0
    for number, net in enumerate(nets, 1):
        on = f"2026-03-{number:02}"
        total += taken(rule, history, on, net)
        history.append((on, net))
    assert total == max(0, sum(nets) - threshold - 1)
