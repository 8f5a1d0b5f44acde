"""People's keys: a set that travels beside the events, and from which an erased key never comes back."""

import hashlib
from collections.abc import Callable

from sync import store
from sync.messages import SubjectKey
from sync.rows import Rows

KEY_BYTES = 32
_MOST_KEYS = 8
ERASED = b""


def merged(mine: bytes | None, theirs: bytes) -> bytes:
    """What stands after both met: erased wins; two keys made apart for one subject are both kept, sorted."""
    if theirs == ERASED or mine == ERASED:
        return ERASED
    both = {theirs[at : at + KEY_BYTES] for at in range(0, len(theirs), KEY_BYTES)}
    both |= {mine[at : at + KEY_BYTES] for at in range(0, len(mine), KEY_BYTES)} if mine else set()
    return b"".join(sorted(both)[:_MOST_KEYS])


def well_formed(key: bytes) -> bool:
    """Whether these can be a subject's keys."""
    return len(key) % KEY_BYTES == 0 and len(key) <= _MOST_KEYS * KEY_BYTES


def take(rows: Rows, item: SubjectKey) -> bool:
    """Take in another's word on a subject; tells whether it was news."""
    row = rows.one('SELECT "key" FROM "subject_key" WHERE "subject" = ?', item.subject)
    mine = None if row is None else bytes(row[0])
    stands = merged(mine, item.key)
    if stands == mine:
        return False
    rows.put(store.subject_key, [(item.subject, stands)])
    return True


def erase(rows: Rows, subject: str) -> None:
    """Erase a person here, and with the next exchanges everywhere: the row stays, its key is empty."""
    rows.put(store.subject_key, [(subject, ERASED)])


def mark(key: bytes) -> bytes:
    """A name for a key that does not tell it; empty for an erased one."""
    return hashlib.sha256(b"subject" + key).digest()[:12] if key else b""


def each_mark(rows: Rows, allowed: Callable[[str], bool], after: str = "") -> list[tuple[str, bytes]]:
    """(subject, mark) in the order of their names' bytes, those after `after`."""
    first = after.encode()
    return sorted(
        (
            (subject, mark(bytes(key)))
            for subject, key in rows.all('SELECT "subject", "key" FROM "subject_key"')
            if subject.encode() > first and allowed(subject)
        ),
        key=lambda item: item[0].encode(),
    )


def subjects_digest(rows: Rows, allowed: Callable[[str], bool]) -> bytes:
    """Equal where the same keys stand and the same are erased; empty when there are none."""
    marks = each_mark(rows, allowed)
    if not marks:
        return b""
    hashed = hashlib.sha256()
    for subject, told in marks:
        hashed.update(b"%d:%s%s" % (len(subject), subject.encode(), told or b"-"))
    return hashed.digest()[:16]


def keys_of(rows: Rows, subjects: list[str], allowed: Callable[[str], bool]) -> list[SubjectKey]:
    """The keys of these subjects, as far as they are known and may be given."""
    given = []
    for subject in subjects:
        row = rows.one('SELECT "key" FROM "subject_key" WHERE "subject" = ?', subject)
        if row is not None and allowed(subject):
            given.append(SubjectKey(subject, bytes(row[0])))
    return given
