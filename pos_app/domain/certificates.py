"""Enterprise certificates on a date: which kinds an amount counts under for preferential purchase (우선구매)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pos_app.domain.catalogue import Certificate
from pos_app.domain.hangul import clean_name


@dataclass(frozen=True, slots=True)
class Counted:
    """A vendor's sealed net on a date, with all certificates it was ever said to hold."""

    vendor_id: str
    on: str
    net_won: int
    certificates: tuple[Certificate, ...]
    department: str = ""


@dataclass(frozen=True, slots=True)
class KindTotal:
    """What counts under one kind: won, and how many firms."""

    kind: str
    net_won: int
    firms: int


@dataclass(frozen=True, slots=True)
class Tally:
    """An amount counts under each kind it may, and once in the total: the kinds sum to more than it."""

    kinds: tuple[KindTotal, ...]
    certified_won: int
    uncertified_won: int
    total_won: int
    firms: int


@dataclass(frozen=True, slots=True)
class Expiring:
    """A certificate that ends soon, or ended (days left below 0)."""

    vendor_id: str
    certificate: Certificate
    days_left: int


def is_valid_on(certificate: Certificate, on: str) -> bool:
    """Say whether a certificate covers an ISO date; its own dates are inclusive, None open."""
    begun = certificate.valid_from is None or certificate.valid_from <= on
    return begun and (certificate.valid_to is None or on <= certificate.valid_to)


def kinds_on(certificates: Iterable[Certificate], on: str) -> tuple[str, ...]:
    """Return the kinds valid on a date, each once, in the order told."""
    kinds = (clean_name(each.kind) for each in certificates if is_valid_on(each, on))
    return tuple(dict.fromkeys(kind for kind in kinds if kind))


def tally(rows: Iterable[Counted]) -> Tally:
    """Return the sums by kind, the largest first, sales without a certificate apart."""
    sums: dict[str, int] = {}
    firms: dict[str, set[str]] = {}
    everyone: set[str] = set()
    certified = uncertified = 0
    for row in rows:
        everyone.add(row.vendor_id)
        kinds = kinds_on(row.certificates, row.on)
        if kinds:
            certified += row.net_won
        else:
            uncertified += row.net_won
        for kind in kinds:
            sums[kind] = sums.get(kind, 0) + row.net_won
            firms.setdefault(kind, set()).add(row.vendor_id)
    found = [KindTotal(kind, won, len(firms[kind])) for kind, won in sums.items()]
    ordered = tuple(sorted(found, key=lambda each: (-each.net_won, each.kind)))
    return Tally(ordered, certified, uncertified, certified + uncertified, len(everyone))


def by_department(rows: Sequence[Counted]) -> tuple[tuple[str, Tally], ...]:
    """Return one tally per buying department, by name; the empty one are people."""
    names = sorted({clean_name(row.department) for row in rows})
    return tuple((name, tally(row for row in rows if clean_name(row.department) == name)) for name in names)


def expiring(
    vendors: Iterable[tuple[str, Iterable[Certificate]]], on: str, within_days: int
) -> tuple[Expiring, ...]:
    """Return the certificates of (vendor id, certificates) that end by `on` + `within_days`, soonest first.

    One that has a successor of the same kind and vendor lasting longer is left out.
    """
    today = date.fromisoformat(on)
    last_on = (today + timedelta(days=within_days)).isoformat()
    found = []
    for vendor_id, certificates in vendors:
        lasts: dict[str, Certificate] = {}
        for each in certificates:
            known = lasts.get(each.kind)
            if known is None or _end(each) > _end(known):
                lasts[each.kind] = each
        for each in lasts.values():
            if each.valid_to is not None and each.valid_to <= last_on:
                left = (date.fromisoformat(each.valid_to) - today).days
                found.append(Expiring(vendor_id, each, left))
    return tuple(sorted(found, key=lambda each: (each.days_left, each.vendor_id, each.certificate.kind)))


def _end(certificate: Certificate) -> str:
    return certificate.valid_to or "9999-12-31"
