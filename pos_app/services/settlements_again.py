"""A run made once more from its sealed slips and its own terms: it must come out the same."""

from dataclasses import replace

from pos_app.domain.errors import DomainError
from pos_app.domain.settlement import Account, Goods, Terms, reckon
from pos_app.domain.settlement_run import content_hash
from pos_app.facts.settlements import SettlementRun
from pos_app.services import settlements_reading as reading
from pos_app.services.settlements_reading import Book, Part
from pos_app.services.settlements_state import RunView
from pos_app.storage.queries import cuts, settlements
from pos_app.storage.queries.settlements import Market
from sync.rows import Rows


def parts_of(rows: Rows, run: SettlementRun) -> list[Part]:
    """The parts of days that a run was made over."""
    by_id = {day.day_id: day for day in settlements.market_days(rows)}
    found = []
    for settled in run.days:
        day = by_id.get(
            settled.day_id, Market(settled.day_id, run.market_id, run.market, settled.business_date)
        )
        after = cuts.joined(*(settlements.cut_of(rows, seal) for seal in settled.after))
        until = cuts.joined(settlements.cut_of(rows, settled.seal), after)
        found.append(Part(day, settled.seal, until, after, settled.after))
    return found


def check_same(rows: Rows, view: RunView) -> None:
    """Make a run again from its sealed slips and its own terms; raises settlement.changed(vendor)."""
    run = view.run
    terms = Terms(run.rules, run.fees_permille, frozenset(run.held_until_redeemed))
    kept = reading.books(rows, parts_of(rows, run))
    for told in view.statements:
        if told.account is None:
            continue
        book = kept.get(told.vendor_id, Book())
        made = reckon(told.account, terms, run.from_on, run.until_on)
        if content_hash(made) != told.hash or not _tells(told.account, book):
            raise DomainError("settlement.changed", vendor=told.vendor)


def _tells(account: Account, book: Book) -> bool:
    """Whether the slips say what the account says: by tender exactly, goods by day."""
    taken = {(each.on, each.tender, each.held_by): each.net_won for each in account.taken}
    goods: dict[str, Goods] = {}
    for each in account.goods:
        old = goods.get(each.on, Goods(each.on, "", 0))
        goods[each.on] = replace(
            old,
            gross_won=old.gross_won + each.gross_won,
            discount_won=old.discount_won + each.discount_won,
            truncation_won=old.truncation_won + each.truncation_won,
            refunds_won=old.refunds_won + each.refunds_won,
        )
    sums: dict[str, Goods] = {}
    for (on, _), row in book.products.items():
        old = sums.get(on, Goods(on, "", 0))
        sums[on] = replace(
            old,
            gross_won=old.gross_won + row.gross,
            discount_won=old.discount_won + row.discount,
            truncation_won=old.truncation_won + row.truncation,
            refunds_won=old.refunds_won + row.refunds,
        )
    return taken == book.taken and goods == sums
