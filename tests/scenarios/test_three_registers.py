"""Three registers, a hub and a server as real processes: rung apart, synced over a bad line, equal everywhere."""

import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.cli.program import DEMO, ROOT, Said, command, jangteo
from tests.sync.http_faults import faulty, lossy

MARKET, DATE = "한전 완판장터", "2026-11-20"
# What ends at once; a line that only goes silent is another test's, it costs its deadline each time.
QUICK = (
    "drop", "lose_answer", "twice", "truncate_answer", "truncate_ask", "corrupt_answer", "corrupt_ask",
    "e500", "e502", "e503", "e413", "page", "half_gzip",
)  # fmt: skip
MOST_TRIES = 60


@contextmanager
def serving(home: Path, *words: str) -> Iterator[str]:
    """`jangteo server` or `jangteo hub` as a process; its address."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("JANGTEO_")}
    with subprocess.Popen(
        [sys.executable, "-m", "pos_app", *words, "--bind", "127.0.0.1:0", "--json", "--home", str(home)],
        cwd=ROOT, env=clean | {"PYTHONUTF8": "1"}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            yield _address(process)
        finally:
            process.terminate()
            process.wait(20)


def _address(process: "subprocess.Popen[bytes]") -> str:
    """The one document that it says first."""
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line.decode()
        try:
            return str(json.loads(text)["url"])
        except ValueError:
            continue
    raise AssertionError("it never served")


def fine(said: Said) -> Said:
    assert said.code == 0, said.err
    return said


def code_of(home: Path, name: str, role: str) -> str:
    said = fine(jangteo(home, "server", "enrol-code", "--name", name, "--role", role, "--json"))
    return str(said.json["code"])


def ring_apart(tmp_path: Path) -> list[Path]:
    """The tape, each slip at one of three registers that never met; their homes."""
    homes, slips = [], (DEMO / "tape-mixed.jsonl").read_text().splitlines()
    of_sale: dict[str, int] = {}
    shares: list[list[str]] = [[], [], []]
    for number, line in enumerate(slips):
        slip = json.loads(line)
        known = slip.get("refund_of") or slip.get("void_of")
        at = of_sale.get(known, number % 3) if known else number % 3
        if "id" in slip:
            of_sale[slip["id"]] = at
        slip["register"] = f"R{at + 1}"
        shares[at].append(json.dumps(slip, ensure_ascii=False))
    for at, share in enumerate(shares):
        home, name = tmp_path / f"R{at + 1}", f"R{at + 1}"
        tape = tmp_path / f"{name}.jsonl"
        tape.write_text("\n".join(share) + "\n")
        fine(command(home, "import", DEMO / "catalogue.xlsx"))
        fine(command(home, "day", "open", "--market", MARKET, "--date", DATE, "--register", name))
        fine(command(home, "ring", tape))
        homes.append(home)
    return homes


def synced(home: Path, kind: str) -> bool:
    """One `jangteo sync`; whether the exchange with that peer went well."""
    said = jangteo(home, "sync", "--json")
    assert said.code in (0, 3), said.err
    return all(not peer["fault"] for peer in said.json["peers"] if peer["kind"] == kind)


def digest(home: Path) -> str:
    return fine(command(home, "digest")).out.decode().strip()


def report(home: Path) -> dict[str, object]:
    told = dict(fine(command(home, "report", "day", "--format", "json")).json)
    return {name: value for name, value in told.items() if name != "unsynced_entries"}


@pytest.mark.acceptance("A32", "A34")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [1])
def test_a_tape_rung_at_three_registers_is_the_same_everywhere(tmp_path: Path, seed: int) -> None:
    homes, far, near = ring_apart(tmp_path), tmp_path / "server", tmp_path / "hub"
    one, two, three = homes
    with ExitStack() as stack:
        server = stack.enter_context(serving(far, "server"))
        line = stack.enter_context(faulty(server, lambda _: "pass", seed))
        away = stack.enter_context(faulty(server, lambda _: "pass", seed))  # of the third till and the hub
        for home in (*homes, near):
            url = line.url if home in (one, two) else away.url
            fine(jangteo(home, "enrol", url, code_of(far, home.name, "hub" if home == near else "register")))
        line.script = lossy(random.Random(seed), 30, QUICK)
        away.script = lambda _: "drop"
        hub = stack.enter_context(serving(near, "hub"))
        by_hub = stack.enter_context(faulty(hub, lossy(random.Random(seed), 30, QUICK), seed))
        jangteo(three, "sync", "--hub", by_hub.url)
        for home, kind in ((one, "server"), (two, "server"), (three, "hub")):
            assert any(synced(home, kind) for _ in range(MOST_TRIES)), home.name
        away.script = lossy(random.Random(seed), 30, QUICK)  # the laptop has a line again, and sends it on
        for home, kind in ((near, "server"), (one, "server"), (two, "server"), (three, "hub")):
            assert any(synced(home, kind) for _ in range(MOST_TRIES)), home.name
        until(lambda: len({digest(home) for home in (*homes, far, near)}) == 1)
    for each in (line, by_hub):
        assert sum(done != "pass" for done in each.done) * 10 > each.asks
    reports = [report(home) for home in (*homes, far, near)]
    assert all(each == reports[0] for each in reports)
    expected = json.loads((DEMO / "tape-mixed.expected.json").read_text())
    figures = {name: value for name, value in expected.items() if isinstance(value, int) and name in reports[0]}
    assert len(figures) > 8
    assert {name: reports[0][name] for name in figures} == figures


def until(what: Callable[[], bool]) -> None:
    """Wait for other processes; a failure after so long is a hang."""
    pause = threading.Event()
    for _ in range(600):
        if what():
            return
        pause.wait(0.2)
    raise AssertionError("it never came about")
