"""A named amount in a box: what is due, what was received, the change."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import named
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Card
from pos_app.ui.widgets.words import Words


class AmountBox(Card):
    """Caption left, amount right. Kinds of `Card`, or "none" for no box.

    `set_amount(won, reading)`: the reading stands small under it. Spoken: caption, amount, reading.
    """

    def __init__(
        self,
        caption: str,
        kind: str = "none",
        size: str = "number_big",
        name: str = "amount",
        bold: bool = False,
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(kind, f"{name}_box", parent, theme)
        self._caption = Words(caption, "key_big", bold, name=f"{name}_caption", parent=self, theme=theme)
        self.number = BigNumber(0, size, caption, name, self, theme=theme)
        right = Qt.AlignmentFlag.AlignRight
        self._reading = Words("", "caption", ink="ink2", align=right, name=f"{name}_reading", parent=self)
        self._reading.hide()
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.number)
        column.addWidget(self._reading)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(12)
        row.addWidget(self._caption, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)
        self._caption.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_caption(self, caption: str) -> None:
        """Another name for the amount."""
        self._caption.setText(caption)
        self.number.set_caption(caption)

    def set_amount(self, amount_won: int, reading: str = "") -> None:
        """Show it, and how it reads ("10만 원")."""
        said = f"{self._caption.text()} {amount_won:,}{self.number.unit()}"
        self.number.set_amount(amount_won, f"{said}, {reading}" if reading else said)
        self._reading.setText(reading)
        self._reading.setVisible(bool(reading))
        named(self, "", said)

    def amount(self) -> int:
        return self.number.amount()
