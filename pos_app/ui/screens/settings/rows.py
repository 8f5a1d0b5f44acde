"""Every setting: its name in the store, its group, its words, what it may be, and who may change it."""

from dataclasses import dataclass

from pos_app.domain.operators import Role
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording

LOOK, PAPER, MONEY, GOODS, PEOPLE, MARKET, COPIES = (
    "look",
    "paper",
    "money",
    "goods",
    "people",
    "market",
    "copies",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: choices (value, word) as keys; none means text; `go` names a screen to open instead.

    `also` holds more words it is found by; `everyone`: no right is needed.
    """

    name: str
    group: str
    title: str
    sentence: str
    choices: tuple[tuple[str, str], ...] = ()
    standard: str = ""
    everyone: bool = False
    go: str = ""
    go_word: str = ""
    icon: str = ""
    also: str = ""


def groups() -> list[tuple[str, str]]:
    """The groups in order: name and word."""
    return [
        (LOOK, tr("화면")),
        (PAPER, tr("인쇄")),
        (MONEY, tr("결제")),
        (GOODS, tr("물건")),
        (PEOPLE, tr("사람")),
        (MARKET, tr("장터")),
        (COPIES, tr("사본")),
    ]


def all_rows() -> list[Row]:
    """Every setting, in order."""
    return [*_look(), *_paper(), *_money(), *_goods(), *_people(), *_market(), *_copies()]


def _off_on() -> tuple[tuple[str, str], ...]:
    return (("0", tr("끔")), ("1", tr("켬")))


def _look() -> list[Row]:
    sizes = tuple((str(size), f"{size}%") for size in (100, 125, 150, 200))
    themes = (("light", tr("밝은 화면")), ("daylight", tr("햇빛 화면")))
    tongues = (("ko", "한국어"), ("en", "English"))
    display = (("off", tr("끔")), ("auto", tr("둘째 화면이 있으면")), ("on", tr("켬")))
    locks = (("0", tr("끔")), *((m, tr("{minutes}분", minutes=m)) for m in ("3", "5", "10", "30")))
    return [
        Row("type_scale", LOOK, tr("글자 크기"), tr("Ctrl + 와 Ctrl - 로도 바꿔요."), sizes, "100", True,
            also=tr("큰 글씨")),
        Row("theme", LOOK, tr("밝기"), tr("바깥에서는 햇빛 화면이 잘 보여요."), themes, "light", True),
        Row("language", LOOK, tr("언어"), tr("화면의 말을 바꿔요."), tongues, "ko", True, also="language english"),
        Row("left_handed", LOOK, tr("왼손"), tr("결제 키가 왼쪽으로 가요."), _off_on(), "0", True),
        Row("sound", LOOK, tr("소리"), tr("찍으면 높은 소리 한 번, 못 읽으면 낮은 소리 두 번이 나요."), _off_on(),
            "1", True),
        Row("auto_lock_minutes", LOOK, tr("자동 잠금"),
            tr("아무도 쓰지 않으면 이름 고르는 화면으로 가요. 장바구니는 그대로 있어요."), locks, "0"),
        Row("customer_display", LOOK, tr("손님 화면"), tr("손님 쪽 화면에 담은 것과 합계를 보여요."), display, "auto"),
    ]  # fmt: skip


def _paper() -> list[Row]:
    widths = (("58", "58mm"), ("80", "80mm"))
    shop = tr("영수증 머리")
    return [
        Row("printers", PAPER, tr("인쇄기"), tr("인쇄기를 찾고, 시험 인쇄로 맞춰 봐요."), go="printers",
            go_word=tr("인쇄기 고르기"), icon="printer"),
        Row("printer_uri", PAPER, tr("인쇄기 주소"), tr("socket://192.168.0.87:9100 처럼 적어요.")),
        Row("receipt_width", PAPER, tr("종이 너비"), tr("두루마리 종이의 너비예요."), widths, "80"),
        Row("print_receipts", PAPER, tr("영수증"), tr("팔 때마다 영수증을 뽑아요. 꺼도 다시 뽑을 수 있어요."),
            _off_on(), "1"),
        Row("receipt_qr", PAPER, tr("영수증 QR"), tr("영수증 끝의 QR을 찍으면 그 판매가 열려요."), _off_on(), "1"),
        Row("drawer", PAPER, tr("돈통"), tr("현금을 받으면 돈통이 열려요."), _off_on(), "1"),
        Row("shop_name", PAPER, tr("상호"), tr("영수증 맨 위에 나와요."), also=f"{shop} {tr('가게 이름')}"),
        Row("shop_business_no", PAPER, tr("사업자등록번호"), tr("숫자 열 자리예요."), also=shop),
        Row("shop_representative", PAPER, tr("대표자"), tr("영수증에 나와요."), also=shop),
        Row("shop_address", PAPER, tr("주소"), tr("영수증에 나와요."), also=shop),
        Row("shop_phone", PAPER, tr("전화"), tr("영수증에 나와요."), also=shop),
        Row("shop_footer", PAPER, tr("맺음말"), tr("영수증 끝에 나와요."), also=shop),
    ]  # fmt: skip


def _won_steps() -> tuple[tuple[str, str], ...]:
    return (("1", tr("안 함")), *((str(won), wording.won(won)) for won in (10, 100)))


def _percents(values: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value * 10), f"{value}%") for value in values)


def _money() -> list[Row]:
    limits = (("0", tr("없음")), *((str(won), wording.won(won)) for won in (1000, 3000, 5000, 10000)))
    shares = tuple((str(value), f"{value}%") for value in (0, 50, 60, 70, 80))
    steps = _won_steps()
    return [
        Row("policy.cash_truncation_won", MONEY, tr("현금 절사"), tr("현금으로 받을 때 이 단위 아래는 받지 않아요."),
            steps, "10"),
        Row("policy.weighed_rounding_won", MONEY, tr("무게로 파는 값"), tr("저울에 단 값을 이 단위로 반올림해요."),
            steps, "10", also=tr("저울")),
        Row("policy.discount_cashier_permille", MONEY, tr("{role} 할인 한도", role=wording.role_word(Role.CASHIER)),
            tr("이보다 많이 깎으려면 담당자 PIN이 있어야 해요."), _percents((0, 5, 10, 20)), "100"),
        Row("policy.discount_vendor_permille", MONEY, tr("{role} 할인 한도", role=wording.role_word(Role.VENDOR)),
            tr("이보다 많이 깎으려면 담당자 PIN이 있어야 해요."), _percents((10, 20, 30, 50)), "300"),
        Row("policy.voucher_onnuri", MONEY, tr("온누리상품권"), tr("상품권을 받을지 정해요."), _off_on(), "1"),
        Row("policy.voucher_onnuri_percent", MONEY, tr("온누리 거스름돈"),
            tr("액면의 이만큼을 쓰면 나머지를 현금으로 거슬러 줘요."), shares, "60", also=tr("상품권")),
        Row("policy.voucher_local", MONEY, tr("지역화폐"), tr("상품권을 받을지 정해요."), _off_on(), "1",
            also=tr("상품권")),
        Row("policy.voucher_agency", MONEY, tr("기관 쿠폰"), tr("상품권을 받을지 정해요."), _off_on(), "1",
            also=tr("상품권")),
        Row("transfer_account", MONEY, tr("받을 계좌"), tr("이체로 받을 때 손님 화면과 종이에 나와요. 쉼표를 넣으면 손님 화면에서 줄을 바꿔요."),
            also=tr("계좌이체")),
        Row("over_short_limit_won", MONEY, tr("과부족 한도"), tr("이보다 많이 다르면 이유와 담당자 PIN이 있어야 마감해요."),
            limits, "5000"),
    ]  # fmt: skip


def _goods() -> list[Row]:
    oversell = (("0", tr("알려 주고 팔기")), ("1", tr("팔지 않기")), ("2", tr("그냥 팔기")))
    return [
        Row("policy.oversell_default", GOODS, tr("남은 것보다 많이 팔 때"), tr("새로 넣는 물건에 적용돼요."),
            oversell, "0", also=tr("재고")),
        Row("scale_patterns", GOODS, tr("저울 바코드 모양"),
            tr("21IIIIIWWWWWC: I는 물건, W는 무게, P는 값, C는 검사 숫자예요."), standard="21IIIIIWWWWWC 20IIIIIPPPPPC"),
        Row("vendor_id", GOODS, tr("이 계산대의 업체"), tr("새 물건을 넣을 때 이 업체로 넣어요.")),
    ]  # fmt: skip


def _people() -> list[Row]:
    return [
        Row("people", PEOPLE, tr("일하는 사람"), tr("이름과 역할, 쉬는 사람을 정해요."), also=tr("계산원 판매자 담당자")),
        Row("policy.cashier_totals", PEOPLE, tr("계산원의 오늘 매출"),
            tr("켜면 계산원이 영수증 화면에서 자기가 판 합계를 봐요."), _off_on(), "0", also=tr("합계")),
        Row("own_pin", PEOPLE, tr("내 PIN"), tr("지금 PIN을 넣고 새 PIN을 정해요."), everyone=True, go="own_pin",
            go_word=tr("내 PIN 바꾸기"), icon="lock"),
    ]  # fmt: skip


def _market() -> list[Row]:
    return [
        Row("register", MARKET, tr("계산대 번호"), tr("영수증 번호 앞에 붙어요. 장터를 열 때 정해요."), also=tr("계산대")),
        Row("day_report", MARKET, tr("오늘 판매"), tr("업체와 물건마다 얼마나 팔았는지 봐요."), everyone=True,
            go="day_report", go_word=tr("오늘 판매 보기"), icon="chart"),
    ]  # fmt: skip


def _copies() -> list[Row]:
    return [
        Row("devices", COPIES, tr("전송과 사본"), tr("판매는 이 컴퓨터에 안전하게 있어요. 밖으로 보내는 길을 봐요."),
            everyone=True, go="devices", go_word=tr("전송과 기기 보기"), icon="disk", also="USB"),
        Row("backup", COPIES, tr("장부 사본"), tr("한 시간마다, 마감할 때 USB나 다른 폴더에 둬요."), everyone=True,
            go="backup", go_word=tr("사본 보기"), icon="disk", also=tr("백업 되살리기")),
        Row("doctor", COPIES, tr("점검"), tr("장부, 디스크, 시계, 인쇄기, 사본을 한 번에 살펴봐요."), everyone=True,
            go="doctor", go_word=tr("점검하기"), icon="info"),
    ]  # fmt: skip
