"""A made-up market: any number of vendors and products, put into a home by the program itself."""

import random
from collections.abc import Iterator
from pathlib import Path

from pos_app.bootstrap import open_house
from pos_app.domain import identity
from pos_app.domain.barcodes import ean13_check_digit
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.facts.catalogue import Edit, FieldEdit, GoodsMovement, Roster
from pos_app.printing.document import ShopHeader
from pos_app.services.house import House
from pos_app.storage.unit_of_work import CATALOGUE

MARKET, DATE = "빛가람 나눔장터", "2026-11-20"
SHOP = ShopHeader(
    "빛가람 장터", "1234567891", "김장터", "광주광역시 남구 봉선동 12-3", "062-123-4567", "고맙습니다"
)
LINES = 5
MOST_SOLD = 500  # of a large catalogue this many different products are sold on one day
_HOW = ("햇", "유기농 ", "무농약 ", "저온숙성 ", "친환경 ", "수제 ", "전통 ", "국산 ", "산지직송 ", "어린이 ")
_WHAT = (
    "사과", "배", "감자", "고구마", "양파", "마늘", "배추김치", "열무김치", "된장", "고추장", "간장", "참기름", "들기름",
    "찹쌀", "현미", "보리쌀", "검은콩", "두부", "두부과자", "김부각", "쌀과자", "식빵", "쿠키", "홍삼스틱", "도라지청",
    "생강청", "매실청", "꿀", "딸기잼", "방울토마토", "상추", "미나리", "시금치", "표고버섯", "느타리버섯", "달걀", "떡갈비",
    "한과", "약과", "미역", "다시마", "멸치", "새우젓", "건고추", "고춧가루", "한라봉", "감귤", "곶감", "대추", "밤",
)  # fmt: skip
_SIZE = ("500g", "1kg", "2kg", "3kg", "5kg", "10kg", "320ml", "1.8L", "10개입", "선물세트")
_PLACES = ("무안", "해남", "신안", "여수", "화순", "강진", "담양", "완도", "송정", "나주", "장성", "구례")
_UNITS = ("봉", "상자", "병", "개", "팩", "망")


def product_name(number: int) -> str:
    """A name of its own for each number."""
    rest, size = divmod(number, len(_SIZE))
    rest, what = divmod(rest, len(_WHAT))
    rest, how = divmod(rest, len(_HOW))
    return f"{_HOW[how]}{_WHAT[what]} {_SIZE[size]}" + (f" {rest + 1}호" if rest else "")


def barcode_of(number: int) -> str:
    """The EAN-13 of product `number`."""
    first = f"8801{number:08d}"
    return f"{first}{ean13_check_digit(first)}"


def is_weighed(number: int) -> bool:
    return number % 20 == 19


def sold_numbers(products: int) -> list[int]:
    """The products that are sold: spread over the catalogue, by the piece, a whole number of carts."""
    each = [number for number in range(products) if not is_weighed(number)]
    step = max(1, len(each) // MOST_SOLD)
    chosen = each[::step][:MOST_SOLD]
    return chosen[: len(chosen) // LINES * LINES]


def vendor_ids(products: int) -> list[tuple[str, str]]:
    """(id, name) of the vendors: one for forty products, at most two hundred."""
    names = [f"{_PLACES[n % len(_PLACES)]} {n + 1}농장" for n in range(max(5, min(200, products // 40)))]
    return [(identity.vendor_id("", name, "대표"), name) for name in names]


def product_id_of(number: int, vendors: list[tuple[str, str]]) -> str:
    vendor = vendors[number % len(vendors)][0]
    return identity.product_id(vendor, product_name(number), _UNITS[number % len(_UNITS)])


def _edits(products: int, vendors: list[tuple[str, str]]) -> Iterator[Edit]:
    for vendor, name in vendors:
        fields = {"name": name, "representative": "대표", "tax_kind": "general", "sale_mode": "consignment"}
        yield Edit("vendor", vendor, {key: FieldEdit(value, 1) for key, value in fields.items()})
    for number in range(products):
        weighed = is_weighed(number)
        told = {
            "vendor_id": vendors[number % len(vendors)][0],
            "name": product_name(number),
            "unit": _UNITS[number % len(_UNITS)],
            "unit_price_won": 1000 + 100 * (number % 250),
            "tax_class": "taxable" if number % 3 == 0 else "exempt",
            "sold_by": "weight" if weighed else "each",
            "barcodes": [barcode_of(number)],
            "category": ("채소·과일", "가공", "쌀·곡물")[number % 3],
        }
        edit = {key: FieldEdit(value, 1) for key, value in told.items()}
        yield Edit("product", product_id_of(number, vendors), edit)


def fill(home: Path, products: int) -> None:
    """Make a home with this many products, the day open and the shift begun."""
    house = open_house(home)
    vendors = vendor_ids(products)
    with house.desk.work.begin() as work:
        for edit in _edits(products, vendors):
            work.record(CATALOGUE, edit)
        booths = tuple((f"V{n:03d}", vendor, n) for n, (vendor, _) in enumerate(vendors, 1))
        work.record(CATALOGUE, Roster("bench", "bench", booths))
    day = house.days.open(MARKET, DATE).day_id
    with house.desk.work.begin() as work:
        for start in range(0, products, 4000):
            lines = tuple(
                (product_id_of(number, vendors), vendors[number % len(vendors)][0], 10_000_000)
                for number in range(start, min(products, start + 4000))
            )
            work.record(
                CATALOGUE, GoodsMovement(f"bench/{start}", day, f"{DATE}T08:00:00+09:00", "brought", lines)
            )
    house.shifts.open(300_000)
    house.close()


def ring(house: House, products: list[str]) -> str:
    """Sell one of each for cash; the sale's id."""
    for product in products:
        house.till.add(product)
    return house.till.complete([cash(house)]).sale_id


def cash(house: House) -> TenderInput:
    """A note too many, so that change is given."""
    return TenderInput(TenderType.CASH, -(-house.till.priced.total_won // 10_000) * 10_000)


def codes_by_id(products: int) -> dict[str, str]:
    """Barcodes of the products that are sold, by product id."""
    vendors = vendor_ids(products)
    return {product_id_of(number, vendors): barcode_of(number) for number in sold_numbers(products)}


def carts(products: int, count: int, seed: int = 1) -> list[list[str]]:
    """`count` carts of five different products that are sold."""
    chance = random.Random(seed)
    vendors = vendor_ids(products)
    sold = [product_id_of(number, vendors) for number in sold_numbers(products)]
    return [chance.sample(sold, LINES) for _ in range(count)]


def every_product_once(products: int) -> list[list[str]]:
    """Carts that sell each product that is sold exactly once."""
    vendors = vendor_ids(products)
    sold = [product_id_of(number, vendors) for number in sold_numbers(products)]
    return [sold[at : at + LINES] for at in range(0, len(sold), LINES)]
