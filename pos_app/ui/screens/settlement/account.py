"""Asks where a vendor's money goes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key


class AccountDialog(Dialog):
    """Bank, number and holder. `given(bank, account, holder)`; an empty one says so at its field."""

    given = Signal(str, str, str)

    def __init__(self, window: QWidget, vendor: str, masked: str) -> None:
        words = tr("지금 계좌는 {account}이에요.", account=masked) if masked else tr("아직 계좌가 없어요.")
        super().__init__(window, tr("{vendor} 입금 계좌", vendor=vendor), words, "ask_account")
        self.bank = Field("account_bank", tr("은행"), tr("은행"))
        self.number = Field("account_number", tr("계좌번호"), tr("계좌번호"))
        self.holder = Field("account_holder", tr("예금주"), tr("예금주, 업체 이름과 같으면 비워요"))
        for field in (self.bank, self.number, self.holder):
            field.entered.connect(self._give)
            self.body.addWidget(field)
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "ask_account_safe"))
        keep.clicked.connect(self.leave)
        act = self.add_key(Key(tr("적기"), None, "primary", "ask_account_act"))
        act.clicked.connect(self._give)

    def _give(self) -> None:
        for field in (self.bank, self.number):
            field.set_error(None if field.text().strip() else tr("적어 주세요."))
        if self.bank.error() or self.number.error():
            self.place()
            return
        self.shut()
        self.given.emit(self.bank.text(), self.number.text(), self.holder.text())
