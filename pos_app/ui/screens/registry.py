"""Which name is which screen."""

from collections.abc import Callable

from pos_app.ui.screens.board.screen import BoardScreen
from pos_app.ui.screens.bundles.screen import BundlesScreen
from pos_app.ui.screens.change.screen import ChangeScreen
from pos_app.ui.screens.commission.screen import CommissionScreen
from pos_app.ui.screens.day_report.screen import DayReportScreen
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.devices.screen import DevicesScreen
from pos_app.ui.screens.donations.screen import DonationsScreen
from pos_app.ui.screens.first_run.screen import FirstRunScreen
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.goods.screen import GoodsScreen
from pos_app.ui.screens.help.screen import HelpScreen
from pos_app.ui.screens.labels.screen import LabelsScreen
from pos_app.ui.screens.markdown.screen import MarkdownScreen
from pos_app.ui.screens.menu.screen import MenuScreen
from pos_app.ui.screens.orders.screen import OrdersScreen
from pos_app.ui.screens.parked.screen import ParkedScreen
from pos_app.ui.screens.printers.screen import PrintersScreen
from pos_app.ui.screens.receipts.screen import ReceiptsScreen
from pos_app.ui.screens.selling.screen import SellingScreen
from pos_app.ui.screens.settings.screen import SettingsScreen
from pos_app.ui.screens.settlement.screen import SettlementScreen
from pos_app.ui.screens.shift.cash import CashScreen
from pos_app.ui.screens.shift.close import CloseScreen
from pos_app.ui.screens.shift.open import OpenShiftScreen
from pos_app.ui.screens.shift.x_report import XReportScreen
from pos_app.ui.screens.sign_in.screen import SignInScreen
from pos_app.ui.screens.tender.screen import TenderScreen


def _reports(desk: Desk) -> Screen:
    # lazy: tables and charts, which the first sale does without
    from pos_app.ui.screens.reports.screen import ReportsScreen

    return ReportsScreen(desk)


SCREENS: dict[str, Callable[[Desk], Screen]] = {
    "selling": SellingScreen,
    "tender": TenderScreen,
    "change": ChangeScreen,
    "receipts": ReceiptsScreen,
    "parked": ParkedScreen,
    "shift_open": OpenShiftScreen,
    "shift_close": CloseScreen,
    "cash": CashScreen,
    "x_report": XReportScreen,
    "menu": MenuScreen,
    "keys": HelpScreen,
    "devices": DevicesScreen,
    "printers": PrintersScreen,
    "settings": SettingsScreen,
    "day_report": DayReportScreen,
    "board": BoardScreen,
    "reports": _reports,
    "settlement": SettlementScreen,
    "commission": CommissionScreen,
    "labels": LabelsScreen,
    "goods": GoodsScreen,
    "markdown": MarkdownScreen,
    "donations": DonationsScreen,
    "orders": OrdersScreen,
    "bundles": BundlesScreen,
    "sign_in": SignInScreen,
    "first_run": FirstRunScreen,
}


def make_screen(name: str, desk: Desk) -> Screen:
    """A new screen of this name."""
    return SCREENS[name](desk)
