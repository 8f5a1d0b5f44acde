"""The print queue as a table: what waits, what is told, and what is never printed twice by itself."""

import re
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.errors import DomainError
from pos_app.domain.tender import TenderType
from pos_app.hardware import transports
from pos_app.hardware.transports import SendResult
from pos_app.printing import plain
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.house import House
from tests.services.houses import cash, good_id, open_market, refused, sell, stored, table

NOWHERE = "socket://127.0.0.1:9"


class Printer:
    """Answers as it is told, and keeps what it was sent."""

    def __init__(self) -> None:
        self.outcome = "sent"
        self.sent: list[bytes] = []

    def send(self, _: object, data: bytes, **__: object) -> SendResult:
        if self.outcome == "fault":
            raise EnvironmentFault("인쇄기가 없어요.", "선을 봐요.", retryable=True)
        if self.outcome != "nothing_accepted":
            self.sent.append(data)
        return SendResult(self.outcome, len(data), "off" if self.outcome != "sent" else "")  # type: ignore[arg-type]


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    made = Printer()
    monkeypatch.setattr(transports, "send", made.send)
    return made


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = open_market(tmp_path / "home")
    made.desk.settings.set("printer_uri", NOWHERE)
    made.desk.settings.set("drawer", "0")
    return made


def states(house: House) -> list[str]:
    """The states of all jobs, the oldest first."""
    with house.database.read() as rows:
        return [state for (state,) in rows.all('SELECT "state" FROM "print_job" ORDER BY "rowid"')]


def sold(house: House) -> tuple[str, str]:
    """(sale, print job) of one more sale."""
    house.till.add(good_id("P002"))
    done = house.till.complete([cash(50_000)])
    assert done.print_job_id is not None
    return done.sale_id, done.print_job_id


@pytest.mark.acceptance("A14")
def test_the_sale_is_done_while_the_paper_waits_and_comes_out_later(house: House, printer: Printer) -> None:
    printer.outcome = "nothing_accepted"
    sold(house)
    for _ in range(3):
        assert house.papers.step() == (True, False)
    assert states(house) == ["queued"]
    assert (house.papers.status().waiting, house.papers.status().needs_hand) == (1, True)
    printer.outcome = "fault"
    assert house.papers.step() == (True, False)
    printer.outcome = "sent"
    assert house.papers.step() == (True, True)
    assert states(house) == ["printed"]
    assert house.papers.step() == (False, True)
    assert (house.papers.status().waiting, house.papers.status().needs_hand) == (0, False)
    assert len(printer.sent) == 1
    house.close()


@pytest.mark.acceptance("A14")
def test_papers_come_out_in_the_order_of_the_sales(house: House, printer: Printer) -> None:
    numbers = [house.returns.sale(sold(house)[0]).receipt_no for _ in range(4)]
    while house.papers.step()[0]:
        pass
    assert [re.search(rb"R1-..-\d{4}", data)[0].decode() for data in printer.sent] == numbers  # type: ignore[index]
    house.close()


@pytest.mark.acceptance("A15")
def test_what_nobody_knows_of_is_never_printed_again_by_itself(house: House, printer: Printer) -> None:
    printer.outcome = "unknown"
    _, job = sold(house)
    house.papers.step()
    assert states(house) == ["unknown"]
    printer.outcome = "sent"
    assert house.papers.step() == (False, True)
    assert house.papers.status().needs_hand
    house.papers.came_out(job)
    assert states(house) == ["printed"]
    with refused("print.unknown_job"):
        house.papers.retry(job)
    assert len(printer.sent) == 1
    house.close()


@pytest.mark.acceptance("A15")
@pytest.mark.parametrize("when", ["claimed", "sent"])
def test_a_program_that_ends_in_the_middle_of_a_paper_asks_a_person(
    tmp_path: Path, printer: Printer, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    house = open_market(tmp_path)
    house.desk.settings.set("printer_uri", NOWHERE)
    house.desk.settings.set("drawer", "0")
    sold(house)

    def dies(*args: object, **other: object) -> SendResult:
        if when == "sent":
            printer.send(*args, **other)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(transports, "send", dies)
    with pytest.raises(KeyboardInterrupt):
        house.papers.step()
    house.close()
    monkeypatch.setattr(transports, "send", printer.send)
    house = open_house(tmp_path)
    house.papers.start()
    house.papers.stop()
    assert states(house) == ["unknown"]
    assert len(printer.sent) == (when == "sent")
    asked = house.papers.ask()
    assert asked is not None
    house.papers.retry(asked.id)
    assert house.papers.ask() is None
    assert "재발행 1" in plain.render(house.papers.preview(house.papers.queue()[0].id), 42)
    assert house.papers.step() == (True, True)
    assert states(house) == ["cancelled", "printed"]
    house.close()


@pytest.mark.acceptance("A15")
def test_every_repeat_by_hand_is_numbered_journalled_and_of_the_same_figures(
    house: House, printer: Printer
) -> None:
    sale, _ = sold(house)
    first = plain.render(house.papers.receipt(sale), 42)
    assert "재발행" not in first
    for copy in (1, 2, 3):
        paper = plain.render(house.papers.preview(house.papers.reprint(sale)), 42)
        assert re.search(rf"재발행\D*{copy}\b", paper)
        assert "21,000" in paper
    assert sorted(int(str(row[3])) for row in table(house, "reprint")) == [1, 2, 3]
    assert plain.render(house.papers.receipt(sale), 42) == first
    with refused("sale.unknown"):
        house.papers.reprint("no such sale")
    assert printer.sent == []
    house.close()


def test_a_paper_that_is_too_old_waits_for_a_person_who_still_gets_it(house: House, printer: Printer) -> None:
    _, job = sold(house)
    with house.database.write() as rows:
        rows.run('UPDATE "print_job" SET "expires_at" = ?', "2020-01-01T00:00:00+00:00")
    assert house.papers.step() == (False, True)
    assert states(house) == ["expired"]
    house.papers.retry(job)
    assert house.papers.step() == (True, True)
    assert states(house) == ["printed"]
    assert len(printer.sent) == 1
    house.close()


def test_a_paper_may_be_let_go_and_decisions_are_made_once(house: House, printer: Printer) -> None:
    _, job = sold(house)
    house.papers.cancel(job)
    with refused("print.unknown_job"):
        house.papers.cancel(job)
    with refused("print.unknown_job"):
        house.papers.came_out(job)
    assert house.papers.step() == (False, True)
    for attempt in (house.papers.retry, house.papers.cancel, house.papers.preview):
        with refused("print.unknown_job"):
            attempt("no such job")
    assert printer.sent == []
    house.close()


def test_a_paper_that_is_being_sent_is_left_alone(house: House, printer: Printer) -> None:
    _, job = sold(house)
    with house.database.write() as rows:
        rows.run('UPDATE "print_job" SET "state" = ?', "sending")
    assert house.papers.retry(job) == job
    for attempt in (house.papers.cancel, house.papers.again, house.papers.came_out):
        with refused("print.sending"):
            attempt(job)
    assert states(house) == ["sending"]
    house.close()


def test_without_a_printer_papers_are_kept_to_be_looked_at(tmp_path: Path, printer: Printer) -> None:
    house = open_market(tmp_path)
    sale, job = sold(house)
    assert house.papers.step() == (False, True)
    assert house.papers.queue() == []
    assert house.papers.status().waiting == 0
    house.desk.settings.set("printer_uri", NOWHERE)
    assert house.papers.step() == (False, True)
    assert printer.sent == []
    assert house.papers.preview(job) == house.papers.receipt(sale)
    with refused("printer.none"):
        house.desk.settings.set("printer_uri", "")
        house.papers.test()
    house.close()


@pytest.mark.acceptance("A15")
def test_receipts_that_wait_at_the_close_do_not_surprise_the_next_shift(
    house: House, printer: Printer
) -> None:
    sold(house)
    house.shifts.count_total(21_000)
    house.shifts.close()
    assert states(house) == ["expired", "queued"]
    while house.papers.step()[0]:
        pass
    assert len(printer.sent) == 1
    house.close()


@pytest.mark.acceptance("A16")
def test_papers_say_what_is_stored(house: House, printer: Printer) -> None:
    sale_id = sell(house, [("P001", 1_337), ("P002", 2000), ("P006", 1000)])
    sale = stored(house, sale_id)
    paper = plain.render(house.papers.receipt(sale_id), 48)
    figures = [sale.total_won, sale.received_won, sale.change_won, *(line.amount_won for line in sale.lines)]
    for won in figures:
        assert f"{won:,}" in paper
    for seller in sale.sellers:
        if seller.vat_won:
            assert f"{seller.vat_won:,}" in paper
    assert sale.receipt_no in paper
    back = house.returns.refund(sale_id, [(2, 1000, True)], "까닭", TenderType.CASH)
    assert back.print_job_id is not None
    refund = plain.render(house.papers.preview(back.print_job_id), 48)
    for word in (f"{back.total_won:,}", back.receipt_no, sale.receipt_no):
        assert word in refund
    assert printer.sent == []
    house.close()


def test_a_printer_address_that_cannot_be_read_never_stops_a_sale(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.desk.settings.set("printer_uri", "nonsense://x")
    sold(house)
    with pytest.raises(DomainError):
        house.papers.target()
    house.papers.start()
    house.papers.stop()
    assert house.reports.day()["sales_count"] == 1
    house.close()
