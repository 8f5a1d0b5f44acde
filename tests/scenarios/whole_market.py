"""The demo market's whole day: the deeds as plain data for the reckoning, done once more through the program."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.commission import Band, Rule
from pos_app.domain.goods_sheet import Entry
from pos_app.domain.markdown import Step
from pos_app.domain.stock import MovementReason
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.services.bundles import PartWish
from pos_app.services.donations import Gift
from pos_app.services.house import House
from pos_app.services.order_import import OrdersTaken
from pos_app.services.preorders import OrderView
from tests.scenarios.market_files import Files
from tests.scenarios.reckoning import Day, half_up, reckon, spread
from tests.scenarios.settling_up import Moved, Terms
from tests.scenarios.without_flush import skip_flushes

DATE = "2026-11-20"
MARKET, AGENCY = "한전 완판장터", "한국전력공사"
TERMS = Terms(
    {"농가": ((0, 100),), "가공": ((0, 130), (1_000_000, 90)), "기업": ((0, 160),)},
    {"card": 15, "voucher": 20},
    frozenset({"voucher:onnuri"}),
)
FLOAT = {"R1": 100_000}
SHORT = {"R2": 1_000}
CASH = TenderInput(TenderType.CASH, 10_000_000)
BUNDLE = (("P003", 1000, 3), ("P024", 2000, 2), ("P033", 1000, 5))
BUNDLE_WON, BUNDLES = 64_990, 3
DEPARTMENT = "상생협력부"
MARKDOWN_OF, OFF = "목포항 공방", 200


@dataclass(slots=True)
class Deeds:
    """What was done beside the tape: slips in its own words; `given` (code, milli, won) by institution;

    `ordered` (code, pieces) by row of the sheet, without cancelled ones.
    """

    slips: list[dict[str, Any]] = field(default_factory=list)
    moved: Moved = field(default_factory=Moved)
    given: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)
    ordered: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    picked_up: list[int] = field(default_factory=list)
    paid_back: int = 0
    taken: OrdersTaken | None = None


class WholeMarket:
    """Does the deeds in the program and writes each of them down for the reckoning."""

    def __init__(self, home: Path, folder: Path, tape: str, files: Files) -> None:
        self.house: House = open_house(home)
        self.files = files
        self.deeds = Deeds()
        self.folder, self.tape = folder, tape
        self._ids: dict[str, str] = {}

    def reckoned(self) -> Day:
        """The day so far, from tape and deeds alone."""
        return reckon(self.files.wares, [*self.files.tape, *self.deeds.slips])

    def left(self, code: str) -> int:
        """What the reckoning says is left."""
        return self.deeds.moved.left(code, self.reckoned())

    def product(self, code: str) -> str:
        """The program's id of a code."""
        if code not in self._ids:
            self._ids[code] = self.house.goods_sheets.find_product(code)
        return self._ids[code]

    # --- the day --------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Workbook, day, shift, goods in (twice as the workbook says, and one vendor brings more), orders."""
        house, moved = self.house, self.deeds.moved
        house.imports.workbook(self.folder / "catalogue.xlsx")
        house.days.open(MARKET, DATE, "R1", AGENCY)
        house.shifts.open(FLOAT["R1"])
        house.proposals.take(
            house.goods_sheets.new_batch(), house.proposals.from_file(self.folder / "catalogue.xlsx")
        )
        moved.brought.update(self.files.brought)
        house.goods_sheets.move(
            house.goods_sheets.new_batch(), MovementReason.BROUGHT, [(self.product("P021"), 40_000)]
        )
        moved.brought["P021"] += 40_000
        self.deeds.taken = house.preorders.take(self.folder / "preorders.xlsx")
        self.deeds.ordered = {
            row: list(order.lines) for row, order in self.files.orders.items() if order.lines
        }

    def ring(self) -> None:
        """The tape."""
        rung = self.house.ringing.tape((self.folder / self.tape).read_bytes().splitlines())
        assert rung.refused == []
        self.house.desk.register = "R1"

    def order(self, row: int) -> OrderView:
        """The program's order of a row of the sheet, found by the digits of its phone."""
        (found,) = self.house.preorders.all(self.files.orders[row].last4)
        return found

    def hand_out(self) -> None:
        """Orders: paid before, cash, card; one with another product, one cancelled, one given back whole."""
        house, ordered = self.house, self.deeds.ordered
        first = self.order(4)
        house.preorders.mark_paid(first.id)
        before = self._worth(4)
        line = next(each for each in first.lines if each.product_id == self.product("P033"))
        house.preorders.substitute(first.id, line.no, self.product("P034"), 1000)
        ordered[4] = [("P034", 1) if code == "P033" else (code, n) for code, n in ordered[4]]
        self.deeds.paid_back = before - self._worth(4)
        for row in range(5, 24):
            house.preorders.mark_paid(self.order(row).id)
        for row in range(4, 24):
            house.pick_ups.hand_out(self.order(row).id)
            self._picked(row, {"type": "transfer", "kind": "preorder", "amount_won": self._worth(row)})
        for row in range(24, 44):
            house.pick_ups.take(self.order(row).id)
            card = TenderInput(TenderType.CARD, self._worth(row), approval_no=f"{row:08d}")
            house.till.complete([CASH] if row < 34 else [card])
            self._picked(row, {"type": "cash" if row < 34 else "card", "amount_won": self._worth(row)})
        house.preorders.cancel(self.order(60).id)
        del ordered[60]
        house.preorders.close_unclaimed()

    def _worth(self, row: int) -> int:
        return sum(self.files.wares[code].price * n for code, n in self.deeds.ordered[row])

    def _picked(self, row: int, tender: dict[str, Any]) -> None:
        lines = [{"product": code, "quantity_milli": n * 1000} for code, n in self.deeds.ordered[row]]
        self.deeds.slips.append({"lines": lines, "tenders": [tender], "ordered": True})
        self.deeds.picked_up.append(row)

    def sell(self) -> str:
        """Bundles on credit to a department, a vendor's own terminal, a split sale; the bundles' sale."""
        house = self.house
        parts = [PartWish(self.product(code), milli, weight) for code, milli, weight in BUNDLE]
        bundle = house.bundles.save("나눔 꾸러미", BUNDLE_WON, parts)
        house.till.add(bundle, BUNDLES * 1000)
        house.till.set_customer(DEPARTMENT)
        whole = BUNDLE_WON * BUNDLES
        sale = house.till.complete([TenderInput(TenderType.CREDIT, whole, payer=DEPARTMENT)]).sale_id
        shares = spread(whole, [weight for _, _, weight in BUNDLE])
        lines = [
            {"product": code, "quantity_milli": milli * BUNDLES, "amount_won": won}
            for (code, milli, _), won in zip(BUNDLE, shares, strict=True)
        ]
        self.deeds.slips.append({"id": sale, "lines": lines, "tender": "credit", "customer": DEPARTMENT})
        self._sell([("P001", 3000)], [{"type": "card", "held_by": "vendor", "approval_no": "7"}])
        split: list[dict[str, Any]] = [
            {"type": "voucher", "kind": "onnuri", "amount_won": 5_000},
            {"type": "cash"},
        ]
        self._sell([("P025", 1_236), ("P030", 777), ("P043", 3000)], split, customer="재무처")
        return sale

    def _sell(
        self, lines: list[tuple[str, int]], tenders: list[dict[str, Any]], off: int = 0, customer: str = ""
    ) -> str:
        house = self.house
        for code, milli in lines:
            house.till.add(self.product(code), milli)
        house.till.set_customer(customer)
        due = house.till.priced.total_won
        told = []
        for each in tenders:
            if each["type"] == "cash":
                told.append(CASH)
            else:
                more = {name: each[name] for name in ("kind", "held_by", "approval_no") if name in each}
                told.append(TenderInput(TenderType(each["type"]), each.get("amount_won", due), **more))
        sale = house.till.complete(told).sale_id
        own = [{"product": code, "quantity_milli": milli, "off_permille": off} for code, milli in lines]
        self.deeds.slips.append({"id": sale, "lines": own, "tenders": tenders, "customer": customer})
        return sale

    def give_back(self, bundles: str) -> None:
        """A line of the tape's, and one honey of the bundles, come back; a sale is voided."""
        house, slips = self.house, self.deeds.slips
        target, no, milli = self._of_the_tape()
        house.returns.refund(target, [(no, milli, True)], "상했어요", TenderType.CASH)
        back = {"line": no, "quantity_milli": milli}
        slips.append({"refund_of": target, "lines": [back], "tender": "cash"})
        house.returns.refund(bundles, [(3, 1000, True)], "덜 필요해요", TenderType.CREDIT)
        slips.append(
            {"refund_of": bundles, "lines": [{"line": 3, "quantity_milli": 1000}], "tender": "credit"}
        )
        wrong = self._sell([("P038", 1000)], [{"type": "cash"}])
        house.returns.void(wrong, "잘못 찍음")
        slips.append({"void_of": wrong})

    def _of_the_tape(self) -> tuple[str, int, int]:
        """(sale, line, quantity) of the tape to give back; a tape without ids gets a sale of its own."""
        gone = {slip.get("refund_of") or slip.get("void_of") for slip in self.files.tape}
        for slip in self.files.tape:
            if slip.get("id") and slip["id"] not in gone and len(slip.get("lines", ())) > 1:
                return slip["id"], 2, slip["lines"][1]["quantity_milli"]
        return self._sell([("P026", 2000), ("P035", 1000)], [{"type": "cash"}]), 1, 1000

    def mark_down(self) -> None:
        """떨이 of one vendor, sold at it, ended, sold at the old price again."""
        house = self.house
        plan = house.markdowns.agree(house.goods_sheets.find_vendor(MARKDOWN_OF), (Step(OFF),), "이영현")
        self._sell([("P027", 3000), ("P028", 1000)], [{"type": "card", "approval_no": "8"}], off=OFF)
        house.markdowns.end(plan)
        self._sell([("P027", 1000)], [{"type": "cash"}])

    def leave(self, bundles: str) -> None:
        """Donations of leftovers and of bought bundles, waste, a count that misses one, the rest taken home."""
        house, moved = self.house, self.deeds.moved
        rest = [code for code in self.files.wares if self.left(code) >= 5_000]
        assert len(rest) >= 4
        for code, milli in ((rest[0], 3_000), (rest[1], 2_000)):
            won = half_up(self.files.wares[code].price * milli, 1000)
            house.donations.give("사랑의집", [Gift(self.product(code), milli)], "이현서")
            self.deeds.given.setdefault("사랑의집", []).append((code, milli, won))
            moved.donated[code] += milli
        shares = spread(BUNDLE_WON * BUNDLES, [weight for _, _, weight in BUNDLE])
        gifts = []
        for (code, milli, _), share in zip(BUNDLE[:2], shares[:2], strict=True):
            gifts.append(Gift(self.product(code), milli * BUNDLES, bundles))
            unit = half_up(share * 1000, milli * BUNDLES)
            told = (code, milli * BUNDLES, half_up(unit * milli * BUNDLES, 1000))
            self.deeds.given.setdefault("새빛 보육원", []).append(told)
        house.donations.give("새빛 보육원", gifts, "원장")
        entries = [
            Entry(self.product(rest[0]), taken_home=self.left(rest[0])),
            Entry(self.product(rest[2]), waste=1_000, taken_home=1_000),
            Entry(self.product(rest[3]), counted=self.left(rest[3]) - 1_000),
        ]
        moved.taken_home[rest[0]] += self.left(rest[0])
        moved.waste[rest[2]] += 1_000
        moved.taken_home[rest[2]] += 1_000
        moved.missing[rest[3]] += 1_000
        view = house.days.current()
        assert view is not None
        house.goods_sheets.save(house.goods_sheets.new_batch(), view.day_id, entries, "물러짐")

    def close(self) -> None:
        """Each till counted blind, the right one but for a note; sealed."""
        for line in self.house.day_close.board():
            self.house.desk.register = line.register
            won = self.expected(line.register) - SHORT.get(line.register, 0)
            told = self.house.shifts.count_total(won)
            assert told.counted_won - told.expected_won == -SHORT.get(line.register, 0), line.register
            self.house.shifts.close("잔돈을 덜 받음")
        self.house.desk.register = "R1"
        assert self.house.day_close.seal().complete

    def expected(self, register: str) -> int:
        """What a drawer holds by the reckoning."""
        back = self.deeds.paid_back if register == "R1" else 0
        return FLOAT.get(register, 0) + self.reckoned().cash[register] - back

    def settle(self) -> list[str]:
        """Rules and fees, then a run per cooperative, approved and paid; their ids."""
        house = self.house
        for class_, bands in TERMS.bands.items():
            steps = tuple(Band(*band) for band in bands)
            house.commissions.enter(Rule("", "2026-01-01", steps, vendor_class=class_))
        house.commissions.decide(
            [f"{name}={rate}" for name, rate in TERMS.fees.items()], sorted(TERMS.held), []
        )
        ids = [made.view.run.run_id for made in house.settlements.run()]
        house.payouts.approve(ids)
        house.payouts.pay(ids, "이체 7")
        return ids

    def whole_day(self) -> None:
        """Everything, from the workbook to the settlement; nothing waits for the disk."""
        with pytest.MonkeyPatch.context() as patch:
            skip_flushes(patch)
            self.prepare()
            self.ring()
            self.hand_out()
            bundles = self.sell()
            self.give_back(bundles)
            self.mark_down()
            self.leave(bundles)
            self.close()
            self.settle()
