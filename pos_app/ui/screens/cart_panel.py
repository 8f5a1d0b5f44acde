"""The sale panel: a head of keys, the lines, the total; read-only while money is taken."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models.items import LineView
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Divider
from pos_app.ui.widgets.line_list import LineList
from pos_app.ui.widgets.words import Words


class CartPanel(QWidget):
    """Fill `head`; `lines` are the cart's; `middle` holds what stands in place of no lines."""

    def __init__(self, theme: Theme, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.head_box = QWidget(self)
        self.head = QHBoxLayout(self.head_box)
        self.head.setSpacing(8)
        self.column.addWidget(self.head_box)
        self.column.addWidget(Divider(parent=self))
        self.lines = LineList(read_only=read_only, parent=self)
        self.column.addWidget(self.lines, 1)
        self.extras = QVBoxLayout()
        self.extras.setContentsMargins(16, 0, 16, 8)
        self.extras.setSpacing(8)
        self.column.addLayout(self.extras)
        self.column.addWidget(Divider(strong=True, parent=self))
        self.column.addWidget(self._foot())
        theme.changed.connect(self._restyle)
        self._restyle()

    def _foot(self) -> QWidget:
        foot = QWidget(self)
        outer = QVBoxLayout(foot)
        outer.setContentsMargins(16, 6, 16, 4)
        outer.setSpacing(0)
        self.above = Words("", "body", ink="ink2", name="total_above", parent=foot)
        self.above.hide()
        outer.addWidget(self.above)
        row = QHBoxLayout()
        row.setSpacing(8)
        outer.addLayout(row)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.caption = Words(tr("합계"), "body", ink="ink2", wrap=False, parent=foot)
        self.subtitle = Words("", "caption", ink="ink2", wrap=False, name="total_subtitle", parent=foot)
        words.addStretch(1)
        words.addWidget(self.caption)
        words.addWidget(self.subtitle)
        words.addStretch(1)
        row.addLayout(words)
        self.total = BigNumber(0, "total", tr("합계"), "total", foot)
        row.addWidget(self.total, 1, Qt.AlignmentFlag.AlignVCenter)
        return foot

    def _restyle(self) -> None:
        self.head.setContentsMargins(16, 4, 16, 4)
        self.head_box.setFixedHeight(self.theme.metrics.key_height + 8)

    def show_total(self, won: int, subtitle: str, caption: str = "", above: str = "") -> None:
        """The foot: the amount, what it is called, and the small words."""
        self.caption.setText(caption or tr("합계"))
        self.total.set_caption(caption or tr("합계"))
        self.total.set_amount(won)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.above.setText(above)
        self.above.setVisible(bool(above))

    def show_lines(self, lines: list[LineView], selected: str = "") -> None:
        """The cart's lines; the selected one grows its keys."""
        self.lines.set_lines(lines, selected or None)
