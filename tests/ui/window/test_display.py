"""The customer's screen: what it shows, that it is cheap, and that it never touches the till."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from pos_app.services.house import House
from pos_app.ui.customer_display.attendant import CustomerDisplay, code_of
from pos_app.ui.customer_display.face import Face
from pos_app.ui.customer_display.painter import FacePainter
from pos_app.ui.customer_display.window import DisplayWindow
from tests.ui.window.driver import Window, opened, rest, settle, until
from tests.ui.window.homes import BREAD_CODE, KIM_CODE, LEEK_CODE, OIL_CODE, OIL_WON, RICE_CODE

F5, F8, F12, ENTER = Qt.Key.Key_F5, Qt.Key.Key_F8, Qt.Key.Key_F12, Qt.Key.Key_Return
ACCOUNT = "농협 301-0000-0000-01, 가치키움 사회적협동조합"
ROOT = Path(__file__).resolve().parents[3]


def dressed(house: House) -> None:
    house.settings.set("customer_display", "on")
    house.settings.set("transfer_account", ACCOUNT)


def display(window: Window) -> CustomerDisplay:
    until(lambda: window.shell.findChildren(CustomerDisplay), "the display's attendant")
    (found,) = window.shell.findChildren(CustomerDisplay)
    return found


def shown(window: Window) -> DisplayWindow:
    found = display(window)
    until(lambda: found.window is not None, "the display")
    assert found.window is not None
    return found.window


def face(window: Window) -> Face:
    """What the customer sees now."""
    display(window).look()
    found = shown(window).face
    assert found is not None
    return found


@pytest.fixture
def two(qapp: QApplication, fresh: Path) -> Iterator[Window]:
    """The register's window with a screen for the customer."""
    with opened(fresh, ready=dressed) as window:
        shown(window)
        yield window


def test_one_screen_alone_has_no_display(morning: Window) -> None:
    assert morning.house.settings.get("customer_display") == "auto"
    assert display(morning).window is None


def test_it_follows_a_sale_from_welcome_to_change(two: Window) -> None:
    assert (face(two).kind, face(two).market) == ("idle", "한전 완판장터")
    for code in (OIL_CODE, RICE_CODE, BREAD_CODE, KIM_CODE, KIM_CODE, LEEK_CODE):
        two.scan(code)
    till = two.house.till
    assert (face(two).caption, face(two).big_won) == ("합계", till.priced.total_won)
    assert [row.name for row in face(two).rows] == [line.name for line in till.cart.lines[-5:]]
    two.scan(OIL_CODE)
    assert len(face(two).rows) == 5
    two.scan("8807529170342")  # weighed: nothing is in the cart yet
    two.press(Qt.Key.Key_Escape)
    total = till.priced.total_won
    two.press(F12)
    assert face(two).big_won == total
    two.type("20000")
    two.press(ENTER)
    assert (face(two).caption, face(two).big_won) == ("남은 금액", total - 20_000)
    two.type("100000")
    two.press(F12)
    two.wait_for("change")
    assert (face(two).kind, face(two).big_won) == ("change", 120_000 - total)
    two.press(F12)
    assert face(two).kind == "idle"


def test_the_account_and_its_code_stand_there_only_on_transfer(two: Window) -> None:
    two.scan(OIL_CODE)
    two.press(F12)
    assert (face(two).transfer, face(two).account) == (False, "")
    two.press(F8)
    assert (face(two).transfer, face(two).account) == (True, ACCOUNT)
    rest()
    assert shown(two)._code == (ACCOUNT, code_of(ACCOUNT))
    two.press(F5)
    assert not face(two).transfer


def test_the_code_is_the_text_as_it_was_entered() -> None:
    """Compared with another maker of the same modules, bit for bit."""
    import segno

    rows = code_of(ACCOUNT)
    assert len(rows) == len(rows[0]) >= 21
    assert [list(row) for row in rows] == [list(row) for row in segno.make_qr(ACCOUNT, error="m").matrix]
    assert {bit for row in rows for bit in row} == {0, 1}


def test_customers_see_no_names_costs_or_stock(two: Window) -> None:
    two.scan(OIL_CODE)
    two.house.till.set_customer("비밀 부서")
    two.house.till.set_note(two.house.till.cart.lines[0].key, "비밀 메모")
    two.press(F12, F8)
    two.find("payer").setFocus()
    two.say("홍길동")
    words = repr(face(two))
    for secret in ("비밀", "홍길동", "남음", "새벽"):
        assert secret not in words


def test_it_is_drawn_only_when_something_changed(two: Window) -> None:
    window = shown(two)
    two.scan(OIL_CODE)
    face(two)
    settle()
    before = window.paints
    for _ in range(20):
        display(two).look()
        settle()
    assert window.paints == before
    two.scan(KIM_CODE)
    face(two)
    settle()
    assert before < window.paints <= before + 2


def test_it_never_takes_the_focus_or_a_click(two: Window) -> None:
    window = shown(two)
    assert window.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    assert QApplication.activeWindow() in (two.shell, None)
    two.scan(OIL_CODE)
    assert two.house.till.priced.total_won == OIL_WON
    assert window.accessibleName() == "손님 화면"
    face(two)
    assert window.accessibleDescription() == "합계 21,000원"


def test_a_bug_in_it_leaves_the_sale_alone(two: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object, *_: object) -> None:
        raise RuntimeError("drawing")

    monkeypatch.setattr(FacePainter, "draw", broken)
    two.scan(OIL_CODE)
    display(two).look()
    shown(two).repaint()
    until(lambda: display(two).window is None, "put away")
    assert two.shell.dialog is None, "no apology to the clerk"
    two.press(F12, F12)
    assert two.at == "change"
    assert two.bugs == []


def test_the_setting_puts_it_away_and_brings_it_back(two: Window) -> None:
    two.house.settings.set("customer_display", "off")
    display(two).arrange()
    assert display(two).window is None
    two.house.settings.set("customer_display", "on")
    display(two).arrange()
    assert display(two).window is not None


def test_theme_and_words_follow_the_till_but_not_its_type(two: Window) -> None:
    two.scan(OIL_CODE)
    face(two)
    settle()
    light = shown(two).grab().toImage().pixelColor(QPoint(4, shown(two).height() - 4)).name()
    two.press("d", modifier=Qt.KeyboardModifier.ControlModifier)
    settle()
    daylight = shown(two).grab().toImage().pixelColor(QPoint(4, shown(two).height() - 4)).name()
    assert (light, daylight) == ("#f4f2ec", "#ffffff")
    picture = shown(two).grab().toImage()
    two.press(Qt.Key.Key_Plus, modifier=Qt.KeyboardModifier.ControlModifier)
    until(lambda: two.shell.theme.metrics.scale > 1, "larger type")
    display(two).look()
    assert shown(two).grab().toImage() == picture
    two.shell.look.apply("language", "en")
    until(lambda: face(two).caption != "합계", "English")


def test_it_closes_with_the_till(qapp: QApplication, fresh: Path) -> None:
    with opened(fresh, ready=dressed) as window:
        shown(window)
    settle()
    left = [w for w in QApplication.topLevelWidgets() if isinstance(w, DisplayWindow) and w.isVisible()]
    assert left == []


def test_a_second_screen_is_filled_by_itself(fresh: Path, tmp_path: Path) -> None:
    """A process of its own on two screens, the second one to the right."""
    screens = [
        {"name": "till", "x": 0, "y": 0, "width": 1366, "height": 768},
        {"name": "customer", "x": 1366, "y": 0, "width": 1280, "height": 800},
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from tests.ui.window.driver import opened\n"
        "from tests.ui.window.test_display import shown\n"
        "app = QApplication([])\n"
        "with opened(Path(sys.argv[1])) as window:\n"
        "    place = shown(window).geometry()\n"
        "    print(place.x(), place.y(), place.width(), place.height(), shown(window).isVisible())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(fresh), "-platform", f"offscreen:configfile={config}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        env={**__import__("os").environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
    )
    assert done.stdout.split() == ["1366", "0", "1280", "800", "True"], done.stderr
