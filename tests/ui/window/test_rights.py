"""PINs in the window: signing in, a wrong one, and a right lent at the till."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap import open_house
from pos_app.domain.operators import Role
from tests.ui.window.driver import Window, opened, until
from tests.ui.window.homes import OIL_CODE, OIL_WON, RICE_CODE, RICE_WON

F5, F6, F12, ENTER, ESCAPE = (
    Qt.Key.Key_F5,
    Qt.Key.Key_F6,
    Qt.Key.Key_F12,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
)
COORDINATOR_PIN, CASHIER_PIN, WRONG_PIN = "482915", "7392", "5938"
GROSS = OIL_WON + RICE_WON


@pytest.fixture
def staffed(qapp: QApplication, fresh: Path) -> Iterator[Window]:
    """A till with a coordinator and a cashier; nobody has signed in yet."""
    house = open_house(fresh)
    house.operators.add("박영지", Role.COORDINATOR, COORDINATOR_PIN)
    house.operators.add("김서은", Role.CASHIER, CASHIER_PIN)
    house.close()
    with opened(fresh) as window:
        yield window


def sign_in(window: Window, name: str, pin: str) -> None:
    assert window.at == "sign_in"
    window.touch(window.key(name))
    window.type(pin)


@pytest.fixture
def cashier(staffed: Window) -> Window:
    """김서은 stands at the till with two things in the cart."""
    sign_in(staffed, "김서은", CASHIER_PIN)
    staffed.wait_for("selling")
    for code in (OIL_CODE, RICE_CODE):
        staffed.scan(code)
    return staffed


def discount(window: Window, percent: str) -> None:
    window.press(F5)
    window.touch(window.key(percent))


def lend(window: Window, pin: str) -> None:
    window.type(pin)
    window.press(ENTER)


def test_a_wrong_pin_is_refused_in_a_sentence_and_the_right_one_opens(staffed: Window) -> None:
    sign_in(staffed, "김서은", WRONG_PIN)
    until(lambda: staffed.there("pin_error"))
    assert any("PIN이 달라요. 4번 더 틀리면 잠겨요." in words for words in staffed.texts())
    assert "4자리 중 0자리" in staffed.said("pin"), "the dots are empty again"
    staffed.press(F12)
    staffed.scan(OIL_CODE)
    assert (staffed.at, staffed.cart()) == ("sign_in", []), "nothing is sold before somebody is there"


def test_the_right_pin_names_who_stands_there(staffed: Window) -> None:
    sign_in(staffed, "김서은", CASHIER_PIN)
    staffed.wait_for("selling")
    assert staffed.house.session.name == "김서은"
    until(lambda: any("김서은" in words for words in staffed.texts()), "the strip names her")


@pytest.mark.acceptance("A7")
def test_a_discount_within_the_limit_asks_nobody(cashier: Window) -> None:
    discount(cashier, "10%")
    assert cashier.shell.dialog is None
    assert cashier.said("total") == f"합계 {GROSS - GROSS // 10:,}원"


@pytest.mark.acceptance("A7")
def test_a_discount_over_the_limit_asks_for_a_pin(cashier: Window) -> None:
    discount(cashier, "20%")
    assert cashier.shell.dialog is not None
    assert cashier.shell.dialog.objectName() == "pin_dialog"
    assert cashier.said("total") == f"합계 {GROSS:,}원", "not before the PIN"
    lend(cashier, WRONG_PIN)
    until(lambda: cashier.there("pin_dialog_error"), "a wrong PIN is refused")
    assert cashier.said("total") == f"합계 {GROSS:,}원"
    lend(cashier, COORDINATOR_PIN)
    until(lambda: cashier.shell.dialog is None, "the right PIN closes the dialog")
    total = GROSS - GROSS // 5
    assert cashier.said("total") == f"합계 {total:,}원"
    cashier.press(F12, F12)
    assert cashier.at == "change"
    with cashier.house.desk.work.read() as rows:
        (told,) = rows.all('SELECT CAST("bytes" AS TEXT) FROM "event" ORDER BY rowid DESC LIMIT 1')[0]
    assert "박영지" in told and "김서은" in told, "the sale names both"
    assert cashier.house.returns.recent(1)[0].total_won == total


@pytest.mark.acceptance("A7")
def test_giving_the_pin_up_leaves_the_price_as_it_was(cashier: Window) -> None:
    discount(cashier, "50%")
    cashier.press(ESCAPE)
    assert cashier.shell.dialog is None
    assert cashier.said("total") == f"합계 {GROSS:,}원"
    cashier.press(F12, F12)
    assert cashier.house.returns.recent(1)[0].total_won == GROSS


@pytest.mark.acceptance("A7")
def test_a_line_over_the_limit_asks_for_a_pin_too(cashier: Window) -> None:
    cashier.press(F6)
    cashier.touch_named("line_edit_tabs_discount")
    cashier.touch(cashier.key("30%"))
    act = cashier.find("line_edit_act")
    assert "담당자 PIN" in act.text()  # type: ignore[attr-defined]
    cashier.touch(act)
    until(lambda: cashier.there("pin_dialog"), "the PIN is asked")
    lend(cashier, COORDINATOR_PIN)
    until(lambda: cashier.shell.dialog is None, "the right PIN closes the dialog")
    assert cashier.said("total") == f"합계 {GROSS - RICE_WON * 3 // 10:,}원"


def test_a_cashier_may_not_change_the_shops_settings(cashier: Window) -> None:
    cashier.shell.go("settings")
    cashier.touch(cashier.key("인쇄"))
    save = cashier.find("setting_printer_uri_save")
    cashier.touch(save)
    assert cashier.house.settings.get("printer_uri") == ""
    assert any("담당자만 바꿀 수 있어요" in words for words in cashier.texts())
