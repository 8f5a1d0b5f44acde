"""The power goes while a card is being charged: the till asks, and the sale is there once or not at all."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.window.driver import Window, opened, rest, settle
from tests.ui.window.homes import KIM, KIM_CODE, KIM_WON, OIL, OIL_CODE, OIL_WON, RICE, RICE_CODE

F5, F6, F10, F12 = Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F10, Qt.Key.Key_F12
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
ROOT = Path(__file__).resolve().parents[3]


def cut_off(home: Path, cash: str = "", code: str = OIL_CODE) -> None:
    """A window that ends in the card tender, with so much cash received before."""
    with opened(home) as window:
        window.scan(code)
        window.press(F12)
        if cash:
            window.type(cash)
            window.press(ENTER)
        window.press(F6)
        rest()


def asked(window: Window) -> None:
    window.find("cut_off")
    settle()


def sold(window: Window) -> int:
    return len(window.house.returns.recent(1000))


@pytest.fixture
def child(fresh: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process with its own window on the home, in the card tender, waiting to be killed."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from tests.ui.window.driver import opened, rest, until\n"
        "from tests.ui.window.homes import OIL_CODE, KIM_CODE\n"
        "from tests.ui.window.test_intent import F6, F12\n"
        "app = QApplication([])\n"
        "with opened(Path(sys.argv[1])) as window:\n"
        "    window.scan(OIL_CODE)\n"
        "    window.scan(KIM_CODE)\n"
        "    window.press(F12, F6)\n"
        "    until(lambda: not window.shell.current._flush.isActive(), 'flushed')\n"
        "    rest()\n"
        "    print('ready', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(fresh)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.acceptance("A5")
def test_kill_nine_while_the_card_is_charged(
    qapp: QApplication, fresh: Path, child: "subprocess.Popen[str]"
) -> None:
    assert child.stdout is not None and child.stdout.readline() == "ready\n"
    child.kill()
    assert child.wait() == -9
    with opened(fresh) as window:
        asked(window)
        assert window.cart() == [(OIL, 1000), (KIM, 1000)], "the goods are there at once"
        assert "카드 승인 영수증이 나왔나요?" in window.texts()
        assert any(f"카드로 {OIL_WON + KIM_WON:,}원 받던 중에 꺼졌어요" in words for words in window.texts())
        window.touch_named("cut_off_came_out")
        window.find("ask_text")
        window.type("30128841")
        window.press(ENTER)
        window.wait_for("change")
        row = window.house.returns.recent(1)[0]
        assert (row.total_won, row.tender, sold(window)) == (OIL_WON + KIM_WON, "card", 1)
        window.press(F12)
        assert window.cart() == []
    with opened(fresh) as window:
        rest()
        assert window.shell.dialog is None
        assert sold(window) == 1, "never twice"


@pytest.mark.acceptance("A11")
def test_the_number_of_the_slip_may_come_later(qapp: QApplication, fresh: Path) -> None:
    cut_off(fresh)
    with opened(fresh) as window:
        asked(window)
        window.touch_named("cut_off_came_out")
        window.find("ask_text")
        window.press(ENTER)
        window.wait_for("change")
        todo = [item.text for item in window.house.shifts.open_items()]
        assert any("승인번호" in words or "카드" in words for words in todo), todo


def test_no_slip_no_sale(qapp: QApplication, fresh: Path) -> None:
    cut_off(fresh)
    with opened(fresh) as window:
        asked(window)
        window.touch_named("cut_off_not_out")
        settle()
        assert (window.at, window.cart(), sold(window)) == ("selling", [(OIL, 1000)], 0)
        assert "담은 것은 그대로 있어요" in window.toast()
        window.press(F12)
        assert window.said("received").startswith("받은 금액"), "money is taken anew"
    with opened(fresh) as window:
        rest()
        assert not window.there("cut_off"), "answered once"
        assert any("꺼지기 전 장바구니" in words for words in window.texts())


def test_esc_leaves_the_question_for_later(qapp: QApplication, fresh: Path) -> None:
    cut_off(fresh)
    with opened(fresh) as window:
        asked(window)
        window.press(F12)
        assert window.there("cut_off"), "no corner key answers it by accident"
        window.press(ESCAPE)
        settle()
        assert window.shell.dialog is None
        window.press(F10)
        window.press(ESCAPE)
        asked(window)
        window.press(ESCAPE)
        window.press(F12)
        assert window.said("received") == f"카드 금액 {OIL_WON:,}원, 2만 1,000원", "taken up where it stopped"


def test_money_received_before_the_card_comes_back_too(qapp: QApplication, fresh: Path) -> None:
    cut_off(fresh, "5000")
    with opened(fresh) as window:
        asked(window)
        assert any("5,000원" in words for words in window.texts())
        window.touch_named("cut_off_not_out")
        window.wait_for("tender")
        assert window.said("due") == f"남은 금액 {OIL_WON - 5000:,}원"
        window.press(F12)
        window.wait_for("change")
        assert sold(window) == 1


def test_money_alone_is_offered_again(qapp: QApplication, fresh: Path) -> None:
    with opened(fresh) as window:
        window.scan(OIL_CODE)
        window.press(F12)
        window.type("5000")
        window.press(ENTER)
    with opened(fresh) as window:
        asked(window)
        assert "꺼지기 전에 받던 돈이 있어요" in window.texts()
        window.touch_named("cut_off_go_on")
        window.wait_for("tender")
        assert window.said("due") == f"남은 금액 {OIL_WON - 5000:,}원"
    with opened(fresh) as window:
        asked(window)
        window.touch_named("cut_off_given_back")
        settle()
        assert (window.at, window.cart()) == ("selling", [(OIL, 1000)])


def test_a_card_for_a_part_leaves_the_rest_to_be_received(qapp: QApplication, fresh: Path) -> None:
    with opened(fresh) as window:
        window.scan(OIL_CODE)
        window.press(F12, F6)
        window.type("10000")
        rest()
    with opened(fresh) as window:
        asked(window)
        window.touch_named("cut_off_came_out")
        window.find("ask_text")
        window.press(ENTER)
        window.wait_for("tender")
        assert window.said("due") == f"남은 금액 {OIL_WON - 10_000:,}원"
        window.press(F12)
        window.wait_for("change")
        assert window.house.returns.sale(window.house.returns.recent(1)[0].sale_id).tenders == (
            ("card", 10_000),
            ("cash", OIL_WON - 10_000),
        )


def test_going_back_or_scanning_on_forgets_a_card_that_was_not_used(morning: Window) -> None:
    payment = morning.house.till.payment
    for leave in (
        lambda: morning.press(ESCAPE),
        lambda: morning.scan(KIM_CODE),
        lambda: morning.touch_named("back_to_selling"),
    ):
        morning.scan(OIL_CODE)
        morning.press(F12, F6)
        assert payment.begun()
        leave()
        assert (morning.at, payment.begun()) == ("selling", False)
        morning.press(F12)
        assert morning.said("received").startswith("받은 금액")
        morning.press(ESCAPE)


def test_another_tender_takes_the_card_back(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12, F6)
    assert morning.house.till.payment.begun()
    morning.press(F5)
    assert not morning.house.till.payment.begun()


def test_the_key_back_asks_for_money_that_was_received(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12)
    morning.type("5000")
    morning.press(ENTER)
    morning.touch_named("back_to_selling")
    assert morning.at == "tender"
    morning.key("돌려주고 판매로").click()
    settle()
    assert (morning.at, morning.house.till.payment.begun()) == ("selling", False)


def test_a_look_elsewhere_keeps_what_was_received(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12)
    morning.type("5000")
    morning.press(ENTER)
    morning.press(F10)
    morning.wait_for("menu")
    morning.press(ESCAPE)
    morning.press(F12)
    assert morning.said("due") == f"남은 금액 {OIL_WON - 5000:,}원"
    morning.press(Qt.Key.Key_Plus, modifier=Qt.KeyboardModifier.ControlModifier)
    settle()
    assert morning.shell.theme.metrics.scale == 1.25
    assert morning.at == "tender", "where it was"
    assert "16,000원" in " ".join(morning.texts()), "and so does larger type"


def test_what_is_scanned_before_the_answer_is_in_the_cart(qapp: QApplication, fresh: Path) -> None:
    cut_off(fresh)
    with opened(fresh) as window:
        asked(window)
        window.press(ESCAPE)
        window.scan(RICE_CODE)
        assert window.cart() == [(OIL, 1000), (RICE, 1000)]
