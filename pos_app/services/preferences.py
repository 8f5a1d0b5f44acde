"""Settings as people change them: rights are checked here."""

from pos_app.domain.operators import Action
from pos_app.services.desk import Desk

# How the screen looks and sounds is everybody's own business.
FREE = frozenset({"type_scale", "theme", "language", "left_handed", "sound", "last_operator"})


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
        self._desk.settings.set(name, value)
