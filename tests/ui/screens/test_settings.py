"""Settings: found by words and initial consonants, grouped, changed at once, taken back."""

import pytest

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.facts.sales import Override
from pos_app.ui.screens.settings.presenter import SettingsPresenter, matches
from pos_app.ui.screens.settings.rows import all_rows, groups
from pos_app.ui.shell import Shell
from tests.ui.fakes import FakeHouse
from tests.ui.screens.conftest import Open
from tests.ui.screens.fake_market import view


def found(query: str) -> list[str]:
    presenter = SettingsPresenter(FakeHouse())
    presenter.query = query
    return [row.name for row in presenter.rows()]


def test_every_setting_has_one_name_a_group_and_a_sentence() -> None:
    rows = all_rows()
    assert len({row.name for row in rows}) == len(rows)
    assert {row.group for row in rows} == {name for name, _ in groups()}
    for row in rows:
        assert row.title and row.sentence.endswith(("요.", "요")), row.name


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("글자", "type_scale"),
        ("ㄱㅈㅋㄱ", "type_scale"),
        ("ㄱㅈ ㅋㄱ", "type_scale"),
        ("햇빛", "theme"),
        ("절사", "policy.cash_truncation_won"),
        ("ㅎㄱㅈㅅ", "policy.cash_truncation_won"),
        ("상품권", "policy.voucher_onnuri"),
        ("가게 이름", "shop_name"),
        ("usb", "devices"),
        ("English", "language"),
    ],
)
def test_a_setting_is_found_by_its_words(query: str, name: str) -> None:
    assert name in found(query)


def test_what_is_nowhere_finds_nothing_and_spaces_find_everything_of_the_group() -> None:
    assert found("없는설정") == []
    assert found("   ") == [row.name for row in all_rows() if row.group == "look"]


def test_each_row_is_found_by_its_own_title() -> None:
    for row in all_rows():
        assert matches(row, "", row.title), row.title


def test_a_value_that_is_no_choice_has_a_key_of_its_own() -> None:
    house = FakeHouse()
    house.settings.set("policy.discount_cashier_permille", "125")
    presenter = SettingsPresenter(house)
    row = next(row for row in all_rows() if row.name == "policy.discount_cashier_permille")
    assert presenter.choices(row)[-1] == ("125", "12.5%")


def test_a_change_is_at_once_and_back_once() -> None:
    presenter = SettingsPresenter(FakeHouse())
    row = next(row for row in all_rows() if row.name == "theme")
    assert presenter.set(row, "daylight") and presenter.value(row) == "daylight"
    assert presenter.set(row, "daylight") == "", "nothing new is nothing to say"
    assert presenter.undo() == ("theme", "light")
    assert presenter.undo() is None


def cashier(shell: Shell) -> Shell:
    shell.desk.house.session = view(operator_id="c", name="김서은", role=Role.CASHIER)
    shell.go("settings")
    return shell


def test_what_a_cashier_may_not_change_says_so_and_offers_a_pin(open_shell: Open) -> None:
    shell = cashier(open_shell())
    screen = shell.current
    screen.groups.key("money").click()
    words = screen.findChild(object, "setting_policy.cash_truncation_won_words")
    assert "담당자만 바꿀 수 있어요" in words.text() and "10원" in words.text()
    screen.findChild(object, "setting_policy.cash_truncation_won_100").click()
    assert shell.dialog is not None and shell.dialog.objectName() == "pin_dialog"
    assert screen.presenter.house.settings.get("policy.cash_truncation_won") == ""
    shell.shut_dialog()


def test_a_right_lent_opens_this_visit_only(open_shell: Open) -> None:
    shell = cashier(open_shell())
    screen = shell.current
    given: list[Override | None] = []
    settings = screen.presenter.house.settings
    settings.set = lambda name, value, override=None: (
        given.append(override) or settings.values.update({name: value})
    )
    lent = Override("settings", "김서은", "박영지")
    screen._lent(lent)
    assert "박영지" in screen.told.accessibleName()
    screen.groups.key("money").click()
    screen.findChild(object, "setting_policy.cash_truncation_won_100").click()
    assert given == [lent]
    shell.go("selling")
    shell.go("settings")
    assert shell.current.presenter.lent is None and shell.current.presenter.locked()


def test_a_text_that_is_refused_says_why_under_it(open_shell: Open) -> None:
    shell = open_shell()
    shell.desk.house.session = view(operator_id="c", name="박영지", role=Role.COORDINATOR)
    shell.go("settings")
    screen = shell.current

    def refuse(*_args: object) -> None:
        raise DomainError("barcode.pattern")

    screen.presenter.house.settings.set = refuse
    screen.groups.key("goods").click()
    field = screen.findChild(object, "setting_scale_patterns_field")
    field.set_text("12")
    screen.findChild(object, "setting_scale_patterns_save").click()
    assert "13자리" in field.error() and field.text() == "12", "the value is kept"


@pytest.mark.parametrize(("width", "scale"), [(1366, 100), (1024, 100), (1366, 150), (1024, 200)])
@pytest.mark.parametrize("group", [name for name, _ in groups() if name != "people"])
def test_no_row_is_wider_than_its_list(open_shell: Open, width: int, scale: int, group: str) -> None:
    shell = open_shell(width, 768, scale)
    shell.go("settings")
    screen = shell.current
    screen.groups.key(group).click()
    inside = screen.scroller.widget()
    assert inside.minimumSizeHint().width() <= screen.scroller.viewport().width()
