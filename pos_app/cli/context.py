"""What every command gets: its arguments, and a way to open the house."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.runtime.paths import default_home
from pos_app.services.house import House

OpenHouse = Callable[[Path], House]


def _ask(name: str) -> str:
    if not sys.stdin.isatty():
        raise DomainError("operator.pin_needed")
    try:
        return getpass.getpass(tr("{name} PIN: ", name=name))
    except EOFError:
        raise DomainError("operator.pin_needed") from None


@dataclass(frozen=True, slots=True)
class Context:
    """The command's arguments and the roof's way to open a house."""

    args: argparse.Namespace
    open_house: OpenHouse
    open_window: Callable[[Callable[[], House], Path | None, str], int]

    @property
    def home(self) -> Path:
        """The data folder that was chosen."""
        chosen = getattr(self.args, "home", None)
        return Path(chosen) if chosen else default_home()

    @property
    def json(self) -> bool:
        """Whether one machine-readable document is wanted."""
        return bool(getattr(self.args, "json", False))

    @contextmanager
    def house(self, *, acting: bool = True) -> Iterator[House]:
        """The open house; for what changes something, somebody signed in once operators exist."""
        house = self.open_house(self.home)
        try:
            if acting and house.operators.names():
                self._sign_in(house)
            yield house
        finally:
            house.close()

    def _sign_in(self, house: House) -> None:
        name = getattr(self.args, "operator", None)
        if not name:
            raise DomainError("operator.who")
        pin = os.environ.get("JANGTEO_PIN") or _ask(name)
        house.operators.sign_in(house.operators.find(name), pin)
