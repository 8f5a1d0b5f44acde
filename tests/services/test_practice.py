"""Practice: everything can be tried, and nothing of it is anywhere else."""

from pathlib import Path

import pytest

from pos_app.bootstrap import open_house, open_practice
from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderType
from pos_app.printing import plain
from tests.services.houses import card, event_bytes, good_id, open_market, sell


def everything(home: Path) -> dict[str, bytes]:
    """Every file of a home that is not practice's own, by name."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and "practice" not in path.name and not path.name.endswith(("-wal", "-shm", ".log"))
    }


@pytest.mark.acceptance("A50")
def test_nothing_done_in_practice_reaches_the_real_books(tmp_path: Path) -> None:
    real = open_market(tmp_path, float_won=10_000)
    real.operators.add("김담당", Role.COORDINATOR, "274913")
    sell(real, [("P002", 1000)])
    before = (
        real.integrity.digest(),
        event_bytes(real),
        real.reports.day(),
        {tile.product_id: tile.on_hand_milli for tile in real.goods.tiles()},
        real.desk.settings.all(),
        real.papers.queue(),
        real.till.parked(),
    )
    real.close()
    files = everything(tmp_path)
    practice = open_practice(tmp_path)
    assert practice.practice
    assert {tile.name for tile in practice.goods.tiles()} >= {"감자", "참기름 320ml"}
    assert practice.operators.names()[0].name == "김담당"
    practice.operators.sign_in(practice.operators.names()[0].id, "274913")
    sale = sell(practice, [("P002", 50_000)])
    practice.returns.refund(sale, [(1, 1000, True)], "연습", TenderType.CASH)
    practice.returns.void(sell(practice, [("P006", 1000)], card(12_345)), "연습")
    practice.goods.quick_add("연습 물건", 1, practice.goods.vendors()[0].id)
    practice.operators.add("연습생", Role.CASHIER, "5927")
    practice.till.add(good_id("P002"))
    practice.till.park("연습")
    practice.till.add(good_id("P006"))
    practice.days.open("연습 장터", "2026-12-31", "R5")
    practice.close()
    assert everything(tmp_path) == files
    real = open_house(tmp_path)
    assert not real.till.unfinished()
    assert before == (
        real.integrity.digest(),
        event_bytes(real),
        real.reports.day(),
        {tile.product_id: tile.on_hand_milli for tile in real.goods.tiles()},
        real.desk.settings.all(),
        real.papers.queue(),
        real.till.parked(),
    )
    assert real.returns.sale(sell(real, [("P002", 1000)])).receipt_no.endswith("-0002")
    real.close()


@pytest.mark.acceptance("A50")
def test_practice_beside_the_open_till(tmp_path: Path) -> None:
    real = open_market(tmp_path)
    real.till.add(good_id("P002"), 3000)
    practice = open_practice(tmp_path)
    assert practice.till.cart.lines == ()
    assert not practice.till.unfinished()
    practice.till.add(good_id("P006"))
    sell(practice, [("P002", 1000)])
    assert [line.quantity_milli for line in real.till.cart.lines] == [3000]
    practice.close()
    real.close()
    real = open_house(tmp_path)
    assert real.till.unfinished()
    real.till.resume()
    assert [line.quantity_milli for line in real.till.cart.lines] == [3000]
    real.close()


@pytest.mark.acceptance("A50")
def test_practice_starts_anew_each_time_and_says_so_on_every_paper(tmp_path: Path) -> None:
    real = open_market(tmp_path)
    real.close()
    for _ in range(2):
        practice = open_practice(tmp_path)
        assert practice.reports.day()["sales_count"] == 0
        sale = sell(practice, [("P002", 1000)])
        practice.till.add(good_id("P002"))
        for document in (practice.papers.receipt(sale), practice.shifts.x_document()):
            assert "연습" in plain.render(document, 42)
        practice.close()
    real = open_house(tmp_path)
    assert "연습" not in plain.render(real.papers.receipt(sell(real, [("P002", 1000)])), 42)
    real.close()


@pytest.mark.acceptance("A50")
def test_practice_on_a_machine_where_nothing_was_ever_opened(tmp_path: Path) -> None:
    open_house(tmp_path).close()
    practice = open_practice(tmp_path)
    assert practice.days.current() is None
    practice.close()
