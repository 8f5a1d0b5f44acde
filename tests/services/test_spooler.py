"""Papers over real sockets: each trouble of a printer, the sale that is done, and the one paper that comes out."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.domain.errors import DomainError
from pos_app.printing import plain
from pos_app.printing.document import Document, Text
from pos_app.runtime.clock import Clock
from pos_app.services import spooler
from pos_app.services.house import House
from tests.hardware.simulated_printer import SimulatedPrinter
from tests.services.houses import refused, table
from tests.services.spooling import PrinterAt, came_out, free_port, sale, states, till, until, uri


@pytest.fixture(autouse=True)
def _begin_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooler, "_START_S", 0)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def house(tmp_path: Path, port: int) -> Iterator[House]:
    made = till(tmp_path / "home", port)
    yield made
    made.close()


def brought(house: House) -> None:
    """Try everything that waits, now."""
    while house.papers.step() == (True, True):
        pass


@pytest.mark.acceptance("A14")
def test_a_printer_that_is_off_gets_its_papers_when_it_is_back(house: House, port: int) -> None:
    house.papers.start()
    numbers = [sale(house) for _ in range(3)]
    until(lambda: house.papers.status().needs_hand, "the printer is found missing")
    assert (house.papers.status().word, house.papers.status().waiting) == ("연결 안 됨", 3)
    until(lambda: states(house) == ["queued"] * 3, "they wait")
    with PrinterAt(port) as printer:
        house.papers.poke()
        until(lambda: states(house) == ["printed"] * 3, "the papers come out")
        assert came_out(printer) == numbers
        assert printer.paper.cuts == 3
        assert (house.papers.status().word, house.papers.status().needs_hand) == ("준비됨", False)


@pytest.mark.acceptance("A14")
@pytest.mark.parametrize(("trouble", "word"), [("out", "종이 없음"), ("cover", "덮개 열림")])
def test_a_printer_that_may_not_print_gets_no_byte_until_it_may(
    house: House, port: int, trouble: str, word: str
) -> None:
    with PrinterAt(
        port, roll="out" if trouble == "out" else "enough", cover_open=trouble == "cover"
    ) as printer:
        house.papers.start()
        number = sale(house)
        until(lambda: house.papers.status().word == word, "the trouble is told")
        until(lambda: states(house) == ["queued"], "it waits")
        assert printer.printed == b""
        assert number.encode() not in printer.received
        printer.load_paper()
        printer.set_cover(False)
        with suppress(DomainError):  # print.sending: just now it tries by itself
            house.papers.retry(house.papers.queue()[0].id)
        until(lambda: states(house) == ["printed"], "the paper comes out")
        assert came_out(printer) == [number]
        assert printer.paper.cuts == 1


@pytest.mark.acceptance("A14")
def test_a_new_paper_wakes_the_printer_not_the_clock(
    house: House, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spooler, "_IDLE_S", 600)
    monkeypatch.setattr(spooler, "BACK_OFF_S", (600,))
    looked: list[str] = []
    monkeypatch.setattr(spooler.Worker, "look", lambda worker: looked.append(worker.name))
    with PrinterAt(port) as printer:
        house.papers.start()
        for times in range(1, 4):
            until(lambda times=times: len(looked) == times, "the worker has nothing more to do")
            number = sale(house)
            assert printer.wait_for(lambda one, number=number: number in came_out(one))


@pytest.mark.acceptance("A15")
def test_a_paper_cut_off_in_the_middle_is_asked_about_and_never_sent_again_by_itself(
    house: House, port: int
) -> None:
    with PrinterAt(port, "stops_before_barrier") as printer:
        number = sale(house)
        house.papers.step()
        assert states(house) == ["unknown"]
        printer.load_paper()
        for _ in range(3):
            assert house.papers.step() == (False, True)
    asked = house.papers.ask()
    assert asked is not None
    assert (asked.state, house.papers.status().needs_hand) == ("unknown", True)
    house.papers.later(asked.id)
    assert house.papers.ask() is None
    assert house.papers.queue()[0].id == asked.id
    with PrinterAt(port) as printer:
        assert house.papers.step() == (False, True)
        again = house.papers.again(asked.id)
        assert house.papers.step() == (True, True)
        assert (states(house), house.papers.state(again)) == (["cancelled", "printed"], "printed")
        assert came_out(printer) == [number]
        assert "재발행 1" in "\n".join(printer.paper.lines)
    assert [row[2:4] for row in table(house, "reprint")] == [("sale", 1)]
    with refused("print.unknown_job"):
        house.papers.later(asked.id)


@pytest.mark.acceptance("A15")
def test_a_line_that_breaks_in_the_middle_leaves_a_question(house: House, port: int) -> None:
    house.desk.settings.set("printer_uri", uri(port, "?kind=picture"))
    job = house.papers.print_document(Document("큰 종이", (Text("줄"),) * 300), "x")
    with PrinterAt(port, "hangs_up", patience=4000):
        house.papers.step()
    asked = house.papers.ask()
    assert asked is not None
    assert (asked.id, asked.error) == (job, "reset")
    house.papers.cancel(job)
    assert house.papers.ask() is None


@pytest.mark.acceptance("A15")
def test_a_printer_that_used_to_answer_and_falls_silent_is_not_believed(house: House, port: int) -> None:
    with PrinterAt(port) as printer:
        first = sale(house)
        assert house.papers.step() == (True, True)
        printer.mood = "deaf"
        sale(house)
        house.papers.step()
        assert states(house) == ["printed", "unknown"]
        assert came_out(printer) == [first]
        asked = house.papers.ask()
        assert asked is not None
        house.papers.came_out(asked.id)
        assert states(house) == ["printed", "printed"]


def test_a_printer_that_never_answers_prints_all_the_same(house: House, port: int) -> None:
    with PrinterAt(port, "silent") as printer:
        numbers = [sale(house) for _ in range(2)]
        brought(house)
        assert printer.wait_for(lambda one: came_out(one) == numbers)
        assert states(house) == ["printed"] * 2


def test_a_slow_printer_prints_once(house: House, port: int) -> None:
    with PrinterAt(port, speed=6000) as printer:
        numbers = [sale(house) for _ in range(2)]
        brought(house)
        assert states(house) == ["printed"] * 2
        assert printer.wait_for(lambda one: came_out(one) == numbers)


def test_the_end_of_the_roll_is_a_word_and_needs_no_hand(house: House, port: int) -> None:
    with PrinterAt(port, roll="near_end"):
        sale(house)
        brought(house)
        assert (house.papers.status().word, house.papers.status().needs_hand) == ("종이 거의 없음", False)
    with house.database.read() as rows:
        assert rows.one('SELECT "status_before" FROM "print_job"') == ("near_end",)


def test_attempts_come_less_and_less_often(house: House, port: int) -> None:
    worker = house.papers._spooler.worker("")
    assert worker.pause_s == 30
    sale(house)
    pauses = []
    for _ in range(7):
        assert house.papers.step() == (True, False)
        pauses.append(worker.pause_s)
    assert pauses == [1, 2, 3, 5, 5, 5, 5]
    assert house.papers.queue()[0].next_try_at > house.papers.queue()[0].at
    with PrinterAt(port):
        assert house.papers.step() == (True, True)
    assert worker.pause_s == 5  # it answers: a trouble is seen before the next paper


def test_a_bad_printer_never_delays_another(house: House, port: int) -> None:
    with SimulatedPrinter(roll="out") as labels, PrinterAt(port) as receipts:
        house.papers.start()
        house.papers.set_printer("라벨", labels.uri)
        label = house.papers.print_document(house.shifts.x_document(), "label", "라벨")
        until(lambda: house.papers.statuses()["라벨"].needs_hand, "the label printer's trouble")
        numbers = [sale(house) for _ in range(3)]
        until(lambda: states(house, "receipt") == ["printed"] * 3, "the receipts come out")
        assert came_out(receipts) == numbers
        until(lambda: house.papers.state(label) == "queued", "the label waits between two attempts")
        assert house.papers.status().word == "라벨: 종이 없음"
        views = {view.name: (view.word, view.waiting, view.needs_hand) for view in house.papers.printers()}
        assert views == {"": ("준비됨", 0, False), "라벨": ("종이 없음", 1, True)}
        with refused("printer.has_papers"):
            house.papers.remove_printer("라벨")
        labels.load_paper()
        house.papers.poke()
        until(lambda: house.papers.state(label) == "printed", "the label comes out")
        assert (labels.paper.cuts, receipts.paper.cuts) == (1, 3)
        house.papers.remove_printer("라벨")
        assert [view.name for view in house.papers.printers()] == [""]


def test_a_paper_moves_to_another_printer_or_becomes_a_pdf(house: House, tmp_path: Path) -> None:
    with SimulatedPrinter() as other:
        house.papers.set_printer("옆 계산대", other.uri)
        number = sale(house)
        assert house.papers.step() == (True, False)
        (job,) = house.papers.queue()
        house.papers.to_pdf(job.id, tmp_path / "paper.pdf")
        assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
        with refused("printer.unknown"):
            house.papers.move(job.id, "없는 것")
        assert house.papers.move(job.id, "옆 계산대") == job.id
        assert house.papers.queue()[0].printer == "옆 계산대"
        assert house.papers.step() == (False, True)
        assert house.papers.step("옆 계산대") == (True, True)
        assert came_out(other) == [number]
        assert "재발행" not in "\n".join(other.paper.lines)


def test_a_paper_that_cannot_be_rendered_is_told_and_the_others_come_out(house: House, port: int) -> None:
    bad, good = sale(house), sale(house)
    with house.database.write() as rows:
        rows.run(
            'UPDATE "print_job" SET "document" = ? WHERE "rowid" = (SELECT min("rowid") FROM "print_job")',
            b'{"title":"x","blocks":[{"type":"hologram"}]}',
        )
    with PrinterAt(port) as printer:
        brought(house)
        assert states(house) == ["failed", "printed"]
        assert came_out(printer) == [good]
    (job,) = house.papers.queue()
    assert "인쇄할 수 없어요" in job.error
    assert house.papers.status().needs_hand
    assert bad not in "".join(job.title)
    house.papers.cancel(job.id)
    assert not house.papers.status().needs_hand


@pytest.mark.acceptance("A15")
@pytest.mark.parametrize("decide", ["print", "drop"])
def test_old_receipts_do_not_come_out_by_surprise(tmp_path: Path, port: int, decide: str) -> None:
    clock = Clock()
    house = till(tmp_path, port, clock=clock)
    old = [sale(house) for _ in range(5)]
    house.papers.step()
    clock.offset += timedelta(minutes=11)
    fresh = [sale(house) for _ in range(2)]
    with PrinterAt(port) as printer:
        brought(house)
        assert came_out(printer) == fresh
        backlog = house.papers.backlog()
        assert backlog is not None
        assert backlog.count == 5
        assert (house.papers.status().word, house.papers.status().waiting) == ("밀린 영수증", 5)
        fresh.append(sale(house))
        brought(house)
        assert came_out(printer) == fresh
        count = house.papers.print_backlog() if decide == "print" else house.papers.drop_backlog()
        assert count == 5
        brought(house)
        assert came_out(printer) == fresh + (old if decide == "print" else [])
        assert house.papers.backlog() is None
        assert house.papers.status().word == "준비됨"
    house.close()


def test_a_few_old_receipts_come_out_and_one_asked_for_by_hand_always(tmp_path: Path, port: int) -> None:
    clock = Clock()
    house = till(tmp_path, port, clock=clock)
    old = [sale(house) for _ in range(3)]
    clock.offset += timedelta(minutes=11)
    with PrinterAt(port) as printer:
        brought(house)
        assert came_out(printer) == old
    for _ in range(4):
        sale(house)
    house.papers.step()
    clock.offset += timedelta(minutes=11)
    house.papers.step()
    wanted = house.papers.queue()[2]
    assert wanted.held
    with PrinterAt(port) as printer:
        house.papers.retry(wanted.id)
        brought(house)
        assert printer.paper.cuts == 1
        assert [job.held for job in house.papers.queue()] == [True] * 3
    house.close()


def test_a_proof_goes_to_an_address_that_is_not_chosen_yet(house: House, port: int) -> None:
    house.papers.start()
    with SimulatedPrinter() as other:
        job = house.papers.proof(other.uri)
        until(lambda: house.papers.state(job) == "printed", "the proof comes out")
        text = "\n".join(other.paper.lines)
        for number in (1, 4, 6):
            assert f"{number:>2})" in text
        assert other.paper.pictures
    with refused("printer.bad_uri"):
        house.papers.proof("nonsense")
    assert house.papers.status().word in ("준비됨", "연결 안 됨")


def test_a_proof_that_nobody_takes_is_let_go_after_two_minutes(tmp_path: Path) -> None:
    clock, nowhere = Clock(), uri(free_port())
    with SimulatedPrinter() as own:
        house = till(tmp_path, own.port, clock=clock)
        house.papers.start()
        job = house.papers.proof(nowhere)
        until(lambda: house.papers.status().word == "점검 인쇄: 연결 안 됨", "its trouble is told")
        clock.offset += timedelta(minutes=3)
        house.papers.poke()
        until(lambda: house.papers.state(job) == "expired", "it is let go")
        until(lambda: nowhere not in house.papers._spooler._workers, "its thread ends")
        assert (house.papers.status().word, house.papers.queue()) == ("준비됨", [])
        house.close()


def test_a_bug_between_taking_and_telling_leaves_a_question(
    house: House, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pos_app.hardware import transports

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    sale(house)
    with monkeypatch.context() as patch, pytest.MonkeyPatch.context():
        patch.setattr(transports, "send", breaks)
        patch.setattr(spooler.log, "exception", lambda *_: None)
        assert house.papers.step() == (True, False)
    assert states(house) == ["unknown"]
    with PrinterAt(port) as printer:
        assert house.papers.step() == (False, True)
        assert printer.paper.cuts == 0


def test_repeats_of_other_papers_are_numbered_too(house: House, port: int) -> None:
    house.shifts.move_cash("pay_in", 7_000, "잔돈")
    job = house.papers.queue()[0].id
    with PrinterAt(port, "stops_before_barrier"):
        house.papers.step()
    for copy in (1, 2):
        assert states(house)[-1] == "unknown"
        job = house.papers.again(job)
        paper = plain.render(house.papers.preview(job), 42)
        assert paper.count("재발행") == 1
        assert f"재발행 {copy}" in paper
        assert "7,000" in paper
        with PrinterAt(port, "stops_before_barrier"):
            house.papers.step()
    assert sorted(str(row[2:4]) for row in table(house, "reprint")) == ["('cash', 1)", "('cash', 2)"]


SETTINGS: list[tuple[Callable[[House], object], str]] = [
    (lambda house: house.papers.set_printer("", "nonsense://x"), "printer.bad_uri"),
    (lambda house: house.papers.set_printer("a://b", "socket://127.0.0.1"), "printer.bad_name"),
    (lambda house: house.papers.set_printer("  ", "socket://127.0.0.1"), "printer.bad_name"),
    (lambda house: house.papers.remove_printer("라벨"), "printer.unknown"),
    (lambda house: house.papers.print_document(house.shifts.x_document(), "x", "라벨"), "printer.unknown"),
]


@pytest.mark.parametrize(("act", "code"), SETTINGS)
def test_what_cannot_be_a_printer_is_refused(house: House, act: Callable[[House], object], code: str) -> None:
    with refused(code):
        act(house)


def test_an_address_that_cannot_be_read_is_told(house: House) -> None:
    house.desk.settings.set("printer_uri", "nonsense://x")
    sale(house)
    assert house.papers.step() == (False, False)
    assert (house.papers.status().word, house.papers.status().needs_hand) == ("주소를 못 읽음", True)
    house.papers.set_printer("", uri(free_port()))
    assert house.papers.step() == (True, False)
    assert house.papers.status().word == "연결 안 됨"
