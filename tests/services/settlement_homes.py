"""A market made for settling: the small market with classes and cooperatives, days opened, closed, sealed."""

from collections.abc import Iterable
from pathlib import Path

from pos_app.bootstrap import open_house
from pos_app.domain.commission import Applies, Band, Rule
from pos_app.domain.tender import TenderInput
from pos_app.services.editing import edit_of
from pos_app.services.house import House
from pos_app.services.settlements_state import RunView
from pos_app.storage.unit_of_work import CATALOGUE
from tests.services.houses import MARKET, fill, sell, vendor_id

CLASSES = ("농가", "가공", "가공", "기업", "기업")
FARM, MAKER, FIRM = 0, 1, 3
DAY = "2026-11-20"


def settle_market(
    home: Path, cooperatives: tuple[str, ...] = ("조합",) * 5, classes: Iterable[str] = CLASSES
) -> House:
    """A house with the small market, every vendor with class, cooperative and account; no day open."""
    house = open_house(home)
    fill(house)
    with house.desk.work.begin() as work:
        for number, (cooperative, class_) in enumerate(zip(cooperatives, classes, strict=True)):
            wanted = {"cooperative": cooperative, "vendor_class": class_}
            edit = edit_of(work.rows, "vendor", vendor_id(number), wanted)
            if edit is not None:
                work.record(CATALOGUE, edit)
    for number in range(5):
        house.payouts.set_account(vendor_id(number), "농협", f"302-0000-111{number}-01")
    return house


def rule(rate: int, vendor_class: str = "", from_on: str = "2026-01-01", **more: object) -> Rule:
    """A rule of one rate, for everybody or one class."""
    return Rule("", from_on, (Band(0, rate),), vendor_class=vendor_class, **more)  # type: ignore[arg-type]


def waived(until_won: int, rate: int, from_on: str = "2026-01-01") -> Rule:
    """0 % until a cumulative, the rate from the month after."""
    bands = (Band(0, 0), Band(until_won, rate))
    return Rule("", from_on, bands, applies=Applies.FOLLOWING_MONTH)


def open_day(house: House, on: str = DAY, market: str = MARKET) -> str:
    """Open a day with its shift; the day's id."""
    house.desk.register = "R1"
    view = house.days.open(market, on, "R1")
    house.desk.settings.set("day_id", view.day_id)
    house.shifts.open(0)
    return view.day_id


def seal_day(house: House) -> None:
    """Close the shift and seal the day."""
    house.shifts.count_total(max(0, house.shifts.count_total(0).expected_won))
    house.shifts.close("시험")
    house.day_close.seal()


def a_day(house: House, on: str, *sales: tuple[list[tuple[str, int]], TenderInput]) -> None:
    """Open a day, sell, close, seal."""
    open_day(house, on)
    for lines, tender in sales:
        sell(house, lines, tender)
    seal_day(house)


def pay_all(house: House, views: Iterable[RunView]) -> None:
    """Approve and pay."""
    ids = [view.run.run_id for view in views]
    house.payouts.approve(ids)
    house.payouts.pay(ids, "이체 1")


def of(view: RunView, number: int) -> dict[str, int]:
    """One vendor's figures of a run, by the domain's names."""
    told = view.of(vendor_id(number))
    assert told is not None
    return {name: getattr(told.statement, name) for name in told.statement.__slots__ if name.endswith("_won")}
