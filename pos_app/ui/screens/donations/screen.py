"""Shows 사회공헌: what is left to give at the left, the delivery at the right; and what was delivered."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QListView, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.donations.presenter import DonationsPresenter
from pos_app.ui.screens.flow import ChoiceFlow
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Divider
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.stepper import Stepper
from pos_app.ui.widgets.words import Words

MANY = 300  # rows; more are laid out in several passes of the event loop


class DonationsScreen(Screen):
    """Give leftovers or bought goods to an institution; print the slip."""

    name = "donations"
    panel_lead = 420

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = DonationsPresenter(desk.house)
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        tabs = (("give", tr("기부할 물건")), ("done", tr("전달한 것")))
        self.tabs = ChoiceFlow(self.theme, "donation_tabs", tr("사회공헌"), tabs)
        self.tabs.picked.connect(self._tab)
        column.addWidget(self.tabs)
        self.list = PickList("donation_list", tr("기부할 물건"))
        self.list.picked.connect(self._pick)
        column.addWidget(self.list, 1)
        self.nothing = Empty("gift", tr("남은 물건이 없어요"), "", name="no_donations")
        column.addWidget(self.nothing, 1)
        self._build_panel()
        self.corner.refused.connect(lambda reason: self.desk.say(reason, icon="info"))

    def _build_panel(self) -> None:
        panel = self.column(self.panel_body, 8, 16)
        panel.addWidget(Words(tr("환산액"), "key_big", ink="ink2"))
        self.total = BigNumber(0, "counted", tr("환산액"), "donation_total")
        panel.addWidget(self.total)
        panel.addWidget(Divider(strong=True))
        scroller = Scroller("donation_panel", gap=10)
        panel.addWidget(scroller, 1)
        self.chosen = Words("", "name", True, name="donation_chosen")
        self.count = Stepper("donation_count", tr("기부할 수량"))
        self.count.changed.connect(self._count)
        self.all = Key(tr("남은 것 모두"), "plus", "plain", "donation_all")
        self.all.clicked.connect(self._everything)
        self.receipt = Key(tr("영수증 번호로 산 물건 더하기"), "receipt", "plain", "donation_receipt")
        self.receipt.clicked.connect(self._ask_receipt)
        self.institution = Field("donation_institution", tr("받는 기관"), tr("받는 기관"))
        self.institution.changed.connect(self._institution)
        self.known = ChoiceFlow(self.theme, "donation_known", tr("전에 받은 기관"))
        self.known.picked.connect(self.institution.set_text)
        self.receiver = Field("donation_receiver", tr("받는 분"), tr("받는 분 (없어도 돼요)"))
        self.receiver.changed.connect(self._receiver)
        self.giving: tuple[QWidget, ...] = (
            self.chosen, self.count, self.all, self.receipt, self.institution, self.known, self.receiver,
        )  # fmt: skip
        self.pdf = Key(tr("전달확인서 PDF"), "down", "plain", "donation_pdf")
        self.pdf.clicked.connect(self._save)
        self.back = Key(tr("기부 거두기"), "undo", "danger", "donation_withdraw")
        self.back.clicked.connect(self._withdraw)
        self.sums = Words("", "body", name="donation_sums")
        self.done: tuple[QWidget, ...] = (self.sums, self.pdf, self.back)
        for part in (*self.giving, *self.done):
            scroller.column.addWidget(part)
        scroller.column.addStretch(1)

    def enter(self) -> None:
        """Read in the background."""
        self.refresh()
        self._read()

    def _read(self) -> None:
        self.desk.run(self.presenter.load, self._take)

    def _take(self, read: tuple[Any, ...]) -> None:
        self.presenter.take(read)
        self.known.set_choices(self.presenter.institutions())
        self.refresh()

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        giving = view.tab == "give"
        self.tabs.choose(view.tab)
        self.list.setVisible(not view.empty)
        self.nothing.setVisible(view.empty)
        if giving:
            self.nothing.set(tr("남은 물건이 없어요"), tr("반입을 적거나, 산 물건을 영수증 번호로 더해요."))
        else:
            self.nothing.set(tr("아직 전달한 것이 없어요"), tr("기부하면 여기에 나와요."))
        rows = view.rows()
        modes = QListView.LayoutMode
        self.list.setLayoutMode(modes.Batched if len(rows) > MANY else modes.SinglePass)
        self.list.set_rows(rows, view.chosen)
        for widget in self.giving:
            widget.setVisible(giving)
        for widget in self.done:
            widget.setVisible(not giving)
        self.total.set_amount(view.value_won())
        self.sums.setText("\n".join(f"{name} {won}" for name, won in view.summary()))
        name = view.chosen_name()
        self.chosen.setText(name or tr("물건을 눌러 골라요."))
        self.count.setVisible(giving and bool(name))
        self.count.set_most(view.most())
        self.count.set_value(view.quantity())
        for field, text in ((self.institution, view.institution), (self.receiver, view.receiver)):
            if field.text() != text:
                field.set_text(text)
        for key in (self.pdf, self.back):
            key.set_off(None if view.chosen else tr("전달한 것을 먼저 골라요."))
        self.corner.setText(tr("기부하고 전달확인서") if giving else tr("전달확인서 인쇄"))
        self.corner.set_icon("gift" if giving else "printer")
        self.corner.set_off(view.off_reason() or None)
        self.refresh_side()

    def first_focus(self) -> QWidget | None:
        """The goods."""
        return self.tabs.key(self.presenter.tab) if self.presenter.empty else self.list

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("물건") if opened else tr("받는 곳")

    def _tab(self, tab: str) -> None:
        self.presenter.tab, self.presenter.chosen = tab, ""
        self.refresh()

    def _pick(self, key: str) -> None:
        self.presenter.chosen = key
        if self.presenter.tab == "give" and not self.presenter.quantity():
            self.presenter.set_quantity(1)
        self.refresh()

    def _count(self, units: int) -> None:
        self.presenter.set_quantity(units)
        self.refresh()

    def _everything(self) -> None:
        self.presenter.everything()
        self.refresh()

    def _institution(self, text: str) -> None:
        self.presenter.institution = text
        self.corner.set_off(self.presenter.off_reason() or None)

    def _receiver(self, text: str) -> None:
        self.presenter.receiver = text

    def _ask_receipt(self) -> None:
        self.desk.ask_text(
            tr("어느 영수증인가요?"), tr("기부하려고 산 판매의 영수증 번호예요."), tr("더하기"), self._add_receipt
        )

    def _add_receipt(self, receipt: str) -> None:
        try:
            self.presenter.add_receipt(receipt)
        except Exception as error:
            self.desk.trouble(error)
        self.refresh()

    def press_corner(self) -> None:
        """Hand over and print, or print again."""
        reason = self.presenter.off_reason()
        if reason:
            self.desk.say(reason, icon="info")
            return
        try:
            made = self.presenter.give() if self.presenter.tab == "give" else self.presenter.chosen
            self.desk.say(self.presenter.print_slip(made), icon="check")
        except Exception as error:
            self.desk.trouble(error)
        self.presenter.chosen = "" if self.presenter.tab == "give" else self.presenter.chosen
        self._read()

    def _save(self) -> None:
        chosen = self.presenter.chosen
        if not chosen:
            return
        name = str(Path.home() / f"{tr('전달확인서')}.pdf")
        path, _ = QFileDialog.getSaveFileName(self, tr("어디에 저장할까요?"), name, "PDF (*.pdf)")
        if path:
            self.desk.run(lambda: self.presenter.save_pdf(chosen, Path(path)), self.desk.say)

    def _withdraw(self) -> None:
        if self.presenter.chosen:
            self.desk.ask(
                tr("이 기부를 거둘까요?"),
                tr("남은 물건이었으면 다시 남은 것으로 돌아와요."),
                tr("그대로 두기"),
                tr("거두기"),
                self._withdraw_now,
                danger=True,
            )

    def _withdraw_now(self) -> None:
        try:
            self.desk.say(self.presenter.withdraw(), icon="check")
        except Exception as error:
            self.desk.trouble(error)
        self._read()
