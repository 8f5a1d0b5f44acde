"""Devices and enrol codes in words for the office page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from markupsafe import Markup

from pos_app.domain.market_day import KOREA
from pos_app.i18n.texts import tr
from pos_app.office.board_view import heard

ROLES = ("register", "vendor_register", "coordinator", "hub")


class Device(Protocol):
    """A device as the office keeps it; `seen_at` ISO or empty."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def revoked(self) -> bool: ...
    @property
    def seen_at(self) -> str: ...


@dataclass(frozen=True, slots=True)
class DeviceCard:
    """One device: name, role, state with its level, when it last spoke, the start of its key."""

    id: str
    name: str
    role: str
    state: str
    level: str
    seen: str
    short: str
    may_go: bool  # whether it can be revoked: the server itself cannot


@dataclass(frozen=True, slots=True)
class CodePage:
    """A new enrol code: shown once, with a picture that a phone or scanner reads."""

    name: str
    code: str
    picture: Markup
    until: str
    address: str


def role_words(role: str) -> str:
    """계산대, 업체 계산대, 담당자 노트북, 현장 서버."""
    words = {
        "register": tr("계산대"),
        "vendor_register": tr("업체 계산대"),
        "coordinator": tr("담당자 노트북"),
        "hub": tr("현장 서버"),
        "server": tr("중앙 서버"),
    }
    return words.get(role, role)


def roles() -> list[tuple[str, str]]:
    """What a new device may be."""
    return [(role, role_words(role)) for role in ROLES]


def device_cards(devices: Sequence[Device], now: datetime) -> list[DeviceCard]:
    """Those that are trusted first, by name."""
    ordered = sorted(devices, key=lambda device: (device.revoked, device.name, device.id))
    return [_card(device, now) for device in ordered]


def _card(device: Device, now: datetime) -> DeviceCard:
    state, level = (tr("등록 없앰"), "danger") if device.revoked else (tr("등록됨"), "ok")
    return DeviceCard(
        device.id,
        device.name,
        role_words(device.role),
        state,
        level,
        heard(device.seen_at, now),
        " ".join(device.id[at : at + 4] for at in range(0, 16, 4)),
        not device.revoked and device.role in ROLES,
    )


def code_page(name: str, code: str, expires_at: datetime, address: str) -> CodePage:
    """The code with its QR: address and code in one, as the register's form takes it."""
    # lazy: only this page draws one
    import segno

    drawn = segno.make(f"JTENROL {address} {code}", error="m", micro=False)
    picture = Markup(drawn.svg_inline(scale=6, border=2))  # drawn here, of no one's words
    until = tr("{time}까지 한 번만 쓸 수 있습니다.", time=f"{expires_at.astimezone(KOREA):%m-%d %H:%M}")
    return CodePage(name, code, picture, until, address)
