"""The command that makes labels: sheets, calibration, the printer's queue, and every wrong wish."""

from pathlib import Path

import pytest

from tests.cli.program import Said, command, opened
from tests.printing.decoding import codes_in, pages


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demo market."""
    return opened(tmp_path_factory.mktemp("labels") / "home")


def refused(said: Said) -> bool:
    """One plain sentence and exit code 1."""
    return said.code == 1 and said.is_one_plain_sentence()


@pytest.mark.acceptance("A4")
def test_labels_of_a_seller_on_sheets(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "labels.pdf"
    said = command(home, "labels", "--vendor", "V01", "--copies", "2", "--start", "3", "-o", file, "--json")
    assert said.code == 0, said.err
    assert said.json["labels"] % 2 == 0 and said.json["missing_letters"] == 0
    (page,) = pages(file.read_bytes())
    assert len(codes_in(page)) == said.json["labels"]
    assert "실제 크기" in said.err


def test_products_by_code_go_down_the_pipe(home: Path) -> None:
    said = command(home, "labels", "--product", "P001", "P002", "--sheet", "4x10")
    assert said.code == 0 and said.out.startswith(b"%PDF")
    assert len(codes_in(pages(said.out)[0])) == 2


def test_every_product_fits(home: Path, tmp_path: Path) -> None:
    said = command(home, "labels", "--all", "-o", tmp_path / "all.pdf", "--json")
    assert said.code == 0 and said.json["labels"] >= 24 and said.json["pages"] >= 2


def test_a_sheet_is_calibrated_and_remembered(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    said = command(home, "labels", "--sheet", "2x7", "--shift", "1.5", "-0.75", "--calibrate", "-o", file)
    assert said.code == 0 and file.read_bytes().startswith(b"%PDF")
    listed = command(home, "labels", "--sheets", "--json").json["sheets"]
    assert [(s["shift_x"], s["shift_y"]) for s in listed if s["name"] == "2x7"] == [(150, -75)]
    assert all(s["labels"] > 0 and s["size"].endswith("mm") for s in listed)
    assert "64 × 33.9 mm" in command(home, "labels", "--sheets").out.decode()


def test_the_printer_gets_a_paper(home: Path, tmp_path: Path) -> None:
    assert refused(command(home, "labels", "--product", "P001", "--printer"))
    device = tmp_path / "device"
    device.touch()
    assert command(home, "printer", "use", f"file://{device}").code == 0
    said = command(home, "labels", "--product", "P001", "--copies", "3", "--printer", "--json")
    assert said.code == 0 and said.json["labels"] == 3 and len(said.json["jobs"]) == 1


def test_a_printer_of_another_name_gets_them(home: Path, tmp_path: Path) -> None:
    device = tmp_path / "second"
    device.touch()
    assert command(home, "printer", "add", "라벨", f"file://{device}").code == 0
    assert command(home, "labels", "--product", "P001", "--printer", "라벨").code == 0
    assert device.read_bytes()
    assert refused(command(home, "labels", "--product", "P001", "--printer", "없는것"))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "--product P999",
        "--vendor 아무도",
        "--product P001 --sheet 1x1",
        "--product P001 --start 0",
        "--product P001 --start 25",
        "--product P001 --copies 0",
        "--product P001 --copies 5000",
        "--sheet 3x8 --shift a 1",
        "--sheet 3x8 --shift 0.001 1",
        "--sheet 3x8 --shift 21 0",
        "--sheet 3x8 --shift Infinity 0",
    ],
)
def test_a_wrong_wish_gets_one_plain_sentence(home: Path, tmp_path: Path, words: str) -> None:
    assert refused(command(home, "labels", *words.split(), "-o", tmp_path / "no.pdf"))
    assert not (tmp_path / "no.pdf").exists()


def test_two_choices_at_once_are_wrong_usage(home: Path) -> None:
    assert command(home, "labels", "--all", "--vendor", "V01").code == 2
