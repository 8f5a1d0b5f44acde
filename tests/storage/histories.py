"""Random histories of a market, written as facts into logs of their own, and a ledger beside them."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from pos_app.facts import catalogue, sales, shifts
from pos_app.facts.codec import type_of
from pos_app.services.house import House
from pos_app.storage.folds.dispatch import fold_waiting
from sync import store
from sync.canonical import short_hash
from sync.events import Event
from tests.sync.replica import NOW, Writer

DAY = "d0000000-0000-4000-8000-000000000001"
DATE = "2026-11-20"
WON_FIELDS = [name for name in shifts.ShiftTotals.__struct_fields__ if name != "tenders"]
AT = "2026-11-20T10:00:00+09:00"


NOTHING = shifts.ShiftTotals(**dict.fromkeys(WON_FIELDS, 0), tenders=())


def a_sale(
    goods: Sequence[tuple[str, str, int, int]],
    *,
    shift: str = "s1",
    register: str = "R1",
    given_id: str = "",
    tenders: Sequence[tuple[str, int]] = (),
    number: str = "R1-AA-0001",
) -> sales.Sale:
    """A sale of (product, vendor, milli, net won); all in cash unless told."""
    total = sum(won for *_, won in goods)
    lines = tuple(
        sales.SaleLine(
            no, product, vendor, 0, product, "개", "exempt", "each", won, won, milli, won, 0, 0, 0, won
        )
        for no, (product, vendor, milli, won) in enumerate(goods, 1)
    )
    paid = tuple(
        sales.Tender(no, kind, won, won, 0, (won,))
        for no, (kind, won) in enumerate(tenders or [("cash", total)], 1)
    )
    seller = sales.SellerFigures("v", "가게", "", "exempt", total, 0, 0, total, 0)
    return sales.Sale(
        DAY, shift, register, DATE, AT, number, lines, (seller,), paid, total, 0, 0, total, total, 0,
        given_id=given_id,
    )  # fmt: skip


def a_refund(
    sale_id: str, product: str, vendor: str, milli: int, won: int, *, line: int = 1, shift: str = "s1",
    given_id: str = "", tender: str = "cash", restock: bool = True,
) -> sales.Refund:  # fmt: skip
    """Part of one line given back."""
    back = sales.RefundLine(line, product, vendor, 0, product, "개", "exempt", won, milli, won, restock)
    seller = sales.SellerFigures("v", "가게", "", "exempt", won, 0, 0, won, 0)
    return sales.Refund(
        sale_id, "R1-AA-0001", DATE, DAY, shift, "R1", DATE, AT, "R1-AA-0009", (back,), (seller,),
        (sales.Tender(1, tender, won, won, 0, (won,)),), won, "까닭", given_id=given_id,
    )  # fmt: skip


def a_void(sale_id: str, *, shift: str = "s1", given_id: str = "") -> sales.VoidSale:
    """A sale taken back whole."""
    return sales.VoidSale(sale_id, "R1-AA-0001", DAY, shift, "R1", AT, "까닭", given_id=given_id)


def say(writer: Writer, fact: msgspec.Struct, hlc: int = 1) -> Event:
    """A fact as the next event of a writer's log."""
    return writer.say(fact, type_of(fact), hlc)


def id_of(event: Event) -> str:
    """The id that a thing gets of its event."""
    return str(UUID(bytes=event.key[:16]))


@dataclass(slots=True)
class History:
    """Logs and events of a random market, and the plain facts to reckon with."""

    writers: list[Writer] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    sold: dict[str, tuple[bytes, sales.Sale]] = field(default_factory=dict)  # the standing sale of an id
    refunds: dict[str, tuple[bytes, sales.Refund]] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)
    batches: dict[str, tuple[bytes, catalogue.GoodsMovement]] = field(default_factory=dict)

    def stock(self) -> Counter[str]:
        """On hand by product, from the ledger alone."""
        on_hand: Counter[str] = Counter()
        for sale_id, (_, sale) in self.sold.items():
            if sale_id not in self.voided:
                for line in sale.lines:
                    on_hand[line.product_id] -= line.quantity_milli
        for _, refund in self.refunds.values():
            for back in refund.lines:
                on_hand[back.product_id] += back.quantity_milli if back.restock else 0
        for _, goods in self.batches.values():
            for product, _, milli in goods.lines:
                on_hand[product] += milli
        return on_hand

    def net_by_vendor(self) -> Counter[str]:
        """Net won by owner, from the ledger alone."""
        net: Counter[str] = Counter()
        for sale_id, (_, sale) in self.sold.items():
            for line in sale.lines if sale_id not in self.voided else ():
                net[line.vendor_id] += line.net_won
        for _, refund in self.refunds.values():
            for back in refund.lines:
                net[back.vendor_id] -= back.refund_won
        return net


def random_history(seed: int, steps: int = 40) -> History:
    """Sales with and without given ids, told twice with other content, refunds, voids, goods, edits, shifts."""
    chosen = random.Random(seed)
    history = History([Writer("catalogue"), Writer(f"register/{DAY}/R1"), Writer(f"register/{DAY}/R2")])
    acts: list[Callable[[History, random.Random], None]] = [
        _sell,
        _sell,
        _sell,
        _refund,
        _void,
        _goods,
        _edit,
        _shift,
    ]
    for _ in range(steps):
        chosen.choice(acts)(history, chosen)
    return history


def _sell(history: History, chosen: random.Random) -> None:
    writer = chosen.choice(history.writers[1:])
    given = ""
    if chosen.random() < 0.4:
        again = [key for key, (_, sale) in history.sold.items() if sale.given_id]
        given = (
            chosen.choice(again)
            if again and chosen.random() < 0.5
            else str(UUID(int=chosen.getrandbits(128)))
        )
    goods = [
        (
            f"p{p}",
            f"v{p % 3}",
            chosen.randrange(1, 5) * 1000,
            chosen.choice([0, 500, chosen.randrange(50_000)]),
        )
        for p in chosen.sample(range(6), chosen.randrange(1, 4))
    ]
    total = sum(won for *_, won in goods)
    tenders = chosen.choice(
        [[("cash", total)], [("card", total)], [("voucher", total // 3), ("cash", total - total // 3)]]
    )
    sale = a_sale(goods, shift=chosen.choice(["s1", "s2"]), given_id=given, tenders=tenders)
    event = say(writer, sale)
    history.events.append(event)
    sale_id = given or id_of(event)
    if sale_id not in history.sold or event.key < history.sold[sale_id][0]:
        history.sold[sale_id] = (event.key, sale)


def _refund(history: History, chosen: random.Random) -> None:
    if not history.sold:
        return
    sale_id = chosen.choice(sorted(history.sold))
    line = history.sold[sale_id][1].lines[0]
    again = sorted(key for key, (_, refund) in history.refunds.items() if refund.given_id)
    given = chosen.choice(["", str(UUID(int=chosen.getrandbits(128))), *again[:1]])
    refund = a_refund(
        sale_id, line.product_id, line.vendor_id, chosen.choice([1000, chosen.randrange(1, 3000)]), chosen.choice([0, chosen.randrange(1, 9000)]),
        given_id=given, tender=chosen.choice(["cash", "card"]), restock=chosen.random() < 0.7,
    )  # fmt: skip
    event = say(chosen.choice(history.writers[1:]), refund)
    history.events.append(event)
    refund_id = given or id_of(event)
    if refund_id not in history.refunds or event.key < history.refunds[refund_id][0]:
        history.refunds[refund_id] = (event.key, refund)


def _void(history: History, chosen: random.Random) -> None:
    if history.sold and chosen.random() < 0.6:
        sale_id = chosen.choice(sorted(history.sold))
        history.events.append(
            say(chosen.choice(history.writers[1:]), a_void(sale_id, given_id=chosen.choice(["", "x"])))
        )
        history.voided.add(sale_id)


def _goods(history: History, chosen: random.Random) -> None:
    batch = chosen.choice(["b1", "b2", str(UUID(int=chosen.getrandbits(128)))])
    reason = chosen.choice(["brought", "taken_home", "donated", "waste", "count"])
    product = chosen.randrange(8)
    sign = 1 if reason in ("brought", "count") else -1
    fact = catalogue.GoodsMovement(
        batch, DAY, AT, reason, ((f"p{product}", f"v{product % 3}", sign * chosen.randrange(1, 9000)),)
    )
    event = say(chosen.choice(history.writers), fact)
    history.events.append(event)
    if batch not in history.batches or event.key < history.batches[batch][0]:
        history.batches[batch] = (event.key, fact)


def _edit(history: History, chosen: random.Random) -> None:
    value = chosen.choice(["가", "나", "다"])
    bases = chosen.choice([(), (short_hash("가"),), (short_hash("나"), short_hash("다"))])
    field_ = catalogue.FieldEdit(value, chosen.randrange(1, 4), bases)
    kind, name = chosen.choice([("vendor", "name"), ("product", "category"), ("operator", "name")])
    edit = catalogue.Edit(kind, f"{kind}1", {name: field_})
    history.events.append(say(chosen.choice(history.writers), edit, hlc=len(history.events)))


def _shift(history: History, chosen: random.Random) -> None:
    fact: msgspec.Struct = chosen.choice(
        [
            shifts.ShiftOpen(DAY, "R1", DATE, AT, 1000, 1),
            shifts.CashMovement("s1", DAY, "R1", AT, "pay_in", chosen.randrange(1, 9999), "까닭"),
            shifts.DrawerCount("s1", DAY, "R1", AT, chosen.randrange(9999), 0),
            shifts.ShiftClose("s1", DAY, "R1", DATE, AT, AT, chosen.randrange(9), 0, 0, NOTHING),
            sales.Reprint("sale", chosen.choice(sorted(history.sold) or ["x"]), 1, AT),
            catalogue.MarketDay(
                DAY, "m", chosen.choice(["시장", "장터"]), DATE, (chosen.choice(["R1", "R7"]),)
            ),
            catalogue.SignIn("o1", "R1", AT, chosen.choice(["ok", "wrong"])),
            catalogue.Roster("r1", chosen.choice(["갑", "을"]), (("V1", "v1", 1),), (("P1", "p1", 0),)),
        ]
    )
    history.events.append(say(chosen.choice(history.writers), fact, hlc=len(history.events)))


def take_in(house: House, writers: Iterable[Writer], events: Iterable[bytes], slice_: int = 50) -> None:
    """Receive others' events and fold what waits, `slice_` at a time."""
    with house.database.write() as rows:
        for writer in writers:
            store.take_genesis(rows, writer.genesis, NOW)
        store.receive(rows, events, NOW)
    while True:
        with house.database.write() as rows:
            if not fold_waiting(rows, slice_):
                return
