"""Small pieces that several screens share: labelled amounts, scrolling columns, papers, headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from pos_app.printing.document import Document
    from pos_app.ui.screens.desk import Desk
    from pos_app.ui.theme.theme import Theme
    from pos_app.ui.widgets.keypad import Keypad

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
BAR_GAP = 8


def keep_focus(keypad: Keypad) -> None:
    """A finger on the pad leaves the focus where it was; Tab still reaches the keys."""
    for key in keypad.findChildren(Key):
        key.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class Scroller(QScrollArea):
    """A column that scrolls when it must; `column` is its layout."""

    def __init__(self, name: str, parent: QWidget | None = None, gap: int = 12) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName(f"{name}_inside")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(gap)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._keep_off)

    def _keep_off(self, _least: int, most: int) -> None:
        """Figures do not touch the bar."""
        self.column.setContentsMargins(0, 0, BAR_GAP if most > 0 else 0, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 80)


class Paper(QScrollArea):
    """A printing document as it will come out."""

    def __init__(self, desk: Desk, name: str, spoken: str) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(CENTRE | Qt.AlignmentFlag.AlignTop)
        self.picture = QLabel()
        self.picture.setObjectName(f"{name}_picture")
        self.setWidget(self.picture)
        self.setWidgetResizable(False)
        self._pixmap = QPixmap()

    def show_document(self, document: Document) -> None:
        """Draw it (in the background) and show it."""
        self.desk.run(lambda: picture_of(document), self._take)

    def _take(self, png: bytes) -> None:
        self._pixmap.loadFromData(png)
        self._fit()

    def _fit(self) -> None:
        if self._pixmap.isNull():
            return
        wide = min(self.viewport().width() - 4, round(460 * self.desk.theme.metrics.scale))
        fitted = self._pixmap.scaledToWidth(max(120, wide), Qt.TransformationMode.SmoothTransformation)
        self.picture.setPixmap(fitted)
        self.picture.resize(fitted.size())

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(400, 400)


def picture_of(document: Document) -> bytes:
    """The paper as PNG."""
    from pos_app.printing.preview import render_png  # lazy: Pillow

    return render_png(document, 42)


def spacer(theme: Theme, px: int) -> QWidget:
    """Empty room that grows with the type."""
    room = QWidget()
    room.setFixedHeight(theme.metrics.px(px))
    room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return room


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty_layout(inner)


def figure_row(left: str, right: str, bold: bool = False, size: str = "body") -> QWidget:
    """Words at the left, a figure at the right."""
    row = QWidget()
    row.setAccessibleName(f"{left} {right}")
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 6, 0, 6)
    line.setSpacing(12)
    line.addWidget(Words(left, size, bold), 1)
    line.addWidget(Words(right, size, True, align=RIGHT, wrap=False))
    return row
