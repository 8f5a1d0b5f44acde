"""Pictures of every widget in every state: `python -m pos_app.ui.gallery OUT_DIR`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QSize,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import gallery_samples as samples
from pos_app.ui.theme.metrics import SCALES
from pos_app.ui.theme.theme import Theme
from pos_app.ui.theme.tokens import THEMES
from pos_app.ui.widgets.amount_box import AmountBox
from pos_app.ui.widgets.badge import KINDS, Badge, BoothChip
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.focus_ring import FocusRing
from pos_app.ui.widgets.keypad import Keypad
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.line_list import LineList
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.pin_dots import PinDots
from pos_app.ui.widgets.stepper import Stepper
from pos_app.ui.widgets.steps import Steps
from pos_app.ui.widgets.strip import Strip
from pos_app.ui.widgets.table import Table
from pos_app.ui.widgets.tile_grid import TileGrid
from pos_app.ui.widgets.toast import Toast
from pos_app.ui.widgets.words import Words


class Sheet(QWidget):
    """One page of the gallery: captions over parts, from top to bottom."""

    def __init__(self, theme: Theme, width: int = 1366) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("root")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 24)
        self.column.setSpacing(12)
        self._width = width
        self.after: list[Callable[[], None]] = []

    def head(self, text: str) -> None:
        """A caption."""
        self.column.addWidget(Words(text, "name", True, parent=self))

    def row(self, *parts: QWidget, stretch: bool = True) -> None:
        """Parts beside each other."""
        row = QHBoxLayout()
        row.setSpacing(16)
        for part in parts:
            row.addWidget(part)
        if stretch:
            row.addStretch(1)
        self.column.addLayout(row)

    def picture(self, file: Path) -> None:
        """Lay out, draw, save, and go."""
        self.lay_out()
        self.grab().save(str(file))
        self.hide()
        self.deleteLater()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.DeferredDelete)

    def lay_out(self) -> None:
        """As large as its parts need, shown to nobody."""
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        layout = self.column
        self.resize(self._width, max(120, layout.totalHeightForWidth(self._width)))
        self.show()
        QApplication.processEvents()
        needed = max(120, layout.totalHeightForWidth(self._width), self.minimumSizeHint().height())
        self.resize(self._width, needed)
        for step in self.after:
            step()
        QApplication.processEvents()


def tiles(theme: Theme) -> Sheet:
    """Tiles at rest, taken, few left, 떨이, 완판, weighed, long names; one pressed, one focused."""
    sheet = Sheet(theme)
    grid = TileGrid(parent=sheet)
    columns = max(2, min(6, round(1326 / (216 * theme.metrics.scale))))
    rows = -(-len(samples.TILES) // columns)
    grid.set_shape(columns, rows)
    grid.set_items(samples.TILES)
    grid.set_counts(samples.COUNTS)
    grid.setFixedHeight(rows * (theme.metrics.tile_least_height + 12) - 12)
    grid.press_for_picture(2)
    sheet.head("타일")
    sheet.column.addWidget(grid)
    ring = FocusRing(sheet)

    def focus() -> None:
        grid.setCurrentIndex(grid.model().index(1, 0))
        ring.show_around(grid)

    sheet.after.append(focus)
    return sheet


def keys(theme: Theme) -> Sheet:
    """Keys in every role and state."""
    sheet = Sheet(theme)
    for role in ("plain", "chip", "danger", "primary", "corner", "danger_filled", "tender", "amount"):
        word = {"danger": "환불하기", "corner": "결제", "danger_filled": "28,000원 환불하기"}.get(
            role, "할인"
        )
        icon = "cash" if role == "tender" else None
        made = [Key(word, icon, role, f"{role}_{number}", sheet) for number in range(6)]
        made[1].setDown(True)
        made[2].set_chosen(True)
        made[3].set_off("아직 담은 것이 없어요")
        made[4].set_busy(True)
        made[4].busy_for_picture()
        made[5].set_detail("받은 돈 30,000원")
        if role == "plain":
            sheet.head("키: 보통, 누름, 고름, 못 씀, 바쁨, 두 줄")
        sheet.row(*made)
    ring_key = Key("초점", None, "plain", "focused", sheet)
    names = Key("박영지", "person", "name", "operator", sheet, detail="판매자 · 신안섬 농장",
                align=Qt.AlignmentFlag.AlignLeft)  # fmt: skip
    sheet.row(ring_key, names, Key("English", None, "bare", "bare", sheet))
    long = Key("담당자 PIN으로 10% 할인하고 저장하기", "lock", "primary", "long", sheet)
    long.setFixedWidth(round(260 * min(theme.metrics.scale, 1.5)))
    sheet.row(long)
    chips = ChipRow(
        "chips", "분류", [("a", "많이 팔린 순"), ("b", "업체별"), ("c", "채소·과일")], "a", parent=sheet
    )
    sheet.row(chips)
    ring = FocusRing(sheet)
    sheet.after.append(lambda: ring.show_around(ring_key))
    return sheet


def badges(theme: Theme) -> Sheet:
    """Badges, booth chips, vendor patterns, dots, steps."""
    sheet = Sheet(theme)
    sheet.head("배지")
    words = {"ok": "닫음", "warn": "잠정", "bad": "38분째 소식 없음", "info": "승인", "gray": "초안",
             "markdown": "떨이 20%", "soldout": "완판", "practice": "연습", "count": "2"}  # fmt: skip
    sheet.row(*(Badge(words[kind], kind, parent=sheet) for kind in KINDS))
    sheet.row(*(BoothChip(booth, "업체", sheet) for booth in (1, 2, 3, 4, 5, 6, 7, 8, 9, 17, 25)))
    sheet.row(*(samples.BarSample(booth, sheet) for booth in (1, 9, 17, 25)))
    dots = PinDots(4, parent=sheet)
    dots.set(2)
    sheet.row(dots)
    sheet.column.addWidget(
        Steps(["보류 정리", "시재 세기", "카드 전표", "상품권·이체", "Z 마감"], 1, parent=sheet)
    )
    return sheet


def fields(theme: Theme) -> Sheet:
    """Fields, steppers, amounts, big numbers."""
    sheet = Sheet(theme)
    sheet.head("칸")
    search = Field(
        "search",
        "물건 찾기",
        "이름·초성·업체로 찾기 (ㅅㄱ → 사과)\n찾기 (ㅅㄱ → 사과)\n찾기",
        sheet,
        icon="search",
    )
    wrong = Field("wrong", "단가", "", sheet, number=True, unit="원")
    wrong.set_text("1,250")
    wrong.set_error("100원 단위로 넣어 주세요")
    price = Field("price", "가격", "가격", sheet, number=True, unit="원")
    sheet.row(search, price, wrong, stretch=False)
    steppers = [Stepper(f"s{value}", "50,000원권 장수", value, parent=sheet) for value in (8, 0, 41)]
    sheet.row(*steppers)
    due = AmountBox("받을 금액", "none", "number_big", "due", parent=sheet)
    due.set_amount(61_400)
    taken = AmountBox("받은 금액", "entry", "counted", "taken", parent=sheet)
    taken.set_amount(100_000, "10만 원")
    change = AmountBox("거스름돈", "chosen", "number_big", "change", True, parent=sheet)
    change.set_amount(38_600)
    for box in (due, taken, change):
        sheet.column.addWidget(box)
    for size in ("total", "counted_big", "change"):
        sheet.column.addWidget(BigNumber(38_600, size, "거스름돈", f"big_{size}", sheet))
    return sheet


def messages(theme: Theme) -> Sheet:
    """Toasts, notices, empty states."""
    sheet = Sheet(theme)
    sheet.head("알림")
    for kind in ("danger", "edge", "info", "warn", "ok", "bad"):
        framed = kind in ("danger", "edge")
        sentence = "판매는 저장됐어요. 종이를 넣으면 영수증 2장이 이어서 나와요."
        title = "인쇄기에 종이가 없어요." if framed else ""
        key = "다시 인쇄하기" if framed else ""
        sheet.column.addWidget(Notice(sentence, kind, title, key, "printer", parent=sheet))
    empty = Empty(
        "search", "‘ㅎㄱ’과 맞는 물건이 없어요", "다른 초성으로 찾거나 새 물건을 넣어요.",
        "새 물건 넣기", "plus", parent=sheet,
    )  # fmt: skip
    sheet.column.addWidget(empty)
    for text, undo in (("사과 5kg을 뺐어요", True), ("R2-0138을 보류했어요", False)):
        stage = QWidget(sheet)
        stage.setFixedHeight(theme.metrics.key_height + 16 + 2 * theme.metrics.padding_y)
        sheet.column.addWidget(stage)
        toast = Toast(stage, theme)
        sheet.after.append(
            lambda toast=toast, text=text, undo=undo: toast.show(text, (lambda: None) if undo else None)  # type: ignore[misc]
        )
    return sheet


def dialogs(theme: Theme) -> Sheet:
    """A question over its scrim."""
    sheet = Sheet(theme)
    stage = QWidget(sheet)
    stage.setFixedHeight(round(460 * theme.metrics.scale))
    sheet.column.addWidget(stage)

    def open_dialog() -> None:
        dialog = Dialog(
            sheet,
            "카드 승인 영수증이 나왔나요?",
            "전원이 꺼지기 전 카드 61,000원을 받는 중이었어요.",
            theme=theme,
        )
        dialog.add_key(Key("안 나왔어요", None, "plain", "safe", dialog))
        dialog.add_key(Key("나왔어요, 번호 넣기", None, "primary", "act", dialog))
        dialog.open_over()

    sheet.after.append(open_dialog)
    return sheet


def strips(theme: Theme) -> Sheet:
    """The strip when all is fine, and when it is not."""
    sheet = Sheet(theme)
    sheet.column.setContentsMargins(0, 16, 0, 24)
    for change in samples.STRIPS:
        strip = Strip(sheet, theme)
        strip.set_till("계산대 2 · 박영지", "한전 완판장터 · 11-20 (금)")
        for name, cell in {**samples.STRIP, **change}.items():
            strip.set_cell(name, *cell)
        sheet.column.addWidget(strip)
    return sheet


def practice(theme: Theme) -> Sheet:
    """What practice looks like: the strip, the corner key."""
    theme.set(practice=True)
    sheet = Sheet(theme)
    strip = Strip(sheet, theme)
    strip.set_till("연습 중", "여기서 판 것은 저장·전송·정산되지 않아요")
    strip.set_cell("practice_end", "", "연습 끝내기", "close")
    strip.set_cell("printer", *samples.STRIP["printer"])
    strip.set_cell("clock", *samples.STRIP["clock"])
    sheet.column.addWidget(strip)
    off = Key("연습 결제", None, "corner", "corner_off", sheet)
    off.set_off("아직 담은 것이 없어요")
    sheet.row(Key("연습 결제", None, "corner", "corner", sheet), off)
    return sheet


def pads(theme: Theme) -> Sheet:
    """Number pads."""
    sheet = Sheet(theme)
    row = QHBoxLayout()
    row.setSpacing(24)
    for mode in ("money", "number", "pin", "weight"):
        pad = Keypad(mode, f"pad_{mode}", sheet)
        pad.setMinimumHeight(4 * theme.metrics.pad_key_height + 24)
        row.addWidget(pad, 4 if mode == "money" else 3)
    sheet.column.addLayout(row)
    return sheet


def lists(theme: Theme) -> Sheet:
    """The cart, a list to pick from, a table."""
    sheet = Sheet(theme)
    grid = QGridLayout()
    grid.setSpacing(24)
    cart = LineList(parent=sheet)
    cart.setFixedSize(
        QSize(max(400, round(440 * theme.metrics.scale * 0.9)), round(560 * theme.metrics.scale))
    )
    cart.set_lines(samples.LINES)
    grid.addWidget(cart, 0, 0)
    picks = PickList("receipts", "영수증", sheet)
    picks.set_rows(samples.ROWS, "2")
    grid.addWidget(picks, 0, 1)
    sheet.column.addLayout(grid)
    table = Table(
        "statement", "정산 내역", ("품목", "순수량", "매출", "환불", "순매출"), (1, 2, 3, 4), parent=sheet
    )
    table.set_rows(samples.TABLE, samples.TABLE_TOTAL)
    table.setFixedHeight(round(270 * theme.metrics.scale))
    sheet.column.addWidget(table)
    return sheet


SHEETS: dict[str, Callable[[Theme], Sheet]] = {
    "tiles": tiles,
    "keys": keys,
    "badges": badges,
    "fields": fields,
    "messages": messages,
    "dialog": dialogs,
    "strip": strips,
    "practice": practice,
    "keypads": pads,
    "lists": lists,
}


def render(folder: Path, theme: Theme) -> list[Path]:
    """Every sheet in every theme and type scale as PNG; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for look in THEMES:
        for scale in SCALES:
            theme.set(theme=look, scale=scale)
            for name, make in SHEETS.items():
                file = folder / f"{name}-{look}-{round(scale * 100)}.png"
                make(theme).picture(file)
                theme.set(practice=False)
                written.append(file)
    return written


def _without_chatter(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """The offscreen platform says on every window that it passes on no size hints."""
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


def main(arguments: list[str]) -> int:
    """OUT_DIR on the command line."""
    if len(arguments) != 1:
        sys.stderr.write("python -m pos_app.ui.gallery OUT_DIR\n")
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_without_chatter)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme(application)
    theme.reduced_motion = True
    written = render(Path(arguments[0]), theme)
    sys.stdout.write(f"{len(written)} pictures\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
