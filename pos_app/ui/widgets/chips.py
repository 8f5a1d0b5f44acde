"""A row of keys of which one (or none) is taken: chips, tabs, reasons."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted, named
from pos_app.ui.widgets.keys import Key


class ChipRow(Painted):
    """Keys made of (key, word) or (key, word, icon). `picked(key)` when a person takes one."""

    picked = Signal(str)

    def __init__(
        self,
        name: str,
        spoken: str,
        choices: Sequence[tuple[str, ...]] = (),
        chosen: str = "",
        role: str = "chip",
        stretch: bool = False,
        vertical: bool = False,
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent, theme)
        named(self, name, spoken)
        self._name, self._role, self._stretch = name, role, stretch
        self._keys: dict[str, Key] = {}
        self._row: QBoxLayout = QVBoxLayout(self) if vertical else QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.set_choices(choices, chosen)

    def set_choices(self, choices: Sequence[tuple[str, ...]], chosen: str = "") -> None:
        """Other keys."""
        while (item := self._row.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._keys = {}
        for key, word, *rest in choices:
            made = Key(word, rest[0] if rest else None, self._role, f"{self._name}_{key}", self)
            made.clicked.connect(lambda _checked=False, key=key: self._take(key))
            self._row.addWidget(made, 1 if self._stretch else 0)
            self._keys[key] = made
        if not self._stretch:
            self._row.addStretch(1)
        self.choose(chosen)

    def choose(self, chosen: str) -> None:
        """Mark one as taken ("" for none), without `picked`."""
        self._chosen = chosen
        for key, made in self._keys.items():
            made.set_chosen(key == chosen)

    def chosen(self) -> str:
        return self._chosen

    def key(self, key: str) -> Key:
        """The key of a choice."""
        return self._keys[key]

    def keys(self) -> dict[str, Key]:
        return dict(self._keys)

    def _take(self, key: str) -> None:
        self.choose(key)
        self.picked.emit(key)
