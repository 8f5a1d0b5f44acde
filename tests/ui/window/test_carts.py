"""Carts put aside, carts left open: nothing that was scanned is lost."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.runtime.paths import Home
from tests.ui.window.driver import Window, opened, settle
from tests.ui.window.homes import KIM, KIM_CODE, KIM_WON, OIL, OIL_CODE, RICE, RICE_CODE

F4, F12, ESCAPE = Qt.Key.Key_F4, Qt.Key.Key_F12, Qt.Key.Key_Escape
ROOT = Path(__file__).resolve().parents[3]
CART = [(OIL, 1000), (KIM, 2000), (RICE, 1000)]


@pytest.fixture
def child(demo: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process with its own window on the home; it has CART open and waits."""
    command = [sys.executable, "-m", "tests.ui.window.child", str(demo), "cart"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def words(process: subprocess.Popen[str]) -> str:
    """What the child says next."""
    assert process.stdout is not None
    said = process.stdout.readline().strip()
    if not said:
        _, errors = process.communicate()
        raise AssertionError(errors)
    return said


@pytest.mark.acceptance("A5")
def test_a_parked_cart_comes_back_as_it_was(morning: Window) -> None:
    for code in (OIL_CODE, KIM_CODE, KIM_CODE, RICE_CODE):
        morning.scan(code)
    morning.press(F4)
    assert morning.cart() == []
    assert "보류했어요" in morning.toast()
    assert morning.find("parked").text() == "보류 1"  # type: ignore[attr-defined]
    morning.scan(KIM_CODE)
    morning.press(F4)
    assert morning.find("parked").text() == "보류 2"  # type: ignore[attr-defined]
    morning.press(F4)
    morning.wait_for("parked")
    morning.touch_row("parked_list", OIL)
    morning.press(F12)
    morning.wait_for("selling")
    assert morning.cart() == CART
    morning.press(F12, F12, F12)
    assert morning.at == "selling"
    morning.press(F4)
    assert morning.cart() == [(KIM, 1000)]


@pytest.mark.acceptance("A5")
def test_the_open_cart_survives_kill_nine(
    qapp: QApplication, demo: Path, child: "subprocess.Popen[str]"
) -> None:
    assert words(child) == "ready"
    child.kill()
    assert child.wait() == -9
    with opened(demo) as window:
        assert window.shell.dialog is not None
        assert any("꺼지기 전 장바구니" in text for text in window.texts())
        window.key("이어서 팔기").click()
        settle()
        assert window.shell.dialog is None
        assert window.cart() == CART
        assert [cart.name for cart in window.house.till.parked()] == [""], "the parked one too"
        window.press(F12, F12, F12)
        assert window.at == "selling"
    with opened(demo) as window:
        assert window.shell.dialog is None, "what was paid is not asked about again"
        assert window.cart() == []


def test_a_window_closed_with_an_open_cart_keeps_it(qapp: QApplication, demo: Path) -> None:
    with opened(demo) as window:
        for code in (OIL_CODE, KIM_CODE, KIM_CODE, RICE_CODE):
            window.scan(code)
    with opened(demo) as window:
        assert window.shell.dialog is not None
        window.press(ESCAPE)
        assert window.cart() == CART, "Esc leaves all as it was"


def test_one_f12_does_not_throw_the_unfinished_cart_away(qapp: QApplication, demo: Path) -> None:
    with opened(demo) as window:
        window.scan(KIM_CODE)
    with opened(demo) as window:
        window.press(F12)
        assert window.cart() == [(KIM, 1000)]


def test_an_unfinished_cart_can_be_let_go_and_taken_back(qapp: QApplication, demo: Path) -> None:
    with opened(demo) as window:
        window.scan(KIM_CODE)
    with opened(demo) as window:
        window.key("비우고 새로 시작").click()
        settle()
        assert window.cart() == []
        window.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
        assert window.cart() == [(KIM, 1000)]
        assert window.said("total") == f"합계 {KIM_WON:,}원"


def test_a_torn_cart_file_does_not_keep_the_till_shut(qapp: QApplication, demo: Path) -> None:
    with opened(demo) as window:
        window.scan(KIM_CODE)
    for path in Home(demo).carts.iterdir():
        path.write_bytes(path.read_bytes()[:-20])
    with opened(demo) as window:
        assert window.shell.dialog is None
        assert window.cart() == []
        window.scan(KIM_CODE)
        assert window.cart() == [(KIM, 1000)]
