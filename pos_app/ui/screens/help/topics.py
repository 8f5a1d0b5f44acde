"""What can be done on each screen, in a few plain sentences."""

from pos_app.i18n.texts import mark, tr

Topic = tuple[str, str]


def _selling() -> list[Topic]:
    return [
        (tr("담기"), tr("바코드를 찍거나 칸을 눌러요. 글자를 치면 찾아요. ㅅㄱ은 사과예요.")),
        (tr("수량·단가·할인"), tr("줄을 고르고 고치기를 눌러요. F6도 같아요.")),
        (tr("무게로 파는 것"), tr("칸을 누르면 무게를 물어요. 저울 바코드는 찍으면 돼요.")),
        (tr("보류"), tr("손님이 기다리라고 하면 F4예요. 비었을 때 F4는 불러오기예요.")),
        (tr("앞 손님과 같은 것"), tr("F8을 누르면 앞 손님과 똑같이 담겨요.")),
        (tr("모르는 바코드"), tr("이름과 가격을 묻고 새 물건으로 담아요.")),
    ]


def _tender() -> list[Topic]:
    return [
        (tr("현금"), tr("받은 금액을 넣으면 거스름돈이 나와요. 만, 천 키를 써요. 7 만은 70,000원이에요.")),
        (tr("카드"), tr("단말기에서 먼저 받고, 승인번호를 적어요. 몰라도 팔 수 있어요.")),
        (tr("나눠 받기"), tr("모자라게 넣고 받으면 나머지를 다른 것으로 받아요.")),
        (tr("상품권"), tr("장수를 누르면 거슬러 줄 수 있는지 알려 줘요.")),
        (tr("판매로 돌아가기"), tr("Esc를 누르면 돌아가요. 담은 것은 그대로예요.")),
    ]


def _receipts() -> list[Topic]:
    return [
        (tr("찾기"), tr("번호, 시각, 금액, 물건, 결제 수단으로 찾아요.")),
        (tr("환불"), tr("물건의 수를 고르고 이유를 눌러요. 인터넷이 없어도 돼요.")),
        (tr("카드로 산 것"), tr("단말기에서 먼저 취소하고 취소 승인번호를 적어요.")),
        (tr("물건은"), tr("다시 팔 수 있으면 재고로 돌아가고, 버리면 폐기로 남아요.")),
        (tr("판매 취소"), tr("개점한 뒤의 판매는 통째로 취소할 수 있어요.")),
        (tr("재발행"), tr("다시 뽑은 영수증에는 재발행이라고 적혀요.")),
        (tr("다른 날 영수증"), tr("찾기에 날짜(11-20)나 영수증 번호를 모두 적어요.")),
    ]


def _close() -> list[Topic]:
    return [
        (tr("보류 정리"), tr("보류한 것을 팔거나 버려야 마감할 수 있어요.")),
        (tr("시재 세기"), tr("돈통의 돈을 모두 세요. 예상 금액은 낸 다음에 나와요.")),
        (tr("나중에 이어서"), tr("껐다 켜도 센 것이 그대로 있어요.")),
        (tr("과부족"), tr("다르면 이유를 골라요. 많이 다르면 담당자 PIN이 있어야 해요.")),
        (tr("Z 마감"), tr("한 번만 할 수 있고 번호가 붙어요. 같은 종이를 다시 뽑을 수 있어요.")),
    ]


def _cash() -> list[Topic]:
    return [
        (tr("출금"), tr("돈통에서 꺼낸 돈이에요. 금액과 이유를 넣으면 전표가 나와요.")),
        (tr("입금"), tr("거스름돈을 채울 때 써요. 마감 때 예상 금액에 더해져요.")),
    ]


def _open() -> list[Topic]:
    return [
        (tr("준비금"), tr("돈통에 미리 넣어 둔 거스름돈이에요. 지난번과 같으면 바로 개점해요.")),
        (tr("세어서 넣기"), tr("지폐와 동전의 수를 넣으면 합계가 나와요.")),
    ]


def _parked() -> list[Topic]:
    return [
        (tr("불러오기"), tr("하나를 고르고 큰 키를 누르면 이어서 팔아요.")),
        (tr("버리기"), tr("버려도 10초 안에 되돌릴 수 있어요.")),
    ]


def _settings() -> list[Topic]:
    return [
        (tr("찾기"), tr("이름이나 초성으로 찾아요. ㄱㅈㅋㄱ는 글자 크기예요.")),
        (tr("바꾸기"), tr("누르면 바로 바뀌고, 되돌릴 수 있어요.")),
        (tr("담당자만"), tr("잠긴 것을 누르면 담당자 PIN을 물어요. 나가면 다시 잠겨요.")),
    ]


def _devices() -> list[Topic]:
    return [
        (tr("미전송"), tr("아직 보내지 않은 판매예요. 이 컴퓨터에 안전하게 있어요.")),
        (tr("인쇄기"), tr("멈춘 종이는 여기서 다시 뽑거나 버려요.")),
    ]


def _general() -> list[Topic]:
    return [
        (tr("큰 키"), tr("오른쪽 아래 큰 키가 다음으로 가는 키예요. F12도 같아요.")),
        (tr("뒤로"), tr("Esc는 한 걸음 뒤로예요. 잃는 것은 없어요.")),
        (tr("되돌리기"), tr("방금 한 것은 10초 안에 Ctrl+Z로 되돌려요.")),
        (tr("큰 글씨"), tr("Ctrl과 +를 함께 누르면 글자가 커져요. Ctrl+D는 햇빛 화면이에요.")),
    ]


_TOPICS = {
    "selling": (_selling, mark("판매")),
    "tender": (_tender, mark("결제")),
    "change": (_tender, mark("결제")),
    "receipts": (_receipts, mark("영수증·환불")),
    "shift_close": (_close, mark("마감")),
    "cash": (_cash, mark("입금·출금")),
    "shift_open": (_open, mark("개점")),
    "parked": (_parked, mark("보류 목록")),
    "settings": (_settings, mark("설정")),
    "devices": (_devices, mark("전송과 기기")),
}


def screen_word(name: str) -> str:
    """A screen's name for people; empty when it has no help of its own."""
    return tr(_TOPICS[name][1]) if name in _TOPICS else ""


def topics_of(name: str) -> list[Topic]:
    """Help for a screen: its own sentences, then what holds everywhere."""
    own = _TOPICS[name][0]() if name in _TOPICS else []
    return [*own, *_general()]
