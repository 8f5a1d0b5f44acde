"""The right side of orders: whose, what is due, the goods, packing and changes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.orders.presenter import OrdersPresenter
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Divider
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.words import Words


class OrderPanel(QWidget):
    """`pick(line number)`, `pack`, `change`, `back`."""

    pick = Signal(int)
    pack = Signal()
    change = Signal()
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        column = self._column = QVBoxLayout(self)
        theme.changed.connect(self._space)
        self.home = Key(tr("판매로 돌아가기"), "left", "plain", "orders_back")
        self.home.clicked.connect(self.back)
        column.addWidget(self.home)
        self.person = Words("", "title", True, name="order_person")
        self.about = Words("", "body", ink="ink2", name="order_about")
        self.caption = Words("", "key_big", ink="ink2")
        self.due = BigNumber(0, "counted", tr("받을 돈"), "order_due")
        self.words = Words("", "body", ink="ink2", name="order_money")
        self.notice = Notice("", "bad", name="order_warning")
        for part in (
            self.person,
            self.about,
            self.caption,
            self.due,
            self.words,
            self.notice,
            Divider(strong=True),
        ):
            column.addWidget(part)
        self.lines = PickList("order_lines", tr("주문한 물건"))
        self.lines.picked.connect(lambda key: self.pick.emit(int(key)))
        column.addWidget(self.lines, 1)
        self.rest = QWidget()  # holds the words at the top while no order is chosen
        column.addWidget(self.rest, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.pack_key = Key(tr("포장함"), "bundle", "plain", "order_pack")
        self.change_key = Key(tr("고치기"), "edit", "plain", "order_change")
        self.pack_key.clicked.connect(self.pack)
        self.change_key.clicked.connect(self.change)
        row.addWidget(self.pack_key, 1)
        row.addWidget(self.change_key, 1)
        column.addLayout(row)
        self._space()

    def _space(self) -> None:
        """Large letters take the room of the gaps."""
        tight = self._theme.metrics.scale >= 1.5
        self._column.setSpacing(4 if tight else 8)
        self._column.setContentsMargins(16, 8 if tight else 16, 16, 12)

    def show_order(self, view: OrdersPresenter) -> None:
        """The chosen order, or that none is chosen."""
        chosen = view.order() is not None
        money = view.money()
        self.person.setText(view.title())
        self.about.setText(view.detail())
        self.caption.setText(money.caption)
        self.due.set_caption(money.caption)
        self.due.set_amount(money.won)
        self.words.setText(money.words)
        warning = view.warning()
        self.notice.set(warning)
        self.notice.setVisible(bool(warning))
        metrics = self._theme.metrics
        self.home.setVisible(not metrics.one_pane)
        for part in (self.due, self.lines, self.change_key):
            part.setVisible(chosen)
        # Large letters need the room: what the number is called stands with the words under it.
        self.caption.setVisible(chosen and metrics.scale < 1.5)
        if metrics.scale >= 1.5 and chosen:
            self.words.setText(" · ".join(part for part in (money.caption, money.words) if part))
        self.rest.setVisible(not chosen)
        self.words.setVisible(chosen and bool(self.words.text()))
        self.lines.set_rows(view.lines(), str(view.line) if view.line else "")
        self.pack_key.setVisible(view.can_pack())
        self.pack_key.setText(tr("포장 안 함") if view.packed() else tr("포장함"))
        self.change_key.set_off(None if view.changes() else tr("고칠 것이 없어요."))
