"""Shows the carts put aside."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models.items import RowView
from pos_app.ui.screens import wording
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parked.presenter import ParkedPresenter
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.words import Words


class ParkedScreen(Screen):
    """Pick one, take it back."""

    name = "parked"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = ParkedPresenter(desk.house)
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        column.addWidget(Words(tr("보류한 것"), "title", True, name="parked_title"))
        self.list = PickList("parked_list", tr("보류한 것"))
        self.list.picked.connect(self._pick)
        self.list.entered.connect(lambda _key: self.press_corner())
        self.nothing = Empty(
            "park", tr("보류한 것이 없어요"), tr("판매 화면에서 보류를 누르면 여기에 있어요."), name="no_parked"
        )
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        self._build_panel()

    def _build_panel(self) -> None:
        column = self.column(self.panel_body, 12, 16)
        self.back = Key(tr("판매로 돌아가기"), "left", "plain", "back_to_selling")
        self.back.clicked.connect(self.desk.home)
        column.addWidget(self.back)
        self.caption = Words("", "key_big", ink="ink2")
        self.total = BigNumber(0, "counted", tr("합계"), "parked_total")
        self.detail = Words("", "body", ink="ink2")
        column.addWidget(self.caption)
        column.addWidget(self.total)
        column.addWidget(self.detail)
        column.addStretch(1)
        self.rename = Key(tr("이름 바꾸기"), "edit", "plain", "parked_rename")
        self.throw = Key(tr("버리기"), "trash", "danger", "parked_throw")
        self.rename.clicked.connect(self._rename)
        self.throw.clicked.connect(self._throw)
        column.addWidget(self.rename)
        column.addWidget(self.throw)
        self.corner.setText(tr("불러오기"))

    def enter(self) -> None:
        """The list anew."""
        self.refresh()

    def leave(self) -> None:
        """What was thrown away goes for good."""
        self.presenter.settle()

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.list if self.presenter.chosen else self.back

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("목록") if opened else tr("고른 것")

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        carts = view.rows()
        rows = [
            RowView(cart.id, view.name(cart), view.detail(cart), wording.amount(cart.total_won)) for cart in carts
        ]
        self.list.set_rows(rows, view.chosen)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        cart = view.cart()
        for part in (self.caption, self.total, self.detail, self.rename, self.throw):
            part.setVisible(cart is not None)
        if cart is not None:
            self.caption.setText(view.name(cart))
            self.total.set_amount(cart.total_won)
            self.detail.setText(view.detail(cart))
        self.corner.set_off(view.recall_reason() or None)

    def _pick(self, key: str) -> None:
        self.presenter.chosen = key
        self.refresh()

    def press_corner(self) -> None:
        """Take it back."""
        reason = self.presenter.recall_reason()
        if reason:
            self.desk.say(reason, icon="info")
            return
        try:
            self.presenter.recall()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.desk.home()

    def _rename(self) -> None:
        cart = self.presenter.cart()
        if cart is not None:
            self.desk.ask_text(tr("이름 바꾸기"), "", tr("이 이름으로"), self._take_name, cart.name)

    def _take_name(self, name: str) -> None:
        try:
            self.presenter.rename(name)
        except Exception as error:
            self.desk.trouble(error)
        self.refresh()

    def _throw(self) -> None:
        said = self.presenter.throw_away()
        self.refresh()
        if said:
            self.desk.say(said, self._undo_throw)

    def _undo_throw(self) -> None:
        self.presenter.undo()
        self.refresh()
