"""Decides on the take-over: which registers can be carried on here, from a stick or from what is here already."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.services import backup_file, restoring
from pos_app.services.places import sticks
from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.screens import wording

if TYPE_CHECKING:
    from pos_app.facts.sales import Override
    from pos_app.ui.screens.house import House


@dataclass(frozen=True, slots=True)
class Candidate:
    """A register that may be carried on: from the copy `file`, or (without one) from what is here."""

    register: str
    title: str
    caption: str
    badge: str
    file: Path | None = None


class TakingPresenter:
    """Looks for copies beside the window."""

    def __init__(self, house: House, look_at: tuple[Path, ...] = ()) -> None:
        self.house = house
        self.look_at = list(look_at)
        self.found: list[Candidate] = []
        self.chosen = -1
        self.done: Any = None

    def load(self) -> list[Candidate]:
        """The newest copy of each machine on the sticks, and the registers of the day known here (slow)."""
        newest: dict[str, Any] = {}
        for copy in restoring.copies_in(*self.look_at, *sticks()):
            newest.setdefault(copy.manifest.device, copy)
        found = [self._of_copy(copy.path, copy.manifest) for copy in newest.values()]
        return [*found, *self._seats()]

    def _of_copy(self, path: Path, manifest: Any) -> Candidate:
        where = " · ".join(part for part in (manifest.market, manifest.business_date) if part)
        made = wording.moment(manifest.made_at)
        when = f"{made:%m-%d %H:%M}" if made else path.name
        caption = tr("{when} 사본 · 기록 {count:,}개", when=when, count=manifest.events)
        title = f"{wording.register_word(manifest.register)} · {where}" if where else path.name
        return Candidate(manifest.register, title, caption, tr("USB"), path)

    def _seats(self) -> list[Candidate]:
        try:
            seats = self.house.take_over.seats()
        except DomainError:  # no market day yet
            return []
        found = []
        for seat in seats:
            if seat.ours:
                continue
            state = tr("열려 있음") if seat.shift_open else tr("닫혀 있음")
            last = (
                tr("마지막 판매 {time}", time=wording.clock(seat.last_at))
                if seat.last_at
                else tr("판매 없음")
            )
            caption = tr("판매 {count:,}건 · {last}", count=seat.sales, last=last)
            found.append(
                Candidate(
                    seat.register, f"{wording.register_word(seat.register)} · {state}", caption, tr("여기")
                )
            )
        return found

    def add(self, file: Path) -> None:
        """A copy chosen by hand (slow). Raises backup.*"""
        manifest = backup_file.check(file)
        self.found.insert(0, self._of_copy(file, manifest))
        self.chosen = 0

    def rows(self) -> list[RowView]:
        """The list."""
        return [
            RowView(str(at), each.title, each.caption, badge=BadgeView(each.badge, "info"))
            for at, each in enumerate(self.found)
        ]

    def pick(self, key: str) -> None:
        """A row was taken."""
        self.chosen = int(key)

    @property
    def candidate(self) -> Candidate | None:
        """The chosen one."""
        return self.found[self.chosen] if 0 <= self.chosen < len(self.found) else None

    def off_reason(self) -> str:
        """Why it can't begin yet."""
        return "" if self.candidate is not None else tr("이어받을 계산대를 먼저 골라요.")

    def take(self, override: Override | None = None) -> Any:
        """Carry it on here (slow). Raises backup.*, right.missing, shift.open_here."""
        candidate = self.candidate
        if candidate is None:
            raise DomainError("backup.none", file="")
        service = self.house.take_over
        if candidate.file is not None:
            return service.from_copy(candidate.file, override)
        return service.from_here(candidate.register, override)

    def told(self) -> tuple[str, str]:
        """What became of it: title and sentence."""
        done = self.done
        shift = (
            tr("열린 근무와 준비금 {won}을 그대로 이어요.", won=wording.won(done.float_won))
            if done.shift_open
            else tr("아직 개점하지 않았어요. 개점하고 팔아요.")
        )
        return (
            tr("이제 이 컴퓨터가 {register}이에요", register=wording.register_word(done.register)),
            tr("판매 {count:,}건을 가져왔어요. {shift} 영수증 번호의 가운데 두 글자가 달라져요.", count=done.sales, shift=shift),
        )  # fmt: skip
