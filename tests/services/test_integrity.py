"""The journal of a whole day: what was printed and sealed is held against what is there."""

import json
from pathlib import Path

import pytest

from pos_app.runtime.clock import Clock
from pos_app.services.house import House
from pos_app.storage.folds import rebuild as rebuilding
from pos_app.storage.folds.dispatch import fold_stored
from sync.events import Event
from sync.rows import Rows
from tests.services.houses import card, event_bytes, open_market, sell


@pytest.fixture
def sealed(tmp_path: Path) -> House:
    """A day with six sales, closed and sealed."""
    house = open_market(tmp_path / "home")
    for _ in range(6):
        sell(house, [("P002", 1000)], card(21_000))
    house.shifts.count_total(0)
    house.shifts.close()
    house.day_close.seal()
    assert house.integrity.verify().findings == ()
    return house


def cut_off(house: House, many: int) -> None:
    """Take the last events of R1's log away and put its head back, as if they had never been."""
    with house.database.write() as rows:
        found = rows.one('SELECT "log" FROM "log" WHERE "scope" LIKE ?', "register/%")
        assert found is not None
        log = found[0]
        last = rows.all(
            'SELECT "key", "seq" FROM "event" WHERE "log" = ? ORDER BY "seq" DESC LIMIT ?', log, many + 1
        )
        for key, _ in last[:many]:
            rows.run('DELETE FROM "event" WHERE "key" = ?', key)
        rows.run('UPDATE "head" SET "key" = ?, "seq" = ? WHERE "log" = ?', last[many][0], last[many][1], log)


@pytest.mark.acceptance("A40")
@pytest.mark.parametrize("many", [1, 3, 7])
def test_a_tail_cut_off_below_the_seal_is_found(sealed: House, many: int) -> None:
    cut_off(sealed, many)
    assert sealed.integrity.verify().findings
    sealed.close()


@pytest.mark.acceptance("A40")
def test_a_tail_cut_off_before_the_seal_is_found_by_the_numbers_that_were_given(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    for _ in range(4):
        sell(house, [("P002", 1000)])
    cut_off(house, 2)
    assert house.integrity.verify().findings
    house.close()


@pytest.mark.acceptance("A29")
def test_a_seal_names_the_last_event_of_every_register(sealed: House) -> None:
    seal = next(json.loads(data)["body"] for data in event_bytes(sealed).values() if b'"day-seal/1"' in data)
    with sealed.database.read() as rows:
        heads = rows.all(
            'SELECT h."log", h."seq", h."key" FROM "head" h JOIN "log" l ON l."log" = h."log" WHERE l."scope" LIKE ?',
            "register/%",
        )
    assert [(cut["log"], cut["seq"], cut["key"]) for cut in seal["cut"]] == [
        (log.hex(), seq, key.hex()) for log, seq, key in heads
    ]
    assert seal["totals"]["net_won"] == 6 * 21_000
    sealed.close()


def test_rebuild_names_the_tables_that_somebody_changed(sealed: House) -> None:
    with sealed.database.write() as rows:
        rows.run('UPDATE "sale" SET "total_won" = "total_won" + 1')
        rows.run('DELETE FROM "stock"')
    assert sealed.integrity.rebuild().different == ("sale", "stock")
    assert sealed.integrity.rebuild().different == ()
    sealed.close()


def test_a_day_whose_totals_were_changed_is_not_sealed(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sell(house, [("P002", 1000)], card(21_000))
    house.shifts.count_total(0)
    house.shifts.close()
    with house.database.write() as rows:
        rows.run('UPDATE "log_total" SET "gross_won" = "gross_won" + 1')
    with pytest.raises(Exception, match=r"day\.totals_differ"):
        house.day_close.seal()
    house.integrity.rebuild()
    assert house.day_close.seal().totals["net_won"] == 21_000
    house.close()


def test_two_stores_that_hold_the_same_have_the_same_digest_and_others_do_not(tmp_path: Path) -> None:
    house, other = open_market(tmp_path / "a"), open_market(tmp_path / "b", clock=Clock())
    assert house.integrity.digest() == house.integrity.digest() != other.integrity.digest()
    before = house.integrity.digest()
    house.desk.settings.set("shop_name", "다른 이름")
    house.till.add(house.goods.tiles()[0].product_id)
    house.till.park()
    assert house.integrity.digest() == before
    sell(house, [("P002", 1000)])
    assert house.integrity.digest() != before
    house.close()
    other.close()


def test_a_rebuild_that_breaks_off_leaves_everything_as_it_was(
    sealed: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, told = sealed.integrity.digest(), 0

    def breaks(rows: Rows, event: Event) -> None:
        nonlocal told
        told += 1
        if told == 9:
            raise KeyboardInterrupt
        fold_stored(rows, event)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(rebuilding, "fold_stored", breaks)
        sealed.integrity.rebuild()
    assert sealed.integrity.digest() == before
    assert sealed.reports.day()["sales_count"] == 6
    assert sealed.integrity.rebuild().different == ()
    sealed.close()
