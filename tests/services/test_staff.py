"""People entered and changed: roles, PINs, rest, letting out, and that somebody can always do it."""

from pathlib import Path

import pytest

from pos_app.domain.operators import LOCK_AFTER, Action, Role, may
from pos_app.services.house import House
from tests.services.houses import open_market, refused, session

PIN, OTHER, CASHIER_PIN = "482915", "917364", "7392"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A market with a coordinator, who stands at the till."""
    made = open_market(tmp_path)
    chief = made.staff.add("박영지", Role.COORDINATOR, PIN)
    made.operators.sign_in(chief, PIN)
    return made


def locked_out(house: House, who: str) -> None:
    for nth in range(1, LOCK_AFTER + 1):
        with refused("pin.locked" if nth == LOCK_AFTER else "pin.wrong"):
            house.operators.sign_in(who, "5938")


def test_somebody_entered_signs_in_and_changes_their_own_pin(house: House) -> None:
    who = house.staff.add("김서은", Role.CASHIER, CASHIER_PIN)
    house.operators.sign_in(who, CASHIER_PIN)
    with refused("pin.wrong"):
        house.staff.own_pin("5938", "6284")
    with refused("pin.too_easy"):
        house.staff.own_pin(CASHIER_PIN, "1234")
    house.staff.own_pin(CASHIER_PIN, "6284")
    with refused("pin.wrong"):
        house.operators.sign_in(who, CASHIER_PIN)
    assert house.operators.sign_in(who, "6284").name == "김서은"


def test_a_name_is_entered_once_also_while_it_rests(house: House) -> None:
    who = house.staff.add("김서은", Role.CASHIER, CASHIER_PIN)
    with refused("operator.exists"):
        house.staff.add(" 김서은 ", Role.VENDOR, "6284")
    house.staff.set_active(who, False)
    with refused("operator.exists"):
        house.staff.add("김서은", Role.VENDOR, "6284")


def test_who_rests_can_not_sign_in_until_back_at_work(house: House) -> None:
    who = house.staff.add("김서은", Role.CASHIER, CASHIER_PIN)
    house.staff.set_active(who, False)
    assert [person.name for person in house.operators.names()] == ["박영지"]
    with refused("operator.unknown"):
        house.operators.sign_in(who, CASHIER_PIN)
    house.staff.set_active(who, True)
    house.operators.sign_in(who, CASHIER_PIN)


def test_the_last_coordinator_stays(house: House) -> None:
    chief = house.operators.find("박영지")
    with refused("operator.last_coordinator"):
        house.staff.set_role(chief, Role.VENDOR)
    with refused("operator.self"):
        house.staff.set_active(chief, False)
    second = house.staff.add("이수민", Role.COORDINATOR, OTHER)
    house.staff.set_role(chief, Role.VENDOR)
    house.operators.sign_in(second, OTHER)
    house.use(session(Role.COORDINATOR))  # somebody else's session: the guard is not only for oneself
    with refused("operator.last_coordinator"):
        house.staff.set_active(second, False)


@pytest.mark.acceptance("A39")
@pytest.mark.parametrize("role", list(Role))
def test_people_are_changed_by_right_or_by_a_right_lent(house: House, role: Role) -> None:
    who = house.staff.add("김서은", Role.CASHIER, CASHIER_PIN)
    lent = house.operators.authorise(PIN, Action.EDIT_OPERATORS)
    house.use(session(role))
    acts = (
        lambda o: house.staff.set_role(who, Role.VENDOR, o),
        lambda o: house.staff.set_active(who, False, o),
        lambda o: house.staff.new_pin(who, "6284", o),
        lambda o: house.staff.add("새 사람", Role.CASHIER, "5927", o),
    )
    for act in acts:
        if not may(role, Action.EDIT_OPERATORS):
            with refused("right.missing"):
                act(None)
        act(lent)


@pytest.mark.acceptance("A39")
def test_a_coordinators_pin_lets_somebody_out_of_the_lock(house: House) -> None:
    who = house.staff.add("김서은", Role.CASHIER, CASHIER_PIN)
    locked_out(house, who)
    with refused("pin.locked"):
        house.operators.sign_in(who, CASHIER_PIN)
    with refused("right.missing"):
        house.staff.unlock(who, house.operators.authorise(PIN, Action.SETTINGS))
    house.staff.unlock(who, house.operators.authorise(PIN, Action.EDIT_OPERATORS))
    assert house.operators.names()[0].locked_until is None
    assert house.operators.sign_in(who, CASHIER_PIN).operator_id == who


def test_a_new_pin_lets_out_too(house: House) -> None:
    who = house.staff.add("김서은", Role.CASHIER, CASHIER_PIN)
    locked_out(house, who)
    house.staff.new_pin(who, "6284")
    house.operators.sign_in(who, "6284")


def test_nobody_signed_in_has_no_own_pin(tmp_path: Path) -> None:
    with refused("operator.nobody"):
        open_market(tmp_path).staff.own_pin("1", "6284")
