"""Settings as people change them: rights are checked here, money policies become events."""

from pos_app.domain.barcodes import ScalePattern
from pos_app.domain.business_number import check as check_business_no
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.hardware.printer_uri import parse
from pos_app.services.desk import Desk
from pos_app.services.policies import Policies

# How the screen looks and sounds is everybody's own business.
FREE = frozenset({"type_scale", "theme", "language", "left_handed", "sound", "last_operator"})

POLICY_PREFIX = "policy."
_NUMBERS = ("over_short_limit_won", "auto_lock_minutes", "type_scale")
_ON_OFF = ("sound", "left_handed", "print_receipts", "receipt_qr", "drawer")
_ONE_OF = {
    "theme": ("light", "daylight"),
    "language": ("ko", "en"),
    "receipt_width": ("58", "80"),
    "customer_display": ("off", "auto", "on"),
    **dict.fromkeys(_ON_OFF, ("0", "1")),
}


def _whole(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise DomainError("settings.value", value=value[:40])
    return int(value)


def _check(name: str, value: str) -> None:
    """Refuse what would hurt later: settings.value, printer.bad_uri, barcode.pattern, business_no.*"""
    if name in _NUMBERS:
        _whole(value)
    if value not in _ONE_OF.get(name, (value,)):
        raise DomainError("settings.value", value=value[:40])
    if name == "scale_patterns":
        for pattern in value.split():
            ScalePattern.parse(pattern)
    if name == "printer_uri" and value:
        parse(value)
    if name == "shop_business_no" and value:
        check_business_no(value)


class Preferences:
    """Settings of this till, and (as `policy.NAME`) what was decided for all, behind the rights."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._policies = Policies(desk)

    def get(self, name: str) -> str:
        """A setting's text, or its default."""
        if name.startswith(POLICY_PREFIX):
            return str(self._policies.get(name.removeprefix(POLICY_PREFIX)))
        return self._desk.settings.get(name)

    def set(self, name: str, value: str, override: Override | None = None) -> None:
        """Keep a setting. Raises right.missing, settings.value and what the setting itself refuses."""
        if name not in FREE:
            self._desk.require(Action.SETTINGS, override)
        value = clean_text(value, 500)
        if name.startswith(POLICY_PREFIX):
            self._policies.decide(name.removeprefix(POLICY_PREFIX), _whole(value))
            return
        _check(name, value)
        self._desk.settings.set(name, value)
