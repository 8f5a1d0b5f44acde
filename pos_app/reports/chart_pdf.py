"""A chart's marks on a page of ReportLab."""

from collections.abc import Callable
from typing import Any

from pos_app.reports.charts import SERIES, Chart, Drawing, Label, draw

_PAINTS = {"primary": "#1B4F8F", "edge": "#857F71", "ground": "#FFFFFF"}
_INK = "#1B1A17"
PX = 9


def laid_out(chart: Chart, wide: int, measure: Callable[[str, bool], float]) -> Drawing:
    """The marks of a chart in whole points; `measure` tells a text's width in the size PX."""
    return draw(chart, wide, PX, lambda text, _px, bold: -int(-measure(text, bold) // 1))


def paint(
    canvas: Any, drawing: Drawing, left: float, top: float, write: Callable[[Label, float, float], None]
) -> None:
    """Draw the boxes below `top`, and let `write` put each text on its place."""
    for box in drawing.boxes:
        paint_name = SERIES[box.paint] if isinstance(box.paint, int) else _PAINTS[box.paint]
        canvas.setFillColorRGB(*rgb(paint_name))
        canvas.rect(left + box.x, top - box.y - box.high, box.wide, box.high, stroke=0, fill=1)
    canvas.setFillColorRGB(*rgb(_INK))
    for label in drawing.labels:
        write(label, left + label.x, top - label.y)


def rgb(text: str) -> tuple[float, ...]:
    """#1B4F8F as three shares of one."""
    return tuple(int(text[place : place + 2], 16) / 255 for place in (1, 3, 5))
