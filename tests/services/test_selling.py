"""Selling through the services: rights to discounts, tenders, tax, and what a sale leaves behind."""

import random
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.cart import Discount
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.facts.sales import Override
from pos_app.services.house import House
from tests.services.houses import (
    GOODS,
    card,
    cash,
    event_bytes,
    good_id,
    open_market,
    refused,
    sell,
    session,
    stored,
    table,
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_market(tmp_path / "home")


def voucher(won: int, kind: str) -> TenderInput:
    """So much in vouchers of a kind."""
    return TenderInput(TenderType.VOUCHER, won, kind)


FREE = [good for good in GOODS if good.oversell != "block"]
LENT = Override("discount", "계산원", "담당자")


@pytest.mark.acceptance("A7")
@pytest.mark.parametrize(
    ("role", "limit"), [(Role.CASHIER, 100), (Role.VENDOR, 300), (Role.COORDINATOR, 1000)]
)
@pytest.mark.parametrize("kind", ["permille", "markdown_permille"])
def test_discounts_obey_the_limit_of_the_role(house: House, role: Role, limit: int, kind: str) -> None:
    house.use(session(role))
    key = house.till.add(good_id("P002"))
    house.till.set_discount(key, Discount(kind, limit))  # type: ignore[arg-type]
    house.till.set_discount(key, None)
    house.till.set_cart_discount(Discount("permille", limit))
    house.till.set_cart_discount(None)
    if limit < 1000:
        for change in (house.till.set_cart_discount, lambda d: house.till.set_discount(key, d)):
            with refused("discount.over_limit"):
                change(Discount(kind, limit + 1))  # type: ignore[arg-type]
            with refused("discount.over_limit"):
                change(Discount("won", 21_000 * (limit + 5) // 1000))
        assert house.till.priced.total_won == 21_000
    house.close()


@pytest.mark.acceptance("A7")
def test_small_discounts_do_not_add_up_past_the_limit(house: House) -> None:
    house.use(session(Role.CASHIER))
    key = house.till.add(good_id("P002"))
    house.till.set_discount(key, Discount("permille", 100))
    with refused("discount.over_limit"):
        house.till.set_cart_discount(Discount("permille", 50))
    house.close()


@pytest.mark.acceptance("A7", "A39")
def test_more_than_the_limit_with_a_right_that_was_lent_names_both_people(house: House) -> None:
    house.use(session(Role.CASHIER))
    key = house.till.add(good_id("P002"))
    house.till.set_discount(key, Discount("permille", 500), LENT)
    sale = stored(house, house.till.complete([cash(50_000)]).sale_id)
    assert (sale.total_won, sale.overrides) == (10_500, (LENT,))
    house.till.set_discount(house.till.add(good_id("P002")), Discount("permille", 500), LENT)
    house.till.clear()
    house.till.add(good_id("P002"))
    assert stored(house, house.till.complete([cash(50_000)]).sale_id).overrides == ()
    house.close()


@pytest.mark.acceptance("A39")
def test_a_right_lent_for_one_thing_is_none_for_another(house: House) -> None:
    house.use(session(Role.CASHIER))
    key = house.till.add(good_id("P002"))
    with refused("right.missing"):
        house.till.set_price(key, 1000, LENT)
    with refused("discount.over_limit"):
        house.till.set_discount(key, Discount("permille", 500), Override("price_override", "가", "나"))
    house.till.set_price(key, 1000, Override("price_override", "계산원", "담당자"))
    assert stored(house, house.till.complete([cash(1000)]).sale_id).lines[0].list_price_won == 21_000
    house.close()


@pytest.mark.acceptance("A5", "A39")
@pytest.mark.parametrize("way", ["park", "restart"])
def test_a_lent_right_stays_with_its_cart(tmp_path: Path, way: str) -> None:
    house = open_market(tmp_path)
    house.use(session(Role.CASHIER))
    key = house.till.add(good_id("P002"))
    house.till.set_discount(key, Discount("permille", 500), LENT)
    if way == "park":
        parked = house.till.park("손님")
        sell(house, [("P006", 1000)])
        house.till.recall(parked)
    else:
        house.close()
        house = open_house(tmp_path)
        house.use(session(Role.CASHIER))
        house.till.resume()
    sale = stored(house, house.till.complete([cash(50_000)]).sale_id)
    assert (sale.total_won, sale.overrides) == (10_500, (LENT,))
    house.close()


@pytest.mark.acceptance("A7")
def test_a_cart_discount_is_spread_over_the_lines_to_the_won(house: House) -> None:
    chosen = random.Random(7)
    for _ in range(150):
        for good in chosen.sample(FREE, chosen.randrange(1, 6)):
            house.till.add(
                good_id(good.code),
                chosen.randrange(1, 4) * 1000 if good.sold_by == "each" else chosen.randrange(1, 9000),
            )
        off = chosen.randrange(1, house.till.priced.total_won + 1)
        house.till.set_cart_discount(Discount("won", off))
        sale = (
            stored(house, house.till.complete([card(house.till.priced.total_won)]).sale_id)
            if off < house.till.priced.gross_won
            else None
        )
        if sale is None:
            house.till.clear()
            continue
        assert sum(line.cart_discount_won for line in sale.lines) == off == sale.discount_won
        for line in sale.lines:
            exact = off * line.amount_won
            assert exact // sale.gross_won <= line.cart_discount_won <= exact // sale.gross_won + 1
            assert line.net_won == line.amount_won - line.cart_discount_won
    house.close()


@pytest.mark.acceptance("A8")
def test_taxable_exempt_and_unsplit_add_up_to_the_total_of_every_sale(house: House) -> None:
    chosen = random.Random(8)
    taxable = {good.code for good in GOODS if good.tax == "taxable"}
    for _ in range(150):
        codes = [good.code for good in chosen.sample(FREE, chosen.randrange(1, 7))]
        for code in codes:
            house.till.add(good_id(code), chosen.choice([1000, 2000]))
        if chosen.random() < 0.5:
            house.till.set_cart_discount(Discount("won", chosen.randrange(1, 3000)))
        total = house.till.priced.total_won
        paid = [[cash(total)], [card(total)], [card(total // 2), cash(total)]][chosen.randrange(3)]
        sale = stored(house, house.till.complete(paid).sale_id)
        sums = [
            sum(seller.taxable_supply_won for seller in sale.sellers),
            sum(seller.vat_won for seller in sale.sellers),
            sum(seller.exempt_won for seller in sale.sellers),
            sum(seller.unsplit_won for seller in sale.sellers),
        ]
        assert sum(sums) == sale.total_won == sum(line.net_won for line in sale.lines)
        assert sums[2] == sum(line.net_won for line in sale.lines if line.tax_class == "exempt")
        for number, seller in enumerate(sale.sellers):
            own = [line for line in sale.lines if line.seller == number]
            split = sum(line.net_won for line in own if line.tax_class == "taxable")
            if seller.tax_kind == "general":
                assert (seller.taxable_supply_won, seller.unsplit_won) == ((2 * split * 10 + 11) // 22, 0)
            else:
                assert (seller.taxable_supply_won, seller.vat_won, seller.unsplit_won) == (0, 0, split)
        assert {line.tax_class for line in sale.lines} == {
            "taxable" if c in taxable else "exempt" for c in codes
        }
    day = house.reports.day()
    parts = ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")
    assert sum(day[name] for name in parts) == day["net_won"]
    house.close()


@pytest.mark.acceptance("A10")
def test_tenders_in_any_mix_settle_to_the_won(house: House) -> None:
    chosen = random.Random(10)
    kinds = [TenderType.CARD, TenderType.TRANSFER, TenderType.VOUCHER, TenderType.CREDIT]
    for _ in range(150):
        for good in chosen.sample(FREE, chosen.randrange(1, 5)):
            house.till.add(good_id(good.code), 1000)
        total = house.till.priced.total_won
        parts = [
            TenderInput(kind, chosen.randrange(1, max(2, total // 5)), payer="총무과")
            for kind in chosen.sample(kinds, chosen.randrange(0, 4))
        ]
        left = total - sum(part.received_won for part in parts)
        parts.append(cash(left + chosen.choice([0, 990, 50_000])) if chosen.random() < 0.6 else card(left))
        chosen.shuffle(parts)
        done = house.till.complete(parts)
        sale = stored(house, done.sale_id)
        with_cash = any(part.type is TenderType.CASH for part in parts)
        assert sale.truncation_won == (left % 10 if with_cash else 0)
        assert sum(t.amount_won for t in sale.tenders) == sale.total_won == total - sale.truncation_won
        assert sale.change_won == sale.received_won - sale.total_won
        for tender in sale.tenders:
            assert sum(tender.shares) == tender.amount_won
            assert min(tender.shares) >= 0
            assert tender.change_won == 0 or tender.type == "cash"
        for number, line in enumerate(sale.lines):
            assert sum(tender.shares[number] for tender in sale.tenders) == line.net_won
    house.close()


@pytest.mark.acceptance("A10")
@pytest.mark.parametrize(
    ("tenders", "code"),
    [
        ([card(21_001)], "tender.change_not_allowed"),
        ([TenderInput(TenderType.TRANSFER, 30_000)], "tender.change_not_allowed"),
        ([voucher(30_000, "local")], "tender.change_not_allowed"),
        ([voucher(30_000, "agency")], "tender.change_not_allowed"),
        ([voucher(30_000, "")], "tender.change_not_allowed"),
        ([voucher(40_000, "onnuri")], "tender.voucher_change"),
        ([card(20_000)], "tender.short"),
        ([cash(20_999)], "tender.short"),
        ([], "tender.short"),
        ([cash(-1)], "tender.not_positive"),
        ([card(21_000), cash(5)], "tender.over"),
        ([TenderInput(TenderType.CREDIT, 21_000)], "tender.credit_needs_department"),
    ],
)
def test_what_a_tender_may_not_do_leaves_cart_and_books_alone(
    house: House, tenders: list[TenderInput], code: str
) -> None:
    house.till.add(good_id("P002"))
    before = event_bytes(house)
    with refused(code):
        house.till.complete(tenders)
    assert house.till.priced.total_won == 21_000
    assert event_bytes(house) == before
    assert house.till.complete([voucher(30_000, "onnuri")]).change_won == 9_000
    house.close()


@pytest.mark.acceptance("A12")
def test_nothing_that_happens_later_changes_a_sale(house: House) -> None:
    sold = [sell(house, [("P002", 3000), ("P001", 1_250)]), sell(house, [("P006", 2000)])]
    names = ("sale", "sale_line", "sale_tender")
    rows, events = {name: table(house, name) for name in names}, event_bytes(house)
    house.returns.refund(sold[0], [(1, 1000, True)], "까닭", TenderType.CASH)
    house.returns.refund(sold[0], [(2, 250, False)], "까닭", TenderType.CARD, "999")
    house.returns.void(sold[1], "까닭")
    house.papers.reprint(sold[0])
    house.goods.quick_add("새 물건", 500, house.goods.vendors()[0].id)
    sell(house, [("P002", 1000)])
    house.shifts.move_cash("pay_out", 100, "까닭")
    house.shifts.count([(50_000, 2)])
    house.shifts.close("까닭")
    house.day_close.seal()
    house.integrity.rebuild()
    now = {name: table(house, name) for name in names}
    for name in names:
        assert set(rows[name]) <= set(now[name])
    assert events.items() <= event_bytes(house).items()
    assert house.integrity.verify().findings == ()
    house.close()


def test_a_sale_is_told_whole_by_its_own_event(house: House) -> None:
    sale = stored(house, sell(house, [("P001", 1_337), ("P007", 1000)], card(23_879)))
    first, second = sale.lines
    assert (first.name, first.unit, first.unit_price_won, first.quantity_milli) == (
        "감자",
        "kg",
        2_900,
        1_337,
    )
    assert first.amount_won == 3_880  # 3,877.3 to the next ten
    assert sale.sellers[second.seller].id == "cooperative"
    assert sale.sellers[first.seller].name == "너른들 농장"
    assert sale.total_won == sum(line.net_won for line in sale.lines)
    house.close()


def test_receipt_numbers_run_on_without_gap_over_refusals_refunds_and_restarts(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    numbers = []
    for step in range(6):
        house.till.add(good_id("P002"))
        with refused("tender.short"):
            house.till.complete([])
        done = house.till.complete([cash(50_000)])
        numbers.append(done.receipt_no)
        numbers.append(
            house.returns.refund(done.sale_id, [(1, 1000, True)], "까닭", TenderType.CASH).receipt_no
        )
        if step == 3:
            house.close()
            house = open_house(tmp_path)
    assert [int(n.rsplit("-", 1)[1]) for n in numbers] == list(range(1, 13))
    assert len({n.rsplit("-", 1)[0] for n in numbers}) == 1
    house.close()


def test_a_shift_that_another_process_closes_takes_no_more_sales(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, other = open_market(tmp_path), open_house(tmp_path)
    sale_id = sell(house, [("P002", 1000)])
    house.till.add(good_id("P002"))
    begin = house.desk.work.begin

    def too_late(actor: str = ""):  # type: ignore[no-untyped-def]
        if other.shifts.current():
            (tmp_path / "carts" / "R1.json").unlink(missing_ok=True)
            other.shifts.count_total(21_000)
            other.shifts.close()
        return begin(actor)

    monkeypatch.setattr(house.desk.work, "begin", too_late)
    with refused("shift.none"):
        house.till.complete([cash(50_000)])
    with refused("shift.none"):
        house.returns.refund(sale_id, [(1, 1000, True)], "까닭", TenderType.CASH)
    assert len(house.till.cart.lines) == 1
    assert house.reports.day()["sales_count"] == 1
    house.close()
    other.close()


def test_undo_repeat_and_odd_orders_of_keys(house: House) -> None:
    assert not house.till.undo()
    key = house.till.add(good_id("P002"))
    assert house.till.add(good_id("P002")) == key
    house.till.set_quantity(key, 5000)
    for wanted in (2000, 1000, None):
        assert house.till.undo()
        assert [line.quantity_milli for line in house.till.cart.lines] == ([wanted] if wanted else [])
    with refused("sale.empty"):
        house.till.complete([cash(1000)])
    with refused("sale.empty"):
        house.till.park()
    sell(house, [("P002", 2000), ("P001", 700)])
    assert house.till.repeat_last()
    assert [line.quantity_milli for line in house.till.cart.lines] == [2000, 700]
    with refused("cart.not_empty"):
        house.till.repeat_last()
    house.close()


@pytest.mark.parametrize("milli", [0, -1, -1000, 10_000_000, 10**30])
def test_a_quantity_that_cannot_be_leaves_the_cart_as_it_was(house: House, milli: int) -> None:
    with pytest.raises(DomainError):
        house.till.add(good_id("P002"), milli)
    key = house.till.add(good_id("P002"))
    with pytest.raises(DomainError):
        house.till.set_quantity(key, milli)
    assert house.till.cart.lines[0].quantity_milli == 1000
    house.close()


@pytest.mark.acceptance("A9")
def test_fractions_are_refused_at_the_till(house: House) -> None:
    key = house.till.add(good_id("P002"))
    for attempt in (
        lambda: house.till.set_quantity(key, 1.5),  # type: ignore[arg-type]
        lambda: house.till.set_price(key, 999.5),  # type: ignore[arg-type]
        lambda: house.till.set_discount(key, Discount("won", 1.5)),  # type: ignore[arg-type]
        lambda: house.till.complete([TenderInput(TenderType.CASH, 21_000.0)]),  # type: ignore[arg-type]
        lambda: house.goods.quick_add("새것", 1.5, house.goods.vendors()[0].id),  # type: ignore[arg-type]
        lambda: house.shifts.move_cash("pay_in", 10.5, "까닭"),  # type: ignore[arg-type]
        lambda: house.shifts.count_total(0.5),  # type: ignore[arg-type]
    ):
        with pytest.raises(DomainError):
            attempt()
    assert house.integrity.verify().findings == ()
    house.close()
