"""Events that cannot be understood are kept, counted and listed, and delay no other."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pos_app.bootstrap import open_house
from pos_app.facts import sales
from pos_app.facts.catalogue import Edit, FieldEdit
from pos_app.runtime.faults import EnvironmentFault
from pos_app.storage.folds import dispatch
from tests.storage.histories import DAY, a_refund, a_sale, say, take_in
from tests.sync.replica import Writer


def edit(kind: str, **fields: Any) -> Edit:
    """An edit of one thing."""
    return Edit(kind, f"{kind}-x", {name: FieldEdit(value, 1) for name, value in fields.items()})


def twice_numbered() -> sales.Sale:
    """A sale with two lines of the same number."""
    sale = a_sale([("p1", "v1", 1000, 5), ("p2", "v1", 1000, 5)])
    return msgspec.structs.replace(sale, lines=(sale.lines[0], sale.lines[0]))


ODD: dict[str, Callable[[], msgspec.Struct]] = {
    "two lines of one number": twice_numbered,
    "a tender of tomorrow": lambda: a_sale([("p1", "v1", 1000, 5)], tenders=[("points", 5)]),
    "a refund by a tender of tomorrow": lambda: a_refund("s", "p1", "v1", 1000, 5, tender="points"),
    "more won than fit": lambda: a_sale([("p1", "v1", 1000, 10**30)]),
    "a kind of tomorrow": lambda: edit("bundle", name="x"),
    "a name that is a list": lambda: edit("vendor", name=["x"]),
    "a name that is nothing": lambda: edit("vendor", name=None),
    "barcodes that are a number": lambda: edit("product", name="x", barcodes=5),
    "a role of tomorrow": lambda: edit("operator", name="x", role="king"),
    "a tax kind of tomorrow": lambda: edit("vendor", name="x", tax_kind="martian"),
    "a tax class of tomorrow": lambda: edit("product", name="x", vendor_id="vendor-x", tax_class="sin"),
    "a policy of tomorrow": lambda: edit("product", name="x", oversell="pray"),
    "certificates that are none": lambda: edit("vendor", name="x", certificates="bogus"),
    "a price with letters": lambda: edit("product", name="x", unit_price_won="abc"),
    "a price below nothing": lambda: edit("product", name="x", unit_price_won=-5),
    "a rounding that is none": lambda: edit("policy", cash_truncation_won="abc"),
    "a step that is none": lambda: edit("policy", weighed_rounding_won=7),
}


@pytest.mark.acceptance("A33")
@pytest.mark.parametrize("name", ODD)
def test_it_is_kept_and_the_house_opens_and_its_neighbours_are_there(tmp_path: Path, name: str) -> None:
    writer = Writer(f"register/{DAY}/R1")
    datas = [
        say(writer, a_sale([("p1", "v1", 1000, 500)])).data,
        say(writer, ODD[name]()).data,
        say(writer, a_sale([("p2", "v1", 1000, 700)])).data,
    ]
    house = open_house(tmp_path)
    take_in(house, [writer], datas)
    house.close()
    house = open_house(tmp_path)
    with house.database.read() as rows:
        assert rows.one('SELECT count(*) FROM "event"') == (3,)
        standing = {total for (total,) in rows.all('SELECT "total_won" FROM "sale"')}
        assert {500, 700} <= standing
        listed = rows.all('SELECT "state", "reason" FROM "unfolded"')
    assert all(state in ("unreadable", "unknown") and reason for state, reason in listed)
    assert house.integrity.verify().findings == ()
    assert house.integrity.rebuild().different == ()
    house.operators.names()
    house.goods.vendors()
    house.goods.tiles()
    house.goods.search("x")
    assert house.till.policy is not None
    house.close()


@pytest.mark.parametrize(
    ("type_", "state"),
    [("future/9", "unknown"), ("sale/1", "unreadable"), ("sale/2", "unknown"), ("", "unknown")],
)
@pytest.mark.parametrize("body", [None, {}, [], "x", 5, {"day_id": 5}, {"lines": [[]]}])
def test_bodies_that_are_no_fact_are_listed_with_a_reason(
    tmp_path: Path, type_: str, state: str, body: Any
) -> None:
    writer = Writer("catalogue")
    house = open_house(tmp_path)
    take_in(house, [writer], [writer.say(body, type_).data])
    with house.database.read() as rows:
        listed = rows.all('SELECT "state", length("reason") > 0 FROM "unfolded"')
    assert listed == [(state, 1)] or (type_ == "" and listed[0][0] == "unknown")
    before = house.integrity.digest()
    assert house.integrity.rebuild().different == ()
    assert house.integrity.digest() == before
    house.close()


def test_a_full_disk_while_folding_is_no_unreadable_event(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folds: dict[Any, Any] = dispatch.FOLDS

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    writer = Writer(f"register/{DAY}/R1")
    house = open_house(tmp_path)
    with monkeypatch.context() as patch, pytest.raises(EnvironmentFault):
        patch.setitem(folds, sales.Sale, full)
        take_in(house, [writer], [say(writer, a_sale([("p1", "v1", 1000, 500)])).data])
    take_in(house, [], [])
    with house.database.read() as rows:
        assert rows.all('SELECT "state" FROM "unfolded"') == []
        assert rows.one('SELECT "total_won" FROM "sale"') == (500,)
    house.close()
