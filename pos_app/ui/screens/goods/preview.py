"""A look at what a file or last time would change, before anything is saved."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.table import Table

MOST_NAMED = 5


class PreviewDialog(Dialog):
    """`accepted` when a person takes it over."""

    accepted = Signal()

    def __init__(
        self,
        window: QWidget,
        source: str,
        rows: Sequence[tuple[str, str, str, str]],
        left_out: Sequence[tuple[str, str]],
    ) -> None:
        count = len(rows)
        words = tr("{count}가지의 반입이 바뀌어요. 아직 저장하지 않았어요.", count=count)
        if not count:
            words = tr("바뀔 것이 없어요. 반입이 이미 그렇게 적혀 있어요.")
        super().__init__(window, tr("{source}: 미리 보기", source=source), words, "goods_preview", 820)
        heads = (tr("업체"), tr("품목"), tr("지금"), tr("바뀌면"))
        self.table = Table("goods_preview_table", tr("미리 보기"), heads, (2, 3), stretch=1)
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.table.setMinimumHeight(220)
        self.body.addWidget(self.table, 1)
        if left_out:
            named = ", ".join(f"{cell} {why}" for cell, why in left_out[:MOST_NAMED])
            told = tr("빼고 가져와요 ({count}가지): {named}", count=len(left_out), named=named)
            self.body.addWidget(Notice(told, "warn", name="goods_preview_left_out"))
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "goods_preview_safe"))
        keep.clicked.connect(self.leave)
        self.act = self.add_key(Key(tr("이대로 저장"), "check", "primary", "goods_preview_act"))
        self.act.set_off(None if rows else tr("바뀔 것이 없어요."))
        self.act.clicked.connect(self._take)
        self.first = self.act if rows else keep

    def _take(self) -> None:
        self.shut()
        self.accepted.emit()
