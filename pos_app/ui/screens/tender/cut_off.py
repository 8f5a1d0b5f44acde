"""The question about a payment that the end of the program cut off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.parts import figure_row
from pos_app.ui.screens.views import CutOff
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.keys import Key


class CutOffDialog(Dialog):
    """With a card: `came_out` or `not_out`; with money alone: `go_on` or `given_back`. Esc leaves it open."""

    came_out = Signal()
    not_out = Signal()
    go_on = Signal()
    given_back = Signal()

    def __init__(self, window: QWidget, left: CutOff) -> None:
        title = (
            tr("카드 승인 영수증이 나왔나요?")
            if left.card is not None
            else tr("꺼지기 전에 받던 돈이 있어요")
        )
        super().__init__(window, title, self._story(left), "cut_off", 640)
        for at, row in enumerate(left.rows):
            words = wording.tender_word(row.type)
            line = figure_row(tr("{tender} 받음", tender=words), wording.won(row.received_won))
            line.setObjectName(f"cut_off_row_{at}")
            self.body.addWidget(line)
        if left.card is not None:
            self.first = self._key(tr("안 나왔어요"), "plain", "cut_off_not_out", self.not_out)
            self._key(tr("나왔어요"), "plain", "cut_off_came_out", self.came_out)
        else:
            self.first = self._key(tr("이어서 받기"), "primary", "cut_off_go_on", self.go_on)
            self._key(tr("모두 돌려줬어요"), "plain", "cut_off_given_back", self.given_back)

    def _story(self, left: CutOff) -> str:
        when = wording.clock(left.at)
        if left.card is None:
            return tr("{time}에 받던 중에 꺼졌어요. 담은 것은 그대로 있어요.", time=when)
        amount = wording.won(left.card.received_won)
        return tr(
            "{time}에 카드로 {amount} 받던 중에 꺼졌어요. 담은 것은 그대로 있어요.", time=when, amount=amount
        )

    def _key(self, words: str, role: str, name: str, signal: object) -> Key:
        key = self.add_key(Key(words, None, role, name))

        def pressed() -> None:
            self.shut()
            signal.emit()  # type: ignore[attr-defined]

        key.clicked.connect(pressed)
        return key
