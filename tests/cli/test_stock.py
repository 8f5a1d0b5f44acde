"""Goods in and out by command: a movement or a sheet at a time, the balance, and every wrong wish."""

from pathlib import Path

import pytest

from tests.cli.program import command, opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with the demo market."""
    return opened(tmp_path / "home")


def of(home: Path, code: str) -> dict[str, int]:
    """One product in the balance, by its place in the sheet of its vendor."""
    found = command(home, "stock", "sheet", "--vendor", "V01", "--json").json["products"]
    return next(row for row in found if row["product"] == code)


@pytest.mark.acceptance("A19")
def test_a_day_in_the_balance(home: Path) -> None:
    name = command(home, "stock", "sheet", "--vendor", "V01", "--json").json["products"][0]["product"]
    before = of(home, name)
    move = ("--vendor", "V01", "--product", name, "--quantity")
    said = command(home, "stock", "in", *move, "5", "--batch", "b", "--json")
    assert said.code == 0 and said.json == {"moved": 1, "products": 1}
    assert command(home, "stock", "in", *move, "5", "--batch", "b", "--json").json["moved"] == 0
    assert command(home, "stock", "out", *move, "3.5").code == 0
    assert command(home, "stock", "waste", *move, "1", "--note", "깨졌어요").code == 0
    after = of(home, name)
    assert after["on_hand_milli"] == before["on_hand_milli"] + 5000 - 3500 - 1000
    vendors = command(home, "stock", "balance", "--json").json["vendors"]
    (row,) = (r for v in vendors for r in v["products"] if r["product_id"] == after["product_id"])
    assert row["gap_milli"] == row["rung_milli"] - row["should_have_sold_milli"] == -after["on_hand_milli"]
    assert name in command(home, "stock", "balance").out.decode()
    assert command(home, "stock", "count", *move, "2").code == 0
    assert of(home, name)["on_hand_milli"] == 2000
    assert command(home, "stock", "suggest", "--json").json == {"suggestions": []}


def test_a_sheet_as_csv_is_all_or_nothing(home: Path, tmp_path: Path) -> None:
    goods = command(home, "stock", "sheet", "--vendor", "V01", "--json").json["products"][:2]
    file = tmp_path / "out.csv"
    file.write_text("품목,수량\n" + "".join(f"{g['product']},1\n" for g in goods), "utf-8-sig")
    assert command(home, "stock", "out", file, "--vendor", "V01", "--json").json["moved"] == 2
    file.write_text(f"품목,수량\n{goods[0]['product']},1\n{goods[1]['product']},열\n", "utf-8-sig")
    said = command(home, "stock", "out", file, "--vendor", "V01")
    assert said.code == 1 and "3번째 줄" in said.err
    assert of(home, goods[0]["product"])["taken_home_milli"] == 1000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("물건,개수\nP001,1\n", "모르는 열"),
        ("수량\n1\n", "머리글"),
        ("품목,수량\nP999,1\n", "없는 품목코드"),
        ("품목,수량\nP001,-1\n", "수량"),
        ("품목,수량\nP001,많이\n", "숫자로"),
        ("품목,수량\n", "비었어요"),
        ("", "머리글"),
    ],
)
def test_a_wrong_sheet_gets_one_plain_sentence(home: Path, tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "sheet.csv"
    file.write_text(text, "utf-8")
    said = command(home, "stock", "in", file)
    assert said.code == 1 and said.is_one_plain_sentence() and words in said.err


@pytest.mark.parametrize(
    "words",
    [
        "in",
        "in --product P001",
        "in --product P001 --quantity 0",
        "out --product P001 --quantity 9000000",
        "count --product P001 --quantity 9000000",
        "count --product P001 --quantity -1",
        "in --product P001 --vendor V02 --quantity 1",
        "in --vendor 아무도 --product P001 --quantity 1",
        "in nowhere.csv",
        "sheet --vendor 아무도",
        "balance --date 2001-01-01",
        "balance --date 어제",
    ],
)
def test_a_wrong_wish_gets_one_plain_sentence(home: Path, words: str) -> None:
    said = command(home, "stock", *words.split())
    assert said.code == 1 and said.is_one_plain_sentence(), said.err
