"""The panel of the board: today's sales, what is certain, what is left to do, and what was sealed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.board.presenter import BoardPresenter, TodoView
from pos_app.ui.screens.parts import LEFT, RIGHT, Scroller, empty_layout, figure_row
from pos_app.ui.widgets.badge import Badge
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Divider
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

_ICONS = {"parked": "recall", "open": "register", "silent": "wifi-off", "gaps": "unsent", "cards": "card",
          "slips": "receipt", "late": "plus", "seals": "lock"}  # fmt: skip


class SumRow(QWidget):
    """확정 or 잠정: badge, words, won."""

    def __init__(self, word: str, kind: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._word = word
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        self.words = Words("", "caption", ink="ink2")
        self.amount = Words("", "name", True, align=RIGHT, wrap=False)
        row.addWidget(Badge(word, kind))
        row.addWidget(self.words, 1)
        row.addWidget(self.amount)

    def show_sum(self, words: str, won: int) -> None:
        """Another figure."""
        self.words.setText(words)
        self.amount.setText(wording.amount(won))
        self.setAccessibleName(f"{self._word} {words} {wording.won(won)}")


class BoardPanel(QWidget):
    """`todo(kind)` when something to do is pressed; `act(name)`: provisional, reopen, choose."""

    todo = Signal(str)
    act = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(4)
        self.caption = Words("", "key_big", ink="ink2")
        self.total = BigNumber(0, "total", tr("오늘 매출"), "board_total")
        self.certain = SumRow(tr("확정"), "ok", "board_certain")
        self.provisional = SumRow(tr("잠정"), "warn", "board_provisional")
        for part in (self.caption, self.total, self.certain, self.provisional, Divider(strong=True)):
            column.addWidget(part)
        self.list = Scroller("board_todos", gap=8)
        column.addWidget(self.list, 1)
        self.hint = Words("", "body", ink="ink2", name="board_hint")
        column.addWidget(self.hint)

    def refresh(self, view: BoardPresenter) -> None:
        """Show what the presenter decided."""
        board = view.board
        if board is None:
            return
        self.caption.setText(tr("오늘 매출 {count}건", count=f"{board.sales_count:,}"))
        self.total.set_amount(board.net_won)
        certain, provisional = view.certain_words()
        self.certain.show_sum(certain, board.certain_won)
        self.provisional.show_sum(provisional, board.provisional_won)
        column = self.list.column
        empty_layout(column)
        words, kind = view.state_words()
        if words:
            column.addWidget(Notice(words, kind, name="board_state"))
        column.addWidget(Words(view.todo_title(), "key_big", True, name="board_todo_title"))
        for todo in view.todos():
            self._add_todo(todo)
        if view.books():
            column.addWidget(Divider())
            column.addWidget(Words(tr("조합별 매출"), "key_big", True))
        for words, figure in view.books():
            column.addWidget(figure_row(words, figure, size="caption"))
        if view.history():
            column.addWidget(Divider())
            column.addWidget(Words(tr("봉인과 추가"), "key_big", True))
            for words, figure in view.history():
                column.addWidget(figure_row(words, figure, size="caption"))
        if view.may_provisionally():
            self._add_key(tr("잠정으로 봉인하기"), "lock", "provisionally")
        if view.page == "sheet":
            self._add_key(tr("정산표 PDF로 저장"), "down", "pdf")
        if view.may_reopen():
            self._add_key(tr("하루 다시 열기"), "undo", "reopen")
        column.addStretch(1)
        self.hint.setText(view.off_reason())
        self.hint.setVisible(bool(view.off_reason()))

    def _add_todo(self, todo: TodoView) -> None:
        key = Key(todo.title, _ICONS.get(todo.kind), "plain", f"board_todo_{todo.kind}", align=LEFT)
        key.setAccessibleName(f"{todo.title}, {todo.detail}")
        key.clicked.connect(lambda _checked=False, kind=todo.kind: self.todo.emit(kind))
        self.list.column.addWidget(key)
        self.list.column.addWidget(Words(todo.detail, "caption", ink="ink2"))

    def _add_key(self, text: str, icon: str, name: str) -> None:
        key = Key(text, icon, "plain", f"board_{name}")
        key.clicked.connect(lambda _checked=False: self.act.emit(name))
        self.list.column.addWidget(key)
