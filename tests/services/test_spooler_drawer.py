"""The cash drawer: opens once, at once, or never; and who opens it by hand is written down."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house, open_practice
from pos_app.domain.operators import Action, Role
from pos_app.domain.tender import TenderType
from pos_app.facts.sales import Override
from pos_app.runtime.clock import Clock
from pos_app.services import print_queue, spooler
from pos_app.services.house import House
from tests.hardware.paper import Cut, Kick
from tests.hardware.simulated_printer import SimulatedPrinter
from tests.services.houses import card, cash, event_bytes, refused, session, table
from tests.services.spooling import PrinterAt, came_out, free_port, sale, states, till, until, uri

CASH = cash(50_000)


@pytest.fixture(autouse=True)
def _begin_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooler, "_START_S", 0)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def house(tmp_path: Path, port: int) -> Iterator[House]:
    made = till(tmp_path / "home", port, drawer=True)
    yield made
    made.close()


def brought(house: House) -> None:
    """Try everything that waits, now."""
    while house.papers.step() == (True, True):
        pass


def test_cash_opens_the_drawer_before_its_receipt_comes_out(house: House, port: int) -> None:
    with PrinterAt(port) as printer:
        sale(house, CASH)
        sale(house, CASH)
        brought(house)
        assert states(house, "drawer") == ["printed"] * 2
        order = [type(item) for item in printer.paper.items if isinstance(item, Kick | Cut)]
        assert order == [Kick, Kick, Cut, Cut]
    assert [job for job in house.papers.queue() if job.kind == "drawer"] == []


NO_CASH: list[Callable[[House], object]] = [
    lambda house: sale(house, card(21_000)),
    lambda house: house.papers.reprint(house.returns.recent()[0].sale_id),
    lambda house: house.returns.refund(
        house.returns.recent()[0].sale_id, [(1, 1000, True)], "까닭", TenderType.CARD
    ),
    lambda house: house.shifts.count_total(0),
]
MONEY: list[Callable[[House], object]] = [
    lambda house: house.returns.refund(
        house.returns.recent()[0].sale_id, [(1, 1000, True)], "까닭", TenderType.CASH
    ),
    lambda house: house.shifts.move_cash("pay_in", 1000, "잔돈"),
    lambda house: house.shifts.move_cash("pay_out", 1000, "점심"),
    lambda house: (house.shifts.count_total(0), house.shifts.close()),
    lambda house: (sale(house, CASH), house.returns.void(house.returns.recent()[0].sale_id, "까닭"))[1],
]


@pytest.mark.parametrize("act", NO_CASH)
def test_what_moves_no_cash_opens_nothing(house: House, act: Callable[[House], object]) -> None:
    sale(house, card(21_000))
    act(house)
    assert states(house, "drawer") == []


@pytest.mark.parametrize("act", MONEY)
def test_cash_that_goes_in_or_out_opens_it(house: House, act: Callable[[House], object]) -> None:
    sale(house, card(21_000))
    before = len(states(house, "drawer"))
    act(house)
    assert len(states(house, "drawer")) > before


@pytest.mark.parametrize(("options", "setting"), [("?drawer=none", "1"), ("", "0"), (None, "1")])
def test_without_a_drawer_nothing_is_queued(house: House, options: str | None, setting: str) -> None:
    house.desk.settings.set("printer_uri", "" if options is None else uri(9, options))
    house.desk.settings.set("drawer", setting)
    sale(house, CASH)
    assert states(house, "drawer") == []
    with refused("drawer.none"):
        house.papers.open_drawer("잔돈 바꾸기")


def test_practice_never_opens_the_drawer(house: House, port: int) -> None:
    practice = open_practice(house.desk.home.root)
    with PrinterAt(port) as printer:
        number = sale(practice, CASH)
        brought(practice)
        assert came_out(printer) == [number]
        assert "연습" in "".join(printer.paper.lines)
        assert printer.paper.kicks == []
    with refused("drawer.practice"):
        practice.papers.open_drawer("잔돈 바꾸기")
    practice.close()


@pytest.mark.acceptance("A15")
def test_a_drawer_kicked_without_paper_does_not_open_when_paper_is_loaded(house: House, port: int) -> None:
    with PrinterAt(port, roll="out") as printer:
        number = sale(house, CASH)
        assert house.papers.step() == (True, True)
        assert house.papers.step() == (True, False)
        assert (states(house, "drawer"), states(house)) == (["failed"], ["queued"])
        printer.load_paper()
        brought(house)
        assert came_out(printer) == [number]
        assert printer.paper.kicks == []


def test_a_drawer_job_lives_five_seconds_on_either_clock(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    house = till(tmp_path, port, drawer=True, clock=clock)
    with PrinterAt(port) as printer:
        sale(house, CASH)
        clock.offset += timedelta(seconds=6)
        brought(house)
        sale(house, CASH)
        later = print_queue.run_clock_ms() + 6_000
        clock.offset -= timedelta(hours=3)  # somebody sets the clock back
        with monkeypatch.context() as patch:
            patch.setattr(print_queue, "run_clock_ms", lambda: later)
            brought(house)
        assert states(house, "drawer") == ["expired", "expired"]
        assert (printer.paper.kicks, printer.paper.cuts) == ([], 2)
    house.close()


@pytest.mark.parametrize("which", ["wall", "run"])
def test_a_kick_that_waits_in_the_thread_is_not_sent_late(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    clock = Clock()
    house = till(tmp_path, port, drawer=True, clock=clock)
    begun = print_queue.run_clock_ms()

    def takes_long(*_: object) -> bool:
        if which == "wall":
            clock.offset += timedelta(seconds=6)
        else:
            monkeypatch.setattr(print_queue, "run_clock_ms", lambda: begun + 6_000)
        return True

    monkeypatch.setattr(spooler.Worker, "_acts_at_once", takes_long)
    with PrinterAt(port) as printer:
        sale(house, CASH)
        brought(house)
        assert (states(house, "drawer"), states(house)) == (["expired"], ["printed"])
        assert printer.paper.kicks == []
    house.close()


@pytest.mark.parametrize("state", ["queued", "sending"])
def test_no_drawer_opens_after_a_restart_however_soon(tmp_path: Path, port: int, state: str) -> None:
    house = till(tmp_path, port, drawer=True)
    number = sale(house, CASH)
    with house.database.write() as rows:
        rows.run('UPDATE "print_job" SET "state" = ? WHERE "kind" = ?', state, "drawer")
    house.close()
    house = open_house(tmp_path)
    with PrinterAt(port) as printer:
        house.papers.start()
        until(lambda: states(house) == ["printed"], "the receipt comes out")
        assert states(house, "drawer") == ["expired"]
        assert (came_out(printer), printer.paper.kicks) == ([number], [])
        house.papers.stop()
    house.close()


def test_another_program_on_the_same_home_opens_none_of_our_drawers(tmp_path: Path, port: int) -> None:
    house = till(tmp_path, port, drawer=True)
    other = open_house(tmp_path)
    with PrinterAt(port) as printer:
        sale(house, CASH)
        brought(other)
        assert (printer.paper.cuts, printer.paper.kicks) == (1, [])
        assert states(house, "drawer") == ["queued"]
        brought(house)
        assert len(printer.paper.kicks) == 1
    other.close()
    house.close()


def test_a_drawer_behind_a_paper_that_still_prints_does_not_open_late(house: House, port: int) -> None:
    house.desk.settings.set("printer_uri", uri(port, "?kind=picture"))
    with PrinterAt(port) as printer:
        sale(house)
        brought(house)  # this printer is known to answer at the end of a paper
        printer.speed = 9_000
        sale(house)
        brought(house)
        sale(house, CASH)
        house.papers.step()
        assert states(house, "drawer") == ["expired"]
        printer.speed = 0
        brought(house)
        assert printer.wait_for(lambda one: one.holding == 0)
        assert printer.paper.kicks == []
        sale(house, CASH)
        brought(house)
        assert len(printer.paper.kicks) == 1


def test_a_printer_that_fell_silent_gets_no_kick(house: House, port: int) -> None:
    with PrinterAt(port) as printer:
        sale(house)
        brought(house)
        printer.mood = "deaf"
        sale(house, CASH)
        house.papers.step()
        assert states(house, "drawer") == ["expired"]
        printer.mood = "healthy"
        brought(house)
        assert printer.wait_for(lambda one: one.paper.cuts == 2)
        assert printer.paper.kicks == []


@pytest.mark.acceptance("A39")
@pytest.mark.parametrize("role", list(Role))
def test_opening_by_hand_needs_the_right_or_somebody_who_lends_it(
    house: House, port: int, role: Role
) -> None:
    house.use(session(role, "박계산"))
    known = set(event_bytes(house))
    with PrinterAt(port) as printer:
        if role is Role.CASHIER:
            with refused("right.missing"):
                house.papers.open_drawer("잔돈 바꾸기")
            assert set(event_bytes(house)) == known
        with refused("drawer.no_reason"):
            house.papers.open_drawer("  ", Override(Action.OPEN_DRAWER.value, "박계산", "김담당"))
        job = house.papers.open_drawer("잔돈 바꾸기", Override(Action.OPEN_DRAWER.value, "박계산", "김담당"))
        brought(house)
        assert (house.papers.state(job), len(printer.paper.kicks)) == ("printed", 1)
    (made,) = [json.loads(data) for key, data in event_bytes(house).items() if key not in known]
    assert (made["type"], made["body"]["reason"], made["body"]["operator_name"]) == (
        "drawer-open/1",
        "잔돈 바꾸기",
        "박계산",
    )
    lent = [override["allowed_by"] for override in made["body"]["overrides"]]
    assert lent == (["김담당"] if role is Role.CASHIER else [])
    (row,) = table(house, "drawer_open")
    assert row[3] == "R1"
    assert row[5:] == ("잔돈 바꾸기", "박계산", "김담당" if lent else "")
    assert house.integrity.rebuild().different == ()


def test_the_count_before_the_close_opens_it_for_who_may_close(house: House) -> None:
    house.use(session(Role.CASHIER))
    house.papers.open_drawer_to_count()
    assert states(house, "drawer") == ["queued"]
    assert len(table(house, "drawer_open")) == 1
    house.shifts.count_total(0)
    house.shifts.close()
    with refused("shift.none"):
        house.papers.open_drawer_to_count()


def test_a_drawer_that_is_kicked_in_real_time_needs_no_paper(tmp_path: Path) -> None:
    with SimulatedPrinter() as printer:
        house = till(tmp_path, printer.port, "?drawer=realtime5", drawer=True)
        sale(house, CASH)
        brought(house)
        assert printer.paper.kicks == [Kick(5, stream=False)]
        house.close()
