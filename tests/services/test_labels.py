"""Price labels: barcodes given once, printed true, scanned back at the till."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.barcodes import DEFAULT_SCALE_PATTERNS, ScalePattern, make_scale_label, parse_scale_label
from pos_app.domain.operators import Role
from pos_app.printing import labels_pdf
from pos_app.printing.document import Barcode, decode
from pos_app.printing.label_sheets import SHEETS
from pos_app.printing.layouts.slip_figures import PriceLabel
from pos_app.services.house import House
from tests.printing.decoding import codes_in, labels_of, pages
from tests.services.houses import good_id, open_market, refused, session, vendor_id


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house with the small market."""
    opened = open_market(tmp_path / "home")
    yield opened
    opened.close()


def test_goods_come_by_booth_with_their_codes(house: House) -> None:
    goods = house.labels.goods()
    assert [good.code for good in goods[:2]] == ["P001", "P008"]
    assert {good.vendor_id for good in house.labels.goods(vendor_id(1))} == {vendor_id(1)}
    oil = next(good for good in goods if good.code == "P002")
    assert (oil.barcode, oil.price_won, oil.vendor) == ("8807127684265", 21_000, "새벽 공방")


def test_a_barcode_is_given_once_and_kept(house: House) -> None:
    wanted = [(good_id("P003"), 2), (good_id("P002"), 1)]
    first = house.labels.labels(wanted)
    assert [label.name for label in first] == ["손수건", "손수건", "참기름 320ml"]
    assert first[0].barcode == first[1].barcode != "" and first[2].barcode == "8807127684265"
    before = house.integrity.digest()
    assert house.labels.labels(wanted) == first
    assert house.integrity.digest() == before, "the second time nothing is recorded"
    assert [g.barcode for g in house.labels.goods() if g.code == "P003"] == [first[0].barcode]


@pytest.mark.acceptance("A4")
def test_printed_labels_are_scanned_at_the_till(house: House) -> None:
    wanted = [(good.id, 1) for good in house.labels.goods()]
    made = house.labels.pdf(wanted)
    assert (made.pages, made.missing) == (1, 0)
    (page,) = pages(made.data)
    read = codes_in(page)
    assert len(read) == len(wanted)
    scanned = {house.till.scan(code).product_id for code in read}
    assert scanned == {product for product, _ in wanted}


@pytest.mark.acceptance("A4")
def test_a_hundred_scale_labels_go_through_paper() -> None:
    rng = random.Random(4)
    patterns = [
        *DEFAULT_SCALE_PATTERNS,
        ScalePattern.parse("02IIIIWWWWWWC"),
        ScalePattern.parse("2915IIIIPPPPC"),
    ]
    codes: dict[str, tuple[str, int]] = {}
    while len(codes) < 100:
        pattern = rng.choice(patterns)
        item, value = str(rng.randrange(10**pattern.item_digits)), rng.randrange(1, 10**pattern.value_digits)
        codes[make_scale_label(pattern, item, value)] = (item.zfill(pattern.item_digits), value)
    for sheet in SHEETS[::3]:
        labels = [PriceLabel(f"물건 {at}", "농장", 1_000, "개", code) for at, code in enumerate(codes)]
        made = labels_pdf.render(labels, sheet)
        read = [code for page in pages(made.data) for place in labels_of(page, sheet) for code in place]
        assert read == list(codes), sheet.name
        for code in read:
            said = parse_scale_label(code, patterns)
            assert said is not None
            assert (said.item_code, said.quantity_milli or said.price_won) == codes[code]


def test_copies_fill_sheets_from_the_start_place(house: House) -> None:
    made = house.labels.pdf([(good_id("P002"), 24)], "3x8", 2)
    assert made.pages == 2
    first, second = pages(made.data)
    assert len(codes_in(first)) == 23 and len(codes_in(second)) == 1


def test_what_cannot_be_a_label_is_refused(house: House) -> None:
    oil = good_id("P002")
    with refused("labels.none"):
        house.labels.labels([(oil, 0)])
    with refused("labels.many"):
        house.labels.labels([(oil, 2_001)])
    with refused("product.unknown"):
        house.labels.labels([("nothing", 1)])
    with refused("labels.sheet"):
        house.labels.pdf([(oil, 1)], "9x9")
    for start in (0, 25, -1):
        with refused("labels.start"):
            house.labels.pdf([(oil, 1)], "3x8", start)
    with refused("printer.none"):
        house.labels.print_labels([(oil, 1)])
    with refused("product.unknown_code"):
        house.labels.find_product("P999")
    with refused("vendor.unknown"):
        house.labels.find_vendor("아무도")


def test_goods_and_sellers_are_found_as_people_call_them(house: House) -> None:
    for label in ("P002", "8807127684265", good_id("P002")):
        assert house.labels.find_product(label) == good_id("P002")
    for label in ("새벽 공방", vendor_id(1)):
        assert house.labels.find_vendor(label) == vendor_id(1)


@pytest.mark.acceptance("A39")
@pytest.mark.parametrize("role", list(Role))
def test_everybody_who_may_add_goods_may_give_barcodes(house: House, role: Role) -> None:
    house.use(session(role))
    assert house.labels.labels([(good_id("P003"), 1)])[0].barcode


def test_the_receipt_printer_gets_labels_in_parts(house: House, tmp_path: Path) -> None:
    house.settings.set("printer_uri", f"file://{tmp_path}/printer")
    jobs = house.labels.print_labels([(good_id("P003"), 130)])
    assert len(jobs) == 2
    counts = []
    with house.desk.work.read() as rows:
        for job in jobs:
            row = rows.one('SELECT "document" FROM "print_job" WHERE "id" = ?', job)
            assert row is not None
            counts.append(sum(isinstance(block, Barcode) for block in decode(bytes(row[0])).blocks))
    assert counts == [100, 30]


def test_an_offset_stays_with_its_sheet(house: House) -> None:
    assert house.labels.offset("3x8") == (0, 0)
    house.labels.set_offset("3x8", 150, -75)
    assert house.labels.offset("3x8") == (150, -75) and house.labels.offset("2x7") == (0, 0)
    with refused("labels.offset"):
        house.labels.set_offset("3x8", 2_001, 0)
    with refused("labels.sheet"):
        house.labels.set_offset("9x9", 0, 0)
    (house.desk.home.root / "labels.json").write_text("{oh")
    assert house.labels.offset("3x8") == (0, 0)


@settings(max_examples=15, deadline=None)
@given(
    name=st.text(max_size=200),
    vendor=st.text(max_size=90),
    price=st.integers(0, 99_999_999),
    unit=st.text(max_size=20),
    sheet=st.sampled_from(SHEETS),
)
def test_no_name_spoils_a_label(name: str, vendor: str, price: int, unit: str, sheet: object) -> None:
    label = PriceLabel(name, vendor, price, unit, "2900000000018")
    made = labels_pdf.render([label], sheet, sheet.count)  # type: ignore[arg-type, attr-defined]
    (page,) = pages(made.data)
    assert codes_in(page) == ["2900000000018"]
