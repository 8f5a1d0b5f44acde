"""Decides in the dialog that changes one line: quantity, price, discount, note; and in weight entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.cart import CartLine, Discount
from pos_app.domain.catalogue import SoldBy
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, Role, discount_limit_permille, may
from pos_app.domain.pricing import discount_won
from pos_app.domain.quantity import line_amount_won
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.selling.presenter import percent

if TYPE_CHECKING:
    from pos_app.facts.sales import Override
    from pos_app.ui.screens.house import House

QUANTITY, PRICE, DISCOUNT, NOTE = "quantity", "price", "discount", "note"
QUICK_PERCENT = (5, 10, 15, 20, 30, 50)
MAX_MILLI = 9_999_999
MAX_WON = 99_999_999
LIMITED = (Role.CASHIER, Role.VENDOR)


@dataclass(frozen=True, slots=True)
class Preview:
    """What the line would come to."""

    before_won: int
    after_won: int

    @property
    def difference_won(self) -> int:
        """Signed: less is negative."""
        return self.after_won - self.before_won


class LineEditPresenter:
    """One line under the pen. Typed digits are whole won, pieces, grams or per cent."""

    def __init__(self, house: House, key: str, tab: str = QUANTITY) -> None:
        self.house = house
        self.line: CartLine = next(line for line in house.till.cart.lines if line.key == key)
        self.tab = tab
        self.by_percent = True
        self.typed = ""
        self.note = self.line.note

    @property
    def weighed(self) -> bool:
        """Whether the quantity is a weight."""
        return self.line.sold_by is SoldBy.WEIGHT

    def choose_tab(self, tab: str) -> None:
        """Another tab; what was typed belongs to the old one."""
        self.tab = tab
        self.typed = ""

    def choose_unit(self, by_percent: bool) -> None:
        """Discount in per cent or in won."""
        self.by_percent = by_percent
        self.typed = ""

    def digits(self, text: str) -> None:
        """Digits from the pad; too long a number stays as it was."""
        grown = (self.typed + text).lstrip("0") or "0"
        if int(grown) <= self._limit():
            self.typed = grown

    def backspace(self) -> None:
        """Take the last digit away."""
        self.typed = self.typed[:-1]

    def set_typed(self, value: int) -> None:
        """A quick value pressed."""
        self.typed = str(value)

    def _limit(self) -> int:
        if self.tab == QUANTITY:
            return MAX_MILLI if self.weighed else MAX_MILLI // 1000
        if self.tab == DISCOUNT:
            return 100 if self.by_percent else self.preview_gross()
        return MAX_WON

    def value(self) -> int:
        """The number meant; nothing typed is the value that stands."""
        if self.typed:
            return int(self.typed)
        if self.tab == QUANTITY:
            return self.line.quantity_milli if self.weighed else self.line.quantity_milli // 1000
        if self.tab == PRICE:
            return self.line.unit_price_won
        return self._standing_discount()

    def _standing_discount(self) -> int:
        discount = self.line.discount
        if discount is None:
            return 0
        if self.by_percent:
            return 0 if discount.kind == "won" else discount.value // 10
        return discount.value if discount.kind == "won" else 0

    def shown(self) -> str:
        """The number as it reads."""
        value = self.value()
        if self.tab == QUANTITY:
            return wording.weight(value) if self.weighed else f"{value}{wording.counter(self.line.unit)}"
        if self.tab == DISCOUNT and self.by_percent:
            return f"{value}%"
        return wording.won(value)

    def quick(self) -> list[tuple[str, int]]:
        """Quick values of the tab: word and typed number."""
        if self.tab == DISCOUNT and self.by_percent:
            return [(f"{value}%", value) for value in QUICK_PERCENT]
        if self.tab == DISCOUNT:
            return [(wording.amount(value), value) for value in (500, 1000, 2000, 3000, 5000, 10000)]
        if self.tab == PRICE:
            step = [value for value in (-1000, -500, 500, 1000) if self.line.list_price_won + value > 0]
            near = [self.line.list_price_won, *(self.line.list_price_won + value for value in step)]
            return [(wording.amount(value), value) for value in near]
        if self.weighed:
            return [(wording.weight(value), value) for value in (100, 300, 500, 1000, 2000, 5000)]
        return [(str(value), value) for value in (1, 2, 3, 5, 10, 20)]

    def preview_gross(self) -> int:
        """The line's amount before discount, with the quantity and price typed."""
        milli = self.line.quantity_milli
        price = self.line.unit_price_won
        if self.tab == QUANTITY:
            milli = self.value() if self.weighed else self.value() * 1000
        if self.tab == PRICE:
            price = self.value()
        if self.line.fixed_amount_won is not None and self.tab not in (QUANTITY, PRICE):
            return self.line.fixed_amount_won
        rounding = self.house.till.policy.weighed_rounding_won if self.weighed else 1
        return line_amount_won(price, milli, rounding)

    def preview(self) -> Preview:
        """Before and after, for 바뀐 금액."""
        now = next(p for p in self.house.till.priced.lines if p.line.key == self.line.key)
        before = now.amount_won - now.discount_won
        gross = self.preview_gross()
        if self.tab == DISCOUNT:
            before = gross
        return Preview(before, gross - self._discount_won(gross))

    def _discount_won(self, gross: int) -> int:
        discount = self.wanted_discount() if self.tab == DISCOUNT else self.line.discount
        try:
            return discount_won(discount, gross)
        except DomainError:  # a discount in won, taken before the line got cheaper
            return gross

    def wanted_discount(self) -> Discount | None:
        """The discount typed; none when it is 0."""
        value = self.value()
        if not value:
            return None
        return Discount("permille", value * 10) if self.by_percent else Discount("won", value)

    def permille(self) -> int:
        """The typed discount against the line, thousandths rounded up."""
        gross = self.preview_gross()
        if self.by_percent:
            return self.value() * 10
        return -(-self.value() * 1000 // gross) if gross else 0

    def _role_limit(self, role: Role) -> int:
        """How much the role takes off by itself: what the house decided, else the usual."""
        said = self.house.settings.get(f"policy.discount_{role.value}_permille") if role in LIMITED else ""
        return int(said) if said.isdecimal() else discount_limit_permille(role)

    def needs_pin(self) -> Action | None:
        """The right that the signed-in person lacks for this change."""
        session = self.house.session
        role = session.role if session is not None else Role.COORDINATOR
        if self.tab == DISCOUNT and self.permille() > self._role_limit(role):
            return Action.DISCOUNT
        if self.tab == PRICE and self.value() != self.line.list_price_won:
            return None if may(role, Action.PRICE_OVERRIDE) else Action.PRICE_OVERRIDE
        return None

    def limit_sentence(self) -> str:
        """Why a PIN is asked for."""
        session = self.house.session
        if session is None or self.needs_pin() is None:
            return ""
        if self.tab == PRICE:
            return tr("값을 바꾸려면 담당자 PIN이 있어야 해요.")
        limit = percent(self._role_limit(session.role))
        return tr(
            "{role}는 {limit}%까지 깎을 수 있어요. {wanted}는 담당자 PIN이 있어야 해요.",
            role=wording.role_word(session.role),
            limit=limit,
            wanted=self.shown(),
        )

    def corner(self) -> str:
        """The word on the dialog's corner key."""
        pin = self.needs_pin() is not None
        shown = self.shown()
        if self.tab == DISCOUNT:
            if pin:
                return tr("담당자 PIN으로 {value} 할인", value=shown)
            return tr("{value} 할인하기", value=shown) if self.value() else tr("할인 없이 두기")
        if self.tab == PRICE:
            if pin:
                return tr("담당자 PIN으로 {value} 받기", value=shown)
            return tr("{value}으로 바꾸기", value=shown)
        if self.tab == NOTE:
            return tr("메모 남기기")
        return tr("{value}로 바꾸기", value=shown)

    def apply(self, override: Override | None = None) -> None:
        """Change the line. Raises DomainError when a rule says no."""
        till, key = self.house.till, self.line.key
        if self.tab == QUANTITY:
            till.set_quantity(key, self.value() if self.weighed else self.value() * 1000)
        elif self.tab == PRICE:
            till.set_price(key, self.value(), override)
        elif self.tab == DISCOUNT:
            till.set_discount(key, self.wanted_discount(), override)
        else:
            till.set_note(key, self.note.strip())


class WeighPresenter:
    """How much of a weighed product: typed in grams, the amount live."""

    def __init__(self, house: House, product_id: str) -> None:
        self.house = house
        item = house.goods.tile(product_id)
        if item is None:
            raise LookupError(product_id)
        self.item = item
        self.typed = ""

    def digits(self, text: str) -> None:
        """Digits of grams."""
        grown = (self.typed + text).lstrip("0")
        if not grown or int(grown) <= MAX_MILLI:
            self.typed = grown

    def backspace(self) -> None:
        """Take the last digit away."""
        self.typed = self.typed[:-1]

    def set_typed(self, milli: int) -> None:
        """A quick weight pressed."""
        self.typed = str(milli)

    def add_grams(self, grams: int) -> None:
        """Heavier or lighter by so many grams."""
        self.typed = str(max(0, min(MAX_MILLI, self.milli() + grams))) if self.milli() + grams > 0 else ""

    def milli(self) -> int:
        """Thousandths of a kilogram."""
        return int(self.typed or "0")

    def amount_won(self) -> int:
        """What it costs, before discounts."""
        rounding = self.house.till.policy.weighed_rounding_won
        return line_amount_won(self.item.price_shown_won, self.milli(), rounding) if self.milli() else 0

    def corner(self) -> str:
        """The word on the dialog's corner key."""
        return tr("{weight} 담기", weight=wording.weight(self.milli()))
