"""Whatever is done to the journal by hand, verify says so."""

import random
from pathlib import Path

import pytest

from sync import store
from sync.canonical import digest
from sync.identity import new_device_key, new_genesis
from tests.sync.replica import NOW, WALL, Replica, Writer


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Replica, Writer, list[tuple[bytes, bytes]]]:
    """A replica with two logs, and the (key, bytes) of the first one's twelve events."""
    replica = Replica(tmp_path / "a.db")
    writer, other = Writer("register/d/R1"), Writer("catalogue")
    told = [writer.say({"n": n, "글": "사과 한 상자"}) for n in range(12)]
    replica.take(
        [writer.genesis, other.genesis], [e.data for e in told] + [other.say(n).data for n in range(3)]
    )
    assert replica.findings() == []
    return replica, writer, [(e.key, e.data) for e in told]


Kept = tuple[Replica, Writer, list[tuple[bytes, bytes]]]


@pytest.mark.acceptance("A40")
def test_any_changed_byte_in_any_past_event_is_found(kept: Kept) -> None:
    replica, _, told = kept
    chosen = random.Random(40)
    for key, data in told:
        spots = {0, len(data) - 1, *chosen.sample(range(len(data)), 25)}
        for spot in spots:
            changed = bytearray(data)
            changed[spot] ^= chosen.randrange(1, 256)
            with replica.rows() as rows:
                rows.run('UPDATE "event" SET "bytes" = ? WHERE "key" = ?', bytes(changed), key)
            assert "hash" in replica.findings(), (spot, bytes(changed))
        with replica.rows() as rows:
            rows.run('UPDATE "event" SET "bytes" = ? WHERE "key" = ?', data, key)
    assert replica.findings() == []


@pytest.mark.acceptance("A40")
def test_bytes_that_grew_or_shrank_are_found(kept: Kept) -> None:
    replica, _, told = kept
    key, data = told[4]
    for changed in (b"", data[:-1], data + b" ", data[: len(data) // 2], b"\xff" * 10, b"{}"):
        with replica.rows() as rows:
            rows.run('UPDATE "event" SET "bytes" = ? WHERE "key" = ?', changed, key)
        assert "hash" in replica.findings()


@pytest.mark.acceptance("A40")
def test_an_event_forged_together_with_its_key_breaks_the_chain(kept: Kept) -> None:
    replica, writer, told = kept
    liar = Writer("register/d/R1")
    liar.log, liar.seq, liar.prev = writer.log, 4, told[3][0]
    forged = liar.draft({"n": 4, "글": "사과 두 상자"})
    with replica.rows() as rows:
        rows.run(
            'UPDATE "event" SET "key" = ?, "bytes" = ? WHERE "key" = ?', forged.key, forged.data, told[4][0]
        )
    assert "chain" in replica.findings()


@pytest.mark.acceptance("A40")
def test_a_last_event_forged_together_with_its_key_contradicts_the_head(kept: Kept) -> None:
    replica, writer, told = kept
    liar = Writer()
    liar.log, liar.seq, liar.prev = writer.log, 11, told[10][0]
    forged = liar.draft({"n": "other"})
    with replica.rows() as rows:
        rows.run(
            'UPDATE "event" SET "key" = ?, "bytes" = ? WHERE "key" = ?', forged.key, forged.data, told[11][0]
        )
    assert "head" in replica.findings()


@pytest.mark.acceptance("A40")
@pytest.mark.parametrize("column", ["log", "seq", "key"])
def test_a_changed_label_is_found(kept: Kept, column: str) -> None:
    replica, _, told = kept
    value = {"log": digest(b"other"), "seq": 77, "key": digest(b"other")}[column]
    with replica.rows() as rows:
        rows.run(f'UPDATE "event" SET "{column}" = ? WHERE "key" = ?', value, told[5][0])
    assert replica.findings()


@pytest.mark.acceptance("A40")
@pytest.mark.parametrize("index", [0, 5, 10])
def test_an_event_taken_out_of_the_middle_leaves_a_gap(kept: Kept, index: int) -> None:
    replica, _, told = kept
    with replica.rows() as rows:
        rows.run('DELETE FROM "event" WHERE "key" = ?', told[index][0])
    assert "gap" in replica.findings()


@pytest.mark.acceptance("A40")
def test_two_events_that_changed_places_are_found(kept: Kept) -> None:
    replica, _, told = kept
    with replica.rows() as rows:
        rows.run('UPDATE "event" SET "seq" = 100 WHERE "key" = ?', told[5][0])
        rows.run('UPDATE "event" SET "seq" = 6 WHERE "key" = ?', told[6][0])
        rows.run('UPDATE "event" SET "seq" = 7 WHERE "key" = ?', told[5][0])
    assert {"label", "chain"} <= set(replica.findings())


@pytest.mark.acceptance("A40")
@pytest.mark.parametrize("cut", [1, 4, 12])
def test_a_cut_off_tail_is_found_against_the_head(kept: Kept, cut: int) -> None:
    replica, _, told = kept
    with replica.rows() as rows:
        for key, _ in told[-cut:]:
            rows.run('DELETE FROM "event" WHERE "key" = ?', key)
    assert "head" in replica.findings()


@pytest.mark.acceptance("A40")
def test_a_log_whose_head_is_gone_is_found(kept: Kept) -> None:
    replica, writer, told = kept
    with replica.rows() as rows:
        rows.run('DELETE FROM "head" WHERE "log" = ?', writer.log)
    assert replica.findings()
    with replica.rows() as rows:
        rows.run('DELETE FROM "event" WHERE "key" = ?', told[-1][0])
    assert replica.findings()


@pytest.mark.acceptance("A40")
@pytest.mark.parametrize("where", ["scope", "device", "signature", "bytes"])
def test_a_forged_first_word_is_found(kept: Kept, where: str) -> None:
    replica, writer, _ = kept
    other, forged = new_genesis(new_device_key(), "register/d/R1", WALL)
    changed = {
        "scope": ('UPDATE "log" SET "scope" = \'office\' WHERE "log" = ?', (writer.log,)),
        "device": ('UPDATE "log" SET "device" = \'00\' WHERE "log" = ?', (writer.log,)),
        "bytes": ('UPDATE "log" SET "genesis" = ? WHERE "log" = ?', (forged, writer.log)),
        "signature": (
            'UPDATE "log" SET "genesis" = ? WHERE "log" = ?',
            (writer.genesis.replace(b'"signature":"', b'"signature":"0'), writer.log),
        ),
    }[where]
    with replica.rows() as rows:
        assert rows.run(changed[0], *changed[1]) == 1
    assert "genesis" in replica.findings()
    assert other != writer.log


@pytest.mark.acceptance("A40")
def test_a_log_whose_first_word_is_missing_is_found(kept: Kept) -> None:
    replica, writer, _ = kept
    with replica.rows() as rows:
        rows.run('DELETE FROM "log" WHERE "log" = ?', writer.log)
    assert "log" in replica.findings()


def test_a_fork_is_seen_kept_and_flagged(tmp_path: Path) -> None:
    replica, writer = Replica(tmp_path / "a.db"), Writer()
    first = writer.say(0)
    twins = [writer.draft("가"), writer.draft("나")]
    later = []
    for twin in twins:
        writer.seq, writer.prev = twin.envelope.seq, twin.key
        later.append(writer.draft("뒤"))
    replica.take([writer.genesis], [e.data for e in (first, *twins, *later)])
    assert set(replica.findings()) == {"fork"}
    assert len(replica.known()) == 5


def test_an_own_log_runs_without_gap_and_verifies(tmp_path: Path) -> None:
    replica = Replica(tmp_path / "a.db")
    private = new_device_key()
    with replica.rows() as rows:
        head = store.open_log(rows, private, "catalogue", WALL, accept=lambda _: True)
        last = 0
        for number in range(5):
            made = store.append(
                rows, head, "note/1", {"n": number}, actor="", wall=WALL, now_us=NOW, last=last
            )
            last = made.envelope.hlc
            head = store.Head(head.log, head.seq + 1, made.key)
        assert store.heads(rows) == [head]
        assert [e.envelope.seq for e in store.each_event(rows, page=2)] == [1, 2, 3, 4, 5]
    assert replica.findings() == []
