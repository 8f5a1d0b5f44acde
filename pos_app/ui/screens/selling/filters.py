"""Choosing a vendor or a category out of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from pos_app.ui.screens.selling.presenter import Filter
    from pos_app.ui.screens.views import VendorChip

AT_ONCE = 25  # a market may have hundreds of vendors; each key takes its time


class Choice(NamedTuple):
    """One key: what it narrows to, its words, its full name."""

    kind: str
    value: str
    words: str
    full: str = ""


class FilterDialog(Dialog):
    """`picked(kind, value, words)`."""

    picked = Signal(str, str, str)

    def __init__(
        self, window: QWidget, vendors: Sequence[VendorChip], categories: Sequence[str], now: Filter
    ) -> None:
        super().__init__(window, tr("무엇만 볼까요?"), "", "filter_dialog", 880)
        self._now = now
        scroller = Scroller("filter_dialog_list")
        if categories:
            scroller.column.addWidget(Words(tr("분류"), "title", True))
            holder, grid = self._grid()
            scroller.column.addWidget(holder)
            for name in categories:
                self._put(grid, Choice("category", name, name))
        scroller.column.addWidget(Words(tr("업체"), "title", True))
        holder, self._stalls = self._grid()
        scroller.column.addWidget(holder)
        stalls = sorted(vendors, key=lambda vendor: (vendor.booth, vendor.name))
        self._left = [Choice("vendor", v.id, f"{v.booth} {v.short or v.name}", v.name) for v in stalls]
        self._put_some()
        scroller.column.addStretch(1)
        px = self.theme.metrics
        room = window.window().height() - 32 - px.key_px(72) - px.px(32) - 110
        scroller.setMinimumHeight(max(160, min(520, room)))
        self.body.addWidget(scroller, 1)
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "filter_safe"))
        keep.clicked.connect(self.leave)
        everything = self.add_key(Key(tr("많이 팔린 순"), None, "plain", "filter_best"))  # the rest scrolls less
        everything.set_chosen(now.kind == "best")
        everything.clicked.connect(lambda: self._take(Choice("best", "", "")))

    def _columns(self) -> int:
        scale = self.theme.metrics.scale
        return 5 if scale == 1 else 4 if scale < 1.5 else 2

    def _grid(self) -> tuple[QWidget, QGridLayout]:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for column in range(self._columns()):
            grid.setColumnStretch(column, 1)
        return holder, grid

    def _put_some(self) -> None:
        """The next vendors; the window answers between one handful and the next."""
        some, self._left = self._left[:AT_ONCE], self._left[AT_ONCE:]
        for choice in some:
            self._put(self._stalls, choice)
        if self._left:
            QTimer.singleShot(0, self, self._put_some)

    def _put(self, grid: QGridLayout, choice: Choice) -> None:
        at, columns, now = grid.count(), self._columns(), self._now
        name = f"filter_{choice.kind}_{at}"
        key = Key(choice.words, None, "plain", name, spoken=choice.full or choice.words)
        key.setToolTip(choice.full)
        key.set_chosen(now.kind == choice.kind and now.value == choice.value)
        key.clicked.connect(lambda: self._take(choice))
        before = grid.itemAt(at - 1)
        grid.addWidget(key, at // columns, at % columns)
        if before is not None:
            QWidget.setTabOrder(before.widget(), key)

    def _take(self, choice: Choice) -> None:
        self.shut()
        self.picked.emit(choice.kind, choice.value, choice.words)
