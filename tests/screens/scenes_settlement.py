"""What the pictures of settling show: drafts, one that must be looked at, approved, paid, none yet."""

from pos_app.domain.commission import Band, Rule
from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.services.desk import Session
from pos_app.ui.screens.commission.screen import CommissionScreen
from pos_app.ui.screens.settlement.screen import SettlementScreen
from tests.screens.scenes import Scene
from tests.ui.window.driver import Window, rest, settle

CASH = TenderInput(TenderType.CASH, 10_000_000)


def sealed(window: Window) -> None:
    """The demo's day closed and sealed, with rules for two of three classes."""
    house = window.house
    keep = house.desk.register
    for line in house.day_close.board():
        house.desk.register = line.register
        if line.state == "open":
            house.shifts.count_total(max(0, house.shifts.count_total(0).expected_won))
            house.shifts.close("그림")
    house.desk.register = keep
    house.day_close.seal()
    house.commissions.enter(Rule("", "2026-01-01", (Band(0, 100),), vendor_class="농가"))
    house.commissions.enter(Rule("", "2026-01-01", (Band(0, 130),), vendor_class="가공"))
    house.commissions.set_fee("card", 15)


def settlement_none(window: Window) -> None:
    sealed(window)
    window.shell.go("settlement")
    rest()


def settlement(window: Window) -> None:
    """Drafts; one class without a rule."""
    sealed(window)
    house = window.house
    house.settlements.run()
    view = house.settlements.current()[-1]
    for told in view.statements[:2]:
        if not told.statement.warnings:
            house.payouts.approve([view.run.run_id], told.vendor_id)
    house.statements.write_note(
        view.run.run_id, view.statements[-1].vendor_id, "환불 두 건을 다시 봐 주세요", "박영지"
    )
    window.shell.go("settlement")
    rest()
    screen = window.shell.current
    assert isinstance(screen, SettlementScreen)
    screen.presenter.cooperative = view.run.cooperative
    screen.presenter.key = f"{view.run.run_id} {view.statements[-1].vendor_id}"
    screen.refresh()
    rest()
    settle()


def settlement_warned(window: Window) -> None:
    """A vendor whose goods no rule covers."""
    sealed(window)
    house = window.house
    house.settlements.run()
    window.shell.go("settlement")
    rest()
    settle()


def paid(window: Window) -> None:
    """All paid."""
    sealed(window)
    house = window.house
    house.commissions.enter(Rule("", "2026-01-01", (Band(0, 160),), vendor_class="기업"))
    ids = [made.view.run.run_id for made in house.settlements.run()]
    house.payouts.approve(ids)
    house.payouts.pay(ids, "이체 1120")
    window.shell.go("settlement")
    rest()
    settle()


def approved(window: Window) -> None:
    """All approved: one press from being paid."""
    sealed(window)
    house = window.house
    house.commissions.enter(Rule("", "2026-01-01", (Band(0, 160),), vendor_class="기업"))
    house.payouts.approve([made.view.run.run_id for made in house.settlements.run()])
    window.shell.go("settlement")
    rest()
    settle()


def statement(window: Window) -> None:
    """The statement in front, also where list and statement take turns."""
    paid(window)
    if window.shell.current.one_column():
        window.touch_named("settlement.side")
        settle()


def more(window: Window) -> None:
    """What is done now and then."""
    approved(window)
    if window.shell.current.one_column():
        window.touch_named("settlement.side")
        settle()
    window.touch_named("settlement_more")
    settle()


def account(window: Window) -> None:
    """Where a vendor's money goes."""
    more(window)
    window.touch_named("settlement_account")
    settle()


def sales_behind(window: Window) -> None:
    """The slips of one figure."""
    statement(window)
    window.touch_named("statement_tender_cash_cooperative")
    rest()
    settle()


def commission(window: Window) -> None:
    """The rules that stand."""
    sealed(window)
    window.shell.go("commission")
    rest()
    settle()


def commission_trial(window: Window) -> None:
    """A new rule tried on the day that was sealed."""
    commission(window)
    screen = window.shell.current
    assert isinstance(screen, CommissionScreen)
    for name, text in (
        ("vendor_class", "농가"),
        ("rate", "0"),
        ("band_won", "100,000"),
        ("band_rate", "12.5"),
    ):
        screen.fields[name].set_text(text)
    if screen.one_column():
        window.touch_named("commission.side")
        settle()
    window.touch_named("commission_try")
    rest()
    settle()


def vouchers(window: Window) -> None:
    """Vouchers that wait until they are redeemed: whose were?"""
    house = window.house
    house.commissions.decide([], ["voucher:onnuri"], [])
    for product in [tile for tile in house.goods.tiles() if tile.name in ("우리밀 식빵", "수제 쿠키 세트")]:
        house.till.add(product.product_id, 2000)
        house.till.complete([TenderInput(TenderType.VOUCHER, 10_000, kind="onnuri"), CASH])
    paid(window)
    if window.shell.current.one_column():
        window.touch_named("settlement.side")
        settle()
    window.touch_named("settlement_more")
    settle()
    window.touch_named("settlement_redeem")
    settle()


def of_a_vendor(window: Window) -> None:
    """What a vendor sees: the own statement, nothing of the others."""
    paid(window)
    vendor = window.house.settlements.current()[0].statements[0].vendor
    window.house.use(Session("00000000-0000-4000-8000-000000vendor", vendor, Role.VENDOR))
    window.shell.go("menu")
    settle()
    window.shell.go("settlement")
    rest()
    settle()


SETTLEMENT: dict[str, Scene] = {
    "settlement-vouchers": vouchers,
    "settlement-vendor": of_a_vendor,
    "settlement-none": settlement_none,
    "settlement": settlement,
    "settlement-warned": settlement_warned,
    "settlement-approved": approved,
    "settlement-paid": paid,
    "settlement-statement": statement,
    "settlement-more": more,
    "settlement-account": account,
    "settlement-sales": sales_behind,
    "commission": commission,
    "commission-trial": commission_trial,
}
