"""The page on which a till joins: an address, a one-time code; or the coordinator's laptop by its address."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.flow import ChoiceFlow
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.screens.printers.key_flow import KeyFlow
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import named
from pos_app.ui.widgets.card import Card
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words


class JoinPage(QWidget):
    """`changed(url, code)` as somebody types; `refused(reason)` when a key that is off is pressed."""

    changed = Signal(str, str)
    refused = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        named(self, "sync_join", tr("등록"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroller = Scroller("sync_join_list")
        outer.addWidget(scroller)
        card = Card("card", "sync_join_card")
        scroller.column.addWidget(card)
        scroller.column.addStretch(1)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(Words(tr("서버에 등록하기"), "title", True))
        explain = tr("담당자가 준 주소와 한 번 쓰는 코드를 적어요. 등록하지 않아도 그대로 팔 수 있어요.")
        column.addWidget(Words(explain, "body", ink="ink2"))
        self.url = Field(
            "sync_url", tr("주소"), tr("서버 주소나 담당자 노트북의 숫자 주소") + "\n" + tr("주소")
        )
        self.code = Field("sync_code", tr("등록 코드"), tr("등록 코드"))
        for field in (self.url, self.code):
            field.changed.connect(self._typed)
            column.addWidget(field)
        self.join = Key(tr("등록하기"), "check", "primary", "sync_enrol")
        self.hub = Key(tr("담당자 노트북 주소로만 더하기"), "plus", "plain", "sync_add_hub")
        self.join.refused.connect(self.refused)
        self.look = Key(tr("가까운 노트북 찾기"), "search", "plain", "sync_find")
        column.addWidget(KeyFlow([self.join, self.hub, self.look]))
        self.near = ChoiceFlow(theme, "sync_near", tr("가까운 노트북"))
        self.near.picked.connect(self.url.set_text)
        self.near.hide()
        column.addWidget(self.near)
        self.nobody = Words(
            tr("이 네트워크에서 찾지 못했어요. 담당자 노트북에 나온 숫자 주소를 적어요."),
            "body",
            ink="ink2",
            name="sync_nobody",
        )
        self.nobody.hide()
        column.addWidget(self.nobody)
        self.code.entered.connect(self.join.click)

    def _typed(self) -> None:
        self.changed.emit(self.url.text(), self.code.text())

    def show_typed(self, url: str, code: str) -> None:
        """What stands there now."""
        for field, text in ((self.url, url), (self.code, code)):
            if field.text() != text:
                field.set_text(text)

    def show_near(self, found: list[tuple[str, str]]) -> None:
        """Laptops that were found, as keys that fill in the address; or that there was none."""
        self.near.set_choices(found)
        self.near.setVisible(bool(found))
        self.nobody.setVisible(not found)

    def set_off(self, reason: str) -> None:
        """Why nothing can be registered yet; empty when it can."""
        self.join.set_off(reason or None)
