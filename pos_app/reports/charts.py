"""Charts as plain marks: boxes and words on whole-number places, for a painter of the screen or of a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pos_app.i18n.texts import tr

MOST = 8
"""Series, and bars lying side by side; what is beyond is one bar of its own."""

SERIES = ("#1E3C96", "#876900", "#D22D69", "#0F3C00", "#7869A5", "#691E4B", "#1E7869", "#5A5A3C")
"""Colours of the series, the vendors' own; each is told apart by its pattern too."""

PATTERNS = ((1, 0), (22, 6), (9, 5), (4, 4))
"""Mark and space along a bar: solid, long dashes, short dashes, dots."""

Measure = Callable[[str, int, bool], int]
"""Width of a text in a size, Bold or not."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, as many as the chart has labels."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Values by label. `upright` columns stand side by side (hours, days); else bars lie below each other.

    `permille` values are shares in thousandths.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    upright: bool = False
    permille: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError for more series than can be told apart, or for values without a label."""
        if len(self.series) > MOST or any(len(each.values) != len(self.labels) for each in self.series):
            raise ValueError(self.title)


@dataclass(frozen=True, slots=True)
class Box:
    """A filled box; `paint` is primary, edge, ground, or the number of a series."""

    x: int
    y: int
    wide: int
    high: int
    paint: str | int


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text whose base line begins at x, y."""

    x: int
    y: int
    text: str
    px: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished chart: its size and its marks, the lowest first."""

    wide: int
    high: int
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]


def ranked(
    title: str, values: Sequence[tuple[str, int]], rest: str, *, permille: bool = False
) -> Chart | None:
    """Return bars of the largest values, all others as one bar called `rest`; None for fewer than two."""
    known = [(label, won) for label, won in values if won]
    if len(known) < 2:
        return None
    known.sort(key=lambda pair: -pair[1])
    shown = known[:MOST]
    if len(known) > MOST and not permille:
        shown = [*known[: MOST - 1], (rest, sum(won for _, won in known[MOST - 1 :]))]
    labels, wons = zip(*shown, strict=True)
    return Chart(title, labels, (Series("", wons),), permille=permille)


def columns(title: str, values: Sequence[tuple[str, int]]) -> Chart | None:
    """Return columns in the order given; None for fewer than two, or for more than find room."""
    if not 2 <= len(values) <= 24:
        return None
    labels, wons = zip(*values, strict=True)
    return Chart(title, labels, (Series("", wons),), upright=True)


def draw(chart: Chart, wide: int, px: int, measure: Measure) -> Drawing:
    """Return the marks of a chart `wide` units wide, written in the size `px`."""
    return (_Upright if chart.upright else _Lying)(chart, wide, px, measure).drawing()


def value_text(chart: Chart, value: int) -> str:
    """Return a value as it stands on its bar: 61,400 or 87.5%."""
    if chart.permille:
        return f"{value // 10}.{value % 10}%"
    return f"{value:,}"


class _Canvas:
    """What both kinds share: the title, the key to the series, and bars with their patterns."""

    def __init__(self, chart: Chart, wide: int, px: int, measure: Measure) -> None:
        self.chart, self.wide, self.px, self.measure = chart, wide, px, measure
        self.boxes: list[Box] = []
        self.labels: list[Label] = []
        self.y = 0

    def drawing(self) -> Drawing:
        """The finished marks."""
        self._head()
        self._body()
        return Drawing(self.wide, self.y, tuple(self.boxes), tuple(self.labels))

    def _body(self) -> None:
        raise NotImplementedError

    def line(self) -> int:
        """Height of a line of text."""
        return self.px * 13 // 10

    def write(self, x: int, top: int, text: str, bold: bool = False) -> None:
        """A text in a line that begins at `top`."""
        self.labels.append(Label(x, top + self.px * 21 // 20, text, self.px, bold))

    def _head(self) -> None:
        if self.chart.title:
            self.write(0, self.y, self.chart.title, True)
            self.y += self.line() + self.px // 2
        if len(self.chart.series) < 2:
            return
        x, mark = 0, self.px * 2
        for number, series in enumerate(self.chart.series):
            need = mark + self.px // 2 + self.measure(series.name, self.px, False) + self.px
            if x and x + need > self.wide:
                x, self.y = 0, self.y + self.line()
            self.bar(x, self.y + self.px // 5, mark, self.px, number)
            self.write(x + mark + self.px // 2, self.y, series.name)
            x += need
        self.y += self.line() + self.px // 2

    def bar(self, x: int, y: int, wide: int, high: int, number: int, upright: bool = False) -> None:
        """A bar in the colour and pattern of its series."""
        paint: str | int = number if len(self.chart.series) > 1 else "primary"
        mark, space = PATTERNS[number % len(PATTERNS)]
        if not space or len(self.chart.series) == 1:
            self.boxes.append(Box(x, y, wide, high, paint))
            return
        place, length = 0, high if upright else wide
        while place < length:
            run = min(mark, length - place)
            box = (x, y + high - place - run, wide, run) if upright else (x + place, y, run, high)
            self.boxes.append(Box(*box, paint))
            place += mark + space

    def fitted(self, text: str, room: int) -> list[str]:
        """The text broken to at most two lines; what does not fit even then is cut with an ellipsis."""
        if self.measure(text, self.px, False) <= room:
            return [text]
        cut = len(text)
        while cut > 1 and self.measure(text[:cut], self.px, False) > room:
            cut -= 1
        space = text.rfind(" ", 1, cut + 1)
        cut = space if space > cut // 2 else cut
        second = text[cut:].strip()
        if self.measure(second, self.px, False) > room:
            while len(second) > 1 and self.measure(f"{second}…", self.px, False) > room:
                second = second[:-1]
            second += "…"
        return [text[:cut].strip(), second]


class _Lying(_Canvas):
    """Bars below each other: label at the left, value at the end of its bar."""

    def _body(self) -> None:
        chart, px = self.chart, self.px
        values = [value for series in chart.series for value in series.values]
        names = max((self.measure(label, px, False) for label in chart.labels), default=0)
        names = min(names, self.wide * 38 // 100)
        figures = max((self.measure(value_text(chart, value), px, True) for value in values), default=0)
        left = names + px * 3 // 4
        room = max(px, self.wide - left - figures - px // 2)
        high, low = max(0, *values), min(0, *values)
        if low < 0:
            room = max(px, room - figures - px // 2)
            left += figures + px // 2
        span = max(1, high - low)
        zero = left + room * -low // span
        thick, gap = px * 5 // 4, px // 2
        top = self.y
        for place, label in enumerate(chart.labels):
            lines = self.fitted(label, names)
            tall = max(len(chart.series) * (thick + 2), len(lines) * self.line())
            for number, text in enumerate(lines):
                self.write(0, self.y + (tall - len(lines) * self.line()) // 2 + number * self.line(), text)
            y = self.y + (tall - len(chart.series) * (thick + 2)) // 2
            for number, series in enumerate(chart.series):
                self._value(series.values[place], number, zero, y, room, span, thick)
                y += thick + 2
            self.y += tall + gap
        self.boxes.append(Box(zero - 1, top, 2, max(0, self.y - gap - top), "edge"))

    def _value(self, value: int, number: int, zero: int, y: int, room: int, span: int, thick: int) -> None:
        length = abs(value) * room // span
        text = value_text(self.chart, value)
        if value < 0:
            self.bar(zero - length, y, length, thick, number)
            x = zero - length - self.px // 2 - self.measure(text, self.px, True)
        else:
            self.bar(zero, y, length, thick, number)
            x = zero + length + self.px // 2
        self.write(x, y - (self.line() - thick) // 2, text, True)


class _Upright(_Canvas):
    """Columns side by side: label under, value over each."""

    def _body(self) -> None:
        chart, px = self.chart, self.px
        values = [value for series in chart.series for value in series.values]
        room = self.wide // max(1, len(chart.labels))
        short = any(self.measure(value_text(chart, value), px, True) > room - 4 for value in values)
        tall, span = px * 8, max(1, *values)
        floor = self.y + self.line() + tall
        each = max(4, min(px * 3, (room - px // 2) // max(1, len(chart.series))))
        for place, label in enumerate(chart.labels):
            x = place * room + (room - each * len(chart.series)) // 2
            for number, series in enumerate(chart.series):
                value = series.values[place]
                length = max(0, value) * tall // span
                self.bar(x, floor - length, each, length, number, upright=True)
                text = in_ten_thousands(value) if short else value_text(chart, value)
                middle = x + each // 2 - self.measure(text, px, True) // 2
                self.write(min(max(0, middle), self.wide), floor - length - self.line(), text, True)
                x += each
            middle = place * room + room // 2 - self.measure(label, px, False) // 2
            self.write(max(0, middle), floor + px // 4, label)
        self.boxes.append(Box(0, floor, self.wide, 2, "edge"))
        self.y = floor + px // 4 + self.line()


def in_ten_thousands(value: int) -> str:
    """Return 1,234,567 as 123만, halves upwards; small values whole."""
    if abs(value) < 10_000:
        return f"{value:,}"
    sign = "-" if value < 0 else ""
    return tr("{amount}만", amount=f"{sign}{(abs(value) + 5_000) // 10_000}")
