"""A whole house in memory: the screens' use cases over the real rules of the trade."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from pos_app.domain.cart import Cart, CartLine, Discount
from pos_app.domain.catalogue import OversellPolicy, Seller, SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, Role, discount_limit_permille, may, require
from pos_app.domain.pricing import DEFAULT_POLICY, price
from pos_app.domain.refund import SoldLine, refund_line_won
from pos_app.domain.search import ProductSearch
from pos_app.domain.shift import counted, expected_cash, needs_coordinator, over_short
from pos_app.domain.stock import check_oversell
from pos_app.domain.tender import DEFAULT_RULES, TenderType, notes_for, settle
from pos_app.facts.sales import Override
from pos_app.printing.document import Columns, Document, Rule, Text

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

    def tiles(self):
        self.reads += 1
        return list(self.items.values())

    def tile(self, product_id):
        return self.items.get(product_id)

    def find_barcode(self, code):
        return self.barcodes.get(code)

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

    def vendors(self):
        return [view(id=f"v{n:02d}", name=v[0], short=v[1], booth=v[2]) for n, v in enumerate(VENDORS)]


class FakeTill:
    def __init__(self, house):
        self.house = house
        self.cart = Cart()
        self.rules = DEFAULT_RULES
        self.policy = DEFAULT_POLICY
        self.history = []
        self.warnings = ()
        self.last = None
        self.was_unfinished = False
        self.parked_carts = {}
        self.counter = 0
        self.fail = None

    @property
    def priced(self):
        return price(self.cart, self.policy)

    def _keep(self, new):
        price(new, self.policy)
        self.history.append(self.cart)
        self.cart = new

    def _line(self, product_id, milli):
        item = self.house.goods.items[product_id]
        self.counter += 1
        markdown = item.markdown_permille
        return CartLine(
            key=f"k{self.counter}",
            product_id=product_id,
            vendor_id=item.vendor_id,
            seller=Seller(item.vendor_id, item.vendor, "", SellerTaxKind.EXEMPT),
            name=item.name,
            unit=item.unit,
            sold_by=item.sold_by,
            tax_class=item.tax_class,
            list_price_won=item.unit_price_won,
            unit_price_won=item.unit_price_won,
            quantity_milli=milli,
            discount=Discount("markdown_permille", markdown, "떨이") if markdown else None,
        )

    def add(self, product_id, quantity_milli=1000):
        item = self.house.goods.items[product_id]
        line = self._line(product_id, quantity_milli)
        had = sum(other.quantity_milli for other in self.cart.lines if other.product_id == product_id)
        state = check_oversell(item.oversell, item.on_hand_milli, had + quantity_milli)
        same = [
            x for x in self.cart.lines if x.product_id == product_id and x.sold_by is SoldBy.EACH and x.discount
        ]
        if same and same[-1].discount == line.discount:
            key = same[-1].key
            self._keep(self.cart.set_quantity(key, same[-1].quantity_milli + quantity_milli))
        else:
            self._keep(self.cart.add(line))
            key = next(x.key for x in reversed(self.cart.lines) if x.product_id == product_id)
        self.warnings = (f"{item.name}: 남은 것보다 많이 담았어요.",) if state == "warn" else ()
        return key

    def scan(self, text):
        code = text.strip()
        product_id = self.house.goods.find_barcode(code)
        if product_id is None:
            return view(kind="unknown", line_key="", product_id="", code=code, warning="")
        if self.house.goods.items[product_id].sold_by is SoldBy.WEIGHT:
            return view(kind="weigh", line_key="", product_id=product_id, code=code, warning="")
        key = self.add(product_id)
        return view(kind="added", line_key=key, product_id=product_id, code=code, warning="")

    def set_quantity(self, key, milli):
        self._keep(self.cart.set_quantity(key, milli))

    def set_price(self, key, won, override=None):
        if override is None:
            require(self.house.session.role, Action.PRICE_OVERRIDE)
        self._keep(self.cart.set_price(key, won))

    def _check_discount(self, discount, override):
        limit = discount_limit_permille(self.house.session.role)
        if discount and override is None and discount.kind != "won" and discount.value > limit:
            raise DomainError("discount.over_limit", limit_permille=limit)

    def set_discount(self, key, discount, override=None):
        self._check_discount(discount, override)
        self._keep(self.cart.set_discount(key, discount))

    def set_cart_discount(self, discount, override=None):
        self._check_discount(discount, override)
        self._keep(self.cart.with_cart_discount(discount))

    def set_note(self, key, text):
        self._keep(self.cart.set_note(key, text))

    def remove(self, key):
        self._keep(self.cart.remove(key))

    def set_customer(self, text):
        self._keep(self.cart.with_customer(text))

    def clear(self):
        self._keep(Cart())

    def undo(self):
        if not self.history:
            return False
        self.cart = self.history.pop()
        return True

    def unfinished(self):
        return self.was_unfinished

    def resume(self):
        self.was_unfinished = False

    def drop_unfinished(self):
        self.was_unfinished = False
        self.cart = Cart()

    def park(self, name=""):
        number = f"h{len(self.parked_carts)}"
        self.parked_carts[number] = (name, self.cart, NOW)
        self.cart, self.history = Cart(), []
        return number

    def parked(self):
        return [
            view(
                id=number,
                name=name,
                first_item=cart.lines[0].name,
                others=len(cart.lines) - 1,
                at=at,
                by="박영지",
                total_won=price(cart, self.policy).total_won,
            )
            for number, (name, cart, at) in self.parked_carts.items()
        ]

    def recall(self, number):
        self.cart = self.parked_carts.pop(number)[1]

    def rename_parked(self, number, name):
        _, cart, at = self.parked_carts[number]
        self.parked_carts[number] = (name, cart, at)

    def discard_parked(self, number):
        self.parked_carts.pop(number)

    def repeat_last(self):
        if self.last is None:
            return False
        self._keep(replace(self.last, customer=""))
        return True

    def complete(self, inputs, cash_receipt=None):
        if self.fail is not None:
            raise self.fail
        settled = settle(self.priced, list(inputs), self.rules, self.policy)
        house = self.house
        number = f"R2-K7-{137 + len(house.sales):04d}"
        sale = {"no": number, "settled": settled, "at": NOW, "back": {}, "voided": False}
        house.sales[number] = sale
        self.last, self.cart, self.history = self.cart, Cart(), []
        return view(
            sale_id=number,
            receipt_no=number,
            total_won=settled.priced.total_won,
            received_won=settled.received_won,
            change_won=settled.change_won,
            notes=notes_for(settled.change_won),
            print_job_id=f"job{len(house.sales)}",
        )


class FakeReturns:
    def __init__(self, house):
        self.house = house

    def recent(self, limit=100, text=""):
        rows = []
        for number, sale in reversed(self.house.sales.items()):
            lines = sale["settled"].priced.lines
            row = view(
                sale_id=number,
                receipt_no=number,
                at=sale["at"],
                first_item=lines[0].line.name,
                others=len(lines) - 1,
                tender=sale["settled"].tenders[0].input.type,
                total_won=sale["settled"].priced.total_won,
                voided=sale["voided"],
                refunded_won=sum(won for _, won in sale["back"].values()),
            )
            if not text or text in f"{number} {row.total_won} " + " ".join(p.line.name for p in lines):
                rows.append(row)
        return rows[:limit]

    def _sold(self, sale_id):
        sale = self.house.sales[sale_id]
        sold = []
        for no, priced in enumerate(sale["settled"].priced.lines, 1):
            milli, won = sale["back"].get(no, (0, 0))
            line = priced.line
            kinds = (line.seller.tax_kind, line.tax_class)
            sold.append(SoldLine(no, line.quantity_milli, priced.net_won, milli, won, 0, *kinds))
        return sold

    def sale(self, sale_id):
        sale = self.house.sales[sale_id]
        lines = tuple(
            view(
                no=s.no,
                name=p.line.name,
                unit=p.line.unit,
                sold_by=p.line.sold_by,
                quantity_milli=s.quantity_milli,
                left_milli=s.left_milli,
                net_won=s.net_won,
                left_won=s.net_won - s.refunded_won,
            )
            for s, p in zip(self._sold(sale_id), sale["settled"].priced.lines, strict=True)
        )
        tenders = tuple((str(t.input.type), t.amount_won) for t in sale["settled"].tenders)
        total = sale["settled"].priced.total_won
        return view(
            sale_id=sale_id,
            receipt_no=sale["no"],
            at=sale["at"],
            total_won=total,
            lines=lines,
            tenders=tenders,
            voided=sale["voided"],
            same_shift=True,
        )

    def worth(self, sale_id, lines):
        sold = {line.no: line for line in self._sold(sale_id)}
        return sum(refund_line_won(sold[no], milli) for no, milli in lines)

    def refund(self, sale_id, lines, reason, tender_type, approval_no="", override=None):
        if override is None:
            require(self.house.session.role, Action.REFUND)
        total = 0
        for no, milli, _ in lines:
            won = self.worth(sale_id, [(no, milli)])
            had = self.house.sales[sale_id]["back"].get(no, (0, 0))
            self.house.sales[sale_id]["back"][no] = (had[0] + milli, had[1] + won)
            total += won
        number = sale_id + "-환불"
        notes = notes_for(total) if tender_type is TenderType.CASH else ()
        return view(
            sale_id=number,
            receipt_no=number,
            total_won=total,
            received_won=0,
            change_won=total,
            notes=notes,
            print_job_id="r1",
        )

    def void(self, sale_id, reason, override=None):
        self.house.sales[sale_id]["voided"] = True
        total = self.house.sales[sale_id]["settled"].priced.total_won
        return view(receipt_no=sale_id, total_won=total)


class FakeShifts:
    def __init__(self, house, opened=True):
        self.house = house
        self.shift = self._shift(100_000) if opened else None
        self.moves = []
        self.kept = ()
        self.closed = None
        self.limit_won = 5_000

    def _shift(self, won):
        return view(shift_id="s1", number=1, opened_at=NOW, float_won=won, operator_name="박영지")

    def current(self):
        return self.shift

    def suggested_float_won(self):
        return 100_000

    def open(self, float_won, denominations=()):
        self.shift = self._shift(float_won)
        return self.shift

    def move_cash(self, kind, amount_won, reason):
        self.moves.append(view(at=NOW, kind=kind, amount_won=amount_won, reason=reason))

    def movements(self):
        return list(self.moves)

    def open_items(self):
        items = [view(kind="parked", text=f"보류 {cart.first_item}") for cart in self.house.till.parked()]
        for number, sale in self.house.sales.items():
            for tender in sale["settled"].tenders:
                if tender.input.type is TenderType.CARD and not tender.input.approval_no:
                    items.append(view(kind="card", text=f"{number} 카드 {tender.amount_won:,}원 승인번호 없음"))
        return items

    def keep_count(self, denominations):
        self.kept = tuple(denominations)

    def last_count(self):
        return self.kept

    def _expected(self):
        cash = 0
        for sale in self.house.sales.values():
            if not sale["voided"]:
                tenders = sale["settled"].tenders
                cash += sum(t.amount_won for t in tenders if t.input.type is TenderType.CASH)
        pay_in = sum(m.amount_won for m in self.moves if m.kind == "pay_in")
        pay_out = sum(m.amount_won for m in self.moves if m.kind == "pay_out")
        steps = (
            ("준비금", self.shift.float_won),
            ("현금 판매", cash),
            ("현금 환불", 0),
            ("입금", pay_in),
            ("출금", -pay_out),
        )
        return expected_cash(self.shift.float_won, cash, 0, pay_in, pay_out), steps

    def count(self, denominations):
        won = counted(denominations)
        expected, steps = self._expected()
        difference = over_short(won, expected)
        return view(
            counted_won=won,
            expected_won=expected,
            over_short_won=difference,
            needs_coordinator=needs_coordinator(difference, self.limit_won),
            steps=steps,
        )

    def close(self, reason="", override=None):
        result = self.count(self.kept)
        if result.needs_coordinator and override is None:
            raise DomainError("shift.needs_coordinator", over_short_won=result.over_short_won, limit_won=5000)
        self.shift = None
        self.closed = (reason, override)
        return view(
            z_no=1, over_short_won=result.over_short_won, document=self.z_document("s1"), print_job_id="z1"
        )

    def x_document(self):
        return paper("X 보고서")

    def z_document(self, shift_id):
        return paper("Z 마감")


def paper(title):
    return Document(
        title,
        (
            Text(title, align="center", bold=True, size=2),
            Rule("-"),
            Columns("판매", "61,400"),
            Columns("합계", "61,400", bold=True),
        ),
    )


class FakePapers:
    def __init__(self):
        self.word, self.waiting, self.needs_hand = "준비됨", 0, False
        self.jobs = []
        self.calls = []

    def status(self):
        return view(word=self.word, waiting=self.waiting, needs_hand=self.needs_hand)

    def queue(self):
        return list(self.jobs)

    def preview(self, job_id):
        return paper("영수증")

    def receipt(self, sale_id):
        return paper("영수증")

    def __getattr__(self, name):
        if name in ("reprint", "retry", "cancel", "came_out", "test", "print_document", "start", "stop"):
            return lambda *args: self.calls.append((name, *args))
        raise AttributeError(name)


class FakeOperators:
    def __init__(self, house, people=()):
        self.house = house
        self.people = [
            view(id=f"o{n}", name=name, role=role, locked_until=None) for n, (name, role) in enumerate(people)
        ]
        self.pins = {"o0": "4321", "o5": "246813"}
        self.wrong = 0

    def names(self):
        return list(self.people)

    def sign_in(self, operator_id, pin):
        if self.pins.get(operator_id) != pin:
            self.wrong += 1
            raise DomainError("pin.wrong", left=5 - self.wrong)
        person = next(p for p in self.people if p.id == operator_id)
        return view(operator_id=person.id, name=person.name, role=person.role)

    def add(self, name, role, pin):
        self.people.append(view(id=f"o{len(self.people)}", name=name, role=role, locked_until=None))
        return self.people[-1].id

    def authorise(self, pin, action):
        if pin != "246813" or not may(Role.COORDINATOR, action):
            raise DomainError("pin.wrong", left=4)
        return Override(str(action), self.house.session.name, "김서은")


class FakeSettings:
    def __init__(self, **values):
        self.values = dict(values)

    def get(self, name):
        return self.values.get(name, "")

    def set(self, name, value):
        self.values[name] = value


class FakeHouse:
    """Everything a screen may ask for; `people` empty: the till works without signing in."""

    def __init__(self, people=(), day=True, shift=True, practice=False):
        self.practice = practice
        self.register = "R2"
        self.sales = {}
        self.session = view(operator_id="o0", name="박영지", role=Role.VENDOR)
        self.goods = FakeGoods()
        self.till = FakeTill(self)
        self.returns = FakeReturns(self)
        self.shifts = FakeShifts(self, shift)
        self.papers = FakePapers()
        self.operators = FakeOperators(self, people)
        self.settings = FakeSettings()
        self._day = self._make_day("한전 완판장터", DAY) if day else None
        self.days = view(current=lambda: self._day, open=self._open_day)
        self.health = view(
            unsynced=lambda: view(count=12, oldest_at=NOW),
            disk=lambda: view(free_bytes=38_000_000_000, low=False),
            clock=lambda: view(ok=True, sentence="시계가 맞아요"),
            network=lambda: "offline",
        )
        self.reports = view(day=self._report)
        self.imports = view(workbook=self._import)
        self.closed = False

    def _make_day(self, market, business_date):
        return view(
            day_id="d1", market=market, business_date=business_date, agency="한국전력공사", sealed=False
        )

    def _open_day(self, market, business_date, register="R1"):
        self.register = register
        self._day = self._make_day(market, business_date)
        return self._day

    def _import(self, path: Path):
        bad = (("판매품목!F12", "가격이 숫자가 아니에요"),)
        return view(vendors=22, products=44, bad=bad, market_hint="", date_hint="")

    def _report(self, business_date=None):
        totals = [s["settled"].priced for s in self.sales.values()]
        net = sum(t.total_won for t in totals)
        return {
            "sales_count": len(totals),
            "refunds_count": 0,
            "voids_count": 0,
            "gross_won": sum(t.gross_won for t in totals),
            "discount_won": sum(t.discount_won for t in totals),
            "refunds_won": 0,
            "net_won": net,
            "truncation_won": sum(t.truncation_won for t in totals),
            "taxable_supply_won": 0,
            "vat_won": 0,
            "exempt_won": net,
            "unsplit_won": 0,
            "tenders": {"cash": net, "card": 0, "transfer": 0, "voucher": 0, "credit": 0},
            "by_vendor": [{"vendor": v[0], "net_won": net if n == 3 else 0} for n, v in enumerate(VENDORS)],
            "by_product": [{"product": "사과 5kg", "quantity_milli": 1000, "net_won": net}],
        }

    def use(self, session):
        self.session = session

    def close(self):
        self.closed = True


PEOPLE = (
    ("박영지", Role.VENDOR),
    ("이은현", Role.VENDOR),
    ("윤경서", Role.VENDOR),
    ("강현수", Role.VENDOR),
    ("최하현", Role.CASHIER),
    ("김서은", Role.COORDINATOR),
)
