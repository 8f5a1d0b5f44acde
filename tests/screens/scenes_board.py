"""What the pictures of the day's board show: sixteen registers, some closed, some open, two silent."""

import random
from datetime import timedelta

from PySide6.QtCore import Qt

from pos_app.domain.tender import TenderInput, TenderType
from tests.scenarios.sixteen import Register
from tests.screens.scenes import Scene, aside, count_result
from tests.services.houses import card, cash
from tests.storage.histories import take_in
from tests.ui.window.driver import Window, rest, settle

NAMES = (
    "이은현", "박영지", "윤경서", "강민영", "최진민", "이지영", "장경민", "박진경", "정지진", "이현서", "이수경",
    "강현은", "장영은", "이서서", "이지수", "박영하",
)  # fmt: skip
VENDORS = ("v1", "v2", "v3")


def far_away(window: Window, closed: bool = False) -> list[Register]:
    """Registers 2 to 16 as if synced; 5 and 12 are silent, 2, 9 and 14 open, unless all are closed."""
    house = window.house
    view = house.days.open("나주 완판장터", house.desk.clock.local().date().isoformat(), "R1")
    now, chosen, tills = house.desk.clock.local(), random.Random(16), []
    for number in range(2, 17):
        till = Register(f"R{number}", view.day_id, view.business_date, operator=NAMES[number - 1])
        quiet = {5: 21, 12: 38}.get(number, 3 + number % 4)
        till.start = now - timedelta(minutes=quiet + 32)
        till.open()
        for sale in range(28):
            kind = ("cash", "card", "card", "transfer", "voucher")[sale % 5]
            till.sell(chosen.randrange(50, 1300) * 100, tender=kind, vendor=chosen.choice(VENDORS))
        if closed or number not in (2, 5, 9, 12, 14):
            till.close({7: -1000, 11: 500}.get(number, 0), z_no=31)
        take_in(house, [till.writer], [event.data for event in till.events])
        tills.append(till)
    if house.shifts.current() is None:
        house.shifts.open(0)
    item = house.goods.tiles(1)[0]
    for tender in (cash(1_000_000), card(item.unit_price_won, ""), card(item.unit_price_won)):
        house.till.add(item.product_id, 1000)
        house.till.complete([tender])
    if closed:
        shown = house.shifts.count_total(0)
        house.shifts.count_total(shown.expected_won)
        house.shifts.close()
    return tills


def _look(window: Window) -> None:
    window.shell.go("board")
    rest()
    settle()


def board(window: Window) -> None:
    """Before the seal."""
    far_away(window)
    _look(window)


def board_table(window: Window) -> None:
    board(window)
    window.touch_named("board_views_table")
    rest()


def board_panel(window: Window) -> None:
    board(window)
    aside(window)


def board_ready(window: Window) -> None:
    """Nothing stands before the seal; it is asked."""
    far_away(window, closed=True)
    _look(window)
    window.touch_corner()
    settle()


def sealed(window: Window) -> list[Register]:
    tills = far_away(window, closed=True)
    window.house.day_close.seal()
    return tills


def board_sealed(window: Window) -> None:
    sealed(window)
    _look(window)


def board_late(window: Window) -> None:
    tills = sealed(window)
    tills[3].sell(12_000)
    tills[3].bring(window.house)
    window.house.addenda.add("5번 노트북을 늦게 켰어요")
    tills[3].sell(33_000)
    tills[3].bring(window.house)
    _look(window)


def board_torn(window: Window) -> None:
    """One register with gaps; the day may be sealed provisionally."""
    tills = far_away(window, closed=True)
    again = Register("R20", tills[0].day, tills[0].date)
    again.open()
    for won in (1000, 2000, 3000):
        again.sell(won)
    again.close()
    again.bring(window.house, but=(2, 4))
    _look(window)
    aside(window)


def board_slips(window: Window) -> None:
    sealed(window)
    slips = [slip for slip in window.house.reconciling.of_day() if slip.kind == "card"]
    for slip, off in zip(slips[:4], (0, -39_000, 0, 14_000), strict=True):
        window.house.reconciling.record(
            slip.kind, slip.till_won + off, shift_id=slip.shift_id, register=slip.register
        )
    _look(window)
    window.touch_named("board_views_slips")
    rest()


def _row(window: Window, words: str) -> None:
    settle()
    window.touch_row("board_slips", words)


def board_slip(window: Window) -> None:
    board_slips(window)
    _row(window, "들어온 이체")
    rest()
    settle()


def board_numbers(window: Window) -> None:
    """Cards that were taken without their approval number."""
    house = window.house
    for item in house.goods.tiles(2):
        house.till.add(item.product_id, 2000)
        house.till.complete([TenderInput(TenderType.CARD, house.till.priced.total_won)])
    _look(window)
    window.touch_named("board_views_slips")
    _row(window, "계산대 1 · 카드 전표")
    rest()
    window.find("slip_number_0").setText("30012345")  # type: ignore[attr-defined]
    settle()


def board_voucher(window: Window) -> None:
    board_slips(window)
    _row(window, "손에 있는 상품권")
    rest()
    settle()


def board_sheet(window: Window) -> None:
    sealed(window)
    _look(window)
    window.touch_named("board_views_sheet")
    rest()
    settle()


def board_provisional(window: Window) -> None:
    board_torn(window)
    window.find("board_provisionally").click()  # type: ignore[attr-defined]
    settle()


def count_slips(window: Window) -> None:
    """The close at vouchers and transfers."""
    house = window.house
    item = house.goods.tiles(1)[0]
    for tender in (TenderType.TRANSFER, TenderType.TRANSFER, TenderType.VOUCHER):
        house.till.add(item.product_id, 4000)
        due = house.till.priced.total_won
        kind = "onnuri" if tender is TenderType.VOUCHER else ""
        house.till.complete([TenderInput(tender, due, kind)])
    count_result(window)
    aside(window)
    window.key("모르겠어요").click()
    window.press(Qt.Key.Key_F12)
    settle()
    window.press(Qt.Key.Key_F12)
    settle()


BOARD: dict[str, Scene] = {
    "count-slips": count_slips,
    "board": board,
    "board-table": board_table,
    "board-panel": board_panel,
    "board-ready": board_ready,
    "board-sealed": board_sealed,
    "board-late": board_late,
    "board-torn": board_torn,
    "board-slips": board_slips,
    "board-slip": board_slip,
    "board-voucher": board_voucher,
    "board-numbers": board_numbers,
    "board-sheet": board_sheet,
    "board-provisional": board_provisional,
}
