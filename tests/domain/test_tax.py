"""VAT inside the price, once per receipt and seller."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.catalogue import SellerTaxKind, TaxClass
from pos_app.domain.tax import NO_TAX, TaxFigures, split, tax_of_seller

TAXABLE, EXEMPT = TaxClass.TAXABLE, TaxClass.EXEMPT
LINES = st.lists(st.tuples(st.sampled_from(TaxClass), st.integers(0, 10**9)), max_size=8)


@pytest.mark.parametrize(
    ("taxable", "expected"),
    [
        (12_000, (10_909, 1_091)),
        (11_000, (10_000, 1_000)),
        (0, (0, 0)),
        (1, (1, 0)),
        (5, (5, 0)),
        (6, (5, 1)),
        (61_400, (55_818, 5_582)),
    ],
)
def test_splits_by_hand(taxable: int, expected: tuple[int, int]) -> None:
    assert split(taxable) == expected


@given(st.integers(0, 10**12))
def test_supply_is_the_whole_won_nearest_to_ten_elevenths(taxable: int) -> None:
    supply, vat = split(taxable)
    assert supply + vat == taxable
    assert abs(22 * supply - 20 * taxable) <= 11


@pytest.mark.acceptance("A8")
@given(st.sampled_from(SellerTaxKind), LINES)
def test_the_four_figures_make_the_net(kind: SellerTaxKind, lines: list[tuple[TaxClass, int]]) -> None:
    figures = tax_of_seller(kind, lines)
    taxable = sum(won for tax_class, won in lines if tax_class is TAXABLE)
    assert figures.net_won == sum(won for _, won in lines)
    if kind is SellerTaxKind.GENERAL:
        assert (figures.taxable_supply_won, figures.vat_won) == split(taxable)
        assert figures.unsplit_won == 0
    else:
        assert figures.taxable_supply_won == figures.vat_won == 0
        assert figures.unsplit_won == taxable


def test_vat_is_reckoned_on_the_sum_and_not_by_line() -> None:
    # By line: 6 -> 5 + 1 twice, so VAT 2; on the sum 12 -> 11 + 1.
    assert tax_of_seller(SellerTaxKind.GENERAL, [(TAXABLE, 6), (TAXABLE, 6)]) == TaxFigures(11, 1, 0, 0)


def test_exempt_goods_of_a_general_seller_stay_exempt() -> None:
    figures = tax_of_seller(SellerTaxKind.GENERAL, [(TAXABLE, 12_000), (EXEMPT, 5_000)])
    assert figures == TaxFigures(10_909, 1_091, 5_000, 0)


def test_classes_may_come_as_plain_text() -> None:
    kind, tax_class = "general", "taxable"
    figures = tax_of_seller(kind, [(tax_class, 12_000)])  # type: ignore[arg-type,list-item]
    assert figures.vat_won == 1_091


def test_figures_add_and_take_away() -> None:
    one, two = TaxFigures(1, 2, 3, 4), TaxFigures(10, 20, 30, 40)
    assert one + two == TaxFigures(11, 22, 33, 44)
    assert two - one == TaxFigures(9, 18, 27, 36)
    assert one + NO_TAX == one
