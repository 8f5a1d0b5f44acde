"""The keys of the keyboard and what they do."""

from pos_app.i18n.texts import tr


def all_keys() -> list[tuple[str, str]]:
    """Keys and what they do."""
    return [
        ("F12", tr("오른쪽 아래 큰 키 (결제, 받음, 다음 손님)")),
        ("F1", tr("이 도움말")),
        ("F2", tr("물건 찾기")),
        ("F3", tr("손님")),
        ("F4", tr("보류, 빈 장바구니에서는 불러오기")),
        ("F5", tr("할인")),
        ("F6", tr("고른 물건 고치기")),
        ("F7", tr("영수증과 환불")),
        ("F8", tr("앞 손님과 같은 것")),
        ("F9", tr("업체·분류")),
        ("F10", tr("메뉴")),
        ("Esc", tr("한 걸음 뒤로, 잃는 것은 없어요")),
        ("Ctrl+Z", tr("되돌리기")),
        ("Ctrl + -", tr("글자 크게, 작게")),
        ("Ctrl+D", tr("햇빛 화면")),
        ("PgUp PgDn", tr("타일 앞 쪽, 다음 쪽")),
        ("↑ ↓", tr("장바구니에서 줄 고르기")),
        ("+ - Del", tr("고른 줄 하나 더, 하나 덜, 빼기")),
        ("/ *", tr("금액에서 천, 만 (1 0 * 은 10만)")),
        ("F5 - F9", tr("결제에서 현금, 카드, 상품권, 이체, 외상")),
    ]
