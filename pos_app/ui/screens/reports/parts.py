"""Pieces of the reports screen: a turner through days or tables, and the chart."""

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos_app.i18n.texts import tr
from pos_app.reports.charts import SERIES, Chart, Drawing, draw
from pos_app.ui.screens.parts import CENTRE
from pos_app.ui.theme import lettering
from pos_app.ui.widgets.base import Painted, named
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words


class Turner(QWidget):
    """‹ words ›: `turned(-1)` and `turned(+1)`."""

    turned = Signal(int)

    def __init__(self, name: str, before: str, after: str) -> None:
        super().__init__()
        named(self, name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.back = Key("", "left", "plain", f"{name}_back", spoken=before)
        self.words = Words("", "key", True, align=CENTRE, name=f"{name}_words")
        self.next = Key("", "right", "plain", f"{name}_next", spoken=after)
        self.back.clicked.connect(lambda: self.turned.emit(-1))
        self.next.clicked.connect(lambda: self.turned.emit(1))
        row.addWidget(self.back)
        row.addWidget(self.words, 1)
        row.addWidget(self.next)

    def show_words(self, words: str, back: bool, after: bool) -> None:
        """What is shown now, and where it can be turned to."""
        self.words.setText(words)
        self.back.set_off(None if back else tr("앞에는 더 없어요."))
        self.next.set_off(None if after else tr("뒤에는 더 없어요."))


class ReportTotal(BigNumber):
    """The one figure of a report, in won or with a unit of its own."""

    def __init__(self, name: str) -> None:
        super().__init__(0, "counted", "", name)

    def show_total(self, caption: str, amount: int, unit: str | None) -> None:
        """Another figure; without a unit it is won."""
        self._unit = unit
        self.set_caption(caption)
        self.set_amount(amount)


class ChartView(Painted):
    """A chart's marks with the painter of the screen; its figures stand in the table below."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._chart: Chart | None = None
        self._drawing: Drawing | None = None
        named(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_chart(self, chart: Chart | None) -> None:
        """Another chart, or none."""
        self._chart = chart
        title = chart.title if chart else ""
        self.setAccessibleName(tr("그림: {title}. 값은 아래 표에 있어요.", title=title) if title else "")
        self._lay()

    def tall(self, wide: int) -> int:
        """How high the chart is when so wide."""
        return self._drawn(wide).high if self._chart is not None else 0

    def restyle(self) -> None:
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _drawn(self, wide: int) -> Drawing:
        assert self._chart is not None
        px = self.theme.type_px("caption")
        return draw(
            self._chart,
            wide,
            px,
            lambda text, size, bold: lettering.width_of(text, size, self.theme.bold(bold)),
        )

    def _lay(self) -> None:
        if self._chart is None or self.width() < 80:
            self._drawing = None
        else:
            self._drawing = self._drawn(self.width())
            if self.height() != self._drawing.high:
                self.setFixedHeight(self._drawing.high)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, self._drawing.high if self._drawing else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawing is None:
            return
        painter = QPainter(self)
        for box in self._drawing.boxes:
            paint = QColor(SERIES[box.paint]) if isinstance(box.paint, int) else self._role(box.paint)
            painter.fillRect(QRect(box.x, box.y, box.wide, box.high), paint)
        for label in self._drawing.labels:
            bold = self.theme.bold(label.bold)
            lettering.write(painter, label.text, label.x, label.y, label.px, bold, self.theme.colour("ink"))
        painter.end()

    def _role(self, paint: str) -> QColor:
        return self.theme.colour("surface" if paint == "ground" else paint)
