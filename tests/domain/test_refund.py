"""Refunds give back what was paid: no more, no less, whatever the steps."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.catalogue import SellerTaxKind, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.refund import SoldLine, check_refundable, reckon_refund, refund_line_won, refund_tax
from pos_app.domain.tax import TaxFigures, tax_of_seller

GENERAL = SellerTaxKind.GENERAL
APPLES = SoldLine(1, 3_000, 10_000, 0, 0, 0, GENERAL, TaxClass.TAXABLE)


def after(sold: SoldLine, milli: int, won: int) -> SoldLine:
    return replace(sold, refunded_milli=sold.refunded_milli + milli, refunded_won=sold.refunded_won + won)


def test_a_line_by_hand() -> None:
    # 10,000 for three: two stay worth 6,667, one 3,333.
    assert refund_line_won(APPLES, 1_000) == 3_333
    rest = after(APPLES, 1_000, 3_333)
    assert refund_line_won(rest, 1_000) == 3_334
    assert refund_line_won(after(rest, 1_000, 3_334), 1_000) == 3_333
    assert refund_line_won(APPLES, 3_000) == 10_000


@given(st.integers(0, 10**8), st.integers(1, 10**7), st.data())
def test_all_steps_together_give_back_the_net(net: int, quantity: int, data: st.DataObject) -> None:
    sold = SoldLine(1, quantity, net, 0, 0, 0, GENERAL, TaxClass.EXEMPT)
    while sold.left_milli:
        part = data.draw(st.integers(1, sold.left_milli))
        won = refund_line_won(sold, part)
        assert won >= 0
        sold = after(sold, part, won)
        kept = net - sold.refunded_won
        assert abs(kept - Fraction(net * sold.left_milli, quantity)) <= Fraction(1, 2)
    assert sold.refunded_won == net


@pytest.mark.parametrize(
    ("quantity", "code"),
    [(0, "refund.not_positive"), (-1, "refund.not_positive"), (1.0, "quantity.not_whole")],
)
def test_odd_quantities_are_refused(quantity: int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        refund_line_won(APPLES, quantity)
    assert refused.value.code == code


@pytest.mark.acceptance("A38")
@pytest.mark.parametrize("gone", [2_500, 3_000, 4_000])
def test_no_more_than_is_left_even_after_two_offline_refunds(gone: int) -> None:
    with pytest.raises(DomainError) as refused:
        refund_line_won(after(APPLES, gone, 9_000), 1_000)
    assert refused.value.code == "refund.too_many"
    assert refused.value.params == {"line": 1, "left_milli": max(0, 3_000 - gone)}


def test_what_two_registers_gave_too_much_is_never_asked_back() -> None:
    assert refund_line_won(after(APPLES, 1_000, 9_000), 1_000) == 0


SOLD = st.lists(
    st.tuples(st.integers(1, 5_000), st.integers(0, 10**6), st.sampled_from(TaxClass), st.integers(0, 2)),
    min_size=1,
    max_size=6,
)
KINDS = (SellerTaxKind.GENERAL, SellerTaxKind.SIMPLIFIED, SellerTaxKind.EXEMPT)


@pytest.mark.acceptance("A8")
@given(SOLD, st.data())
def test_refund_tax_step_by_step_is_the_tax_of_the_sale(
    rows: list[tuple[int, int, TaxClass, int]], data: st.DataObject
) -> None:
    lines = [
        SoldLine(no, quantity, net, 0, 0, seller, KINDS[seller], tax_class)
        for no, (quantity, net, tax_class, seller) in enumerate(rows, start=1)
    ]
    taken = {seller: TaxFigures() for seller in {line.seller for line in lines}}
    while any(line.left_milli for line in lines):
        wanted = [
            (line.no, data.draw(st.integers(1, line.left_milli)))
            for line in lines
            if line.left_milli and data.draw(st.booleans())
        ] or [next((line.no, line.left_milli) for line in lines if line.left_milli)]
        figures = reckon_refund(lines, wanted)
        assert figures.refund_won == sum(part.refund_won for part in figures.parts)
        assert sum(tax.net_won for _, tax in figures.sellers) == figures.refund_won
        for seller, tax in figures.sellers:
            taken[seller] += tax
        for part in figures.parts:
            lines[part.no - 1] = after(lines[part.no - 1], part.quantity_milli, part.refund_won)
    for seller, total in taken.items():
        own = [(line.tax_class, line.net_won) for line in lines if line.seller == seller]
        assert total == tax_of_seller(KINDS[seller], own)


def test_a_line_may_be_named_twice() -> None:
    lines = [APPLES, replace(APPLES, no=2, seller=1)]
    twice = reckon_refund(lines, [(1, 1_000), (1, 1_000)])
    assert [(part.no, part.quantity_milli, part.refund_won) for part in twice.parts] == [(1, 2_000, 6_667)]
    assert [seller for seller, _ in twice.sellers] == [0]
    with pytest.raises(DomainError) as refused:
        reckon_refund(lines, [(1, 2_000), (1, 2_000)])
    assert refused.value.params["left_milli"] == 1_000


def test_tax_is_taken_back_from_the_receipt_as_a_whole() -> None:
    # 12 = 11 + 1 and 6 = 5 + 1: giving back half takes 6 of supply and nothing of VAT.
    lines = [SoldLine(no, 1_000, 6, 0, 0, 0, GENERAL, TaxClass.TAXABLE) for no in (1, 2)]
    assert refund_tax(lines, [(1, 6)]) == {0: TaxFigures(6, 0, 0, 0)}
    assert refund_tax(lines, [(1, 3), (1, 3)]) == {0: TaxFigures(6, 0, 0, 0)}
    assert refund_tax(lines, []) == {}


@pytest.mark.parametrize(("wanted", "code"), [([], "refund.empty"), ([(3, 1_000)], "refund.unknown_line")])
def test_refunds_of_nothing(wanted: list[tuple[int, int]], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        reckon_refund([APPLES], wanted)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("voided", "gone", "code"), [(True, True, "refund.voided"), (False, True, "refund.nothing_left")]
)
def test_what_is_no_longer_sold_can_not_be_refunded(voided: bool, gone: bool, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_refundable(voided=voided, fully_refunded=gone)
    assert refused.value.code == code
    check_refundable(voided=False, fully_refunded=False)
