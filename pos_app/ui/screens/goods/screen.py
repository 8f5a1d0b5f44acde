"""Shows 물건 들고나기: vendors by gap at the left, the sheet with its gap told as a sentence at the right."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.goods_sheet import Column
from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.flow import ChoiceFlow
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.goods.cells import TABS
from pos_app.ui.screens.goods.extras import SuggestDialog, ask_slip
from pos_app.ui.screens.goods.grid import GoodsGrid
from pos_app.ui.screens.goods.presenter import GoodsPresenter
from pos_app.ui.screens.goods.preview import PreviewDialog
from pos_app.ui.screens.goods.words import column_word
from pos_app.ui.screens.parts import RIGHT, Scroller
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.words import Words

CORNER_PX = 296


class GoodsScreen(Screen):
    """One vendor's goods in, out, given, thrown away and counted; then the next vendor."""

    name = "goods"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._showing = False
        self.presenter = GoodsPresenter(desk.house)
        self._build_list()
        self._build_sheet()
        self.corner.setText(tr("저장하고 다음 업체"))
        self.corner.set_icon("check")
        self.corner.refused.connect(lambda reason: self.desk.say(reason, icon="info"))

    def _build_list(self) -> None:
        column = QVBoxLayout(self.panel_body)
        column.setContentsMargins(16, 12, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 16, 0)
        self.count = Words("", "title", True, wrap=False, name="goods_count")
        self.market = Words("", "caption", ink="ink2", align=RIGHT, name="goods_market")
        head.addWidget(self.count)
        head.addWidget(self.market, 1)
        column.addLayout(head)
        self.search = Field("goods_search", tr("업체 찾기"), tr("업체 찾기"), icon="search")
        self.search.changed.connect(self._search)
        holder = QHBoxLayout()
        holder.setContentsMargins(0, 0, 16, 0)
        holder.addWidget(self.search)
        column.addLayout(holder)
        self.vendors = PickList("goods_vendors", tr("업체, 차이 큰 순"))
        self.vendors.picked.connect(self._choose)
        column.addWidget(self.vendors, 1)

    def _build_sheet(self) -> None:
        pad = self.metrics.padding
        self.outer = QVBoxLayout(self.work)
        self.outer.setContentsMargins(pad, 12, pad, 12)
        self.outer.setSpacing(8)
        self.scroller = Scroller("goods_sheet", gap=8)
        column = self.scroller.column
        self.outer.addWidget(self.scroller, 1)
        tabs = (("in", tr("반입")), ("out", tr("반출")), ("count", tr("실사")))
        self.tabs = ChoiceFlow(self.theme, "goods_tabs", tr("무엇을 적을까요?"), tabs)
        self.tabs.picked.connect(self._tab)
        more = (
            ("file", tr("엑셀 반입수량 가져오기")),
            ("last", tr("지난 장터처럼")),
            ("suggest", tr("추천 수량")),
            ("slip", tr("인계증")),
        )
        self.fill = ChoiceFlow(self.theme, "goods_fill", tr("미리 채우기와 인계증"), more)
        self.fill.picked.connect(self._fill)
        self.top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.top.setSpacing(8)
        self.top.addWidget(self.tabs, 1)
        self.top.addWidget(self.fill, 3)
        column.addLayout(self.top)
        self._build_heading(column)
        self.grid = GoodsGrid(self.theme, self.scroller)
        self.grid.typed.connect(self._typed)
        self.grid.focused.connect(self._focused)
        self.grid.stepped.connect(self._step)
        self.grid.done.connect(self.corner.setFocus)
        column.addWidget(self.grid)
        self.sums = Words("", "body", True, align=RIGHT, name="goods_sums")
        column.addWidget(self.sums)
        column.addStretch(1)
        self._build_foot()

    def _build_heading(self, column: QVBoxLayout) -> None:
        self.heading = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.who = Words("", "title", True, name="goods_who")
        self.whose = Words("", "caption", ink="ink2", name="goods_whose")
        self.total = BigNumber(0, "total", tr("차이 금액"), "goods_gap")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.who)
        words.addWidget(self.whose)
        self.heading.addLayout(words, 1)
        self.heading.addWidget(Words(tr("차이"), "body", ink="ink2", align=RIGHT, wrap=False), 1)
        self.heading.addWidget(self.total)
        column.addLayout(self.heading)

    def _build_foot(self) -> None:
        steps = (("-10", "-10"), ("-1", "-1"), ("1", "+1"), ("10", "+10"), ("all", tr("남은 것 모두")))
        self.steps = ChoiceFlow(self.theme, "goods_step", tr("고른 칸 바꾸기"), steps)
        self.steps.picked.connect(self._stepped)
        self.outer.addWidget(self.steps)
        self.why = ChoiceFlow(self.theme, "goods_why", tr("왜 버리나요?"))
        self.why.picked.connect(self._why)
        self.outer.addWidget(self.why)
        self.story = Notice("", "info", name="goods_story")
        self.outer.addWidget(self.story)
        self.nothing = Empty(
            "box-in",
            tr("아직 업체가 없어요"),
            tr("엑셀에서 업체와 물건을 가져오면 여기에 나와요."),
            name="goods_nothing",
        )
        self.outer.addWidget(self.nothing, 1)

    # life

    def enter(self) -> None:
        """Read in the background."""
        self.refresh()
        self.desk.run(self.presenter.load, self._take)

    def _take(self, read: tuple[Any, Any, dict[str, str]]) -> None:
        self.presenter.take(read)
        self.refresh()

    def refresh(self) -> None:
        """Show the list and the sheet."""
        view = self.presenter
        self.count.setText(view.title())
        self.market.setText(view.market_words())
        self.vendors.set_rows(view.vendors(), view.vendor)
        for widget in (self.scroller, self.steps, self.story):
            widget.setVisible(not view.empty)
        self.nothing.setVisible(view.empty)
        self.tabs.choose(view.tab)
        _booth, name, more = view.heading()
        self.who.setText(name)
        self.whose.setText(more)
        self._refresh_sheet()

    def _refresh_sheet(self) -> None:
        view = self.presenter
        self._showing = True
        self.grid.show_rows(view.rows(), view.tab, self.work.width() < self.metrics.px(780))
        self._showing = False
        won = view.headline_won()
        self.total.set_amount(won)
        self.total.set_ink("danger" if won else "ink")
        count, both = view.totals()
        self.sums.setText(" · ".join(word for word in (tr("합계"), count, both) if word))
        kind, title, words = view.story()
        if view.sheet is None:
            kind, title, words = "info", tr("업체를 골라요."), ""
        self.story.set(words, kind, title)
        where = view.current
        asked = bool(view.asks_why())
        if asked:
            self.why.set_choices(view.reasons(), view.why())
        self.why.setVisible(asked)
        self.steps.setVisible(where is not None and not view.empty)
        self.corner.set_off(view.off_reason() or None)
        self.refresh_side()

    # layout: the list stands at the left

    def one_column(self) -> bool:
        """The list is a page of its own where there is no room beside it."""
        return self.metrics.list_alone

    def _lay_two_panes(self) -> None:
        wide, high = self.width(), self.height()
        panel = self.metrics.list_width
        left_handed = self.desk.left_handed()
        panel_x = wide - panel if left_handed else 0
        corner, pad = self.metrics.corner_height, 16
        self.panel.lines = "l" if left_handed else "r"
        self.panel.setVisible(True)
        self.work.setVisible(True)
        self.side_key.setVisible(False)
        self.panel.setGeometry(panel_x, 0, panel, high)
        self.panel_body.setGeometry(0, 0, panel, high)
        work_x = 0 if left_handed else panel
        self.work.setGeometry(work_x, 0, wide - panel, high - corner - pad)
        width = max(CORNER_PX, self.corner.sizeHint().width())
        x = pad if left_handed else wide - pad - width
        self.corner.setGeometry(QRect(x, high - pad - corner, width, corner))

    def arrange(self) -> None:
        """Tabs and filling beside each other where there is room."""
        wide = self.work.width() >= self.metrics.px(820)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self.top.direction() != direction:
            self.top.setDirection(direction)
        # Very large type: the sentence scrolls with the sheet instead of standing under it.
        holder = self.scroller.column if self.metrics.scale >= 1.5 else self.outer
        if holder.indexOf(self.story) < 0:
            holder.addWidget(self.story)
        if self.presenter.sheet is not None:
            self._refresh_sheet()

    def side_words(self, opened: bool) -> str:
        """In one column."""
        return tr("물건") if opened else tr("업체")

    def first_focus(self) -> QWidget | None:
        """The first cell, else the list."""
        first = next(iter(self.grid.cells.values()), None)
        return first.edit if first is not None and self.grid.isVisible() else self.vendors

    # acts

    def _search(self, text: str) -> None:
        self.presenter.query = text
        self.vendors.set_rows(self.presenter.vendors(), self.presenter.vendor)

    def _choose(self, vendor_id: str) -> None:
        if vendor_id == self.presenter.vendor:
            return
        if self.presenter.dirty:
            self.desk.ask(
                tr("적은 것을 저장하지 않았어요."),
                tr("다른 업체로 가면 적은 것이 지워져요."),
                tr("계속 적기"),
                tr("지우고 가기"),
                lambda: self._go_to(vendor_id),
                danger=True,
            )
            self.vendors.select(self.presenter.vendor)
            return
        self._go_to(vendor_id)

    def _go_to(self, vendor_id: str) -> None:
        self.presenter.choose(vendor_id)
        self.desk.run(self.presenter.load, self._take)
        self.close_side()

    def close_side(self) -> None:
        """The sheet in front again."""
        if self._side_open and self.one_column():
            self.toggle_side()

    def _tab(self, tab: str) -> None:
        self.presenter.tab = tab
        self.presenter.current = None
        self._refresh_sheet()

    def _typed(self, product_id: str, column: Column, text: str) -> None:
        if self._showing:
            return  # a cell that is being filled says what it was given
        self.presenter.type(product_id, column, text)
        self._refresh_sheet()

    def _focused(self, product_id: str, column: Column) -> None:
        if column in TABS[self.presenter.tab] and self.presenter.current != (product_id, column):
            self.presenter.current = (product_id, column)
            self.steps.setAccessibleName(tr("{what} 바꾸기", what=column_word(column)))
            self._refresh_sheet()

    def _step(self, by: int) -> None:
        self.presenter.step(by)
        self._refresh_sheet()

    def _stepped(self, value: str) -> None:
        self.steps.choose("")
        if value == "all":
            self.presenter.all_left()
        else:
            self.presenter.step(int(value))
        self._refresh_sheet()
        if self.presenter.current is not None:
            self.grid.focus_cell(*self.presenter.current)

    def _fill(self, kind: str) -> None:
        self.fill.choose("")
        if kind == "last":
            self.desk.run(self.presenter.from_last, self._preview)
            return
        if kind == "suggest":
            self.desk.run(self.presenter.suggestions, self._suggest)
            return
        if kind == "slip":
            self._ask_slip()
            return
        path, _ = QFileDialog.getOpenFileName(self, tr("어느 파일인가요?"), str(Path.home()), "Excel (*.xlsx *.csv)")
        if path:
            self.desk.run(lambda: self.presenter.from_file(Path(path)), self._preview)

    def _ask_slip(self) -> None:
        """The slip tells what is saved: what is only typed must be saved first."""
        if self.presenter.sheet is None or self.presenter.dirty:
            self.desk.say(tr("먼저 저장해요. 인계증에는 저장한 것만 나와요."), icon="info")
            return
        self.desk.run(self.presenter.slip, lambda document: ask_slip(self, document))

    def _suggest(self, rows: list[tuple[str, str, int, str]]) -> None:
        dialog = SuggestDialog(self.window(), self.presenter.heading()[1], rows)
        dialog.taken.connect(lambda: self._bring(rows))
        self.desk.open_dialog(dialog, dialog.first)

    def _bring(self, rows: list[tuple[str, str, int, str]]) -> None:
        self.presenter.bring(rows)
        self.refresh()

    def _why(self, words: str) -> None:
        if not words:
            self.desk.ask_text(tr("왜 버리나요?"), "", tr("이 까닭으로"), self._say_why)
        else:
            self._say_why(words)

    def _say_why(self, words: str) -> None:
        self.presenter.say_why(words)
        self._refresh_sheet()

    def _preview(self, proposal: Any) -> None:
        rows = self.presenter.proposal_rows(proposal)
        dialog = PreviewDialog(self, proposal.source, rows, proposal.left_out)
        dialog.accepted.connect(
            lambda: self.desk.run(lambda: self.presenter.take_proposal(proposal), self._saved_proposal)
        )
        self.desk.open_dialog(dialog)

    def _saved_proposal(self, words: str) -> None:
        self.desk.say(words, icon="check")
        self.desk.run(self.presenter.load, self._take)

    def press_corner(self) -> None:
        """Save and go to the next vendor."""
        reason = self.presenter.off_reason()
        if reason:
            self.desk.say(reason, icon="info")
            return
        self.corner.set_busy(True)
        name = self.presenter.heading()[1]
        try:
            following = self.presenter.save()
        except Exception as error:
            self.desk.trouble(error)
            return
        finally:
            self.corner.set_busy(False)
        self.desk.say(tr("{name}: 저장했어요.", name=name), icon="check")
        self.presenter.choose(following or self.presenter.vendor)
        self.desk.run(self.presenter.load, self._take)
