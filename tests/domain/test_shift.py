"""The drawer: what should be there is what physically is there."""

import random
from collections import Counter

import pytest

from pos_app.domain.cart import Cart, CartLine
from pos_app.domain.catalogue import Seller, SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.pricing import price
from pos_app.domain.shift import (
    DENOMINATIONS,
    MovementKind,
    check_close,
    check_float,
    counted,
    drawer_won,
    expected_cash,
    movement_kind,
    movement_won,
    needs_coordinator,
    over_short,
)
from pos_app.domain.tender import TenderInput, TenderType, due_in_cash, notes_for, settle

SELLER = Seller("v1", "신안섬 농장", "", SellerTaxKind.UNREGISTERED)


class Drawer:
    """A drawer with real notes: money goes in and out piece by piece, with no sums kept."""

    def __init__(self) -> None:
        self.pieces: Counter[int] = Counter()

    def put(self, won: int) -> None:
        self.pieces.update(dict(notes_for(won)))

    def take(self, won: int) -> None:
        for face in DENOMINATIONS:
            while won >= face and self.pieces[face]:
                self.pieces[face] -= 1
                won -= face
        if won:  # change a larger note at the bank of the next stall
            face = min(face for face in DENOMINATIONS if face > won and self.pieces[face])
            self.pieces[face] -= 1
            self.put(face - won)


def random_sale(rng: random.Random, drawer: Drawer) -> int:
    """Ring one sale, move its notes, and return what the rules say it added to the drawer."""
    wons = [rng.randrange(1, 40_000) for _ in range(rng.randint(1, 3))]
    lines = tuple(
        CartLine(f"{index}", "p", "v1", SELLER, "무", "단", SoldBy.EACH, TaxClass.EXEMPT, won, won, 1000)
        for index, won in enumerate(wons)
    )
    priced = price(Cart(lines))
    other = rng.choice([0, 0, rng.randrange(priced.total_won), priced.total_won])
    kind = rng.choice([TenderType.CARD, TenderType.TRANSFER, TenderType.VOUCHER])
    inputs = [TenderInput(kind, other)] if other else []
    due = due_in_cash(priced, other)
    if not inputs and rng.random() < 0.2:
        face = (priced.total_won // 5_000 + 1) * 5_000
        if face * 6 <= priced.total_won * 10:
            inputs, due = [TenderInput(TenderType.VOUCHER, face, "onnuri")], 0
    if other != priced.total_won and due:
        inputs.append(TenderInput(TenderType.CASH, due + rng.randrange(0, 5) * 1_000))
    elif other != priced.total_won and not any(each.kind for each in inputs):
        inputs.append(TenderInput(TenderType.CASH, 0))
    settled = settle(priced, inputs)
    for tender in settled.tenders:
        if tender.input.type == TenderType.CASH:
            drawer.put(tender.received_won)
    drawer.take(settled.change_won)
    return sum(drawer_won(each.input.type, each.amount_won, each.change_won) for each in settled.tenders)


@pytest.mark.acceptance("A26")
def test_expected_cash_is_what_lies_in_the_drawer_on_ten_thousand_days() -> None:
    rng = random.Random(20261120)
    for _ in range(10_000):
        drawer = Drawer()
        float_won = rng.randrange(0, 20) * 10_000 + 200_000
        drawer.put(float_won)
        sales = refunds = pay_in = pay_out = 0
        for _ in range(rng.randint(0, 5)):
            sales += random_sale(rng, drawer)
        if rng.random() < 0.3:
            back = rng.randrange(1, 2_000) * 10
            drawer.take(back)
            refunds += back
        for kind in rng.sample(list(MovementKind), rng.randint(0, 2)):
            won = movement_won(kind, rng.randrange(1, 3_000) * 10)
            if won > 0:
                drawer.put(won)
                pay_in += won
            else:
                drawer.take(-won)
                pay_out -= won
        found = counted(drawer.pieces.items())
        assert expected_cash(float_won, sales, refunds, pay_in, pay_out) == found


def test_expected_cash_by_hand() -> None:
    assert expected_cash(100_000, 874_190, 28_000, 50_000, 30_000) == 966_190


def test_what_a_tender_adds_to_the_drawer() -> None:
    assert drawer_won(TenderType.CASH, 61_400, 38_600) == 61_400
    assert drawer_won(TenderType.CARD, 61_400, 0) == 0
    assert drawer_won(TenderType.VOUCHER, 8_000, 2_000) == -2_000


@pytest.mark.acceptance("A27")
def test_a_count_by_denomination() -> None:
    pieces = [(50_000, 8), (10_000, 43), (5_000, 12), (1_000, 79), (500, 9), (100, 6), (50, 1), (10, 4)]
    assert counted(pieces) == 974_190
    assert counted([]) == 0
    assert counted([(10, 0)]) == 0
    assert counted([(10, 99_999)]) == 999_990


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ([(20_000, 1)], "count.unknown_denomination"),
        ([(1_000, 1), (1_000, 2)], "count.doubled"),
        ([(1_000, -1)], "count.negative"),
        ([(1_000, 1.0)], "count.not_whole"),
        ([(1_000, 100_000)], "count.too_many"),
    ],
)
def test_odd_counts_are_refused(pieces: list[tuple[int, int]], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        counted(pieces)
    assert refused.value.code == code


@pytest.mark.acceptance("A27")
@pytest.mark.parametrize(
    ("difference", "needed"), [(0, False), (10_000, False), (-10_000, False), (10_001, True), (-10_001, True)]
)
def test_a_difference_over_the_limit_needs_the_coordinator_and_a_reason(
    difference: int, needed: bool
) -> None:
    assert over_short(974_190 + difference, 974_190) == difference
    assert needs_coordinator(difference, 10_000) is needed

    def close(reason: str, coordinator: bool, done: bool = True) -> str:
        try:
            check_close(
                counted=done,
                over_short_won=difference,
                limit_won=10_000,
                reason=reason,
                coordinator=coordinator,
            )
        except DomainError as refused:
            return refused.code
        return "closed"

    assert close("", False, done=False) == "shift.not_counted"
    assert close("거스름돈 잘못", True) == "closed"
    assert close("거스름돈 잘못", False) == ("shift.needs_coordinator" if needed else "closed")
    assert close("  ", True) == ("shift.needs_reason" if needed else "closed")


def test_movements_have_a_sign_by_their_kind() -> None:
    signs = {kind: movement_won(kind, 30_000) for kind in MovementKind}
    assert signs == {"pay_in": 30_000, "loan": 30_000, "pay_out": -30_000, "pickup": -30_000}
    assert movement_kind("pay_in") is MovementKind.PAY_IN


@pytest.mark.parametrize(
    ("won", "code"),
    [
        (0, "movement.not_positive"),
        (-1, "movement.not_positive"),
        (10**8, "movement.too_large"),
        ("1", "movement.not_whole"),
    ],
)
def test_odd_movements_are_refused(won: int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        movement_won(MovementKind.PAY_IN, won)
    assert refused.value.code == code


def test_an_unknown_kind_of_movement_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        movement_kind("steal")
    assert refused.value.code == "movement.unknown_kind"


@pytest.mark.parametrize(
    ("won", "code"), [(-1, "float.negative"), (10**8, "float.too_large"), (0.5, "float.not_whole")]
)
def test_odd_floats_are_refused(won: int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_float(won)
    assert refused.value.code == code


def test_a_till_may_open_without_a_float() -> None:
    assert check_float(0) == 0
    assert check_float(100_000) == 100_000
