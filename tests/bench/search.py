"""Each key of a search: to product ids, and to the painted tiles, with very many products."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from tests.bench.figures import Check, Step, spread
from tests.bench.homes import copied, kept
from tests.bench.processes import answer, ask

NAME = "search"
# What a Korean keyboard shows after each key, from the first consonant to the word.
WORDS = {
    "one syllable": ("ㅂ", "배"),
    "beginning of a name": ("ㅅ", "사", "삭", "사고", "사과"),
    "middle of a name": ("ㅊ", "추", "축", "추기", "추김", "추김ㅊ", "추김치"),
    "initial consonants": ("ㅇ", "ㅇㄱ", "ㅇㄱㄴ", "ㅇㄱㄴㄷ", "ㅇㄱㄴㄷㅂ"),
    "two words": ("유기농", "유기농 ㄷ", "유기농 두", "유기농 둡", "유기농 두부"),
    "vendor": ("ㅎ", "해", "핸", "해나", "해남"),
    "barcode": ("8", "88", "880", "8801", "88010", "880100"),
    "nothing fits": ("쀍", "쀍쀍"),
}
LIMIT = 20


class Times(msgspec.Struct, frozen=True):
    """Milliseconds of one process; `ids` by kind of query, the floors beside them in turns."""

    index: float
    first_key: float
    ids: dict[str, list[float]]
    ids_floor: list[float]
    tiles: list[float]
    tiles_floor: list[float]


def measure(quick: bool) -> list[Step]:
    """One window, many keys."""
    products = 20_000 if quick else 100_000
    with copied(kept(products), "home") as (home,):
        told = ask(Times, "tests.bench.search", home, 3 if quick else 15)
    steps = [_ids(kind, times, told, products) for kind, times in told.ids.items()]
    every = [value for times in told.ids.values() for value in times]
    steps.append(_ids("every kind", every, told, products))
    middle = len(told.tiles_floor) // 2
    halves = spread(told.tiles_floor[:middle]).p50, spread(told.tiles_floor[middle:]).p50
    name = f"a key to painted tiles, {products:,} products"
    painted = Step(NAME, name, spread(told.tiles), spread(told.tiles_floor), halves)
    steps.append(msgspec.structs.replace(painted, checks=(Check("p99", painted.ours.p99, 16, 6, "ms"),)))
    check = Check("once", told.first_key, 16, 6, "ms")
    note = f"building the index anew takes {told.index:.0f} ms"
    steps.append(
        Step(
            NAME,
            "the first key after the start, painted",
            spread([told.first_key]),
            checks=(check,),
            note=note,
        )
    )
    return steps


def _ids(kind: str, times: list[float], told: Times, products: int) -> Step:
    step = Step(
        NAME, f"a key to ids, {kind}", spread(times), spread(told.ids_floor), note=f"{products:,} products"
    )
    return msgspec.structs.replace(step, checks=(Check("p99", step.ours.p99, 16, 3, "ms"),))


def main() -> None:
    """The measured child: HOME ROUNDS."""
    from tests.bench.grams import Grams  # lazy: the parent of this process needs no Qt
    from tests.bench.window import BareTable, PaintWatch, Window, driven, painted, settle

    home, rounds = Path(sys.argv[1]), int(sys.argv[2])

    def work(window: Window) -> None:
        left, goods = window.selling.left, window.house.goods
        settle(1500)  # what the program prepares while nobody waits is ready before somebody searches
        watch = PaintWatch(left.grid.viewport(), left.nothing)

        def type_text(text: str) -> float:
            return painted(watch, lambda: left.search.edit.setText(text))

        first_key = type_text("ㅅ")
        left.search.clear()
        grams = Grams(home)
        bare = BareTable(left.grid.width(), left.grid.height(), LIMIT)
        ids: dict[str, list[float]] = {kind: [] for kind in WORDS}
        floors: list[float] = []
        tiles: list[float] = []
        tiles_floor: list[float] = []
        for _ in range(rounds):
            for kind, keys in WORDS.items():
                for typed in keys:
                    floors.append(_clocked(grams.find, typed))
                    ids[kind].append(_clocked(goods.search, typed))
                    tiles_floor.append(bare.change_all())
                    tiles.append(type_text(typed))
                    settle(1)
                left.search.clear()
                settle(1)
        begin = time.perf_counter_ns()
        goods.forget()
        goods.warm()
        index = (time.perf_counter_ns() - begin) / 1e6
        answer(Times(index, first_key, ids, floors, tiles, tiles_floor))

    driven(home, work)


def _clocked(find: Callable[[str, int], object], typed: str) -> float:
    begin = time.perf_counter_ns()
    find(typed, LIMIT)
    return (time.perf_counter_ns() - begin) / 1e6


if __name__ == "__main__":
    main()
