"""Donations: what was given, what it was worth, and that nobody gives away what isn't there."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.donation import Donation, DonationLine, Source, check_donation, stock_moves, total
from pos_app.domain.errors import DomainError

ONIONS = DonationLine("p1", "v1", "양파 3kg", "망", 5_000, 5_900)
BOX = DonationLine("p2", "v2", "김장 꾸러미", "상자", 3_000, 50_000, Source.BOUGHT, "한국전력공사")
GIVEN = Donation("d1", "나주 종합사회복지관", "2026-11-20", (ONIONS, BOX), "박간사")
STOCK = {"p1": 5_000}


def test_value_and_stock_by_hand() -> None:
    # 5 x 5,900 + 3 x 50,000
    assert check_donation(GIVEN, STOCK).value_won == 179_500
    assert stock_moves(GIVEN) == (("p1", 5_000),)
    weighed = replace(ONIONS, quantity_milli=1_250, unit_price_won=3_900, rounding_won=10)
    assert weighed.value_won == 4_880  # 4,875


@pytest.mark.parametrize(
    ("donation", "code"),
    [
        (replace(GIVEN, institution=" \u200b"), "donation.no_institution"),
        (replace(GIVEN, lines=()), "donation.empty"),
        (replace(GIVEN, lines=(BOX,) * 501), "donation.too_many"),
        (replace(GIVEN, lines=(replace(ONIONS, quantity_milli=0),)), "quantity.not_positive"),
        (replace(GIVEN, lines=(replace(ONIONS, vendor_id=""),)), "line.no_owner"),
        (replace(GIVEN, lines=(ONIONS, replace(ONIONS, quantity_milli=1))), "donation.more_than_left"),
        (replace(GIVEN, lines=(replace(ONIONS, product_id="p9"),)), "donation.more_than_left"),
    ],
)
def test_what_cannot_be_given_is_refused(donation: Donation, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_donation(donation, STOCK)
    assert refused.value.code == code


lines = st.builds(
    DonationLine,
    st.sampled_from(["p1", "p2"]),
    st.sampled_from(["v1", "v2", "v3"]),
    st.just("물건"),
    st.just("개"),
    st.integers(1, 50_000),
    st.integers(0, 99_999),
    st.sampled_from(Source),
)
donations = st.builds(
    Donation,
    st.uuids().map(str),
    st.sampled_from(["복지관", " 복지관", "보육원"]),
    st.just("2026-11-20"),
    st.lists(lines, max_size=5).map(tuple),
)


@given(st.lists(donations, max_size=6))
def test_every_grouping_sums_to_the_whole(given_away: list[Donation]) -> None:
    found = total(given_away)
    assert found.value_won == sum(line.value_won for each in given_away for line in each.lines)
    for parts in (found.by_institution, found.by_vendor, found.by_source):
        assert sum(won for _, won in parts) == found.value_won
        assert list(parts) == sorted(parts, key=lambda each: (-each[1], each[0]))
    assert found.deliveries == len(given_away)
    assert found.institutions == len({each.institution.strip() for each in given_away})
