"""Settings and policies: who may set them, what they may be, and that policies are recorded once."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from pos_app.domain.catalogue import OversellPolicy
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, Role, discount_limit_permille, may
from pos_app.domain.tender import DEFAULT_RULES
from pos_app.services.house import House
from pos_app.services.policies import STANDARD, check_policy, discount_limits, oversell_default, tender_rules
from pos_app.services.preferences import FREE
from pos_app.storage.settings import DEFAULTS
from tests.services.houses import event_bytes, open_market, refused, session

PIN = "482915"
POLICIES = [f"policy.{name}" for name in STANDARD]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_market(tmp_path)


def test_without_a_decision_everything_is_as_before() -> None:
    assert tender_rules({}) == DEFAULT_RULES
    assert discount_limits({}) == {role: discount_limit_permille(role) for role in Role}
    assert oversell_default({}) is OversellPolicy.WARN


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_is_an_event_recorded_once(house: House, name: str) -> None:
    before = len(event_bytes(house))
    value = {"policy.weighed_rounding_won": "100", "policy.cash_truncation_won": "1"}.get(name, "1")
    value = "0" if house.settings.get(name) == value else value
    for _ in range(2):
        house.settings.set(name, value)
    assert house.settings.get(name) == value
    assert len(event_bytes(house)) == before + 1
    assert "policy" not in " ".join(house.desk.settings.all()), "nothing of it is local"


def test_a_policy_goes_back_and_forth(house: House) -> None:
    for value in ("1", "100", "1", "10", "100"):
        house.settings.set("policy.cash_truncation_won", value)
        assert house.settings.get("policy.cash_truncation_won") == value


def test_the_limits_and_rules_follow_what_was_decided(house: House) -> None:
    house.settings.set("policy.discount_cashier_permille", "50")
    house.settings.set("policy.voucher_onnuri_percent", "80")
    house.settings.set("policy.voucher_local", "0")
    house.settings.set("policy.oversell_default", "1")
    said = house.settings._policies.said()
    assert discount_limits(said)[Role.CASHIER] == 50
    kinds = {rule.kind: rule for rule in tender_rules(said)}
    assert kinds["onnuri"].change_percent == 80 and "local" not in kinds and "agency" in kinds
    assert oversell_default(said) is OversellPolicy.BLOCK


@how(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(STANDARD)), st.integers(-10, 2_000))
def test_only_what_can_be_meant_is_a_policy(name: str, value: int) -> None:
    try:
        check_policy(name, value)
    except DomainError as error:
        assert error.code in ("settings.value", "policy.rounding_step")
        return
    said = {name: str(value)}
    for limit in discount_limits(said).values():
        assert 0 <= limit <= 1000
    assert all(0 <= rule.change_percent <= 100 for rule in tender_rules(said))
    assert oversell_default(said) in OversellPolicy


@pytest.mark.acceptance("A39")
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", ["shop_name", "policy.cash_truncation_won", "drawer"])
def test_the_till_s_settings_need_a_right_or_one_lent(house: House, role: Role, name: str) -> None:
    house.staff.add("박영지", Role.COORDINATOR, PIN)
    lent = house.operators.authorise(PIN, Action.SETTINGS)
    house.use(session(role))
    if not may(role, Action.SETTINGS):
        with refused("right.missing"):
            house.settings.set(name, "1")
    house.settings.set(name, "1", lent)
    assert house.settings.get(name) == "1"


def test_how_it_looks_is_everybody_s_own(house: House) -> None:
    house.use(session(Role.CASHIER))
    for name in sorted(FREE - {"last_operator"}):
        house.settings.set(name, DEFAULTS[name])


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("shop_business_no", "123-45-67890", "business_no.check_digit"),
        ("scale_patterns", "21III", "barcode.pattern"),
        ("drawer", "2", "settings.value"),
        ("customer_display", "both", "settings.value"),
        ("theme", "night", "settings.value"),
        ("policy.cash_truncation_won", "7", "policy.rounding_step"),
        ("policy.discount_cashier_permille", "1001", "settings.value"),
        ("policy.voucher_onnuri_percent", "x", "settings.value"),
    ],
)
def test_what_would_hurt_later_is_refused(house: House, name: str, value: str, code: str) -> None:
    before = house.settings.get(name)
    with refused(code):
        house.settings.set(name, value)
    assert house.settings.get(name) == before


def test_a_name_that_no_one_knows_is_a_bug(house: House) -> None:
    with pytest.raises(KeyError):
        house.settings.get("policy.nothing")
