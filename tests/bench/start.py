"""Cold start and memory of the register beside an empty window: processes in turns, without a screen and on Xvfb."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tests.bench.figures import Check, Spread, Step, spread
from tests.bench.homes import ROOT, copied, kept
from tests.bench.processes import ChildFailed, environment

NAME = "start"
CHILD = Path(__file__).with_name("start_child.py")
DEADLINE_S = 600


class Said(msgspec.Struct, frozen=True):
    """What a started process tells; times are of the machine's one monotonic clock."""

    paint_ns: int
    ready_ns: int
    ready_kib: int
    first_scan_ms: float = 0.0
    used_kib: int = 0
    sold_kib: int = 0
    closed_kib: int = 0


class Run(msgspec.Struct, frozen=True):
    """One process: milliseconds from its beginning."""

    paint: float
    ready: float
    said: Said


def measure(quick: bool) -> list[Step]:
    """Cold starts with nothing on screen first, then the long life of one process."""
    products, sales = (20_000, 10_000) if quick else (100_000, 200_000)
    words = f"{products:,} products, {sales:,} sales"
    with copied(kept(products, sales), "home") as (home,):
        steps = _starts(home, products, 3 if quick else 6, words, environment())
        with _screen() as display:
            if display and not quick:
                env = environment(DISPLAY=display, QT_QPA_PLATFORM="xcb")
                steps += _starts(home, products, 4, f"{words}, on Xvfb", env)
        steps += _life(home, products, 60 if quick else 1000)
    return steps


def start(env: dict[str, str], kind: str, *rest: object) -> Run:
    """Run one process to its end."""
    command = [sys.executable, str(CHILD), kind, *map(str, rest)]
    begin = time.monotonic_ns()
    ended = subprocess.run(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, timeout=DEADLINE_S, check=False
    )
    lines = ended.stdout.strip().splitlines()
    if ended.returncode or not lines:
        raise ChildFailed(f"{' '.join(command)} ended with {ended.returncode}")
    said = msgspec.json.decode(lines[-1], type=Said)
    return Run((said.paint_ns - begin) / 1e6, (said.ready_ns - begin) / 1e6, said)


def _starts(home: Path, products: int, rounds: int, words: str, env: dict[str, str]) -> list[Step]:
    bare, ours = [], []
    try:
        start(env, "bare"), start(env, "ours", home, products, 0)  # warms the disk's cache
        for _ in range(rounds):
            bare.append(start(env, "bare"))
            ours.append(start(env, "ours", home, products, 0))
    except ChildFailed as failed:
        return [Step(NAME, f"cold start, {words}", Spread(0, 0, 0), note=f"left out: {failed}"[:160])]
    floor = [run.paint for run in bare]
    halves = spread(floor[: len(floor) // 2]).p50, spread(floor[len(floor) // 2 :]).p50
    steps = []
    for name, times, accept, aim in (
        ("first paint", [run.paint for run in ours], 1.5, 1.3),
        ("ready to scan", [run.ready for run in ours], 3.0, 1.6),
    ):
        step = Step(NAME, f"{name}, {words}", spread(times), spread(floor), halves)
        steps.append(msgspec.structs.replace(step, checks=(Check("p50", step.ratio("p50"), accept, aim),)))
    first = [run.said.first_scan_ms for run in ours]
    steps.append(
        Step(
            NAME,
            f"first scan at once, {words}",
            spread(first),
            checks=(Check("worst", max(first), 16, 16, "ms"),),
        )
    )
    at_ready = [run.said.ready_kib / 1024 for run in ours]
    empty = [run.said.ready_kib / 1024 for run in bare]
    memory = Step(NAME, f"memory when ready, {words}", spread(at_ready), spread(empty), unit="MiB")
    steps.append(msgspec.structs.replace(memory, checks=(Check("p50", memory.ratio("p50"), 3.0, 1.5),)))
    return steps


def _life(home: Path, products: int, sales: int) -> list[Step]:
    """One process that sells all day."""
    env = environment()
    bare = start(env, "bare").said.ready_kib / 1024
    try:
        said = start(env, "ours", home, products, sales).said
    except ChildFailed as failed:
        return [
            Step(NAME, f"memory after {sales:,} sales", Spread(0, 0, 0), note=f"left out: {failed}"[:160])
        ]
    steps = []
    for name, kib in (
        ("when the next screens are made", said.used_kib),
        (f"after {sales:,} sales", said.sold_kib),
        (f"after {sales:,} sales and a close", said.closed_kib),
    ):
        step = Step(NAME, f"memory {name}", spread([kib / 1024]), spread([bare]), unit="MiB")
        steps.append(msgspec.structs.replace(step, checks=(Check("p50", step.ratio("p50"), 3.0, 2.0),)))
    return steps


@contextmanager
def _screen() -> Iterator[str]:
    """A virtual screen's DISPLAY, or nothing where there is no Xvfb."""
    if shutil.which("Xvfb") is None:
        yield ""
        return
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        yield f":{number}" if number else ""
    finally:
        server.terminate()
        server.wait(10)
