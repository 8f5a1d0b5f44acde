"""What the keys around the cart do: customer, discount, park, repeat; and the keyboard."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pos_app.domain.cart import Discount
from pos_app.domain.operators import Action
from pos_app.i18n.texts import tr
from pos_app.ui.screens.asking import ask_choice

if TYPE_CHECKING:
    from pos_app.ui.screens.selling.screen import SellingScreen

PERCENTS = (5, 10, 15, 20, 30, 50)
OTHER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class CartActs:
    """Acts on the cart of one selling screen."""

    def __init__(self, screen: "SellingScreen") -> None:
        self.screen = screen
        self.desk = screen.desk

    @property
    def _till(self):  # type: ignore[no-untyped-def]
        return self.desk.house.till

    def customer(self) -> None:
        """A person, or an agency's department."""
        self.desk.ask_text(
            tr("누가 사나요?"),
            tr("기관 부서 이름을 적어요. 비우면 일반 손님이에요."),
            tr("이 손님으로"),
            self._set_customer,
            self._till.cart.customer,
        )

    def _set_customer(self, text: str) -> None:
        self._do(lambda: self._till.set_customer(text))

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as error:
            self.desk.trouble(error)
        self.screen.refresh()

    def discount(self) -> None:
        """A discount on the whole cart."""
        if self.screen.presenter.empty:
            self.desk.say(tr("담은 것이 없어요."), icon="info")
            return
        standing = self._till.cart.discount
        now = str(standing.value // 10) if standing is not None and standing.kind == "permille" else "0"
        choices = [(str(value), f"{value}%") for value in PERCENTS]
        choices += [("won", tr("금액으로")), ("0", tr("할인 없이"))]
        ask_choice(self.screen, tr("모두 얼마나 깎을까요?"), choices, now, self._take_discount, 4)

    def _take_discount(self, choice: str) -> None:
        if choice == "won":
            self.desk.ask_text(
                tr("얼마를 깎을까요?"), tr("깎을 금액(원)을 넣어요."), tr("깎기"), self._take_won_discount
            )
            return
        value = int(choice)
        self._set_discount(Discount("permille", value * 10) if value else None)

    def _take_won_discount(self, text: str) -> None:
        digits = "".join(char for char in text if char.isdecimal() and char.isascii())
        if digits:
            self._set_discount(Discount("won", int(digits)))

    def _set_discount(self, discount: Discount | None) -> None:
        def attempt(override: object) -> None:
            self._till.set_cart_discount(discount, override)
            self.screen.refresh()
            said = tr("모두 할인했어요") if discount is not None else tr("할인을 뺐어요")
            self.desk.say(said, self.screen.undo)

        self.desk.allowed(attempt, Action.DISCOUNT)

    def park(self) -> None:
        """Put the cart aside; with an empty one, bring one back."""
        if self.screen.presenter.empty:
            self.recall()
            return
        try:
            said = self.screen.presenter.park()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.screen.refresh_parked()
        self.screen.refresh()
        self.desk.say(said, self._recall_last, tr("불러오기"), "park")

    def _recall_last(self) -> None:
        self._do(self.screen.presenter.recall_last)
        self.screen.refresh_parked()
        self.screen.refresh()

    def recall(self) -> None:
        """One parked cart comes back at once; of several, one is chosen."""
        count = self.screen.presenter.parked_count()
        if count == 1:
            self._recall_last()
        elif count:
            self.desk.go("parked")
        else:
            self.desk.say(tr("보류한 것이 없어요."), icon="info")

    def repeat(self) -> None:
        """The same as the customer before."""
        try:
            found = self._till.repeat_last()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.screen.refresh()
        if not found:
            self.desk.say(tr("아직 판 것이 없어요."), icon="info")

    def ask_unfinished(self) -> None:
        """A cart from before the program ended."""
        count = len(self._till.cart.lines)
        self.desk.ask(
            tr("꺼지기 전 장바구니가 있어요"),
            tr("{count}가지가 담겨 있었어요. 결제는 하지 않았어요.", count=count) if count else tr("결제는 하지 않았어요."),
            tr("이어서 팔기"),
            tr("비우고 새로 시작"),
            self._drop,
            True,
        )
        self._till.resume()
        self.screen.refresh()

    def _drop(self) -> None:
        self._till.clear()
        self.screen.refresh()
        self.desk.say(tr("장바구니를 비웠어요"), self.screen.undo)

    # keyboard

    def press_key(self, event: QKeyEvent) -> bool:
        """F2 to F9, lines, pages, and letters that go to the search."""
        key = Qt.Key(event.key())
        act = self._function(key)
        if act is not None:
            act()
            return True
        if key == Qt.Key.Key_PageDown:
            return self.screen.left.grid.next_page() or True
        if key == Qt.Key.Key_PageUp:
            return self.screen.left.grid.previous_page() or True
        if self._line_key(event):
            return True
        return self._to_search(event)

    def _function(self, key: Qt.Key) -> Callable[[], object] | None:
        screen = self.screen
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_F2: screen.focus_first,
            Qt.Key.Key_F3: self.customer,
            Qt.Key.Key_F4: self.park,
            Qt.Key.Key_F5: self.discount,
            Qt.Key.Key_F6: self._edit,
            Qt.Key.Key_F8: self.repeat,
            Qt.Key.Key_F9: screen.left.more.emit,
        }
        return acts.get(key)

    def _edit(self) -> None:
        if self.screen.presenter.selected and not self.screen.presenter.empty:
            self.screen.edit_line(self.screen.presenter.selected)

    def _line_key(self, event: QKeyEvent) -> bool:
        """↑ ↓ + - Del, while the search is empty and no list has the focus."""
        screen = self.screen
        if not screen.left.search.empty() or screen.presenter.empty or screen.left.grid.hasFocus():
            return False
        lines = screen.cart.lines
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            lines.step(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.text() == "+":
            lines.plus.emit(screen.presenter.selected)
        elif event.text() == "-":
            lines.minus.emit(screen.presenter.selected)
        elif event.key() == Qt.Key.Key_Delete:
            lines.remove.emit(screen.presenter.selected)
        else:
            return False
        return True

    def _to_search(self, event: QKeyEvent) -> bool:
        text = event.text()
        if event.modifiers() & OTHER or not text or not text.isprintable() or text == " ":
            return False
        if self.screen.left.typing():
            return False
        self.screen.left.type_text(text)
        return True
