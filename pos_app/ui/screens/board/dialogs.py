"""Questions of the board: the slips of one till with a note why they differ, and which seal counts."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.board.slip_editor import SlipEditor
from pos_app.ui.screens.board.views import SealView, SlipSheet
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key


class SlipDialog(Dialog):
    """Slips of one kind; `given(editor, note)`."""

    given = Signal(object, str)

    def __init__(self, window: QWidget, sheet: SlipSheet) -> None:
        editor = SlipEditor(sheet)
        title = f"{wording.register_word(sheet.slip.register)} · {editor.title()}"
        super().__init__(window, title, "", "slip_dialog", 620)
        self.editor = editor
        scroller = Scroller("slip_dialog_list")
        scroller.column.addWidget(editor)
        scroller.column.addStretch(1)
        scroller.setMinimumHeight(self.theme.metrics.px(240))
        self.body.addWidget(scroller, 1)
        self.note = Field("slip_note", tr("차이가 나는 까닭"), tr("차이가 나는 까닭"))
        self.note.set_text(sheet.slip.note)
        self.body.addWidget(self.note)
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "slip_dialog_safe"))
        keep.clicked.connect(self.leave)
        act = self.add_key(Key(tr("이대로 적기"), "check", "primary", "slip_dialog_act"))
        act.clicked.connect(self._give)
        self.first = editor.field.edit if editor.field is not None else act

    def _give(self) -> None:
        if self.editor.answer() is None:
            self.note.set_error(tr("전표 합계를 먼저 넣어요."))
            self.place()
            return
        self.given.emit(self.editor, self.note.text().strip())


class SealDialog(Dialog):
    """Which of several seals counts; `chosen(key)`."""

    chosen = Signal(str)

    def __init__(self, window: QWidget, seals: Sequence[SealView]) -> None:
        super().__init__(
            window,
            tr("어느 봉인이 맞나요?"),
            tr("고르지 않은 봉인도 기록에 그대로 남아요."),
            "seal_dialog",
            640,
        )
        self.first: Key | None = None
        for at, seal in enumerate(seals):
            words = tr(
                "{at} · {by} · {sales}건 · {won}",
                at=wording.clock(seal.at),
                by=seal.by,
                sales=f"{seal.sales_count:,}",
                won=wording.won(seal.net_won),
            )
            key = Key(words, "lock", "plain", f"seal_{at}")
            key.set_chosen(seal.counts)
            key.clicked.connect(lambda _checked=False, seal=seal: self._take(seal.key))
            self.body.addWidget(key)
            self.first = self.first or key
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "seal_dialog_safe"))
        keep.clicked.connect(self.leave)

    def _take(self, key: str) -> None:
        self.shut()
        self.chosen.emit(key)
