"""The organisation's devices, as its server keeps them: codes that enrol once, certificates, revocations."""

import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.facts.devices import DeviceEnrolled, DeviceRevoked
from pos_app.facts.shifts import CutHead
from pos_app.services.desk import Desk
from pos_app.storage import local
from pos_app.storage.queries import devices
from pos_app.storage.unit_of_work import CATALOGUE, OFFICE, SETTLEMENT
from pos_app.storage.work import Work
from sync import certificates as papers
from sync.certificates import Issuer, ScopeGrant
from sync.identity import new_device_key, public_key, sign
from sync.rows import Rows

ROLES = (papers.REGISTER, papers.VENDOR_REGISTER, papers.COORDINATOR, papers.HUB)
_ROOT, _SESSIONS, _NAME, _OWN = "organisation_root", "session_key", "server_name", "own_certificate"
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that are taken for another
_CODE_LETTERS, _GROUP = 10, 5
_CODE_MINUTES, _MOST_MINUTES = 60, 7 * 24 * 60
_YEARS = timedelta(days=730)
_MAX_NAME, _MAX_REGISTERS = 40, 32


@dataclass(frozen=True, slots=True)
class EnrolCode:
    """A one-time code, shown once: only its hash is kept."""

    name: str
    role: str
    registers: tuple[str, ...]
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device for people's eyes; `seen_at` ISO or empty, times as they were recorded."""

    id: str
    name: str
    role: str
    registers: tuple[str, ...]
    enrolled_at: str
    not_after: str
    revoked: bool
    revoked_at: str
    reason: str
    seen_at: str
    address: str
    late_events: int  # written after its revocation: kept, counted, and to be looked at


class CodeWrong(Exception):
    """A one-time code that does not enrol: `reason` unknown, used or expired."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def scopes_of(role: str, registers: tuple[str, ...]) -> tuple[str, ...]:
    """What a role's device receives: a shared till the whole day, a vendor's own register its own logs."""
    if role == papers.VENDOR_REGISTER:
        own = tuple(f"register/*/{register}" for register in registers)
        return (CATALOGUE, f"{papers.READ}{OFFICE}", *own)
    if role == papers.REGISTER:
        return (CATALOGUE, OFFICE, SETTLEMENT, "register/*")
    return ("*",)


class DevicesOffice:
    """Use cases of an organisation's server, or of a coordinator's laptop in its place."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # --- the organisation ----------------------------------------------------------------------
    def founded(self) -> bool:
        """Whether this home can vouch for devices."""
        with self._desk.work.read() as rows:
            return _issuer(rows) is not None

    def found(self, name: str) -> str:
        """Make the organisation's root key unless there is one; the root's public half."""
        cleaned = clean_text(name, _MAX_NAME)
        if not cleaned:
            raise DomainError("server.no_name")
        with self._desk.work.begin() as work:
            rows = work.rows
            if _delegated(rows) is not None:
                raise DomainError("server.belongs_elsewhere")
            root = _secret(rows, _ROOT)
            if root is None:
                root = new_device_key()
                rows.insert(local.server_secret, [(_ROOT, root)])
            rows.put(local.server_secret, [(_NAME, cleaned.encode())])
            own = public_key(_own_key(rows))
            issuer = Issuer(root, public_key(root))
            certificate = self._record(work, issuer, own, cleaned, papers.SERVER, (), "")
            rows.put(local.server_secret, [(_OWN, certificate)])
            return issuer.organisation

    def session_key(self) -> bytes:
        """The key of this server's tokens, made at first need; the same for all its processes."""
        with self._desk.work.read() as rows:
            found = _secret(rows, _SESSIONS)
        if found is not None:
            return found
        with self._desk.work.begin() as work:
            work.rows.insert_new(local.server_secret, (_SESSIONS, secrets.token_bytes(32)))
            return _secret(work.rows, _SESSIONS) or b""

    def card(self) -> papers.Card:
        """Who this server is. Raises server.no_organisation."""
        with self._desk.work.read() as rows:
            issuer = _issuer(rows)
            own = _delegated(rows) or _secret(rows, _OWN)
            name = (_secret(rows, _NAME) or b"").decode()
        if issuer is None or own is None:
            raise DomainError("server.no_organisation")
        held = papers.read(own).certificate
        return papers.Card(name or held.name, issuer.organisation, own.decode())

    def sign(self, data: bytes) -> str:
        """This device's own signature."""
        with self._desk.work.read() as rows:
            row = rows.one('SELECT "private_key" FROM "device"')
        return sign(bytes(row[0]), data) if row else ""

    # --- codes ---------------------------------------------------------------------------------
    def enrol_code(
        self,
        name: str,
        role: str,
        registers: tuple[str, ...] = (),
        minutes: int = _CODE_MINUTES,
        by: str = "",
    ) -> EnrolCode:
        """A new one-time code. Raises server.* and device.* codes."""
        cleaned = clean_text(name, _MAX_NAME)
        served = tuple(dict.fromkeys(clean_text(each, 10).upper() for each in registers))
        _check_wish(cleaned, role, served, minutes)
        made = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LETTERS))
        now = self._desk.clock.now()
        until = now + timedelta(minutes=minutes)
        key = self.session_key()
        scopes = scopes_of(role, served)
        with self._desk.work.begin() as work:
            issuer = _issuer(work.rows)
            if issuer is None:
                raise DomainError("server.no_organisation")
            _check_may_vouch(issuer, role)
            row = (cleaned, role, json.dumps(scopes), json.dumps(served), now.isoformat(), by)
            work.rows.insert(local.enrol_code, [(_hashed(key, made), *row, until.isoformat(), "", "", 0)])
        return EnrolCode(cleaned, role, served, f"{made[:_GROUP]}-{made[_GROUP:]}", until)

    def enrol(self, code: str, device: str) -> bytes:
        """The certificate that a code gives; asked again by the same device, the same. Raises CodeWrong."""
        key, now = self.session_key(), self._desk.clock.now()
        hashed = _hashed(key, "".join(letter for letter in code.upper() if letter in _LETTERS))
        with self._desk.work.begin() as work:
            row = work.rows.one(
                'SELECT "name", "role", "registers", "expires_at", "device", "made_by" FROM "enrol_code" '
                'WHERE "code_hash" = ?',
                hashed,
            )
            if row is None:
                raise CodeWrong("unknown")
            name, role, registers, until, used_by, by = row
            if now > datetime.fromisoformat(until):
                raise CodeWrong("expired")
            if used_by:
                known = devices.device(work.rows, device) if used_by == device else None
                if known is None:
                    raise CodeWrong("used")
                return known.enrolled.certificate.encode()
            issuer = _issuer(work.rows)
            if issuer is None:
                raise CodeWrong("unknown")
            work.rows.run(
                'UPDATE "enrol_code" SET "used_at" = ?, "device" = ? WHERE "code_hash" = ?',
                now.isoformat(),
                device,
                hashed,
            )
            return self._record(work, issuer, device, name, role, tuple(json.loads(registers)), by)

    # --- devices -------------------------------------------------------------------------------
    def admit(self, certificate: bytes) -> ScopeGrant:
        """Check a certificate shown here; one that was signed elsewhere is written down. Raises NotCertified."""
        stamp = self._desk.clock.stamp()
        held = papers.read(certificate).certificate
        with self._desk.work.read() as rows:
            issuer = _issuer(rows)
            known, gone = devices.device(rows, held.device), devices.revoked_of(rows, (held.device,))
            by_gone = devices.revoked_of(rows, papers.issuers(certificate))
        if issuer is None:
            raise papers.NotCertified("organisation", "this server has no organisation yet")
        grant = papers.check(certificate, issuer.organisation, stamp)
        if held.issued_at > _issued_at(known, issuer.organisation) and not gone:
            if by_gone:
                raise papers.NotCertified("revoked", "vouched for by a device that is trusted no longer")
            told = DeviceEnrolled(
                held.device, held.name, held.role, held.scopes, _registers(held.scopes),
                certificate.decode(), stamp, held.not_after,
            )  # fmt: skip
            with self._desk.work.begin() as work:
                work.record(OFFICE, told)
        return grant

    def revoke(self, device: str, reason: str, by: str = "") -> None:
        """Trust a device no longer: what it still brings is kept and flagged, and it gets nothing."""
        said = clean_text(reason, 200)
        if not said:
            raise DomainError("device.no_reason")
        with self._desk.work.begin() as work:
            known = devices.device(work.rows, device)
            if known is None:
                raise DomainError("device.unknown")
            if known.revoked is not None:
                raise DomainError("device.revoked_already", name=known.enrolled.name)
            if public_key(_own_key(work.rows)) == device:
                raise DomainError("device.itself")
            last = tuple(
                CutHead(log.hex(), seq, key.hex()) for log, seq, key in devices.logs_of(work.rows, device)
            )
            work.record(OFFICE, DeviceRevoked(device, self._desk.clock.stamp(), said, last, by))

    def devices(self) -> list[DeviceView]:
        """All devices that were ever enrolled, by name."""
        with self._desk.work.read() as rows:
            known = devices.devices(rows)
            seen = {
                device: (at, address)
                for device, at, address in rows.all(
                    'SELECT "device", "seen_at", "address" FROM "device_seen"'
                )
            }
            late: dict[str, int] = {}
            for event in devices.late_events(rows):
                late[event.device] = late.get(event.device, 0) + 1
        return [_view(each, *seen.get(each.enrolled.device, ("", "")), late) for each in known]

    def _record(
        self,
        work: Work,
        issuer: Issuer,
        device: str,
        name: str,
        role: str,
        registers: tuple[str, ...],
        by: str,
    ) -> bytes:
        now = self._desk.clock.local()
        scopes, until = scopes_of(role, registers), (now + _YEARS).isoformat()
        certificate = issuer.issue(device, name, role, scopes, now.isoformat(), until)
        told = (device, name, role, scopes, registers, certificate.decode(), now.isoformat(), until, by)
        work.record(OFFICE, DeviceEnrolled(*told))
        return certificate


def _check_wish(name: str, role: str, registers: tuple[str, ...], minutes: int) -> None:
    if not name:
        raise DomainError("device.no_name")
    if role not in ROLES:
        raise DomainError("device.role", text=role[:40])
    if role == papers.VENDOR_REGISTER and not registers:
        raise DomainError("device.no_register")
    if len(registers) > _MAX_REGISTERS or not all(each.isascii() and each.isalnum() for each in registers):
        raise DomainError("device.register")
    if not 1 <= minutes <= _MOST_MINUTES:
        raise DomainError("device.minutes", most=_MOST_MINUTES)


def _issued_at(known: devices.StoredDevice | None, organisation: str) -> str:
    """When the certificate that stands was issued; empty when there is none, or what stands is none."""
    if known is None:
        return ""
    data = known.enrolled.certificate.encode()
    try:
        papers.check(data, organisation, "")
    except papers.NotCertified:
        return ""
    held = papers.read(data).certificate
    return held.issued_at if held.device == known.enrolled.device else ""


def _check_may_vouch(issuer: Issuer, role: str) -> None:
    """A code that could not be honoured later is not made."""
    if issuer.parent and not papers.may_vouch(issuer.parent, role):
        raise DomainError("device.beyond")


def _view(each: devices.StoredDevice, seen_at: str, address: str, late: dict[str, int]) -> DeviceView:
    told, gone = each.enrolled, each.revoked
    return DeviceView(
        told.device,
        told.name,
        told.role,
        told.registers,
        told.at,
        told.not_after,
        gone is not None,
        gone.at if gone else "",
        gone.reason if gone else "",
        seen_at,
        address,
        late.get(told.device, 0),
    )


def _registers(scopes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(scope.rsplit("/", 1)[1] for scope in scopes if scope.startswith("register/*/"))


def _hashed(key: bytes, code: str) -> str:
    return hmac.digest(key, b"enrol code " + code.encode(), sha256).hex()


def _secret(rows: Rows, name: str) -> bytes | None:
    row = rows.one('SELECT "value" FROM "server_secret" WHERE "name" = ?', name)
    return bytes(row[0]) if row else None


def _delegated(rows: Rows) -> bytes | None:
    """This device's own certificate from elsewhere, where it lets it serve others."""
    row = rows.one('SELECT "data" FROM "certificate" ORDER BY "at" DESC LIMIT 1')
    if row is None:
        return None
    role = papers.read(bytes(row[0])).certificate.role
    return bytes(row[0]) if role in (papers.COORDINATOR, papers.HUB, papers.SERVER) else None


def _issuer(rows: Rows) -> Issuer | None:
    """Who vouches here: this device as another server's, else the organisation's own root."""
    held, row = _delegated(rows), rows.one('SELECT "private_key" FROM "device"')
    if held is not None and row is not None:
        return Issuer(bytes(row[0]), papers.read(held).certificate.organisation, held)
    root = _secret(rows, _ROOT)
    return Issuer(root, public_key(root)) if root is not None else None


def _own_key(rows: Rows) -> bytes:
    row = rows.one('SELECT "private_key" FROM "device"')
    if row is not None:
        return bytes(row[0])
    made = new_device_key()
    rows.insert(local.device, [(1, made)])
    return made
