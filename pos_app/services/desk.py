"""What every service shares: the store, the clock, and who stands at which register."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from pos_app.domain.catalogue import SaleMode, Seller, SellerTaxKind, Vendor
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, Role, may
from pos_app.facts.sales import Override
from pos_app.printing.document import Document, encode
from pos_app.runtime.clock import Clock
from pos_app.runtime.paths import Home
from pos_app.services import policies
from pos_app.storage.queries import catalogue, days
from pos_app.storage.settings import Settings
from pos_app.storage.unit_of_work import UnitOfWork
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.storage.work import Work

COOPERATIVE = "cooperative"


class Somebody(Protocol):
    """Anyone who can be told apart at a till."""

    @property
    def operator_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> Role: ...


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in at this till."""

    operator_id: str
    name: str
    role: Role


# On a fresh home nobody has a PIN yet: whoever holds the machine is its coordinator.
MACHINE_COORDINATOR = Session("", "담당자", Role.COORDINATOR)


@dataclass(slots=True)
class Desk:
    """One register's working place."""

    work: UnitOfWork
    clock: Clock
    home: Home
    settings: Settings
    practice: bool = False
    register: str = "R1"
    session: Session = field(default=MACHINE_COORDINATOR)
    run: str = field(default_factory=lambda: uuid.uuid4().hex)  # this run of the program, and no other

    @property
    def till_name(self) -> str:
        """The name of this till's own files."""
        return f"{self.register}-practice" if self.practice else self.register

    def require(self, action: Action, override: Override | None = None) -> tuple[Override, ...]:
        """Refuse with right.missing unless the one at the till, or the override, may do this."""
        if may(self.session.role, action):
            return ()
        if override is not None and override.action == action.value:
            return (override,)
        raise DomainError("right.missing", action=action.value, role=self.session.role.value)

    def day(self, rows: Rows) -> days.StoredDay:
        """The market day this till works on. Raises day.none."""
        chosen = self.settings.get("day_id")
        found = days.day(rows, chosen) if chosen else None
        found = found or days.latest_day(rows)
        if found is None:
            raise DomainError("day.none")
        return found

    def shift(self, rows: Rows) -> days.StoredShift:
        """The shift that is open here. Raises shift.none."""
        found = days.open_shift(rows, self.day(rows).day_id, self.register)
        if found is None:
            raise DomainError("shift.none", register=self.register)
        return found

    def check_open(self, rows: Rows, shift: days.StoredShift) -> None:
        """Inside a write transaction: nobody closed the shift or sealed the day meanwhile."""
        if days.is_closed(rows, shift.id):
            raise DomainError("shift.none", register=shift.register)
        if days.seals(rows, shift.day_id):
            raise DomainError("day.sealed_already")

    def terms(self, rows: Rows) -> policies.Terms:
        """The roundings, limits and tenders in force."""
        return policies.terms(catalogue.policies(rows))

    def seller_of(self, vendor: Vendor) -> Seller:
        """The supplier that the receipt names for a vendor's goods."""
        if vendor.sale_mode is SaleMode.DIRECT:
            return Seller(
                COOPERATIVE,
                self.settings.get("shop_name"),
                self.settings.get("shop_business_no"),
                SellerTaxKind.GENERAL,
            )
        return Seller(vendor.id, vendor.name, vendor.business_no, vendor.tax_kind)

    def paper(
        self,
        work: "Work",
        kind: str,
        subject_id: str,
        document: Document,
        *,
        hours: int = 12,
        copy_no: int = 0,
        printer: str = "",
    ) -> str:
        """Put a paper into the transaction that it tells of; the job's id.

        Without a printer it is only kept, to be looked at: nothing waits for a printer that may never come.
        """
        return work.print_job(
            kind,
            subject_id,
            encode(document),
            copy_no=copy_no,
            expires_at=self.expiry(hours),
            state="queued" if printer or self.settings.get("printer_uri") else "kept",
            printer=printer,
        )

    def expiry(self, hours: int = 0, seconds: int = 0) -> str:
        """ISO time after which a waiting paper is not printed by surprise."""
        return (self.clock.now() + timedelta(hours=hours, seconds=seconds)).isoformat()
