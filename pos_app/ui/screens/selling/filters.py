"""Choosing a vendor or a category out of all of them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.screens.selling.presenter import Filter
from pos_app.ui.screens.views import VendorChip
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words


class FilterDialog(Dialog):
    """`picked(kind, value, words)`."""

    picked = Signal(str, str, str)

    def __init__(
        self, window: QWidget, vendors: Sequence[VendorChip], categories: Sequence[str], now: Filter
    ) -> None:
        super().__init__(window, tr("무엇만 볼까요?"), "", "filter_dialog", 880)
        scroller = Scroller("filter_dialog_list")
        everything = Key(tr("많이 팔린 순"), None, "plain", "filter_best")
        everything.set_chosen(now.kind == "best")
        everything.clicked.connect(lambda: self._take("best", "", ""))
        scroller.column.addWidget(everything)
        if categories:
            scroller.column.addWidget(Words(tr("분류"), "title", True))
            made = [(name, name, "category", None) for name in categories]
            scroller.column.addWidget(self._keys(made, now))
        scroller.column.addWidget(Words(tr("업체"), "title", True))
        stalls = sorted(vendors, key=lambda vendor: (vendor.booth, vendor.name))
        scroller.column.addWidget(
            self._keys([(v.id, f"{v.booth} {v.short or v.name}", "vendor", v.name) for v in stalls], now)
        )
        scroller.column.addStretch(1)
        px = self.theme.metrics
        room = window.window().height() - 32 - px.key_px(72) - px.px(32) - 110
        scroller.setMinimumHeight(max(160, min(520, room)))
        self.body.addWidget(scroller, 1)
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "filter_safe"))
        keep.clicked.connect(self.leave)

    def _keys(self, choices: Sequence[tuple[str, str, str, str | None]], now: Filter) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        scale = self.theme.metrics.scale
        columns = 5 if scale == 1 else 4 if scale < 1.5 else 2
        for at, (value, words, kind, full) in enumerate(choices):
            key = Key(words, None, "plain", f"filter_{kind}_{at}", spoken=full or words)
            key.setToolTip(full or "")
            key.set_chosen(now.kind == kind and now.value == value)
            key.clicked.connect(
                lambda _checked=False, kind=kind, value=value, words=words: self._take(kind, value, words)
            )
            grid.addWidget(key, at // columns, at % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        return holder

    def _take(self, kind: str, value: str, words: str) -> None:
        self.shut()
        self.picked.emit(kind, value, words)
