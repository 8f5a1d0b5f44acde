"""Everything a shell may ask: the use cases of one home at one till."""

from functools import cached_property
from typing import TYPE_CHECKING

from pos_app.runtime.memory import give_back
from pos_app.services.desk import Desk, Session, Somebody
from pos_app.services.disk_guard import before_write
from pos_app.services.goods import Goods
from pos_app.services.health import Health
from pos_app.services.market_days import MarketDays
from pos_app.services.people import Operators
from pos_app.services.preferences import Preferences
from pos_app.services.print_jobs import Papers
from pos_app.services.selling import Till
from pos_app.services.shifts import Shifts
from pos_app.storage.engine import Database

if TYPE_CHECKING:
    from pos_app.services.addenda import Addenda
    from pos_app.services.backups import Backups
    from pos_app.services.bundles import Bundles
    from pos_app.services.cash_receipts import CashReceipts
    from pos_app.services.commissions import Commissions
    from pos_app.services.crash_reports import CrashReports
    from pos_app.services.day_close import DayClose
    from pos_app.services.doctor import Doctor
    from pos_app.services.donations import Donations
    from pos_app.services.goods_sheets import GoodsSheets
    from pos_app.services.goods_sheets_proposals import Proposals
    from pos_app.services.goods_slips import GoodsSlips
    from pos_app.services.imports import Imports
    from pos_app.services.integrity import Integrity
    from pos_app.services.labels import Labels
    from pos_app.services.markdowns import Markdowns
    from pos_app.services.payouts import Payouts
    from pos_app.services.pick_ups import PickUps
    from pos_app.services.preorders import Preorders
    from pos_app.services.reconciling import Reconciling
    from pos_app.services.reporting import Reports
    from pos_app.services.returns import Returns
    from pos_app.services.ringing import Ringing
    from pos_app.services.settlements import Settlements
    from pos_app.services.staff import Staff
    from pos_app.services.statements import Statements
    from pos_app.services.syncing import Syncing
    from pos_app.services.take_over import TakeOver


class House:
    """The use cases, sharing one desk; those that the first sale does without are made when asked for."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self.desk = desk
        self.database = database
        self.operators = Operators(desk)
        self.days = MarketDays(desk)
        self.goods = Goods(desk)
        self.till = Till(desk, self.goods)
        self.shifts = Shifts(desk)
        self.papers = Papers(desk)
        self.health = Health(desk)
        desk.work.on_begin = lambda: before_write(desk.home)

    @cached_property
    def returns(self) -> "Returns":
        """After the sale."""
        # lazy: the first scan does without
        from pos_app.services.returns import Returns

        return Returns(self.desk)

    @cached_property
    def cash_receipts(self) -> "CashReceipts":
        """현금영수증 after the sale."""
        # lazy: the first scan does without
        from pos_app.services.cash_receipts import CashReceipts

        return CashReceipts(self.desk)

    @cached_property
    def reports(self) -> "Reports":
        """Figures of a day."""
        # lazy: the first scan does without
        from pos_app.services.reporting import Reports

        return Reports(self.desk)

    @cached_property
    def imports(self) -> "Imports":
        """Workbooks."""
        # lazy: the first scan does without
        from pos_app.services.imports import Imports

        return Imports(self.desk, self.days)

    @cached_property
    def ringing(self) -> "Ringing":
        """Tapes."""
        # lazy: the first scan does without
        from pos_app.services.ringing import Ringing

        return Ringing(self.desk, self.days, self.shifts, self.goods)

    @cached_property
    def day_close(self) -> "DayClose":
        """Board and seal."""
        # lazy: the first scan does without
        from pos_app.services.day_close import DayClose

        return DayClose(self.desk)

    @cached_property
    def addenda(self) -> "Addenda":
        """What comes after a seal."""
        # lazy: the first scan does without
        from pos_app.services.addenda import Addenda

        return Addenda(self.desk)

    @cached_property
    def reconciling(self) -> "Reconciling":
        """Slips against the till."""
        # lazy: the first scan does without
        from pos_app.services.reconciling import Reconciling

        return Reconciling(self.desk)

    @cached_property
    def staff(self) -> "Staff":
        """People entered, changed, let out again."""
        # lazy: the first scan does without
        from pos_app.services.staff import Staff

        return Staff(self.desk)

    @cached_property
    def labels(self) -> "Labels":
        """Price labels."""
        # lazy: the first scan does without
        from pos_app.services.labels import Labels

        return Labels(self.desk, self.goods, self.papers)

    @cached_property
    def commissions(self) -> "Commissions":
        """Rules of the commission, fees."""
        # lazy: the first scan does without
        from pos_app.services.commissions import Commissions

        return Commissions(self.desk)

    @cached_property
    def settlements(self) -> "Settlements":
        """Runs over sealed days."""
        # lazy: the first scan does without
        from pos_app.services.settlements import Settlements

        return Settlements(self.desk)

    @cached_property
    def statements(self) -> "Statements":
        """What one vendor is owed."""
        # lazy: the first scan does without
        from pos_app.services.statements import Statements

        return Statements(self.desk)

    @cached_property
    def payouts(self) -> "Payouts":
        """Runs approved and paid."""
        # lazy: the first scan does without
        from pos_app.services.payouts import Payouts

        return Payouts(self.desk)

    @cached_property
    def goods_sheets(self) -> "GoodsSheets":
        """Goods in, out and counted."""
        # lazy: the first scan does without
        from pos_app.services.goods_sheets import GoodsSheets

        return GoodsSheets(self.desk)

    @cached_property
    def proposals(self) -> "Proposals":
        """Sheets filled in from a file or a past day."""
        # lazy: the first scan does without
        from pos_app.services.goods_sheets_proposals import Proposals

        return Proposals(self.desk, self.goods_sheets)

    @cached_property
    def goods_slips(self) -> "GoodsSlips":
        """판매자 인계증."""
        # lazy: the first scan does without
        from pos_app.services.goods_slips import GoodsSlips

        return GoodsSlips(self.desk, self.goods_sheets)

    @cached_property
    def markdowns(self) -> "Markdowns":
        """떨이."""
        # lazy: the first scan does without
        from pos_app.services.markdowns import Markdowns

        return Markdowns(self.desk, self.goods)

    @cached_property
    def donations(self) -> "Donations":
        """사회공헌."""
        # lazy: the first scan does without
        from pos_app.services.donations import Donations

        return Donations(self.desk)

    @cached_property
    def bundles(self) -> "Bundles":
        """꾸러미 made and edited."""
        # lazy: the first scan does without
        from pos_app.services.bundles import Bundles

        return Bundles(self.desk, self.goods)

    @cached_property
    def preorders(self) -> "Preorders":
        """공동구매: orders from before the day."""
        # lazy: the first scan does without
        from pos_app.services.preorders import Preorders

        return Preorders(self.desk, self.goods, self.papers)

    @cached_property
    def pick_ups(self) -> "PickUps":
        """Handing orders out at this till."""
        # lazy: the first scan does without
        from pos_app.services.pick_ups import PickUps

        return PickUps(self.desk, self.goods, self.till)

    @cached_property
    def backups(self) -> "Backups":
        """Copies of the store."""
        # lazy: the first scan does without
        from pos_app.services.backups import Backups

        return Backups(self.desk)

    @cached_property
    def sync(self) -> "Syncing":
        """Server, laptop, sticks."""
        # lazy: the first scan does without
        from pos_app.services.syncing import Syncing

        return Syncing(self.desk)

    @cached_property
    def take_over(self) -> "TakeOver":
        """Another machine's register carried on."""
        # lazy: the first scan does without
        from pos_app.services.take_over import TakeOver

        return TakeOver(self.desk)

    @cached_property
    def doctor(self) -> "Doctor":
        """What is wrong, and what to do."""
        # lazy: the first scan does without
        from pos_app.services.doctor import Doctor

        return Doctor(self)

    @cached_property
    def crash_reports(self) -> "CrashReports":
        """What nobody foresaw."""
        # lazy: the first scan does without
        from pos_app.services.crash_reports import CrashReports

        return CrashReports(self.desk.home)

    @property
    def integrity(self) -> "Integrity":
        """Checks of the whole store."""
        # lazy: they bring the writing side along, which the first scan does without
        from pos_app.services.integrity import Integrity

        return Integrity(self.desk)

    def warm(self) -> None:
        """Load what the first sale and the first search need, then begin to exchange; beside the window."""
        sync = self.sync  # known from here on to whoever closes the house meanwhile
        # lazy: that is what this is for
        import pos_app.storage.work  # noqa: F401

        with self.database.write():
            pass
        self.goods.warm()
        sync.start()
        give_back()

    @property
    def settings(self) -> Preferences:
        return Preferences(self.desk)

    @property
    def session(self) -> Session:
        return self.desk.session

    @property
    def register(self) -> str:
        return self.desk.register

    @property
    def practice(self) -> bool:
        return self.desk.practice

    def use(self, session: Somebody) -> None:
        """Let somebody stand at the till."""
        self.desk.session = Session(session.operator_id, session.name, session.role)

    def rest(self) -> None:
        """For idle moments, off the main thread: let the store tidy its log."""
        self.database.checkpoint()
        give_back()

    def close(self) -> None:
        """Stop the workers and let go of the database."""
        if "sync" in self.__dict__:
            self.sync.stop()
        self.papers.stop()
        self.till.close()
        self.database.close()
