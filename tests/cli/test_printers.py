"""`jangteo printer`: every step as people and scripts use it, over a real socket."""

import json
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.operators import Role
from pos_app.printing.document import Document, Text
from tests.cli.program import Said, command
from tests.hardware.simulated_printer import SimulatedPrinter
from tests.services.houses import card, good_id, open_market
from tests.services.spooling import PrinterAt, came_out, free_port, uri

STEPS = [
    "list",
    "use",
    "add",
    "remove",
    "find",
    "check",
    "proof",
    "test",
    "queue",
    "retry",
    "again",
    "move",
    "cancel",
    "came-out",
    "pdf",
    "drawer",
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A small market with an open shift."""
    open_market(tmp_path / "home").close()
    return tmp_path / "home"


def run(home: Path, *words: str | Path, code: int = 0) -> Said:
    """`jangteo printer …` that ends as expected."""
    said = command(home, "printer", *words)
    assert said.code == code, (words, said.err)
    return said


def sold(home: Path) -> str:
    """The print job of one more sale."""
    house = open_house(home)
    house.till.add(good_id("P002"))
    job = house.till.complete([card(21_000)]).print_job_id
    house.close()
    assert job is not None
    return job


def test_every_step_is_there_and_says_what_it_does(home: Path) -> None:
    for step in STEPS:
        said = run(home, step, "--help")
        assert any("가" <= letter <= "힣" for letter in said.out.decode())
    assert run(home, "unknown", code=2).out == b""


def test_printers_are_chosen_named_listed_and_forgotten(home: Path) -> None:
    assert run(home, "list", "--json").json == {"printers": []}
    run(home, "use", "socket://127.0.0.1:9100?width=58&kind=picture")
    added = run(home, "add", "라벨", "socket://127.0.0.1:9101", "--json").json
    assert added == {"name": "라벨", "uri": "socket://127.0.0.1:9101"}
    listed = run(home, "list", "--json").json["printers"]
    assert [(each["name"], each["kind"], each["word"]) for each in listed] == [
        ("", "picture", "준비됨"),
        ("라벨", "korean", "준비됨"),
    ]
    assert "라벨" in run(home, "list").out.decode()
    run(home, "remove", "라벨")
    run(home, "remove", "라벨", code=1)
    assert len(run(home, "list", "--json").json["printers"]) == 1


def test_a_paper_waits_is_tried_moved_written_and_let_go(home: Path, tmp_path: Path) -> None:
    port = free_port()
    run(home, "use", uri(port))
    first, second, third = sold(home), sold(home), sold(home)
    said = run(home, "retry", first, "--json", code=3)
    assert said.json["error"] == "world"
    jobs = run(home, "queue", "--json").json["jobs"]
    assert [(job["id"], job["state"]) for job in jobs] == [(job, "queued") for job in (first, second, third)]
    run(home, "pdf", first, "-o", tmp_path / "paper.pdf")
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    assert run(home, "cancel", second, "--json").json == {"job": second, "state": "cancelled"}
    with PrinterAt(port) as printer, SimulatedPrinter() as other:
        assert run(home, "retry", first, "--json").json == {"job": first, "state": "printed"}
        run(home, "add", "옆", other.uri)
        assert run(home, "move", third, "옆", "--json").json["state"] == "printed"
        assert (printer.paper.cuts, other.paper.cuts) == (1, 1)
        again = run(home, "again", first, "--json").json
        assert (again["state"], again["job"] != first) == ("printed", True)
        assert "재발행 1" in "\n".join(printer.paper.lines)
        run(home, "came-out", first, code=1)
    assert run(home, "queue", "--json").json == {"jobs": []}


def test_a_paper_of_which_nobody_knows_is_told_and_decided(home: Path) -> None:
    with PrinterAt(free_port(), "stops_before_barrier") as printer:
        run(home, "use", printer.uri)
        job = sold(home)
        said = run(home, "retry", job, "--json", code=3)
        assert said.json == {"job": job, "state": "unknown"}
        assert job in run(home, "queue").out.decode()
        assert run(home, "came-out", job, "--json").json == {"job": job, "state": "printed"}


def test_the_test_page_and_the_proof_come_out_now_or_not_at_all(home: Path) -> None:
    run(home, "test", code=1)
    run(home, "proof", code=1)
    port = free_port()
    run(home, "use", uri(port))
    for step in ("test", "proof"):
        assert run(home, step, code=3).is_one_plain_sentence()
    assert run(home, "queue", "--json").json == {"jobs": []}
    with PrinterAt(port) as printer:
        run(home, "test")
        run(home, "proof")
        run(home, "proof", printer.uri)
        text = "\n".join(printer.paper.lines)
    assert (text.count("인쇄 시험"), text.count("인쇄 점검표")) == (1, 2)


def test_an_address_is_looked_at(home: Path) -> None:
    with SimulatedPrinter() as printer:
        said = run(home, "check", f"127.0.0.1:{printer.port}", "--json")
        assert said.json == {"uri": printer.uri, "answer": "printer"}
    nobody = run(home, "check", f"127.0.0.1:{free_port()}", "--json", code=3)
    assert nobody.json["answer"] == "refused"
    run(home, "check", "not an address", code=1)
    assert isinstance(run(home, "find", "--json").json["found"], list)


def test_the_drawer_opens_with_a_reason_in_the_journal(home: Path) -> None:
    run(home, "drawer", code=1)
    port = free_port()
    run(home, "use", uri(port))
    assert run(home, "drawer", code=3).is_one_plain_sentence()
    with PrinterAt(port) as printer:
        assert run(home, "drawer", "--reason", "잔돈 바꾸기", "--json").json["state"] == "printed"
        assert len(printer.paper.kicks) == 1
    house = open_house(home)
    with house.database.read() as rows:
        assert ("잔돈 바꾸기",) in rows.all('SELECT "reason" FROM "drawer_open"')
    house.operators.add("김담당", Role.COORDINATOR, "274913")
    house.operators.add("박계산", Role.CASHIER, "5927")
    house.close()
    for words in (["printer", "drawer"], ["printer", "use", "socket://127.0.0.1"]):
        refused = command(home, *words, "--operator", "박계산", "--json", pin="5927")
        assert (refused.code, refused.json["error"]) == (1, "right.missing")


def test_a_receipt_for_the_printer_is_what_this_printer_gets(home: Path, tmp_path: Path) -> None:
    sold(home)
    house = open_house(home)
    number = house.returns.recent()[0].receipt_no
    house.close()
    out = tmp_path / "paper.bin"

    def written(*more: str) -> bytes:
        assert command(home, "receipt", number, "--format", "escpos", "-o", out, *more).code == 0
        return out.read_bytes()

    plain_bytes = written()
    run(home, "use", "socket://127.0.0.1:9?kind=picture&width=58")
    assert written().count(b"\x1dv0") > 0
    assert written("--width", "80") == plain_bytes
    run(home, "use", "socket://127.0.0.1:9?charset=ksx1001&cutter=no")
    assert written() != plain_bytes


def test_json_of_the_queue_holds_no_paper(home: Path) -> None:
    with PrinterAt(free_port()) as printer:
        run(home, "use", printer.uri)
    house = open_house(home)
    house.papers.print_document(Document("엑스", (Text("x"),)), "x")
    house.close()
    said = run(home, "queue", "--json")
    assert set(said.json["jobs"][0]) >= {
        "id",
        "kind",
        "title",
        "state",
        "at",
        "error",
        "printer",
        "copy_no",
        "held",
    }
    assert "document" not in json.dumps(said.json)
    assert came_out(printer) == []


def test_what_is_no_name_of_a_printer_is_neither_added_nor_removed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    open_market(home).close()
    for words in (("add", "", "socket://127.0.0.1:9"), ("remove", "socket://127.0.0.1:9")):
        said = command(home, "printer", *words, "--json")
        assert (said.code, said.json["error"][:8]) == (1, "printer.")


def test_labels_tell_that_their_printer_is_off_and_answer_programs_in_one_document(tmp_path: Path) -> None:
    home = tmp_path / "home"
    open_market(home).close()
    nowhere = uri(free_port())
    said = command(home, "labels", "--all", "--printer", nowhere, "--json")
    assert (said.code, said.json["error"]) == (3, "world")
    said = command(home, "labels", "--shift", "1.5", "-1.5", "--json")
    assert (said.code, said.json) == (0, {"sheet": "3x8", "shift_x": 150, "shift_y": -150})
    assert command(home, "labels", "--calibrate", "--json").json["error"] == "output.needs_file"
    far = command(home, "labels", "--shift", "1E+2147483648", "0")
    assert (far.code, far.is_one_plain_sentence()) == (1, True)


def test_a_receipt_answers_programs_in_one_document(tmp_path: Path) -> None:
    house = open_market(tmp_path / "home")
    house.till.add(good_id("P002"))
    number = house.till.complete([card(21_000)]).receipt_no
    house.close()
    said = command(tmp_path / "home", "receipt", number, "--json")
    assert said.code == 0
    assert number in said.json["text"]
