"""The registers of the board as cards: a real list, so that arrows, fingers and screen readers find each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos_app.ui.screens.board.faces import CardView
from pos_app.ui.theme import drawing, lettering
from pos_app.ui.theme.theme import Theme, theme_of
from pos_app.ui.widgets.badge import badge_size, paint_badge
from pos_app.ui.widgets.base import named

GAP, PAD = 12, 16
LEAST, TALL, MOST_COLUMNS = 222, 142, 4
VIEW = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight


class CardModel(QAbstractListModel):
    """Cards in their order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: list[CardView] = []

    def set_cards(self, cards: Sequence[CardView]) -> None:
        """Show these; cards that stay in place are only redrawn where they differ."""
        if [card.key for card in cards] == [card.key for card in self.cards]:
            for row, card in enumerate(cards):
                if card != self.cards[row]:
                    self.cards[row] = card
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not 0 <= index.row() < len(self.cards):
            return None
        card = self.cards[index.row()]
        if role == VIEW:
            return card
        return (
            card.spoken if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        )


class CardDelegate(QStyledItemDelegate):
    """Paints a card: number and name, badge, how many and how much, and what is the matter."""

    def __init__(self, theme: Theme, grid: "CardGrid") -> None:
        super().__init__(grid)
        self._theme, self._grid = theme, grid

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self._grid.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        card: CardView = index.data(VIEW)
        place: QRect = option.rect  # type: ignore[attr-defined]
        box = self._grid.card_box(place)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter, QRectF(box), card, index.row() == self._grid.currentIndex().row())
        inner = box.adjusted(PAD, PAD - 2, -PAD, -PAD + 4)
        self._head(painter, inner, card)
        self._amount(painter, inner, card)
        small = self._theme.type_px("caption")
        bad = card.state == "silent" or card.badge_kind == "bad"
        bold, ink = self._theme.bold(bad), "danger" if bad else "ink2"
        lines = lettering.lines_of(card.foot, small, bold, inner.width())
        foot = QRect(inner)
        foot.setTop(inner.bottom() - len(lines) * lettering.line_height(small) + 1)
        lettering.write_lines(painter, lines, foot, small, bold, self._theme.colour(ink))
        painter.restore()

    def _frame(self, painter: QPainter, box: QRectF, card: CardView, current: bool) -> None:
        colour, thin = self._theme.colour, self._theme.tokens.divider_px
        edge, width = {"silent": ("danger", 3), "open": ("edge", 2)}.get(card.state, ("line", thin))
        if card.badge_kind == "bad":
            edge, width = "danger", 3
        elif card.badge_kind == "warn":
            edge, width = "edge", 2
        ground = "primary_soft" if current and self._grid.hasFocus() else "surface"
        drawing.framed(painter, box, 12, colour(ground), colour(edge), width)

    def _head(self, painter: QPainter, inner: QRect, card: CardView) -> None:
        theme, px = self._theme, self._theme.type_px("key_big")
        size = badge_size(theme, card.badge)
        badge = QRectF(inner.right() - size.width() + 1, inner.top(), size.width(), size.height())
        paint_badge(painter, theme, badge, card.badge, card.badge_kind)
        head = QRect(inner)
        lettering.write_lines(painter, (card.number,), head, px, True, theme.colour("ink"))
        left = inner.left() + lettering.width_of(card.number, px, True) + 10
        room, name_px = round(badge.left()) - 8 - left, theme.type_px("body")
        if card.name and room > name_px * 2:
            drop = lettering.first_base(px, True) - lettering.first_base(name_px, theme.bold())
            name = QRect(left, inner.top() + drop, room, lettering.line_height(name_px))
            words = lettering.shortened(card.name, name_px, theme.bold(), room)
            lettering.write_lines(painter, (words,), name, name_px, theme.bold(), theme.colour("ink2"))

    def _amount(self, painter: QPainter, inner: QRect, card: CardView) -> None:
        theme, small = self._theme, self._theme.type_px("caption")
        px, room = (
            theme.type_px("title"),
            inner.width() - lettering.width_of(card.sales, small, theme.bold()) - 12,
        )
        while px > 15 and lettering.width_of(card.amount, px, True) > room:
            px -= 1
        line = QRect(inner)
        line.setTop(inner.center().y() - lettering.line_height(px) // 2)
        lettering.write_lines(painter, (card.amount,), line, px, True, theme.colour("ink"), _RIGHT)
        drop = lettering.first_base(px, True) - lettering.first_base(small, theme.bold())
        line.translate(0, drop)
        lettering.write_lines(painter, (card.sales,), line, small, theme.bold(), theme.colour("ink2"))


class CardGrid(QListView):
    """`chosen(register)` when a card is pressed or entered."""

    chosen = Signal(str)

    def __init__(self, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme_of(parent)
        named(self, name, spoken)
        self._model = CardModel(self)
        self.setModel(self._model)
        self.setItemDelegate(CardDelegate(self.theme, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.theme.changed.connect(self._measure)

    def set_cards(self, cards: Sequence[CardView]) -> None:
        """Show these cards."""
        self._model.set_cards(cards)
        self._measure()
        if cards and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0))

    def columns(self) -> int:
        """How many cards stand side by side."""
        least = self.theme.metrics.px(LEAST) + GAP
        return max(1, min(MOST_COLUMNS, (self.viewport().width() + GAP) // least))

    def cell(self) -> QSize:
        """The place of a card; Qt must find them all side by side, with the bar's room taken off."""
        wide = self.maximumViewportSize().width()
        if self.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            extent = self.style().pixelMetric(
                QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar()
            )
            wide -= max(extent, self.verticalScrollBar().sizeHint().width()) + 4
        wide = min(wide, self.viewport().width())
        return QSize(max(1, wide // self.columns()), self.theme.metrics.px(TALL) + GAP)

    def card_box(self, place: QRect) -> QRect:
        """The card in its place: the outer cards end where the list ends."""
        count, cell = self.columns(), self.cell()
        column = min(count - 1, (place.left() + cell.width() // 2) // cell.width())
        wide = (self.viewport().width() - (count - 1) * GAP) // count
        return QRect(column * (wide + GAP), place.top(), wide, cell.height() - GAP)

    def place(self, register: str) -> QRect:
        """Where a register's card lies."""
        row = next(at for at, card in enumerate(self._model.cards) if card.key == register)
        return self.card_box(self.visualRect(self._model.index(row)))

    def focus_rect(self) -> QRect:
        """The current card, for the focus ring."""
        if not self.currentIndex().isValid():
            return self.rect()
        return self.card_box(self.visualRect(self.currentIndex())).adjusted(6, 6, -6, -6)

    def _measure(self) -> None:
        """As many columns as have room; the bar is there only when it is needed."""
        rows = -(-len(self._model.cards) // self.columns())
        fits = rows * self.cell().height() - GAP <= self.viewport().height()
        # Qt lays out as if the bar were there unless it is off for good.
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
        self.setGridSize(self.cell())
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.theme.colour("bg"))
        painter.end()
        super().paintEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._choose(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        card = index.data(VIEW)
        if card is not None:
            self.chosen.emit(card.key)
