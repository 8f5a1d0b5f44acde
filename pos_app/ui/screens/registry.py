"""Which name is which screen; the code of one is read when it is first wanted."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.ui.screens.desk import Desk
    from pos_app.ui.screens.frame import Screen

# Name, module below `pos_app.ui.screens`, class.
SCREENS: dict[str, tuple[str, str]] = {
    "selling": ("selling.screen", "SellingScreen"),
    "tender": ("tender.screen", "TenderScreen"),
    "change": ("change.screen", "ChangeScreen"),
    "receipts": ("receipts.screen", "ReceiptsScreen"),
    "parked": ("parked.screen", "ParkedScreen"),
    "shift_open": ("shift.open", "OpenShiftScreen"),
    "shift_close": ("shift.close", "CloseScreen"),
    "cash": ("shift.cash", "CashScreen"),
    "x_report": ("shift.x_report", "XReportScreen"),
    "menu": ("menu.screen", "MenuScreen"),
    "keys": ("help.screen", "HelpScreen"),
    "devices": ("devices.screen", "DevicesScreen"),
    "sync": ("sync.screen", "SyncScreen"),
    "printers": ("printers.screen", "PrintersScreen"),
    "settings": ("settings.screen", "SettingsScreen"),
    "backup": ("backup.screen", "BackupScreen"),
    "take_over": ("backup.take_over", "TakeOverScreen"),
    "doctor": ("doctor.screen", "DoctorScreen"),
    "day_report": ("day_report.screen", "DayReportScreen"),
    "board": ("board.screen", "BoardScreen"),
    "reports": ("reports.screen", "ReportsScreen"),
    "settlement": ("settlement.screen", "SettlementScreen"),
    "commission": ("commission.screen", "CommissionScreen"),
    "labels": ("labels.screen", "LabelsScreen"),
    "goods": ("goods.screen", "GoodsScreen"),
    "markdown": ("markdown.screen", "MarkdownScreen"),
    "donations": ("donations.screen", "DonationsScreen"),
    "orders": ("orders.screen", "OrdersScreen"),
    "bundles": ("bundles.screen", "BundlesScreen"),
    "sign_in": ("sign_in.screen", "SignInScreen"),
    "first_run": ("first_run.screen", "FirstRunScreen"),
}


def read_screen(name: str) -> type[Screen]:
    """The class of this name; reads its code, for which a background thread has more time."""
    module, kind = SCREENS[name]
    found: type[Screen] = getattr(importlib.import_module(f"pos_app.ui.screens.{module}"), kind)
    return found


def read_screens(names: Iterable[str]) -> None:
    """Read the code of screens that may be wanted soon; other names are left alone."""
    for name in names:
        if name in SCREENS:
            read_screen(name)


def read_parts(modules: Iterable[str]) -> None:
    """Read the code of dialogs that may be wanted soon."""
    for module in modules:
        importlib.import_module(f"pos_app.ui.screens.{module}")


def make_screen(name: str, desk: Desk) -> Screen:
    """A new screen of this name."""
    return read_screen(name)(desk)
