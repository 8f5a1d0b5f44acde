"""What the strip says of the till: who, where, printer, network, unsent, room, clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pos_app.domain.market_day import KOREA
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording

if TYPE_CHECKING:
    from pos_app.ui.screens.house import House
    from pos_app.ui.widgets.strip import Strip

UNSENT_MANY = 200
UNSENT_OLD_S = 2 * 3600


class StripState:
    """Reads the house and tells the strip; called every second."""

    def __init__(self, strip: Strip) -> None:
        self.strip = strip
        self._practice = False
        self._shown: set[str] = set()

    def practice(self, on: bool) -> None:
        """Another house: other cells."""
        self._practice = on
        for name in ("practice", "printer", "network", "unsent", "disk", "clock"):
            if name in self._shown:
                self.strip.remove_cell(name)
        self._shown.clear()

    def refresh(self, house: House, signed_in: bool) -> None:
        """Everything, now."""
        self._till(house, signed_in)
        if self._practice:
            self._cell("practice", "", tr("연습 끝내기"), "close")
        self._printer(house)
        if not self._practice:
            self._network(house)
            self._unsent(house)
            self._disk(house)
        self._clock(house)

    def _cell(self, name: str, caption: str, word: str, icon: str = "", level: str = "fine") -> None:
        self._shown.add(name)
        self.strip.set_cell(name, caption, word, icon, level)

    def _till(self, house: House, signed_in: bool) -> None:
        if self._practice:
            self.strip.set_till(tr("연습 중"), tr("여기서 판 것은 저장·전송·정산되지 않아요"))
            return
        register = wording.register_word(house.register)
        day = house.days.current()
        if not signed_in:
            self.strip.set_till(register, tr("로그인 전이에요"))
            return
        where = f"{day.market} · {wording.short_day(day.business_date)}" if day is not None else ""
        self.strip.set_till(f"{register} · {house.session.name}", where)

    def _printer(self, house: House) -> None:
        status = house.papers.status()
        word = status.word
        if status.waiting:
            word = tr("{word} · {count}장 대기", word=word, count=status.waiting)
        self._cell("printer", tr("인쇄기"), word, "printer", "red" if status.needs_hand else "fine")

    def _network(self, house: House) -> None:
        first = house.sync.status().first if house.health.network() != "off" else None
        if first is None:
            self._cell("network", tr("인터넷"), tr("안 씀"), "wifi-off")
            return
        # lazy: the words of states are read with the first peer
        from pos_app.services.syncing_state import short_word

        icon = "wifi" if first.state == "online" else "wifi-off"
        level = "amber" if first.needs_hand else "fine"
        self._cell("network", tr("인터넷"), short_word(first), icon, level)

    def _unsent(self, house: House) -> None:
        unsent = house.health.unsynced()
        if not unsent.count:
            self._cell("unsent", tr("미전송"), tr("없음"), "check")
            return
        at = wording.moment(unsent.oldest_at)
        old = at is not None and (datetime.now(UTC) - at).total_seconds() >= UNSENT_OLD_S
        high = house.health.network() != "off" and (unsent.count >= UNSENT_MANY or old)
        word = tr("{count}건 · {age}", count=unsent.count, age=wording.ago(at))
        self._cell("unsent", tr("미전송"), word, "unsent", "amber" if high else "fine")

    def _disk(self, house: House) -> None:
        disk = house.health.disk()
        word = wording.free_words(disk.free_bytes) if disk.low else tr("넉넉함")
        if not disk.low and house.settings.get("second_copy") and not house.sync.status().copied:
            self._cell("disk", tr("저장"), tr("사본 USB 없음"), "disk", "amber")
            return
        self._cell("disk", tr("저장"), word, "disk", "amber" if disk.low else "fine")

    def _clock(self, house: House) -> None:
        fine = house.health.clock().ok
        caption = tr("시계 맞음") if fine else tr("시계 살펴보기")
        self._cell("clock", caption, datetime.now(KOREA).strftime("%H:%M"), "", "fine" if fine else "amber")
