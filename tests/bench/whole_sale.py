"""A whole 5-line cash sale in the real window: scans, paying, the change; and the bytes of a long receipt."""

import sys
import time
from pathlib import Path

import msgspec

from pos_app.bootstrap import open_house
from pos_app.facts.sales import Sale
from pos_app.printing import escpos_text, text_grid
from pos_app.printing.document import Document, decode, encode
from pos_app.printing.layouts.receipt import receipt_document
from pos_app.storage.queries import sales
from tests.bench import market
from tests.bench.figures import Check, Step, spread
from tests.bench.homes import DATABASE, copied, kept
from tests.bench.processes import answer, ask
from tests.bench.sale_commit import rows_of_sales
from tests.bench.timing import Turns
from tests.bench.written import RawTill

NAME = "sale"
LINES = 40
COLUMNS = 48


class Times(msgspec.Struct, frozen=True):
    """Milliseconds of one process: processor time of the main thread, wall time, and the floor's wall time."""

    processor: list[float]
    wall: list[float]
    floor: list[float]


def measure(quick: bool) -> list[Step]:
    """The sale in the window, then its paper."""
    products = 20_000 if quick else 100_000
    home = kept(products)
    with copied(home, "home", "floor") as (ours, bare):
        told = ask(Times, "tests.bench.whole_sale", ours, bare, products, 25 if quick else 120)
    middle = len(told.floor) // 2
    halves = spread(told.floor[:middle]).p50, spread(told.floor[middle:]).p50
    name = f"whole 5-line cash sale, {products:,} products"
    note = "floor: 5 rows and 2 tables repainted, the same rows stored raw"
    main_thread = Step(NAME, f"{name}, processor time of the main thread", spread(told.processor))
    wall = Step(NAME, f"{name}, by the clock", spread(told.wall), spread(told.floor), halves, note=note)
    check = Check("p50", main_thread.ours.p50, 30, 15, "ms")
    return [msgspec.structs.replace(main_thread, checks=(check,)), wall, *_paper(home, products, quick)]


def main() -> None:
    """The measured child: HOME FLOOR PRODUCTS COUNT."""
    from tests.bench.window import BareTable, Window, driven, settle  # lazy: the parent needs no Qt

    home, bare_home, products, count = (
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        int(sys.argv[3]),
        int(sys.argv[4]),
    )
    rows, _ = rows_of_sales(kept(products), products, count + 5)
    codes = market.codes_by_id(products)
    carts = market.carts(products, count + 5, seed=5)
    processor: list[float] = []

    def work(window: Window) -> None:
        settle(1500)
        raw = RawTill(bare_home / DATABASE, rows)
        lines, page = window.selling.cart.lines, window.selling
        row = BareTable(lines.width(), lines.height(), 10)
        table = BareTable(page.width(), page.height(), 20)

        def floor(index: int) -> float:
            took = sum(row.change_row(index) for _ in range(5))
            begin = time.perf_counter_ns()
            raw.sell(index)
            took += (time.perf_counter_ns() - begin) / 1e6
            return took + table.change_all() + table.change_all()

        def sale(index: int) -> float:
            begin = time.thread_time_ns()
            took = window.sell([codes[product] for product in carts[index]])
            processor.append((time.thread_time_ns() - begin) / 1e6)
            return took

        turns = Turns(floor=floor, ours=sale).run(count, block=10, warm=5)
        answer(Times(processor[5:], turns.times["ours"], turns.times["floor"]))

    driven(home, work)


# --- the paper ------------------------------------------------------------------------------------


def _long_sale(home: Path, products: int) -> tuple[Sale, Document]:
    """A stored sale of forty different things, and its receipt."""
    with copied(home, "paper") as (copy,):
        house = open_house(copy)
        chosen = list(market.codes_by_id(products))[: LINES * 2 : 2]
        sale_id = market.ring(house, chosen)
        with house.desk.work.read() as rows:
            stored = sales.sale(rows, sale_id)
        assert stored is not None
        document = receipt_document(stored.sale, market.SHOP, 0, False)
        house.close()
    return stored.sale, document


def _paper(home: Path, products: int, quick: bool) -> list[Step]:
    sale, document = _long_sale(home, products)
    text = "\n".join(getattr(row, "text", "") for row in text_grid.lay_out(document, COLUMNS))
    job = encode(document)
    shop = market.SHOP

    def laid_out(_: int) -> bytes:
        return escpos_text.render(receipt_document(sale, shop, 0, False), COLUMNS)

    turns = Turns(
        floor=lambda _: text.encode("cp949"),
        ours=laid_out,
        layout=lambda _: receipt_document(sale, shop, 0, False),
        job=lambda _: escpos_text.render(decode(job), COLUMNS),
    ).run(200 if quick else 1000, block=50, warm=20)
    name = f"receipt of {len(sale.lines)} lines"
    note = f"{len(laid_out(0)):,} bytes; floor: the same letters encoded once"
    whole = turns.step(NAME, f"{name}, from the sale to ESC/POS bytes", "ours", note=note)
    queued = turns.step(NAME, f"{name}, from the print job to ESC/POS bytes", "job")
    return [
        msgspec.structs.replace(whole, checks=(Check("p50", whole.ours.p50, 0.5, 0.15, "ms"),)),
        msgspec.structs.replace(queued, checks=(Check("p50", queued.ours.p50, 0.5, 0.15, "ms"),)),
        turns.step(NAME, f"{name}, the layout alone", "layout"),
    ]


if __name__ == "__main__":
    main()
