"""Charts: every mark inside, bars as long as their values, the same figures on the screen and on the page."""

import io

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.reports import pdf_export
from pos_app.reports.charts import (
    MOST,
    Box,
    Chart,
    Series,
    columns,
    draw,
    in_ten_thousands,
    ranked,
    value_text,
)
from pos_app.reports.table import Table, share_column, share_shown, shown, text_column, won_column

WON = st.integers(-(10**9), 10**10)
NAMES = st.text("가나다라마바사 ", min_size=1, max_size=24).map(lambda text: text.strip() or "가")


def measure(text: str, px: int, bold: bool) -> int:
    """A font whose every letter is as wide as it is high."""
    return len(text) * px


@st.composite
def charts(draw_from: st.DrawFn) -> Chart:
    count = draw_from(st.integers(1, 8))
    names = draw_from(st.lists(NAMES, min_size=count, max_size=count))
    series = [
        Series(f"s{number}", tuple(draw_from(st.lists(WON, min_size=count, max_size=count))))
        for number in range(draw_from(st.integers(1, 3)))
    ]
    return Chart("그림", tuple(names), tuple(series), draw_from(st.booleans()))


@given(charts(), st.integers(700, 1600))
def test_every_mark_is_a_whole_number_inside_the_drawing(chart: Chart, wide: int) -> None:
    drawing = draw(chart, wide, 15, measure)
    for box in drawing.boxes:
        assert all(type(n) is int for n in (box.x, box.y, box.wide, box.high))
        assert box.wide >= 0 and box.high >= 0 and box.x >= 0 and box.x + box.wide <= wide + 2
        assert box.y >= 0 and box.y + box.high <= drawing.high
    for label in drawing.labels:
        assert 0 <= label.y <= drawing.high


@given(st.lists(st.tuples(NAMES, st.integers(1, 10**9)), min_size=2, max_size=30))
def test_bars_are_ranked_and_the_rest_is_one_bar(values: list[tuple[str, int]]) -> None:
    chart = ranked("그림", values, "그 밖")
    assert chart is not None and len(chart.labels) <= MOST
    wons = chart.series[0].values
    assert sum(wons) == sum(won for _, won in values), "nothing is left out"
    drawing = draw(chart, 2000, 15, measure)
    bars = [box for box in drawing.boxes if box.paint == "primary"]
    lengths = sorted(zip(wons, (bar.wide for bar in bars), strict=True))
    assert [length for _, length in lengths] == sorted(length for _, length in lengths)
    texts = {label.text for label in drawing.labels if label.bold}
    assert {value_text(chart, won) for won in wons} <= texts


def test_series_are_told_apart_without_colour() -> None:
    chart = Chart("두 해", ("가", "나"), (Series("올해", (1000, 900)), Series("지난해", (900, 1000))))
    drawing = draw(chart, 800, 15, measure)

    def pieces(number: int) -> list[Box]:
        return [box for box in drawing.boxes if box.paint == number]

    assert len(pieces(0)) == 3, "solid: one box a bar, one in the key"
    assert len(pieces(1)) > 6, "dashed: many"
    assert {"올해", "지난해"} <= {label.text for label in drawing.labels}


def test_negative_values_lie_on_the_other_side_of_the_line() -> None:
    chart = ranked("과부족", [("가", 3000), ("나", -2000), ("다", 10)], "")
    assert chart is not None
    drawing = draw(chart, 800, 15, measure)
    line = next(box for box in drawing.boxes if box.paint == "edge")
    bars = [box for box in drawing.boxes if box.paint == "primary"]
    assert bars[0].x >= line.x and bars[2].x + bars[2].wide <= line.x + line.wide


def test_what_is_too_little_or_too_much_is_no_chart() -> None:
    assert ranked("그림", [("가", 5)], "") is None
    assert ranked("그림", [("가", 0), ("나", 0)], "") is None
    assert columns("그림", [(str(n), 1) for n in range(25)]) is None
    with pytest.raises(ValueError, match="그림"):
        Chart("그림", ("가",), tuple(Series(str(n), (1,)) for n in range(9)))
    with pytest.raises(ValueError, match="그림"):
        Chart("그림", ("가",), (Series("", (1, 2)),))


def test_narrow_columns_say_ten_thousands() -> None:
    assert [in_ten_thousands(n) for n in (9_999, 14_999, 15_000, -25_000, 123_456_789)] == [
        "9,999", "1만", "2만", "-3만", "12346만",
    ]  # fmt: skip
    chart = columns("시간", [(f"{hour}시", 1_234_567) for hour in range(9, 19)])
    assert chart is not None
    assert "123만" in {label.text for label in draw(chart, 700, 15, measure).labels}


def test_shares() -> None:
    assert share_shown(875) == "87.5%" and shown(1000, share_column("율")) == "100.0%"
    assert value_text(Chart("율", ("가",), (Series("", (5,)),), permille=True), 5) == "0.5%"


def test_the_page_shows_the_same_bars_and_figures() -> None:
    chart = ranked("업체별", [("신안섬 농장", 300_000), ("새벽 공방", 150_000)], "")
    rows = (("신안섬 농장", 300_000), ("새벽 공방", 150_000))
    table = Table("표", (text_column("업체"), won_column("원")), rows, ("합계", 450_000), chart=chart)
    with pdfplumber.open(io.BytesIO(pdf_export.render(table))) as document:
        page = document.pages[0]
        bars = [rect for rect in page.rects if rect["height"] > 9 and rect["width"] > 20]
        assert [round(bars[0]["width"] / bars[1]["width"], 1)] == [2.0]
        text = page.extract_text()
        assert text.count("300,000") == 2 and text.count("150,000") == 2 and "업체별" in text
        assert text.index("업체별") < text.index("합계")
