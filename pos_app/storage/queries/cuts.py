"""Cuts of a day's logs: which events they hold, also where a log forks."""

from collections.abc import Iterable, Mapping

from pos_app.facts.shifts import CutHead
from sync.events import parse_stored
from sync.rows import Rows


class Cover(dict[str, int]):
    """Of each log (hex) the last number held; `tips` are the events (keys, hex) at which its branches end.

    A log that forks is held as far back as its tips go: what another branch brings later is not in it.
    """

    def __init__(self, known: Mapping[str, int] | None = None) -> None:
        super().__init__(known or {})
        self.tips: dict[str, set[str]] = {}


def merged(*cuts: Iterable[CutHead]) -> Cover:
    """All that any of these cuts holds."""
    found = Cover()
    for cut in cuts:
        for head in cut:
            found[head.log] = max(head.seq, found.get(head.log, 0))
            found.tips.setdefault(head.log, set()).add(head.key)
    return found


def joined(*covers: Mapping[str, int]) -> Cover:
    """The same of covers."""
    found = Cover()
    for cover in covers:
        for log, seq in cover.items():
            found[log] = max(seq, found.get(log, 0))
        for log, tips in getattr(cover, "tips", {}).items():
            found.tips.setdefault(log, set()).update(tips)
    return found


def loose_logs(rows: Rows) -> set[str]:
    """Logs (hex) that are no plain chain: a fork, a gap."""
    return {bytes(row[0]).hex() for row in rows.all('SELECT "log" FROM "loose"')}


def tips(rows: Rows, log: bytes, head: CutHead) -> tuple[CutHead, ...]:
    """The ends of all branches that hang together with the log's first word; of a plain log its head."""
    if rows.one('SELECT 1 FROM "loose" WHERE "log" = ?', log) is None:
        return (head,)
    found = _links(rows, log)
    reached: dict[str, int] = {}
    followed: set[str] = set()
    for key, seq, prev in sorted(found, key=lambda link: link[1]):
        if prev == log.hex() or prev in reached:
            reached[key] = seq
            followed.add(prev)
    ends = [CutHead(log.hex(), seq, key) for key, seq in reached.items() if key not in followed]
    return tuple(sorted(ends, key=lambda end: (-end.seq, end.key))) or (head,)


def apart(rows: Rows, cover: Mapping[str, int]) -> set[bytes]:
    """Events numbered within a cover that are nevertheless not in it: they came on another branch."""
    told: dict[str, set[str]] = getattr(cover, "tips", {})
    found: set[bytes] = set()
    for log in loose_logs(rows) & told.keys():
        links = {key: (seq, prev) for key, seq, prev in _links(rows, bytes.fromhex(log)) if seq <= cover[log]}
        held: set[str] = set()
        for tip in told[log]:
            at = tip
            while at in links and at not in held:
                held.add(at)
                at = links[at][1]
        found |= {bytes.fromhex(key) for key in links.keys() - held}
    return found


def _links(rows: Rows, log: bytes) -> list[tuple[str, int, str]]:
    """(key, seq, prev) of a log's events."""
    found = rows.all('SELECT "key", "seq", "bytes" FROM "event" WHERE "log" = ?', log)
    return [(bytes(key).hex(), seq, parse_stored(bytes(key), data).envelope.prev) for key, seq, data in found]
