"""Who may do what, asked at the services: every action for every role, PINs, lock-outs, overrides."""

import contextlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, Role, may
from pos_app.domain.tender import TenderType
from pos_app.runtime.clock import Clock
from pos_app.runtime.paths import resources
from pos_app.services.house import House
from tests.services.houses import (
    cash,
    event_bytes,
    good_id,
    open_market,
    refused,
    sell,
    session,
    take_goods,
    vendor_id,
)

ATTEMPTS: dict[Action, Callable[[House, str], object]] = {
    Action.SELL: lambda house, _: house.till.complete([cash(100_000)]),
    Action.PRICE_OVERRIDE: lambda house, _: house.till.set_price(house.till.cart.lines[0].key, 5),
    Action.VOID: lambda house, sale: house.returns.void(sale, "까닭"),
    Action.REFUND: lambda house, sale: house.returns.refund(sale, [(1, 1000, True)], "까닭", TenderType.CASH),
    Action.REPRINT: lambda house, sale: house.papers.reprint(sale),
    Action.CASH_MOVEMENT: lambda house, _: house.shifts.move_cash("pay_in", 1000, "까닭"),
    Action.CLOSE_SHIFT: lambda house, _: house.shifts.count([(50_000, 1)]),
    Action.SEE_TOTALS: lambda house, _: house.shifts.x_document(),
    Action.OPEN_DAY: lambda house, _: house.days.open("다른 장터", "2026-11-21"),
    Action.SEAL_DAY: lambda house, _: house.day_close.seal(),
    Action.SEAL_PROVISIONAL: lambda house, _: house.day_close.seal(provisional=True, reason="까닭"),
    Action.REOPEN_DAY: lambda house, _: house.day_close.reopen("까닭"),
    Action.IMPORT: lambda house, _: house.imports.workbook(resources() / "demo" / "catalogue.xlsx"),
    Action.QUICK_ADD: lambda house, _: house.goods.quick_add("새 물건", 100, vendor_id(0)),
    Action.EDIT_OPERATORS: lambda house, _: house.operators.add("새 사람", Role.CASHIER, "5927"),
    Action.SETTINGS: lambda house, _: house.settings.set("shop_name", "내 가게"),
    Action.SETTLE: lambda house, _: house.settlements.run(),
}


@pytest.mark.acceptance("A39")
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(ATTEMPTS))
def test_every_action_for_every_role(tmp_path: Path, action: Action, role: Role) -> None:
    house = open_market(tmp_path)
    house.operators.add("김담당", Role.COORDINATOR, "274913")
    sale = sell(house, [("P002", 1000)])
    house.till.add(good_id("P006"))
    house.use(session(role))
    before = event_bytes(house), house.desk.settings.all()
    if may(role, action):
        try:
            ATTEMPTS[action](house, sale)
        except DomainError as refusal:
            # the seal: allowed, only not yet
            assert refusal.code in ("day.shifts_open", "day.not_sealed", "settlement.not_sealed")
    else:
        with refused("right.missing"):
            ATTEMPTS[action](house, sale)
        assert (event_bytes(house), house.desk.settings.all()) == before
    house.close()


@pytest.mark.acceptance("A39")
@pytest.mark.parametrize("role", list(Role))
def test_opening_a_shift_by_role(tmp_path: Path, role: Role) -> None:
    house = open_market(tmp_path)
    house.shifts.count_total(0)
    house.shifts.close()
    house.use(session(role))
    if may(role, Action.OPEN_SHIFT):
        house.shifts.open(0)
    else:
        with refused("right.missing"):
            house.shifts.open(0)
    house.close()


@pytest.mark.acceptance("A39")
def test_a_cashier_does_not_change_what_is_in_the_catalogue_by_adding_it_again(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.use(session(Role.CASHIER))
    before = house.goods.tile(good_id("P004"))
    with contextlib.suppress(DomainError):
        house.goods.quick_add("도시락", 10, vendor_id(2))
    after = house.goods.tile(good_id("P004"))
    assert before is not None
    assert after is not None
    assert (after.unit_price_won, after.tax_class) == (before.unit_price_won, before.tax_class)
    house.close()


@pytest.mark.acceptance("A39")
def test_a_pin_is_nowhere_to_be_read(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    boss = house.operators.add("김담당", Role.COORDINATOR, "274913")
    house.operators.sign_in(boss, "274913")
    house.operators.add("박계산", Role.CASHIER, "5927")
    with pytest.raises(DomainError):
        house.operators.sign_in(boss, "860214")
    house.close()
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in (b"274913", b"860214", b"$argon2"):
        assert secret not in everything
    house = open_house(tmp_path)
    with house.database.read() as rows:
        sealed = [pin for (pin,) in rows.all('SELECT "pin" FROM "operator"')]
        assert len(sealed) == 2
        rows_ = [json.loads(data) for (data,) in rows.all('SELECT "bytes" FROM "event"')]
    assert not any("5927" in json.dumps(row["body"].get("fields", {}).get("pin", "")) for row in rows_)
    house.close()


@pytest.mark.acceptance("A39")
def test_wrong_pins_lock_out_longer_and_longer_and_are_journalled(tmp_path: Path) -> None:
    clock = Clock()
    house = open_market(tmp_path, clock=clock)
    boss = house.operators.add("김담당", Role.COORDINATOR, "274913")
    for _ in range(4):
        with refused("pin.wrong"):
            house.operators.sign_in(boss, "111222")
    with refused("pin.locked"):
        house.operators.sign_in(boss, "111222")
    before = event_bytes(house)
    for pin in ("111222", "274913"):
        with refused("pin.locked"):
            house.operators.sign_in(boss, pin)
    assert event_bytes(house) == before
    assert house.operators.names()[0].locked_until is not None
    house.close()
    house = open_house(tmp_path, clock=clock)
    with refused("pin.locked"):
        house.operators.sign_in(boss, "274913")
    clock.offset += timedelta(seconds=31)
    with refused("pin.locked"):
        house.operators.sign_in(boss, "111222")
    clock.offset += timedelta(seconds=31)
    with refused("pin.locked"):
        house.operators.sign_in(boss, "274913")
    clock.offset += timedelta(seconds=60)
    assert house.operators.sign_in(boss, "274913").role is Role.COORDINATOR
    assert house.operators.names()[0].locked_until is None
    with house.database.read() as rows:
        assert rows.one('SELECT count(*) FROM "sign_in" WHERE "outcome" = ?', "wrong") == (6,)
    house.close()


@pytest.mark.acceptance("A39")
def test_an_override_names_both_and_needs_somebody_who_may(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    boss = house.operators.add("김담당", Role.COORDINATOR, "274913")
    house.operators.sign_in(boss, "274913")
    cashier = house.operators.add("박계산", Role.CASHIER, "5927")
    house.operators.sign_in(cashier, "5927")
    with refused("pin.wrong_override"):
        house.operators.authorise("5927", Action.REFUND)
    lent = house.operators.authorise("274913", Action.REFUND)
    assert (lent.action, lent.asked_by, lent.allowed_by) == ("refund", "박계산", "김담당")
    assert house.session.name == "박계산"
    sale = sell(house, [("P002", 1000)])
    with refused("right.missing"):
        house.returns.refund(sale, [(1, 1000, True)], "까닭", TenderType.CASH)
    house.returns.refund(sale, [(1, 1000, True)], "까닭", TenderType.CASH, override=lent)
    refunds = [json.loads(data)["body"] for data in event_bytes(house).values() if b'"refund_won"' in data]
    assert refunds[0]["overrides"] == [{"action": "refund", "allowed_by": "김담당", "asked_by": "박계산"}]
    assert refunds[0]["operator_name"] == "박계산"
    house.close()


@pytest.mark.acceptance("A39")
@pytest.mark.parametrize(
    ("role", "pin"),
    [
        (Role.COORDINATOR, "2749"),
        (Role.OFFICE, "12345"),
        (Role.CASHIER, "0000"),
        (Role.CASHIER, "1234"),
        (Role.CASHIER, "12a4"),
        (Role.CASHIER, ""),
        (Role.VENDOR, "1212"),
        (Role.CASHIER, "１２９５"),
    ],
)
def test_a_pin_that_is_too_easy_is_refused(tmp_path: Path, role: Role, pin: str) -> None:
    house = open_market(tmp_path)
    house.operators.add("김담당", Role.COORDINATOR, "274913")
    before = event_bytes(house)
    with pytest.raises(DomainError, check=lambda error: error.code.startswith("pin.")):
        house.operators.add("새 사람", role, pin)
    assert event_bytes(house) == before
    house.close()


def test_the_first_one_entered_can_enter_others(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    with refused("operator.coordinator_first"):
        house.operators.add("박계산", Role.CASHIER, "5927")
    house.close()


@pytest.mark.acceptance("A39")
def test_every_event_names_who_stood_at_the_till(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    boss = house.operators.add("김담당", Role.COORDINATOR, "274913")
    house.operators.sign_in(boss, "274913")
    known = set(event_bytes(house))
    sale = sell(house, [("P002", 1000)])
    house.returns.void(sale, "까닭")
    house.shifts.move_cash("pay_in", 1000, "까닭")
    take_goods(house, "waste", "P002", -1000, "b")
    later = [json.loads(data) for key, data in event_bytes(house).items() if key not in known]
    assert [event["actor"] for event in later if event["type"] != "goods/1"] == [boss] * 3
    house.close()
