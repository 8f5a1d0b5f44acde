"""Everything a shell may ask: the use cases of one home at one till."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.services.day_close import DayClose
from pos_app.services.desk import Desk, Session, Somebody
from pos_app.services.goods import Goods
from pos_app.services.health import Health
from pos_app.services.imports import Imports
from pos_app.services.market_days import MarketDays
from pos_app.services.people import Operators
from pos_app.services.preferences import Preferences
from pos_app.services.print_jobs import Papers
from pos_app.services.reporting import Reports
from pos_app.services.returns import Returns
from pos_app.services.ringing import Ringing
from pos_app.services.selling import Till
from pos_app.services.shifts import Shifts
from pos_app.storage.engine import Database

if TYPE_CHECKING:
    from pos_app.services.integrity import Integrity


@dataclass(slots=True)
class House:
    """The use cases, sharing one desk."""

    desk: Desk
    database: Database
    operators: Operators
    days: MarketDays
    goods: Goods
    till: Till
    returns: Returns
    shifts: Shifts
    papers: Papers
    reports: Reports
    health: Health
    imports: Imports
    ringing: Ringing
    day_close: DayClose

    @property
    def integrity(self) -> "Integrity":
        """Checks of the whole store."""
        # lazy: they bring the writing side along, which the first scan does without
        from pos_app.services.integrity import Integrity

        return Integrity(self.desk)

    def warm(self) -> None:
        """Load what the first sale and the first search need; for a thread beside the window."""
        # lazy: that is what this is for
        import pos_app.storage.work  # noqa: F401

        with self.database.write():
            pass
        self.goods.warm()

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

    def close(self) -> None:
        """Stop the worker and let go of the database."""
        self.papers.stop()
        self.till.close()
        self.database.close()


def furnish(desk: Desk, database: Database) -> House:
    """All services around one desk."""
    days = MarketDays(desk)
    goods = Goods(desk)
    shifts = Shifts(desk)
    return House(
        desk=desk,
        database=database,
        operators=Operators(desk),
        days=days,
        goods=goods,
        till=Till(desk, goods),
        returns=Returns(desk),
        shifts=shifts,
        papers=Papers(desk),
        reports=Reports(desk),
        health=Health(desk),
        imports=Imports(desk, days),
        ringing=Ringing(desk, days, shifts, goods),
        day_close=DayClose(desk),
    )
