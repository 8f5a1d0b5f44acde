"""One machine of a simulated market: the program's own house on a real file, which may lose its power."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_app.bootstrap import open_house
from pos_app.domain.errors import DomainError
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.services.syncing_store import SyncStore
from sync import store
from sync.exchange import Replica
from sync.rows import Rows
from tests.services.houses import GOODS, good_id
from tests.simulation.chance import MachineClock, Time

DATABASE = "jangteo.db"


class PowerCut(BaseException):
    """The machine stopped here; nothing of the program may catch it."""


class _Forgotten(Exception):
    """A write that was said to be done and is not (a planted fault)."""


class Machine:
    """A house, what it promised to people and peers, and how it may break."""

    def __init__(self, name: str, folder: Path, time: Time) -> None:
        self.name = name
        self.folder = folder
        self.clock = MachineClock(time)
        self.sold: dict[str, int] = {}  # sale id -> won, as the cashier was told, while this disk is the same
        self.promised: set[bytes] = set()  # keys that a peer was told are stored here
        self.fuse = -1  # writes until the power goes; the lowest bit says before or after the commit
        self.backup: Path | None = None
        self.restored = 0
        self.lazy = False
        self.open()

    def open(self) -> None:
        """Switch it on."""
        self.fuse = -1
        self.house = open_house(self.folder, clock=self.clock)
        self.sync = SyncStore(self.house.desk)
        self.sync.hurry = True
        database = self.house.database
        real = database.write

        @contextmanager
        def write() -> Iterator[Rows]:
            try:
                with real() as rows:
                    yield rows
                    if self.lazy and 0 <= self.fuse <= 1:
                        raise _Forgotten
                    self._burn(before=True)
            except _Forgotten:
                self.fuse = -1
                return
            self._burn(before=False)

        database.write = write  # type: ignore[method-assign]

    def _burn(self, before: bool) -> None:
        if self.fuse < 0:
            return
        if self.fuse <= 1 and before == (self.fuse == 0):
            raise PowerCut
        if not before:
            self.fuse -= 2

    def close(self) -> None:
        """Switch it off properly."""
        self.house.close()

    def power_cut(self) -> None:
        """It went dark in the middle of something; on again."""
        self.house.database.close()
        self.open()

    def replica(self, peer: str = "") -> Replica:
        """Its side of an exchange."""
        return self.sync.replica(peer)

    # --- what people do there ---------------------------------------------------------------------

    def sell(self, goods: list[int], cash: int) -> None:
        """One sale of these goods; remembered once the cashier was told."""
        till = self.house.till
        till.clear()
        for number in goods:
            till.add(good_id(GOODS[number].code), 1_000)
        done = till.complete([TenderInput(TenderType.CASH, 1_000_000 + cash)])
        self.sold[done.sale_id] = done.total_won

    def own_sales(self) -> list[str]:
        """Sales that are known here, in order."""
        with self.house.database.read() as rows:
            return [row[0] for row in rows.all('SELECT "id" FROM "sale" ORDER BY "id"')]

    def give_back(self, sale_id: str) -> None:
        """One piece of the first line comes back."""
        self.house.returns.refund(sale_id, [(1, 1_000, True)], "시험", TenderType.CASH)

    def void(self, sale_id: str) -> None:
        """The whole sale is taken back."""
        self.house.returns.void(sale_id, "시험")

    def close_shift(self) -> None:
        """Count and close."""
        self.house.shifts.count_total(0)
        self.house.shifts.close("시험")

    def open_shift(self) -> None:
        """Open the till again."""
        self.house.shifts.open(0)

    # --- what happens to its disk -----------------------------------------------------------------

    def save(self) -> None:
        """A copy of the disk as it is."""
        self.backup = self.folder.with_name(f"{self.name}.backup")
        shutil.rmtree(self.backup, ignore_errors=True)
        self._copy_to(self.backup)

    def _copy_to(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        source, target = sqlite3.connect(self.folder / DATABASE), sqlite3.connect(folder / DATABASE)
        source.backup(target)
        source.close()
        target.close()

    def restore(self) -> bool:
        """The disk is as it was at the last copy; what came after is forgotten here."""
        if self.backup is None:
            return False
        self.house.database.close()
        for leftover in self.folder.glob(f"{DATABASE}*"):
            leftover.unlink()
        shutil.copyfile(self.backup / DATABASE, self.folder / DATABASE)
        self.open()
        held = self.keys()
        here = {sale.lower() for sale in self.own_sales()}
        self.sold = {sale: won for sale, won in self.sold.items() if sale in here}
        self.promised &= held
        self.restored += 1
        return True

    def twin(self, name: str) -> "Machine":
        """Another machine with a copy of this disk."""
        folder = self.folder.with_name(name)
        self._copy_to(folder)
        return Machine(name, folder, self.clock.time)

    # --- looking ----------------------------------------------------------------------------------

    def keys(self) -> set[bytes]:
        """The keys of all events here."""
        with self.house.database.read() as rows:
            return {bytes(row[0]) for row in rows.all('SELECT "key" FROM "event"')}

    def all_bytes(self) -> dict[bytes, bytes]:
        """All events here, key and bytes."""
        with self.house.database.read() as rows:
            return {bytes(key): bytes(data) for key, data in rows.all('SELECT "key", "bytes" FROM "event"')}

    def findings(self) -> list[store.Finding]:
        """What verification says."""
        with self.house.database.read() as rows:
            return list(store.verify(rows))

    def digest(self) -> str:
        """All facts in one hash; everything that waits is folded first."""
        self.sync.fold()
        return self.house.integrity.digest()


def refused(act: object, *given: object) -> bool:
    """Do it; whether a rule said no."""
    try:
        act(*given)  # type: ignore[operator]
    except DomainError:
        return True
    return False
