"""Shows selling: tiles at the left, the cart at the right, 결제 in the corner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.domain.catalogue import TaxClass
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.selling.acts import CartActs
from pos_app.ui.screens.selling.panel import SellingPanel
from pos_app.ui.screens.selling.presenter import (
    Filter,
    FirstTiles,
    Outcome,
    Rest,
    SellingPresenter,
    first_tiles,
    rest_of,
)
from pos_app.ui.screens.selling.work import SellingWork

if TYPE_CHECKING:
    from pos_app.ui.screens.desk import Desk
    from pos_app.ui.screens.house import House

REST_OF_TILES_MS = 400


class SellingScreen(Screen):
    """The screen that is open nearly all day."""

    name = "selling"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = SellingPresenter(desk.house)
        self._loaded = False
        self._ahead: FirstTiles | None = None
        self._filter_words = ""
        self.left = SellingWork(self.theme, self.work)
        column = QVBoxLayout(self.work)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.left)
        self.cart = SellingPanel(self.theme)
        self.column(self.panel_body, 0).addWidget(self.cart)
        self.acts = CartActs(self)
        self.corner.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._connect()

    def _connect(self) -> None:
        left, cart, acts = self.left, self.cart, self.acts
        left.chosen.connect(self.tap)
        left.searched.connect(self._search)
        left.search_entered.connect(self._enter_in_search)
        left.filtered.connect(lambda kind, value: self._filter(kind, value, value))
        left.more.connect(self._more)
        left.parked.connect(lambda: self.desk.go("parked"))
        left.new_goods.connect(lambda: self.ask_new("", self.presenter.query))
        cart.lines.plus.connect(self._plus)
        cart.lines.minus.connect(self._minus)
        cart.lines.remove.connect(self._remove)
        cart.lines.edit.connect(self.edit_line)
        cart.lines.picked.connect(self._pick)
        cart.customer.connect(acts.customer)
        cart.discount.connect(acts.discount)
        cart.park.connect(acts.park)
        cart.repeat.connect(acts.repeat)
        self.corner.refused.connect(lambda reason: self.desk.say(reason, icon="info"))

    # life

    @staticmethod
    def read_ahead(house: House) -> FirstTiles:
        """The first tiles."""
        return first_tiles(house)

    def take_ahead(self, ahead: object) -> None:
        """These tiles come first."""
        if isinstance(ahead, FirstTiles):
            self._ahead = ahead

    def enter(self) -> None:
        """Back at the cart."""
        if not self._loaded:
            self.load()
        if self.presenter.take_in_fresh():
            self._show_all()
        self.refresh_parked()
        self.refresh()
        if self.desk.house.till.unfinished():
            self.acts.ask_unfinished()

    def load(self) -> None:
        """Read the tiles and fix their order."""
        self._loaded = True
        more = self.presenter.load(self._ahead)
        self._ahead = None
        self._show_all()
        if more:
            QTimer.singleShot(REST_OF_TILES_MS, self, self._read_rest)

    def _read_rest(self) -> None:
        """Beside the window, once the first scan had its chance: two threads share one interpreter."""
        house = self.desk.house
        self.desk.run(lambda: rest_of(house.goods.tiles()), self._fill)

    def _fill(self, rest: Rest) -> None:
        """The rest of the tiles came in."""
        self.presenter.fill(rest)
        self._show_all()

    def _show_all(self) -> None:
        self.left.show_categories(self.presenter.categories())
        self._show_tiles()
        self.left.show_filter(self.presenter.filter, self._filter_words)

    def sold(self, products: list[str]) -> None:
        """A sale took these away: their stock is read again."""
        for item in self.presenter.refresh(list(dict.fromkeys(products))):
            self.left.grid.replace(item)

    def first_focus(self) -> QWidget | None:
        """The search."""
        return self.left.search.edit

    def arrange(self) -> None:
        """The chips fold with the window."""
        self.left.arrange()

    # showing

    def refresh(self) -> None:
        """The cart, the counts on the tiles, the corner key; the tiles stay as they are."""
        view = self.presenter
        rows = view.rows()
        totals = view.totals()
        self.left.grid.set_counts(view.counts())
        self.cart.show_cart(rows, totals, view.selected)
        self.cart.customer_key.setText(self._customer_words())
        self.cart.steps.again.setVisible(not rows)
        self._show_park(bool(rows))
        words = tr("결제")
        if self.metrics.one_pane and rows:
            words = tr("결제 {amount}", amount=wording.won(totals.total_won))
        if self.desk.house.practice:
            words = tr("연습 {words}", words=words)
        self.corner.setText(words)
        self.corner.set_off(None if rows else tr("담은 것이 없어요."))
        self.refresh_side()

    def _customer_words(self) -> str:
        words = self.presenter.customer()
        if self.metrics.scale >= 1.5 and words == tr("일반 손님"):
            return tr("손님")
        return words if len(words) <= 12 else words[:12] + "…"

    def _show_park(self, full: bool) -> None:
        key = self.cart.park_key
        count = self._parked
        if full or not count:
            key.setText(tr("보류"))
            key.set_off(None if full else tr("담은 것이 없어요."))
        else:
            key.setText(tr("불러오기 {count}", count=count) if self.metrics.chips_folded else tr("불러오기"))
            key.set_off(None)

    _parked = 0

    def refresh_parked(self) -> None:
        """How many carts are put aside."""
        self._parked = self.presenter.parked_count()
        self.left.show_parked(self._parked)

    def _show_tiles(self) -> None:
        self.left.show_tiles(self.presenter.shown(), self.presenter.query)

    def side_words(self, opened: bool) -> str:
        """In one pane the cart lies behind 담은 것 n."""
        return tr("물건") if opened else tr("담은 것 {count}", count=self.presenter.totals().pieces)

    # tiles and search

    def _search(self, text: str) -> None:
        self.presenter.query = text
        self.close_side()
        self._show_tiles()

    def found_more(self) -> None:
        """What is being looked for may be found now."""
        if self.presenter.query.strip() and not self.left.search.empty():
            self.left.show_tiles(self.presenter.shown(), self.presenter.query, keep_page=True)

    def _enter_in_search(self) -> None:
        query = self.presenter.query.strip()
        if not query:
            return
        if query.isascii() and query.isdecimal() and len(query) >= 8:
            self.left.search.clear()
            self.scanned(query)
            return
        hits = self.presenter.shown()
        if hits:
            self.left.search.clear()
            self.tap(hits[0].product_id)

    def _filter(self, kind: str, value: str, words: str) -> None:
        self.presenter.filter = Filter(kind, value)
        self._filter_words = words
        self.left.search.clear()
        self.left.show_filter(self.presenter.filter, words)
        self._show_tiles()

    def _more(self) -> None:
        view = self.presenter
        # lazy: the first scan waits for no dialog, here and below
        from pos_app.ui.screens.selling.filters import FilterDialog

        dialog = FilterDialog(self, view.vendors(), view.categories(), view.filter)
        dialog.picked.connect(self._filter)
        self.desk.open_dialog(dialog)

    def tap(self, product_id: str) -> None:
        """A tile pressed."""
        self._attempt(lambda: self.presenter.tap(product_id))

    def scanned(self, text: str) -> None:
        """A code scanned, from whichever screen."""
        try:
            outcome = self.presenter.scan(text)
        except Exception as error:
            self.desk.beep(False)
            self.desk.trouble(error)
            return
        self.desk.beep(outcome.kind != "unknown")
        self._follow(outcome)

    def _attempt(self, act: object) -> None:
        try:
            outcome: Outcome = act()  # type: ignore[operator]
        except Exception as error:
            self.desk.trouble(error)
            return
        self._follow(outcome)

    def _follow(self, outcome: Outcome) -> None:
        if outcome.kind == "weigh":
            self._weigh(outcome.product_id)
        elif outcome.kind == "order":
            self.desk.go("orders").scanned(outcome.code)
        elif outcome.kind == "receipt":
            self.desk.go("receipts").scanned(outcome.code)
        elif outcome.kind == "unknown":
            self.ask_new(outcome.code)
        elif outcome.kind == "added":
            self.refresh()
        if outcome.message:
            self.desk.say(outcome.message, icon="info")

    def _weigh(self, product_id: str) -> None:
        # lazy: see above
        from pos_app.ui.screens.line_edit.screen import WeighDialog

        dialog = WeighDialog(self, self.desk.house, product_id)
        dialog.weighed.connect(lambda milli: self._attempt(lambda: self.presenter.add(product_id, milli)))
        self.desk.open_dialog(dialog)

    def ask_new(self, code: str, name: str = "") -> None:
        """A thing nobody knows yet."""
        house = self.desk.house
        lines = house.till.cart.lines
        vendor_id = house.settings.get("vendor_id") or (lines[-1].vendor_id if lines else "")
        # lazy: see above
        from pos_app.ui.screens.selling.quick_add import QuickAddDialog

        dialog = QuickAddDialog(self, code, self.presenter.vendors(), vendor_id, name)
        dialog.given.connect(lambda *given: self._attempt(lambda: self._add_new(code, *given)))
        self.desk.open_dialog(dialog)

    def _add_new(self, code: str, name: str, won: int, vendor_id: str, tax: str) -> Outcome:
        goods = self.desk.house.goods
        product_id = goods.quick_add(name, won, vendor_id, barcode=code, tax_class=TaxClass(tax))
        self.presenter.take_in(product_id)
        self.left.search.clear()
        self._show_tiles()
        return self.presenter.add(product_id, 1000)

    # lines

    def _pick(self, key: str) -> None:
        self.presenter.selected = key

    def _plus(self, key: str) -> None:
        self._line_act(lambda: self.presenter.plus(key), "info")

    def _minus(self, key: str) -> None:
        self._line_act(lambda: self.presenter.minus(key), "check", undo=True)

    def _remove(self, key: str) -> None:
        self._line_act(lambda: self.presenter.remove(key), "check", undo=True)

    def _line_act(self, act: object, icon: str, undo: bool = False) -> None:
        try:
            said: str = act()  # type: ignore[operator]
        except Exception as error:
            self.desk.trouble(error)
            return
        self.refresh()
        if said:
            self.desk.say(said, self.undo if undo else None, icon=icon)

    def undo(self) -> bool:
        """Take the last change of the cart back."""
        taken = self.desk.house.till.undo()
        self.refresh()
        return taken

    def edit_line(self, key: str, tab: str = "quantity") -> None:
        """The dialog of one line."""
        # lazy: see above
        from pos_app.ui.screens.line_edit.screen import LineEditDialog

        dialog = LineEditDialog(self, self.desk, key, tab, self.refresh)
        dialog.removed.connect(lambda: self._remove(key))
        self.desk.open_dialog(dialog)

    # the corner, keys

    def press_corner(self) -> None:
        """결제."""
        if self.presenter.empty:
            self.desk.say(tr("담은 것이 없어요."), icon="info")
            return
        if self.desk.house.shifts.current() is None:
            self.desk.go("shift_open")
            self.desk.say(tr("준비금을 세고 개점하면 팔 수 있어요. 담은 것은 그대로 있어요."), icon="info")
            return
        self.desk.go("tender")

    def press_key(self, event: QKeyEvent) -> bool:
        """Keys of the selling screen."""
        return self.acts.press_key(event)

    def step_back(self) -> bool:
        """Esc: the search first, then the filter."""
        if not self.left.search.empty():
            self.left.search.clear()
            return True
        if super().step_back():
            return True
        if self.presenter.filter.kind != "best":
            self._filter("best", "", "")
            return True
        return False
