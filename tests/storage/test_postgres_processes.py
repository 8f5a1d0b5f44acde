"""Several server processes on one database: what they are told at once is told once."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from pos_app.storage.folds.rebuild import digest, rebuild, table_digests
from pos_app.storage.opening import open_store
from sync import store
from tests.storage.histories import random_history
from tests.storage.twins import bring, differences, fold_all, on_file
from tests.sync.replica import Writer

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 4


def forked(writer: Writer) -> list[bytes]:
    """A log that somebody wrote on after a restore: two branches, one longer."""
    stem = [writer.say({"n": n}).data for n in range(20)]
    at, prev = writer.seq, writer.prev
    short = [writer.say({"short": n}).data for n in range(5)]
    writer.seq, writer.prev = at, prev
    return [*stem, *short, *(writer.say({"long": n}).data for n in range(9))]


def pushed(url: str, pages: Path) -> list[int]:
    """Let several processes push these pages at one moment; how many events were new to each."""
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.storage.postgres_child", url, str(pages), str(number)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    told = []
    for child in children:
        said, _ = child.communicate()
        assert child.returncode == 0
        told.append(int(said.split()[0]))
    return told


@pytest.mark.acceptance("A34")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_four_processes_push_the_same_events_at_once(tmp_path: Path, postgres_url: str, seed: int) -> None:
    history = random_history(seed, steps=400)
    fork = Writer("register/d/R9")
    geneses = [*(writer.genesis for writer in history.writers), fork.genesis]
    events = [*(event.data for event in history.events), *forked(fork)]
    (tmp_path / "pages").write_bytes(msgspec.msgpack.encode((geneses, events)))
    one_writer = on_file(tmp_path / "jangteo.db")
    bring(one_writer, geneses, events)

    told = pushed(postgres_url, tmp_path / "pages")
    assert sum(told) == len(events)  # each event was new to exactly one of them
    assert sum(1 for count in told if count) > 1, "they took turns: nothing was proved"
    together = open_store(postgres_url)
    fold_all(together)
    assert differences(one_writer, together) == []
    with together.read() as rows:
        assert [found.code for found in store.verify(rows) if found.code != "fork"] == []
        whole = digest(rows)
    with one_writer.read() as rows:
        assert digest(rows) == whole
    with together.write() as rows:
        before = table_digests(rows)
        rebuild(rows)
        assert table_digests(rows) == before
    together.close()
    one_writer.close()
