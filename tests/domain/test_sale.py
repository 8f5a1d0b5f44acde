"""A sale's sellers, and when it may be voided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.catalogue import Seller, SellerTaxKind, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.sale import check_void, index_sellers, seller_figures
from pos_app.domain.tax import TaxFigures

GENERAL = Seller("v1", "해남땅끝 공방", "2189252763", SellerTaxKind.GENERAL)
SIMPLE = Seller("v2", "송정 마을공동체", "3128330792", SellerTaxKind.SIMPLIFIED)
FARMER = Seller("v3", "김서은", "", SellerTaxKind.UNREGISTERED)


def test_sellers_stand_once_each_in_order_of_their_first_line() -> None:
    figures = seller_figures(
        [
            (SIMPLE, TaxClass.TAXABLE, 5_000),
            (GENERAL, TaxClass.TAXABLE, 7_000),
            (SIMPLE, TaxClass.EXEMPT, 1_000),
            (GENERAL, TaxClass.TAXABLE, 5_000),
            (FARMER, TaxClass.EXEMPT, 300),
        ]
    )
    assert figures == (
        (SIMPLE, 6_000, TaxFigures(0, 0, 1_000, 5_000)),
        (GENERAL, 12_000, TaxFigures(10_909, 1_091, 0, 0)),
        (FARMER, 300, TaxFigures(0, 0, 300, 0)),
    )
    assert index_sellers([SIMPLE, GENERAL, SIMPLE, FARMER]) == ((SIMPLE, GENERAL, FARMER), (0, 1, 0, 2))
    assert seller_figures([]) == ()


@pytest.mark.acceptance("A8")
@given(
    st.lists(
        st.tuples(
            st.sampled_from([GENERAL, SIMPLE, FARMER]), st.sampled_from(TaxClass), st.integers(0, 10**7)
        ),
        max_size=12,
    )
)
def test_taxable_and_exempt_make_the_total(lines: list[tuple[Seller, TaxClass, int]]) -> None:
    figures = seller_figures(lines)
    total = sum(won for _, _, won in lines)
    assert sum(net for _, net, _ in figures) == total
    tax = sum((each for _, _, each in figures), TaxFigures())
    assert tax.taxable_supply_won + tax.vat_won + tax.exempt_won + tax.unsplit_won == total
    assert len({seller for seller, _, _ in figures}) == len(figures)


@pytest.mark.parametrize(
    ("voided", "refunded", "same_shift", "code"),
    [
        (True, True, False, "void.already"),
        (False, True, True, "void.refunded_before"),
        (False, False, False, "void.other_shift"),
    ],
)
def test_voids_that_are_refused(voided: bool, refunded: bool, same_shift: bool, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_void(voided=voided, refunded=refunded, same_shift=same_shift)
    assert refused.value.code == code


def test_a_sale_of_this_shift_may_be_voided() -> None:
    check_void(voided=False, refunded=False, same_shift=True)
