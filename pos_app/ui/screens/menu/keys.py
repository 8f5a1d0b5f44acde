"""Shows the keys of the keyboard (F1)."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller, empty_layout
from pos_app.ui.widgets.badge import Badge
from pos_app.ui.widgets.card import Card
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words


def all_keys() -> list[tuple[str, str]]:
    """Keys and what they do."""
    return [
        ("F12", tr("오른쪽 아래 큰 키 (결제, 받음, 다음 손님)")),
        ("F1", tr("이 도움말")),
        ("F2", tr("물건 찾기")),
        ("F3", tr("손님")),
        ("F4", tr("보류, 빈 장바구니에서는 불러오기")),
        ("F5", tr("할인")),
        ("F6", tr("고른 물건 고치기")),
        ("F7", tr("영수증과 환불")),
        ("F8", tr("앞 손님과 같은 것")),
        ("F9", tr("업체·분류")),
        ("F10", tr("메뉴")),
        ("Esc", tr("한 걸음 뒤로, 잃는 것은 없어요")),
        ("Ctrl+Z", tr("되돌리기")),
        ("Ctrl + -", tr("글자 크게, 작게")),
        ("Ctrl+D", tr("햇빛 화면")),
        ("PgUp PgDn", tr("타일 앞 쪽, 다음 쪽")),
        ("↑ ↓", tr("장바구니에서 줄 고르기")),
        ("+ - Del", tr("고른 줄 하나 더, 하나 덜, 빼기")),
        ("/ *", tr("금액에서 천, 만 (1 0 * 은 10만)")),
        ("F5 - F9", tr("결제에서 현금, 카드, 상품권, 이체, 외상")),
    ]


class KeysScreen(Screen):
    """A list in two columns."""

    name = "keys"
    panel_lead = 340

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        column.addWidget(Words(tr("키보드로 팔기"), "title", True, name="keys_title"))
        self.scroller = Scroller("keys_list")
        self.card = Card()
        self.grid = QGridLayout(self.card)
        self.grid.setContentsMargins(20, 12, 20, 12)
        self.grid.setHorizontalSpacing(24)
        self.scroller.column.addWidget(self.card)
        self.scroller.column.addStretch(1)
        column.addWidget(self.scroller, 1)
        panel = self.column(self.panel_body, 12, 16)
        panel.addWidget(Words(tr("현금 한 건"), "number", True))
        panel.addWidget(Notice(tr("물건을 찍고 F12, 1 0 *, Enter, Enter. 10만 원을 받고 거스름돈까지 끝나요."), "info"))
        panel.addWidget(Notice(tr("글자를 치면 어디서나 물건 찾기로 가요. 스캐너는 아무 때나 찍어요."), "info"))
        panel.addStretch(1)
        self._columns = 0
        self.corner.setText(tr("판매로 돌아가기"))
        self.corner.set_icon("left")

    def arrange(self) -> None:
        """One or two columns."""
        columns = 2 if self.work.width() >= self.metrics.px(860) else 1
        if columns == self._columns:
            return
        self._columns = columns
        empty_layout(self.grid)
        keys = all_keys()
        rows = -(-len(keys) // columns)
        for at, (key, words) in enumerate(keys):
            box = QWidget()
            box.setAccessibleName(f"{key}: {words}")
            line = QHBoxLayout(box)
            line.setContentsMargins(0, 5, 0, 5)
            line.setSpacing(12)
            holder = QWidget()
            holder.setFixedWidth(self.metrics.px(112))
            inside = QHBoxLayout(holder)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(Badge(key, "gray"))
            inside.addStretch(1)
            line.addWidget(holder)
            line.addWidget(Words(words, "body"), 1)
            self.grid.addWidget(box, at % rows, at // rows)

    def first_focus(self) -> QWidget | None:
        """The corner key."""
        return self.corner

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("키") if opened else tr("현금 한 건")

    def press_corner(self) -> None:
        """Back to the sale."""
        self.desk.home()
