"""Decides on 주고받기: what waits, whom with, what a person should look at, and joining an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pos_app.facts.sales import Override
    from pos_app.services.syncing_aside import Aside, Noticed
    from pos_app.services.syncing_conflicts import Conflict
    from pos_app.services.syncing_state import PeerState, SyncStatus
    from pos_app.ui.screens.house import House

SCAN_WORD = "JTENROL"
SEND, LOOK, JOIN = "send", "look", "join"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to send: a row with its state in a word; `acts` are (act, word)."""

    name: str
    icon: str
    title: str
    detail: str
    word: str
    level: str
    acts: tuple[tuple[str, str], ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """What was read of the store for the second tab."""

    noticed: Sequence[Noticed] = ()
    conflicts: Sequence[Conflict] = ()
    aside: Sequence[Aside] = ()

    @property
    def count(self) -> int:
        """How many things."""
        return len(self.noticed) + len(self.conflicts) + len(self.aside)


class SyncPresenter:
    """How sending stands; `load` and what takes a file or the network is slow."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.tab = SEND
        self.url = self.code = ""
        self.look = ToLookAt()

    # --- the tabs --------------------------------------------------------------------------
    def tabs(self) -> list[tuple[str, str]]:
        """(tab, word)."""
        look = tr("살펴볼 것 {count}", count=self.look.count) if self.look.count else tr("살펴볼 것")
        return [(SEND, tr("주고받기")), (LOOK, look), (JOIN, tr("등록"))]

    def load(self) -> ToLookAt:
        """What somebody should look at."""
        sync = self.house.sync
        return ToLookAt(sync.noticed(), sync.conflicts(), sync.kept_aside())

    # --- what waits ------------------------------------------------------------------------
    def unsynced_count(self) -> int:
        """How many wait for the central server."""
        return self.house.health.unsynced().count

    def oldest(self) -> str:
        """The age of the oldest one."""
        return wording.oldest(self.house.health.unsynced())

    def comfort(self) -> str:
        """What is always true."""
        if self.house.sync.status().first is None:
            return tr("모두 이 컴퓨터에 안전하게 저장돼 있어요. 등록하지 않아도 그대로 팔 수 있어요.")
        return tr("모두 이 컴퓨터에 안전하게 저장돼 있어요. 이어지면 저절로 보내요.")

    def can_send(self) -> str:
        """Why 지금 보내기 is off; empty when it is on."""
        if self.house.practice:
            return tr("연습에서는 보내거나 받지 않아요.")
        return "" if self.house.sync.status().first else tr("서버나 담당자 노트북을 먼저 등록해요.")

    def last_success(self) -> str:
        """When it went well last."""
        # lazy: the words of states are read with the first exchange
        from pos_app.services.syncing_state import clock_words

        first = self.house.sync.status().first
        if first is None:
            return ""
        if not first.ok_at:
            return tr("아직 한 번도 맞추지 못했어요.")
        return tr("마지막으로 맞춘 때 {time}", time=clock_words(first.ok_at))

    # --- ways ------------------------------------------------------------------------------
    def ways(self) -> list[Way]:
        """Server and laptops, the stick, the second copy."""
        status = self.house.sync.status()
        peers = [self._peer(at, peer) for at, peer in enumerate(status.peers)]
        return [*(peers or [self._nobody()]), *self._trouble(status), self._stick(), self._copy(status)]

    def _nobody(self) -> Way:
        detail = tr("서버에 등록하면 판매를 저절로 보내요. 등록하지 않아도 그대로 팔 수 있어요.")
        acts = ((JOIN, tr("등록하기")),)
        return Way("nobody", "wifi-off", tr("서버"), detail, tr("안 씀"), "gray", acts)

    def _peer(self, at: int, peer: PeerState) -> Way:
        # lazy: see last_success
        from pos_app.services.syncing_state import HUB, peer_words, sentence, short_word

        level = "red" if peer.needs_hand else "fine" if peer.state == "online" else "gray"
        word = (
            tr("보내는 중") if peer.busy else tr("안 닿음") if peer.state == "offline" else short_word(peer)
        )
        acts = [(JOIN, tr("다시 등록"))] if peer.state == "refused" else []
        if peer.kind == HUB:
            acts.append(("remove", tr("빼기")))
        icon = "wifi" if peer.state == "online" else "alert" if peer.needs_hand else "wifi-off"
        title = f"{peer_words(peer.kind)} · {_host(peer.url)}"
        return Way(f"peer_{at}", icon, title, sentence(peer), word, level, tuple(acts), peer.url)

    def _trouble(self, status: SyncStatus) -> list[Way]:
        if not status.trouble:
            return []
        return [Way("trouble", "alert", tr("이 컴퓨터"), status.trouble, tr("살펴보기"), "red")]

    def _stick(self) -> Way:
        detail = tr("인터넷이 없어도 담당자에게 가져다줄 수 있어요. 몇 번을 담고 받아도 두 번 세지 않아요.")
        acts = (("write", tr("USB에 담기")), ("read", tr("USB에서 받기")))
        return Way("stick", "unsent", tr("USB"), detail, "", "gray", acts)

    def _copy(self, status: SyncStatus) -> Way:
        title = tr("둘째 사본")
        if not status.folder:
            detail = tr("USB를 꽂아 두면 판 것을 그때그때 한 번 더 적어요.")
            return Way("copy", "disk", title, detail, tr("안 씀"), "gray", (("folder", tr("폴더 고르기")),))
        acts = (("folder", tr("다른 폴더")), ("no_folder", tr("그만 쓰기")))
        if not status.copied:
            detail = tr(
                "적을 수 없어요 ({folder}). USB를 다시 꽂으면 빠진 것까지 저절로 적어요.",
                folder=status.folder,
            )
            return Way("copy", "alert", title, detail, tr("USB 없음"), "amber", acts)
        if status.same_disk:
            detail = tr(
                "장부와 같은 디스크예요 ({folder}). 디스크가 고장 나면 함께 잃어요.", folder=status.folder
            )
            return Way("copy", "alert", title, detail, tr("같은 디스크"), "amber", acts)
        return Way("copy", "disk", title, status.folder, tr("적고 있음"), "fine", acts)

    # --- acts ------------------------------------------------------------------------------
    def send_now(self) -> None:
        """No pause is waited for."""
        self.house.sync.now()

    def may_join(self, override: Override | None) -> None:
        """Whether the one at the till may change whom it trades with. Raises right.missing."""
        self.house.sync.may_change(override)

    def join_off(self) -> str:
        """Why nothing can be registered yet."""
        if self.house.practice:
            return tr("연습에서는 등록하지 않아요.")
        return "" if self.url.strip() and self.code.strip() else tr("주소와 등록 코드를 적어요.")

    def take_scan(self, text: str) -> bool:
        """The picture that the server shows beside a new code: address and code at once."""
        words = text.split()
        if len(words) != 3 or words[0] != SCAN_WORD:
            return False
        self.tab, self.url, self.code = JOIN, words[1], words[2]
        return True

    def find_near(self) -> list[tuple[str, str]]:
        """(address, word) of laptops that announce themselves here (slow)."""
        return [(found.url, f"{found.name} · {_host(found.url)}") for found in self.house.sync.find_near()]

    def join(self, override: Override | None = None) -> str:
        """Hand the code in (slow); the sentence for people."""
        self.house.sync.enrol(self.url, self.code, override)
        self.code = ""
        self.tab = SEND
        return tr("등록했어요. 이제 저절로 보내고 받아요.")

    def add_hub(self, override: Override | None = None) -> str:
        """The typed address is the coordinator's laptop; the sentence for people."""
        self.house.sync.add_hub(self.url, override)
        self.url = ""
        self.tab = SEND
        return tr("담당자 노트북을 더했어요.")

    def remove(self, url: str, override: Override | None = None) -> None:
        """Trade with it no more."""
        self.house.sync.remove(url, override)

    def write_bundle(self, path: Path) -> str:
        """Onto the stick (slow); the sentence for people."""
        done = self.house.sync.write_bundle(path)
        return tr("기록 {count}개를 담고 다시 읽어 봤어요. USB를 빼도 돼요.", count=done.sent)

    def read_bundles(self, paths: Sequence[Path]) -> str:
        """From sticks (slow); the sentence for people."""
        done = self.house.sync.read_bundles(paths)
        count = sum(each.received for each in done)
        return tr("새 기록 {count}개를 받았어요.", count=count) if count else tr("모두 이미 있는 기록이에요.")

    def use_folder(self, folder: str, override: Override | None = None) -> None:
        """Where the second copy goes; empty: nowhere."""
        self.house.sync.use_folder(folder, override)

    def choose(self, conflict: Conflict, token: str, override: Override | None = None) -> None:
        """One of two values holds. Raises right.missing, sync.settled."""
        self.house.sync.choose(conflict, token, override)

    def read_notice(self, noticed: Noticed) -> None:
        """Somebody has read it."""
        self.house.sync.read_notice(noticed)


def _host(url: str) -> str:
    return url.split("://", 1)[-1]


def bundle_name(house: House) -> str:
    """What a stick's file is called: `장터-R1-2026-11-20.jangteo`."""
    day = house.days.current()
    on = day.business_date if day is not None else ""
    return "-".join(part for part in (tr("장터"), house.register, on) if part) + ".jangteo"
