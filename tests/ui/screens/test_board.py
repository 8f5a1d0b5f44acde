"""The day's board: what the presenter decides, and what the screen does with it, over a house in memory."""

from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.ui.screens.board.answers import Answer
from pos_app.ui.screens.board.presenter import BoardPresenter
from pos_app.ui.screens.shift.presenter import ClosePresenter
from tests.services.houses import card, open_market, sell
from tests.ui.fakes import FakeHouse
from tests.ui.screens.fake_board import board, line, seal, slip, todo
from tests.ui.screens.fake_market import NOW, view


def seen(house: FakeHouse, *, role: Role = Role.COORDINATOR, **told: object) -> BoardPresenter:
    house.session = view(operator_id="o5", name="김서은", role=role)
    presenter = BoardPresenter(house)
    if told:
        house.day_close.shown = board(**told)
    presenter.take(presenter.load())
    return presenter


@pytest.mark.acceptance("A29")
def test_those_that_hold_up_the_seal_stand_first() -> None:
    states = {12: "silent", 5: "silent", 14: "open", 2: "open"}
    lines = [line(number, states.get(number, "closed"), late=int(number == 9)) for number in range(1, 17)]
    shown = seen(FakeHouse(), lines=lines).shown()
    assert [each.register for each in shown[:7]] == ["R5", "R12", "R2", "R14", "R9", "R1", "R3"]


@pytest.mark.acceptance("A29", "A47")
def test_a_card_is_spoken_with_state_age_and_amount() -> None:
    presenter = seen(FakeHouse())
    card = presenter.card(line(12, "silent", net_won=1_391_100, sales_count=25), NOW)
    assert card.spoken == "계산대 12, 이은현, 소식 없음 38분째 · 25건까지 받음, 1,391,100원, 25건"
    assert presenter.card(line(12, "silent", since="")).foot == "소식을 들은 적이 없어요"
    assert presenter.card(line(3)).foot == "Z 31 · 과부족 0원"
    torn = presenter.card(line(3, gaps=((3, 3), (6, 7))))
    assert (torn.badge, torn.foot) == ("빠짐", "빠진 기록 3, 6~7")
    assert presenter.card(line(3, late=2)).badge == "늦게 옴"
    assert presenter.card(line(9, "open", parked=1)).foot == "보류 1건"
    near = line(9, "open", since=(NOW - timedelta(minutes=8)).isoformat())
    assert presenter.card(near, NOW).foot == "미전송 12건 · 8분"


def test_only_the_own_printer_is_known() -> None:
    presenter = seen(FakeHouse())
    presenter.printer = "용지 없음"
    assert presenter.card(line(2, "open", own=True)).foot == "인쇄기 용지 없음"
    assert "인쇄기" not in presenter.card(line(9, "open")).foot


def test_filters_count_what_they_show() -> None:
    presenter = seen(FakeHouse())
    assert presenter.filters() == [
        ("all", "모두 16"),
        ("silent", "소식 없음 2"),
        ("open", "열림 1"),
        ("closed", "닫음 13"),
    ]
    presenter.filter = "silent"
    assert [each.register for each in presenter.shown()] == ["R5", "R12"]
    assert len(presenter.table()) == 2


@pytest.mark.acceptance("A29")
def test_the_corner_is_off_with_the_count_of_what_is_left() -> None:
    house = FakeHouse()
    presenter = seen(
        house, todos=[todo("silent", "R5"), todo("open", "R2"), todo("cards", "R3", blocking=False)]
    )
    assert (presenter.corner(), presenter.off_reason()) == (
        "하루 봉인하기",
        "할 일 2가지를 마치면 봉인할 수 있어요.",
    )
    assert not presenter.may_provisionally()  # an open till is closed, not overlooked
    presenter = seen(house, todos=[todo("silent", "R5"), todo("gaps", "R7", count=3)])
    assert presenter.may_provisionally()
    assert not seen(house, role=Role.OFFICE).may_provisionally()
    presenter = seen(house, todos=[todo("cards", "R3", blocking=False)])
    assert presenter.off_reason() == ""
    assert "계산대 16대, 456건" in presenter.cut_words()
    assert "남은 할 일 1가지" in presenter.cut_words()
    presenter.seal()
    assert house.day_close.calls == [("seal", False, "", "cut1")]
    assert "담당자만" in seen(house, role=Role.VENDOR).off_reason()


@pytest.mark.acceptance("A29")
def test_what_comes_late_turns_the_corner_into_an_addendum() -> None:
    house = FakeHouse()
    more = view(number=1, at=NOW.isoformat(), reason="늦게 켬", sales_count=2, net_won=3_000)
    presenter = seen(
        house, sealed=True, complete=True, seals=[seal()], addenda=[more], late=("R7",), late_count=3,
        todos=[todo("late", "R7", count=3, blocking=False)],
    )  # fmt: skip
    assert presenter.corner() == "추가 2호 남기기"
    assert [words for words, _ in presenter.history()] == ["봉인 1 · 14:05", "추가 1호 · 14:05 · 늦게 켬"]
    assert presenter.state_words()[1] == "ok"
    presenter.add("또 늦음")
    assert house.day_close.calls == [("add", "또 늦음")]


@pytest.mark.acceptance("A30")
def test_seals_made_apart_are_listed_and_one_is_chosen() -> None:
    two = [seal(1, counts=False), seal(2, counts=False, by="다른 담당")]
    presenter = seen(FakeHouse(), sealed=True, undecided=True, seals=two, late=("R7",))
    assert presenter.act() == "print"
    assert "고를 때까지 잠정" in presenter.state_words()[0]
    assert len(presenter.live()) == 2
    assert presenter.may_reopen()
    assert not seen(FakeHouse(), role=Role.OFFICE, sealed=True, seals=two).may_reopen()
    again = seen(FakeHouse(), seals=[seal(1, counts=False, reopened="빠뜨림")])
    assert again.live() == []
    assert "다시 엶: 빠뜨림" in again.history()[0][0]


def test_slips_that_differ_come_first() -> None:
    slips = [
        slip(register="R1"),
        slip(counted=61_000),
        slip("voucher", 10_000, 5_000),
        slip("transfer", 9, 1, "까닭"),
    ]
    rows = seen(FakeHouse(), slips=slips).slip_rows()
    assert [row.badge for row in rows] == ["다름", "안 봄", "맞음", "적어 둠"]
    assert rows[0].caption == "5,000원 모자라요"
    assert rows[3].caption == "8원 모자라요: 까닭"


def test_a_reason_is_needed(open_shell) -> None:
    shell = open_shell()
    shell.desk.house.session = view(operator_id="o5", name="김서은", role=Role.COORDINATOR)
    shell.desk.house.day_close.shown = board(todos=[todo("silent", "R5")])
    shell.go("board")
    with pytest.raises(DomainError):
        shell.current.presenter.seal("", True)
    shell.current._act("provisionally")
    dialog = shell.dialog
    dialog.field.set_text("")
    dialog.act.click()
    assert "까닭" in shell.current.toast().text()
    assert shell.desk.house.day_close.calls == []


@pytest.mark.acceptance("A29")
def test_the_seal_is_asked_once_and_asks_for_what_was_seen(open_shell) -> None:
    shell = open_shell()
    house = shell.desk.house
    house.session = view(operator_id="o5", name="김서은", role=Role.COORDINATOR)
    house.day_close.shown = board()
    shell.go("board")
    assert shell.current.right.total.accessibleName().startswith("오늘 매출 16,")
    shell.current.press_corner()
    assert house.day_close.calls == []
    shell.dialog.findChildren(type(shell.current.corner), "ask_act")[0].click()
    assert house.day_close.calls == [("seal", False, "", "cut1")]


@pytest.mark.parametrize(
    ("kind", "there"),
    [("silent", "devices"), ("cards", "board"), ("open", "shift_close"), ("parked", "parked")],
)
def test_each_thing_to_do_opens_its_place(open_shell, kind: str, there: str) -> None:
    shell = open_shell()
    shell.desk.house.day_close.shown = board(todos=[todo(kind, "R2")])
    shell.go("board")
    shell.current._do(kind)
    assert shell._name == there
    if kind == "cards":
        assert shell.current.presenter.page == "slips"


@pytest.mark.acceptance("A11")
def test_numbers_told_at_the_close_are_recorded_without_a_sum(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sale = sell(house, [("P002", 1000)], card(21_000, ""))
    view = ClosePresenter(house)
    view.step = "cards"
    assert [item.kind for item in view.items("cards")] == ["card"]
    view.tell("card", Answer(None, numbers=((sale, 1, "30012345"),)))
    view.settle()
    assert view.items("cards") == [] and not house.reconciling.of_day()[0].told
    assert view.sheets("cards")[0].items[0].approval_no == "30012345"
    house.close()
