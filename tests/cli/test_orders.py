"""Commands of orders and bundles: what goes in, what comes out, and every wrong wish as one sentence."""

from pathlib import Path

import pytest

from tests.cli.program import DEMO, Said, command, opened
from tests.printing.decoding import pages

BAD = ["주문취합!E21", "주문취합!F37", "주문취합!G45"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with the demo market."""
    return opened(tmp_path / "home")


@pytest.fixture
def taken(home: Path) -> Path:
    """The same with the demo's orders."""
    assert command(home, "import-orders", DEMO / "preorders.xlsx").code == 1
    return home


def refused(said: Said) -> bool:
    """One plain sentence and exit code 1."""
    return said.code == 1 and said.is_one_plain_sentence()


@pytest.mark.acceptance("A49")
def test_the_demos_sheet(home: Path) -> None:
    looked = command(home, "import-orders", DEMO / "preorders.xlsx", "--dry-run", "--json")
    assert command(home, "orders", "list", "--json").json == {"orders": []}
    strict = command(home, "import-orders", DEMO / "preorders.xlsx", "--strict", "--json")
    assert strict.code == 1 and [cell["cell"] for cell in strict.json["bad"]] == BAD
    assert strict.json["people"] == 0
    said = command(home, "import-orders", DEMO / "preorders.xlsx", "--json")
    assert said.code == 1, "something was left out"
    assert [cell["cell"] for cell in said.json["bad"]] == BAD
    assert all(cell["reason"] for cell in said.json["bad"])
    for shown in (looked.json, said.json):
        assert (shown["people"], shown["lines"], shown["new"]) == (60, 364, 60)
        assert shown["total_won"] == 8_687_100
    again = command(home, "import-orders", DEMO / "preorders.xlsx", "--json")
    assert (again.json["new"], again.json["changed"], again.json["same"]) == (0, 0, 60)


def test_listed_packed_handed_out_once(taken: Path) -> None:
    found = command(taken, "orders", "list", "2953", "--json").json["orders"]
    assert [order["person"] for order in found] == ["강*영"]
    order = found[0]
    assert "강민영" not in command(taken, "orders", "list").out.decode()
    assert command(taken, "orders", "pack", order["id"], "--json").json["state"] == "packed"
    out = command(taken, "orders", "pick-up", order["id"], "--json")
    assert out.code == 0 and out.json["total_won"] == order["total_won"] == out.json["paid_now_won"]
    assert refused(command(taken, "orders", "pick-up", order["id"]))
    assert len(command(taken, "orders", "unclaimed", "--json").json["orders"]) == 59
    assert command(taken, "orders", "doubled", "--json").json["orders"] == []
    assert command(taken, "verify").code == 0


def test_paid_before_changed_and_cancelled(taken: Path) -> None:
    first, second = command(taken, "orders", "list", "--json").json["orders"][:2]
    assert command(taken, "orders", "paid", first["id"], "--json").json["due_won"] == 0
    less = command(taken, "orders", "take-out", first["id"], "1", "--json").json
    assert less["give_back_won"] == first["lines"][0]["amount_won"]
    out = command(taken, "orders", "pick-up", first["id"], "--json").json
    assert (out["paid_now_won"], out["give_back_won"]) == (0, less["give_back_won"])
    assert command(taken, "orders", "cancel", second["id"], "--json").json["state"] == "cancelled"
    assert refused(command(taken, "orders", "pick-up", second["id"]))
    left = command(taken, "orders", "unclaimed", "--close", "--json").json["orders"]
    assert {order["state"] for order in left} == {"unclaimed"} and len(left) == 58


def test_papers(taken: Path, tmp_path: Path) -> None:
    lines = command(taken, "orders", "pick-list", "--json").json["lines"]
    assert len({line["vendor"] for line in lines}) > 5
    text = command(taken, "orders", "pick-list").out.decode()
    assert all(line["name"] in text for line in lines)
    assert command(taken, "orders", "pick-list", "-o", tmp_path / "list.pdf").code == 0
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    labels = command(taken, "orders", "labels", "-o", tmp_path / "labels.pdf", "--json")
    assert labels.json == {"labels": 60} and "실제 크기" in labels.err
    assert len(pages((tmp_path / "labels.pdf").read_bytes())) >= 8
    assert command(taken, "orders", "labels", "--order", "2953").out.startswith(b"%PDF")
    assert refused(command(taken, "orders", "labels", "--printer"))
    assert refused(command(taken, "orders", "pick-list", "--print"))


@pytest.mark.parametrize(
    "words",
    [
        ("import-orders", "/nowhere/orders.xlsx"),
        ("import-orders", DEMO / "tape.jsonl"),
        ("import-orders", DEMO / "preorders.xlsx", "--day", "2030-01-01"),
        ("orders", "pick-up", "홍길동없음"),
        ("orders", "pick-up", "JTORDER2345678ABCDE"),
        ("orders", "pick-up", ""),
        ("orders", "cancel", "0000"),
        ("orders", "labels", "--order", "없음"),
        ("orders", "pick-list"),
        ("bundles", "remove", "없음"),
        ("bundles", "add", "꾸러미", "--price", "0", "--part", "P001"),
        ("bundles", "add", "꾸러미", "--price", "1000", "--part", "없음"),
        ("bundles", "add", "꾸러미", "--price", "1000", "--part", "P001:1.5"),
        ("bundles", "add", "꾸러미", "--price", "1000", "--part", "P001:x"),
        ("bundles", "add", "꾸러미", "--price", "1000", "--part", "P001:1:x"),
        ("bundles", "pick-list", "없음:3"),
    ],
)
def test_wrong_wishes_are_one_sentence(home: Path, words: tuple[str | Path, ...]) -> None:
    said = command(home, *words)
    assert said.code in (1, 3) and "Traceback" not in said.err and said.err.strip()
    assert len(said.err.strip().splitlines()) <= 3


def test_a_sheet_for_another_market(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert command(home, "import", DEMO / "catalogue.xlsx").code == 0
    assert command(home, "day", "open", "--market", "나주 금요장터", "--date", "2026-11-20").code == 0
    assert refused(command(home, "import-orders", DEMO / "preorders.xlsx"))
    assert command(home, "import-orders", DEMO / "preorders.xlsx", "--anyway", "--json").json["new"] == 60


def test_bundles_made_sold_and_no_longer(home: Path, tmp_path: Path) -> None:
    parts = ("--part", "P001:2", "--part", "P002:0.5", "--part", "P005:1:7000")
    made = command(home, "bundles", "add", "명절 꾸러미", "--price", "30000", *parts, "--barcode", "--json")
    assert made.code == 0, made.err
    view = made.json
    assert sum(part["share_won"] for part in view["parts"]) == 30_000 and len(view["barcode"]) == 13
    (listed,) = command(home, "bundles", "list", "--json").json["bundles"]
    assert listed == view
    tape = tmp_path / "tape.jsonl"
    line = '{"at": "2026-11-20T10:00:00+09:00", "lines": [{"product": "%s", "quantity_milli": 2000}]}\n'
    tape.write_text(line % view["barcode"])
    assert command(home, "ring", tape, "--json").json["sales"][0]["total_won"] == 60_000
    picks = command(home, "bundles", "pick-list", "명절 꾸러미:10", "--json").json["lines"]
    assert [line["quantity_milli"] for line in picks] == [20_000, 5_000, 10_000]
    assert (
        command(home, "bundles", "add", "명절 꾸러미", "--price", "33000", *parts, "--json").json["id"]
        == view["id"]
    )
    assert command(home, "bundles", "remove", "명절 꾸러미").code == 0
    assert command(home, "ring", tape).code == 1
    assert command(home, "verify").code == 0 and command(home, "rebuild").code == 0
