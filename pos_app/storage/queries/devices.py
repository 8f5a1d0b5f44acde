"""Devices as they were enrolled and revoked, what came from a revoked one too late, and what waits to be folded."""

from dataclasses import dataclass

import msgspec

from pos_app.facts.devices import DeviceEnrolled, DeviceRevoked
from sync.certificates import Revocation
from sync.rows import Rows

_enrolled = msgspec.json.Decoder(DeviceEnrolled)
_revoked = msgspec.json.Decoder(DeviceRevoked)


@dataclass(frozen=True, slots=True)
class StoredDevice:
    """A device with its latest certificate; `revoked` is None while it is trusted."""

    enrolled: DeviceEnrolled
    revoked: DeviceRevoked | None


@dataclass(frozen=True, slots=True)
class LateEvent:
    """An event that a revoked device wrote after the last one accepted from it."""

    key: bytes
    log: bytes
    seq: int
    device: str


_DEVICES = (
    'SELECT e."body", r."body" FROM "enrolled_device" e LEFT JOIN "revoked_device" r ON r."id" = e."id" '
    'AND (r."rank" > e."rank" OR (r."rank" = e."rank" AND r."key" > e."key"))'
)


def _device(enrolled: str, revoked: str | None) -> StoredDevice:
    return StoredDevice(_enrolled.decode(enrolled), _revoked.decode(revoked) if revoked else None)


def devices(rows: Rows) -> list[StoredDevice]:
    """All enrolled devices, by name."""
    return [_device(*row) for row in rows.all(f'{_DEVICES} ORDER BY e."name", e."id"')]


def device(rows: Rows, device_id: str) -> StoredDevice | None:
    """One device by its public key (hex), or None."""
    row = rows.one(f'{_DEVICES} WHERE e."id" = ?', device_id)
    return _device(*row) if row else None


def revoked_of(rows: Rows, device_ids: tuple[str, ...]) -> str:
    """The first of these devices that is trusted no longer, else an empty text."""
    for device_id in device_ids:
        row = rows.one(
            'SELECT 1 FROM "revoked_device" r LEFT JOIN "enrolled_device" e ON e."id" = r."id" '
            'WHERE r."id" = ? AND (e."id" IS NULL OR r."rank" > e."rank" '
            'OR (r."rank" = e."rank" AND r."key" > e."key"))',
            device_id,
        )
        if row is not None:
            return device_id
    return ""


def revocations(rows: Rows) -> list[Revocation]:
    """Every revocation that stands or stood: what came after it stays flagged."""
    found = []
    for (body,) in rows.all('SELECT "body" FROM "revoked_device" ORDER BY "id"'):
        told = _revoked.decode(body)
        found.append(Revocation(told.device, {head.log: (head.seq, head.key) for head in told.last}))
    return found


def late_events(rows: Rows) -> list[LateEvent]:
    """What revoked devices wrote after their revocation: stored and folded like the rest, and named here."""
    found = []
    for gone in revocations(rows):
        for (log,) in rows.all('SELECT "log" FROM "log" WHERE "device" = ? ORDER BY "log"', gone.device):
            last = gone.last.get(bytes(log).hex(), (0, ""))[0]
            found += [
                LateEvent(bytes(key), bytes(log), seq, gone.device)
                for key, seq in rows.all(
                    'SELECT "key", "seq" FROM "event" WHERE "log" = ? AND "seq" >= ? ORDER BY "seq", "key"',
                    log,
                    last,
                )
                if gone.is_late(bytes(log).hex(), seq, bytes(key).hex())
            ]
    return found


def logs_of(rows: Rows, device_id: str) -> list[tuple[bytes, int, bytes]]:
    """(log, seq, key) of the end of each log that a device wrote."""
    return [
        (bytes(log), seq, bytes(key))
        for log, seq, key in rows.all(
            'SELECT h."log", h."seq", h."key" FROM "head" h JOIN "log" l ON l."log" = h."log" '
            'WHERE l."device" = ? ORDER BY h."log"',
            device_id,
        )
    ]


def waiting(rows: Rows) -> int:
    """How many received events are stored and not yet in the tables."""
    row = rows.one('SELECT count(*) FROM "unfolded" WHERE "state" = ?', "waiting")
    return int(row[0]) if row else 0
