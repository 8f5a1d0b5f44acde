"""Decides what the settlement shows: whose statement, in which state, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pos_app.domain.operators import Action, may
from pos_app.i18n.texts import tr
from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.screens import views as v
from pos_app.ui.screens import wording

if TYPE_CHECKING:
    from pos_app.services.payouts import Payouts
    from pos_app.services.settlements import Settlements
    from pos_app.services.settlements_state import RunView
    from pos_app.services.statements import SaleLink, Statements, StatementView

_KINDS = {"draft": "gray", "approved": "ok", "paid": "info"}


class SettlingHouse(Protocol):
    """The part of the house that settling lives in."""

    @property
    def settlements(self) -> "Settlements": ...
    @property
    def statements(self) -> "Statements": ...
    @property
    def payouts(self) -> "Payouts": ...
    @property
    def session(self) -> v.Session: ...


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: the runs of the latest settled date and their statements."""

    runs: "tuple[RunView, ...]"
    statements: "tuple[StatementView, ...]"
    waiting: str = ""  # the sealed date that waits for its settlement
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corner:
    """The corner key: `act` is run, approve, next, pay or reverse; `off` why it does nothing."""

    act: str
    words: str
    icon: str | None = None
    off: str = ""


class SettlementPresenter:
    """Holds what was read and which statement is looked at; reading and stepping are slow."""

    def __init__(self, house: SettlingHouse) -> None:
        self._house = house
        self.read = Read((), ())
        self.cooperative = ""
        self.key = ""  # run and vendor of the statement looked at
        self.filter = ""
        self.date = ""  # another date than the last one

    # --- reading ----------------------------------------------------------------------------------

    def load(self) -> Read:
        """Read the runs (slow)."""
        service = self._house.settlements
        runs = tuple(service.current(self.date or None))
        told = tuple(each for view in runs for each in self._house.statements.of_run(view))
        waiting = service.waiting()
        return Read(runs, told, waiting.business_date if waiting else "", tuple(service.dates()))

    def take(self, read: Read) -> None:
        """What `load` read; the statement looked at stays if it is still there."""
        self.read = read
        books = self.cooperatives()
        if self.cooperative not in books:
            self.cooperative = books[0] if books else ""
        if self.current() is None:
            shown = self.shown()
            self.key = key_of(shown[0]) if shown else ""

    @property
    def empty(self) -> bool:
        """Nothing was settled yet."""
        return not self.read.runs

    def cooperatives(self) -> list[str]:
        """Whose books there are."""
        return sorted({view.run.cooperative for view in self.read.runs})

    def runs(self) -> "list[RunView]":
        """The runs of the chosen book."""
        return [view for view in self.read.runs if view.run.cooperative == self.cooperative]

    def _own(self) -> "list[StatementView]":
        found = [each for each in self.read.statements if each.run.cooperative == self.cooperative]
        return sorted(found, key=lambda each: (not each.told.booth, each.told.booth, each.told.vendor))

    def shown(self) -> "list[StatementView]":
        """The statements of the chosen book that hold what was typed."""
        return [each for each in self._own() if self.filter.strip() in each.told.vendor]

    def current(self) -> "StatementView | None":
        """The statement looked at."""
        return next((each for each in self._own() if key_of(each) == self.key), None)

    # --- words ------------------------------------------------------------------------------------

    def title(self) -> str:
        """정산 22곳."""
        return tr("정산 {count}곳", count=len(self._own()))

    def about(self) -> str:
        """Which market and date."""
        runs = self.runs()
        return f"{runs[-1].run.market} · {wording.short_day(runs[-1].run.until_on)}" if runs else ""

    def rows(self) -> list[RowView]:
        """The list at the left."""
        # lazy: statements bring drawing along
        from pos_app.services.statements_paper import spoken

        return [
            RowView(
                key_of(each),
                each.told.vendor,
                amount=wording.amount(
                    each.told.statement.to_transfer_won or each.told.statement.carried_out_won
                ),
                badge=badge_of(each),
                booth=each.told.booth,
                badge_below=True,
                spoken=spoken(each),
            )
            for each in self.shown()
        ]

    @property
    def settles(self) -> bool:
        """Whether who is here makes and pays settlements; a vendor only looks at the own one."""
        return may(self._house.session.role, Action.SETTLE)

    def corner(self) -> Corner:
        """What comes next for the statement looked at, then for the whole book."""
        off = "" if self.settles else tr("담당자와 사무국이 하는 일이에요.")
        if off and self.current() is not None:
            return Corner("print", tr("80mm 인쇄"), "printer")
        if self.empty:
            return Corner("run", tr("정산 만들기"), "check", off)
        waiting = [each for each in self._own() if each.state == "draft"]
        now = self.current()
        if now is not None and now.state == "draft":
            if now.warned:
                off = off or tr("수수료 규칙이 없어요. 규칙을 넣고 정산을 다시 만들어요.")
            return Corner("approve", tr("이 업체 승인하기"), "check", off)
        if waiting:
            return Corner("next", tr("다음 업체 보기 ({count}곳 남음)", count=len(waiting)), "right")
        if any(view.state == "approved" for view in self.runs()):
            return Corner("pay", tr("{count}곳 지급하기", count=self.payees()), "transfer", off)
        if self.read.waiting:
            words = tr("{date} 정산 만들기", date=wording.short_day(self.read.waiting))
            return Corner("run", words, "check", off)
        return Corner("reverse", tr("정정 정산 만들기"), "undo", off)

    def payees(self) -> int:
        """How many get money now."""
        open_runs = {view.run.run_id for view in self.runs() if view.state == "approved"}
        return sum(
            1
            for each in self._own()
            if each.run.run_id in open_runs and each.told.statement.to_transfer_won > 0
        )

    def to_pay_won(self) -> int:
        """What goes out when the approved runs are paid."""
        open_runs = {view.run.run_id for view in self.runs() if view.state == "approved"}
        return sum(
            each.told.statement.to_transfer_won for each in self._own() if each.run.run_id in open_runs
        )

    def vouchers(self) -> list[tuple[str, str, int]]:
        """(vendor id, vendor, won) of the book's vouchers that wait until they are redeemed."""
        return [
            (told.vendor_id, told.vendor, told.statement.held_back_won)
            for view in self.runs()
            if view.state == "paid" and not view.run.reverses and not view.reversed_by
            for told in view.statements
            if told.statement.held_back_won and told.vendor_id not in view.redeemed
        ]

    def vouchers_won(self) -> int:
        """What those vouchers come to."""
        return sum(won for _, _, won in self.vouchers())

    def all_approved(self) -> bool:
        """Whether the bank's file can be written."""
        return bool(self.runs()) and all(view.state in ("approved", "paid") for view in self.runs())

    def can_remake(self) -> bool:
        """Whether no statement was approved yet, so that the run can be made anew."""
        return bool(self._own()) and all(each.state == "draft" for each in self._own())

    # --- doing (slow) -----------------------------------------------------------------------------

    def run(self) -> Read:
        """Make the runs of the day that waits, else untouched drafts again."""
        self._house.settlements.run(self.read.waiting or self.date or None)
        self.date = ""
        return self.load()

    def again(self) -> Read:
        """Make the untouched drafts that are shown again, by the rules of now."""
        self._house.settlements.run(self.runs()[-1].run.until_on)
        return self.load()

    def choose_date(self, date: str) -> Read:
        """Look at another date's settlement."""
        self.date = date
        return self.load()

    def approve(self) -> Read:
        """Approve the statement looked at."""
        now = self._now()
        self._house.payouts.approve([now.run.run_id], now.told.vendor_id)
        return self.load()

    def approve_all(self) -> Read:
        """Approve every statement of the book."""
        ids = [view.run.run_id for view in self.runs() if view.state == "draft"]
        self._house.payouts.approve(ids)
        return self.load()

    def take_back(self) -> Read:
        """The approval of the statement looked at is taken back."""
        now = self._now()
        self._house.payouts.take_back_approval([now.run.run_id], now.told.vendor_id)
        return self.load()

    def pay(self, reference: str) -> Read:
        """Say that the book's approved runs were paid."""
        ids = [view.run.run_id for view in self.runs() if view.state == "approved"]
        self._house.payouts.pay(ids, reference)
        return self.load()

    def redeem(self, vendor_id: str = "") -> Read:
        """The vouchers that waited, of one vendor or of all, were redeemed: the next run sends them."""
        for view in self.runs():
            told = {each.vendor_id for each in view.statements if each.statement.held_back_won}
            if view.state == "paid" and (told - view.redeemed if not vendor_id else vendor_id in told):
                self._house.payouts.redeem(view.run.run_id, vendor_id)
        return self.load()

    def reverse(self, reason: str) -> Read:
        """Take the paid run of the statement looked at back, and settle its days anew."""
        self._house.payouts.reverse(self._now().run.run_id, reason)
        self._house.settlements.run(self._now().run.until_on, cooperative=self.cooperative)
        return self.load()

    def set_account(self, bank: str, account: str, holder: str) -> Read:
        """Seal the account of the vendor looked at."""
        self._house.payouts.set_account(self._now().told.vendor_id, bank, account, holder)
        return self.load()

    def note(self, text: str) -> Read:
        """Write an objection to the statement looked at."""
        now = self._now()
        self._house.statements.write_note(now.run.run_id, now.told.vendor_id, text)
        return self.load()

    def print_slip(self) -> str:
        """Queue the slip; the sentence to say."""
        now = self._now()
        self._house.statements.print_slip(now.run.run_id, now.told.vendor_id)
        return tr("{vendor} 정산서를 인쇄해요.", vendor=now.told.vendor)

    def pdf_name(self) -> str:
        """What the file is called unless told."""
        now = self._now()
        return f"{tr('정산서')}-{now.run.until_on}-{now.told.vendor}.pdf".replace(" ", "")

    def save_pdf(self, path: Path) -> str:
        """Write the statement looked at; the sentence to say."""
        # lazy: drawing is wanted for a file only
        from pos_app.reports import statement_pdf
        from pos_app.services.payouts import save_secret  # lazy: beside the writing

        save_secret(path, statement_pdf.render([self._house.statements.paper(self._now())]))
        return tr("저장했어요: {file}", file=path.name)

    def save_transfers(self, path: Path) -> str:
        """Write the bank's file; the sentence to say."""
        count, out = self._house.payouts.save_transfers([view.run.run_id for view in self.runs()], path)
        return tr(
            "{count}곳 {amount}. 계좌번호가 다 들어 있어요. 올린 다음 지워요.",
            count=count,
            amount=wording.won(out),
        )

    def sales(self, product_id: str = "", tender: str = "") -> "Sequence[SaleLink]":
        """The slips behind a figure."""
        now = self._now()
        return self._house.statements.sales(now.run.run_id, now.told.vendor_id, product_id, tender)

    def next_waiting(self) -> None:
        """Look at the next draft."""
        own = self._own()
        at = next((number for number, each in enumerate(own) if key_of(each) == self.key), -1)
        for each in (*own[at + 1 :], *own[: at + 1]):
            if each.state == "draft":
                self.key = key_of(each)
                return

    def _now(self) -> "StatementView":
        now = self.current()
        if now is None:
            raise LookupError("no statement is looked at")
        return now


def key_of(view: "StatementView") -> str:
    """What tells a statement apart in the list."""
    return f"{view.run.run_id} {view.told.vendor_id}"


def badge_of(view: "StatementView") -> BadgeView:
    """확인 필요, 초안, 승인, 지급."""
    # lazy: statements bring drawing along
    from pos_app.services.statements_paper import STATES

    if view.warned and view.state == "draft":
        return BadgeView(tr("확인 필요"), "warn")
    return BadgeView(tr(STATES[view.state]), _KINDS.get(view.state, "gray"))
