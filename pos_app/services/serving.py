"""A home that serves others: its devices, its folding, and the replica that peers exchange with."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from pos_app.services import syncing_book, syncing_own_logs
from pos_app.services.devices_gate import Gate
from pos_app.services.devices_office import DevicesOffice
from pos_app.services.house import House
from pos_app.services.office_accounts import OfficeAccounts
from pos_app.services.server_folding import Folding
from pos_app.storage.folds.rebuild import catch_up
from sync.exchange import Notice, Replica
from sync.rows import Rows
from sync.shelf import Shelf

AT_ONCE = 5_000  # events in one transaction
BESIDE_A_TILL = 100
_PAGES_KEPT = 32  # of at most 64 KiB


class Serving:
    """What a server or a hub has beside the use cases of its house."""

    at_once = AT_ONCE  # a hub, beside whose window somebody sells, takes fewer

    def __init__(self, house: House) -> None:
        self.house = house
        self.desk = house.desk
        self.devices = DevicesOffice(house.desk)
        self.accounts = OfficeAccounts(house.desk)
        self._shelf = Shelf(_PAGES_KEPT)
        self.folding = Folding(house.database.write)
        database = house.database
        # On PostgreSQL what only takes in goes beside what folds.
        self._ingest = getattr(database, "ingest", database.write)
        with database.write() as rows:
            self._name = syncing_book.replica_name(rows)

    @cached_property
    def gate(self) -> Gate:
        """What the web application asks. Raises server.no_organisation."""
        return Gate(self.desk, self.devices, self.folding)

    def replica(self) -> Replica:
        """This store as the exchange sees it."""
        return Replica(
            self.house.database.read,
            self._take_in,
            self.desk.clock.now_us,
            self._name,
            received=self._received,
            noticed=self._noticed,
            at_once=self.at_once,
            shelf=self._shelf,
        )

    @contextmanager
    def _take_in(self) -> Iterator[Rows]:
        """A durable transaction; own events that come back from outside end the logs they stand in."""
        with self._ingest() as rows:
            yield rows
            syncing_own_logs.look(rows, self.desk.clock.stamp())

    def _received(self, count: int) -> None:
        self.folding.wake(count)
        if count:
            self.desk.work.on_commit()  # a hub sends it on

    def _noticed(self, notices: tuple[Notice, ...]) -> None:
        with self.house.database.write() as rows:
            syncing_book.note(rows, notices, "", self.desk.clock.stamp())

    def start(self) -> None:
        """Begin folding, with what was left over."""
        self.folding.start()

    def catch_up(self) -> None:
        """Fold all that waits, for somebody who wants figures now."""
        catch_up(self.house.database.write)

    def close(self) -> None:
        """Stop folding and let go of the store."""
        self.folding.stop()
        self.house.close()
