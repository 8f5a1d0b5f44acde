"""Which days, market, vendor and cooperative a report is asked for, and which of them there are."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.domain.catalogue import Vendor
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name
from pos_app.domain.market_day import parse_business_date
from pos_app.domain.operators import Action, Role
from pos_app.reports.asked import Asked
from pos_app.services.desk import Desk
from pos_app.storage.queries import catalogue, reports
from pos_app.storage.queries.reports import ReportDay
from sync.rows import Rows

_MONTH = re.compile(r"\s*([0-9]{4})\s*[-./년]\s*([0-9]{1,2})\s*월?\s*")
_YEAR = re.compile(r"\s*([0-9]{4})\s*년?\s*")


@dataclass(frozen=True, slots=True)
class Scope:
    """The days that are meant and, where not everybody is, the vendors."""

    days: tuple[ReportDay, ...]
    from_on: str
    until_on: str
    vendor_ids: frozenset[str] | None
    who: str
    vendors: dict[str, Vendor]

    @property
    def day_ids(self) -> tuple[str, ...]:
        """Return the ids of the days."""
        return tuple(day.day_id for day in self.days)

    @property
    def dates(self) -> str:
        """Return the one date, or the first and last: "2026-11-01 ~ 2026-11-30"."""
        return self.from_on if self.from_on == self.until_on else f"{self.from_on} ~ {self.until_on}"

    @property
    def market(self) -> str:
        """Return the names of the markets, each once."""
        return ", ".join(dict.fromkeys(day.market for day in self.days))

    @property
    def agency(self) -> str:
        """Return the names of the host agencies, each once."""
        return ", ".join(dict.fromkeys(day.agency for day in self.days if day.agency))

    def holds(self, vendor_id: str) -> bool:
        """Say whether a vendor is meant."""
        return self.vendor_ids is None or vendor_id in self.vendor_ids

    def name(self, vendor_id: str) -> str:
        """Return a vendor's name, its id where nobody knows it."""
        found = self.vendors.get(vendor_id)
        return found.name if found else vendor_id

    def on(self, days: Sequence[ReportDay], from_on: str, until_on: str) -> "Scope":
        """Return the same question about other days."""
        return replace(self, days=tuple(days), from_on=from_on, until_on=until_on)


def period(text: str) -> tuple[str, str]:
    """Return the first and last date of a day, a month (2026-11) or a year (2026). Raises day.date."""
    whole = _YEAR.fullmatch(text)
    if whole:
        parse_business_date(f"{whole[1]}-01-01")
        return f"{whole[1]}-01-01", f"{whole[1]}-12-31"
    month = _MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        first = parse_business_date(f"{month[1]}-{month[2]}-01")
        return first, f"{first[:8]}{calendar.monthrange(int(month[1]), int(month[2]))[1]}"
    day = parse_business_date(text)
    return day, day


def resolve(desk: Desk, rows: Rows, asked: Asked) -> Scope:
    """Return what is meant; a vendor at the till means their own goods.

    Raises right.missing, report.own_vendor, report.order, report.market, report.vendor, report.cooperative,
    report.no_days, day.none, day.unknown.
    """
    desk.require(Action.SEE_TOTALS)
    vendors = {vendor.id: vendor for vendor in catalogue.vendors(rows)}
    if desk.session.role is Role.VENDOR:
        asked = asked._replace(vendor=own_vendor(desk, vendors), cooperative="")
    days, from_on, until_on = _days(rows, asked)
    chosen, who = _vendors(rows, days, vendors, asked)
    return Scope(tuple(days), from_on, until_on, chosen, who, vendors)


def own_vendor(desk: Desk, vendors: dict[str, Vendor]) -> str:
    """Return the id of the vendor whose till this is, else of the one called, or represented, by the operator."""
    own = desk.settings.get("vendor_id")
    if own in vendors:
        return own
    name = clean_name(desk.session.name)
    called = [vendor.id for vendor in vendors.values() if clean_name(vendor.name) == name]
    named = called or [v.id for v in vendors.values() if name and clean_name(v.representative) == name]
    if len(named) != 1:
        raise DomainError("report.own_vendor")
    return named[0]


def _days(rows: Rows, asked: Asked) -> tuple[list[ReportDay], str, str]:
    every = reports.all_days(rows)
    if not every:
        raise DomainError("day.none")
    dated = bool(asked.from_on or asked.until_on)
    if dated:
        from_on = asked.from_on or every[0].business_date
        until_on = asked.until_on or max(from_on, every[-1].business_date)
        if from_on > until_on:
            raise DomainError("report.order", from_on=from_on, until_on=until_on)
        every = [day for day in every if from_on <= day.business_date <= until_on]
        if not every:
            if from_on == until_on:
                raise DomainError("day.unknown", date=from_on)
            raise DomainError("report.no_days", from_on=from_on, until_on=until_on)
    if asked.market:
        every = _of_market(every, asked.market)
    elif not dated:
        every = every[-1:]
    if dated:
        return every, from_on, until_on
    return every, every[0].business_date, every[-1].business_date


def _of_market(days: list[ReportDay], text: str) -> list[ReportDay]:
    wanted = clean_name(text)
    found = [
        day
        for day in days
        if wanted in (clean_name(day.market), clean_name(day.agency)) or text == day.market_id
    ]
    if not found:
        raise DomainError("report.market", text=text[:40])
    return found


def _vendors(
    rows: Rows, days: Sequence[ReportDay], vendors: dict[str, Vendor], asked: Asked
) -> tuple[frozenset[str] | None, str]:
    if not asked.vendor and not asked.cooperative:
        return None, ""
    found, who = set(vendors), []
    if asked.cooperative:
        wanted = clean_name(asked.cooperative)
        found = {vendor.id for vendor in vendors.values() if clean_name(vendor.cooperative) == wanted}
        if not found:
            raise DomainError("report.cooperative", text=asked.cooperative[:40])
        who.append(wanted)
    if asked.vendor:
        found &= _named(rows, days, vendors, asked.vendor)
        if not found:
            raise DomainError("report.vendor", text=asked.vendor[:40])
        who += [vendors[vendor_id].name for vendor_id in sorted(found)][:1]
    return frozenset(found), " · ".join(who)


def _named(rows: Rows, days: Sequence[ReportDay], vendors: dict[str, Vendor], text: str) -> set[str]:
    """Vendors of this id, name or code."""
    if text in vendors:
        return {text}
    wanted = clean_name(text)
    found = {vendor.id for vendor in vendors.values() if clean_name(vendor.name) == wanted}
    if found:
        return found
    coded = reports.rostered(rows, [day.day_id for day in days])
    return {vendor_id for vendor_id, code, _ in coded if code.casefold() == text.strip().casefold()}
