"""The grid of cells: widths, wrapping, and figures that are never broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.printing.document import Barcode, Columns, Cut, Document, Item, Rule, Text
from pos_app.printing.text_grid import WIDTHS, Line, cells, lay_out, printable, wrap

NAMES = st.text(
    st.one_of(
        st.sampled_from("가뷁똠金大㎏①₩— ·×%?*()\\abcXYZ0123456789"),
        st.sampled_from("🍎é\u0301\u200b👩‍🌾ñЖ한"),
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
    ),
    max_size=60,
)


def lines(document: Document, columns: int, big: bool = True) -> list[Line]:
    return [row for row in lay_out(document, columns, big) if isinstance(row, Line)]


@pytest.mark.parametrize("columns", WIDTHS)
@given(name=NAMES, amount=st.integers(-99_999_999, 999_999_999), detail=NAMES, size=st.sampled_from([1, 2]))
@pytest.mark.acceptance("A13")
def test_no_line_is_too_wide_and_every_amount_stands_whole(
    columns: int, name: str, amount: int, detail: str, size: int
) -> None:
    shown = f"{amount:,}원"
    document = Document(
        "t",
        (
            Columns(name, shown, size=size),  # type: ignore[arg-type]
            Item(name, detail, shown, "*"),
            Columns(name, shown, indent=4),
            Text(name, "center", size=size),  # type: ignore[arg-type]
            Text(name, "right"),
        ),
    )
    rows = lines(document, columns)
    assert all(cells(row.text) * row.size <= columns for row in rows)
    ends = [row for row in rows if row.text.endswith(shown) and cells(row.text) == columns // row.size]
    assert len(ends) >= 3


@given(text=NAMES.map(printable), width=st.integers(4, 48))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    pieces = wrap(text, width)
    assert all(cells(piece) <= width for piece in pieces)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")


def test_an_item_hangs_its_long_name_and_aligns_its_figures() -> None:
    item = Item("이름이 아주 길어서 다음 줄로 넘어가는 물건", "12,345×1.25kg", "15,430", "*")
    assert [row.text for row in lines(Document("t", (item,)), 32)] == [
        "*이름이 아주 길어서 다음 줄로",
        " 넘어가는 물건",
        "       12,345×1.25kg     15,430",
    ]


def test_amounts_of_items_end_in_one_column() -> None:
    items = tuple(Item(f"물건{'가' * n}", f"{10**n:,}×1", f"{10**n:,}") for n in range(8))
    for columns in WIDTHS:
        figures = [row.text for row in lines(Document("t", items), columns) if "×" in row.text]
        assert len(figures) == 8 and {cells(text) for text in figures} == {columns}
        assert {cells(text[: text.index("×")]) for text in figures} == {columns - 11 - 3}


def test_width_is_the_length_in_cp949() -> None:
    assert [cells(text) for text in ("가", "A", "·", "①", "🍎", "é", "金", "")] == [2, 1, 2, 2, 2, 1, 2, 0]
    assert printable("₩1—2") == "원1―2"


def test_practice_heads_and_closes_the_paper() -> None:
    rows = lines(Document("t", (Text("a"), Cut()), practice=True), 32)
    assert "연습" in rows[0].text and rows[0].size == 2 and "연습" in rows[-1].text


def test_a_wrong_barcode_is_written_in_digits() -> None:
    rows = lay_out(Document("t", (Barcode("2112345012507"),)), 48)
    assert [row.text.strip() for row in rows if isinstance(row, Line)] == ["2112345012507"]
    assert lay_out(Document("t", (Barcode("2112345012506"),)), 48) == [Barcode("2112345012506")]


def test_other_widths_are_refused() -> None:
    with pytest.raises(DomainError, match=r"paper\.bad_width"):
        lay_out(Document("t", ()), 40)


def test_the_ruler_counts_the_columns() -> None:
    for columns in WIDTHS:
        (row,) = lines(Document("t", (Rule("0"),)), columns)
        assert len(row.text) == columns and row.text.startswith("1234567890123")
