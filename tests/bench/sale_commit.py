"""A 5-line cash sale with its receipt in the queue, beside the same rows written raw; flushes counted."""

import os
import re
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import msgspec

from pos_app.bootstrap import open_house
from pos_app.domain.cart import Cart
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.facts.codec import read
from pos_app.facts.sales import Sale
from pos_app.services.house import House
from pos_app.services.recording import Wish, record_sale
from pos_app.storage.unit_of_work import event_id, register_scope
from sync.events import parse_stored
from tests.bench import market
from tests.bench.figures import Check, Spread, Step, ratio_checks
from tests.bench.homes import DATABASE, PLACE, ROOT, copied, kept
from tests.bench.timing import Turns
from tests.bench.written import RawTill, Recorder, Write

NAME = "commit"
ACCEPT, AIM = (2.5, 2.5), (1.5, 1.5)
WARM = BLOCK = 25
MEMORY = Path("/dev/shm")  # a file system without a disk: what is left is the code's own time


class Seller:
    """Sells prepared carts through the program, whole or only its storage."""

    def __init__(self, house: House, products: int, count: int, seed: int) -> None:
        self.desk = house.desk
        with self.desk.work.read() as rows:
            self.day, self.shift = self.desk.day(rows), self.desk.shift(rows)
            self.terms = self.desk.terms(rows)
        self.carts = []
        for chosen in market.carts(products, count, seed):
            cart = Cart()
            for product in chosen:
                cart = cart.add(house.goods.line(product, 1000))
            self.carts.append(cart)
        self.wish = Wish([TenderInput(TenderType.CASH, 200_000)], self.desk.clock.stamp())
        self.scope = register_scope(self.day.day_id, self.desk.register)
        self.stored: list[tuple[Sale, bytes]] = []

    def sell(self, index: int) -> None:
        """The service: price, settle, lay the receipt out, store."""
        record_sale(self.desk, self.day, self.shift, self.carts[index], self.terms, self.wish)

    def store(self, index: int) -> None:
        """The storage alone: number, event, folds and print job of a ready sale in one transaction."""
        sale, paper = self.stored[index]
        desk = self.desk
        with desk.work.begin(desk.session.operator_id) as work:
            event = work.record_numbered(
                self.scope, lambda number: msgspec.structs.replace(sale, receipt_no=number), str(index)
            )
            work.print_job("receipt", event_id(event), paper, expires_at=desk.expiry(12))


def measure(quick: bool) -> list[Step]:
    """Without and with very many sale lines behind."""
    products, sales, count = (20_000, 10_000, 150) if quick else (100_000, 200_000, 1000)
    few = kept(products)
    steps = []
    rows, stored = rows_of_sales(few, products, count + WARM)
    steps += _beside(few, products, count, rows, stored, f"{5 * 100:,} sale lines behind")
    many = kept(products, sales)
    steps += _beside(many, products, count, rows, stored, f"{5 * sales:,} sale lines behind")
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        steps += _beside(few, products, count, rows, stored, "the disk left out", MEMORY / "jangteo-bench")
    steps.append(_flushes(few, products))
    return steps


def rows_of_sales(
    home: Path, products: int, count: int
) -> tuple[list[list[Write]], list[tuple[Sale, bytes]]]:
    """Let the program sell; the rows of each sale as they then stand in the database, its fact and its paper."""
    rows, stored = [], []
    with copied(home, "recorded") as (copy,):
        recorder = Recorder(copy / DATABASE)
        house = open_house(copy)
        seller = Seller(house, products, count, seed=2)
        for index in range(count):
            seller.sell(index)
            writes = recorder.take()
            rows.append(writes)
            stored.append(_fact_and_paper(writes))
        house.close()
        recorder.close()
    return rows, stored


def _fact_and_paper(writes: list[Write]) -> tuple[Sale, bytes]:
    event = next(write.row for write in writes if write.table == "event")
    job = next(write.row for write in writes if write.table == "print_job")
    envelope = parse_stored(event[0], event[-1]).envelope
    sale = read(envelope.type, envelope.body)
    assert isinstance(sale, Sale)
    return sale, next(bytes(value) for value in job if isinstance(value, bytes))


def _beside(
    home: Path,
    products: int,
    count: int,
    rows: list[list[Write]],
    stored: list[tuple[Sale, bytes]],
    words: str,
    place: Path = PLACE,
) -> list[Step]:
    with copied(home, "floor", "ours", place=place) as (bare, ours):
        raw_till = RawTill(bare / DATABASE, rows)
        house = open_house(ours)
        seller = Seller(house, products, count + WARM, seed=3)
        seller.stored = stored
        turns = Turns(floor=raw_till.sell, store=seller.store, sell=seller.sell)

        def rest() -> None:
            raw_till.rest()
            house.rest()

        turns.run(count, BLOCK, WARM, between=rest)
        # The log is begun anew after each rest: its size is that of one block.
        log_bytes = (bare / f"{DATABASE}-wal").stat().st_size / BLOCK
        house.close()
        raw_till.close()
    accept = ACCEPT if place == PLACE else (None, None)
    each = sum(len(writes) for writes in rows) / len(rows)
    note = f"a sale: {each:.0f} rows, {_bytes_of(rows):,.0f} bytes, {log_bytes / 1024:,.0f} KiB of log"
    return [
        ratio_checks(turns.step(NAME, f"store a sale, {words}", "store", note=note), accept, AIM),
        ratio_checks(turns.step(NAME, f"record_sale, {words}", "sell"), accept, AIM),
    ]


def _bytes_of(rows: list[list[Write]]) -> float:
    """Bytes of the values written for a sale."""
    values = [value for writes in rows for write in writes for value in write.row]
    return sum(
        len(v.encode()) if isinstance(v, str) else len(v) if isinstance(v, bytes) else 4 for v in values
    ) / len(rows)


# --- flushes, counted by the system-call tracer ---------------------------------------------------

_CALLS = re.compile(
    r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(fdatasync|fsync|sync_file_range|msync)$", re.M
)
_LITTLE, _MORE = 10, 60


def _flushes(home: Path, products: int) -> Step:
    name = "flushes of one sale (5 lines added, completed)"
    if shutil.which("strace") is None:
        return Step(NAME, name, Spread(0, 0, 0), unit="", note="left out: strace is not installed")
    counts = []
    for sales in (_LITTLE, _MORE):
        with copied(home, "traced") as (copy,):
            counts.append(_traced(copy, products, sales))
    if min(counts) < 0:
        return Step(NAME, name, Spread(0, 0, 0), unit="", note="left out: strace may not trace here")
    each = (counts[1] - counts[0]) / (_MORE - _LITTLE)
    spread = Spread(each, each, _MORE - _LITTLE)
    return Step(
        NAME, name, spread, unit="", checks=(Check("flushes", each, 1, 1, ""),), note="fdatasync and fsync"
    )


def _traced(home: Path, products: int, sales: int) -> int:
    """All flushes of a child process that makes that many sales; -1 when it cannot be traced."""
    log = home / f"{uuid.uuid4().hex}.strace"
    command = ["strace", "-f", "-c", "-o", str(log), "-e", "trace=fdatasync,fsync,msync,sync_file_range"]
    child = [sys.executable, "-m", "tests.bench.sale_commit", str(home), str(products), str(sales)]
    ended = subprocess.run(
        [*command, *child], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    if ended.returncode:
        print(ended.stderr[-500:], file=sys.stderr)
        return -1
    return sum(int(calls) for calls, _ in _CALLS.findall(log.read_text(encoding="utf-8")))


def main() -> None:
    """The traced child: HOME PRODUCTS SALES."""
    home, products, sales = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    house = open_house(home)
    for cart in market.carts(products, sales, seed=4):
        market.ring(house, cart)
    house.close()


if __name__ == "__main__":
    main()
