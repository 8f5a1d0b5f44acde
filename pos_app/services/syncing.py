"""Trading events with the server, the coordinator's laptop and USB sticks: what a shell may ask."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services import syncing_book, syncing_peers
from pos_app.services.desk import Desk
from pos_app.services.syncing_copy import SecondCopy
from pos_app.services.syncing_loop import SyncLoop
from pos_app.services.syncing_rounds import OpenChannel, Rounds, reason_of
from pos_app.services.syncing_state import PeerState, SyncStatus
from pos_app.services.syncing_store import SyncStore

if TYPE_CHECKING:
    from pos_app.services.syncing_aside import Aside, AsideList, Noticed
    from pos_app.services.syncing_conflicts import Conflict, Conflicts
    from sync.client.discovery import Found
    from sync.exchange import Channel, ChannelFault, Outcome


@dataclass(frozen=True, slots=True)
class Visited:
    """What one exchange with one peer did; `fault` is empty when it went well."""

    peer: PeerState
    sent: int = 0
    received: int = 0
    asks: int = 0
    bytes_out: int = 0
    bytes_in: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a stick brought or took."""

    file: str
    sent: int = 0
    received: int = 0


class Syncing:
    """One home's exchanges. Nothing here ever makes a sale wait."""

    def __init__(self, desk: Desk, open_channel: OpenChannel | None = None) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self.store = SyncStore(desk)
        self.copy = SecondCopy(desk, self.store)
        self.rounds = Rounds(desk, self.store, open_channel or self._line)
        self._loop = SyncLoop(self.store, self.rounds, self.copy.bring_up)

    def _line(self, peer: PeerState) -> "Channel":
        return syncing_peers.open_line(self._desk, peer)

    # --- beside the window -----------------------------------------------------------------
    def start(self) -> None:
        """Begin exchanging in the background, once; practice never does."""
        if not self._desk.practice:
            self._desk.work.on_commit = self._loop.poke
            with self._lock:
                self._loop.start()

    def stop(self) -> None:
        """End; promptly, also in the middle of an exchange."""
        self._loop.stop()

    def now(self) -> None:
        """Somebody pressed 지금 보내기: no pause is waited for."""
        self._loop.hurry()

    def status(self) -> SyncStatus:
        """How everything stands, without asking anybody."""
        if self._desk.practice:
            return SyncStatus()
        peers = self.rounds.states()
        return SyncStatus(
            enrolled=bool(peers),
            peers=peers,
            busy=any(peer.busy for peer in peers),
            trouble=self._loop.trouble,
            folder=self.copy.folder,
            copied=self.copy.fine,
            same_disk=self.copy.same_disk,
            sent=self.rounds.sent,
            received=self.rounds.received,
        )

    # --- one exchange, now (commands) ------------------------------------------------------
    def exchange_all(self) -> list[Visited]:
        """One exchange with every peer, the server first (slow). Raises sync.practice, sync.no_peer."""
        self._real()
        states = self.rounds.states()
        if not states:
            raise DomainError("sync.no_peer")
        self.copy.bring_up()
        return [self._visit(state) for state in states]

    def _visit(self, state: PeerState) -> Visited:
        # lazy: a till that never syncs never loads it
        from sync.exchange import ChannelFault

        try:
            done = self.rounds.visit(state.url)
        except ChannelFault as fault:
            return _visited(self._latest(state), fault.partial, reason_of(fault))
        return _visited(self._latest(state), done)

    def _latest(self, known: PeerState) -> PeerState:
        return next((state for state in self.rounds.states() if state.url == known.url), known)

    # --- whom with -------------------------------------------------------------------------
    def enrol(self, url: str, code: str, override: Override | None = None) -> PeerState:
        """Join an organisation with a one-time code (slow).

        Raises sync.practice, sync.bad_url, sync.bad_code, right.missing; EnvironmentFault for the network.
        """
        # lazy: see exchange_all
        from sync.exchange import ChannelFault

        self.may_change(override)
        whole = syncing_peers.clean_url(url)
        try:
            answer = syncing_peers.hand_in(self._desk, whole, code)
        except ChannelFault as fault:
            raise _said(fault) from fault
        with self.store.write() as rows:
            state = syncing_peers.keep_certificate(rows, whole, answer, self._desk.clock.stamp())
        self.rounds.reload()
        self.now()
        return state

    def add_hub(self, url: str, override: Override | None = None) -> PeerState:
        """The coordinator's laptop at a typed address. Raises sync.practice, sync.bad_url, sync.known_peer."""
        self.may_change(override)
        whole = syncing_peers.clean_url(url)
        with self.store.write() as rows:
            state = syncing_peers.add_hub(rows, whole)
        self.rounds.reload()
        self.now()
        return state

    def find_near(self) -> "list[Found]":
        """Laptops that announce themselves in this network (slow); a typed address works without."""
        # lazy: only for who looks
        from sync.client.discovery import find

        return find()

    def may_change(self, override: Override | None = None) -> None:
        """Whether the one at the till may say whom it trades with. Raises sync.practice, right.missing."""
        self._real()
        self._desk.require(Action.SETTINGS, override)

    def remove(self, url: str, override: Override | None = None) -> None:
        """Trade with this peer no more; what is here stays here. Raises right.missing."""
        self._desk.require(Action.SETTINGS, override)
        with self.store.write() as rows:
            syncing_book.forget(rows, url)
        self.rounds.reload()

    def enrolled(self) -> bool:
        """Whether an organisation gave this device a certificate."""
        with self._desk.work.read() as rows:
            return syncing_peers.is_enrolled(rows)

    # --- sticks ----------------------------------------------------------------------------
    def write_bundle(self, path: Path) -> Carried:
        """Everything of this home into one file, read again to be sure (slow). Raises EnvironmentFault."""
        # lazy: see exchange_all
        from pos_app.services import syncing_bundles

        self._real()
        return Carried(str(path), sent=syncing_bundles.write(self.store, path))

    def read_bundles(self, paths: Sequence[Path]) -> list[Carried]:
        """Take in what files bring, in any order (slow). Raises sync.bad_bundle, EnvironmentFault."""
        # lazy: see exchange_all
        from pos_app.services import syncing_bundles

        self._real()
        return [
            Carried(str(path), received=syncing_bundles.read(self._desk, self.store, path)) for path in paths
        ]

    # --- what a person should look at ------------------------------------------------------
    @cached_property
    def _conflicts(self) -> "Conflicts":
        # lazy: only for who looks
        from pos_app.services.syncing_conflicts import Conflicts

        return Conflicts(self._desk)

    def conflicts(self) -> "list[Conflict]":
        """둘 다 고쳤어요 (slow)."""
        return self._conflicts.all()

    def choose(self, conflict: "Conflict", token: str, override: Override | None = None) -> None:
        """Let one value hold. Raises right.missing, sync.settled."""
        self._conflicts.choose(conflict, token, override)

    @cached_property
    def aside(self) -> "AsideList":
        """What is set aside, and what was noticed."""
        # lazy: only for who looks
        from pos_app.services.syncing_aside import AsideList

        return AsideList(self._desk)

    def to_look_at(self) -> int:
        """How many notices and records set aside there are: a cheap figure for a badge."""
        return self.aside.count()

    def kept_aside(self) -> "list[Aside]":
        """따로 둔 기록."""
        return self.aside.kept()

    def noticed(self) -> "list[Noticed]":
        """Forks, clocks, devices let go: nobody has read it yet."""
        return self.aside.noticed()

    def read_notice(self, noticed: "Noticed") -> None:
        """Somebody has."""
        self.aside.read(noticed)

    # --- the second copy -------------------------------------------------------------------
    def use_folder(self, folder: str, override: Override | None = None) -> None:
        """Keep a second copy in this folder, empty: no more. Raises right.missing, EnvironmentFault."""
        self._desk.require(Action.SETTINGS, override)
        self.copy.use(folder)
        self._loop.poke()

    def _real(self) -> None:
        if self._desk.practice:
            raise DomainError("sync.practice")


def _visited(peer: PeerState, done: "Outcome | None", fault: str = "") -> Visited:
    if done is None:
        return Visited(peer, fault=fault)
    return Visited(peer, done.sent, done.received, done.asks, done.bytes_out, done.bytes_in, fault)


def _said(fault: "ChannelFault") -> Exception:
    """A channel's fault while enrolling: the code's fault, or the world's."""
    reason = reason_of(fault)
    if reason == "refused":
        return DomainError("sync.bad_code")
    words = {
        "offline": tr("그 주소에 닿지 않아요."),
        "cut": tr("이어졌다가 끊겼어요."),
        "portal": tr("와이파이가 로그인 화면을 보여 줘요."),
        "untrusted": tr("그 주소의 인증서를 믿을 수 없어요."),
        "newer": tr("서버가 더 새로운 판이에요."),
        "busy": tr("서버가 바빠요."),
    }
    advice = {
        "portal": tr("인터넷 창을 열어 와이파이에 로그인한 다음 다시 눌러요."),
        "untrusted": tr("컴퓨터의 날짜와 주소를 살펴보고 담당자에게 알려요."),
        "newer": tr("장터포스를 새 판으로 올린 뒤 다시 눌러요."),
    }
    title = words.get(reason, tr("그 주소에는 장터포스 서버가 없는 것 같아요."))
    return EnvironmentFault(
        title, advice.get(reason, tr("주소와 인터넷을 살펴보고 다시 눌러요. 그대로 팔 수 있어요.")), True
    )
