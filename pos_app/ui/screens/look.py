"""How the window looks: type size, daylight, language, which hand; changed at once."""

from typing import TYPE_CHECKING

from pos_app.i18n.texts import set_language
from pos_app.ui.theme.metrics import SCALES

if TYPE_CHECKING:
    from pos_app.ui.redressing import Wear
    from pos_app.ui.shell import Shell

NAMES = ("language", "left_handed", "theme", "type_scale")


class Look:
    """Applies settings of the look to one window."""

    def __init__(self, shell: "Shell") -> None:
        self.shell = shell
        self.left_handed = False

    def apply(self, name: str, value: str, quiet: bool = False) -> None:
        """A setting of the look; others are left alone. `quiet`: there is no screen yet."""
        wear: Wear = {}
        if name == "type_scale" and value.isdecimal():
            wear = {"scale": int(value) / 100}
        elif name == "theme":
            wear = {"theme": value or "light"}
        elif name == "language":
            set_language(value or "ko")
        elif name == "left_handed":
            self.left_handed = value == "1"
        else:
            return
        if quiet:
            self.shell.theme.set(**wear)
        else:
            self.shell.redressing.soon(wear, anew=name != "theme")

    def step_scale(self, step: int) -> None:
        """Ctrl + and -: the next type size."""
        sizes = list(SCALES)
        now = min(range(len(sizes)), key=lambda at: abs(sizes[at] - self.shell.theme.metrics.scale))
        self._keep("type_scale", str(round(sizes[max(0, min(len(sizes) - 1, now + step))] * 100)))

    def toggle_daylight(self) -> None:
        """Ctrl+D."""
        self._keep("theme", "light" if self.shell.theme.dark else "daylight")

    def _keep(self, name: str, value: str) -> None:
        if self.shell.ready:
            self.shell.desk.house.settings.set(name, value)
            self.apply(name, value)
