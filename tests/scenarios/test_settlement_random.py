"""Random markets through the services: payout + commission + fees = net (ten thousand: tests/domain)."""

import random
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.commission import Applies, Band, Rule
from pos_app.domain.settlement import Statement, total
from pos_app.services.editing import edit_of
from pos_app.services.house import House
from pos_app.storage.queries import catalogue
from pos_app.storage.unit_of_work import CATALOGUE
from tests.scenarios.reckoning import reckon as reckon_day
from tests.scenarios.unseen import market
from tests.scenarios.without_flush import skip_flushes

CLASSES = ("농가", "가공", "기업")


def check(statements: list[Statement]) -> None:
    """Every identity of a run, to the won, whole and by tender."""
    sums = total(statements)
    assert sums.payout_won + sums.commission_won + sums.fees_won == sums.net_won
    for name in ("net_won", "commission_won", "payout_won"):
        assert sum(getattr(line, name) for line in sums.by_tender) == getattr(sums, name)
    assert sum(line.fee_won for line in sums.by_tender) == sums.fees_won
    for line in sums.by_tender:
        assert line.payout_won + line.commission_won + line.fee_won == line.net_won
    for each in statements:
        sent = each.to_transfer_won + each.carried_out_won + each.held_by_vendor_won + each.held_back_won
        assert sent == each.payout_won + each.released_won + each.carried_in_won


def dress(house: House, chosen: random.Random) -> None:
    """Give the vendors classes and cooperatives, the products categories; rules and fees at random."""
    with house.desk.work.begin() as work:
        for vendor in catalogue.vendors(work.rows):
            wanted = {"vendor_class": chosen.choice(CLASSES), "cooperative": chosen.choice(("가", "나"))}
            edit = edit_of(work.rows, "vendor", vendor.id, wanted)
            if edit is not None:
                work.record(CATALOGUE, edit)
        for product in list(catalogue.products(work.rows)):
            edit = edit_of(
                work.rows, "product", product.id, {"category": chosen.choice(("", "농산물", "가공품"))}
            )
            if edit is not None:
                work.record(CATALOGUE, edit)
    for class_ in CLASSES:
        bands = [Band(0, chosen.choice((0, 100, 130)))]
        if chosen.random() < 0.5:
            bands.append(Band(chosen.randint(10_000, 400_000), chosen.choice((77, 250))))
        house.commissions.enter(
            Rule("", "2027-01-01", tuple(bands), vendor_class=class_, applies=chosen.choice(list(Applies)))
        )
    house.commissions.enter(
        Rule("", "2027-01-01", (Band(0, 55),), vendor_class="농가", product_class="가공품")
    )
    house.commissions.decide([f"card={chosen.randint(0, 30)}", "voucher=21", "transfer=3"], [], [])


@pytest.mark.acceptance("A22")
@pytest.mark.parametrize("seed", range(6))
def test_random_markets_through_the_services(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    skip_flushes(monkeypatch)
    made = market(seed)
    workbook, tape = made.save(tmp_path)
    house = open_house(tmp_path / "home")
    house.imports.workbook(workbook)
    dress(house, random.Random(seed))
    house.days.open(f"장터 {seed}", "2027-03-05")
    house.shifts.open(0)
    assert house.ringing.tape(tape.read_bytes().splitlines()).refused == []
    for till in house.day_close.board():
        house.desk.register = till.register
        if till.state == "open":
            house.shifts.count_total(max(0, house.shifts.count_total(0).expected_won))
            house.shifts.close("시험")
    house.day_close.seal()
    runs = house.settlements.run()
    statements = [told.statement for each in runs for told in each.view.statements]
    check(statements)
    paper = reckon_day(made.wares, made.tape)
    names = {told.vendor: told.statement.net_won for each in runs for told in each.view.statements}
    assert names == {vendor: paper.by_vendor[vendor] for vendor in names}
    assert sum(paper.by_vendor.values()) == total(statements).net_won
    by_type: dict[str, int] = {}
    for line in total(statements).by_tender:
        by_type[line.tender.partition(":")[0]] = by_type.get(line.tender.partition(":")[0], 0) + line.net_won
    assert by_type == {name: won for name, won in paper.tenders.items() if won or name in by_type}
    for each in runs:
        for told in each.view.statements:
            assert sum(goods.net_won for goods in told.goods) == told.statement.net_won
            assert sum(goods.commission_won for goods in told.goods) == told.statement.commission_won
    assert all(each.again for each in house.settlements.run())
    assert house.integrity.rebuild().different == ()
