"""`python -m installer.acceptance`: the acceptance lines beside the tests that prove them."""

import argparse
import contextlib
import io
import json
import os
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINES_FILE = ROOT / "tests" / "ACCEPTANCE.md"
LINE = re.compile(r"^- \*\*(A\d+)\*\* (.+)$", re.MULTILINE)


def read_lines(text: str) -> dict[str, str]:
    """Acceptance lines in the order of the list: number → what must hold."""
    return {number: sentence.strip() for number, sentence in LINE.findall(text)}


class Collector:
    """A pytest plugin that notes which collected test carries which acceptance mark."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            name = item.nodeid.split("[")[0]  # one row for all the parameters of a test
            for mark in item.iter_markers("acceptance"):
                for number in mark.args:
                    tests = self.tests.setdefault(number, [])
                    if name not in tests:
                        tests.append(name)


def collect() -> dict[str, list[str]]:
    """Acceptance number → test ids, soak and outside tests included; pytest's own words on failure."""
    collector = Collector()
    words = io.StringIO()
    arguments = ["--collect-only", "-q", "-m", "acceptance", "-p", "no:cacheprovider", str(ROOT / "tests")]
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(words):
        code = pytest.main(arguments, plugins=[collector])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.stderr.write(words.getvalue())
        raise SystemExit(1)
    return collector.tests


def table(lines: dict[str, str], tests: dict[str, list[str]], width: int = 100) -> str:
    """The list as people read it: each line, its tests below; then how many lines stand proven."""
    rows: list[str] = []
    for number, sentence in lines.items():
        found = tests.get(number, [])
        short = sentence if len(sentence) <= width else sentence[: width - 1] + "…"
        rows.append(f"{'✓' if found else '·'} {number:<4}{short}")
        rows += [f"       {test}" for test in found]
    proven = [number for number in lines if tests.get(number)]
    without = " ".join(number for number in lines if not tests.get(number)) or "none"
    rows.append(f"\n{len(proven)} of {len(lines)} lines have a test. Without one: {without}")
    return "\n".join(rows)


def main(arguments: list[str] | None = None) -> int:
    """Prints the table; exit 1 when a mark names a line that the list does not have."""
    parser = argparse.ArgumentParser(prog="python -m installer.acceptance", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one document: line → tests")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    lines = read_lines(LINES_FILE.read_text(encoding="utf-8"))
    tests = collect()
    if chosen.json:
        print(json.dumps({number: tests.get(number, []) for number in lines}, ensure_ascii=False, indent=1))
    else:
        print(table(lines, tests))
    unknown = sorted(set(tests) - set(lines))
    if unknown:
        print(f"no such line in {LINES_FILE.name}: {' '.join(unknown)}", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    raise SystemExit(main())
