"""Figures of a day: on screen, in the terminal, for scripts."""

from typing import Any

from pos_app.domain.errors import DomainError
from pos_app.services.desk import Desk
from pos_app.services.health import unsynced_count
from pos_app.storage.queries import catalogue, days, totals
from pos_app.storage.queries.days import StoredDay
from sync.rows import Rows

TENDERS = ("cash", "card", "transfer", "voucher", "credit")


class Reports:
    """Reports over the kept totals."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def day(self, business_date: str | None = None) -> dict[str, Any]:
        """All figures of a day by their outside names; the latest day unless told. Raises day.none."""
        with self._desk.work.read() as rows:
            day = self._day(rows, business_date)
            figures: dict[str, Any] = {"market": day.market, "business_date": day.business_date}
            figures.update(totals.of_day(rows, day.day_id))
            figures["tenders"] = self._tenders(rows, day.day_id)
            figures["by_vendor"] = self._by_vendor(rows, day.day_id)
            figures["by_product"] = self._by_product(rows, day.day_id)
            figures["journal_entries"] = totals.journal(rows)
            figures["unsynced_entries"] = unsynced_count(rows)
            figures["sealed"] = bool(days.seals(rows, day.day_id))
        return figures

    def hours(self, business_date: str | None = None) -> list[dict[str, Any]]:
        """Sales by hour of that day."""
        with self._desk.work.read() as rows:
            found = totals.by_hour(rows, self._day(rows, business_date).day_id)
        return [{"hour": hour, "sales_count": sales, "total_won": won} for hour, sales, won in found]

    def tenders(self, business_date: str | None = None) -> list[dict[str, Any]]:
        """Tenders of that day by type, kind and holder."""
        with self._desk.work.read() as rows:
            found = totals.tenders(rows, "day_id", self._day(rows, business_date).day_id)
        return [
            {
                "tender": t.type,
                "kind": t.kind,
                "held_by": t.held_by,
                "count": t.count,
                "received_won": t.received_won,
                "refunded_won": t.refunded_won,
                "net_won": t.net_won,
            }
            for t in found
        ]

    def tax(self, business_date: str | None = None) -> list[dict[str, Any]]:
        """Tax of that day by register."""
        with self._desk.work.read() as rows:
            day = self._day(rows, business_date)
            found = rows.all(
                'SELECT "register", sum("taxable_supply_won"), sum("vat_won"), sum("exempt_won"), sum("unsplit_won") '
                'FROM "log_total" WHERE "day_id" = ? GROUP BY "register" ORDER BY "register"',
                day.day_id,
            )
        names = ("register", "taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")
        return [dict(zip(names, row, strict=True)) for row in found]

    def _day(self, rows: Rows, business_date: str | None) -> StoredDay:
        day = days.latest_day(rows, business_date)
        if day is None:
            raise (
                DomainError("day.none")
                if business_date is None
                else DomainError("day.unknown", date=business_date)
            )
        return day

    def _tenders(self, rows: Rows, day_id: str) -> dict[str, int]:
        sums = dict.fromkeys(TENDERS, 0)
        for tender in totals.tenders(rows, "day_id", day_id):
            sums[tender.type] += tender.net_won
        return sums

    def _by_vendor(self, rows: Rows, day_id: str) -> list[dict[str, Any]]:
        sold = totals.by_vendor(rows, day_id)
        booths = catalogue.booths(rows, catalogue.day_rosters(rows, day_id))
        names = {v.id: v.name for v in catalogue.vendors(rows)}
        listed = [*booths, *(vendor for vendor in sold if vendor not in booths)]
        return [
            {
                "vendor": names.get(vendor, vendor),
                "net_won": sold.get(vendor, 0),
                "vendor_id": vendor,
                "code": booths[vendor].code if vendor in booths else "",
            }
            for vendor in listed
        ]

    def _by_product(self, rows: Rows, day_id: str) -> list[dict[str, Any]]:
        codes = {p: code for code, p in catalogue.codes(rows, catalogue.day_rosters(rows, day_id)).items()}
        found = []
        for product_id, vendor_id, milli, gross, net in totals.by_product(rows, day_id):
            product = catalogue.product(rows, product_id)
            found.append(
                {
                    "product": codes.get(product_id, product_id),
                    "quantity_milli": milli,
                    "net_won": net,
                    "gross_won": gross,
                    "name": product.name if product else "",
                    "unit": product.unit if product else "",
                    "product_id": product_id,
                    "vendor_id": vendor_id,
                }
            )
        return found
