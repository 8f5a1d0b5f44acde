"""The test page: what a person looks at to set the switches of a printer."""

from pos_app.printing.document import (
    Barcode,
    Columns,
    Cut,
    Document,
    Feed,
    Item,
    QrCode,
    Rule,
    ShopHeader,
    Text,
    clean,
)
from pos_app.printing.layouts.parts import THIN, head, pairs, paper, shown_at

TITLE = "인쇄 시험"
SAMPLE = "한글 뷁 똠 金 원 ① ㎏"
SAMPLE_EAN13 = "2112345012506"


def test_page_document(
    shop: ShopHeader, *, printer: str = "", at: str = "", practice: bool = False
) -> Document:
    """A ruler of the columns, hard letters, both sizes, a barcode, a QR code, and three questions."""
    blocks = head(shop, TITLE)
    blocks += pairs(("인쇄기", clean(printer)), ("일시", shown_at(at) if at else ""))
    blocks += (
        Rule("0"),
        Text(SAMPLE),
        Text(SAMPLE, bold=True),
        Text(SAMPLE, size=2),
        Text("가운데", "center"),
        Text("오른쪽", "right"),
        THIN,
        Item("표고버섯 300g", "6,900×2봉", "13,800", "*"),
        Item("이름이 아주 길어서 다음 줄로 넘어가는 물건입니다", "12,345×1.25kg", "15,430"),
        Columns("합계", "29,230원", True, 0, 2),
        THIN,
        Barcode(SAMPLE_EAN13),
        Feed(1),
        QrCode("JANGTEO TEST"),
        THIN,
        Text("1. 한글이 바르게 보입니까?"),
        Text("2. 숫자 줄이 한 줄에 들어갑니까?"),
        Text("3. 종이가 잘렸습니까?"),
        Feed(1),
        Cut(),
    )
    return paper(TITLE, blocks, practice)
