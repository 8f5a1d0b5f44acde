"""Shows bundles (꾸러미): the list at the left, name, parts and price of one at the right."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.asking import ask_choice
from pos_app.ui.screens.bundles.presenter import BundlesPresenter
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.pick_list_dialog import show_pick_list
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Divider
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from pos_app.services.bundles import BundleView

COUNTS = (1, 5, 10, 20, 50, 100)


class BundlesScreen(Screen):
    """Made by the coordinator; sold like any tile."""

    name = "bundles"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = BundlesPresenter(desk.house)
        self._build_work()
        self._build_panel()
        self.corner.set_icon("check")
        self.corner.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
        self.theme.changed.connect(self._space)
        self._space()

    def _build_work(self) -> None:
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 12, pad, 12)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(Words(tr("꾸러미"), "title", True, name="bundles_title"), 1)
        self.fresh = Key(tr("새 꾸러미"), "plus", "plain", "bundle_new")
        self.fresh.clicked.connect(self._new)
        top.addWidget(self.fresh)
        column.addLayout(top)
        self.list = PickList("bundles_list", tr("꾸러미 목록"))
        self.list.picked.connect(self._open)
        column.addWidget(self.list, 1)
        self.nothing = Empty(
            "bundle",
            tr("아직 꾸러미가 없어요"),
            tr("여러 업체의 물건을 한 값에 팔아요. 값은 정한 몫대로 나눠요."),
            tr("새 꾸러미"),
            "plus",
            "no_bundles",
        )
        self.nothing.pressed.connect(self._new)
        column.addWidget(self.nothing, 1)

    def _build_panel(self) -> None:
        self.panel_column = column = QVBoxLayout(self.panel_body)
        self.back = Key(tr("판매로 돌아가기"), "left", "plain", "bundles_back")
        self.back.clicked.connect(self.desk.home)
        column.addWidget(self.back)
        self.caption = Words("", "title", True, name="bundle_name")
        self.price = BigNumber(0, "counted", tr("꾸러미 값"), "bundle_price")
        self.words = Words("", "body", ink="ink2", name="bundle_words")
        for part in (self.caption, self.price, self.words, Divider(strong=True)):
            column.addWidget(part)
        self.parts = PickList("bundle_parts", tr("담은 물건"))
        self.parts.picked.connect(self._pick)
        column.addWidget(self.parts, 1)
        grid = self.grid = QGridLayout()
        grid.setSpacing(8)
        self.less = self._key("", "minus", "bundle_less", lambda: self._step(-1), tr("고른 물건 하나 줄이기"))
        self.more = self._key("", "plus", "bundle_more", lambda: self._step(1), tr("고른 물건 하나 늘리기"))
        self.add = self._key(tr("물건 담기"), "search", "bundle_add", self._ask_goods)
        self.set_price = self._key(tr("값 정하기"), "edit", "bundle_set_price", self._ask_price)
        self.others = self._key(tr("그 밖에"), "menu", "bundle_others", self._others)
        grid.addWidget(self.less, 0, 0)
        grid.addWidget(self.more, 0, 1)
        grid.addWidget(self.add, 0, 2, 1, 2)
        grid.addWidget(self.set_price, 1, 0, 1, 2)
        grid.addWidget(self.others, 1, 2, 1, 2)
        column.addLayout(grid)

    def _key(self, text: str, icon: str, name: str, act: Callable[[], object], spoken: str = "") -> Key:
        key = Key(text, icon, "plain", name, spoken=spoken)
        key.clicked.connect(lambda _checked=False: act())
        return key

    def _space(self) -> None:
        """Large letters take the room of the gaps."""
        tight = self.metrics.scale >= 1.5
        self.panel_column.setSpacing(4 if tight else 8)
        self.panel_column.setContentsMargins(16, 8 if tight else 16, 16, 12)

    # life

    def enter(self) -> None:
        """The bundles anew."""
        self.refresh()
        self.desk.run(self.presenter.load, self._take)

    def _take(self, read: "list[BundleView]") -> None:
        self.presenter.take(read)
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """The list, or the key that makes the first."""
        return self.fresh if self.presenter.empty else self.list

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("목록") if opened else tr("담은 물건")

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        draft = view.draft
        rows = view.rows()
        self.list.set_rows(rows, draft.id if draft is not None else "")
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(view.empty)
        self.fresh.setVisible(not view.empty)
        self.back.setVisible(not self.metrics.one_pane)
        self.caption.setText(draft.name if draft is not None else tr("고른 꾸러미가 없어요"))
        self.price.set_amount(draft.price_won if draft is not None else 0)
        self.price.setVisible(draft is not None)
        self.words.setText(view.words())
        self.parts.set_rows(view.part_rows(), view.part)
        chosen = tr("담은 물건을 먼저 골라요.") if view.chosen() is None else None
        self.less.set_off(chosen)
        self.more.set_off(chosen)
        none = tr("꾸러미를 먼저 골라요.") if draft is None else None
        for key in (self.add, self.set_price, self.others):
            key.set_off(none)
        self.corner.setText(tr("꾸러미 저장"))
        self.corner.set_off(view.off_reason() or None)
        self.refresh_side()

    # acts

    def _do(self, act: Callable[[], object]) -> None:
        try:
            said = act()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.refresh()
        if isinstance(said, str) and said:
            self.desk.say(said)

    def _open(self, key: str) -> None:
        self._do(lambda: self.presenter.open(key))

    def _new(self) -> None:
        self.desk.ask_text(tr("꾸러미 이름"), tr("손님이 볼 이름이에요."), tr("이 이름으로"), self._begin)

    def _begin(self, name: str) -> None:
        if name.strip():
            self._do(lambda: self.presenter.new(name))
            if self.metrics.one_pane and not self._side_open:
                self.toggle_side()

    def _pick(self, key: str) -> None:
        self.presenter.part = key
        self.refresh()

    def _step(self, by: int) -> None:
        self._do(lambda: self.presenter.step(by))

    def _ask_goods(self) -> None:
        self.desk.ask_text(
            tr("무엇을 담을까요?"), tr("물건 이름이나 초성, 업체를 적어요."), tr("찾기"), self._find
        )

    def _find(self, text: str) -> None:
        found = self.presenter.goods_like(text) if text.strip() else []
        if not found:
            self.desk.say(tr("그런 물건이 없어요."), icon="info")
            return
        ask_choice(
            self,
            tr("무엇을 담을까요?"),
            found,
            "",
            lambda each: self._do(lambda: self.presenter.add(each)),
            1,
        )

    def _ask_price(self) -> None:
        draft = self.presenter.draft
        now = str(draft.price_won) if draft is not None and draft.price_won else ""
        self.desk.ask_text(
            tr("꾸러미 값"),
            tr("하나의 값(원)을 넣어요. 부가세가 들어 있어요."),
            tr("이 값으로"),
            self._take_price,
            now,
        )

    def _take_price(self, text: str) -> None:
        self._do(lambda: self.presenter.set_price(text))

    def _others(self) -> None:
        draft = self.presenter.draft
        if draft is None:
            return
        choices = [("rename", tr("이름 바꾸기"))]
        if self.presenter.chosen() is not None:
            choices += [("weight", tr("고른 물건의 몫")), ("drop", tr("고른 물건 빼기"))]
        if draft.id:
            choices += [("pick", tr("준비 목록"))]
            choices += [] if draft.barcode else [("barcode", tr("바코드 만들기"))]
            choices += [("stop", tr("그만 팔기"))] if draft.active else [("sell", tr("다시 팔기"))]
        ask_choice(self, tr("무엇을 할까요?"), choices, "", self._take_other, 2)

    def _take_other(self, choice: str) -> None:
        view = self.presenter
        if choice == "rename" and view.draft is not None:
            self.desk.ask_text(tr("이름 바꾸기"), "", tr("이 이름으로"), self._rename, view.draft.name)
        elif choice == "weight":
            words = tr("값을 나눌 때의 몫이에요. 비우면 물건값만큼이에요.")
            self.desk.ask_text(tr("고른 물건의 몫"), words, tr("이 몫으로"), self._weigh)
        elif choice == "drop":
            self._do(view.remove_part)
        elif choice == "barcode":
            self._do(view.give_barcode)
        elif choice in ("stop", "sell"):
            self._do(lambda: view.set_active(choice == "sell"))
        elif choice == "pick":
            counts = [(str(count), tr("{count}개", count=count)) for count in COUNTS]
            ask_choice(self, tr("몇 개를 만들까요?"), counts, "", self._show_pick_list, 3)

    def _rename(self, name: str) -> None:
        if name.strip():
            self._do(lambda: self.presenter.rename(name))

    def _weigh(self, text: str) -> None:
        self._do(lambda: self.presenter.set_weight(text))

    def _show_pick_list(self, count: str) -> None:
        desk, view = self.desk, self.presenter
        try:
            document = view.pick_list(int(count))
        except Exception as error:
            desk.trouble(error)
            return
        show_pick_list(self, desk, document, view.print_document)

    def press_corner(self) -> None:
        """Save it."""
        reason = self.presenter.off_reason()
        if reason:
            self.desk.say(reason, icon="info")
            return
        self._do(self.presenter.save)
