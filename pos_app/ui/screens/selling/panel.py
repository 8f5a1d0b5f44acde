"""The right side of selling: customer, discount, park; the lines or the first steps; the total."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models.items import LineView
from pos_app.ui.screens.cart_panel import CartPanel
from pos_app.ui.screens.selling.presenter import CartTotals
from pos_app.ui.theme import lettering
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words


class StepNumber(Painted):
    """A number in a ring."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = str(number)
        self.restyle()

    def restyle(self) -> None:
        px = self.theme.metrics.px(48)
        self.setFixedSize(QSize(px, px))
        super().restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.colour("edge"), 2))
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.drawEllipse(middle, middle.x() - 2, middle.y() - 2)
        px = self.theme.type_px("key_big")
        left = round(middle.x() - lettering.width_of(self._number, px, True) / 2)
        base = round(middle.y() - lettering.line_height(px) / 2) + lettering.first_base(px, True)
        lettering.write(painter, self._number, left, base, px, True, self.theme.colour("ink"))
        painter.end()


class FirstSteps(QWidget):
    """What to do with an empty cart. `repeat` when the same as before is wanted."""

    repeat = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        column = self._column = QVBoxLayout(self)
        theme.changed.connect(self._space)
        self._space()
        column.addWidget(Words(tr("첫 물건을 담아 볼까요?"), "title", True))
        steps = (
            tr("물건을 누르거나 바코드를 찍어요"),
            tr("아래 결제를 눌러요"),
            tr("받은 돈을 고르면 끝나요"),
        )
        for number, words in enumerate(steps, 1):
            row = QHBoxLayout()
            row.setSpacing(16)
            row.addWidget(StepNumber(number, self))
            row.addWidget(Words(words, "name"), 1)
            column.addLayout(row)
        column.addStretch(1)
        self.again = Key(tr("바로 앞 손님과 같은 것 담기"), "undo", "plain", "repeat_last")
        self.again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.again.clicked.connect(self.repeat)
        column.addWidget(self.again)

    def _space(self) -> None:
        """Large letters take the room of the gaps."""
        gap, rim = (16, 24) if self._theme.metrics.scale < 1.5 else (4, 8)
        self._column.setContentsMargins(16, rim, 16, rim)
        self._column.setSpacing(gap)


class SellingPanel(CartPanel):
    """The sale panel with its keys."""

    customer = Signal()
    discount = Signal()
    park = Signal()
    repeat = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, False, parent)
        self.customer_key = Key(tr("일반 손님"), "person", "plain", "customer")
        self.discount_key = Key(tr("할인"), None, "plain", "discount")
        self.park_key = Key(tr("보류"), None, "plain", "park")
        self.head.addWidget(self.customer_key)
        self.head.addStretch(1)
        self.head.addWidget(self.discount_key)
        self.head.addWidget(self.park_key)
        self.customer_key.clicked.connect(self.customer)
        self.discount_key.clicked.connect(self.discount)
        self.park_key.clicked.connect(self.park)
        for key in (self.customer_key, self.discount_key, self.park_key):
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.lines.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.steps = FirstSteps(theme, self)
        self.steps.repeat.connect(self.repeat)
        self.column.insertWidget(self.column.indexOf(self.lines), self.steps, 1)
        self.unfinished = Notice("", "edge", name="unfinished")
        self.unfinished.hide()
        self.extras.addWidget(self.unfinished)

    def show_cart(self, rows: list[LineView], totals: CartTotals, selected: str) -> None:
        """The lines and the figures under them."""
        empty = not rows
        self.steps.setVisible(empty)
        self.lines.setVisible(not empty)
        self.show_lines(rows, selected)
        subtitle = totals.subtitle
        if totals.discount_won:
            subtitle = f"{subtitle} · {tr('할인 {amount}', amount=f'{-totals.discount_won:,}')}"
        self.show_total(totals.total_won, subtitle)
        reason = tr("담은 것이 없어요.") if empty else None
        self.discount_key.set_off(reason)
