"""Settings as people change them: rights are checked here."""

from pos_app.domain.barcodes import ScalePattern
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.operators import Action
from pos_app.hardware.printer_uri import parse
from pos_app.services.desk import Desk

# How the screen looks and sounds is everybody's own business.
FREE = frozenset({"type_scale", "theme", "language", "left_handed", "sound", "last_operator"})


_NUMBERS = ("over_short_limit_won", "auto_lock_minutes", "type_scale")


def _check(name: str, value: str) -> None:
    """Refuse what would hurt later: raises settings.value, printer.bad_uri, barcode.pattern."""
    if name in _NUMBERS and not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise DomainError("settings.value", value=value[:40])
    if name == "scale_patterns":
        for pattern in value.split():
            ScalePattern.parse(pattern)
    if name == "printer_uri" and value:
        parse(value)


class Preferences:
    """Settings of this till behind the rights of who stands at it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def get(self, name: str) -> str:
        """A setting's text, or its default."""
        return self._desk.settings.get(name)

    def set(self, name: str, value: str) -> None:
        """Keep a setting. Raises right.missing."""
        if name not in FREE:
            self._desk.require(Action.SETTINGS)
        value = clean_text(value, 500)
        _check(name, value)
        self._desk.settings.set(name, value)
