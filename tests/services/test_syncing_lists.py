"""What a person should look at: fields that two changed, records set aside, notices."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderType
from pos_app.facts.devices import DeviceRevoked
from pos_app.facts.shifts import CutHead
from pos_app.services.editing import edit_of
from pos_app.services.house import House
from pos_app.services.syncing_conflicts import Conflict
from pos_app.storage.unit_of_work import CATALOGUE, OFFICE
from sync import store
from sync.exchange import Notice
from tests.services.houses import good_id, open_market, refused, sell, session, stored
from tests.services.syncing_homes import Line, join, same, server, trade
from tests.sync.replica import Writer


@pytest.fixture
def far(tmp_path: Path) -> Iterator[House]:
    house = server(tmp_path / "server")
    yield house
    house.close()


@pytest.fixture
def tills(tmp_path: Path, far: House) -> Iterator[tuple[House, House]]:
    """Two tills that know the same."""
    one, other = open_market(tmp_path / "one"), server(tmp_path / "other")
    for house in (one, other):
        join(house, Line(far))
        trade(house)
    yield one, other
    one.close()
    other.close()


def reprice(house: House, code: str, won: int) -> None:
    with house.desk.work.begin() as work:
        edit = edit_of(work.rows, "product", good_id(code), {"unit_price_won": won})
        assert edit is not None
        work.record(CATALOGUE, edit)


def price(house: House, code: str) -> int:
    with house.database.read() as rows:
        row = rows.one('SELECT "unit_price_won" FROM "product" WHERE "id" = ?', good_id(code))
    assert row is not None
    return int(row[0])


def apart(one: House, other: House) -> Conflict:
    """Both change one price and hear of each other."""
    reprice(one, "P002", 20_000)
    reprice(other, "P002", 22_000)
    for house in (one, other, one):
        trade(house)
    (found,) = one.sync.conflicts()
    assert other.sync.conflicts() == [found]
    return found


@pytest.mark.acceptance("A37")
def test_a_price_edited_in_two_places_is_shown_to_a_person_and_alters_no_sale(
    tills: tuple[House, House], far: House
) -> None:
    one, other = tills
    before = sell(one, [("P002", 1000)])
    found = apart(one, other)
    assert (found.kind, found.field) == ("product", "unit_price_won")
    assert {choice.value for choice in found.choices} == {"20,000원", "22,000원"}
    (holds,) = (choice for choice in found.choices if choice.holds)
    assert holds.value == f"{price(one, 'P002'):,}원"
    assert price(one, "P002") == price(other, "P002") == price(far, "P002")
    loser = next(choice for choice in found.choices if not choice.holds)
    one.sync.choose(found, loser.token)
    for house in (one, other):
        trade(house)
    assert same(one, other, far)
    for house in (one, other, far):
        assert house.sync.conflicts() == []
        assert f"{price(house, 'P002'):,}원" == loser.value
        assert stored(house, before).lines[0].unit_price_won == 21_000


def test_the_value_in_force_can_be_chosen_too(tills: tuple[House, House]) -> None:
    one, other = tills
    found = apart(one, other)
    was = price(one, "P002")
    one.sync.choose(found, next(choice for choice in found.choices if choice.holds).token)
    assert one.sync.conflicts() == []
    assert price(one, "P002") == was


def test_the_same_edit_in_two_places_is_no_conflict(tills: tuple[House, House]) -> None:
    one, other = tills
    for house in tills:
        reprice(house, "P002", 20_000)
    for house in (one, other, one):
        trade(house)
    assert one.sync.conflicts() == other.sync.conflicts() == []


def test_who_chooses_second_is_told_that_it_is_settled(tills: tuple[House, House]) -> None:
    one, other = tills
    found = apart(one, other)
    one.sync.choose(found, found.choices[0].token)
    with refused("sync.settled"):
        one.sync.choose(found, found.choices[1].token)


@pytest.mark.parametrize("role", list(Role))
def test_choosing_and_enrolling_need_the_right(tills: tuple[House, House], role: Role) -> None:
    one, other = tills
    found = apart(one, other)
    one.use(session(role))
    acts = (
        lambda: one.sync.choose(found, found.choices[0].token),
        lambda: one.sync.add_hub("192.168.0.5"),
        lambda: one.sync.remove("http://192.168.0.5:8731"),
        lambda: one.sync.use_folder(""),
    )
    for act in acts:
        if role in (Role.COORDINATOR, Role.OFFICE):
            act()
        else:
            with refused("right.missing"):
                act()


@pytest.mark.acceptance("A33")
def test_one_entry_that_cannot_be_read_is_set_aside_and_the_others_arrive(
    tills: tuple[House, House], far: House
) -> None:
    one, other = tills
    odd = Writer("catalogue")
    said = [odd.say({"kind": "product", "id": f"x{n}", "fields": {}}, "edit/1") for n in range(500)]
    said.insert(250, odd.say({"day_id": 7}, "sale/1"))
    said += [odd.say({"kind": "product", "id": f"y{n}", "fields": {}}, "edit/1") for n in range(499)]
    said.append(odd.say({"rain": 3}, "weather/1"))
    with far.database.write() as rows:
        store.take_genesis(rows, odd.genesis, far.desk.clock.now_us())
        store.receive(rows, [event.data for event in said], far.desk.clock.now_us())
    far.sync.store.fold()
    trade(one)
    assert same(one, far)
    unread, unknown = sorted(one.sync.kept_aside(), key=lambda kept: "weather" in kept.reason)
    assert "알 수 없어요" in unread.reason
    assert "담당자" in unread.advice
    assert "weather/1" in unknown.reason
    assert "새 판" in unknown.advice
    with one.database.read() as rows:
        assert rows.one('SELECT count(*) FROM "edit" WHERE "log" = ?', odd.log) == (999,)
    trade(other)
    assert same(other, far)  # forwarded byte for byte, also by those who cannot read it


def test_a_notice_stays_until_somebody_has_read_it(tills: tuple[House, House]) -> None:
    one, _ = tills
    log = "ab" * 32
    told = [Notice(code, log, 3, "x") for code in ("fork", "gone_back", "never-heard-of")]
    keep = one.sync.store.replica("peer").noticed
    keep(tuple(told))
    keep(tuple(told))
    found = one.sync.noticed()
    assert [each.code for each in found] == sorted(each.code for each in told)
    assert all(each.title and each.advice for each in found)
    assert one.sync.aside.count() == 3
    one.sync.read_notice(found[0])
    assert len(one.sync.noticed()) == 2
    keep(tuple(told))
    assert len(one.sync.noticed()) == 2
    clock = Notice("clock", "", 0, "x")
    keep((clock,))
    one.sync.read_notice(next(each for each in one.sync.noticed() if each.code == "clock"))
    keep((clock,))
    assert "clock" in [each.code for each in one.sync.noticed()]  # it is still wrong


def test_flags_of_the_books_are_noticed_and_can_be_put_away(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sell(house, [("P002", 1000)])
    with house.database.write() as rows:
        (key,) = rows.one('SELECT "key" FROM "sale"') or (b"",)
        rows.run('INSERT INTO "flag" ("key", "code", "detail") VALUES (?, ?, ?)', key, "sale.twice", "x")
    (found,) = house.sync.noticed()
    assert "두 번" in found.title
    assert "계산대 R1" in found.where
    house.sync.read_notice(found)
    assert house.sync.noticed() == []
    house.close()


@pytest.mark.acceptance("A38")
def test_two_tills_that_refund_one_thing_apart_both_count_and_the_later_is_flagged(
    tills: tuple[House, House], far: House
) -> None:
    one, other = tills
    other.days.open("시험 장터", "2026-11-20", "R2")
    other.shifts.open(100_000)
    sale = sell(one, [("P002", 2000)])
    for house in (one, other):
        trade(house)
    given = []
    for house, milli in ((one, 2000), (other, 1000)):
        given.append(house.returns.refund(sale, [(1, milli, True)], "까닭", TenderType.CASH))
    for house in (one, other, one):
        trade(house)
    assert same(one, other, far)
    assert far.reports.day()["refunds_won"] == 63_000
    for house in (one, other, far):
        (found,) = [each for each in house.sync.noticed() if each.code == "refund.over"]
        assert "21,000원" in found.advice
        assert given[1].receipt_no in found.advice
        assert house.returns.sale(sale).lines[0].left_milli == 0
    assert other.shifts.count_total(0).expected_won == 100_000 - 21_000  # the drawer is explained
    one.sync.read_notice(found)
    assert not [each for each in one.sync.noticed() if each.code == "refund.over"]


def test_what_a_device_wrote_after_it_was_let_go_is_shown(tills: tuple[House, House], far: House) -> None:
    one, other = tills
    other.days.open("시험 장터", "2026-11-20", "R2")
    other.shifts.open(0)
    for house in (other, one):
        trade(house)
    with other.database.read() as rows:
        (device,) = rows.one('SELECT "device" FROM "log" WHERE "scope" LIKE \'%/R2\'') or ("",)
        heads = tuple(CutHead(head.log.hex(), head.seq, head.key.hex()) for head in store.heads(rows))
    with one.desk.work.begin() as work:
        work.record(OFFICE, DeviceRevoked(device, one.desk.clock.stamp(), "잃어버림", heads))
    assert one.sync.noticed() == []
    sell(other, [("P002", 1000)])
    sell(other, [("P002", 1000)])
    for house in (other, one):
        trade(house)
    (found,) = one.sync.noticed()
    assert (found.code, found.where.startswith("계산대 R2")) == ("revoked", True)
    assert far.reports.day()["sales_count"] == 2  # a sync may flag a sale, it never refuses one
    one.sync.read_notice(found)
    assert one.sync.noticed() == []
