"""Whose figures somebody may look at: a vendor sees what is the vendor's own, nothing of the others."""

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, Role
from pos_app.services.desk import Desk
from pos_app.services.report_scope import own_vendor
from pos_app.storage.queries import catalogue
from sync.rows import Rows


def only_of(desk: Desk, rows: Rows) -> str:
    """The one vendor whose figures may be seen, empty for those who see all.

    Raises right.missing for who sees none, report.own_vendor for a vendor nobody knows here.
    """
    desk.require(Action.SEE_TOTALS)
    if desk.session.role is not Role.VENDOR:
        return ""
    return own_vendor(desk, {vendor.id: vendor for vendor in catalogue.vendors(rows)})


def check_own(desk: Desk, rows: Rows, vendor_id: str) -> None:
    """Refuse another vendor's figures; raises settlement.not_yours and what `only_of` raises."""
    if only_of(desk, rows) not in ("", vendor_id):
        raise DomainError("settlement.not_yours")
