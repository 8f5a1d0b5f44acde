"""Documents: what they hold survives JSON, what they may not hold stays out."""

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.printing import document as doc
from tests.printing.samples import papers

WORDS = st.text(max_size=60)
BLOCKS = st.one_of(
    st.builds(doc.Text, WORDS, st.sampled_from(["left", "center", "right"]), st.booleans()),
    st.builds(doc.Columns, WORDS, WORDS, st.booleans(), st.integers(0, 8)),
    st.builds(doc.Item, WORDS, WORDS, WORDS, st.sampled_from(["", "*"])),
    st.builds(doc.Rule, st.sampled_from(["-", "=", "0"])),
    st.builds(doc.QrCode, st.text(min_size=1, max_size=40)),
    st.builds(doc.Feed, st.integers(1, 20)),
    st.builds(doc.Cut),
)


@given(st.builds(doc.Document, WORDS, st.lists(BLOCKS, max_size=8).map(tuple), st.booleans()))
def test_a_document_survives_json(document: doc.Document) -> None:
    assert doc.decode(doc.encode(document)) == document


def test_every_paper_survives_json() -> None:
    for paper in papers().values():
        assert doc.decode(doc.encode(paper)) == paper


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b'{"title":"t"}',
        b'{"title":"t","blocks":[{"type":"drawer"}]}',
        b'{"title":"t","blocks":[{"type":"feed","lines":200}]}',
        b'{"title":"t","blocks":[{"type":"barcode","data":"12"}]}',
        b'{"title":"t","blocks":[{"type":"text","text":"' + b"a" * 401 + b'"}]}',
    ],
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(DomainError, match=r"document\.unreadable"):
        doc.decode(data)


def test_bounds_hold_both_ways() -> None:
    many = doc.Document("t", (doc.Rule(),) * (doc.MAX_BLOCKS + 1))
    with pytest.raises(DomainError, match=r"document\.too_long"):
        doc.encode(many)
    with pytest.raises(DomainError, match=r"document\.unreadable"):
        doc.decode(msgspec.json.encode(many))
    with pytest.raises(DomainError, match=r"document\.too_long"):
        doc.decode(b" " * (doc.MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("사과", "사과"),
        ("사과", "사과"),  # decomposed
        ("사\u200b과\ufeff", "사과"),
        ("a\x1b@b\x00c\x07", "a@bc"),
        ("두\t줄\n이름", "두 줄 이름"),
        ("빈\u3000칸\u00a0", "빈 칸 "),
        ("\u3164채움\u115f\u1160", "채움"),
        ("❤\ufe0f", "❤"),
        ("\ud800", ""),
        ("\u202e거꾸로", "거꾸로"),
    ],
)
def test_names_are_cleaned(typed: str, kept: str) -> None:
    assert doc.clean(typed) == kept


@given(st.text(max_size=80))
def test_cleaning_is_bounded_and_final(text: str) -> None:
    once = doc.clean(text, 40)
    assert len(once) <= 40
    assert doc.clean(once, 40) == once
    assert not {"Cc", "Cf", "Cs", "Mn", "Me"} & {unicodedata.category(char) for char in once}
