"""A market in memory: vendors, products, and values with read-only fields."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from pos_app.domain.catalogue import OversellPolicy, SoldBy, TaxClass
from pos_app.domain.search import ProductSearch

NOW = datetime(2026, 11, 20, 5, 5, tzinfo=UTC)
DAY = "2026-11-20"
VENDORS = [
    ("무안황토 농원", "무안황토", 11),
    ("무등 농장", "무등", 5),
    ("평동 홍삼", "평동", 20),
    ("해남땅끝 공방", "해남땅끝", 1),
    ("신안섬 농장", "신안섬", 10),
    ("여수밤바다 공방", "여수밤바다", 19),
    ("빛고을 두부", "빛고을", 8),
    ("화순적벽 장독", "화순적벽", 12),
    ("영산강 제빵", "영산강", 6),
    ("완도바다 과자", "완도바다", 9),
    ("강진청자 농가", "강진청자", 14),
    ("송정 과수원", "송정", 2),
    ("담양대숲 농장", "담양대숲", 13),
]
# name, unit, price, vendor, on hand, weighed, markdown permille, category
GOODS = [
    ("친환경 쌀 10kg", "포", 39000, 0, 12, False, 0, "쌀·곡물"),
    ("미나리", "단", 3000, 1, 18, False, 0, "채소·과일"),
    ("홍삼스틱 30포", "상자", 49000, 2, 7, False, 0, "가공"),
    ("참기름 320ml", "병", 21000, 3, 31, False, 0, "가공"),
    ("양파 3kg", "망", 5900, 4, 9, False, 0, "채소·과일"),
    ("김부각", "봉", 5000, 5, 28, False, 0, "가공"),
    ("두부과자", "봉", 3500, 6, 6, False, 0, "가공"),
    ("전통 된장 1kg", "통", 18000, 7, 14, False, 0, "가공"),
    ("우리밀 식빵", "개", 5500, 8, 9, False, 200, "가공"),
    ("수제 쿠키 세트", "세트", 15000, 9, 8, False, 0, "가공"),
    ("햇고구마", "kg", 3900, 10, 12.4, True, 0, "채소·과일"),
    ("배추김치 2kg", "통", 22000, 7, 10, False, 0, "가공"),
    ("감자", "kg", 2900, 3, 6.1, True, 0, "채소·과일"),
    ("한라봉 3kg", "상자", 24000, 11, 0, False, 0, "채소·과일"),
    ("사과 5kg", "상자", 28000, 4, 3, False, 0, "채소·과일"),
    ("방울토마토 500g", "팩", 4500, 12, 33, False, 0, "채소·과일"),
    ("떡갈비 600g", "팩", 17000, 7, 15, False, 0, "가공"),
    ("친환경 장성편백사회적협동조합찹쌀 4kg", "포", 21000, 0, 20, False, 0, "쌀·곡물"),
]


@dataclass(frozen=True)
class View:
    """A bag of read-only fields."""

    fields: dict = field(default_factory=dict)

    def __getattr__(self, name):
        try:
            return self.__dict__["fields"][name]
        except KeyError:
            raise AttributeError(name) from None


def view(**fields):
    return View(fields)


def goods_items():
    items = []
    for index, (name, unit, won, vendor, stock, weighed, markdown, category) in enumerate(GOODS):
        full, short, booth = VENDORS[vendor]
        items.append(
            view(
                product_id=f"p{index:02d}",
                name=name,
                unit=unit,
                unit_price_won=won,
                price_shown_won=won - won * markdown // 1000,
                sold_by=SoldBy.WEIGHT if weighed else SoldBy.EACH,
                tax_class=TaxClass.EXEMPT,
                vendor_id=f"v{vendor:02d}",
                vendor=full,
                vendor_short=short,
                booth=booth,
                category=category,
                on_hand_milli=round(stock * 1000),
                markdown_permille=markdown,
                oversell=OversellPolicy.WARN,
                sold_today_milli=0,
            )
        )
    return items


class FakeGoods:
    def __init__(self):
        self.items = {item.product_id: item for item in goods_items()}
        self.barcodes = {"8801471049749": "p04", "8800000000017": "p14"}
        self.reads = 0

    def tiles(self, limit=None):
        self.reads += 1
        return list(self.items.values())[:limit]

    def tile(self, product_id):
        return self.items.get(product_id)

    def find_barcode(self, code):
        return self.barcodes.get(code)

    def tiles_of(self, product_ids):
        return [tile for tile in map(self.tile, product_ids) if tile is not None]

    def stale(self):
        return False

    def search(self, query, limit=20):
        rows = [(i.product_id, i.name, i.vendor, "") for i in self.items.values()]
        return ProductSearch.build(rows).search(query, limit)

    def quick_add(self, name, unit_price_won, vendor_id, barcode="", tax_class=TaxClass.EXEMPT):
        product_id = f"q{len(self.items):02d}"
        base = dict(self.items["p01"].fields)
        base.update(
            product_id=product_id,
            name=name,
            unit_price_won=unit_price_won,
            price_shown_won=unit_price_won,
            vendor_id=vendor_id,
            on_hand_milli=None,
            tax_class=tax_class,
        )
        self.items[product_id] = view(**base)
        if barcode:
            self.barcodes[barcode] = product_id
        return product_id

    def announced(self):
        return []

    def vendors(self):
        return [view(id=f"v{n:02d}", name=v[0], short=v[1], booth=v[2]) for n, v in enumerate(VENDORS)]
