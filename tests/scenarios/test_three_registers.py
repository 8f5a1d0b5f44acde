"""Three registers, a hub and a server on PostgreSQL, as real processes: equal everywhere over a bad line."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.cli.program import DEMO, ROOT, Said, command, jangteo
from tests.postgres import postgres_server, postgres_url
from tests.sync.http_faults import faulty, lossy

__all__ = ["postgres_server", "postgres_url"]

MARKET, DATE = "한전 완판장터", "2026-11-20"
# What ends at once; a line that only goes silent is another test's, it costs its deadline each time.
QUICK = (
    "drop", "lose_answer", "twice", "truncate_answer", "truncate_ask", "corrupt_answer", "corrupt_ask",
    "e500", "e502", "e503", "e413", "page", "half_gzip",
)  # fmt: skip
MOST_TRIES = 60


@contextmanager
def serving(home: Path, word: str, env: dict[str, str]) -> Iterator[str]:
    """`jangteo server` or `jangteo hub` as a process; its address."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("JANGTEO_")} | env
    with subprocess.Popen(
        [sys.executable, "-m", "pos_app", word, "--bind", "127.0.0.1:0", "--json", "--home", str(home)],
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


def code_of(home: Path, env: dict[str, str], name: str, role: str) -> str:
    said = fine(jangteo(home, "server", "enrol-code", "--name", name, "--role", role, "--json", env=env))
    return str(said.json["code"])


def ring_apart(tmp_path: Path, tape_name: str) -> list[Path]:
    """A tape, each slip at one of three registers that never met; their homes."""
    homes, slips = [], (DEMO / f"{tape_name}.jsonl").read_text().splitlines()
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


def told(home: Path, env: dict[str, str]) -> tuple[str, dict[str, object]]:
    """What a home, or the server's database, holds: its digest and the day's figures."""
    asked = partial(jangteo, home, env=env) if env else partial(command, home)
    digest = fine(asked("digest")).out.decode().strip()
    figures = dict(fine(asked("report", "day", "--format", "json")).json)
    del figures["unsynced_entries"]
    return digest, figures


@pytest.mark.acceptance("A32", "A34")
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("tape", "seed"), [("tape", 1), ("tape-mixed", 2)])
def test_a_tape_rung_at_three_registers_is_the_same_everywhere(
    tmp_path: Path, postgres_url: str, tape: str, seed: int
) -> None:
    homes, far, near = ring_apart(tmp_path, tape), tmp_path / "server", tmp_path / "hub"
    one, two, three = homes
    env = {"JANGTEO_DATABASE_URL": postgres_url}
    rng = random.Random(seed)
    with ExitStack() as stack:
        server = stack.enter_context(serving(far, "server", env))
        line = stack.enter_context(faulty(server, lambda _: "pass", seed))
        away = stack.enter_context(faulty(server, lambda _: "pass", seed))  # of the third till and the hub
        for home in (*homes, near):
            url, role = line.url if home in (one, two) else away.url, "hub" if home == near else "register"
            fine(jangteo(home, "enrol", url, code_of(far, env, home.name, role)))
        line.script = lossy(rng, 30, QUICK)
        away.script = lambda _: "drop"
        hub = stack.enter_context(serving(near, "hub", {}))
        by_hub = stack.enter_context(faulty(hub, lossy(rng, 30, QUICK), seed))
        jangteo(three, "sync", "--hub", by_hub.url)
        for home, kind in ((one, "server"), (two, "server"), (three, "hub")):
            assert any(synced(home, kind) for _ in range(MOST_TRIES)), home.name
        away.script = lossy(rng, 30, QUICK)  # the laptop has a line again, and sends it on
        for home, kind in ((near, "server"), (one, "server"), (two, "server"), (three, "hub")):
            assert any(synced(home, kind) for _ in range(MOST_TRIES)), home.name
    lost = sum(done != "pass" for each in (line, by_hub) for done in each.done)
    assert lost * 10 > line.asks + by_hub.asks  # of the thirty in a hundred that the lines were to lose
    books = [told(far, env), *(told(home, {}) for home in (*homes, near))]
    assert len({digest for digest, _ in books}) == 1
    assert all(figures == books[0][1] for _, figures in books)
    expected = json.loads((DEMO / f"{tape}.expected.json").read_text())
    figures = {
        name: value for name, value in expected.items() if isinstance(value, int) and name in books[0][1]
    }
    assert len(figures) > 8
    assert {name: books[0][1][name] for name in figures} == figures
