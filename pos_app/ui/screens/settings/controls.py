"""The control at the right of a setting: keys to choose of, a text to write, a place to open."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.flow import ChoiceFlow
from pos_app.ui.screens.settings.presenter import SettingsPresenter
from pos_app.ui.screens.settings.rows import Row
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.badge import Badge
from pos_app.ui.widgets.card import Card
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words


def only_coordinator() -> str:
    """Why a control is off."""
    return tr("담당자만 바꿀 수 있어요")


class SettingRow(QWidget):
    """Name and sentence at the left, the control at the right (below when narrow).

    `changed(value)`, `opened()` for a place, `refused()` when a right is missing.
    """

    changed = Signal(str)
    opened = Signal()
    refused = Signal()

    def __init__(self, theme: Theme, view: SettingsPresenter, row: Row, room: int) -> None:
        super().__init__()
        self.theme, self.view, self.row = theme, view, row
        self.mine = view.may_change(row)
        self.field: Field | None = None
        wide = room >= theme.metrics.px(760)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        line = QBoxLayout(direction, self)
        line.setContentsMargins(0, 8, 0, 8)
        line.setSpacing(16 if wide else 8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Words(row.title, "body", True))
        sentence = row.sentence if self.mine else self._locked_words()
        words.addWidget(Words(sentence, "caption", ink="ink2", name=f"setting_{row.name}_words"))
        words.addStretch(1)
        line.addLayout(words, 1)
        self._add_control(line, wide, room)

    def _locked_words(self) -> str:
        """Off keys do not show which of them is chosen: the words do."""
        standing = dict(self.view.choices(self.row)).get(self.view.value(self.row), "") if not self.row.go else ""
        if not standing:
            return only_coordinator()
        return tr("지금은 {value} · {why}", value=standing, why=only_coordinator())

    def _add_control(self, line: QBoxLayout, wide: bool, room: int) -> None:
        choices = self.view.choices(self.row)
        if self.row.go:
            line.addWidget(self._go_key())
        elif choices:
            flow = self._choices(choices)
            if wide:
                flow.setFixedWidth(min(flow.sizeHint().width(), room * 60 // 100))
            line.addWidget(flow)
        elif self.row.name == "register":
            line.addWidget(Words(self.view.register_words(), "body", True, name="setting_register"))
        else:
            line.addWidget(self._text(), 1)

    def _go_key(self) -> Key:
        key = Key(self.row.go_word, self.row.icon or None, "plain", f"setting_{self.row.name}_go")
        key.clicked.connect(self.opened)
        return key

    def _choices(self, choices: tuple[tuple[str, str], ...]) -> ChoiceFlow:
        row = self.row
        value = self.view.value(row)
        flow = ChoiceFlow(self.theme, f"setting_{row.name}", row.title, choices)
        flow.choose(value)
        for choice, _ in choices:
            key = flow.key(choice)
            key.setObjectName(f"setting_{row.name}_{choice}")
            key.set_off(None if self.mine else only_coordinator())
            key.refused.connect(lambda _reason: self.refused.emit())
        flow.picked.connect(self.changed)
        return flow

    def _text(self) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        field = self.field = Field(f"setting_{self.row.name}", self.row.title)
        field.set_text(self.view.value(self.row))
        field.edit.setCursorPosition(0)
        field.edit.setReadOnly(not self.mine)
        field.entered.connect(self._hand_over)
        spoken = tr("{name} 바꾸기", name=self.row.title)
        keep = Key(tr("바꾸기"), None, "plain", f"setting_{self.row.name}_save", spoken=spoken)
        keep.set_off(None if self.mine else only_coordinator())
        keep.refused.connect(lambda _reason: self.refused.emit())
        keep.clicked.connect(self._hand_over)
        line.addWidget(field, 1)
        line.addWidget(keep)
        return holder

    def _hand_over(self) -> None:
        if self.field is not None and self.mine:
            self.field.set_error(None)
            self.changed.emit(self.field.text().strip())

    def show_error(self, sentence: str) -> bool:
        """Why the text was not taken, under it; False when this row has no text."""
        if self.field is None:
            return False
        self.field.set_error(sentence)
        return True


class Sample(Card):
    """A live sample of type and theme: a line of the cart as it looks now."""

    def __init__(self) -> None:
        super().__init__("card", "settings_sample")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(Words(tr("이렇게 보여요"), "caption", ink="ink2"), 1)
        head.addWidget(Badge(tr("떨이"), "markdown"))
        column.addLayout(head)
        column.addWidget(Words(tr("사과 5kg"), "name", True))
        column.addWidget(Words(tr("2상자 × 28,000원"), "caption", ink="ink2"))
        column.addWidget(Words("56,000", "number", True, wrap=False))
