"""Sheets filled in beforehand: from the workbook's 반입수량, or as the market was last time."""

from dataclasses import dataclass
from pathlib import Path

from pos_app.domain import identity
from pos_app.domain.errors import DomainError
from pos_app.domain.goods_sheet import Entry
from pos_app.domain.hangul import search_key
from pos_app.domain.operators import Action
from pos_app.services.desk import Desk
from pos_app.services.goods_sheets import GoodsSheets
from pos_app.storage.queries import catalogue, markdowns
from pos_app.storage.queries import goods_sheets as asked
from pos_app.storage.queries.days import StoredDay
from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class Proposed:
    """One product: what was brought so far, and what it would say."""

    product_id: str
    vendor: str
    name: str
    unit: str
    weighed: bool
    now_milli: int
    wanted_milli: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A look before anything is saved; `left_out` are (cell or name, why) of what can't be taken."""

    day_id: str
    source: str
    lines: tuple[Proposed, ...]
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def changes(self) -> tuple[Proposed, ...]:
        """Return the lines that would change something."""
        return tuple(line for line in self.lines if line.now_milli != line.wanted_milli)


class Proposals:
    """Looks at a file or a past day; nothing changes until a proposal is taken."""

    def __init__(self, desk: Desk, sheets: GoodsSheets) -> None:
        self._desk = desk
        self._sheets = sheets

    def from_file(self, path: Path) -> Proposal:
        """What a workbook says is brought (slow). Raises EnvironmentFault, goods.other_market, goods.no_column."""
        # lazy: workbooks are read before the market, not at the till
        from pos_app.importing.workbook import read

        book = read(path)
        if book.fatal:
            raise DomainError("import.fatal", reason=book.fatal)
        with self._desk.work.read() as rows:
            day = self._desk.day(rows)
            _check_market(day, book.market_hint, book.date_hint)
            if all(row.brought_milli is None for row in book.products):
                raise DomainError("goods.no_column")
            left_out = [(bad.cell, bad.reason) for bad in book.bad]
            wanted: dict[str, int] = {}
            for product in book.products:
                if product.brought_milli is None:
                    continue
                found = _known(rows, product.vendor_name, product.name, product.unit)
                if found is None:
                    left_out.append((product.cell, product.name))
                    continue
                wanted[found] = wanted.get(found, 0) + product.brought_milli
            return self._proposal(rows, day.day_id, path.name, wanted, left_out)

    def from_last(self) -> Proposal:
        """What was brought at the market's last day. Raises goods.no_last."""
        with self._desk.work.read() as rows:
            day_id = self._desk.day(rows).day_id
            last = asked.day_before(rows, day_id)
            if last is None:
                raise DomainError("goods.no_last")
            return self._proposal(rows, day_id, last[1], markdowns.brought(rows, last[0]), [])

    def take(self, batch_id: str, proposal: Proposal) -> int:
        """Bring what the proposal says, in one batch; how many movements."""
        self._desk.require(Action.STOCK)
        entries = [Entry(line.product_id, brought=line.wanted_milli) for line in proposal.changes]
        return self._sheets.save(batch_id, proposal.day_id, entries, proposal.source)

    def _proposal(
        self, rows: Rows, day_id: str, source: str, wanted: dict[str, int], left_out: list[tuple[str, str]]
    ) -> Proposal:
        goods = asked.goods(rows, 1)
        booths = catalogue.booths(rows, catalogue.day_rosters(rows, day_id))
        names = {vendor.id: vendor.name for vendor in catalogue.vendors(rows)}
        moved = asked.of_day(rows, day_id)
        lines = []
        for product_id, milli in wanted.items():
            good = goods.get(product_id)
            if good is None or (booths and good.vendor_id not in booths):
                continue
            now = moved[product_id].brought if product_id in moved else 0
            name = names.get(good.vendor_id, "")
            lines.append(Proposed(good.id, name, good.name, good.unit, good.weighed, now, milli))
        lines.sort(key=lambda line: (line.vendor, line.name))
        return Proposal(day_id, source, tuple(lines), tuple(left_out))


def _known(rows: Rows, vendor_name: str, name: str, unit: str) -> str | None:
    for vendor in catalogue.vendors_named(rows, vendor_name):
        product_id = identity.product_id(vendor.id, name, unit)
        if catalogue.product(rows, product_id) is not None:
            return product_id
    return None


def _check_market(day: StoredDay, market: str, date: str) -> None:
    """Refuse a sheet that says by its own title that it is of another market or another day."""
    other = market and search_key(market) != search_key(day.market)
    if other or (date and date != day.business_date):
        raise DomainError("goods.other_market", said=f"{market} {date}".strip(), market=day.market)
