"""What goes wrong is said in a sentence, and the sale screen stays alive."""

import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.domain.errors import DomainError
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.ui.shell import Shell
from pos_app.ui.widgets.dialog import Dialog
from tests.ui.window.driver import Window, opened, settle, until
from tests.ui.window.homes import KIM, KIM_CODE, KIM_WON, OIL_CODE, RICE, RICE_CODE

F12, ESCAPE = Qt.Key.Key_F12, Qt.Key.Key_Escape


@pytest.fixture
def closed_port() -> int:
    """A port of this machine at which nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def no_printer(qapp: QApplication, demo: Path, closed_port: int) -> Iterator[Window]:
    """The window of a till whose printer does not answer."""
    with opened(
        demo, ready=lambda house: house.settings.set("printer_uri", f"socket://127.0.0.1:{closed_port}")
    ) as window:
        yield window


@pytest.mark.acceptance("A14")
def test_a_printer_that_is_away_holds_no_sale_up_and_is_told_of(no_printer: Window) -> None:
    window = no_printer
    before = len(window.house.returns.recent(500))
    window.scan(KIM_CODE)
    window.press(F12, F12)
    assert window.at == "change", "not a moment's wait"
    assert len(window.house.returns.recent(500)) == before + 1
    until(lambda: window.house.papers.status().needs_hand, "the spooler finds out")
    until(lambda: window.there("printer_notice"), "the change screen says so while it stands there")
    notice = "\n".join(window.texts())
    assert "판매는 저장됐어요" in notice
    until(
        lambda: "지금 고쳐 주세요" in window.find("strip_printer").accessibleDescription(),
        "the strip turns red",
    )
    window.press(F12)
    window.scan(RICE_CODE)
    window.press(F12, F12)
    assert window.at == "change"
    assert window.there("printer_notice")
    assert len(window.house.papers.queue()) >= 2, "both papers wait"


def test_a_rule_that_says_no_is_said_and_the_cart_stays(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.scan(KIM_CODE)

    def refuse(self: object, *_: object, **__: object) -> None:
        raise DomainError("stock.blocked", left_milli=0)

    monkeypatch.setattr(type(window.house.till), "add", refuse)
    window.touch_tile(RICE)
    assert window.shell.dialog is None
    assert "다 팔려서 더 담을 수 없어요" in window.toast()
    assert window.cart() == [(KIM, 1000)]
    monkeypatch.undo()
    window.scan(RICE_CODE)
    window.press(F12, F12)
    assert window.at == "change"


def test_a_bug_in_a_slot_keeps_the_sale(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    window.scan(KIM_CODE)

    def broken(*_: object) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr(type(window.selling.presenter), "counts", broken)
    window.scan(RICE_CODE)
    settle()
    assert window.shell.dialog is not None
    assert any("뜻밖의 일이 생겼어요" in words for words in window.texts())
    assert any("nobody foresaw this" in bug for bug in window.bugs), "written down"
    monkeypatch.undo()
    window.bugs.clear()
    window.touch(window.key("이어서 팔기"))
    settle()
    assert window.cart() == [(KIM, 1000), (RICE, 1000)]
    window.press(F12, F12)
    assert window.at == "change"


def test_a_disk_that_is_full_refuses_the_sale_and_loses_nothing(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(window.house.returns.recent(500))
    window.scan(KIM_CODE)

    def full(*_: object, **__: object) -> None:
        raise EnvironmentFault("디스크가 가득 차서 저장하지 못했어요.", "자리를 만든 뒤 다시 눌러요.")

    monkeypatch.setattr(type(window.house.till), "complete", full)
    window.press(F12, F12)
    assert window.at == "tender"
    assert any("디스크가 가득 차서" in words for words in window.texts())
    assert len(window.house.returns.recent(500)) == before
    monkeypatch.undo()
    window.press(ESCAPE)
    assert window.shell.dialog is None
    window.press(F12)
    assert window.at == "change"
    assert len(window.house.returns.recent(500)) == before + 1


def test_a_second_press_while_the_sale_is_stored_does_not_sell_twice(window: Window) -> None:
    before = len(window.house.returns.recent(500))
    window.scan(KIM_CODE)
    window.press(F12)
    window.press(F12, F12, F12)  # an impatient finger: 받음, 다음 손님, 결제 with nothing in the cart
    assert window.at == "selling"
    assert len(window.house.returns.recent(500)) == before + 1


def test_a_damaged_store_is_said_in_the_window(qapp: QApplication, demo: Path) -> None:
    path = Home(demo).database
    data = bytearray(path.read_bytes())
    data[:16] = b"not a database!!"
    path.write_bytes(bytes(data))
    with opened(demo) as window:
        assert not window.shell.ready
        assert window.there("cannot_open") or window.there("rescue")
        assert any("장부 파일이 상했어요" in words for words in window.texts())
        window.touch(window.key("닫기"))
        settle()
        assert not window.shell.isVisible()


@pytest.mark.parametrize("change", ["scale", "theme"])
def test_changing_the_look_keeps_the_cart(window: Window, change: str) -> None:
    window.scan(KIM_CODE)
    control = Qt.KeyboardModifier.ControlModifier
    window.press(*(("+",) if change == "scale" else (Qt.Key.Key_D,)), modifier=control)
    settle()
    assert window.house.settings.get("type_scale" if change == "scale" else "theme") in ("125", "daylight")
    assert window.cart() == [(KIM, 1000)]
    assert window.said("total") == f"합계 {KIM_WON:,}원"
    window.scan(OIL_CODE)
    window.press(F12, F12)
    assert window.at == "change"


def test_a_bug_while_a_bug_is_being_told_ends_there(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    window.scan(KIM_CODE)

    def broken(*_: object) -> None:
        raise RuntimeError("again")

    told: list[str] = []
    before = type(window.shell).take_dialog

    def take(shell: Shell, dialog: Dialog) -> None:
        before(shell, dialog)
        told.append(dialog.objectName())
        if len(told) < 20:
            sys.excepthook(RuntimeError, RuntimeError("inside"), None)

    monkeypatch.setattr(type(window.shell), "take_dialog", take)
    monkeypatch.setattr(type(window.selling.presenter), "counts", broken)
    window.scan(RICE_CODE)
    monkeypatch.undo()
    assert len(told) == 1, "one apology is enough"
    window.bugs.clear()
    window.touch(window.key("이어서 팔기"))
    settle()
    assert window.cart() == [(KIM, 1000), (RICE, 1000)]
