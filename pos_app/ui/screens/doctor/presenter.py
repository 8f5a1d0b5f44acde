"""Decides on the doctor's screen: each thing, its state in a word, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos_app.i18n.texts import tr
from pos_app.services.doctor import BAD, LOOK, OK, worst
from pos_app.services.support_bundle import in_words

if TYPE_CHECKING:
    from pos_app.ui.screens.house import House

_ICONS = {
    "store": "lock", "chains": "lock", "copies": "disk", "copies_behind": "disk", "disk": "disk", "reserve": "disk",
    "clock": "clock", "printer": "printer", "unsynced": "unsent", "network": "wifi", "server": "office",
    "day": "register", "home": "box-in", "crashes": "alert",
}  # fmt: skip
# Where a thing is mended.
_PLACES = {"copies": "backup", "copies_behind": "backup", "printer": "printers", "unsynced": "devices"}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: badge word and kind, and the screen where it is mended."""

    icon: str
    title: str
    detail: str
    advice: str
    word: str
    kind: str
    go: str = ""


class DoctorPresenter:
    """Looks beside the window; shows what is bad first."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.checks: list[Any] = []

    def load(self) -> list[Any]:
        """Look everything over (slow)."""
        return self.house.doctor.checks()

    def rows(self) -> list[Row]:
        """What must be mended first, then what to look at, then the rest."""
        words = {OK: (tr("좋음"), "ok"), LOOK: (tr("살펴봐요"), "warn"), BAD: (tr("고쳐야 해요"), "bad")}
        order = {BAD: 0, LOOK: 1, OK: 2}
        return [
            Row(_ICONS.get(check.code, "info"), check.name, check.seen, check.advice, *words[check.state],
                _PLACES.get(check.code, "") if check.state != OK else "")
            for check in sorted(self.checks, key=lambda check: order[check.state])
        ]  # fmt: skip

    def told(self) -> tuple[str, str, str]:
        """Kind, title and sentence of the whole."""
        if not self.checks:
            return "info", tr("살펴보는 중이에요"), tr("그동안 그대로 팔아도 돼요.")
        state = worst(self.checks)
        count = sum(1 for check in self.checks if check.state != OK)
        if state == BAD:
            return (
                "bad",
                tr("고쳐야 할 것이 있어요"),
                tr("아래에 적은 대로 해요. 안 되면 점검 묶음을 보내요."),
            )
        if state == LOOK:
            return "warn", tr("팔아도 돼요"), tr("{count}가지는 틈날 때 살펴봐요.", count=count)
        return "ok", tr("모두 좋아요"), tr("고칠 것이 없어요.")

    def words(self) -> str:
        """Everything as text, to copy."""
        return in_words(self.checks)

    def bundle(self, folder: Path) -> str:
        """Make the zip (slow); what to say."""
        return tr("{file}에 저장했어요", file=self.house.doctor.bundle(folder))
