"""Settings in the real window: policies, people, undo, a right lent."""

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.services.desk import Session
from pos_app.storage.queries import sales
from tests.services.houses import event_bytes
from tests.ui.window.driver import Window, rest, settle, until
from tests.ui.window.homes import OIL_CODE, OIL_WON

CONTROL = Qt.KeyboardModifier.ControlModifier
PIN = "482915"


def settings(window: Window, group: int) -> None:
    window.shell.go("settings")
    settle()
    window.touch_named(f"settings_group_{group}")
    settle()


def test_a_policy_is_changed_at_once_and_taken_back(window: Window) -> None:
    settings(window, 2)
    window.touch_named("setting_policy.cash_truncation_won_100")
    assert window.house.settings.get("policy.cash_truncation_won") == "100"
    until(lambda: "현금 절사" in window.toast())
    window.press("z", modifier=CONTROL)
    until(lambda: window.house.settings.get("policy.cash_truncation_won") == "10")
    settle()
    assert window.find("setting_policy.cash_truncation_won_10").is_chosen()


def test_larger_type_is_taken_back_on_the_screens_made_anew(window: Window) -> None:
    settings(window, 0)
    window.touch_named("setting_type_scale_150")
    until(lambda: window.shell.theme.metrics.scale == 1.5 and "글자 크기" in window.toast())
    window.touch(window.key("되돌리기"))
    until(lambda: window.shell.theme.metrics.scale == 1.0)
    assert window.house.settings.get("type_scale") == "100"


def test_found_by_initial_consonants_as_typed(window: Window) -> None:
    window.shell.go("settings")
    settle()
    window.say("ㅁㅇㅁ")
    settle()
    assert window.there("setting_shop_footer") and not window.there("setting_shop_name")


def test_somebody_is_entered_and_rests(window: Window) -> None:
    window.house.operators.add("박영지", Role.COORDINATOR, PIN)
    settings(window, 4)
    window.touch_named("people_add")
    window.type("lee")
    window.touch_named("person_pin_field")
    window.type("7392")
    window.press(Qt.Key.Key_Return)
    until(lambda: any(person.name == "lee" for person in window.house.operators.names()), "lee was entered")
    rest()
    settle()
    window.touch(
        next(
            key
            for key in window.visible(type(window.key("사람 더하기")))
            if key.accessibleName() == "lee 쉬기"
        )
    )
    until(lambda: not any(person.name == "lee" for person in window.house.operators.names()))
    window.touch(window.key("되돌리기"))
    until(lambda: any(person.name == "lee" for person in window.house.operators.names()), "back at work")


@pytest.mark.acceptance("A39")
def test_the_last_coordinator_can_not_be_made_a_cashier(window: Window) -> None:
    window.house.operators.add("박영지", Role.COORDINATOR, PIN)
    settings(window, 4)
    window.touch_named("person_0_role_0")
    until(lambda: "담당자가 한 사람은 있어야 해요" in window.toast())
    assert window.house.operators.names()[0].role is Role.COORDINATOR
    settle()
    assert window.find("person_0_role_2").is_chosen(), "the keys show what stands"


@pytest.mark.acceptance("A7")
def test_a_cashier_s_limit_is_what_the_house_decided(window: Window) -> None:
    window.house.operators.add("박영지", Role.COORDINATOR, PIN)
    window.house.settings.set("policy.discount_cashier_permille", "50")
    window.house.use(Session("c", "김서은", Role.CASHIER))
    window.scan(OIL_CODE)
    window.press(Qt.Key.Key_F6)
    window.touch_named("line_edit_tabs_discount")
    window.touch(window.key("10%"))
    assert any("5%까지 깎을 수 있어요" in words for words in window.texts())
    window.press(Qt.Key.Key_F12)
    until(lambda: window.there("pin_dialog"), "the PIN of somebody who may")
    window.type(PIN)
    window.press(Qt.Key.Key_Return)
    until(lambda: window.house.till.priced.total_won == OIL_WON * 9 // 10, "lent")
    due = window.house.till.priced.total_won
    window.house.till.complete([TenderInput(TenderType.CASH, due)])
    sale_id = window.house.returns.recent(1)[0].sale_id
    with window.house.database.read() as rows:
        stored = sales.sale(rows, sale_id)
    assert stored is not None
    assert [(o.action, o.asked_by, o.allowed_by) for o in stored.sale.overrides] == [
        ("discount", "김서은", "박영지")
    ]


@pytest.mark.acceptance("A50")
def test_what_practice_decides_never_reaches_the_real_till(window: Window) -> None:
    events = len(event_bytes(window.house))
    window.shell.go("menu")
    window.touch_named("menu_practice")
    until(lambda: window.shell.theme.practice, "practice")
    rest()
    settle()
    settings(window, 2)
    window.touch_named("setting_policy.cash_truncation_won_100")
    until(lambda: "현금 절사" in window.toast())
    assert window.shell.desk.house.settings.get("policy.cash_truncation_won") == "100"
    settings(window, 1)
    window.find("setting_shop_name").setFocus()
    window.find("setting_shop_name").selectAll()
    window.type("x")
    window.press(Qt.Key.Key_Return)
    until(lambda: window.shell.desk.house.settings.get("shop_name") == "x")
    assert window.house.settings.get("policy.cash_truncation_won") == "10"
    assert window.house.settings.get("shop_name") != "x"
    assert len(event_bytes(window.house)) == events
