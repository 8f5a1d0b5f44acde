"""What this home keeps of its peers: how far each said it has each log, what failed, what was noticed."""

import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pos_app.services.syncing_state import HUB, SERVER, PeerState
from sync.rows import Rows

if TYPE_CHECKING:
    from sync.exchange import Notice, Outcome

_NAME = "replica"
# Said again whenever it is noticed again; the others are told once.
_PASSING = ("clock", "refused", "newer_version")


def known_name(rows: Rows) -> str:
    """This replica's own name, empty while it has none."""
    row = rows.one('SELECT "value" FROM "meta" WHERE "name" = ?', _NAME)
    return str(row[0]) if row else ""


def replica_name(rows: Rows) -> str:
    """This replica's own name, made at first need (inside a write)."""
    return known_name(rows) or new_name(rows)


def new_name(rows: Rows) -> str:
    """Another name: for a store that turned out to be somebody's copy."""
    made = uuid.uuid4().hex
    rows.run(
        'INSERT INTO "meta" ("name", "value") VALUES (?, ?) '
        'ON CONFLICT ("name") DO UPDATE SET "value" = excluded."value"',
        _NAME,
        made,
    )
    return made


def peers(rows: Rows) -> list[PeerState]:
    """All peers, the server first."""
    found = rows.all(
        'SELECT "url", "kind", "name", "last_fault", "fault_since", "last_ok_at", "last_tried_at" '
        'FROM "peer" WHERE "kind" IN (?, ?) ORDER BY "kind" = ? DESC, "url"',
        SERVER,
        HUB,
        SERVER,
    )
    return [PeerState(*row) for row in found]


def keep(rows: Rows, state: PeerState) -> None:
    """Write a peer down as it stands now."""
    rows.run(
        'INSERT INTO "peer" ("url", "name", "kind", "device", "last_tried_at", "last_ok_at", "last_fault", '
        "\"fault_since\") VALUES (?, ?, ?, '', ?, ?, ?, ?) "
        'ON CONFLICT ("url") DO UPDATE SET "name" = excluded."name", "kind" = excluded."kind", '
        '"last_tried_at" = excluded."last_tried_at", "last_ok_at" = excluded."last_ok_at", '
        '"last_fault" = excluded."last_fault", "fault_since" = excluded."fault_since"',
        state.url,
        state.name,
        state.kind,
        state.tried_at,
        state.ok_at,
        state.fault,
        state.since,
    )


def forget(rows: Rows, url: str) -> None:
    """Let a peer go, with all it ever said."""
    rows.run(
        'DELETE FROM "peer_head" WHERE "peer" IN (SELECT "name" FROM "peer" WHERE "url" = ?) AND "peer" '
        'NOT IN (SELECT "name" FROM "peer" WHERE "url" <> ?)',
        url,
        url,
    )
    rows.run('DELETE FROM "peer" WHERE "url" = ?', url)


def heads_of(rows: Rows, name: str) -> dict[bytes, int]:
    """How far a peer said it has each log."""
    found = rows.all('SELECT "log", "seq" FROM "peer_head" WHERE "peer" = ?', name)
    return {bytes(log): seq for log, seq in found}


def keep_heads(rows: Rows, name: str, heads: Mapping[bytes, int]) -> None:
    """A peer told how far it has the logs: what it said before is no more."""
    known = heads_of(rows, name)
    for log in known.keys() - heads.keys():
        rows.run('DELETE FROM "peer_head" WHERE "peer" = ? AND "log" = ?', name, log)
    for log, seq in heads.items():
        if known.get(log) != seq:
            rows.run(
                'INSERT INTO "peer_head" ("peer", "log", "seq") VALUES (?, ?, ?) '
                'ON CONFLICT ("peer", "log") DO UPDATE SET "seq" = excluded."seq"',
                name,
                log,
                seq,
            )


def raise_heads(rows: Rows, name: str, heads: Mapping[bytes, int]) -> None:
    """A peer's word that may be older than what it said since: it only ever adds."""
    known = heads_of(rows, name)
    told = {log: max(seq, known.get(log, 0)) for log, seq in heads.items()}
    keep_heads(rows, name, known | told)


def news(rows: Rows, outcome: "Outcome") -> bool:
    """Whether an exchange told anything that is not written here yet."""
    told = bool(outcome.notices) or bool(outcome.received)
    return told or (bool(outcome.peer) and heads_of(rows, outcome.peer) != dict(outcome.peer_heads))


def note(rows: Rows, notices: "Iterable[Notice]", peer: str, at: str) -> None:
    """Keep what was noticed until somebody has read it."""
    for found in notices:
        log = bytes.fromhex(found.log)
        again = found.code in _PASSING
        rows.run(
            'INSERT INTO "notice" ("code", "log", "seq", "peer", "detail", "at", "read_at") '
            'VALUES (?, ?, ?, ?, ?, ?, \'\') ON CONFLICT ("code", "log", "seq") DO '
            + (
                'UPDATE SET "at" = excluded."at", "detail" = excluded."detail", "read_at" = \'\''
                if again
                else "NOTHING"
            ),
            found.code,
            log,
            found.seq,
            peer,
            found.detail[:500],
            at,
        )
