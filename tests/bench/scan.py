"""From the scanner's Enter to the painted line, with few and with very many products, in the real window."""

import sys
from pathlib import Path

import msgspec

from tests.bench import market
from tests.bench.figures import Check, Step, ratio_checks, spread
from tests.bench.homes import copied, kept
from tests.bench.processes import answer, ask

NAME = "scan"
LINES = 10
WARM = 20


class Times(msgspec.Struct, frozen=True):
    """Milliseconds of one process: the first scan, then ours (also processor time) and the floor in turns."""

    first: float
    ours: list[float]
    processor: list[float]
    floor: list[float]


def measure(quick: bool) -> list[Step]:
    """For each size of catalogue."""
    sizes = (100, 20_000) if quick else (100, 20_000, 100_000)
    steps: list[Step] = []
    for products in sizes:
        with copied(kept(products), "home") as (home,):
            rest = [ask(Times, "tests.bench.scan", home, products, 0) for _ in range(1 if quick else 2)]
            told = ask(Times, "tests.bench.scan", home, products, 120 if quick else 500)
        steps.append(_painted(products, told))
        steps.append(_first(products, [told.first, *(times.first for times in rest)]))
    steps[-2] = _beside_few(steps[-2], steps[0])
    return steps


def _painted(products: int, told: Times) -> Step:
    middle = len(told.floor) // 2
    halves = spread(told.floor[:middle]).p50, spread(told.floor[middle:]).p50
    own = spread(told.processor)
    note = f"processor time {own.p50:.1f}, p99 {own.p99:.1f} ms"
    name = f"scan to painted line, {products:,} products"
    step = Step(NAME, name, spread(told.ours), spread(told.floor), halves, note=note)
    step = ratio_checks(step, (None, None), (1.5, 2.2))
    return msgspec.structs.replace(step, checks=(*step.checks, Check("p99", step.ours.p99, 8, 8, "ms")))


def _first(products: int, times: list[float]) -> Step:
    name = f"first scan after the start, {products:,} products"
    check = Check("worst", max(times), 16, 16, "ms")
    return Step(NAME, name, spread(times), checks=(check,))


def _beside_few(many: Step, few: Step) -> Step:
    ratio = many.ours.p50 / few.ours.p50
    return msgspec.structs.replace(
        many, checks=(*many.checks, Check("p50 to 100 products", ratio, None, 1.05))
    )


def main() -> None:
    """The measured child: HOME PRODUCTS COUNT."""
    from tests.bench.timing import Turns  # lazy: the parent of this process needs no Qt
    from tests.bench.window import BareTable, Window, driven, settle, until

    home, products, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    codes = [market.barcode_of(number) for number in market.sold_numbers(products)]

    def work(window: Window) -> None:
        first = window.scan(codes[0])
        until(lambda: not window.house.goods.stale())  # what the start still prepares belongs to the start
        settle(1500)
        processor: list[float] = []
        lines = window.selling.cart.lines
        bare = BareTable(lines.width(), lines.height(), LINES)

        def scan(index: int) -> float:
            if index % LINES == 0:
                window.clear()
            took = window.scan(codes[(index * 7 + 1) % len(codes)], processor)
            settle(2)
            return took

        turns = Turns(floor=bare.change_row, ours=scan)
        if count:
            turns.run(count, block=20, warm=WARM)
        answer(Times(first, turns.times["ours"], processor[WARM:], turns.times["floor"]))

    driven(home, work)


if __name__ == "__main__":
    main()
