"""What speaks to people: toast, dialog, notice, field, strip, and the focus ring."""

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.dialog import Dialog, ask
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.focus_ring import RING, FocusRing
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.strip import Strip
from pos_app.ui.widgets.toast import PLAIN_MS, UNDO_MS, Toast

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    theme.set(width=1024, height=700)
    made.resize(1024, 700)
    made.show()
    made.activateWindow()
    return made


def test_a_toast_takes_back_once(window: QWidget, qtbot: QtBot) -> None:
    toast = Toast(window)
    taken: list[str] = []
    toast.show("사과 5kg을 뺐어요", lambda: taken.append("사과"))
    assert toast.text() == "사과 5kg을 뺐어요"
    qtbot.mouseClick(toast.undo_key, LEFT)
    assert taken == ["사과"]
    assert toast.text() == ""
    assert not toast.undo()
    assert taken == ["사과"]


def test_there_is_one_toast_at_a_time(window: QWidget) -> None:
    toast = Toast(window)
    taken: list[str] = []
    toast.show("하나", lambda: taken.append("하나"))
    toast.show("둘", lambda: taken.append("둘"))
    assert toast.undo()
    assert taken == ["둘"]


def test_a_toast_goes_by_itself(window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (UNDO_MS, PLAIN_MS) == (10_000, 4_000)
    monkeypatch.setattr("pos_app.ui.widgets.toast.PLAIN_MS", 20)
    toast = Toast(window)
    toast.show("보류했어요")
    assert not toast.undo_key.isVisible()
    qtbot.waitUntil(lambda: not toast.isVisible(), timeout=2000)


def test_a_toast_stays_at_the_bottom_left(window: QWidget) -> None:
    toast = Toast(window)
    toast.show("사과 5kg을 뺐어요", lambda: None)
    assert toast.x() == 12
    assert toast.geometry().bottom() < window.height()
    window.resize(1200, 800)
    QCoreApplication.processEvents()
    assert toast.geometry().bottom() > 700
    assert toast.undo_key.height() >= 56


def test_a_question_starts_on_the_safe_verb_and_esc_leaves_all_as_it_was(
    window: QWidget, qtbot: QtBot
) -> None:
    opener = Key("판매 취소", parent=window)
    opener.show()
    opener.setFocus()
    done: list[str] = []
    dialog = ask(window, "판매를 취소할까요?", "카드 승인도 취소해야 해요.", "그대로 두기", "취소하기",
                 lambda: done.append("act"), lambda: done.append("safe"), danger=True)  # fmt: skip
    focus = QApplication.focusWidget()
    assert isinstance(focus, Key)
    assert focus.objectName() == "ask_safe"
    assert dialog.accessibleName() == "판매를 취소할까요?"
    qtbot.keyClick(focus, Qt.Key.Key_Escape)
    assert done == ["safe"]
    assert QApplication.focusWidget() is opener


def test_the_other_verb_acts(window: QWidget, qtbot: QtBot) -> None:
    done: list[str] = []
    dialog = ask(
        window, "봉인할까요?", "계산대 16대, 420건", "그대로 두기", "봉인하기", lambda: done.append("act")
    )
    act = dialog.findChild(Key, "ask_act")
    assert isinstance(act, Key)
    qtbot.mouseClick(act, LEFT)
    assert done == ["act"]
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: window.findChild(QWidget, "scrim") is None)


def test_tab_stays_in_the_dialog_and_presses_do_not_reach_below(window: QWidget, qtbot: QtBot) -> None:
    below = Key("아래", parent=window)
    below.setGeometry(0, 0, 200, 80)
    below.show()
    presses: list[int] = []
    below.clicked.connect(lambda: presses.append(1))
    dialog = ask(window, "물음", "문장", "가", "나", lambda: None)
    for _ in range(5):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert dialog.isAncestorOf(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    scrim = window.findChild(QWidget, "scrim")
    assert scrim is not None
    assert scrim.geometry() == window.rect()
    assert window.childAt(10, 10) is scrim
    qtbot.mouseClick(scrim, LEFT, pos=below.geometry().center())
    assert presses == []
    dialog.leave()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_dialog_fits_its_window(window: QWidget, theme: Theme, scale: float) -> None:
    theme.set(scale=scale)
    dialog = Dialog(window, "처음 보는 바코드예요", "8801471049756")
    name = Field("name", "이름", "이름", dialog)
    dialog.body.addWidget(name)
    dialog.add_key(Key("이 가격으로 담기", role="primary"))
    dialog.open_over(name.edit)
    QCoreApplication.processEvents()
    assert dialog.width() <= 880
    assert window.rect().adjusted(16, 16, -16, -16).contains(dialog.geometry())
    assert name.edit.hasFocus()
    window.resize(1100, 760)
    QCoreApplication.processEvents()
    assert abs(dialog.geometry().center().x() - 550) <= 1
    dialog.shut()


def test_a_wrong_value_stays_and_the_sentence_is_read(theme: Theme, qtbot: QtBot) -> None:
    field = Field("price", "단가", "가격", number=True, unit="원")
    qtbot.addWidget(field)
    field.show()
    low = field.sizeHint().height()
    field.set_text("1,250")
    field.set_error("100원 단위로 넣어 주세요")
    assert field.text() == "1,250"
    assert field.edit.accessibleDescription() == "100원 단위로 넣어 주세요"
    assert field.sizeHint().height() > low >= 56
    field.set_error(None)
    assert field.sizeHint().height() == low
    assert (field.edit.objectName(), field.edit.accessibleName()) == ("price", "단가")


def test_a_field_shows_the_hint_that_has_room(theme: Theme, qtbot: QtBot) -> None:
    field = Field("search", "물건 찾기", "이름·초성·업체로 찾기 (ㅅㄱ → 사과)\n찾기")
    qtbot.addWidget(field)
    field.resize(600, 56)
    field.show()
    assert field.edit.placeholderText().startswith("이름")
    field.resize(160, 56)
    assert field.edit.placeholderText() == "찾기"
    field.resize(60, 56)
    assert field.edit.placeholderText() == ""


def test_a_notice_tells_and_offers(theme: Theme, qtbot: QtBot) -> None:
    notice = Notice("판매는 저장됐어요.", "danger", "인쇄기에 종이가 없어요.", "다시 인쇄하기", "printer")
    qtbot.addWidget(notice)
    notice.show()
    pressed: list[int] = []
    notice.pressed.connect(lambda: pressed.append(1))
    qtbot.mouseClick(notice.key, LEFT)
    assert pressed == [1]
    assert notice.accessibleName() == "인쇄기에 종이가 없어요. 판매는 저장됐어요."
    notice.set("다 됐어요.", "ok")
    assert not notice.key.isVisible()


def test_an_empty_place_says_the_next_step(theme: Theme, qtbot: QtBot) -> None:
    empty = Empty("search", "맞는 물건이 없어요", "새 물건을 넣어요.", "새 물건 넣기", "plus")
    qtbot.addWidget(empty)
    empty.show()
    with qtbot.waitSignal(empty.pressed, timeout=500):
        qtbot.mouseClick(empty.key, LEFT)
    assert "새 물건을 넣어요" in empty.accessibleName()


def test_the_strip_rises_and_is_announced_once(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("pos_app.ui.widgets.strip.announce", lambda part: told.append(part.accessibleName()))
    strip = Strip()
    qtbot.addWidget(strip)
    strip.resize(1024, 56)
    strip.show()
    strip.set_till("계산대 2 · 박영지", "한전 완판장터 · 11-20 (금)")
    strip.set_cell("printer", "인쇄기", "준비됨", "printer")
    assert told == []
    for _ in range(3):
        strip.set_cell("printer", "인쇄기", "종이 없음", "printer", "red")
    assert told == ["인쇄기 종이 없음"]
    assert strip.part("printer").accessibleDescription()
    pressed: list[str] = []
    strip.cell.connect(pressed.append)
    strip.menu.connect(lambda: pressed.append("menu"))
    qtbot.mouseClick(strip.part("printer"), LEFT)
    qtbot.keyClick(strip.part("printer"), Qt.Key.Key_Return)
    qtbot.mouseClick(strip.part("menu"), LEFT)
    assert pressed == ["printer", "printer", "menu"]
    assert min(strip.part("printer").width(), strip.part("menu").width()) >= 56


def test_the_ring_follows_keys_and_hides_from_fingers(window: QWidget, qtbot: QtBot) -> None:
    column = QVBoxLayout(window)
    first, second = QLineEdit(), Key("둘")
    column.addWidget(first)
    column.addWidget(second)
    QCoreApplication.processEvents()
    ring = FocusRing(window)
    first.setFocus()
    QCoreApplication.processEvents()
    assert not ring.isVisible()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    around = QRect(second.mapTo(window, second.rect().topLeft()), second.size())
    assert ring.isVisible()
    assert ring.geometry() == around.adjusted(-RING, -RING, RING, RING)
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    qtbot.mouseClick(second, LEFT)
    assert not ring.isVisible()


def test_the_ring_goes_round_the_box_of_a_field(window: QWidget, qtbot: QtBot) -> None:
    field = Field("price", "단가", parent=window)
    field.setGeometry(40, 40, 300, 120)
    field.set_error("100원 단위로 넣어 주세요")
    field.show()
    ring = FocusRing(window)
    field.setFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_1)
    assert ring.geometry() == QRect(40, 40, 300, 56).adjusted(-RING, -RING, RING, RING)
