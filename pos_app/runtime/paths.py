"""Where things are: the data folder of this user and the files that came with the program."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path


def resources() -> Path:
    """The folder of fonts, icons, texts and demo files that ships with the program."""
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return base / "resources"


def default_home() -> Path:
    """JANGTEO_HOME, else the platform's own per-user data folder."""
    chosen = os.environ.get("JANGTEO_HOME")
    if chosen:
        return Path(chosen)
    # lazy: only where nobody said which folder
    import platformdirs

    return Path(platformdirs.user_data_dir("jangteo", appauthor=False))


@dataclass(frozen=True, slots=True)
class Home:
    """One data folder and the names of what lies in it."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "jangteo.db"

    @property
    def practice_database(self) -> Path:
        return self.root / "practice.db"

    @property
    def carts(self) -> Path:
        return self.root / "carts"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def copies(self) -> Path:
        return self.root / "copies"

    @property
    def aside(self) -> Path:
        return self.root / "aside"

    @property
    def crashes(self) -> Path:
        return self.root / "crashes"

    @property
    def ballast(self) -> Path:
        return self.root / "ballast.bin"

    @property
    def window_lock(self) -> Path:
        return self.root / "window.lock"

    @property
    def server_lock(self) -> Path:
        """A window may stand beside a server or a hub; a second one of those may not."""
        return self.root / "server.lock"
