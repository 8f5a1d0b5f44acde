"""Decides on the list of parked carts."""

from datetime import datetime

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House
from pos_app.ui.screens.views import ParkedCart


class ParkedPresenter:
    """Carts put aside; one thrown away stays undoable until the screen is left."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.chosen = ""
        self._thrown = ""

    def rows(self) -> list[ParkedCart]:
        """Newest first, without the one being thrown away."""
        carts = [cart for cart in self.house.till.parked() if cart.id != self._thrown]
        carts.sort(key=lambda cart: wording.moment(cart.at) or wording.EPOCH, reverse=True)
        if self.chosen not in {cart.id for cart in carts}:
            self.chosen = carts[0].id if carts else ""
        return carts

    def cart(self) -> ParkedCart | None:
        """The chosen cart."""
        return next((cart for cart in self.rows() if cart.id == self.chosen), None)

    def name(self, cart: ParkedCart) -> str:
        """Its name, else its first item 외 n."""
        return cart.name or wording.first_and_others(cart.first_item, cart.others)

    def detail(self, cart: ParkedCart, now: datetime | None = None) -> str:
        """How long ago, and by whom."""
        age = wording.ago(cart.at, now)
        since = age if age == tr("방금") else tr("{age} 전", age=age)
        return " · ".join(part for part in (since, cart.by) if part)

    def recall_reason(self) -> str:
        """Why the corner key is off; empty when it is on."""
        if not self.chosen:
            return tr("보류한 것이 없어요.")
        if self.house.till.cart.lines:
            return tr("담은 것을 먼저 결제하거나 보류해요.")
        return ""

    def recall(self) -> None:
        """Take the chosen cart back to the till."""
        self.settle()
        self.house.till.recall(self.chosen)

    def rename(self, name: str) -> None:
        """Give the chosen cart a name."""
        self.house.till.rename_parked(self.chosen, name.strip())

    def throw_away(self) -> str:
        """Throw the chosen cart away; returns what to say."""
        self.settle()
        cart = self.cart()
        self._thrown = self.chosen
        return tr("{name} 버렸어요", name=wording.with_particle(self.name(cart), "을/를")) if cart else ""

    def undo(self) -> None:
        """Bring the thrown one back."""
        self.chosen, self._thrown = self._thrown or self.chosen, ""

    def settle(self) -> None:
        """Throw away for good what was waiting for its undo."""
        if self._thrown:
            self.house.till.discard_parked(self._thrown)
            self._thrown = ""
