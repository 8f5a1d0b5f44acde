"""Golden papers: each layout, width and mode prints what it printed before, byte for byte."""

import pytest

from tests.golden import papers
from tests.printing.escpos_reader import read


@pytest.mark.parametrize(("name", "columns", "mode"), papers.wanted(), ids=lambda part: str(part))
def test_a_paper_is_as_it_was(name: str, columns: int, mode: str) -> None:
    expected = papers.file_of(name, columns, mode).read_text(encoding="utf-8")
    assert papers.made(name, columns, mode) == expected, "meant so? python -m tests.golden.update, then look"


def test_the_proof_page_is_as_it_was() -> None:
    assert papers.proof() == (papers.FOLDER / f"{papers.PROOF}.txt").read_text(encoding="utf-8")


def test_nothing_is_kept_that_nobody_prints() -> None:
    kept = {path.name for path in papers.FOLDER.iterdir()}
    assert kept == {papers.file_of(*each).name for each in papers.wanted()} | {"proof.txt"}


def test_a_transcript_tells_any_byte_apart() -> None:
    stream = b"\x1b@\x1bE\x01\xbb\xe7\xb0\xfa 1,000\n\x1bE\x00\x1dVB\x00"
    seen = {papers.transcript(stream)}
    for at in range(len(stream)):
        other = bytearray(stream)
        other[at] ^= 0x01
        try:
            read(bytes(other))
            seen.add(papers.transcript(bytes(other)))
        except (ValueError, UnicodeDecodeError):
            continue  # no stream that a printer could be sent
    assert len(seen) > 10
