"""Decides on 사회공헌: what can be given, what is in the delivery, what was delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_app.domain.catalogue import SoldBy
from pos_app.domain.quantity import line_amount_won
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House


@dataclass(frozen=True, slots=True)
class Gift:
    """What is in the delivery."""

    product_id: str
    quantity_milli: int
    sale_id: str = ""


class DonationsPresenter:
    """One delivery in the making, and those of before; `load` is slow."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.tab = "give"
        self.institution = self.receiver = ""
        self.chosen = ""
        self.totals: Any = None
        self._shelf: dict[str, Any] = {}
        self._plain: dict[str, RowView] = {}
        self._bought: list[Any] = []
        self._delivered: Sequence[Any] = ()
        self._gifts: dict[str, int] = {}

    def load(self) -> tuple[Any, ...]:
        """Leftovers with their rows (of a whole market they take longer than a frame), deliveries and their sums."""
        house = self._house.donations
        shelf = {_key(good): good for good in house.leftovers()}
        plain = {key: _row(key, good, 0) for key, good in shelf.items()}
        return shelf, plain, house.deliveries(), house.totals()

    def take(self, read: tuple[Any, ...]) -> None:
        """Keep what was read."""
        self._shelf, self._plain, self._delivered, self.totals = read

    def add_receipt(self, receipt: str) -> None:
        """Goods of a sale that somebody bought to give. Raises sale.unknown, donation.voided."""
        found = self._house.donations.bought(receipt)
        keys = {_key(good) for good in self._bought}
        self._bought += [good for good in found if _key(good) not in keys]
        for good in found:
            self._gifts.setdefault(_key(good), good.left_milli)

    def _all(self) -> dict[str, Any]:
        if not self._bought:
            return self._shelf
        return {**{_key(good): good for good in self._bought}, **self._shelf}

    @property
    def empty(self) -> bool:
        """Nothing to show in this tab."""
        return not (self._all() if self.tab == "give" else self._delivered)

    def rows(self) -> list[RowView]:
        """Goods to give with how much is in the delivery, or the deliveries."""
        if self.tab == "done":
            return [
                RowView(
                    told.donation_id,
                    told.institution,
                    f"{wording.short_day(told.business_date)} · {tr('{count}가지', count=len(told.lines))}",
                    wording.won(told.value_won),
                )
                for told in self._delivered
            ]
        return [self._row(key, good) for key, good in self._all().items()]

    def _row(self, key: str, good: Any) -> RowView:
        count = self._gifts.get(key, 0)
        return _row(key, good, count) if count or key not in self._plain else self._plain[key]

    def quantity(self) -> int:
        """Whole units of the chosen thing in the delivery."""
        return self._gifts.get(self.chosen, 0) // 1000

    def most(self) -> int:
        """The most of the chosen thing, rounded up to a whole unit."""
        good = self._all().get(self.chosen)
        return -(-good.left_milli // 1000) if good is not None else 0

    def set_quantity(self, units: int) -> None:
        """So many units of the chosen thing; all of it rather than more than there is."""
        good = self._all().get(self.chosen)
        if good is None:
            return
        milli = min(units * 1000, good.left_milli)
        if milli > 0:
            self._gifts[self.chosen] = milli
        else:
            self._gifts.pop(self.chosen, None)

    def everything(self) -> None:
        """All that is left goes into the delivery."""
        for key, good in self._all().items():
            self._gifts[key] = good.left_milli

    def chosen_name(self) -> str:
        """What is being counted."""
        good = self._all().get(self.chosen)
        return good.name if good is not None else ""

    def value_won(self) -> int:
        """What the delivery comes to, or all that was delivered."""
        if self.tab == "done":
            return self.totals.value_won if self.totals is not None else 0
        goods = self._all()
        found = ((goods[key], milli) for key, milli in self._gifts.items() if key in goods)
        return sum(line_amount_won(g.unit_price_won, milli, 10 if g.weighed else 1) for g, milli in found)

    def summary(self) -> list[tuple[str, str]]:
        """By institution, the largest first."""
        if self.totals is None:
            return []
        return [(name, wording.won(won)) for name, won in self.totals.by_institution]

    def institutions(self) -> list[tuple[str, str]]:
        """Who was given something before."""
        return [(name, name) for name in self._house.donations.institutions()[:4]]

    def off_reason(self) -> str:
        """Why nothing can be handed over, or printed, yet."""
        if self.tab == "done":
            return "" if self.chosen else tr("전달한 것을 먼저 골라요.")
        if not self._gifts:
            return tr("기부할 물건을 먼저 골라요.")
        return "" if self.institution.strip() else tr("받는 기관을 적어요.")

    def give(self) -> str:
        """Record the delivery; its id."""
        goods = self._all()
        gifts = [Gift(goods[k].product_id, milli, goods[k].sale_id) for k, milli in self._gifts.items() if k in goods]
        made = self._house.donations.give(self.institution, gifts, self.receiver)
        self._gifts.clear()
        self._bought.clear()
        self.institution = self.receiver = ""
        return made

    def print_slip(self, donation_id: str) -> str:
        """Queue the slip; the sentence for people."""
        self._house.papers.print_document(self._house.donations.slip(donation_id), "donation")
        return tr("전달확인서를 인쇄기로 보냈어요.")

    def save_pdf(self, donation_id: str, path: Path) -> str:
        """Write the slip as PDF (slow). Raises EnvironmentFault."""
        data = self._house.donations.pdf(donation_id)
        try:
            path.write_bytes(data)
        except OSError as error:
            raise EnvironmentFault(
                tr("파일을 쓰지 못했어요: {file}", file=path), tr("폴더와 권한, 남은 자리를 확인해요.")
            ) from error
        return tr("전달확인서를 저장했어요.")

    def withdraw(self) -> str:
        """The chosen delivery did not take place; the sentence for people."""
        self._house.donations.withdraw(self.chosen)
        self.chosen = ""
        return tr("기부를 거뒀어요. 남은 물건으로 돌아왔어요.")


def _key(good: Any) -> str:
    return f"{good.sale_id}/{good.product_id}"


def _row(key: str, good: Any, count: int) -> RowView:
    """A good with how much of it is in the delivery, thousandths."""
    left = _said(good, good.left_milli)
    from_sale = tr("산 것") if good.sale_id else good.vendor
    badge = BadgeView(_said(good, count), "count") if count else None
    return RowView(key, good.name, tr("{whose} · {left}까지", whose=from_sale, left=left), "", badge)


def _said(good: Any, milli: int) -> str:
    return wording.counted(milli, good.unit, SoldBy.WEIGHT if good.weighed else SoldBy.EACH)
