"""Speed beside its floor: `python -m tests.bench [NAME…] [--quick]`."""

import argparse
import compileall
import os
import platform
import sqlite3
import sys
import time
from datetime import UTC, datetime

import msgspec

from tests.bench.catalogue import BENCHES
from tests.bench.figures import Step
from tests.bench.homes import PLACE, ROOT
from tests.bench.processes import ChildFailed, ask
from tests.bench.table import lines


class Report(msgspec.Struct, frozen=True):
    """What stands in build/bench/last.json."""

    at: str
    machine: str
    quick: bool
    seconds: float
    steps: list[Step]


def measured(name: str, quick: bool) -> list[Step]:
    """One benchmark in its own process; once more when the machine was too noisy."""
    flags = ["--quick"] if quick else []
    steps = ask(list[Step], "tests.bench.child", name, *flags)
    noisy = [step.name for step in steps if step.unsteady]
    if not noisy:
        return steps
    print(f"  rejected: the floor moved by more than 35 % in {len(noisy)} steps; once more", flush=True)
    again = {step.name: step for step in ask(list[Step], "tests.bench.child", name, *flags)}
    # A second run that is no steadier than the first proves no more than it.
    return [again.get(step.name, step) if step.unsteady else step for step in steps]


def machine() -> str:
    """On what this was measured."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{os.cpu_count()} cores, {platform.platform()}, {versions}, load {load}"


def main() -> int:
    """Run, print the table, keep it; the exit code says only whether all could be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=", ".join(f"{n}: {w}" for n, (_, w) in BENCHES.items())
    )
    parser.add_argument(
        "--quick", action="store_true", help="fewer products, sales and repetitions; under a minute"
    )
    args = parser.parse_args()
    for source in ("pos_app", "sync"):  # as the set-up leaves them: a start compiles nothing
        compileall.compile_dir(ROOT / source, quiet=1)
    if unknown := set(args.names) - set(BENCHES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))} (there are {', '.join(BENCHES)})")
    begin, steps, failed = time.monotonic(), [], []
    print(machine(), flush=True)
    for name in args.names or BENCHES:
        print(f"{name}: {BENCHES[name][1]} …", flush=True)
        try:
            steps += measured(name, args.quick)
        except ChildFailed as problem:
            failed.append(name)
            print(f"  could not be measured: {problem}", flush=True)
    seconds = round(time.monotonic() - begin, 1)
    print("", *lines(steps), sep="\n")
    missed = [
        f"{step.bench}: {step.name}" for step in steps if any(c.verdict == "MISSED" for c in step.checks)
    ]
    print(f"\n{len(steps)} steps in {seconds} s; {len(missed)} miss what is accepted", *missed, sep="\n  ")
    report = Report(datetime.now(UTC).isoformat(timespec="seconds"), machine(), args.quick, seconds, steps)
    PLACE.mkdir(parents=True, exist_ok=True)
    (PLACE / "last.json").write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
