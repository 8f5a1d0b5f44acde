"""What the cooperative decides holds from the next cart on, for limits, roundings and vouchers alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.cart import Discount
from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.services.desk import Session
from pos_app.services.house import House
from pos_app.services.policies import Policies
from tests.services.houses import good_id, open_market, refused


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = open_market(tmp_path / "home")
    yield house
    house.close()


def test_a_cart_keeps_the_terms_it_began_with(house: House) -> None:
    house.till.add(good_id("P003"))  # 3,333 won
    Policies(house.desk).decide("cash_truncation_won", 100)
    assert house.till.policy.cash_truncation_won == 10
    house.till.clear()
    house.till.add(good_id("P003"))
    assert house.till.policy.cash_truncation_won == 100
    done = house.till.complete([TenderInput(TenderType.CASH, 3_300)])
    assert done.total_won == 3_300


def test_a_lower_limit_stops_the_next_discount(house: House) -> None:
    house.use(Session("x", "판매자", Role.CASHIER))
    key = house.till.add(good_id("P002"))
    house.till.set_discount(key, Discount("permille", 100, "단골"))
    house.till.clear()
    house.use(Session("y", "담당", Role.COORDINATOR))
    Policies(house.desk).decide("discount_cashier_permille", 50)
    house.use(Session("x", "판매자", Role.CASHIER))
    key = house.till.add(good_id("P002"))
    with refused("discount.over_limit"):
        house.till.set_discount(key, Discount("permille", 100, "단골"))


def test_a_voucher_that_is_no_longer_taken_is_not_offered(house: House) -> None:
    assert any(rule.kind == "onnuri" for rule in house.till.rules)
    Policies(house.desk).decide("voucher_onnuri", 0)
    house.till.add(good_id("P002"))
    assert not any(rule.kind == "onnuri" for rule in house.till.rules)
