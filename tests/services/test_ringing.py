"""Tapes: odd lines are named and harm nothing, the same tape twice changes nothing."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.services.house import House
from pos_app.services.ringing import RingDone
from pos_app.storage.queries import sales
from tests.services.houses import cash, event_bytes, good_id, open_market, session

ID = "227e5be6-5b02-414f-ae0d-4980d6b3eb4a"
LINE = {"product": "P002", "quantity_milli": 1000}


def slip(**other: Any) -> bytes:
    """One line of a tape."""
    return json.dumps(
        {"at": "2026-11-20T10:00:00+09:00", "register": "R1", "lines": [LINE], **other}
    ).encode()


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_market(tmp_path / "home")


def line(**other: Any) -> dict[str, Any]:
    """A slip whose one line is put otherwise."""
    return {"lines": [{**LINE, **other}]}


BAD: list[bytes] = [
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'"x"',
    b'{"at":"\\ud800"}',
    b"{" * 5000,
    slip(note="x" * 1_000_000),
    json.dumps({"at": "2026-11-20T10:00:00+09:00"}).encode(),
    slip(at="gestern"),
    slip(at="2026-11-20"),
    slip(at="2026-11-20T10:00:00"),
    slip(at=5),
    slip(id="nope"),
    slip(id=5),
    slip(register=""),
    slip(register="../../x"),
    slip(register="R1\x00"),
    slip(lines=[]),
    slip(lines=[LINE] * 501),
    slip(lines={}),
    slip(**line(quantity_milli=1000.0)),
    slip(**line(quantity_milli=1.5)),
    slip(**line(quantity_milli=True)),
    slip(**line(quantity_milli="1000")),
    slip(**line(quantity_milli=0)),
    slip(**line(quantity_milli=-1000)),
    slip(**line(quantity_milli=10**30)),
    slip(**line(product="P999")),
    slip(**line(product="")),
    slip(**line(product="x" * 36)),
    slip(**line(product=good_id("P002").replace("-", "x"))),
    slip(**line(discount_won=-4)),
    slip(**line(discount_won=0.5)),
    slip(**line(discount_won=21_001)),
    slip(**line(discount_won=10**30)),
    slip(cart_discount_won=-3),
    slip(cart_discount_won=21_001),
    slip(tender="bitcoin"),
    slip(tender=None),
    slip(tenders=[{"type": "points", "amount_won": 21_000}]),
    slip(tenders=[{"type": "cash", "amount_won": 21_000.0}]),
    slip(tenders=[{"type": "cash", "amount_won": -5}]),
    slip(tenders=[{"type": "cash", "amount_won": 20_000}]),
    slip(tenders=[{"type": "cash", "amount_won": 10**30}]),
    slip(tenders=[{"type": "card", "amount_won": 30_000}]),
    slip(refund_of=ID),
    slip(refund_of="nope"),
    slip(void_of=ID),
    slip(void_of="'; DROP TABLE sale; --"),
]


@pytest.mark.parametrize("raw", BAD, ids=range(len(BAD)))
def test_a_line_that_cannot_be_is_named_and_its_neighbours_are_rung(house: House, raw: bytes) -> None:
    before = set(event_bytes(house))
    done = house.ringing.tape([slip(), raw, b"", slip(id=ID)])
    assert [number for number, _ in done.refused] == [2]
    reason = done.refused[0][1]
    assert any("가" <= letter <= "힣" for letter in reason)
    assert len(reason) < 300
    assert [sale.total_won for sale in done.sales] == [21_000, 21_000]
    assert len(set(event_bytes(house)) - before) == 2
    assert house.register == "R1"
    house.close()


@pytest.mark.parametrize("spelled", [ID, ID.upper(), "{" + ID + "}", "urn:uuid:" + ID, ID.replace("-", "")])
def test_one_id_however_it_is_spelled_is_one_sale(house: House, spelled: str) -> None:
    first = house.ringing.tape([slip(id=ID)])
    before = event_bytes(house)
    again = house.ringing.tape([slip(id=spelled)])
    assert again.sales == first.sales
    assert event_bytes(house) == before
    back = house.ringing.tape([slip(refund_of=spelled, lines=[{"line": 1, "quantity_milli": 1000}])])
    assert [sale.total_won for sale in back.sales] == [-21_000]
    house.close()


def test_refunds_and_voids_with_ids_are_told_once_too(house: House) -> None:
    other = ID[:-1] + "b"
    tape = [
        slip(id=ID),
        slip(id=other),
        slip(id=ID[:-1] + "c", refund_of=ID, lines=[{"line": 1, "quantity_milli": 500}]),
        slip(id=ID[:-1] + "d", void_of=other),
    ]
    first = house.ringing.tape(tape)
    assert [sale.total_won for sale in first.sales] == [21_000, 21_000, -10_500, -21_000]
    before = event_bytes(house)
    assert house.ringing.tape(tape) == first
    assert event_bytes(house) == before
    day = house.reports.day()
    assert (day["sales_count"], day["refunds_count"], day["voids_count"], day["net_won"]) == (1, 1, 1, 10_500)
    house.close()


@pytest.mark.parametrize(
    "raw",
    [
        slip(void_of=ID),
        slip(refund_of=ID, lines=[{"line": 1, "quantity_milli": 1001}]),
        slip(refund_of=ID, lines=[{"line": 2, "quantity_milli": 1}]),
        slip(refund_of=ID, lines=[{"line": 1, "quantity_milli": -5}]),
        slip(refund_of=ID, lines=[]),
        slip(refund_of=ID, lines=[{"line": 1, "quantity_milli": 1}], tender="points"),
    ],
    ids=range(6),
)
def test_a_second_void_or_too_much_back_is_refused(house: House, raw: bytes) -> None:
    house.ringing.tape([slip(id=ID)])
    if b"void_of" in raw:
        house.ringing.tape([raw])
    before = event_bytes(house)
    assert len(house.ringing.tape([raw]).refused) == 1
    assert event_bytes(house) == before
    house.close()


def test_registers_on_the_tape_are_opened_with_nothing_in_the_drawer(house: House) -> None:
    done = house.ringing.tape([slip(register=name) for name in ("R2", "r2", "계산대 3", "R1")])
    assert done.refused == []
    board = {row.register: (row.state, row.sales_count) for row in house.day_close.board()}
    assert board == {"R1": ("open", 1), "R2": ("open", 2), "계산대3": ("open", 1)}
    assert house.register == house.desk.settings.get("register") == "R1"
    with house.database.read() as rows:
        assert rows.all('SELECT "float_won" FROM "shift"') == [(0,), (0,), (0,)]
    house.close()


def test_a_tape_rings_what_the_screen_rings(tmp_path: Path) -> None:
    one, other = open_market(tmp_path / "a"), open_market(tmp_path / "b")
    one.ringing.tape([slip(lines=[{"product": "P001", "quantity_milli": 1337}, LINE], tender="cash")])
    other.till.add(good_id("P001"), 1337)
    other.till.add(good_id("P002"))
    other.till.complete([cash(100_000)])
    figures = [house.reports.day() for house in (one, other)]
    for report in figures:
        del report["by_vendor"]
    assert figures[0] == figures[1]
    one.close()
    other.close()


def test_a_cashiers_tape_keeps_to_the_cashiers_limits(house: House) -> None:
    house.use(session(Role.CASHIER))
    done = house.ringing.tape([slip(cart_discount_won=2100), slip(cart_discount_won=2101)])
    assert ([sale.total_won for sale in done.sales], len(done.refused)) == ([18_900], 1)
    house.close()


def test_a_sealed_day_takes_no_slip(house: House) -> None:
    house.shifts.count_total(0)
    house.shifts.close()
    house.day_close.seal()
    done = house.ringing.tape([slip()])
    assert (done.sales, len(done.refused)) == ([], 1)
    house.close()


def test_without_a_market_day_there_is_nothing_to_ring_on(tmp_path: Path) -> None:
    house = open_house(tmp_path)
    with pytest.raises(DomainError, check=lambda error: error.code == "day.none"):
        house.ringing.tape([slip()])
    house.close()


def test_two_processes_that_ring_one_tape_at_once_ring_it_once(tmp_path: Path) -> None:
    houses = [open_market(tmp_path), open_house(tmp_path)]
    tape = [slip(id=f"00000000-0000-4000-8000-{number:012d}") for number in range(40)]
    gate = threading.Barrier(len(houses))
    done: list[RingDone] = []

    def ring(house: House) -> None:
        gate.wait()
        done.append(house.ringing.tape(tape))

    threads = [threading.Thread(target=ring, args=(house,)) for house in houses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(len(one.sales), one.refused) for one in done] == [(40, [])] * 2
    assert done[0].sales == done[1].sales
    told = [data for data in event_bytes(houses[0]).values() if b'"sale/1"' in data]
    assert len(told) == 40
    assert houses[0].reports.day()["sales_count"] == 40
    assert houses[0].integrity.verify().findings == ()
    for house in houses:
        house.close()


def test_only_credit_names_who_is_billed(house: House) -> None:
    shared = [{"type": "card", "amount_won": 10_000}, {"type": "credit", "amount_won": 11_000}]
    done = house.ringing.tape([slip(tenders=shared), slip(tenders=[{"type": "cash", "amount_won": 21_000}])])
    billed = []
    with house.database.read() as rows:
        for rung in done.sales:
            stored = sales.sale(rows, rung.id)
            assert stored is not None
            billed.append([tender.payer for tender in stored.sale.tenders])
    assert billed == [["", "미지정"], [""]]
