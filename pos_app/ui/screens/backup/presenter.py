"""Decides on the screen of copies: where they lie, how old they are, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos_app.i18n.texts import tr
from pos_app.services.places import sticks
from pos_app.ui.screens import wording

if TYPE_CHECKING:
    from pos_app.facts.sales import Override
    from pos_app.ui.screens.house import House

ELSEWHERE, NOWHERE = "elsewhere", "nowhere"


@dataclass(frozen=True, slots=True)
class Told:
    """A notice: kind, title, sentence, and the word of its key with what that does."""

    kind: str
    title: str
    sentence: str
    act: str = ""
    act_word: str = ""


class BackupPresenter:
    """Reads the house beside the window; shows what was read."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.state: Any = None
        self.copies: list[Any] = []

    def load(self) -> tuple[Any, list[Any]]:
        """Look at the places (slow)."""
        return self.house.backups.look_again(), list(self.house.backups.copies())

    def take(self, read: tuple[Any, list[Any]]) -> None:
        """What was read."""
        self.state, self.copies = read

    def told(self) -> Told:
        """How it stands, in one notice."""
        state = self.state
        if state is None:
            return Told("info", tr("사본을 살펴보는 중이에요"), "")
        newest = state.there or state.here
        age = self._age(newest)
        if state.behind:
            return Told(
                "danger", tr("사본에 있는 기록이 장부에 없어요"),
                tr("장부가 예전 것으로 바뀌었어요. 사본에서 빠진 기록을 되찾아요. 지금 기록은 그대로 있어요."),
                "bring_in", tr("빠진 기록 되찾기"),
            )  # fmt: skip
        if state.second == "failed":
            return Told("danger", tr("사본을 두지 못했어요"), state.fault, "run", tr("다시 하기"))
        if state.second == "off":
            return Told(
                "warn", tr("사본이 이 컴퓨터에만 있어요") if newest else tr("아직 사본이 없어요"),
                tr("컴퓨터가 망가지면 함께 없어져요. USB나 다른 폴더를 정해 두면 한 시간마다 저절로 둬요."),
                "choose", tr("사본 둘 곳 정하기"),
            )  # fmt: skip
        if state.second == "away":
            sentence = tr(
                "{place} 꽂으면 다음 한 시간 안에 저절로 둬요. 마지막 사본 {age}", place=state.place, age=age
            )
            return Told("warn", tr("사본 둘 곳이 꽂혀 있지 않아요"), sentence)
        if state.there is None:
            return Told(
                "info", tr("아직 사본을 두지 않았어요"), tr("지금 한 번 만들어요."), "run", tr("지금 만들기")
            )
        return Told(
            "ok", tr("사본이 두 곳에 있어요"),
            tr("마지막 사본 {age}. 한 시간마다, 그리고 마감할 때 저절로 둬요.", age=age),
        )  # fmt: skip

    def _age(self, copy: Any) -> str:
        if copy is None:
            return tr("없음")
        age = wording.ago(copy.made_at)
        return age if age == tr("방금") else tr("{age} 전", age=age)

    def place_words(self) -> str:
        """Where the second copies go."""
        place = self.house.settings.get("backup_place")
        return place or tr("정하지 않았어요")

    def rows(self) -> list[tuple[str, str, str]]:
        """When, where, and how much of each copy."""
        words = {"here": tr("이 컴퓨터"), "there": tr("둘째 곳")}
        return [
            (
                f"{copy.made_at:%m-%d %H:%M}",
                words[copy.place],
                tr("기록 {count:,}개", count=copy.manifest.events),
            )
            for copy in self.copies
        ]

    def choices(self) -> list[tuple[str, str]]:
        """Places to put copies: sticks that are plugged in, another folder, none."""
        found = [(str(path), self._stick(path)) for path in sticks()]
        found.append((ELSEWHERE, tr("다른 폴더 고르기")))
        if self.house.settings.get("backup_place"):
            found.append((NOWHERE, tr("이 컴퓨터에만 두기")))
        return found

    def _stick(self, path: Path) -> str:
        return tr("USB {name}", name=path.name or str(path))

    def choose(self, place: str, override: Override | None = None) -> str:
        """Put copies there; what to say. Raises right.missing, backup.bad_place."""
        self.house.backups.choose("" if place == NOWHERE else place, override)
        return tr("사본 둘 곳을 바꿨어요")

    def run(self) -> str:
        """Copy now (slow); what to say."""
        done = self.house.backups.run()
        if done.fault:
            return str(done.fault)
        return tr("사본을 만들고 읽어 봤어요. 기록 {count:,}개가 맞아요.", count=done.manifest.events)

    def missing_from(self) -> list[Path]:
        """The newest copy of each place, from which what is missing is taken."""
        newest: dict[str, Path] = {}
        for copy in self.copies:
            newest.setdefault(copy.place, copy.path)
        return list(newest.values())

    def bring_in(self, override: Override | None = None) -> str:
        """Take in what the copies have (slow); what to say."""
        count = sum(self.house.take_over.bring_in(path, override) for path in self.missing_from())
        return tr("빠진 기록 {count:,}개를 되찾았어요", count=count)

    def newest_folder(self) -> str:
        """Where the newest copy lies."""
        return str(self.copies[0].path.parent) if self.copies else ""

    def look(self, path: Path) -> Any:
        """Hold a copy against what is here (slow). Raises backup.*"""
        return self.house.take_over.look(path)

    def known(self, offer: Any) -> bool:
        """Whether a copy of another machine is of a register that was carried on here."""
        return bool(offer.manifest.register == self.house.register)

    def take_from(self, path: Path, override: Override | None = None) -> str:
        """Take in what one copy has (slow); what to say."""
        return tr("빠진 기록 {count:,}개를 되찾았어요", count=self.house.take_over.bring_in(path, override))
