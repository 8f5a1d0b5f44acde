"""Events that one kind of store could hold and another not: both list them, in whatever order they come."""

import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from pos_app.facts.catalogue import Edit, FieldEdit, GoodsMovement, MarketDay
from pos_app.storage.folds.bounds import MAX_ID_BYTES, MAX_NUMBER
from pos_app.storage.opening import open_store
from tests.storage.histories import AT, DAY, a_refund, a_sale, a_void, say
from tests.storage.test_odd_events import ODD, edit
from tests.storage.twins import bring, differences, on_file, tables
from tests.sync.replica import Writer

BIGGEST = 2**63 - 1
LONG = "가" * 2000


def told(kind: str, name: str, value: object, rev: int = 1) -> Edit:
    return Edit(kind, f"{kind}-x", {name: FieldEdit(value, rev)})


STRANGE: dict[str, Callable[[], msgspec.Struct]] = {
    **ODD,
    "a zero character in a name": lambda: a_sale([("p\x00", "v1", 1000, 5)]),
    "a zero character in an edit": lambda: edit("vendor", name="가\x00나"),
    "a zero character in a field's name": lambda: Edit("vendor", "vendor-x", {"na\x00me": FieldEdit("x", 1)}),
    "a number at the edge": lambda: a_sale([("p1", "v1", 1000, BIGGEST)]),
    "a quantity at the edge": lambda: a_sale([("p1", "v1", -BIGGEST - 1, 5)]),
    "a number beyond the edge": lambda: a_sale([("p1", "v1", 1000, BIGGEST + 1)]),
    "a sum beyond the edge": lambda: a_sale([("p1", "v1", 1000, MAX_NUMBER), ("p2", "v1", 1000, 5)]),
    "an id too long for an index": lambda: a_sale([("p1", "v1", 1000, 5)], given_id="i" * 3000),
    "a long id of many signs": lambda: a_sale([("p1", "v1", 1000, 5)], given_id='"' * (MAX_ID_BYTES + 1)),
    "a vendor id too long": lambda: edit("product", name="x", vendor_id=LONG),
    "a barcode too long": lambda: edit("product", name="x", barcodes=[LONG]),
    "a register too long": lambda: MarketDay(DAY, "m", "장터", "2026-11-20", (LONG,)),
    "goods of a product too long": lambda: GoodsMovement("b9", DAY, AT, "brought", ((LONG, "v1", 5),)),
    "a void of an id too long": lambda: a_void(LONG),
    "a refund by an id too long": lambda: a_refund("s", "p1", "v1", 1000, 5, given_id=LONG),
    "a name that is a number": lambda: edit("vendor", name=5),
    "a name that is a truth": lambda: edit("vendor", name=True),
    "a price in digits": lambda: edit("product", name="x", unit_price_won="12"),
    "a price in odd digits": lambda: edit("product", name="x", unit_price_won="1e3"),
    "a price that is a truth": lambda: edit("product", name="x", unit_price_won=True),
    "a price too large": lambda: edit("product", name="x", unit_price_won=BIGGEST),
    "activity that is a truth": lambda: edit("vendor", active=True),
    "barcodes that are numbers": lambda: edit("product", barcodes=[5]),
    "a rule switched off before it is known": lambda: told("commission", "active", 0),
    "a rule that is none": lambda: told("commission", "rule", "nonsense"),
    "a bundle of nothing": lambda: told("bundle", "parts", ["p1 0 1"]),
    "a bundle in odd words": lambda: told("bundle", "parts", ["p1"]),
}


@pytest.mark.acceptance("A33")
@pytest.mark.parametrize("name", STRANGE)
def test_it_is_told_alike_in_every_order(tmp_path: Path, postgres_url: str, name: str) -> None:
    one, other = Writer(f"register/{DAY}/R1"), Writer("catalogue")
    events = [
        say(one, a_sale([("p1", "v1", 1000, 500)])),
        say(one, STRANGE[name](), hlc=2),
        say(one, a_sale([("p2", "v1", 1000, 700)])),
        *(say(other, edit(kind, name="나"), hlc=3) for kind in ("vendor", "product", "operator")),
        say(other, told("vendor", "name", "다", rev=2), hlc=4),
    ]
    geneses, datas = [one.genesis, other.genesis], [event.data for event in events]
    stores = [on_file(tmp_path / f"{n}.db") for n in range(2)] + [open_store(postgres_url)]
    for seed, database in enumerate(stores):
        bring(database, geneses, datas, chosen=random.Random(seed))
    for database in stores[1:]:
        assert differences(stores[0], database) == []
    assert [row[-2] for row in tables(stores[0])["sale"] if row[-2] in (500, 700)]
    for database in stores:
        database.close()


def test_long_texts_that_stand_in_no_index_are_folded(tmp_path: Path, postgres_url: str) -> None:
    writer = Writer(f"register/{DAY}/R1")
    sale = msgspec.structs.replace(a_sale([("p1", "v1", 1000, 500)]), note=LONG, customer='"' * 5000)
    events = [say(writer, sale).data, say(writer, edit("vendor", name=LONG, contact=LONG)).data]
    stores = [on_file(tmp_path / "jangteo.db"), open_store(postgres_url)]
    for database in stores:
        bring(database, [writer.genesis], events)
        assert tables(database)["unfolded"] == []
        assert len(tables(database)["sale"]) == 1
        assert len(tables(database)["vendor"]) == 1
    assert differences(*stores) == []
    for database in stores:
        database.close()
