"""Layouts: figures that are exactly the stored ones."""

import subprocess
import sys
import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.facts.sales import Refund, Sale, Tender
from pos_app.facts.shifts import ShiftClose, ShiftTotals
from pos_app.printing import plain
from pos_app.printing.layouts.cash_slip import cash_slip_document
from pos_app.printing.layouts.parts import masked, quantity, shown_at
from pos_app.printing.layouts.receipt import receipt_document
from pos_app.printing.layouts.refund import refund_document, void_document
from pos_app.printing.layouts.shift_report import z_document
from tests.printing.figures import WON, scrambled, shown, stored
from tests.printing.samples import (
    CLOSE,
    OWN_SALE,
    PAY_OUT,
    REFUND,
    SALE,
    SHOP,
    VOID,
    papers,
)


@st.composite
def sales(draw: st.DrawFn) -> Sale:
    sale = scrambled(SALE, draw)
    assert isinstance(sale, Sale)
    tenders = tuple(
        Tender(no, draw(st.sampled_from(["cash", "card", "transfer", "voucher", "credit"])), *figures, ())
        for no, figures in enumerate(draw(st.lists(st.tuples(WON, WON, WON), max_size=3)), 1)
    )
    return msgspec.structs.replace(sale, tenders=tenders)


@given(sales())
@pytest.mark.acceptance("A16")
def test_a_receipt_shows_stored_figures_only(sale: Sale) -> None:
    figures = shown(receipt_document(sale, SHOP))
    assert set(figures) <= stored(sale)
    assert sale.total_won in figures
    assert {seller.net_won for seller in sale.sellers} <= set(figures)
    assert {line.amount_won for line in sale.lines} <= set(figures)
    assert {tender.amount_won for tender in sale.tenders} <= set(figures)


@given(st.data())
@pytest.mark.acceptance("A16")
def test_refund_and_void_show_stored_figures_only(data: st.DataObject) -> None:
    refund = scrambled(REFUND, data.draw)
    assert isinstance(refund, Refund)
    figures = shown(refund_document(refund, SHOP))
    assert set(figures) <= stored(refund) and refund.refund_won in figures
    sale = data.draw(sales())
    figures = shown(void_document(VOID, SHOP, sale))
    assert set(figures) <= stored(sale) and sale.total_won in figures


@given(st.data())
@pytest.mark.acceptance("A16")
def test_z_shows_every_stored_figure_and_no_other(data: st.DataObject) -> None:
    close = scrambled(CLOSE, data.draw)
    assert isinstance(close, ShiftClose)
    figures = set(shown(z_document(close, SHOP)))
    assert figures == stored(close)


@pytest.mark.acceptance("A8")
def test_tax_stands_with_its_seller() -> None:
    text = plain.render(receipt_document(SALE, SHOP), 48)
    parts = text.split("[판매자]")
    assert "218-92-52763" in parts[1] and "37,545원" in parts[1] and "3,755원" in parts[1]
    assert "사업자등록 없는 농업인" in parts[2] and "58,625원" in parts[2] and "부가세" not in parts[2]
    assert "과세물품(세 포함)" in parts[3].split("====")[0] and "(판매대행)" in parts[0]


def test_the_cooperatives_own_sale_names_it_once() -> None:
    text = plain.render(receipt_document(OWN_SALE, SHOP), 48)
    assert "판매대행" not in text and text.count(SHOP.name) == 1


@pytest.mark.acceptance("A15")
def test_a_first_print_has_no_mark_and_a_reprint_has_one() -> None:
    first = plain.render(receipt_document(SALE, SHOP))
    again = plain.render(receipt_document(SALE, SHOP, 2, printed_at="2026-11-20T15:00:00+09:00"))
    assert "재발행" not in first
    assert "재발행 2" in again and "2026-11-20 (금) 15:00" in again
    assert again.endswith(first)


@pytest.mark.acceptance("A28")
def test_a_z_says_the_same_each_time() -> None:
    assert z_document(CLOSE, SHOP) == z_document(msgspec.structs.replace(CLOSE), SHOP)


def test_slips_never_bear_a_title_that_only_terminals_may_give() -> None:
    for document in papers().values():
        titles = [
            line.strip() for line in plain.render(document).splitlines() if line.strip().startswith("[")
        ]
        assert not any(
            "신용카드" in title or "현금영수증" in title or "매출전표" in title for title in titles
        )


def test_an_unmasked_number_stays_off_the_paper() -> None:
    card = msgspec.structs.replace(SALE.tenders[1], card_masked="1234-5678-1234-7890")
    text = plain.render(receipt_document(msgspec.structs.replace(SALE, tenders=(card,)), SHOP))
    assert "7890" not in text
    assert masked("1234-56**-****-7890") == "1234-56**-****-7890"


def test_times_are_korean_wherever_they_were_recorded() -> None:
    assert shown_at("2026-11-20T05:05:00Z") == "2026-11-20 (금) 14:05"
    assert shown_at("2026-11-20T23:30:00+09:00") == "2026-11-20 (금) 23:30"
    assert shown_at("어제") == "어제"


def test_quantities_lose_their_trailing_zeros() -> None:
    assert [quantity(milli) for milli in (1000, 1250, 5, 100, 1_234_000)] == [
        "1",
        "1.25",
        "0.005",
        "0.1",
        "1,234",
    ]


def test_every_kind_of_movement_has_its_title() -> None:
    for kind, word in (("pay_in", "입금"), ("pay_out", "출금"), ("loan", "준비금"), ("pickup", "수금")):
        document = cash_slip_document(msgspec.structs.replace(PAY_OUT, kind=kind), SHOP)
        assert word in document.title and 30000 in shown(document)


def test_totals_name_every_tender() -> None:
    totals = msgspec.structs.replace(CLOSE.totals, tenders=(("cash", 1), ("credit", 2), ("new", 3)))
    assert isinstance(totals, ShiftTotals)
    text = plain.render(z_document(msgspec.structs.replace(CLOSE, totals=totals), SHOP))
    assert "외상" in text and "new" in text


def test_a_document_is_made_within_the_sale() -> None:
    best = min(_seconds() for _ in range(200))
    assert best < 0.000_15  # 60 µs is the aim; the bound leaves room for a shared machine


def _seconds() -> float:
    start = time.perf_counter()
    receipt_document(SALE, SHOP, qr=True)
    return time.perf_counter() - start


def test_layouts_load_nothing_heavy() -> None:
    code = (
        "import sys, pos_app.printing.layouts.receipt, pos_app.printing.layouts.shift_report\n"
        "import pos_app.printing.escpos_text, pos_app.printing.pdf, pos_app.printing.preview\n"
        "heavy = {'PIL', 'reportlab', 'segno', 'socket', 'asyncio'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
