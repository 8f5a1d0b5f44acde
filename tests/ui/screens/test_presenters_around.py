"""What the presenters around a sale decide: parked carts, shift, sign-in, settings, devices, report."""

from datetime import UTC, datetime, timedelta

import pytest

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, Role
from pos_app.domain.tender import TenderType
from pos_app.ui.screens import wording
from pos_app.ui.screens.day_report.presenter import DayReportPresenter
from pos_app.ui.screens.devices.presenter import DevicesPresenter
from pos_app.ui.screens.first_run.presenter import FirstRunPresenter
from pos_app.ui.screens.parked.presenter import ParkedPresenter
from pos_app.ui.screens.rights import missing_right
from pos_app.ui.screens.settings.presenter import SettingsPresenter
from pos_app.ui.screens.shift.presenter import CashPresenter, ClosePresenter, OpenShiftPresenter
from pos_app.ui.screens.sign_in.presenter import SignInPresenter
from pos_app.ui.screens.tender.presenter import TenderPresenter
from tests.ui.fakes import PEOPLE, FakeHouse
from tests.ui.screens.fake_market import NOW, view


@pytest.fixture
def house() -> FakeHouse:
    return FakeHouse()


def test_parked_carts_are_recalled_only_into_an_empty_cart(house: FakeHouse) -> None:
    house.till.add("p14")
    house.till.add("p03")
    house.till.park()
    parked = ParkedPresenter(house)
    cart = parked.rows()[0]
    assert parked.name(cart) == "사과 5kg 외 1"
    assert parked.detail(cart, NOW + timedelta(minutes=130)) == "2시간 10분 전 · 박영지"
    assert parked.recall_reason() == ""
    house.till.add("p03")
    assert parked.recall_reason() == "담은 것을 먼저 결제하거나 보류해요."


def test_the_float_is_suggested_until_something_is_counted(house: FakeHouse) -> None:
    opening = OpenShiftPresenter(house)
    assert opening.corner() == "준비금 100,000원으로 개점"
    opening.set_pieces(50_000, 1)
    assert opening.float_won() == 50_000
    opening.use_suggested()
    assert opening.float_won() == 100_000


def test_a_half_done_count_survives(house: FakeHouse) -> None:
    close = ClosePresenter(house)
    close.set_pieces(10_000, 3)
    assert ClosePresenter(house).counting.total_won() == 30_000


def test_parked_carts_come_before_the_count(house: FakeHouse) -> None:
    house.till.add("p14")
    house.till.park()
    close = ClosePresenter(house)
    assert close.step == "parked"
    assert close.items("parked")


@pytest.mark.acceptance("A11")
def test_a_card_without_number_is_on_the_list_at_close(house: FakeHouse) -> None:
    house.till.add("p14")
    tender = TenderPresenter(house)
    tender.choose(TenderType.CARD)
    tender.receive()
    assert len(ClosePresenter(house).items("cards")) == 1


def test_cash_movement_wants_amount_and_reason(house: FakeHouse) -> None:
    cash = CashPresenter(house)
    assert cash.off_reason() == "금액을 넣어요."
    cash.amount.press("3")
    cash.amount.press("만")
    assert cash.off_reason() == "이유를 골라요."
    cash.reason = "물건 사기"
    assert cash.move() == "30,000원 출금했어요"


def test_sign_in_knows_the_length_and_the_wait() -> None:
    house = FakeHouse(PEOPLE)
    house.settings.set("last_operator", "o5")
    signing = SignInPresenter(house)
    signing.load()
    assert signing.prompt() == "김서은 님, PIN 6자리"
    assert [signing.digit(digit) for digit in "246813"] == [False] * 5 + [True]
    now = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
    person = view(id="o9", name="이은현", role=Role.VENDOR, locked_until=now + timedelta(seconds=100))
    signing.people = [person]
    signing.choose("o9")
    assert signing.locked_words(now) == "잠겼어요. 1분 뒤에 다시 해 봐요."


def test_the_first_run_checks_its_answers(house: FakeHouse) -> None:
    first = FirstRunPresenter(house)
    first.market, first.business_date, first.register = "", "어제", "R 1!"
    assert set(first.who_problems()) == {"market", "date", "register"}
    first.name, first.pin, first.pin_again = "김서은", "123456", "123456"
    assert set(first.pin_problems()) == {"pin"}
    first.pin, first.pin_again = "246813", "246814"
    assert set(first.pin_problems()) == {"again"}


def test_a_setting_is_taken_back(house: FakeHouse) -> None:
    settings = SettingsPresenter(house)
    row = next(row for row in settings.rows() if row.name == "type_scale")
    assert settings.set(row, "100") == ""
    assert settings.set(row, "150") == "글자 크기 바꿨어요"
    assert settings.undo() == ("type_scale", "100")
    settings.query = "인쇄기 주소"
    printer = next(row for row in settings.rows() if row.name == "printer_uri")
    assert not settings.may_change(printer)
    settings.query = "왼손"
    assert [row.name for row in settings.rows()] == ["left_handed"]


def test_devices_say_what_needs_a_hand(house: FakeHouse) -> None:
    devices = DevicesPresenter(house)
    house.papers.named[""] = "socket://192.168.0.87:9100"
    house.papers.needs_hand, house.papers.word = True, "종이 없음"
    house.papers.code = "paper_out"
    assert next((d.word, d.level) for d in devices.devices()) == ("종이 없음", "red")
    assert wording.free_words(1_260_000_000) == "1.2GB 남음"
    job = view(
        id="j",
        kind="receipt",
        title="영수증",
        state="unknown",
        at=NOW,
        error="",
        held=False,
        printer="",
        copy_no=0,
    )
    assert devices.job_word(job) == ("나왔는지 봐 주세요", "warn")
    assert ("retry", "다시 인쇄하기") in devices.job_acts(job)


def test_the_day_in_figures(house: FakeHouse) -> None:
    report = DayReportPresenter(house)
    report.take(report.load())
    assert report.empty
    house.till.add("p14")
    TenderPresenter(house).receive()
    report.take(report.load())
    assert not report.empty
    assert report.vendors()[0] == ("해남땅끝 공방", "28,000")
    assert ("판매", "28,000") in report.summary()


def test_only_missing_rights_ask_for_a_pin() -> None:
    assert missing_right(DomainError("right.missing", action="refund"), Action.SELL) is Action.REFUND
    assert missing_right(DomainError("discount.over_limit"), Action.DISCOUNT) is Action.DISCOUNT
    assert missing_right(DomainError("sale.empty"), Action.SELL) is None


def test_ages_and_units() -> None:
    assert wording.ago(NOW - timedelta(minutes=8), NOW) == "8분"
    assert wording.ago(NOW, NOW) == "방금"
    assert wording.ago(NOW - timedelta(days=3), NOW) == "3일"
    assert [wording.counter(unit) for unit in ("병", "5kg 상자", "320ml", "kg", "")] == [
        "병",
        "상자",
        "개",
        "kg",
        "개",
    ]
    assert wording.signed(-17_000) == "-17,000"
    assert wording.register_word("R2") == "계산대 2"
