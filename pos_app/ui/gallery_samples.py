"""Things to show in the gallery: products, a cart, receipts, states of the strip."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_app.ui.models.items import BadgeView, LineView, RowView, TileView
from pos_app.ui.theme import drawing
from pos_app.ui.theme.tokens import vendor_colour, vendor_pattern
from pos_app.ui.widgets.base import Painted


def _tile(
    name: str,
    unit: str,
    price: int,
    booth: int,
    short: str,
    left: int | None,
    sold_by: str = "each",
    markdown: int = 0,
    shown: int | None = None,
) -> TileView:
    number = f"{booth}-{name}"
    asked = price if shown is None else shown
    return TileView(number, name, unit, price, asked, sold_by, f"{short} 공방", short, booth, left, markdown)


TILES = (
    _tile("전통 된장 1kg", "통", 18_000, 12, "화순적벽", 14_000),
    _tile("전통 된장 1kg", "통", 18_000, 12, "화순적벽", 14_000),
    _tile("배추김치 2kg", "통", 22_000, 12, "화순적벽", 10_000),
    _tile("참기름 320ml", "병", 21_000, 1, "해남땅끝", 31_000),
    _tile("사과 5kg", "상자", 28_000, 10, "신안섬", 3_000),
    _tile("우리밀 식빵", "개", 5_500, 6, "영산강", 9_000, markdown=200, shown=4_400),
    _tile("한라봉 3kg", "상자", 24_000, 2, "송정", 0),
    _tile("친환경 주방세제 1L", "병", 6_900, 19, "여수밤바다", 10_000),
    _tile("햇고구마", "kg", 3_900, 14, "강진청자", 12_400, "weight"),
    _tile(
        "친환경장성편백사회적협동조합찹쌀 4kg 선물세트", "포", 119_800, 22, "장성편백사회적협동조합", 11_000
    ),
    _tile("돌산갓", "kg", 4_200, 25, "송정", 4_300, "weight"),
    _tile("사과즙", "상자", 12_000, 30, "고흥", None),
)
COUNTS = {"1-참기름 320ml": 2_000, "25-돌산갓": 1_240}

LINES = (
    LineView("a", "참기름 320ml", "병", 1_000, 21_000, 21_000),
    LineView("b", "감자", "kg", 1_240, 2_900, 3_600, "weight"),
    LineView("c", "명절 선물 꾸러미", "개", 1_000, 45_000, 45_000, parts=("배 1개", "곶감 500g 1개")),
    LineView("d", "사과 5kg", "상자", 1_000, 28_000, 28_000, badges=(BadgeView("환불", "gray"),)),
    LineView("e", "우리밀 식빵", "개", 2_000, 4_400, 8_800, badges=(BadgeView("떨이 20%", "markdown"),)),
)

ROWS = (
    RowView("1", "참기름 외 3", "14:03   R2-0138   현금", "61,400"),
    RowView("2", "사과 5kg 외 3", "13:58   R2-0137   카드", "61,000"),
    RowView("3", "배추김치 2kg", "13:40   R2-0134   이체", "22,000", BadgeView("환불됨")),
    RowView("4", "해남땅끝 공방", "", "1,241,789", BadgeView("확인 필요", "warn"), 1, True),
    RowView("5", "순천만 식품", "", "1,258,900", BadgeView("승인", "ok"), 4, True),
)

TABLE = (
    ("굴비 10미", "38두름", "2,090,000", "0", "2,090,000"),
    ("사과 5kg", "36상자", "1,036,000", "-28,000", "1,008,000"),
    ("양파 3kg", "50망", "295,000", "0", "295,000"),
)
TABLE_TOTAL = ("합계", "", "3,421,000", "-28,000", "3,393,000")

STRIP = {
    "printer": ("인쇄기", "준비됨", "printer"),
    "net": ("인터넷", "없음", "wifi-off"),
    "unsent": ("미전송", "12건 · 8분", "unsent"),
    "disk": ("저장", "넉넉함", "disk"),
    "clock": ("시계 맞음", "14:05"),
}
STRIPS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"net": ("인터넷", "연결됨", "wifi"), "unsent": ("미전송", "없음 · 14:02", "check")},
    {"unsent": ("미전송", "214건 · 2시간 10분", "unsent", "amber")},
    {"printer": ("인쇄기", "종이 없음 · 2장 대기", "printer", "red")},
    {"disk": ("저장", "1.2GB 남음", "disk", "amber"), "clock": ("시계 확인 필요", "14:05", "", "amber")},
)


class BarSample(Painted):
    """A vendor's bar alone."""

    def __init__(self, booth: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._booth = booth
        self.setFixedSize(QSize(34, 48))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("surface"))
        side = QRectF(0, 0, 16, self.height())
        colour = self.theme.colour(vendor_colour(self._booth))
        drawing.bar(painter, side, colour, vendor_pattern(self._booth), self.theme.colour("surface"))
        painter.end()
