"""A store that is not the only one of its kind any more writes into new logs: after a restore, or a clone."""

from pos_app.services import syncing_book
from sync.rows import Rows

RESTORED, CLONED = "restored", "cloned"
# An own log that ends in an event not folded yet, or is no plain chain any more: we write neither.
_OURS_FROM_OUTSIDE = (
    'SELECT o."log" FROM "own_log" o JOIN "loose" l ON l."log" = o."log" UNION '
    'SELECT o."log" FROM "own_log" o JOIN "head" h ON h."log" = o."log" '
    'JOIN "unfolded" u ON u."key" = h."key" WHERE u."state" = ?'
)


def let_go(rows: Rows) -> None:
    """What is recorded from now on begins new logs, with new tags: after an enrolment, a restore."""
    # The row stays: it also remembers the last cart that became a sale here.
    rows.run('UPDATE "own_log" SET "log" = ?, "counter" = 0', b"")


def look(rows: Rows, at: str) -> str:
    """Inside the transaction that took events in: did events of our own logs come from outside?

    Then this store was brought back from an old copy (its lost events come home), or its disk was copied
    and the other one wrote on (a fork). Returns "restored", "cloned" or "" when all is as it should be.
    """
    found = [bytes(row[0]) for row in rows.all(_OURS_FROM_OUTSIDE, "waiting")]
    if not found:
        return ""
    split = next((twice for log in found if (twice := _split(rows, log)) is not None), None)
    log, seq = split or (found[0], 0)
    code = RESTORED if split is None else CLONED
    rows.run(
        'INSERT INTO "notice" ("code", "log", "seq", "peer", "detail", "at", "read_at") '
        "VALUES (?, ?, ?, '', '', ?, '') ON CONFLICT (\"code\", \"log\", \"seq\") DO NOTHING",
        code,
        log,
        seq,
        at,
    )
    let_go(rows)
    if code == CLONED:
        syncing_book.new_name(rows)
    return code


def _split(rows: Rows, log: bytes) -> tuple[bytes, int] | None:
    """Where two events bear one number."""
    row = rows.one(
        'SELECT "seq" FROM "event" WHERE "log" = ? GROUP BY "seq" HAVING count(*) > 1 ORDER BY "seq" LIMIT 1',
        log,
    )
    return (log, row[0]) if row else None
