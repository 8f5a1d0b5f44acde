"""사회공헌: leftovers or bought goods given to an institution, with a slip (전달확인서) and sums."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from pos_app.domain import donation as rules
from pos_app.domain.donation import Source
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.market_day import parse_business_date
from pos_app.domain.operators import Action
from pos_app.domain.stock import MovementReason
from pos_app.facts.catalogue import GoodsMovement
from pos_app.facts.market import Donation, DonationLine
from pos_app.printing.document import Document
from pos_app.printing.layouts.slip_figures import DonationSlip, GoodsLine
from pos_app.services.desk import Desk
from pos_app.services.recording import shop_header
from pos_app.storage.queries import catalogue, days, donations, goods_sheets, sales
from pos_app.storage.unit_of_work import CATALOGUE
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.storage.work import Work

_ALWAYS = ("0000-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class Gift:
    """One thing to give: from what is left (`sale_id` empty), or of a sale that somebody paid for."""

    product_id: str
    quantity_milli: int
    sale_id: str = ""


@dataclass(frozen=True, slots=True)
class GiftGood:
    """What could be given: `left_milli` at most, worth its price."""

    product_id: str
    vendor_id: str
    vendor: str
    name: str
    unit: str
    weighed: bool
    unit_price_won: int
    left_milli: int
    sale_id: str = ""


class Donations:
    """Deliveries. What is left over leaves the stock here, what was bought left it when it was sold."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # --- reading -----------------------------------------------------------------------------
    def leftovers(self) -> list[GiftGood]:
        """What is left of today's goods, with what the sheets put aside for giving."""
        with self._desk.work.read() as rows:
            day_id = self._desk.day(rows).day_id
            left = self._left(rows, day_id)
            names = {vendor.id: vendor.name for vendor in catalogue.vendors(rows)}
            goods = goods_sheets.goods(rows, 1)
        return [
            GiftGood(
                g.id, g.vendor_id, names.get(g.vendor_id, ""), g.name, g.unit, g.weighed, g.unit_price_won, milli
            )
            for g in goods.values()
            if (milli := left.get(g.id, 0)) > 0
        ]

    def bought(self, receipt: str) -> list[GiftGood]:
        """What of a sale can still be given. Raises sale.unknown, donation.voided."""
        with self._desk.work.read() as rows:
            found = sales.find(rows, receipt.strip())
            if found is None:
                raise DomainError("sale.unknown", sale=receipt[:40])
            names = {vendor.id: vendor.name for vendor in catalogue.vendors(rows)}
            return [
                GiftGood(
                    line.product_id, line.vendor_id, names.get(line.vendor_id, ""), line.name, line.unit,
                    line.weighed, line.unit_price_won, line.left_milli, found,
                )
                for line in self._of_sale(rows, found, "").values()
                if line.left_milli > 0
            ]  # fmt: skip

    def deliveries(self, from_on: str = "", until_on: str = "") -> list[Donation]:
        """Deliveries that stand, the latest first."""
        with self._desk.work.read() as rows:
            return donations.deliveries(rows, from_on or _ALWAYS[0], until_on or _ALWAYS[1])

    def totals(self, from_on: str = "", until_on: str = "") -> rules.Totals:
        """Sums of the deliveries of a period."""
        with self._desk.work.read() as rows:
            return donations.donations_totals(rows, from_on or _ALWAYS[0], until_on or _ALWAYS[1])

    def institutions(self) -> list[str]:
        """Who was given something before."""
        with self._desk.work.read() as rows:
            return donations.institutions(rows)

    # --- writing -----------------------------------------------------------------------------
    def give(
        self,
        institution: str,
        gifts: Sequence[Gift],
        receiver: str = "",
        note: str = "",
        donation_id: str = "",
        on: str = "",
    ) -> str:
        """Record a delivery; its id. The same id again says it anew: the goods move once.

        Raises right.missing, donation.*, quantity.*, product.unknown, sale.unknown, day.*.
        """
        desk = self._desk
        desk.require(Action.STOCK)
        identity = donation_id or str(uuid.uuid4())
        with desk.work.begin(desk.session.operator_id) as work:
            day = desk.day(work.rows)
            standing = donations.one(work.rows, identity)
            day_id = standing.day_id if standing else day.day_id
            left = self._left(work.rows, day_id)
            for line in standing.lines if standing and not standing.withdrawn else ():
                if line.source == Source.LEFTOVER:  # said anew, its own goods count as there
                    left[line.product_id] = left.get(line.product_id, 0) + line.quantity_milli
            given = rules.Donation(
                identity,
                clean_text(institution, 80),
                parse_business_date(on) if on else day.business_date,
                tuple(self._line(work.rows, gift, identity) for gift in _summed(gifts)),
                clean_text(receiver, 80),
                clean_text(note, 200),
            )
            rules.check_donation(given, left)
            fact = self._fact(day_id, given, _summed(gifts))
            if standing is not None and _same(standing) == _same(fact):
                return identity
            self._from_aside(work, day_id, given, standing)
            work.record(CATALOGUE, fact)
        return identity

    def withdraw(self, donation_id: str) -> None:
        """The delivery did not take place; leftovers are in the stock again. Raises donation.unknown."""
        desk = self._desk
        desk.require(Action.STOCK)
        with desk.work.begin(desk.session.operator_id) as work:
            known = donations.one(work.rows, donation_id)
            if known is None:
                raise DomainError("donation.unknown")
            if not known.withdrawn:
                fact = Donation(
                    known.donation_id, known.day_id, known.business_date, desk.clock.stamp(), known.institution,
                    known.lines, known.value_won, known.receiver, known.note, True, desk.session.name,
                )  # fmt: skip
                work.record(CATALOGUE, fact)

    # --- papers ------------------------------------------------------------------------------
    def slip(self, donation_id: str) -> Document:
        """전달확인서 for the roll. Raises donation.unknown."""
        # lazy: only who prints needs the layout
        from pos_app.printing.layouts.slips import donation_document

        return donation_document(
            self._figures(donation_id), shop_header(self._desk), practice=self._desk.practice
        )

    def _figures(self, donation_id: str) -> DonationSlip:
        with self._desk.work.read() as rows:
            told = donations.one(rows, donation_id)
            day = days.day(rows, told.day_id) if told else None
            names = {vendor.id: vendor.name for vendor in catalogue.vendors(rows)}
        if told is None or told.withdrawn:
            raise DomainError("donation.unknown")
        lines = sorted(told.lines, key=lambda line: names.get(line.vendor_id, ""))
        return DonationSlip(
            f"D-{told.donation_id[:8].upper()}",
            told.at,
            told.business_date,
            day.market if day else "",
            told.institution,
            tuple(
                GoodsLine(x.name, x.unit, x.quantity_milli, x.value_won, names.get(x.vendor_id, "")) for x in lines
            ),
            told.value_won,
            representative=told.receiver,
            donor=", ".join(dict.fromkeys(line.given_by for line in lines if line.given_by)),
            operator_name=told.operator_name,
            note=told.note,
        )
    def pdf(self, donation_id: str) -> bytes:
        """전달확인서 on A4 (slow). Raises donation.unknown."""
        # lazy: ReportLab
        from pos_app.reports import pdf_export
        from pos_app.reports.donation_paper import donation_table

        table = donation_table(msgspec.to_builtins(self._figures(donation_id)))
        return pdf_export.render(table, footer=self._desk.settings.get("shop_name"))

    # --- the rest ----------------------------------------------------------------------------
    def _left(self, rows: Rows, day_id: str) -> dict[str, int]:
        """On hand of the day's goods, and what the sheets put aside."""
        hand = catalogue.on_hand(rows)
        found = {product: max(0, hand.get(product, 0)) for product in goods_sheets.of_day(rows, day_id)}
        for product, milli in donations.set_aside(rows, day_id).items():
            found[product] = found.get(product, 0) + milli
        return found

    def _of_sale(self, rows: Rows, sale_id: str, but: str) -> dict[str, GiftGood]:
        stored = sales.sale(rows, sale_id)
        if stored is None:
            raise DomainError("sale.unknown", sale=sale_id[:40])
        if stored.voided:
            raise DomainError("donation.voided")
        given = donations.given_of_sale(rows, sale_id, but)
        found: dict[str, GiftGood] = {}
        for line in stored.sale.lines:
            back = stored.refunded.get(line.no, (0, 0))[0]
            known = found.get(line.product_id)
            left = line.quantity_milli - back + (known.left_milli if known else -given.get(line.product_id, 0))
            who = stored.sale.customer
            found[line.product_id] = GiftGood(
                line.product_id, line.vendor_id, who, line.name, line.unit, line.sold_by == "weight",
                line.unit_price_won, left, sale_id,
            )  # fmt: skip
        return found

    def _line(self, rows: Rows, gift: Gift, but: str) -> rules.DonationLine:
        if gift.sale_id:
            good = self._of_sale(rows, gift.sale_id, but).get(gift.product_id)
            if good is None:
                raise DomainError("product.unknown", product=gift.product_id)
            if gift.quantity_milli > good.left_milli:
                left = max(0, good.left_milli)
                raise DomainError("donation.more_than_left", name=good.name, left_milli=left)
            return rules.DonationLine(
                good.product_id, good.vendor_id, good.name, good.unit, gift.quantity_milli,
                good.unit_price_won, Source.BOUGHT, good.vendor, self._rounding(rows, good.weighed),
            )  # fmt: skip
        product = catalogue.product(rows, gift.product_id)
        vendor = catalogue.vendor(rows, product.vendor_id) if product else None
        if product is None or vendor is None:
            raise DomainError("product.unknown", product=gift.product_id)
        weighed = product.sold_by.value == "weight"
        return rules.DonationLine(
            product.id, vendor.id, product.name, product.unit, gift.quantity_milli, product.unit_price_won,
            Source.LEFTOVER, vendor.name, self._rounding(rows, weighed),
        )  # fmt: skip

    def _from_aside(
        self, work: "Work", day_id: str, given: rules.Donation, standing: Donation | None
    ) -> None:
        """What a sheet put aside comes back first: it must not leave the stock twice."""
        before: dict[str, int] = {}
        for line in standing.lines if standing and not standing.withdrawn else ():
            if line.source == Source.LEFTOVER:
                before[line.product_id] = line.quantity_milli
        aside = donations.set_aside(work.rows, day_id)
        vendors = {line.product_id: line.vendor_id for line in given.lines}
        lines = []
        for product_id, milli in rules.stock_moves(given):
            back = min(aside.get(product_id, 0), max(0, milli - before.get(product_id, 0)))
            if back > 0:
                lines.append((product_id, vendors[product_id], back))
        if lines:
            desk = self._desk
            batch, reason = str(uuid.uuid4()), MovementReason.DONATED.value
            fact = GoodsMovement(
                batch, day_id, desk.clock.stamp(), reason, tuple(lines), "", desk.session.name
            )
            work.record(CATALOGUE, fact)

    def _rounding(self, rows: Rows, weighed: bool) -> int:
        return self._desk.terms(rows).pricing.weighed_rounding_won if weighed else 1

    def _fact(self, day_id: str, given: rules.Donation, gifts: Sequence[Gift]) -> Donation:
        lines = tuple(
            DonationLine(
                line.product_id, line.vendor_id, line.name, line.unit, line.quantity_milli,
                line.unit_price_won, line.value_won, line.source.value, line.given_by, gift.sale_id,
            )
            for line, gift in zip(given.lines, gifts, strict=True)
        )  # fmt: skip
        return Donation(
            given.id, day_id, given.on, self._desk.clock.stamp(), given.institution, lines, given.value_won,
            given.receiver, given.note, False, self._desk.session.name,
        )  # fmt: skip


def _summed(gifts: Sequence[Gift]) -> list[Gift]:
    """One gift per product and source."""
    found: dict[tuple[str, str], int] = {}
    for gift in gifts:
        key = (gift.product_id, gift.sale_id)
        found[key] = found.get(key, 0) + gift.quantity_milli
    return [Gift(product, milli, sale) for (product, sale), milli in found.items()]


def _same(told: Donation) -> tuple[object, ...]:
    return (told.institution, told.business_date, told.lines, told.receiver, told.note, told.withdrawn)
