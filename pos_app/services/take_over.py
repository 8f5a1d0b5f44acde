"""Take in what a copy has, and carry on a register whose machine is gone: as one more replica, losing nothing."""

from dataclasses import dataclass
from pathlib import Path

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.services import backup_file
from pos_app.services.backup_file import Manifest
from pos_app.services.desk import Desk
from pos_app.services.restoring import RESTORES, open_new_logs
from pos_app.storage import local
from pos_app.storage.folds.dispatch import fold_waiting
from pos_app.storage.queries import days
from pos_app.storage.unit_of_work import register_scope
from sync import store

_PAGE = 500
# What is of the machine, not of the register: it stays as it is here.
_OWN = frozenset(
    {"type_scale", "theme", "language", "left_handed", "sound", "printer_uri", "customer_display", "last_operator",
     "backup_place", "second_copy", "receipt_width", "drawer"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """What a copy holds, seen from here: events that are missing here, and whether it is of another machine."""

    manifest: Manifest
    missing: int
    other_machine: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """A register carried on here: its open shift, if there is one, and the float in it."""

    register: str
    market: str
    business_date: str
    new_events: int
    shift_open: bool
    float_won: int
    sales: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A register of the day, as this machine knows it; `ours`: this machine writes for it already."""

    register: str
    last_at: str
    shift_open: bool
    float_won: int
    sales: int
    ours: bool


class TakeOver:
    """Everything here is slow, never on the main thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, file: Path) -> Offer:
        """Read a copy through and hold it against what is here. Raises backup.*"""
        manifest = backup_file.check(file)
        with self._desk.work.read() as rows, backup_file.opened(file) as copy:
            here = {bytes(row[0]) for row in rows.all('SELECT "key" FROM "event"')}
            missing = sum(1 for (key,) in copy.execute('SELECT "key" FROM "event"') if bytes(key) not in here)
            row = rows.one('SELECT "private_key" FROM "device"')
        return Offer(manifest, missing, row is None or manifest.device != _public(bytes(row[0])))

    def bring_in(self, file: Path, override: Override | None = None) -> int:
        """Take in what the copy has and this store lacks; how many events. Raises backup.*, right.missing."""
        self._desk.require(Action.SETTINGS, override)
        backup_file.check(file)
        return self._receive(file)

    def seats(self) -> list[Seat]:
        """The registers of the day that this machine knows of, for a take-over without a file."""
        with self._desk.work.read() as rows:
            day = self._desk.day(rows)
            found = []
            for register in days.registers(rows, day.day_id):
                shift = days.open_shift(rows, day.day_id, register)
                row = rows.one(
                    'SELECT count(*), max("at") FROM "sale" WHERE "day_id" = ? AND "register" = ?',
                    day.day_id,
                    register,
                )
                count, last = row or (0, "")
                scope = register_scope(day.day_id, register)
                ours = rows.one('SELECT 1 FROM "own_log" WHERE "scope" = ?', scope) is not None
                held = shift.float_won if shift else 0
                found.append(Seat(register, last or "", shift is not None, held, count, ours))
            return found

    def from_copy(self, file: Path, override: Override | None = None) -> Carried:
        """Carry on the register of a copy. Raises backup.*, right.missing, shift.open_here."""
        self._may(override)
        manifest = backup_file.check(file)
        self._check_free(manifest.register)
        new = self._receive(file)
        self._settle_in(file)
        return self._sit(manifest.register, new)

    def from_here(self, register: str, override: Override | None = None) -> Carried:
        """Carry on a register of the day whose events came by stick or network. Raises shift.open_here."""
        self._may(override)
        self._check_free(register)
        with self._desk.work.read() as rows:
            if register not in days.registers(rows, self._desk.day(rows).day_id):
                raise DomainError("register.unknown", register=register)
        return self._sit(register, 0)

    def _may(self, override: Override | None) -> None:
        if self._desk.practice:
            raise DomainError("backup.practice")
        self._desk.require(Action.SETTINGS, override)

    def _check_free(self, register: str) -> None:
        """A till in the middle of its own shift closes that first."""
        desk = self._desk
        if register == desk.register:
            return
        with desk.work.read() as rows:
            try:
                shift = desk.shift(rows)
            except DomainError:
                return
        raise DomainError("shift.open_here", register=shift.register)

    def _receive(self, file: Path) -> int:
        """As one more replica: the set union, then folded."""
        desk, new = self._desk, 0
        now = desk.clock.now_us()
        before = self._own_ends()
        with backup_file.opened(file) as copy:
            with desk.work.database.write() as rows:
                for (genesis,) in copy.execute('SELECT "genesis" FROM "log"'):
                    store.take_genesis(rows, bytes(genesis), now)
                for key in copy.execute('SELECT "subject", "key" FROM "subject_key"').fetchall():
                    rows.insert_new(store.subject_key, key)
            cursor = copy.execute('SELECT "bytes" FROM "event" ORDER BY rowid')
            while page := [bytes(row[0]) for row in cursor.fetchmany(_PAGE)]:
                with desk.work.database.write() as rows:
                    new += store.receive(rows, page, now)
        self._fold()
        if self._own_ends() != before:  # this store had gone back: it must not write where it wrote before
            with desk.work.begin() as work:
                open_new_logs(work, {})
        return new

    def _own_ends(self) -> list[tuple[bytes, int]]:
        ask = 'SELECT o."log", h."seq" FROM "own_log" o JOIN "head" h ON h."log" = o."log" ORDER BY 1'
        with self._desk.work.read() as rows:
            return [(bytes(row[0]), row[1]) for row in rows.all(ask)]

    def _fold(self) -> None:
        while True:
            with self._desk.work.database.write() as rows:
                if not fold_waiting(rows):
                    return

    def _settle_in(self, file: Path) -> None:
        """The register's own settings, its parked carts, and tags that its old machine never writes."""
        with backup_file.opened(file) as copy:
            settings = dict(copy.execute('SELECT "name", "value" FROM "setting"').fetchall())
            parked = copy.execute(
                'SELECT "id", "register", "name", "by", "at", "cart" FROM "parked_cart"'
            ).fetchall()
            theirs = copy.execute('SELECT "value" FROM "meta" WHERE "name" = ?', (RESTORES,)).fetchone()
        with self._desk.work.database.write() as rows:
            rows.put(local.setting, [(name, value) for name, value in settings.items() if name not in _OWN])
            for cart in parked:
                rows.insert_new(local.parked_cart, cart)
            ours = rows.one('SELECT "value" FROM "meta" WHERE "name" = ?', RESTORES)
            most = max(int(each[0]) if each else 0 for each in (ours, theirs))
            rows.put(local.meta, [(RESTORES, str(most))])
        self._desk.settings.reload()

    def _sit(self, register: str, new: int) -> Carried:
        """From now on this machine is that register; it writes a log of its own there."""
        desk = self._desk
        desk.settings.set("register", register)
        desk.register = register
        with desk.work.begin() as work:
            row = work.rows.one('SELECT "value" FROM "meta" WHERE "name" = ?', RESTORES)
            work.rows.put(local.meta, [(RESTORES, str(int(row[0] if row else 0) + 1))])
        with desk.work.read() as rows:
            day = desk.day(rows)
            shift = days.open_shift(rows, day.day_id, register)
            sold = rows.one(
                'SELECT count(*) FROM "sale" WHERE "day_id" = ? AND "register" = ?', day.day_id, register
            )
        return Carried(
            register, day.market, day.business_date, new, shift is not None,
            shift.float_won if shift else 0, sold[0] if sold else 0,
        )  # fmt: skip


def _public(private: bytes) -> str:
    # lazy: signatures are wanted by no sale
    from sync.identity import public_key

    return public_key(private)
