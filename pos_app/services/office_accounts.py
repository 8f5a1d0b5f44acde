"""Accounts of the office's pages: names and passwords that belong to this server alone."""

from dataclasses import dataclass
from datetime import datetime

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.operators import Role, locked_until
from pos_app.services.desk import Desk
from sync.rows import Rows

MIN_PASSWORD, MAX_PASSWORD = 10, 200
_ROLES = (Role.OFFICE, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has signed in at the office's pages."""

    name: str
    role: Role

    @property
    def may_enrol(self) -> bool:
        """Whether devices may be enrolled and revoked."""
        return self.role in _ROLES


class OfficeAccounts:
    """Who may open the office's pages."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def any(self) -> bool:
        """Whether an account was made yet."""
        with self._desk.work.read() as rows:
            return rows.one('SELECT 1 FROM "office_account" LIMIT 1') is not None

    def add(self, name: str, password: str, role: Role = Role.OFFICE) -> str:
        """Make an account, or give one a new password; its name. Raises account.name, account.password."""
        cleaned = clean_text(name, 40)
        if not cleaned:
            raise DomainError("account.name")
        if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
            raise DomainError("account.password", least=MIN_PASSWORD)
        row = (cleaned, _hash(password), role.value, self._desk.clock.now().isoformat(), 1, 0, "")
        with self._desk.work.begin() as work:
            work.rows.run('DELETE FROM "office_account" WHERE "name" = ?', cleaned)
            work.rows.run('INSERT INTO "office_account" VALUES (?, ?, ?, ?, ?, ?, ?)', *row)
        return cleaned

    def visitor(self, name: str) -> Visitor | None:
        """Somebody whose account stands; None when it was closed."""
        with self._desk.work.read() as rows:
            row = rows.one('SELECT "role" FROM "office_account" WHERE "name" = ? AND "active" = 1', name)
        return Visitor(name, Role(row[0])) if row else None

    def sign_in(self, name: str, password: str) -> Visitor:
        """Check a password. Raises account.wrong, account.locked(until)."""
        cleaned = clean_text(name, 40)
        now = self._desk.clock.now()
        with self._desk.work.read() as rows:
            until = self._locked(rows, cleaned, now)
            row = rows.one(
                'SELECT "password_hash", "role" FROM "office_account" WHERE "name" = ? AND "active" = 1',
                cleaned,
            )
        if until is not None:
            raise DomainError("account.locked", until=until.isoformat())
        # A name that nobody bears takes as long: it must not be told apart by the clock.
        fits = _verify(row[0] if row else _NOBODY, password) and row is not None
        self._note(cleaned, fits, now)
        if not fits or row is None:
            raise DomainError("account.wrong")
        return Visitor(cleaned, Role(row[1]))

    def _locked(self, rows: Rows, name: str, now: datetime) -> datetime | None:
        row = rows.one('SELECT "locked_until" FROM "office_account" WHERE "name" = ?', name)
        until = datetime.fromisoformat(row[0]) if row and row[0] else None
        return until if until is not None and until > now else None

    def _note(self, name: str, fits: bool, now: datetime) -> None:
        with self._desk.work.begin() as work:
            row = work.rows.one('SELECT "failed" FROM "office_account" WHERE "name" = ?', name)
            if row is None or (fits and not row[0]):
                return
            failed = 0 if fits else row[0] + 1
            until = locked_until(failed, now, now) if failed else None
            work.rows.run(
                'UPDATE "office_account" SET "failed" = ?, "locked_until" = ? WHERE "name" = ?',
                failed,
                until.isoformat() if until else "",
                name,
            )


def _hash(password: str) -> str:
    # lazy: argon2 is wanted at sign-in only
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(password)


def _verify(verifier: str, password: str) -> bool:
    # lazy: see _hash
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(verifier, password)
    except (InvalidHashError, VerificationError):
        return False


# The verifier of a password that nobody knows.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5a25vd3N0aGlz$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
