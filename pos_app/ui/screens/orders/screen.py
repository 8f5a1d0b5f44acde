"""Shows orders from before the day: search and list at the left, one order and what is due at the right."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.preorder import token_in
from pos_app.i18n.texts import tr
from pos_app.ui.screens.asking import ask_choice
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.orders.panel import OrderPanel
from pos_app.ui.screens.orders.presenter import OrdersPresenter
from pos_app.ui.screens.orders.sheet import SheetTaking
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from pos_app.services.preorders import OrderView

ALL_LABELS: tuple[str, ...] = ()


class OrdersScreen(Screen):
    """Find the person, hand the order out."""

    name = "orders"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = OrdersPresenter(desk.house)
        self.sheet = SheetTaking(self)
        self._build_work()
        self.detail = OrderPanel(self.theme)
        self.detail.pick.connect(self._pick_line)
        self.detail.pack.connect(self._pack)
        self.detail.change.connect(self._change)
        self.detail.back.connect(desk.home)
        self.column(self.panel_body, 0).addWidget(self.detail)
        self.corner.set_icon("box-out")
        self.corner.refused.connect(lambda reason: self.desk.say(reason, icon="info"))

    def _build_work(self) -> None:
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 12, pad, 12)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(12)
        hints = tr("이름, 초성, 전화 끝 네 자리, QR\n이름이나 끝 네 자리\n이름")
        self.search = Field("orders_search", tr("주문 찾기"), hints, icon="search")
        self.search.changed.connect(self._search)
        self.search.entered.connect(self._entered)
        self.more = Key(tr("주문표·목록"), "menu", "plain", "orders_more")
        self.more.clicked.connect(self._more)
        top.addWidget(self.search, 1)
        top.addWidget(self.more)
        column.addLayout(top)
        self.filters = ChipRow("orders_filter", tr("어떤 주문을 볼까요"))
        self.filters.picked.connect(self._filter)
        column.addWidget(self.filters)
        self.list = PickList("orders_list", tr("주문 목록"))
        self.list.picked.connect(self._pick)
        self.list.entered.connect(lambda _key: self.press_corner())
        column.addWidget(self.list, 1)
        self.nothing = Empty(
            "bundle",
            tr("공동구매 주문이 아직 없어요"),
            tr("기관에서 받은 주문표(엑셀)를 가져오면 여기에 사람마다 모여요."),
            tr("주문표 가져오기"),
            "box-in",
            "no_orders",
        )
        self.nothing.pressed.connect(self.sheet.choose)
        column.addWidget(self.nothing, 1)
        self.none_found = Empty(
            "search", tr("맞는 주문이 없어요"), tr("이름이나 끝 네 자리를 다시 적어요."), name="none_found"
        )
        column.addWidget(self.none_found, 1)
        self.foot = Words("", "caption", True, ink="ink2", name="orders_foot")
        column.addWidget(self.foot)

    # life

    def enter(self) -> None:
        """The orders anew."""
        self.refresh()
        self.reload()

    def reload(self) -> None:
        """Read beside the window."""
        self.desk.run(self.presenter.load, self._take)

    def _take(self, read: "Sequence[OrderView]") -> None:
        self.presenter.take(read)
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """The search."""
        return self.search.edit

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("목록") if opened else tr("고른 주문")

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        rows = view.rows()
        self.nothing.setVisible(view.empty)
        self.none_found.setVisible(not view.empty and not rows)
        self.list.setVisible(bool(rows))
        self.list.set_rows(rows, view.chosen)
        self.filters.setVisible(not view.empty)
        self.filters.set_choices(view.filters(), "" if view.query else view.filter)
        self.foot.setText("" if view.empty else view.footer())
        self.foot.setVisible(not view.empty)
        self.detail.show_order(view)
        self.corner.setText(view.corner())
        self.corner.set_off(view.off_reason() or None)
        self.refresh_side()

    # finding

    def _search(self, text: str) -> None:
        if token_in(text):
            return  # a label typed or scanned into the field: Enter opens it
        try:
            self.presenter.search(text)
        except Exception as error:
            self.desk.trouble(error)
        self.refresh()

    def _entered(self) -> None:
        text = self.search.text()
        if token_in(text):
            self.search.edit.clear()
            self.open_code(text)
        elif len(self.presenter.shown()) == 1:
            self._pick(self.presenter.shown()[0].id)

    def scanned(self, text: str) -> None:
        """A label opens its order; a product's code goes to the sale."""
        if token_in(text):
            self.open_code(text)
        else:
            super().scanned(text)

    def open_code(self, text: str) -> None:
        """The order of a label's code."""
        try:
            self.presenter.open_code(text)
        except Exception as error:
            self.desk.beep(False)
            self.desk.trouble(error)
            return
        self.desk.beep(True)
        self.refresh()
        if self.metrics.one_pane and not self._side_open:
            self.toggle_side()

    def _filter(self, key: str) -> None:
        self.presenter.filter = key
        self.presenter.query = ""
        self.search.edit.clear()
        self.presenter.search("")
        self.refresh()

    def _pick(self, key: str) -> None:
        self.presenter.choose(key)
        self.refresh()

    # handing out

    def press_corner(self) -> None:
        """내주기, or to the payment first."""
        view = self.presenter
        reason = view.off_reason()
        if reason:
            self.desk.say(reason, icon="info")
            return
        if self.desk.house.shifts.current() is None:
            self.desk.go("shift_open")
            self.desk.say(tr("준비금을 세고 개점하면 주문을 내줄 수 있어요."), icon="info")
            return
        try:
            if view.pays_now():
                view.to_payment()
                self.desk.go("tender")
            else:
                done, products = view.hand_out()
                self.desk.sale_done(done, products)
        except Exception as error:
            self.desk.trouble(error)
            self.reload()

    # changing

    def _pick_line(self, no: int) -> None:
        self.presenter.line = no
        self.refresh()

    def _do(self, act: Callable[[], object], said: str = "") -> None:
        try:
            told = act()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.reload()
        words = said or (told if isinstance(told, str) else "")
        if words:
            self.desk.say(words)

    def _pack(self) -> None:
        self._do(self.presenter.toggle_packed)

    def _change(self) -> None:
        choices = self.presenter.changes()
        if choices:
            ask_choice(self, tr("이 주문을 어떻게 할까요?"), choices, "", self._take_change, 2)

    def _take_change(self, choice: str) -> None:
        view = self.presenter
        if choice == "substitute":
            title = tr("{name} 대신 무엇을 줄까요?", name=view.line_name())
            self.desk.ask_text(title, tr("물건 이름이나 초성을 적어요."), tr("찾기"), self._find_other)
        elif choice == "take_out":
            self._do(view.take_out)
        elif choice == "paid":
            self._do(view.paid, tr("미리 받은 것으로 적었어요. 이제 바로 내줄 수 있어요."))
        elif choice == "label":
            self._labels((view.chosen,))
        elif choice == "cancel":
            self.desk.ask(
                tr("이 주문을 취소할까요?"),
                tr("취소한 주문은 다시 열 수 없어요. 미리 낸 돈은 따로 돌려줘요."),
                tr("그대로 두기"),
                tr("주문 취소하기"),
                lambda: self._do(view.cancel, tr("주문을 취소했어요.")),
                True,
            )

    def _find_other(self, text: str) -> None:
        found = self.presenter.goods_like(text)
        if not found:
            self.desk.say(tr("그런 물건이 없어요."), icon="info")
            return
        act = self.presenter.substitute
        ask_choice(self, tr("무엇으로 바꿀까요?"), found, "", lambda chosen: self._do(lambda: act(chosen)), 1)

    # sheets and papers

    def _more(self) -> None:
        choices = [("sheet", tr("주문표 가져오기"))]
        if not self.presenter.empty:
            choices += [
                ("pick", tr("업체별 준비 목록")),
                ("labels", tr("이름표 모두 뽑기")),
                ("unclaimed", tr("남은 것 미수령으로")),
            ]
        choices.append(("bundles", tr("꾸러미 만들기")))
        ask_choice(self, tr("무엇을 할까요?"), choices, "", self._take_more, 2)

    def _take_more(self, choice: str) -> None:
        if choice == "sheet":
            self.sheet.choose()
        elif choice == "pick":
            self.sheet.show_pick_list()
        elif choice == "labels":
            self._labels(ALL_LABELS)
        elif choice == "bundles":
            self.desk.go("bundles")
        elif choice == "unclaimed":
            self.desk.ask(
                tr("남은 주문을 모두 미수령으로 적을까요?"),
                tr("장이 끝났을 때 눌러요. 늦게 온 사람에게도 내줄 수 있어요."),
                tr("그대로 두기"),
                tr("미수령으로 적기"),
                lambda: self._do(self.presenter.close_unclaimed),
            )

    def _labels(self, order_ids: Sequence[str]) -> None:
        choices = [("pdf", tr("A4 PDF로 저장")), ("printer", tr("영수증 인쇄기로 뽑기"))]
        ask_choice(
            self, tr("이름표를 어디에 뽑을까요?"), choices, "", lambda to: self._take_labels(to, order_ids), 2
        )

    def _take_labels(self, to: str, order_ids: Sequence[str]) -> None:
        view = self.presenter
        if to == "printer":
            self.desk.run(lambda: view.print_labels(order_ids), self.desk.say)
            return
        path, _ = QFileDialog.getSaveFileName(
            self, tr("어디에 저장할까요?"), str(Path.home() / f"{tr('이름표')}.pdf"), "PDF (*.pdf)"
        )
        if path:
            self.desk.run(lambda: view.save_labels(Path(path), order_ids), self.desk.say)
