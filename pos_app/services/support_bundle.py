"""A zip to send when help is asked for: what was looked at, the log, counts; no names, phones, PINs or accounts."""

import contextlib
import io
import json
import os
import re
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos_app.domain.redaction import redact
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.crash_reports import CrashReports
from pos_app.services.doctor import Check, Doctor
from pos_app.storage.queries import catalogue, days
from sync import store
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.services.house import House

# Only settings that say how the machine works; what anybody typed in free text stays here.
_SETTINGS = (
    "register", "type_scale", "theme", "language", "left_handed", "sound", "receipt_width", "print_receipts",
    "receipt_qr", "customer_display", "drawer", "scale_patterns", "auto_lock_minutes", "over_short_limit_won",
)  # fmt: skip
_MOST_LOG = 300_000


def make(house: "House") -> bytes:
    """The zip (slow)."""
    names = _names(house)
    checks = Doctor(house).checks()
    with house.desk.work.read() as rows:
        counts, heads = _counts(rows), _heads(rows)
    parts: dict[str, str] = {
        "README.txt": _readme(),
        "doctor.txt": redact(in_words(checks), names),
        "doctor.json": redact(_json([asdict(check) for check in checks]), names),
        "counts.json": _json(counts),
        "heads.json": _json(heads),
        "settings.json": redact(_json({name: house.desk.settings.get(name) for name in _SETTINGS}), names),
        "printers.json": redact(_json(_printers(house)), names),
    }
    for path in sorted(house.desk.home.logs.glob("*.log*")):
        parts[f"logs/{path.name}"] = redact(_tail(path), names)
    for number, report in enumerate(CrashReports(house.desk.home).all(), 1):
        parts[f"crashes/{number}.txt"] = redact(report.text, names)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in parts.items():
            pack.writestr(name, text)
    return packed.getvalue()


def write(house: "House", path: Path) -> Path:
    """Write it to a file, or into a folder under a name of its own. Raises EnvironmentFault."""
    data = make(house)
    if path.is_dir():
        stamp = house.desk.clock.local().strftime("%Y%m%d-%H%M")
        path = path / f"jangteo-{house.register}-{stamp}.zip"
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise EnvironmentFault(
            tr("{place}에 저장하지 못했어요.", place=path.parent), tr("다른 폴더나 USB를 골라요.")
        ) from error
    return path


def in_words(checks: list[Check]) -> str:
    """The checks as people read them."""
    marks = {"ok": tr("좋음"), "look": tr("살펴봐요"), "bad": tr("고쳐야 해요")}
    lines = []
    for check in checks:
        lines.append(f"[{marks[check.state]}] {check.name}: {check.seen}")
        if check.advice:
            lines.append(f"    → {check.advice}")
    return "\n".join(lines)


def _readme() -> str:
    return "\n".join(
        (
            tr("장터포스 점검 묶음"),
            tr("프로그램이 어떻게 돌아가는지만 들어 있어요. 이름, 전화, PIN, 계좌, 판매 내용은 없어요."),
            tr("보내기 전에 메모장으로 열어 봐도 돼요."),
        )
    )


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, default=str)


def _names(house: "House") -> list[str]:
    """Everybody and everything that has a name here: people, shops, payers, buyers, typed settings."""
    found: list[str] = [house.desk.settings.get(name) for name in (
        "shop_name", "shop_representative", "shop_address", "shop_phone", "transfer_account", "shop_business_no",
        "last_operator", "shop_footer", "backup_place",
    )]  # fmt: skip
    found += [str(Path.home()), Path.home().name if len(Path.home().name) > 3 else ""]
    with house.desk.work.read() as rows:
        found += [person.name for person in days.operators(rows)]
        found += [row[0] for row in rows.all('SELECT "name" FROM "operator"')]
        for table, column in _named_columns(rows):
            found += [str(row[0]) for row in rows.all(f'SELECT DISTINCT "{column}" FROM "{table}"') if row[0]]
        found += _named_in_events(rows)
        found += [vendor.representative for vendor in catalogue.vendors(rows) if vendor.representative]
    return [name for name in found if name and not name.isdigit()]


_PERSONAL = (
    "operator_name",
    "payer",
    "customer",
    "person",
    "buyer",
    "receiver",
    "by",
    "consent_by",
    "phone",
    "representative",
)
_NAMED = re.compile(rb'"(' + "|".join(_PERSONAL).encode() + rb')":"((?:[^"\\]|\\.)+)"')


def _named_columns(rows: Rows) -> list[tuple[str, str]]:
    """(table, column) of every place where a person's name may stand."""
    found = []
    for (table,) in rows.all('SELECT "name" FROM "sqlite_master" WHERE "type" = \'table\''):
        for row in rows.all(f'PRAGMA table_info("{table}")'):
            if row[1] in _PERSONAL:
                found.append((str(table), str(row[1])))
    return found


def _named_in_events(rows: Rows) -> list[str]:
    """Names that stand in the events alone, such as who sent a transfer."""
    found: set[str] = set()
    for (data,) in rows.each('SELECT "bytes" FROM "event"'):
        for _, text in _NAMED.findall(bytes(data)):
            with contextlib.suppress(ValueError):
                found.add(json.loads(b'"' + text + b'"'))
    return sorted(found)


def _counts(rows: Rows) -> dict[str, int]:
    names = [
        row[0] for row in rows.all('SELECT "name" FROM "sqlite_master" WHERE "type" = \'table\' ORDER BY 1')
    ]
    return {name: int((rows.one(f'SELECT count(*) FROM "{name}"') or (0,))[0]) for name in names}


def _heads(rows: Rows) -> list[dict[str, object]]:
    scopes: dict[bytes, str] = dict(rows.all('SELECT "log", "scope" FROM "log"'))
    return [
        {
            "log": head.log.hex()[:16],
            "scope": scopes.get(head.log, ""),
            "seq": head.seq,
            "key": head.key.hex()[:16],
        }
        for head in store.heads(rows)
    ]


def _printers(house: "House") -> list[dict[str, str]]:
    return [{"kind": view.uri.partition(":")[0], "word": view.word} for view in house.papers.printers()]


def _tail(path: Path) -> str:
    try:
        data = path.read_bytes()[-_MOST_LOG:]
    except OSError:
        return ""
    return data.decode("utf-8", "replace")
