"""Sixteen registers in one store: states, gaps, an exact cut, late sales, two seals, and a day opened again."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.bootstrap import open_house
from pos_app.domain.operators import Role
from pos_app.printing import plain
from pos_app.services.house import House
from tests.scenarios.sixteen import DATE, DAY, MARKET, Register, plan, whole
from tests.scenarios.without_flush import skip_flushes
from tests.services.houses import event_bytes, refused, session, table
from tests.services.test_clock import Hands, clock_at
from tests.storage.histories import say, take_in
from tests.sync.replica import Writer

NAMES = tuple(f"R{number}" for number in range(1, 17))
EVENING = datetime.fromisoformat("2026-11-20T17:46:00+09:00")


@pytest.fixture(autouse=True)
def _without_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_flushes(monkeypatch)


@pytest.fixture
def clock() -> Hands:
    return clock_at(EVENING)


@pytest.fixture
def house(tmp_path: Path, clock: Hands) -> Iterator[House]:
    """The coordinator's laptop: it sells nothing itself."""
    made = open_house(tmp_path / "home", clock=clock)
    plan(made, NAMES)
    yield made
    made.close()


def market(seed: int = 1) -> list[Register]:
    """Sixteen registers, all closed."""
    chosen = random.Random(seed)
    return [
        whole(name, tuple(chosen.randrange(1000, 90_000) for _ in range(chosen.randrange(1, 6))))
        for name in NAMES
    ]


def silence(register: Register, at: datetime) -> None:
    """What this till says from now on is said at this time."""
    register.start = at - timedelta(minutes=register.hlc + 1)


@pytest.mark.acceptance("A29")
def test_the_board_lists_who_holds_up_the_seal(house: House) -> None:
    tills = market()
    for till in tills[:13]:
        till.bring(house)
    lately, before = Register("R14"), Register("R15")
    silence(lately, EVENING - timedelta(minutes=4))
    silence(before, EVENING - timedelta(minutes=38))
    for till, won in ((lately, 5_000), (before, 7_000)):
        till.open()
        till.sell(won)
        till.start -= timedelta(minutes=2)
        till.bring(house)
    view = house.day_close.overview()
    states = {line.register: line.state for line in view.lines}
    assert states == {
        **dict.fromkeys(NAMES[:13], "closed"), "R14": "open", "R15": "silent", "R16": "silent",
    }  # fmt: skip
    by_name = {line.register: line for line in view.lines}
    assert by_name["R15"].since == before.events[-1].envelope.wall
    assert by_name["R16"].since == ""
    assert (by_name["R3"].net_won, by_name["R3"].sales_count) == (tills[2].net_won, tills[2].sold)
    closed = sum(till.net_won for till in tills[:13])
    assert (view.net_won, view.certain_won, view.provisional_won) == (closed + 12_000, closed, 12_000)
    assert [(todo.kind, todo.registers) for todo in view.todos if todo.blocking] == [
        ("silent", ("R15", "R16")), ("open", ("R14",)),
    ]  # fmt: skip
    before_all = event_bytes(house)
    with refused("day.shifts_open"):
        house.day_close.seal()
    with refused("day.shifts_open"):
        house.day_close.seal(provisional=True, reason="까닭")
    assert event_bytes(house) == before_all


@pytest.mark.acceptance("A29")
def test_gaps_below_the_highest_head_are_listed_exactly(house: House) -> None:
    tills = market()
    torn = whole("R5", tuple(range(1000, 11_000, 1000)))
    for till in [*tills[:4], *tills[5:]]:
        till.bring(house)
    torn.bring(house, but=(3, 6, 7))
    view = house.day_close.overview()
    line = next(line for line in view.lines if line.register == "R5")
    assert (line.state, line.gaps, line.certain) == ("closed", ((3, 3), (6, 7)), False)
    todo = next(todo for todo in view.todos if todo.kind == "gaps")
    assert (todo.registers, todo.count, todo.blocking) == (("R5",), 3, True)
    with refused("day.incomplete"):
        house.day_close.seal()
    done = house.day_close.seal(provisional=True, reason="R5 노트북이 꺼졌어요")
    others = sum(till.net_won for till in tills) - tills[4].net_won
    assert (done.complete, done.waiting) == (False, ("R5",))
    assert done.totals["net_won"] == others + 1000  # the chain of R5 ends after its first sale
    assert house.day_close.overview().late == ()
    key, sheet = house.day_close.sheet()
    paper = plain.render(house.day_close.documents()[0], 42)
    assert "빠진 기록 3, 6~7" in paper
    torn.bring(house)
    view = house.day_close.overview()
    assert view.late == ("R5",)
    more = house.addenda.add("R5 자료가 왔어요")
    assert more.totals["net_won"] == torn.net_won - 1000
    assert house.day_close.sheet() == (key, sheet)
    assert plain.render(house.day_close.documents()[0], 42) == paper
    assert all(house.day_close.holds().values())
    view = house.day_close.overview()
    assert view.net_won == others + torn.net_won


@pytest.mark.acceptance("A29")
def test_a_late_sale_becomes_an_addendum_and_the_sheet_stays(house: House) -> None:
    tills = market(2)
    for till in tills:
        till.bring(house)
    with refused("day.not_sealed"):
        house.addenda.add("까닭")
    board = house.day_close.overview()
    done = house.day_close.seal(seen=board.cut)
    total = sum(till.net_won for till in tills)
    assert (done.complete, done.totals["net_won"], done.totals["sales_count"]) == (
        True, total, sum(till.sold for till in tills),
    )  # fmt: skip
    sheet = house.day_close.documents()[0]
    with refused("day.nothing_late"):
        house.addenda.add("까닭")
    stranger = Register("R20")
    stranger.open()
    stranger.sell(3_300, tender="card")
    tills[6].sell(12_000)
    for till in (stranger, tills[6]):
        till.bring(house)
    view = house.day_close.overview()
    assert (view.late, view.certain_won) == (("R7", "R20"), total)
    assert [(todo.kind, todo.count, todo.blocking) for todo in view.todos if todo.kind == "late"] == [
        ("late", 3, False)
    ]
    with refused("day.no_reason"):
        house.addenda.add(" ")
    first = house.addenda.add("늦게 온 두 대")
    assert (first.number, first.registers, first.totals["net_won"]) == (1, ("R7", "R20"), 15_300)
    tills[6].sell(500)
    tills[6].bring(house)
    second = house.addenda.add("하나 더")
    assert (second.number, second.totals["net_won"], second.totals["sales_count"]) == (2, 500, 1)
    papers = house.day_close.documents()
    assert papers[0] == sheet
    assert [paper.title for paper in papers] == ["일일 정산표", "일일 정산표 추가", "일일 정산표 추가"]
    assert "추가 2호" in plain.render(papers[2], 42)
    assert house.day_close.overview().certain_won == total + 15_800
    assert house.day_close.holds() == dict.fromkeys([done.key, first.key, second.key], True)
    before = {name: table(house, name) for name in ("day_seal", "day_addendum")}
    assert house.integrity.rebuild().different == ()
    assert {name: table(house, name) for name in before} == before


@pytest.mark.acceptance("A30")
def test_opening_again_is_the_coordinators_and_keeps_both_seals(house: House) -> None:
    tills = market(3)
    for till in tills:
        till.bring(house)
    house.desk.register = "R1"
    with refused("day.not_sealed"):
        house.day_close.reopen("까닭")
    first = house.day_close.seal()
    house.settings.set("day_id", DAY)
    with refused("day.sealed_already"):
        house.shifts.open(0)
    for role in (Role.CASHIER, Role.VENDOR, Role.OFFICE):
        house.use(session(role))
        with refused("right.missing"):
            house.day_close.reopen("까닭")
    house.use(session(Role.COORDINATOR, "김담당"))
    with refused("day.no_reason"):
        house.day_close.reopen("")
    assert house.day_close.reopen("한 대를 빠뜨렸어요") == (first.key,)
    assert not house.day_close.overview().sealed
    house.shifts.open(10_000)
    house.shifts.move_cash("pay_in", 1_000, "거스름돈")
    with refused("day.shifts_open"):
        house.day_close.seal()
    house.shifts.count_total(11_000)
    house.shifts.close()
    second = house.day_close.seal()
    seals = house.day_close.overview().seals
    assert [(seal.key, seal.number, seal.reopened) for seal in seals] == [
        (first.key, 1, "한 대를 빠뜨렸어요"), (second.key, 2, ""),
    ]  # fmt: skip
    told = [e for e in event_bytes(house).values() if b'"day-reopen/1"' in e]
    assert len(told) == 1
    assert "김담당" in told[0].decode()
    assert house.day_close.sheet(first.key[:12])[1].totals == first.totals
    with refused("day.sealed_already"):
        house.day_close.seal()
    assert all(house.day_close.holds().values())


@pytest.mark.acceptance("A29")
def test_two_seals_made_apart_both_stand_until_one_is_chosen(tmp_path: Path, house: House) -> None:
    tills = market(4)
    for till in tills:
        till.bring(house)
    here = house.day_close.seal()
    office = Writer("office")
    _, told = house.day_close.sheet()
    other = msgspec.structs.replace(told, operator_name="다른 담당", complete=False)
    made = say(office, other, hlc=2**50)
    take_in(house, [office], [made.data])

    def counting() -> set[str]:
        return {seal.key for seal in house.day_close.overview().seals if seal.counts}

    view = house.day_close.overview()
    assert (view.undecided, view.certain_won, [seal.counts for seal in view.seals]) == (
        True,
        0,
        [False, False],
    )
    assert [todo.kind for todo in view.todos] == ["seals"]
    tills[0].sell(100)
    tills[0].bring(house)
    with refused("day.seals_undecided"):
        house.addenda.add("까닭")
    with refused("day.unknown_seal"):
        house.day_close.choose("zz", "까닭")
    with refused("day.no_reason"):
        house.day_close.choose(here.key[:10], " ")
    house.use(session(Role.OFFICE))
    with refused("right.missing"):
        house.day_close.choose(here.key, "까닭")
    house.use(session(Role.COORDINATOR))
    assert house.day_close.choose(made.key.hex()[:10], "이쪽이 맞아요") == made.key.hex()
    assert counting() == {made.key.hex()}
    assert house.day_close.choose(here.key, "다시 보니 여기예요") == here.key
    assert counting() == {here.key}
    assert house.addenda.add("늦은 판매").totals["net_won"] == 100
    assert len(house.day_close.reopen("둘 다 다시")) == 2
    assert not house.day_close.overview().sealed


@pytest.mark.acceptance("A29")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**30))
def test_seals_addenda_and_the_rest_add_up_to_everything(tmp_path: Path, seed: int) -> None:
    chosen = random.Random(seed)
    folder = tmp_path / f"{seed}-{chosen.random()}"
    house = open_house(folder, clock=clock_at(EVENING))
    tills = [Register(f"R{number}") for number in range(1, 5)]
    plan(house, ("R1", "R2", "R3"))
    for till in tills:
        till.open()
    sealed = 0
    for _ in range(chosen.randrange(1, 5)):
        for till in chosen.sample(tills, chosen.randrange(1, 5)):
            if till.events and chosen.random() < 0.8:
                till.sell(chosen.randrange(100, 9_999))
        for till in chosen.sample(tills, chosen.randrange(1, 5)):
            gone = tuple(chosen.sample(range(1, 9), chosen.randrange(0, 3)))
            till.bring(house, but=gone)
        house.desk.clock.offset += timedelta(hours=1)  # everybody is silent by now
        view = house.day_close.overview()
        if not view.sealed:
            sealed += house.day_close.seal(provisional=True, reason="까닭").totals["net_won"]
        elif view.late:
            sealed += house.addenda.add("까닭").totals["net_won"]
        assert all(house.day_close.holds().values())
    for till in tills:
        till.bring(house)
    if house.day_close.overview().late:
        sealed += house.addenda.add("끝").totals["net_won"]
    assert sealed == sum(till.net_won for till in tills) == house.reports.day(DATE)["net_won"]
    house.close()


def test_what_came_between_the_look_and_the_seal_is_not_sealed_unseen(house: House) -> None:
    tills = market(5)
    for till in tills:
        till.bring(house)
    seen = house.day_close.overview().cut
    tills[2].sell(900)
    tills[2].bring(house)
    before = event_bytes(house)
    with refused("day.changed_meanwhile"):
        house.day_close.seal(seen=seen)
    assert event_bytes(house) == before
    assert house.day_close.seal(seen=house.day_close.overview().cut).complete


def test_a_provisional_seal_is_the_coordinators_word_with_a_reason(house: House) -> None:
    for till in market(6)[:15]:
        till.bring(house)
    with refused("day.incomplete"):
        house.day_close.seal()
    with refused("day.no_reason"):
        house.day_close.seal(provisional=True)
    house.use(session(Role.OFFICE))
    with refused("right.missing"):
        house.day_close.seal(provisional=True, reason="까닭")
    house.use(session(Role.COORDINATOR, "김담당"))
    done = house.day_close.seal(provisional=True, reason="16번은 안 왔어요")
    assert (done.complete, done.waiting) == (False, ("R16",))
    paper = plain.render(house.day_close.documents()[0], 42)
    assert "잠정 봉인" in paper
    assert "16번은 안 왔어요" in paper
    assert MARKET in paper
