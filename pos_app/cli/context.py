"""What every command gets: its arguments, and a way to open the house."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.runtime.paths import default_home
from pos_app.services.house import House

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from pos_app.services.serving import Serving

OpenHouse = Callable[[Path], House]


class Roof(Protocol):
    """How a server is put together; only the roof sees the web and the services at once."""

    def open_server(self, home: Path, address: str = "") -> "Serving": ...

    def web_application(self, serving: "Serving") -> "Starlette": ...


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
    roof: Roof | None = None

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
        house = self._opened()
        try:
            if acting and house.operators.names():
                self._sign_in(house)
            yield house
        finally:
            house.close()

    def _opened(self) -> House:
        """The home's own store; where a server's database is named, that one."""
        address = os.environ.get("JANGTEO_DATABASE_URL", "").strip()
        if not address or self.roof is None:
            return self.open_house(self.home)
        serving = self.roof.open_server(self.home, address)
        serving.catch_up()
        return serving.house

    def _sign_in(self, house: House) -> None:
        name = getattr(self.args, "operator", None)
        if not name:
            raise DomainError("operator.who")
        pin = os.environ.get("JANGTEO_PIN") or _ask(name)
        house.operators.sign_in(house.operators.find(name), pin)
