"""What the presenters decide, without any window."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.cart import Discount
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, Role
from pos_app.domain.tender import DEFAULT_RULES, TenderType, rule_for
from pos_app.ui.screens.change.presenter import ChangePresenter
from pos_app.ui.screens.line_edit.presenter import DISCOUNT, PRICE, LineEditPresenter, WeighPresenter
from pos_app.ui.screens.receipts.presenter import ReceiptsPresenter
from pos_app.ui.screens.selling.presenter import Filter, SellingPresenter
from pos_app.ui.screens.tender.presenter import TenderPresenter
from pos_app.ui.screens.tender.voucher import voucher_verdict
from tests.ui.fakes import FakeHouse
from tests.ui.screens.fake_market import view


@pytest.fixture
def house() -> FakeHouse:
    return FakeHouse()


@pytest.fixture
def selling(house: FakeHouse) -> SellingPresenter:
    presenter = SellingPresenter(house)
    presenter.load()
    return presenter


def test_tiles_by_vendor_category_and_search(selling: SellingPresenter) -> None:
    assert len(selling.shown()) == 18
    selling.filter = Filter("category", "쌀·곡물")
    assert [item.name for item in selling.shown()] == ["친환경 쌀 10kg", "친환경 장성편백사회적협동조합찹쌀 4kg"]
    selling.filter = Filter("vendor", "v04")
    assert {item.name for item in selling.shown()} == {"양파 3kg", "사과 5kg"}
    selling.query = "ㅎㄹㅂ"
    assert [item.name for item in selling.shown()] == ["한라봉 3kg"]


def test_the_order_of_tiles_stays_when_stock_moves(selling: SellingPresenter, house: FakeHouse) -> None:
    before = [item.product_id for item in selling.shown()]
    house.goods.items = dict(reversed(house.goods.items.items()))
    selling.refresh(["p03"])
    assert [item.product_id for item in selling.shown()] == before


def test_more_than_there_is_warns_but_sells(selling: SellingPresenter) -> None:
    outcome = selling.tap("p13")
    assert outcome.kind == "added"
    assert "남은 것보다" in outcome.message


def test_a_mark_down_shows_what_is_asked(selling: SellingPresenter) -> None:
    selling.tap("p08")
    selling.tap("p08")
    row = selling.rows()[0]
    assert (row.detail, row.amount_won) == ("2개 × 4,400원", 8_800)
    assert [(badge.text, badge.kind) for badge in row.badges] == [("떨이 20%", "markdown")]


def test_minus_on_the_last_piece_takes_the_line_out(selling: SellingPresenter) -> None:
    selling.tap("p03")
    selling.plus(selling.selected)
    assert selling.minus(selling.selected) == ""
    assert selling.minus(selling.selected) == "참기름 320ml를 뺐어요"
    assert selling.empty


def test_totals_say_kinds_and_pieces(selling: SellingPresenter) -> None:
    assert selling.totals().subtitle == "아직 없어요"
    selling.tap("p03")
    selling.tap("p03")
    selling.add("p12", 1240)
    assert selling.totals().subtitle == "2가지 3개"


def test_the_selection_moves_and_stops_at_the_ends(selling: SellingPresenter) -> None:
    first, second = selling.tap("p03").line_key, selling.tap("p14").line_key
    assert selling.selected == second
    assert selling.move_selection(-1) == first
    assert selling.move_selection(-1) == first


def test_line_edit_names_the_limit(house: FakeHouse) -> None:
    key = house.till.add("p14")
    edit = LineEditPresenter(house, key, DISCOUNT)
    edit.set_typed(10)
    assert (edit.corner(), edit.needs_pin()) == ("10% 할인하기", None)
    assert (edit.preview().before_won, edit.preview().after_won) == (28_000, 25_200)
    edit.set_typed(50)
    assert edit.needs_pin() is Action.DISCOUNT
    assert edit.limit_sentence() == "판매자는 30%까지 깎을 수 있어요. 50%는 담당자 PIN이 있어야 해요."
    edit.choose_unit(False)
    edit.digits("2800")
    edit.apply()
    assert house.till.cart.lines[0].discount == Discount("won", 2_800)


def test_a_cashier_needs_a_pin_for_another_price(house: FakeHouse) -> None:
    house.session = view(operator_id="o4", name="최하현", role=Role.CASHIER)
    edit = LineEditPresenter(house, house.till.add("p14"), PRICE)
    assert edit.needs_pin() is None
    edit.digits("25000")
    assert edit.needs_pin() is Action.PRICE_OVERRIDE
    with pytest.raises(DomainError):
        edit.apply()


def test_weights_are_typed_in_grams(house: FakeHouse) -> None:
    weigh = WeighPresenter(house, "p12")
    for digit in "1240":
        weigh.digits(digit)
    assert (weigh.milli(), weigh.amount_won(), weigh.corner()) == (1_240, 3_600, "1.240kg 담기")
    weigh.add_grams(-2_000)
    assert weigh.milli() == 0


@pytest.fixture
def tender(house: FakeHouse) -> TenderPresenter:
    house.till.add("p03")
    house.till.add("p14")
    house.till.add("p12", 1_240)
    return TenderPresenter(house)


def test_nothing_typed_means_exact(tender: TenderPresenter) -> None:
    assert tender.received_won() == 52_600
    assert tender.corner() == "현금 52,600원 받음"
    done = tender.receive()
    assert done is not None and done.change_won == 0


def test_ten_thousand_by_one_key(tender: TenderPresenter) -> None:
    for key in ("1", "0", "*"):
        tender.press(key)
    assert (tender.received_won(), tender.change_won(), tender.reading()) == (100_000, 47_400, "10만 원")


def test_cash_is_cut_to_ten_won_and_card_is_not(house: FakeHouse) -> None:
    key = house.till.add("p14")
    house.till.set_price(key, 27_999)
    tender = TenderPresenter(house)
    assert (tender.left_won(), tender.truncation_won()) == (27_990, 9)
    tender.choose(TenderType.CARD)
    assert (tender.left_won(), tender.truncation_won()) == (27_999, 0)


def test_a_card_may_not_bring_more(tender: TenderPresenter) -> None:
    tender.choose(TenderType.CARD)
    tender.set_amount(60_000)
    problem = tender.problem()
    assert problem is not None and problem.code == "tender.change_not_allowed"


def test_faces_count_and_the_rule_speaks(tender: TenderPresenter) -> None:
    tender.choose(TenderType.VOUCHER)
    assert tender.has_faces()
    tender.step_face(30_000, 1)
    assert tender.missing_won() == 22_600
    tender.step_face(30_000, 2)
    verdict = tender.verdict()
    assert tender.received_won() == 90_000
    assert verdict is not None and not verdict.good
    assert verdict.title == "이 상품권은 54,000원 넘게 써야 거슬러 드릴 수 있어요."
    assert verdict.sentence.startswith("1,400원만큼")


@given(st.integers(1, 1_000_000), st.integers(1, 1_000_000))
def test_the_voucher_sentence_agrees_with_the_rule(due: int, received: int) -> None:
    rule = rule_for(TenderType.VOUCHER, "onnuri", DEFAULT_RULES)
    verdict = voucher_verdict(rule, due, received)
    assert verdict is not None
    allowed = received <= due or due * 100 >= received * rule.change_percent
    assert verdict.good == allowed


@given(st.lists(st.sampled_from(["1", "9", "0", "00", "000", "천", "만", "back"]), max_size=12))
def test_whatever_is_typed_stays_an_amount(keys: list[str]) -> None:
    house = FakeHouse()
    house.till.add("p14")
    tender = TenderPresenter(house)
    for key in keys:
        if key == "back":
            tender.backspace()
        else:
            tender.press(key)
        assert 0 <= tender.received_won() <= 99_999_999
        assert tender.change_won() >= 0
        assert tender.missing_won() == max(0, tender.left_won() - tender.received_won())


def test_split_rows_and_the_rest(tender: TenderPresenter) -> None:
    tender.set_amount(20_000)
    assert tender.receive() is None
    tender.choose(TenderType.CARD)
    tender.form.approval_no = "30418827"
    tender.form.issuer = "신한"
    assert tender.left_won() == 32_600
    assert tender.row_detail(tender.current()) == "승인번호 30418827 · 신한 · 일시불"
    done = tender.receive()
    assert done is not None and done.received_won == 52_600


def test_change_speaks_and_counts_notes(house: FakeHouse) -> None:
    done = view(
        sale_id="s", receipt_no="R2-K7-0138", total_won=61_400, received_won=100_000, change_won=38_600,
        notes=((10_000, 3), (5_000, 1), (1_000, 3), (500, 1), (100, 1)), print_job_id="j",
    )  # fmt: skip
    change = ChangePresenter(house, done)
    assert change.announcement() == "거스름돈 삼만 팔천육백 원"
    assert change.explanation() == "받은 금액 100,000원 - 합계 61,400원"
    assert change.notes()[0] == ("10,000원", "3장")
    assert change.notes()[3] == ("500원", "1개")
    house.papers.needs_hand, house.papers.word, house.papers.waiting = True, "종이 없음", 2
    sentence = "판매는 저장됐어요. 인쇄기를 고치면 2장이 이어서 나와요."
    assert change.paper() == ("인쇄기: 종이 없음", sentence, True)


@pytest.fixture
def receipts(house: FakeHouse) -> ReceiptsPresenter:
    house.till.add("p14", 2_000)
    house.till.add("p12", 1_240)
    TenderPresenter(house).receive()
    presenter = ReceiptsPresenter(house)
    presenter.load()
    presenter.choose(presenter.rows[0].sale_id)
    return presenter


def test_a_piece_goes_back_at_a_time_and_a_weight_whole(receipts: ReceiptsPresenter) -> None:
    assert receipts.sold is not None
    apples, potatoes = receipts.sold.lines
    receipts.step(apples, 1)
    assert receipts.worth() == 28_000
    receipts.step(apples, 1)
    receipts.step(apples, 1)
    receipts.step(potatoes, 1)
    assert receipts.chosen() == [(1, 2_000), (2, 1_240)]
    assert receipts.off_reason() == "이유를 골라요."
    receipts.reason = "상했어요"
    assert receipts.corner() == "59,600원 환불하기"
    receipts.refund()
    assert receipts.off_reason() == "모두 환불했어요."


def test_the_same_tender_first_then_cash(house: FakeHouse) -> None:
    house.till.add("p14")
    tender = TenderPresenter(house)
    tender.choose(TenderType.CARD)
    tender.receive()
    presenter = ReceiptsPresenter(house)
    presenter.load()
    presenter.choose(presenter.rows[0].sale_id)
    assert presenter.ways() == [TenderType.CARD, TenderType.CASH]


def test_receipts_are_found_by_number_amount_and_goods(receipts: ReceiptsPresenter) -> None:
    for text, found in (("사과", 1), ("59600", 1), ("0137", 1), ("없는것", 0)):
        receipts.text = text
        receipts.load()
        assert len(receipts.rows) == found
