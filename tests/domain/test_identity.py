"""Machines that never met give the same things the same ids."""

import unicodedata
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.domain.identity import day_id, market_id, product_id, vendor_id

NAME = "영산강 영농조합법인"


def test_ids_never_change() -> None:
    # Frozen: another value here would make strangers of everything ever sold.
    assert vendor_id("829-95-28822", NAME, "김민서") == "81d774c8-b102-521b-bc30-1e7c2075ed0b"
    assert vendor_id("", NAME, "김민서") == "3551e8c8-ac5b-5ed1-9594-e06ff95c23ce"
    assert product_id("VENDOR", "참기름 320ml", "병") == "024dfcb0-f650-5c4a-8be0-3c9d96d646fc"
    assert market_id("한전 완판장터") == "02b50523-8db5-585e-ba82-942bb880ddef"
    assert day_id("MARKET", "2026-11-20") == "596cf006-dc6a-5f15-b644-31b7b6c78901"


def test_the_number_decides_however_it_is_written() -> None:
    known = vendor_id("829-95-28822", NAME, "김민서")
    for no in ("8299528822", " 829 95 28822 ", "829.95.28822", "８２９９５２８８２２"):
        assert vendor_id(no, "다른 이름", "") == known
    assert UUID(known).version == 5


def test_without_a_number_name_and_representative_decide() -> None:
    known = vendor_id("", NAME, "김민서")
    assert known == vendor_id("없음", f"  {unicodedata.normalize('NFD', NAME)} ", " 김민서")
    assert known == vendor_id("12345", NAME.replace(" ", "\u00a0 \t"), "김\u200b민서")
    assert known != vendor_id("", NAME, "김민지")
    assert known != vendor_id("", NAME + "김", "민서")
    assert known != vendor_id("8299528822", NAME, "김민서")


def test_a_product_is_its_vendor_name_and_unit() -> None:
    known = product_id("v", "사과 5kg", "상자")
    assert known == product_id("v", " 사과  5kg", "상자 ")
    others = {
        product_id("w", "사과 5kg", "상자"),
        product_id("v", "사과 5KG", "상자"),
        product_id("v", "사과 5kg", "박스"),
    }
    assert len(others | {known}) == 4


@given(st.text(max_size=20), st.text(max_size=20))
def test_decomposed_and_spaced_names_are_the_same_market(one: str, two: str) -> None:
    name = f"a{one} {two}"
    spread_out = unicodedata.normalize("NFD", name).replace(" ", "  ")
    assert market_id(name) == market_id(spread_out)


@pytest.mark.parametrize("empty", ["", "   ", "\u200b\u00a0\t"])
def test_things_without_a_name_have_no_id(empty: str) -> None:
    refused = []
    for kind, work in (("vendor", vendor_id), ("product", product_id)):
        with pytest.raises(DomainError) as error:
            work("", empty, "")
        refused.append((kind, error.value.code))
    with pytest.raises(DomainError) as error:
        market_id(empty)
    refused.append(("market", error.value.code))
    assert refused == [
        ("vendor", "vendor.no_identity"),
        ("product", "product.no_name"),
        ("market", "market.no_name"),
    ]
