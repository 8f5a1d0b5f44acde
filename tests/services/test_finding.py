"""The search answers before its index is there, and while the catalogue changes under it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.search import ProductSearch
from pos_app.services import finding
from pos_app.services.editing import edit_of
from pos_app.services.house import House
from pos_app.storage.unit_of_work import CATALOGUE
from tests.services.houses import good_id, open_market, vendor_id


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A market whose eight products count as many: nothing is indexed unless somebody warms it."""
    monkeypatch.setattr(finding, "SMALL", 2)
    house = open_market(tmp_path / "home")
    yield house
    house.close()


def rename(house: House, code: str, name: str) -> None:
    with house.desk.work.begin() as work:
        edit = edit_of(work.rows, "product", good_id(code), {"name": name})
        assert edit is not None
        work.record(CATALOGUE, edit)


def test_names_are_found_before_there_is_an_index(house: House) -> None:
    assert house.goods.stale()
    assert house.goods.search("참기름") == [good_id("P002")]
    assert house.goods.search("기름 320") == [good_id("P002")]
    assert house.goods.search("100%") == []
    assert house.goods.stale(), "nobody waited for the index"


def test_what_is_new_is_found_while_the_old_index_answers(house: House) -> None:
    house.goods.warm()
    assert not house.goods.stale()
    assert house.goods.search("ㅊㄱㄹ") == [good_id("P002")]
    fresh = house.goods.quick_add("새벽 두부", 3_000, vendor_id(1), barcode="8801234567893")
    assert house.goods.stale()
    assert house.goods.search("ㄷㅂ")[0] == fresh
    assert house.goods.search("8801234567893") == [fresh]
    assert good_id("P004") in house.goods.search("도시락")
    house.goods.warm()
    assert not house.goods.stale()
    assert fresh in house.goods.search("ㄷㅂ")


def test_a_new_name_counts_at_once_and_the_old_one_no_longer(house: House) -> None:
    house.goods.warm()
    rename(house, "P006", "국화차")
    assert house.goods.stale(), "a change by another hand is seen too"
    assert house.goods.search("국화") == [good_id("P006")]
    assert house.goods.search("꽃차") == []


def test_a_change_while_the_index_is_made_is_not_lost(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ProductSearch.build

    def slow(entries: object) -> ProductSearch:
        index = made(entries)  # type: ignore[arg-type]
        monkeypatch.undo()
        monkeypatch.setattr(finding, "SMALL", 2)
        rename(house, "P006", "국화차")
        house.goods.stale()
        return index

    monkeypatch.setattr(ProductSearch, "build", slow)
    house.goods.warm()
    assert house.goods.stale()
    assert house.goods.search("국화") == [good_id("P006")]
