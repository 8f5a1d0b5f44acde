"""The proof page: every number can be read in its own mode, and the right numbers set the switches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.printing import plain
from pos_app.printing.layouts.proof import EAN13, QR, proof_answer, proof_bytes, proof_documents
from pos_app.printing.raster import CELL
from tests.printing.decoding import codes_in, paper
from tests.printing.escpos_reader import read
from tests.printing.samples import SHOP

AT = "2026-11-20T15:00:00+09:00"


def test_parts_are_numbered_from_one_and_ask_by_their_number() -> None:
    parts = proof_documents(SHOP, AT)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    for part in parts:
        assert f"{part.number}번" in part.question
        assert f"{part.number:>2})" in plain.render(part.document, part.columns)


@pytest.mark.acceptance("A13")
def test_each_part_is_printed_in_its_own_mode() -> None:
    for part in proof_documents(SHOP, AT):
        printed = read(proof_bytes(SHOP, AT, [part.number]))
        text = b"".join(line for line, _ in printed.lines)
        if part.kind == "picture":
            assert printed.pictures and not text
            assert {p.row_bytes * 8 for p in printed.pictures} == {part.columns * CELL}
        else:
            assert not printed.pictures and f"{part.number:>2})".encode() in text
            assert all(len(line) * size <= part.columns for line, size in printed.lines)


def test_the_whole_page_is_one_stream() -> None:
    printed = read(proof_bytes(SHOP, AT))
    words = "\n".join(line.decode("cp949") for line, _ in printed.lines)
    assert "뷁 똠" in words and SHOP.name in words and "15:00" in words
    assert printed.barcodes == [EAN13.encode()] and printed.codes == [QR.encode()]
    assert printed.cuts == 1 and printed.pulses == 0
    assert printed.order[-1] == "line", "the cut comes last"
    assert codes_in(paper(read(proof_bytes(SHOP, AT, [13])))) == [QR]
    assert {p.rows for p in read(proof_bytes(numbers=[13], strip_rows=24)).pictures} <= set(range(1, 25))


def test_the_late_line_holds_no_old_syllable() -> None:
    late = plain.render(proof_documents(SHOP)[1].document, 32)
    letters = [char for char in late if "가" <= char <= "힣"]
    assert letters and all(min(char.encode("cp949")) < 0xA1 for char in letters)


@pytest.mark.parametrize(
    ("right", "kind", "charset", "columns", "native_qr", "cutter"),
    [
        ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}, "korean", "cp949", 48, True, True),
        ({1, 3, 4, 7, 10, 11, 13}, "korean", "ksx1001", 32, False, False),
        ({3, 7, 8, 13, 14}, "picture", "cp949", 42, False, True),
        (set(), "picture", "cp949", 0, False, False),
    ],
)
def test_the_right_numbers_set_the_switches(
    right: set[int], kind: str, charset: str, columns: int, native_qr: bool, cutter: bool
) -> None:
    answer = proof_answer(right)
    assert (answer.kind, answer.charset, answer.columns) == (kind, charset, columns)
    assert (answer.native_qr, answer.cutter) == (native_qr, cutter)


@given(st.sets(st.integers(-3, 30)))
def test_any_answer_is_an_answer(right: set[int]) -> None:
    assert proof_answer(right).columns in (0, 32, 42, 48)
