"""Which rule holds: the narrowest one, never one of two; overlaps and gaps are named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.commission import Band, Rule, Scope
from pos_app.domain.commission_rules import Gap, check_rules, fits, gaps, overlaps, select, succeed
from pos_app.domain.errors import DomainError

ON = "2026-11-20"
FARM = Rule("farm", "2026-01-01", (Band(0, 100),), vendor_class="농가", name="농가 10%")
PROCESSED = Rule("processed", "2026-01-01", (Band(0, 130),), vendor_class="가공", name="가공 13%")
COMPANY = Rule("company", "2026-01-01", (Band(0, 160),), vendor_class="기업", name="기업 16%")
CLASSES = [FARM, PROCESSED, COMPANY]


def chosen(rules: list[Rule], scope: Scope, on: str = ON) -> str | None:
    rule = select(rules, scope, on)
    return rule.id if rule else None


def refused(rules: list[Rule]) -> DomainError:
    with pytest.raises(DomainError) as caught:
        check_rules(rules)
    return caught.value


def test_each_class_has_its_rule() -> None:
    assert [chosen(CLASSES, Scope(vendor_class=name)) for name in ("농가", "가공", "기업", "단체")] == [
        "farm", "processed", "company", None,
    ]  # fmt: skip
    assert fits(FARM, Scope(vendor_class=" 농가 "), ON)
    assert chosen(CLASSES, Scope(vendor_class="농가"), "2025-12-31") is None


def test_the_narrower_rule_wins() -> None:
    anyone = Rule("any", "2026-01-01", (Band(0, 150),))
    jam = replace(FARM, id="jam", product_class="가공품")
    coop = Rule("coop", "2026-01-01", (Band(0, 90),), cooperative="가치키움")
    here = Rule("here", "2026-01-01", (Band(0, 50),), market_id="m1")
    rules = [anyone, *CLASSES, jam, coop, here]
    assert chosen(rules, Scope(vendor_class="단체")) == "any"
    assert chosen(rules, Scope(vendor_class="농가")) == "farm"
    assert chosen(rules, Scope(vendor_class="농가", product_class="가공품")) == "jam"
    assert chosen(rules, Scope(cooperative="가치키움", vendor_class="농가", product_class="가공품")) == "coop"
    assert chosen(rules, Scope(market_id="m1", cooperative="가치키움", vendor_class="농가")) == "here"
    check_rules(rules)


def test_two_equally_narrow_rules_are_refused_by_name() -> None:
    goods = Rule("goods", "2026-01-01", (Band(0, 120),), product_class="가공품", name="가공품 12%")
    with pytest.raises(DomainError) as caught:
        select([FARM, goods], Scope(vendor_class="농가", product_class="가공품"), ON)
    assert caught.value.code == "commission.ambiguous"
    assert (caught.value.params["first"], caught.value.params["second"]) == ("가공품 12%", "농가 10%")
    found = refused([FARM, goods])
    assert found.code == "commission.overlap"
    assert found.params == {"first": "농가 10%", "second": "가공품 12%", "from_on": "2026-01-01"}


def test_a_third_narrower_rule_settles_an_overlap_while_it_lasts() -> None:
    goods = Rule("goods", "2026-01-01", (Band(0, 120),), product_class="가공품")
    both = replace(FARM, id="both", product_class="가공품")
    check_rules([FARM, goods, both])
    assert len(overlaps([FARM, goods, replace(both, from_on="2026-02-01")])) == 1
    assert len(overlaps([FARM, goods, replace(both, until_on="2026-12-31")])) == 1
    until = [replace(rule, until_on="2026-12-31") for rule in (FARM, goods, both)]
    check_rules(until)


def test_overlaps_need_common_days_and_common_goods() -> None:
    again = replace(FARM, id="again", from_on="2026-07-01", name="농가 9%")
    pair = overlaps([FARM, again])[0]
    assert (pair.first.id, pair.second.id, pair.from_on, pair.until_on) == (
        "farm", "again", "2026-07-01", None,
    )  # fmt: skip
    assert overlaps([replace(FARM, until_on="2026-06-30"), again]) == ()
    assert overlaps([replace(FARM, until_on="2026-07-01"), again])[0].until_on == "2026-07-01"
    assert overlaps(CLASSES) == ()


def test_an_id_stands_once_and_each_rule_makes_sense() -> None:
    assert refused([FARM, replace(PROCESSED, id="farm")]).code == "commission.doubled"
    assert refused([replace(FARM, bands=())]).code == "commission.no_bands"


def test_gaps_are_named_by_class_and_days() -> None:
    first = replace(FARM, until_on="2026-03-31")
    later = replace(FARM, id="later", from_on="2026-05-01", until_on="2026-10-31")
    farm, other = Scope(vendor_class="농가"), Scope(vendor_class="단체")
    assert gaps([later, first], [farm, other, farm], "2025-12-30", "2026-12-31") == (
        Gap(farm, "2025-12-30", "2025-12-31"),
        Gap(farm, "2026-04-01", "2026-04-30"),
        Gap(farm, "2026-11-01", "2026-12-31"),
        Gap(other, "2025-12-30", "2026-12-31"),
    )
    assert gaps([FARM], [farm], "2026-01-01", "2026-12-31") == ()
    assert gaps([FARM], [farm], "2025-11-01", "2025-12-01") == (Gap(farm, "2025-11-01", "2025-12-01"),)
    inside = replace(FARM, id="inside", from_on="2026-02-01", until_on="2026-02-10")
    assert gaps([first, inside], [farm], "2026-01-01", "2026-04-01") == (
        Gap(farm, "2026-04-01", "2026-04-01"),
    )
    assert gaps([first], [farm], "2026-02-01", "2026-03-31") == ()


def test_a_new_rule_ends_its_open_forerunner() -> None:
    new = replace(FARM, id="farm-9", from_on="2027-01-01", bands=(Band(0, 90),))
    rules = succeed(CLASSES, new)
    assert rules[0] == replace(FARM, until_on="2026-12-31")
    assert rules[1:] == (PROCESSED, COMPANY, new)
    with pytest.raises(DomainError):
        succeed(CLASSES, replace(FARM, id="farm-9"))


days = st.integers(1, 28).map(lambda day: f"2026-11-{day:02}")
rules = st.builds(
    lambda name, start, end, vendor, product, market: Rule(
        name, min(start, end), (Band(0, 100),), max(start, end), market, "", vendor, product
    ),
    st.uuids().map(str),
    days,
    days,
    st.sampled_from(["", "농가", "가공"]),
    st.sampled_from(["", "농산물", "가공품"]),
    st.sampled_from(["", "m1"]),
)


@given(
    st.lists(rules, max_size=5),
    days,
    st.sampled_from(["농가", "가공"]),
    st.sampled_from(["농산물", "가공품"]),
)
def test_a_set_without_overlaps_is_never_ambiguous(
    found: list[Rule], on: str, vendor_class: str, product_class: str
) -> None:
    scope = Scope("m1", "", vendor_class, product_class)
    if not overlaps(found):
        rule = select(found, scope, on)
        assert (rule is None) == any(
            gap.from_on <= on <= gap.until_on for gap in gaps(found, [scope], on, on)
        )
