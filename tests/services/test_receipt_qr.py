"""The QR code that closes a receipt: it is the number, fits the paper, and opens the sale again."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.printing import escpos_text, preview
from pos_app.printing.document import QrCode
from pos_app.services.house import House
from tests.services.houses import open_market, refused
from tests.services.spooling import sale

ZBAR = shutil.which("zbarimg")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = open_market(tmp_path / "home")
    yield made
    made.close()


def qr_of(house: House, sale_id: str) -> list[str]:
    return [block.data for block in house.papers.receipt(sale_id).blocks if isinstance(block, QrCode)]


def test_every_receipt_ends_with_its_number_unless_the_setting_says_no(house: House) -> None:
    number = sale(house)
    sale_id = house.returns.numbered(number)
    assert qr_of(house, sale_id) == [number]
    assert len(escpos_text.render(house.papers.receipt(sale_id), 48)) <= 2_500
    again = house.papers.preview(house.papers.reprint(sale_id))
    assert [block.data for block in again.blocks if isinstance(block, QrCode)] == [number]
    house.settings.set("receipt_qr", "0")
    without = sale(house)
    assert qr_of(house, house.returns.numbered(without)) == []
    with refused("settings.value"):
        house.settings.set("receipt_qr", "maybe")


@pytest.mark.parametrize("change", [str, str.lower, lambda text: f" {text}\n", lambda text: f"]Q1{text}"])
def test_a_scanned_number_is_found_as_scanners_type_it(house: House, change: type[str]) -> None:
    number = sale(house)
    found = house.returns.numbered(change(number))
    assert house.returns.sale(found).receipt_no == number


@pytest.mark.parametrize(
    "text", ["", "0001", "8801234567893", "%", "' OR 1=1 --", "R1-", "가나다" * 200, "\x00"]
)
def test_any_other_code_opens_no_sale(house: House, text: str) -> None:
    sale(house)
    assert house.returns.numbered(text) == ""


@pytest.mark.skipif(ZBAR is None, reason="zbarimg is not installed")
@pytest.mark.parametrize("columns", [32, 42, 48])
def test_another_reader_reads_it_from_the_picture(house: House, tmp_path: Path, columns: int) -> None:
    number = sale(house)
    picture = tmp_path / "receipt.png"
    picture.write_bytes(preview.render_png(house.papers.receipt(house.returns.numbered(number)), columns))
    assert ZBAR is not None
    read = subprocess.run([ZBAR, "-q", "--raw", picture], capture_output=True, text=True, check=False)
    assert number in read.stdout.split()
