"""An agency's order sheet becomes orders of a market day; told again, it changes them and doubles none."""

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name, search_key
from pos_app.domain.operators import Action
from pos_app.domain.preorder import OrderState
from pos_app.domain.quantity import line_amount_won
from pos_app.facts.market import Order, OrderedLine
from pos_app.importing.order_sheet import CatalogueItem, OrderLine, OrderSheet, read
from pos_app.services.bundle_shelf import UNIT
from pos_app.services.desk import Desk
from pos_app.services.imports import ImportRefused
from pos_app.services.preorder_book import Book, sealed
from pos_app.storage.queries import bundles, catalogue, days, preorders
from pos_app.storage.queries.days import StoredDay
from pos_app.storage.unit_of_work import OFFICE
from sync.canonical import encode
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.storage.work import Work

_ORDERS = uuid.UUID("2f0d4f5e-7c52-5d0b-8a11-6a0f6b7c9e54")
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that look alike
_TOKEN_LETTERS = 12
_CLOSED = (OrderState.PICKED_UP, OrderState.CANCELLED)


@dataclass(frozen=True, slots=True)
class OrdersTaken:
    """What a sheet brought: good rows by people; orders new, changed, unchanged, and those left as they were
    (`kept`: handed out or cancelled) or not named any more (`absent`). `bad` cells were left out."""

    market: str
    business_date: str
    people: int
    lines: int
    quantity_milli: int
    total_won: int
    new: int
    changed: int
    same: int
    kept: int
    absent: int
    bad: tuple[tuple[str, str], ...]
    warnings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One person's order as a sheet says it."""

    id: str
    person: str
    department: str
    digits: str
    source: str
    lines: tuple[OrderedLine, ...]


class OrderImport:
    """Reads order sheets for one home."""

    def __init__(self, desk: Desk, book: Book) -> None:
        self._desk = desk
        self._book = book

    def take(
        self, path: Path, *, on: str, dry_run: bool, strict: bool, paid: bool, anyway: bool
    ) -> OrdersTaken:
        """Take in a sheet: good rows, or with `strict` all or nothing; `anyway` even of another market.

        Raises EnvironmentFault for files that can't be read, ImportRefused, day.none, day.unknown,
        day.sealed_already, preorder.other_market, preorder.sheet_date.
        """
        desk = self._desk
        desk.require(Action.IMPORT)
        with desk.work.read() as rows:
            day = self._day(rows, on)
            items = list(_items(rows, day))
        sheet = read(path, items)
        bad = tuple((cell.cell, cell.reason) for cell in sheet.bad)
        if sheet.fatal:
            raise ImportRefused(bad or ((path.name, sheet.fatal),), sheet.fatal)
        if not anyway:
            _check_market(day, sheet, bool(on))
        if strict and bad:
            raise ImportRefused(bad)
        if not sheet.lines:
            raise ImportRefused(bad or ((path.name, ""),))
        with desk.work.read() as rows:
            wanted = _orders(rows, day, sheet)
        counts = _Counts()
        batch = str(uuid.uuid5(_ORDERS, encode([day.day_id, sheet.title]).decode()))
        with desk.work.begin(desk.session.operator_id) as work:
            if days.seals(work.rows, day.day_id):
                raise DomainError("day.sealed_already")
            known = {each.order_id: each for each in preorders.of_day(work.rows, day.day_id)}
            for each in wanted:
                self._put(work, day, batch, each, known.pop(each.id, None), paid, dry_run, counts)
            counts.absent = sum(1 for each in known.values() if OrderState(each.state) not in _CLOSED)
        return OrdersTaken(
            day.market,
            day.business_date,
            len(wanted),
            sum(len(each.lines) for each in wanted),
            sheet.quantity_milli,
            sum(_amount_won(each.lines) for each in wanted),
            counts.new,
            counts.changed,
            counts.same,
            counts.kept,
            counts.absent,
            bad,
            tuple((cell.cell, cell.reason) for cell in sheet.warnings),
        )

    def _day(self, rows: Rows, on: str) -> StoredDay:
        if not on:
            return self._desk.day(rows)
        found = days.latest_day(rows, on)
        if found is None:
            raise DomainError("day.unknown", date=on[:20])
        return found

    def _put(
        self,
        work: "Work",
        day: StoredDay,
        batch: str,
        wanted: _Wanted,
        before: Order | None,
        paid: bool,
        dry_run: bool,
        counts: "_Counts",
    ) -> None:
        if before is not None:
            known = self._book.one(work.rows, before)
            if known.order.state in _CLOSED:
                counts.kept += 1
                return
            all_paid = paid and not known.order.paid_won >= known.order.total_won
            # The sheet says what it said: what was changed by hand since then stays.
            if before.source == wanted.source and not all_paid:
                counts.same += 1
                return
            counts.changed += 1
        else:
            counts.new += 1
        if not dry_run:
            work.record(OFFICE, self._fact(work, day, batch, wanted, before, paid))

    def _fact(
        self, work: "Work", day: StoredDay, batch: str, wanted: _Wanted, before: Order | None, paid: bool
    ) -> Order:
        desk = self._desk
        fresh = before is None or before.source != wanted.source
        lines = wanted.lines if before is None or fresh else before.lines
        paid_won = _amount_won(lines) if paid else before.paid_won if before else 0
        return Order(
            order_id=wanted.id,
            batch_id=batch,
            day_id=day.day_id,
            at=desk.clock.stamp(),
            agency=day.agency,
            department=wanted.department,
            person=before.person if before else sealed(work.rows, wanted.id, wanted.person),
            digits=sealed(work.rows, wanted.id, wanted.digits),
            token=before.token
            if before
            else "".join(secrets.choice(_LETTERS) for _ in range(_TOKEN_LETTERS)),
            lines=lines,
            state=before.state if before else OrderState.ORDERED.value,
            version=before.version + 1 if before else 1,
            paid_won=paid_won,
            source=wanted.source,
            operator_name=desk.session.name,
        )


@dataclass(slots=True)
class _Counts:
    new: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0
    absent: int = 0


def _amount_won(lines: Iterable[OrderedLine]) -> int:
    return sum(line_amount_won(line.unit_price_won, line.quantity_milli) for line in lines)


def _items(rows: Rows, day: StoredDay) -> Iterable[CatalogueItem]:
    """What may be ordered: the goods of the day's vendors, and bundles."""
    rosters = catalogue.day_rosters(rows, day.day_id)
    booths = catalogue.booths(rows, rosters)
    codes = {product_id: code for code, product_id in catalogue.codes(rows, rosters).items()}
    vendors = {vendor.id: vendor.name for vendor in catalogue.vendors(rows)}
    barcodes: dict[str, list[str]] = {}
    for code, product_id in rows.each('SELECT "code", "product_id" FROM "barcode" ORDER BY "code"'):
        barcodes.setdefault(product_id, []).append(code)
    for product in catalogue.products(rows):
        if not booths or product.vendor_id in booths:
            yield CatalogueItem(
                product.id,
                product.name,
                product.unit,
                product.unit_price_won,
                codes.get(product.id, ""),
                vendors.get(product.vendor_id, ""),
                tuple(barcodes.get(product.id, ())),
                product.sold_by.value == "weight",
            )
    for bundle in bundles.bundles(rows):
        if bundle.active and bundle.parts:
            own = (bundle.barcode,) if bundle.barcode else ()
            yield CatalogueItem(bundle.id, bundle.name, UNIT, bundle.price_won, "", "", own)


def _check_market(day: StoredDay, sheet: OrderSheet, chosen: bool) -> None:
    """Refuse a sheet whose title names another market, or (unless the day was chosen) another date."""
    hint = search_key(sheet.market_hint).replace(" ", "")
    market = search_key(day.market).replace(" ", "")
    if hint.endswith("장터") and hint not in market and market not in hint:
        raise DomainError("preorder.other_market", sheet=sheet.market_hint, market=day.market)
    if sheet.date_hint and sheet.date_hint != day.business_date and not chosen:
        raise DomainError("preorder.sheet_date", sheet=sheet.date_hint, date=day.business_date)


def _orders(rows: Rows, day: StoredDay, sheet: OrderSheet) -> list[_Wanted]:
    """The sheet's lines by person; the same name twice in a department is told apart by its place."""
    prices = {product.key: product.unit_price_won for product in sheet.products if product.key}
    groups: dict[str, list[OrderLine]] = {}
    for line in sheet.lines:
        groups.setdefault(line.order, []).append(line)
    seen: dict[tuple[str, str], int] = {}
    owners = _Owners(rows, prices)
    made = []
    for own in groups.values():
        first = own[0]
        who = (search_key(first.department), search_key(first.person))
        seen[who] = seen.get(who, 0) + 1
        order_id = str(uuid.uuid5(_ORDERS, encode([day.day_id, *who, seen[who]]).decode()))
        milli: dict[str, int] = {}
        for line in own:
            milli[line.product] = milli.get(line.product, 0) + line.quantity_milli
        lines = tuple(owners.line(no, key, amount) for no, (key, amount) in enumerate(milli.items(), 1))
        said = encode([msgspec.to_builtins(lines), first.department, first.phone_last4])
        source = f"{first.order[:40]} {hashlib.sha256(said).hexdigest()[:16]}"
        made.append(
            _Wanted(
                order_id,
                clean_name(first.person)[:80],
                clean_name(first.department)[:80],
                first.phone_last4,
                source,
                lines,
            )
        )
    return made


class _Owners:
    """Whose goods are ordered, at which price; each product is read once."""

    def __init__(self, rows: Rows, prices: dict[str, int | None]) -> None:
        self._rows = rows
        self._prices = prices
        self._bundles = {each.id: each for each in bundles.bundles(rows)}
        self._known: dict[str, tuple[str, str, str, int]] = {}

    def line(self, no: int, key: str, milli: int) -> OrderedLine:
        """One line of an order. Raises product.unknown."""
        if key not in self._known:
            self._known[key] = self._read(key)
        vendor_id, name, unit, price = self._known[key]
        return OrderedLine(no, key, vendor_id, name, unit, milli, price)

    def _read(self, key: str) -> tuple[str, str, str, int]:
        said = self._prices.get(key)
        bundle = self._bundles.get(key)
        if bundle is not None:
            first = catalogue.product(self._rows, bundle.parts[0].product_id)
            vendor_id = first.vendor_id if first else ""
            return vendor_id, bundle.name, UNIT, bundle.price_won if said is None else said
        product = catalogue.product(self._rows, key)
        if product is None:
            raise DomainError("product.unknown", product=key)
        return product.vendor_id, product.name, product.unit, product.unit_price_won if said is None else said
