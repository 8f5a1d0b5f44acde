"""The plain sentence for every rule of settling that says no: slips, commissions, statements, payouts."""

from pos_app.i18n.texts import mark

SETTLING = {
    "commission.ambiguous": mark(
        "{on}에 수수료 규칙 두 개가 함께 맞아요: {first}, {second}. 하나를 끝내거나 더 자세히 적어요."
    ),
    "commission.band_order": mark("{rule}: 수수료 구간의 금액이 차례대로 커져야 해요. 다시 적어요."),
    "commission.date": mark("{text}: 수수료 규칙의 날짜를 읽지 못했어요. 2026-11-20처럼 적어요."),
    "commission.dates": mark("{rule}: 끝나는 날이 시작하는 날보다 빨라요. 날짜를 다시 적어요."),
    "commission.doubled": mark("{rule}: 같은 수수료 규칙이 두 번 있어요. 하나를 지워요."),
    "commission.first_band": mark("{rule}: 첫 구간은 0원부터 시작해야 해요."),
    "commission.gap": mark(
        "{from_on}부터 {until_on}까지 수수료 규칙이 비어요: {first}, {second} 사이. 날짜를 이어서 적어요."
    ),
    "commission.band": mark("{text}: 구간은 5000000:100처럼 금액과 천분율로 적어요."),
    "commission.rate_text": mark("{text}: 수수료율을 읽지 못했어요. 10이나 1.5처럼 적어요."),
    "commission.tender": mark("{text}: 모르는 결제 수단이에요. card=15나 voucher:onnuri처럼 적어요."),
    "commission.unknown": mark("{rule}: 그런 수수료 규칙이 없어요. 규칙 목록을 다시 봐요."),
    "commission.no_bands": mark("{rule}: 수수료율이 비었어요. 율을 적어요."),
    "commission.no_id": mark("수수료 규칙에 번호가 없어요. 규칙을 다시 만들어요."),
    "commission.not_whole": mark("수수료 규칙에 숫자가 아닌 것이 있어요. 다시 넣어요."),
    "commission.overlap": mark(
        "{from_on}부터 수수료 규칙 두 개가 겹쳐요: {first}, {second}. 하나를 끝내거나 더 자세히 적어요."
    ),
    "commission.rate": mark("수수료율은 0%부터 {max_permille}까지예요. 다시 넣어요."),
    "card_number.empty": mark("승인번호를 적어요."),
    "card_number.known": mark("{receipt_no}: 판매할 때 적은 승인번호({approval_no})가 있어요. 그 번호는 바뀌지 않아요."),
    "card_number.no_card": mark("{receipt_no}: 카드로 받은 돈이 아니에요. 목록에서 다시 골라요."),
    "card_number.voided": mark("{receipt_no}: 취소한 판매예요. 승인번호를 적지 않아도 돼요."),
    "reconcile.faces": mark("상품권 권종과 장수가 맞지 않아요. 10000=3처럼 적어요."),
    "reconcile.kind": mark("{kind}: 맞춰 볼 수 없는 것이에요. card, card_refund, transfer, voucher 가운데 적어요."),
    "reconcile.negative": mark("전표 합계는 0원보다 작을 수 없어요. 다시 적어요."),
    "reconcile.no_shift": mark("{register}: 이 날 개점한 적이 없어요. 계산대 이름을 다시 적어요."),
    "reconcile.too_large": mark("전표 합계가 너무 커요. {max_won}까지 적을 수 있어요."),
    "reconcile.unknown_tick": mark("{text}: 이 계산대의 이체가 아니에요. 목록에서 다시 골라요."),
    "payout.account": mark("계좌번호는 숫자 8자리에서 20자리까지예요. 다시 적어요."),
    "payout.differs": mark("보낼 돈의 합이 정산과 달라서 파일을 만들지 않았어요. 정산을 다시 만들어요."),
    "payout.no_bank": mark("은행 이름이 비었어요. 은행을 적어요."),
    "settlement.carried": mark("넘어온 잔액은 0원이거나 그보다 작아야 해요. 지난 정산을 다시 봐요."),
    "settlement.empty_run": mark("정산할 업체가 없어요. 업체를 먼저 골라요."),
    "settlement.holder": mark("{text}: 돈을 누가 가졌는지 알 수 없어요. 조합이나 판매자예요."),
    "settlement.no_rule": mark(
        "수수료 규칙이 없는 업체가 {count}곳 있어요. 규칙을 넣고 정산을 다시 만들어요."
    ),
    "settlement.changed": mark(
        "{vendor}: 다시 계산하니 정산과 달라요. jangteo verify로 장부를 살펴본 다음 다시 해요."
    ),
    "settlement.incomplete": mark("{run}: 정산서가 아직 다 오지 않았어요. 자료를 더 받은 다음 해요."),
    "settlement.no_account": mark("보낼 계좌가 없는 업체가 있어요: {vendors}. 계좌를 적고 다시 해요."),
    "settlement.no_note": mark("적을 말이 비었어요. 이의나 메모를 적어요."),
    "settlement.no_reason": mark("되돌리는 까닭을 적어요."),
    "settlement.no_reference": mark("이체 번호나 메모를 적어요. 나중에 통장과 맞춰 봐요."),
    "settlement.no_rule_for": mark("수수료 규칙이 없는 업체예요: {vendors}. 규칙을 넣고 정산을 다시 만들어요."),
    "settlement.none": mark("아직 만든 정산이 없어요. 하루를 봉인하고 정산을 만들어요."),
    "settlement.not_approved": mark("아직 승인하지 않은 업체가 있어요. 모두 승인한 다음 해요."),
    "settlement.not_yours": mark("다른 업체의 정산이에요. 우리 업체의 정산만 볼 수 있어요."),
    "settlement.not_in_run": mark("{vendor}: 이 정산에 없는 업체예요. 업체를 다시 골라요."),
    "settlement.not_paid": mark("지급한 정산만 되돌려요. 지급 전이면 정산을 거두고 다시 만들어요."),
    "settlement.not_sealed": mark("{market} {date}: 아직 봉인하지 않은 날이에요. 하루를 봉인한 다음 정산해요."),
    "settlement.nothing_held": mark("이 정산에는 기다리는 상품권이 없어요."),
    "settlement.stale": mark(
        "{vendor}: 정산을 만든 다음에 이월이나 상품권이 바뀌었어요. 정산을 거두고 다시 만들어요."
    ),
    "settlement.twice": mark(
        "{date} {cooperative}: 같은 판매를 담은 정산이 또 있어요. 하나를 거둔 다음 해요."
    ),
    "settlement.unknown": mark("{run}: 그런 정산이 없어요. 정산 번호를 다시 봐요."),
    "settlement.outside": mark("{on}: 정산 기간 밖의 판매가 들어 있어요. 기간을 다시 골라요."),
    "settlement.reversal": mark("되돌린 정산은 다시 되돌릴 수 없어요. 새로 정산해요."),
    "settlement.reversed_already": mark("이미 되돌린 정산이에요."),
    "settlement.step": mark("이 정산은 지금 그렇게 바꿀 수 없어요. 지급한 정산은 되돌리는 정산으로 고쳐요."),
    "settlement.tenders_differ": mark(
        "{on}: 판매 {net_won}, 결제 수단 {tenders_won}: 두 합계가 달라요. jangteo rebuild로 표를 다시 만든 다음 정산해요."
    ),
}
