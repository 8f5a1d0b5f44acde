"""The tenders received so far, each with 빼기."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.tender import TenderInput
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.parts import empty_layout
from pos_app.ui.screens.tender.presenter import TenderPresenter
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.empty import Picture
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words

ICONS = {"cash": "cash", "card": "card", "voucher": "voucher", "transfer": "transfer", "credit": "credit"}


class ReceivedRows(Card):
    """`taken_out(index)` when 빼기 of a row is pressed."""

    taken_out = Signal(int)

    def __init__(self, presenter: TenderPresenter) -> None:
        super().__init__("card", "received_rows")
        self.presenter = presenter
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 10, 20, 10)
        self.column.setSpacing(8)

    def refresh(self) -> None:
        """The rows anew; hidden when there are none."""
        empty_layout(self.column)
        for index, row in enumerate(self.presenter.rows):
            if index:
                self.column.addWidget(Divider())
            self.column.addWidget(self._row(index, row))
        self.setVisible(bool(self.presenter.rows))

    def needed_height(self, key_height: int) -> int:
        """What all rows need, before they are laid out."""
        count = len(self.presenter.rows)
        return 24 + count * (key_height + 4) + (count - 1) * 20 if count else 0

    def _row(self, index: int, row: TenderInput) -> QWidget:
        name = self.presenter.row_name(row)
        box = QWidget()
        box.setAccessibleName(f"{name} {wording.won(row.received_won)}")
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(Picture(ICONS[row.type], 28))
        line.addWidget(Words(name, "body", True, wrap=False))
        line.addWidget(Words(self.presenter.row_detail(row), "caption", ink="ink2"), 1)
        line.addWidget(Words(wording.won(row.received_won), "title", True, wrap=False))
        out = Key(tr("빼기"), None, "plain", f"take_out_{index}", spoken=tr("{name} 빼기", name=name))
        out.clicked.connect(lambda: self.taken_out.emit(index))
        line.addWidget(out)
        return box
