"""Slips: stored figures only, signed by two, marked when printed again or in practice."""

from io import BytesIO

import msgspec
import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.domain.settlement import FeeLine, RuleLine, Statement, TenderLine
from pos_app.printing import escpos_text, pdf, plain
from pos_app.printing.document import Barcode, Cut, Document, QrCode, decode, encode
from pos_app.printing.layouts.price_label import price_label_document
from pos_app.printing.layouts.settlement_slip import State, settlement_document, slip_of
from pos_app.printing.layouts.slip_figures import (
    DonationSlip,
    HandoffSlip,
    PickupSlip,
    PriceLabel,
    SettlementSlip,
)
from pos_app.printing.layouts.slips import donation_document, handoff_document, pickup_document
from pos_app.printing.text_grid import WIDTHS
from tests.printing.escpos_reader import read
from tests.printing.figures import scrambled, shown, stored
from tests.printing.samples import SHOP
from tests.printing.slip_samples import (
    BROUGHT,
    DONATION,
    LABELS,
    LATER,
    NEGATIVE,
    PICKUP,
    SETTLEMENT,
    TAKEN_HOME,
    slips,
)

SIGNED = st.integers(-99_999_999, 99_999_999)
Slip = HandoffSlip | SettlementSlip | PickupSlip | DonationSlip


def made(slip: Slip, copy_no: int = 0, practice: bool = False) -> Document:
    """The paper of any slip."""
    if isinstance(slip, HandoffSlip):
        return handoff_document(slip, SHOP, copy_no, practice, printed_at=LATER)
    if isinstance(slip, SettlementSlip):
        return settlement_document(slip, SHOP, copy_no, practice, printed_at=LATER)
    if isinstance(slip, PickupSlip):
        return pickup_document(slip, SHOP, copy_no, practice, printed_at=LATER)
    return donation_document(slip, SHOP, copy_no, practice, printed_at=LATER)


ALL: tuple[Slip, ...] = (BROUGHT, TAKEN_HOME, SETTLEMENT, NEGATIVE, PICKUP, DONATION)


@pytest.mark.parametrize("slip", ALL, ids=lambda slip: type(slip).__name__)
@given(data=st.data())
@pytest.mark.acceptance("A16")
def test_a_slip_shows_every_stored_figure_and_no_other(slip: Slip, data: st.DataObject) -> None:
    free = scrambled(
        slip, data.draw, SIGNED if isinstance(slip, SettlementSlip) else st.integers(0, 99_999_999)
    )
    figures, kept = set(shown(made(free))), stored(free)  # type: ignore[arg-type]
    assert figures <= kept
    unsaid = {0}
    if isinstance(free, SettlementSlip) and not free.fees:
        unsaid.add(abs(free.fees_won))
    assert kept - unsaid <= figures | {0}


@pytest.mark.parametrize("slip", ALL, ids=lambda slip: type(slip).__name__)
@pytest.mark.acceptance("A15", "A50")
def test_a_second_print_and_practice_say_so(slip: Slip) -> None:
    for columns in WIDTHS:
        first = plain.render(made(slip), columns)
        assert "재발행" not in first and "연습" not in first
        again = plain.render(made(slip, 3), columns)
        assert "재발행 3" in again and again.endswith(first)
        assert plain.render(made(slip, practice=True), columns).count("연습") == 2
    with pytest.raises(DomainError, match=r"copy\.negative"):
        made(slip, -1)


def test_slips_survive_json_and_every_charset() -> None:
    for document in slips().values():
        assert decode(encode(document)) == document
        for columns in WIDTHS:
            assert not read(escpos_text.render(document, columns)).pictures


def test_a_settlement_carries_its_digest() -> None:
    (code,) = [block for block in made(SETTLEMENT).blocks if isinstance(block, QrCode)]
    assert code.data == SETTLEMENT.digest
    assert "초안" in plain.render(made(NEGATIVE)) and "다음 장터" in plain.render(made(NEGATIVE))


@pytest.mark.parametrize("account", ["농협 302-1234-5678-12", "30212345678901", "302-1234"])
def test_an_open_account_number_stays_off_the_paper(account: str) -> None:
    slip = msgspec.structs.replace(SETTLEMENT, account_masked=account)
    assert account not in plain.render(made(slip)) and "****" in plain.render(made(slip))


def test_labels_are_cut_one_by_one() -> None:
    document = price_label_document(LABELS)
    assert sum(isinstance(block, Cut) for block in document.blocks) == len(LABELS)
    assert [b.data for b in document.blocks if isinstance(b, Barcode)] == [
        x.barcode for x in LABELS if x.barcode
    ]
    text = plain.render(document, 32)
    assert "1kg당" in text and "면세" in text and "2,900원" in text


@given(st.text(max_size=200), st.text(max_size=90), st.integers(0, 99_999_999), st.text(max_size=30))
@pytest.mark.acceptance("A13")
def test_no_name_breaks_a_label(name: str, vendor: str, price: int, unit: str) -> None:
    document = price_label_document([PriceLabel(name, vendor, price, unit, LABELS[0].barcode)])
    for columns in WIDTHS:
        printed = read(escpos_text.render(document, columns))
        assert printed.cuts == 1 and printed.barcodes == [b"2900000000018"]
        assert all(len(line) * size <= columns for line, size in printed.lines)


@pytest.mark.parametrize("name", sorted(slips()))
@pytest.mark.acceptance("A25")
def test_a_slips_pdf_brings_its_font_and_gives_its_words_back(name: str) -> None:
    data = pdf.render(slips()[name], 48)
    assert data.count(b"/FontFile2") >= 1
    with pdfplumber.open(BytesIO(data)) as file:
        (page,) = file.pages
        assert page.chars and all("NanumGothic" in char["fontname"] for char in page.chars)
        said = "".join(page.extract_text(x_tolerance=0.8).split())
    for line in plain.render(slips()[name], 48).splitlines():
        for piece in line.split():
            if piece.strip("-=_") and not piece.startswith(("[QR", "[바코드", "JT-", SETTLEMENT.digest[:8])):
                assert piece.rstrip("]") in said, piece


WON = st.integers(-9_999_999, 9_999_999)
STATEMENTS = st.builds(
    Statement,
    vendor_id=st.just("v"),
    market_id=st.just("m"),
    from_on=st.just("2026-11-20"),
    until_on=st.sampled_from(["2026-11-20", "2026-11-27"]),
    **{name: WON for name in Statement.__dataclass_fields__ if name.endswith("_won")},  # type: ignore[arg-type]
    lines=st.lists(
        st.builds(
            RuleLine,
            st.just("2026-11-20"),
            st.just("r"),
            st.text(max_size=20),
            st.just(()),
            WON,
            WON,
            st.just(()),
        ),
        max_size=3,
    ).map(tuple),
    fees=st.lists(
        st.builds(
            FeeLine,
            st.just("2026-11-20"),
            st.sampled_from(["card", "voucher:onnuri"]),
            WON,
            st.integers(0, 99),
            WON,
        ),
        max_size=2,
    ).map(tuple),
    tenders=st.lists(
        st.builds(
            TenderLine,
            st.sampled_from(["cash", "card"]),
            st.sampled_from(["cooperative", "vendor"]),
            WON,
            WON,
            WON,
            WON,
        ),
        max_size=3,
    ).map(tuple),
)


@given(STATEMENTS, st.sampled_from(["draft", "approved", "paid"]))
@pytest.mark.acceptance("A16", "A25")
def test_a_statement_is_taken_over_figure_by_figure(statement: Statement, state: State) -> None:
    slip = slip_of(
        statement, settlement_no="1", state=state, at=LATER, market="장터", vendor="농장", digest="ab" * 32
    )
    kept = {abs(getattr(statement, name)) for name in Statement.__dataclass_fields__ if name.endswith("_won")}
    parts = {abs(won) for line in statement.lines for won in (line.net_won, line.commission_won)}
    parts |= {abs(fee.fee_won) for fee in statement.fees} | {abs(line.net_won) for line in statement.tenders}
    figures = set(shown(made(slip)))
    assert figures <= kept | parts
    assert kept - ({abs(statement.fees_won)} if not statement.fees else set()) <= figures | {0}
    for columns in WIDTHS:
        assert all(
            len(line) * size <= columns for line, size in read(escpos_text.render(made(slip), columns)).lines
        )
