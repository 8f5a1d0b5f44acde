"""What a market's closing refuses: each sentence names the cell, vendor or register, and nothing is half applied."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos_app.domain.commission import Band, Rule
from pos_app.domain.errors import DomainError
from pos_app.domain.goods_sheet import Entry
from pos_app.i18n.sentences import sentence
from pos_app.services.editing import edit_of
from pos_app.services.house import House
from pos_app.services.imports import ImportRefused
from pos_app.storage.unit_of_work import CATALOGUE
from tests.importing.market_sheets import book
from tests.scenarios.without_flush import skip_flushes
from tests.services.houses import MARKET, cash, event_bytes, good_id, sell, table, vendor_id
from tests.services.ordering import sheet
from tests.services.settlement_homes import DAY, FIRM, MAKER, a_day, open_day, rule, seal_day, settle_market

Attempt = Callable[[House, Path], object]
FOLDED = ("stock", "preorder", "settlement_run", "settlement_step", "day_seal", "edit")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The small market with two vendors' sales on a sealed day, and the next day open."""
    skip_flushes(monkeypatch)
    made = settle_market(tmp_path / "home")
    made.commissions.enter(rule(100, "농가"))
    a_day(made, DAY, ([("P002", 2000), ("P006", 1000)], cash(100_000)))
    open_day(made, "2026-11-27")
    made.goods_sheets.save("in", _today(made), [Entry(good_id("P002"), brought=60_000)])
    yield made
    made.close()


def _today(house: House) -> str:
    day = house.days.current()
    assert day is not None
    return day.day_id


def _workbook(folder: Path, title: str) -> Path:
    head = ["품목코드", "업체명", "품목명", "단위", "단가", "과세구분", "반입수량"]
    goods = [["P002", "새벽 공방", "참기름 320ml", "병", 21_000, "과세", 70]]
    return book(folder / "goods.xlsx", {"판매품목": [[title], [], head, *goods]})


def _counted(house: House, _: Path) -> object:
    entries = [Entry(good_id("P002"), taken_home=3_000), Entry(good_id("P003"), counted=999_000)]
    return house.goods_sheets.save("count", _today(house), entries)


def _gap(house: House, _: Path) -> object:
    house.commissions.end(house.commissions.find("농가 10%").id, "2026-11-30")
    return house.commissions.enter(rule(120, "농가", "2026-12-15"))


def _no_account(house: House, _: Path) -> object:
    house.commissions.enter(rule(100))
    with house.desk.work.begin() as work:
        edit = edit_of(work.rows, "vendor", vendor_id(FIRM), {"contact": ""})
        assert edit is not None
        work.record(CATALOGUE, edit)
    runs = [made.view.run.run_id for made in house.settlements.run(DAY)]
    house.payouts.approve(runs)
    return house.payouts.pay(runs, "이체 1")


def _parked(house: House, _: Path) -> object:
    house.till.add(good_id("P002"))
    house.till.park("할머니")
    return house.day_close.seal()


REFUSED: dict[str, tuple[Attempt, tuple[str, ...]]] = {
    "order sheet of another market": (
        lambda house, folder: house.preorders.take(sheet(folder, title="나주 금요장터 사전주문 취합표")),
        ("나주 금요장터", MARKET),
    ),
    "goods of another market": (
        lambda house, folder: house.proposals.from_file(
            _workbook(folder, "나주 금요장터 참여업체 명단 (2026-11-27)")
        ),
        ("나주 금요장터", MARKET),
    ),
    "overlapping rules": (
        lambda house, _: house.commissions.enter(rule(120, "농가", "2025-06-01")),
        ("농가 10%", "농가 12%"),
    ),
    "a rule whose bands leave a hole": (
        lambda house, _: house.commissions.enter(Rule("", DAY, (Band(100, 10),), vendor_class="가공")),
        ("0원",),
    ),
    "a rule after a gap": (_gap, ("농가 10%", "2026-12-01", "2026-12-14")),
    "a payout without an account": (_no_account, ("두레 자활센터",)),
    "a count larger than ever brought": (_counted, ("손수건",)),
    "a seal with a parked cart": (_parked, ("R1",)),
    "a seal with an open shift": (lambda house, _: house.day_close.seal(), ("R1",)),
}
CHANGES_BEFORE = (
    "a rule after a gap",
    "a payout without an account",
)  # what leads up to the refusal is recorded


@pytest.mark.parametrize("name", list(REFUSED))
def test_the_refusal_names_it_and_nothing_is_half_applied(house: House, tmp_path: Path, name: str) -> None:
    attempt, words = REFUSED[name]
    before = event_bytes(house)
    folded = {each: table(house, each) for each in FOLDED}
    with pytest.raises(DomainError) as said:
        attempt(house, tmp_path)
    told = sentence(said.value)
    for word in words:
        assert word in told, told
    assert "할 수 없는 일이에요" not in told  # it has a sentence of its own
    if name not in CHANGES_BEFORE:
        assert event_bytes(house) == before
        assert {each: table(house, each) for each in FOLDED} == folded
        return
    after = event_bytes(house)
    steps = table(house, "settlement_step")
    assert not [row for row in steps if "paid" in row] and event_bytes(house) == after


def test_an_unknown_product_column_is_named_by_its_cell(house: House, tmp_path: Path) -> None:
    odd = book(
        tmp_path / "odd.xlsx",
        {
            "주문": [
                ["부서", "성명", "꽃차", "모르는 물건"],
                ["총무부", "강민영", 1, 2],
                ["총무부", "김서경", "두 개", None],
            ]
        },
    )
    before = event_bytes(house)
    with pytest.raises(ImportRefused) as said:
        house.preorders.take(odd, strict=True)
    assert [cell for cell, _ in said.value.bad] == ["주문!D1", "주문!C3"]
    assert event_bytes(house) == before
    done = house.preorders.take(odd)
    assert (done.lines, [cell for cell, _ in done.bad]) == (1, ["주문!D1", "주문!C3"])


def test_a_vendor_without_a_rule_stops_the_approval_of_all(house: House) -> None:
    (made,) = house.settlements.run(DAY)
    before = event_bytes(house)
    with pytest.raises(DomainError) as said:
        house.payouts.approve([made.view.run.run_id])
    assert "새벽 공방" in sentence(said.value) and "두레 자활센터" in sentence(said.value)
    assert event_bytes(house) == before


def test_after_all_refusals_the_day_is_closed_as_usual(house: House) -> None:
    with pytest.raises(DomainError):
        house.day_close.seal()
    sell(house, [("P002", 1000)], cash(21_000))
    seal_day(house)
    house.commissions.enter(rule(100))
    house.settlements.run(DAY)
    totals = [house.settlements.totals(made.view) for made in house.settlements.run("2026-11-27")]
    assert sum(each.net_won for each in totals) == 21_000
    assert not house.integrity.verify().findings and house.integrity.rebuild().different == ()
    assert vendor_id(MAKER) in {
        told.vendor_id for view in house.settlements.views() for told in view.statements
    }
