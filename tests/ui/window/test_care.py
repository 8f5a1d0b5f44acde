"""Copies, take-over, doctor and rescue in the real window."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap import open_house
from pos_app.runtime import crashes
from pos_app.runtime.faults import DamagedStore
from pos_app.runtime.paths import Home
from pos_app.services.opening import DAMAGED
from pos_app.ui.keeping_copies import KeepingCopies
from tests.ui.window.driver import Window, opened, rest, settle, until
from tests.ui.window.homes import KIM_CODE

F12 = Qt.Key.Key_F12


def sales(window: Window) -> int:
    return len(window.house.returns.recent(500))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def go(window: Window, name: str) -> None:
    window.shell.go(name)
    rest()
    settle()


def test_the_menu_leads_to_copies_and_a_copy_is_made(window: Window, stick: Path) -> None:
    window.house.backups.choose(str(stick))
    window.press(Qt.Key.Key_F10)
    window.touch_named("menu_backup")
    rest()
    settle()
    window.press(F12)
    rest()
    settle()
    assert "기록" in window.toast() and "맞아요" in window.toast()
    until(lambda: "사본이 두 곳에 있어요" in window.said("backup_state"), "the new state")
    assert len(list(stick.rglob("*.backup"))) == 1
    window.press(Qt.Key.Key_Escape)
    assert window.at == "selling"


def test_the_place_is_chosen_among_sticks(
    window: Window, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos_app.ui.screens.backup.presenter.sticks", lambda: [stick])
    go(window, "backup")
    assert "아직 사본이 없어요" in window.said("backup_state")
    window.touch_named("backup_choose")
    window.touch(window.key("USB stick"))
    rest()
    settle()
    assert window.house.settings.get("backup_place") == str(stick)
    assert len(list(stick.rglob("*.backup"))) == 1


def test_what_a_copy_has_and_the_books_lack_is_brought_back(
    window: Window, demo: Path, tmp_path: Path
) -> None:
    early = tmp_path / "early.backup"
    window.house.backups.to_file(early)
    go(window, "backup")
    screen = window.shell.current
    screen.look_into(early)  # type: ignore[attr-defined]
    until(lambda: "모두 여기에 있어요" in window.toast(), "nothing is missing")
    with window.house.database.write() as rows:
        key = rows.one('SELECT "key" FROM "head" ORDER BY "hlc" DESC LIMIT 1')
        assert key is not None
        rows.run('DELETE FROM "event" WHERE "key" = ?', key[0])
    screen.look_into(early)  # type: ignore[attr-defined]
    until(lambda: window.there("ask_act"), "asked")
    assert any("1개" in words for words in window.texts())
    window.touch_named("ask_act")
    until(lambda: "되찾았어요" in window.toast(), "taken back")


@pytest.mark.acceptance("A43")
def test_beside_the_window_a_copy_is_made_after_the_close(window: Window, stick: Path) -> None:
    window.house.backups.choose(str(stick))
    keeping = KeepingCopies(window.shell)
    keeping.look()
    rest()
    assert len(list(stick.rglob("*.backup"))) == 1
    assert Home(window.house.desk.home.root).ballast.exists()
    window.sell(KIM_CODE)
    keeping.look()
    rest()
    assert len(list(stick.rglob("*.backup"))) == 1, "not each sale"
    won = window.house.shifts.count([(50_000, 1)]).expected_won
    window.house.shifts.count([(1, won)] if won < 0 else [(10, won // 10)])
    window.house.shifts.close("까닭")
    window.house.desk.clock.offset += timedelta(seconds=2)  # another name for the file
    keeping.look()
    rest()
    assert len(list(stick.rglob("*.backup"))) == 2


@pytest.mark.acceptance("A44")
def test_a_spare_takes_over_in_the_window(
    window: Window, stick: Path, tmp_path: Path, qapp: QApplication
) -> None:
    window.sell(KIM_CODE)
    copy = stick / "R1.backup"
    window.house.backups.to_file(copy)
    go(window, "take_over")
    screen = window.shell.current
    screen.add(copy)  # type: ignore[attr-defined]
    rest()
    settle()
    assert any(words.startswith("계산대 1 ·") for words in window.texts())
    window.press(F12)
    window.touch_named("ask_act")
    rest()
    settle()
    assert "이제 이 컴퓨터가 계산대 1이에요" in window.said("take_over_notice")
    window.press(F12)
    window.wait_for("selling")
    before = sales(window)
    window.sell(KIM_CODE)
    assert sales(window) == before + 1


@pytest.mark.acceptance("A44")
def test_a_spare_that_was_never_used_takes_over_from_a_stick(
    qapp: QApplication, demo: Path, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = open_house(demo)
    old.backups.choose(str(stick))
    old.backups.run()
    count = len(old.returns.recent(500))
    old.close()
    monkeypatch.setattr("pos_app.ui.screens.backup.taking.sticks", lambda: [stick])
    with opened(tmp_path / "spare") as window:
        assert window.at == "first_run"
        go(window, "take_over")
        window.press(Qt.Key.Key_Escape)
        assert window.at == "first_run"
        go(window, "take_over")
        until(lambda: any(words.startswith("계산대 1 ·") for words in window.texts()), "found on the stick")
        window.press(F12)
        window.touch_named("ask_act")
        until(lambda: "이제 이 컴퓨터가" in window.said("take_over_notice"), "taken over")
        settle()
        window.press(F12)
        window.wait_for("selling")
        assert sales(window) == count
        window.sell(KIM_CODE)
        assert sales(window) == count + 1


def test_the_doctor_says_what_is_wrong_and_packs_a_bundle(window: Window, tmp_path: Path) -> None:
    go(window, "doctor")
    assert "팔아도 돼요" in window.said("doctor_state")
    window.shell.current.save(tmp_path)  # type: ignore[attr-defined]
    rest()
    settle()
    assert list(tmp_path.glob("jangteo-R1-*.zip"))
    window.touch_named("doctor_copy")
    assert "장부의 사슬" in QApplication.clipboard().text()
    window.press(F12)
    rest()
    settle()
    assert window.at == "doctor"


@pytest.mark.acceptance("A43")
@pytest.mark.parametrize("how", ["head", "gone", "middle"])
def test_a_broken_store_at_the_start_offers_restore_and_the_sale_goes_on(
    qapp: QApplication, demo: Path, how: str
) -> None:
    home = Home(demo)
    house = open_house(demo)
    count = len(house.returns.recent(500))
    house.backups.run()
    house.close()
    if how == "gone":
        home.database.unlink()
    elif how == "head":
        data = bytearray(home.database.read_bytes())
        data[:16] = b"not a database!!"
        home.database.write_bytes(bytes(data))
    else:
        (home.root / DAMAGED).touch()  # as the look at the store leaves it
    with opened(demo) as window:
        assert not window.shell.ready
        until(lambda: window.there("rescue"), "the newest copy is offered")
        assert any("가장 새로운 사본은" in words for words in window.texts())
        window.touch_named("rescue_act")
        until(lambda: window.there("rescue_done"), "restored")
        window.touch_named("rescue_go")
        until(lambda: window.shell.ready, "the house is open")
        settle()
        assert sales(window) == count
        window.sell(KIM_CODE)
        assert sales(window) == count + 1
    assert (home.aside / "1").is_dir()


def test_a_store_that_opens_all_the_same_may_be_used_as_it_is(qapp: QApplication, demo: Path) -> None:
    house = open_house(demo)
    house.backups.run()
    house.close()
    (demo / DAMAGED).touch()
    with opened(demo) as window:
        until(lambda: window.there("rescue"), "asked")
        window.touch_named("rescue_as_is")
        until(lambda: window.shell.ready, "the house is open")
        settle()
        window.sell(KIM_CODE)
    assert not (demo / DAMAGED).exists()


def test_without_a_copy_the_window_says_where_to_look(qapp: QApplication, demo: Path) -> None:
    Home(demo).database.write_bytes(b"not a database!!" * 100)
    with opened(demo) as window:
        until(lambda: window.there("rescue"), "no copy")
        assert any("사본을 찾지 못했어요" in words for words in window.texts())
        window.touch_named("rescue_close")
        settle()
        assert not window.shell.isVisible()


def test_a_store_found_damaged_while_open_is_told(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(window.house.backups), "sound", lambda self: False)
    KeepingCopies(window.shell).look()
    rest()
    settle()
    assert window.there("store_damaged")
    window.touch_named("store_damaged_later")
    settle()
    window.sell(KIM_CODE)


def test_what_nobody_foresaw_is_shown_once_at_the_next_start(qapp: QApplication, demo: Path) -> None:
    crashes.keep(Home(demo).crashes, ValueError("x"))
    with opened(demo) as window:
        until(lambda: window.there("crash_report"), "shown at the start")
        window.touch_named("crash_copy")
        assert "ValueError" in QApplication.clipboard().text()
        window.touch_named("crash_close")
        settle()
        window.sell(KIM_CODE)
    with opened(demo) as window:
        rest()
        settle()
        assert not window.there("crash_report")


def test_the_error_itself_says_which_home(demo: Path) -> None:
    Home(demo).database.write_bytes(b"not a database!!" * 100)
    with pytest.raises(DamagedStore) as caught:
        open_house(demo)
    assert caught.value.home == demo
