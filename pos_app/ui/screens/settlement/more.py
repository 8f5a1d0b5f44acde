"""What is done with a settlement now and then, behind one key: as far as the role may."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.keys import Key

if TYPE_CHECKING:
    from pos_app.ui.screens.settlement.screen import SettlementScreen

ALL = "all"
Act = tuple[str, str, str, Callable[[], object]]


def open_more(screen: "SettlementScreen") -> None:
    """All at once, again, taken back, the bank's file."""
    dialog = Dialog(screen, tr("더 보기"), "", "settlement_more_dialog", 640)
    acts = [*_papers(screen), *(_steps(screen) if screen.presenter.settles else ()), *_looks(screen)]
    grid = QGridLayout()
    grid.setSpacing(8)
    columns = 2 if len(acts) > 4 else 1
    for place, (name, words, icon, act) in enumerate(acts):
        key = Key(words, icon, "plain", f"settlement_{name}")
        key.clicked.connect(partial(_then, dialog, act))
        grid.addWidget(key, place // columns, place % columns)
    dialog.body.addLayout(grid)
    keep = dialog.add_key(Key(tr("그대로 두기"), None, "plain", "settlement_more_safe"))
    keep.clicked.connect(dialog.leave)
    screen.desk.open_dialog(dialog)


def _papers(screen: "SettlementScreen") -> list[Act]:
    if not screen.compact or screen.presenter.current() is None:
        return []
    return [
        ("more_print", tr("80mm 인쇄"), "printer", screen.print_slip),
        ("more_pdf", "PDF", "receipt", screen.save_pdf),
        ("more_note", tr("이의 적기"), "edit", screen.ask_note),
    ]


def _steps(screen: "SettlementScreen") -> list[Act]:
    """What changes something: for those who settle."""
    view, run, take = screen.presenter, screen.desk.run, screen.take
    now, acts = view.current(), list[Act]()
    if not view.all_approved():
        acts.append(("all", tr("모두 승인하기"), "check", lambda: run(view.approve_all, take)))
    if view.can_remake():
        acts.append(("again", tr("정산 다시 만들기"), "undo", lambda: run(view.again, take)))
    if now is not None and now.state == "approved":
        acts.append(("back", tr("이 업체 승인 거두기"), "undo", lambda: run(view.take_back, take)))
    if view.all_approved():
        acts.append(("bank", tr("은행 이체 파일 저장"), "transfer", screen.save_transfers))
    if view.vouchers():
        words = tr("상품권 현금화 {amount}", amount=wording.won(view.vouchers_won()))
        acts.append(("redeem", words, "voucher", screen.ask_vouchers))
    if view.read.waiting and view.corner().act != "run":
        words = tr("{date} 정산 만들기", date=wording.short_day(view.read.waiting))
        acts.append(("new", words, "plus", lambda: run(view.run, take)))
    if now is not None and now.state == "paid" and view.corner().act != "reverse":
        acts.append(("reverse", tr("정정 정산 만들기"), "undo", screen.ask_reverse))
    if now is not None:
        acts.append(("account", tr("입금 계좌 적기"), "edit", screen.ask_account))
    acts.append(("rules", tr("수수료 규칙"), "percent", lambda: screen.desk.go("commission")))
    return acts


def _looks(screen: "SettlementScreen") -> list[Act]:
    acts: list[Act] = []
    if len(screen.presenter.read.dates) > 1:
        acts.append(("dates", tr("다른 날 정산 보기"), "clock", screen.ask_date))
    acts.append(("sales", tr("이 업체의 판매 모두 보기"), "receipt", lambda: screen.show_sales("", "")))
    return acts


def _then(dialog: Dialog, act: Callable[[], object], _checked: bool = False) -> None:
    """Shut the question, then do it."""
    dialog.shut()
    act()
