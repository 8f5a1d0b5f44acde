"""The day's board in the real window: sixteen registers, sealed with a finger, a late sale, opened again."""

import pytest

from pos_app.domain.tender import TenderInput, TenderType
from pos_app.ui.screens.board.screen import BoardScreen
from tests.screens.scenes_board import far_away
from tests.ui.window.driver import Window, rest, settle, until


def board(window: Window) -> BoardScreen:
    window.shell.go("board")
    rest()
    screen = window.shell.current
    assert isinstance(screen, BoardScreen)
    return screen


@pytest.mark.acceptance("A29")
def test_a_market_is_sealed_and_what_comes_late_is_added(window: Window) -> None:
    tills = far_away(window, closed=True)
    screen = board(window)
    assert screen.grid.model().rowCount() == 16
    total = screen.right.total.amount()
    window.touch_corner()
    settle()
    assert "계산대 16대, 423건" in window.find("ask_sentence").text()  # type: ignore[attr-defined]
    window.touch_named("ask_act")
    rest()
    assert "봉인했어요" in window.toast()
    assert window.house.day_close.overview().sealed
    tills[3].sell(12_000)
    tills[3].bring(window.house)
    screen.look()
    rest()
    assert screen.corner.text() == "추가 1호 남기기"
    assert "늦게 옴" in window.row_words("board_cards", 0)
    window.touch_corner()
    settle()
    window.say("늦게켬")
    window.touch_named("ask_text_act")
    rest()
    assert window.house.day_close.overview().addenda[0].net_won == 12_000
    until(lambda: screen.right.total.amount() == total + 12_000, "the late sale counts")
    assert window.said("board_certain").endswith(f"{total + 12_000:,}원")


@pytest.mark.acceptance("A29")
def test_what_is_left_holds_up_the_corner_key(window: Window) -> None:
    far_away(window)
    screen = board(window)
    assert screen.corner.off_reason() == "할 일 2가지를 마치면 봉인할 수 있어요."
    window.touch_named("board_filters_silent")
    assert screen.grid.model().rowCount() == 2
    assert "소식 없음" in window.row_words("board_cards", 0)
    window.touch_corner()
    assert not window.house.day_close.overview().sealed
    window.touch_named("board_todo_open")
    window.wait_for("shift_close")


@pytest.mark.acceptance("A30")
def test_the_coordinator_opens_a_sealed_day_again(window: Window) -> None:
    far_away(window, closed=True)
    window.house.day_close.seal()
    board(window)
    window.find("board_reopen").click()  # type: ignore[attr-defined]
    settle()
    window.touch_named("ask_text_act")
    rest()
    assert window.house.day_close.overview().sealed  # no reason, nothing done
    window.find("board_reopen").click()  # type: ignore[attr-defined]
    settle()
    window.say("한대빠짐")
    window.touch_named("ask_text_act")
    rest()
    view = window.house.day_close.overview()
    assert not view.sealed
    assert view.seals[0].reopened == "한대빠짐"


@pytest.mark.acceptance("A11")
def test_transfers_are_ticked_on_the_board(window: Window) -> None:
    far_away(window, closed=True)
    board(window)
    window.touch_named("board_views_slips")
    settle()
    window.touch_row("board_slips", "계산대 2 · 들어온 이체")
    rest()
    window.touch_named("slip_transfer_all")
    window.touch_named("slip_transfer_0")
    assert "모자라요" in window.said("check_transfer_told_sentence") or "모자라요" in " ".join(window.texts())
    window.find("slip_note").setFocus()
    window.say("내일들어와요")
    window.touch_named("slip_dialog_act")
    rest()
    slip = next(s for s in window.house.reconciling.of_day() if s.told)
    assert (slip.register, slip.kind, slip.note, slip.differs) == ("R2", "transfer", "내일들어와요", False)
    assert slip.difference_won < 0


def test_vouchers_without_a_face_are_counted_by_their_sum(window: Window) -> None:
    far_away(window, closed=True)
    screen = board(window)
    window.touch_named("board_views_slips")
    settle()
    window.touch_row("board_slips", "계산대 2 · 손에 있는 상품권")
    rest()
    till = next(
        s for s in window.house.reconciling.of_day() if (s.register, s.kind) == ("R2", "voucher")
    ).till_won
    window.find("slip_face_10000_plus").click()  # type: ignore[attr-defined]
    window.find("slip_face_other").setText(str(till - 10_000))  # type: ignore[attr-defined]
    window.touch_named("slip_dialog_act")
    rest()
    slip = next(s for s in window.house.reconciling.of_day() if s.told)
    assert (slip.kind, slip.difference_won) == ("voucher", 0)
    sheet = next(s for s in window.house.reconciling.sheets("R2") if s.slip.kind == "voucher")
    assert sheet.faces == ((10_000, 1), (till - 10_000, 1))
    assert screen.presenter.slip_rows()[-1].badge == "맞음"


@pytest.mark.acceptance("A11")
def test_a_cards_number_is_filled_in_on_the_board_and_the_to_do_goes_away(window: Window) -> None:
    item = window.house.goods.tiles(1)[0]
    window.house.till.add(item.product_id, 1000)
    due = window.house.till.priced.total_won
    window.house.till.complete([TenderInput(TenderType.CARD, due)])
    lacking = len(window.house.shifts.open_items())
    assert lacking
    board(window)
    window.touch_named("board_views_slips")
    settle()
    window.touch_row("board_slips", "계산대 1 · 카드 전표")
    rest()
    for at in range(lacking):
        window.find(f"slip_number_{at}").setText(f"{30_000_000 + at}")  # type: ignore[attr-defined]
    window.touch_named("slip_dialog_act")
    rest()
    assert "승인번호" in window.toast()
    assert window.house.shifts.open_items() == []
    assert "R1" not in [r for t in window.house.day_close.overview().todos if t.kind == "cards" for r in t.registers]
