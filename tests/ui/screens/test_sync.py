"""주고받기 over a house in memory: what it says, what its keys do, what it leaves alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.domain.errors import DomainError
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.syncing_aside import Aside, Noticed
from pos_app.services.syncing_conflicts import Choice, Conflict
from pos_app.services.syncing_state import HUB, SERVER, PeerState
from pos_app.ui.screens.menu.presenter import MenuPresenter
from pos_app.ui.screens.strip_state import StripState
from pos_app.ui.screens.sync.screen import SyncScreen
from pos_app.ui.shell import Shell
from pos_app.ui.widgets.keys import Key
from tests.ui.screens.fake_market import view

CONFLICT = Conflict(
    "product",
    "p1",
    "unit_price_won",
    "물건 · 사과 5kg",
    "값: 둘 다 고쳤어요",
    (Choice("t1", "28,000원", "박영지", "13:20", True), Choice("t2", "29,000원", "김서은", "13:22", False)),
)
NOTICE = Noticed(
    "fork", "ab" * 32, 3, "한 장부가 두 갈래로 적혔어요", "담당자에게 보여 줘요.", "계산대 R2", "13:20"
)
ASIDE = Aside(
    "aa",
    "계산대 R2의 3번째 기록",
    "계산대 R2",
    "13:20",
    "이 판이 아직 모르는 기록이에요.",
    "새 판으로 올려요.",
)


def to_sync(shell: Shell) -> SyncScreen:
    screen = shell.go("sync")
    assert isinstance(screen, SyncScreen)
    return screen


def find(screen: SyncScreen, name: str) -> QWidget:
    found = [each for each in screen.findChildren(QWidget, name) if not each.isHidden()]
    assert found, name
    return found[-1]


def press(screen: SyncScreen, name: str) -> None:
    key = find(screen, name)
    assert isinstance(key, Key)
    key.click()


def said(screen: SyncScreen) -> str:
    """All that stands on the screen, as it is read out."""
    QApplication.processEvents()
    shown = [each for each in screen.findChildren(QWidget) if each.isVisible()]
    texts = [str(getattr(each, "text", str)()) for each in shown]
    return "\n".join([*(each.accessibleName() for each in shown), *texts])


def test_it_says_what_waits_and_that_it_is_safe(shell: Shell) -> None:
    screen = to_sync(shell)
    words = said(screen)
    assert "12" in find(screen, "sync_unsynced").accessibleName()
    assert "안전하게 저장" in words
    assert "서버 · server.test, 안 닿음" in words
    assert "그대로 팔" in words
    press(screen, "sync_now")
    assert ("now",) in shell.desk.house.sync.calls


def test_never_enrolled_is_no_alarm_and_leads_to_the_form(shell: Shell) -> None:
    shell.desk.house.sync.peers = ()
    screen = to_sync(shell)
    assert "등록하지 않아도 그대로 팔 수 있어요" in said(screen)
    press(screen, "sync_now")
    assert ("now",) not in shell.desk.house.sync.calls
    press(screen, "join_nobody")
    assert find(screen, "sync_url").isVisible()


def test_a_code_is_handed_in(shell: Shell) -> None:
    screen = to_sync(shell)
    press(screen, "sync_tabs_2")
    press(screen, "sync_enrol")
    assert not any(call[0] == "enrol" for call in shell.desk.house.sync.calls)
    QTest.keyClicks(find(screen, "sync_url"), "market.example")
    QTest.keyClicks(find(screen, "sync_code"), "K7-21")
    QTest.keyClick(find(screen, "sync_code"), Qt.Key.Key_Return)
    assert ("enrol", "market.example", "K7-21", None) in shell.desk.house.sync.calls
    assert screen.presenter.tab == "send"
    assert screen.join.code.text() == ""


@pytest.mark.parametrize(
    "error", [DomainError("sync.bad_code"), EnvironmentFault("그 주소에 닿지 않아요.", "다시 눌러요.", True)]
)
def test_what_was_typed_stays_when_it_is_refused(shell: Shell, error: Exception) -> None:
    screen = to_sync(shell)
    sync = shell.desk.house.sync
    press(screen, "sync_tabs_2")
    QTest.keyClicks(find(screen, "sync_url"), "market.example")
    QTest.keyClicks(find(screen, "sync_code"), "K7")
    screen.presenter.may_join = lambda override: None  # type: ignore[method-assign]
    sync.error = error
    press(screen, "sync_enrol")
    assert (screen.join.url.text(), screen.join.code.text()) == ("market.example", "K7")
    assert screen.presenter.tab == "join"


def test_a_laptop_is_added_and_taken_out(shell: Shell) -> None:
    screen = to_sync(shell)
    press(screen, "sync_tabs_2")
    QTest.keyClicks(find(screen, "sync_url"), "192.168.0.5")
    press(screen, "sync_add_hub")
    assert ("add_hub", "192.168.0.5", None) in shell.desk.house.sync.calls
    shell.desk.house.sync.peers += (
        PeerState("http://192.168.0.5:8731", HUB, "bb", ok_at="2026-11-20T05:02:00+00:00"),
    )
    screen.refresh()
    press(screen, "remove_peer_1")
    assert shell.dialog is not None
    assert not any(call[0] == "remove" for call in shell.desk.house.sync.calls)


def test_one_of_two_values_is_chosen(shell: Shell) -> None:
    sync = shell.desk.house.sync
    sync.both, sync.notices, sync.kept = [CONFLICT], [NOTICE], [ASIDE]
    screen = to_sync(shell)
    assert "살펴볼 것 3" in said(screen)
    press(screen, "sync_tabs_1")
    words = said(screen)
    for part in (NOTICE.title, NOTICE.advice, "28,000원", "29,000원", ASIDE.reason, ASIDE.advice):
        assert part in words
    press(screen, "conflict_0_1")
    assert ("choose", "unit_price_won", "t2") in sync.calls
    press(screen, "noticed_0_read")
    assert ("read_notice", "fork") in sync.calls
    assert "살펴볼 것 1" in said(screen)


def test_sticks_are_written_and_read_beside_the_window(shell: Shell, tmp_path: Path) -> None:
    screen = to_sync(shell)
    screen.write_bundle(tmp_path / "a.jangteo")
    assert "412개" in screen.toast().accessibleName() or "412" in said(screen)
    screen.read_bundles([tmp_path / "a.jangteo"])
    assert [call[0] for call in shell.desk.house.sync.calls if "bundle" in call[0]] == [
        "write_bundle",
        "read_bundles",
    ]


def test_the_second_copys_trouble_is_said(shell: Shell) -> None:
    sync = shell.desk.house.sync
    sync.folder, sync.copied = "/media/usb", False
    shell.desk.house.settings.set("second_copy", "/media/usb")
    screen = to_sync(shell)
    assert "USB 없음" in said(screen)
    shell.refresh_strip()
    assert "사본 USB 없음" in "\n".join(each.accessibleName() for each in shell.findChildren(QWidget))
    press(screen, "no_folder_copy")
    assert ("use_folder", "", None) in sync.calls


@pytest.mark.parametrize("scale", [100, 200])
def test_typing_is_not_disturbed_by_what_changes_meanwhile(
    open_shell: Callable[..., Shell], scale: int
) -> None:
    shell = open_shell(1024, 768, scale)
    screen = to_sync(shell)
    press(screen, "sync_tabs_2")
    field = find(screen, "sync_url")
    field.setFocus()
    QTest.keyClicks(field, "market")
    sync = shell.desk.house.sync
    sync.peers = (PeerState("https://server.test", SERVER, "aa", ok_at="2026-11-20T05:00:00+00:00"),)
    screen.refresh()
    QTest.keyClicks(shell.focusWidget(), ".example")
    assert screen.join.url.text() == "market.example"


def test_the_strip_and_the_menu_lead_here(shell: Shell) -> None:
    shell.go("devices")
    key = shell.current.findChild(Key, "devices_sync")
    assert key is not None
    key.click()
    assert shell.current.objectName() == "sync"
    screen = to_sync(shell)
    screen.press_corner()
    assert shell.current.objectName() == "selling"


def test_the_servers_picture_fills_the_form(shell: Shell) -> None:
    screen = to_sync(shell)
    shell.scanned("JTENROL http://192.168.0.5:8731 K7-21")
    assert (screen.join.url.text(), screen.join.code.text()) == ("http://192.168.0.5:8731", "K7-21")
    assert screen.presenter.join_off() == ""
    shell.scanned("8801234567890")  # goods are for the sale
    assert shell.current.objectName() == "selling"


@pytest.mark.parametrize("found", [(), (view(name="박영지 노트북", url="http://192.168.0.5:8731"),)])
def test_laptops_nearby_are_offered(shell: Shell, found: tuple[object, ...]) -> None:
    sync = shell.desk.house.sync
    sync.near = found
    screen = to_sync(shell)
    press(screen, "sync_tabs_2")
    press(screen, "sync_find")
    if not found:
        assert "숫자 주소" in said(screen)
        return
    press(screen, "sync_near_0")
    assert screen.join.url.text() == "http://192.168.0.5:8731"


def test_the_menu_says_that_there_is_something_to_look_at(shell: Shell) -> None:
    shell.go("menu")
    names = [each.accessibleName() + str(getattr(each, "detail", str)) for each in shell.findChildren(Key)]
    assert not any("살펴볼" in name for name in names)
    shell.desk.house.sync.notices = [NOTICE]
    places = MenuPresenter(shell.desk).places()
    assert next(place.detail for place in places if place.name == "sync") == "미전송 12건 · 살펴볼 것 1"


@pytest.mark.parametrize(
    ("fault", "word", "level"),
    [
        ("", "연결됨", "fine"),
        ("offline", "없음", "fine"),
        ("portal", "와이파이 로그인", "amber"),
        ("refused", "다시 등록", "amber"),
    ],
)
def test_the_strip_is_grey_without_a_network_and_amber_when_a_hand_is_needed(
    shell: Shell, fault: str, word: str, level: str
) -> None:
    at = "2026-11-20T04:57:00+00:00"
    shell.desk.house.sync.peers = (PeerState("https://server.test", SERVER, "aa", fault, at, at),)
    cells: dict[str, tuple[str, ...]] = {}
    strip = view(set_cell=lambda name, *said: cells.__setitem__(name, said), set_till=lambda *said: None)
    StripState(strip).refresh(shell.desk.house, True)
    assert (cells["network"][1], cells["network"][3]) == (word, level)
