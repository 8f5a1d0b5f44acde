"""A whole house in memory: the screens' use cases over the real rules of the trade."""

from pathlib import Path

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role, may
from pos_app.facts.sales import Override
from tests.ui.screens.fake_board import FakeDayClose, FakeReconciling
from tests.ui.screens.fake_labels import FakeLabels
from tests.ui.screens.fake_market import DAY, NOW, VENDORS, FakeGoods, view
from tests.ui.screens.fake_money import FakeReturns, FakeShifts, paper
from tests.ui.screens.fake_sync import FakeSync
from tests.ui.screens.fake_till import FakeTill


class FakePapers:
    """A queue in memory: what a test puts into `jobs`, `named`, `found`; every act is noted in `calls`."""

    ACTS = (
        "reprint", "retry", "cancel", "came_out", "again", "later", "move", "to_pdf", "test", "print_document",
        "open_drawer", "open_drawer_to_count", "start", "stop",
    )  # fmt: skip

    def __init__(self):
        self.word, self.waiting, self.needs_hand = "준비됨", 0, False
        self.jobs = []
        self.calls = []
        self.named = {}
        self.found = ()
        self.presence = "printer"
        self.states = {}
        self.held = 0
        self.asking = None
        self.code = ""

    def status(self):
        return view(
            word=self.word, waiting=self.waiting, needs_hand=self.needs_hand, code=self.code, place=""
        )

    def statuses(self):
        return {name: self.status() for name in self.named}

    def printers(self):
        return [
            view(
                name=name,
                uri=uri,
                word=self.word,
                waiting=self.waiting,
                needs_hand=self.needs_hand,
                kind="korean",
            )
            for name, uri in self.named.items()
        ]

    def set_printer(self, name, uri, override=None):
        self.calls.append(("set_printer", name, uri))
        self.named[name] = uri

    def remove_printer(self, name, override=None):
        if self.waiting:
            raise DomainError("printer.has_papers", count=self.waiting)
        self.calls.append(("remove_printer", name))
        del self.named[name]

    def find(self):
        return self.found

    def check_address(self, host, port):
        self.calls.append(("check_address", host, port))
        return self.presence

    def proof(self, uri):
        self.calls.append(("proof", uri))
        return "proof"

    def state(self, job_id):
        return self.states.get(job_id, "queued")

    def ask(self):
        return self.asking

    def backlog(self):
        return view(count=self.held, oldest=NOW) if self.held else None

    def print_backlog(self):
        count, self.held = self.held, 0
        self.calls.append(("print_backlog",))
        return count

    def drop_backlog(self):
        count, self.held = self.held, 0
        self.calls.append(("drop_backlog",))
        return count

    def queue(self):
        return list(self.jobs)

    def preview(self, job_id):
        return paper("영수증")

    def receipt(self, sale_id):
        return paper("영수증")

    def __getattr__(self, name):
        if name in self.ACTS:
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
        self.labels = FakeLabels()
        self.sync = FakeSync()
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
        self.asked = {}
        self.cash_receipts = view(
            of=lambda sale_id: self.asked.get(sale_id),
            possible=lambda sale_id: True,
            ask=lambda sale_id, purpose, identity: self.asked.setdefault(
                sale_id, view(purpose=purpose, identity_masked=identity)
            ),
            take_back=lambda sale_id: self.asked.pop(sale_id, None),
        )
        self.imports = view(workbook=self._import)
        self.day_close = FakeDayClose(paper("일일 정산표"))
        self.addenda = view(add=lambda reason: self.day_close.calls.append(("add", reason)))
        self.reconciling = FakeReconciling(self)
        self.closed = False

    def warm(self):
        """A fake has nothing to load."""

    def rest(self):
        """A fake has nothing to tidy."""

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
