"""The way to the Z: counted blind, parked carts first, a difference over the limit needs a PIN."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap import open_house
from pos_app.domain.operators import Role
from pos_app.printing import plain
from tests.ui.window.driver import Window, opened, settle, until
from tests.ui.window.homes import KIM_CODE, OIL_CODE, OIL_WON, copy_of

F4, F12, ENTER = Qt.Key.Key_F4, Qt.Key.Key_F12, Qt.Key.Key_Return
FACES = (50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10)
FLOAT_WON = 100_000
PIN, CASHIER_PIN = "482915", "7392"


def count(window: Window, won: int) -> None:
    """Type the pieces of each face, Enter to the next."""
    window.find("count_50000").setFocus()
    settle()
    for face in FACES:
        pieces, won = divmod(won, face)
        window.type(str(pieces))
        window.press(ENTER)
        settle()


def corner(window: Window) -> str:
    return window.shell.current.corner.text()


def to_the_z(window: Window) -> None:
    """From the handed-in count over cards and vouchers."""
    for _ in range(3):
        window.press(F12)
        settle()
    assert corner(window) == "Z 마감하고 인쇄"


@pytest.mark.acceptance("A27")
def test_what_is_expected_is_nowhere_before_the_count_is_handed_in(window: Window) -> None:
    sold = window.house.reports.day()["tenders"]["cash"]
    expected = _expected(window)
    assert expected > FLOAT_WON
    window.shell.go("shift_close")
    window.find("count_50000")
    count(window, 60_000)
    secret = {f"{won:,}" for won in (expected, sold, expected - 60_000, expected - FLOAT_WON)}
    secret |= {str(won) for won in (expected, sold, expected - 60_000, expected - FLOAT_WON)}
    written = "\n".join(window.texts())
    assert "60,000" in written, "what was counted is there"
    for figure in secret:
        assert figure not in written, figure
    window.press(F12)
    window.find("expected_amount")
    written = "\n".join(window.texts())
    assert f"{expected:,}" in written and "예상 금액" in written
    assert f"{expected - 60_000:,}원 모자라요" in written


def _expected(window: Window) -> int:
    """What the paper of the middle of the day says should be in the drawer."""
    paper = plain.render(window.house.shifts.x_document(), 42)
    found = re.search(r"예상[^\d\n]*([\d,]+)원", paper)
    if found is None:
        result = window.house.shifts.count(((10, 1),))
        return result.expected_won
    return int(found[1].replace(",", ""))


@pytest.mark.acceptance("A27")
def test_a_half_done_count_is_still_there_after_a_restart(qapp: QApplication, demo: Path) -> None:
    with opened(demo) as window:
        window.shell.go("shift_close")
        window.find("count_10000").setFocus()
        window.type("7")
    with opened(demo) as window:
        window.shell.go("shift_close")
        assert window.said("count_10000").startswith("10,000원권 장수 7")
        assert window.said("close_amount") == "센 금액 70,000원"


@pytest.mark.acceptance("A28")
def test_parked_carts_come_before_the_close(morning: Window) -> None:
    morning.scan(KIM_CODE)
    morning.press(F4)
    morning.shell.go("shift_close")
    settle()
    morning.press(F12)
    settle()
    assert morning.house.shifts.current() is not None
    assert any("보류한 것을 먼저 정리해요" in words for words in morning.texts())
    assert not morning.there("count_50000")
    morning.touch(morning.key("보류 보기"))
    assert morning.at == "parked"
    morning.touch_named("parked_throw")
    morning.shell.go("shift_close")
    morning.find("count_50000")


@pytest.mark.acceptance("A28")
def test_the_whole_close_by_keyboard(morning: Window) -> None:
    morning.sell(OIL_CODE)
    morning.shell.go("shift_close")
    count(morning, FLOAT_WON + OIL_WON)
    assert morning.said("close_amount") == f"센 금액 {FLOAT_WON + OIL_WON:,}원"
    morning.press(F12)
    assert morning.said("expected_amount") == f"예상 금액 {FLOAT_WON + OIL_WON:,}원"
    assert any("딱 맞아요" in words for words in morning.texts())
    to_the_z(morning)
    shift = morning.house.shifts.current()
    assert shift is not None
    morning.press(F12)
    until(lambda: corner(morning) == "마치기", "the Z is made")
    house = morning.house
    assert house.shifts.current() is None
    assert any("Z 1 마감했어요" in words for words in morning.texts())
    first, second = (house.shifts.z_document(shift.shift_id) for _ in range(2))
    assert plain.render(first, 42) == plain.render(second, 42), "reprinted identically"
    morning.press(F12)
    morning.wait_for("shift_open")
    morning.press(F12)
    morning.wait_for("selling")
    assert house.shifts.current() is not None


def test_goods_in_the_open_cart_hold_the_close_up(morning: Window) -> None:
    morning.scan(KIM_CODE)
    morning.shell.go("shift_close")
    count(morning, FLOAT_WON)
    morning.press(F12)
    morning.find("expected_amount")
    for _ in range(4):
        morning.press(F12)
        settle()
    assert morning.house.shifts.current() is not None
    assert any("담아 둔 장바구니가 있어요" in words for words in morning.texts())


@pytest.fixture
def cashier(qapp: QApplication, made_fresh: Path, tmp_path: Path) -> Iterator[Window]:
    """A cashier at the till of a market that has a coordinator."""
    home = copy_of(made_fresh, tmp_path / "staffed")
    house = open_house(home)
    house.operators.add("박영지", Role.COORDINATOR, PIN)
    house.operators.add("김서은", Role.CASHIER, CASHIER_PIN)
    house.close()
    with opened(home) as window:
        window.touch(window.key("김서은"))
        window.type(CASHIER_PIN)
        window.wait_for("selling")
        yield window


@pytest.mark.acceptance("A27")
def test_a_difference_over_the_limit_needs_a_reason_and_the_coordinators_pin(cashier: Window) -> None:
    cashier.shell.go("shift_close")
    count(cashier, FLOAT_WON - 20_000)
    cashier.press(F12)
    cashier.find("expected_amount")
    assert any("20,000원 모자라요" in words for words in cashier.texts())
    cashier.press(F12)
    settle()
    assert cashier.there("expected_amount"), "not on without a reason"
    cashier.touch(cashier.key("모르겠어요"))
    to_the_z(cashier)
    cashier.press(F12)
    until(lambda: cashier.there("pin_dialog"), "the PIN is asked")
    assert cashier.house.shifts.current() is not None
    cashier.type("593817")
    cashier.press(ENTER)
    until(lambda: cashier.there("pin_dialog_error"), "a wrong PIN is refused")
    assert cashier.house.shifts.current() is not None
    cashier.type(PIN)
    cashier.press(ENTER)
    until(lambda: cashier.house.shifts.current() is None, "closed")
    until(lambda: corner(cashier) == "마치기", "the Z is shown")
