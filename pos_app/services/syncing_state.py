"""How the exchange with a peer stands, and what to do about it, in one plain sentence each."""

from dataclasses import dataclass
from datetime import datetime

from pos_app.domain.hangul import with_josa
from pos_app.domain.market_day import KOREA
from pos_app.i18n.texts import language, tr

SERVER, HUB = "server", "hub"
ONLINE, NEW = "online", "new"
# A line that is not there is no trouble of anybody's: the till sells on and tries again by itself.
GREY = (ONLINE, NEW, "offline", "cut", "busy")


@dataclass(frozen=True, slots=True)
class PeerState:
    """One peer as it was last met; times are ISO, empty: never."""

    url: str
    kind: str
    name: str = ""
    fault: str = ""  # a channel's reason, empty: the last try went well
    since: str = ""  # when that began
    ok_at: str = ""
    tried_at: str = ""
    busy: bool = False

    @property
    def state(self) -> str:
        """online, new, or what is wrong."""
        return self.fault or (ONLINE if self.ok_at else NEW)

    @property
    def needs_hand(self) -> bool:
        """Whether somebody has to do something before it can go on."""
        return self.state not in GREY


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """Everything the strip and the screen ask at once; the central server stands first."""

    enrolled: bool = False
    peers: tuple[PeerState, ...] = ()
    busy: bool = False
    trouble: str = ""  # of this computer's own store or of the second copy
    folder: str = ""  # of the second copy
    copied: bool = True  # the second copy is there and whole
    same_disk: bool = False  # … on the very disk that it should outlive
    sent: int = 0
    received: int = 0

    @property
    def first(self) -> PeerState | None:
        """The server, or the hub where there is no server."""
        return self.peers[0] if self.peers else None


def clock_words(at: str) -> str:
    """`14:05`, with the day in front when it was another day."""
    if not at:
        return ""
    then = datetime.fromisoformat(at).astimezone(KOREA)
    same = then.date() == datetime.now(KOREA).date()
    return then.strftime("%H:%M") if same else then.strftime("%m-%d %H:%M")


def peer_words(kind: str) -> str:
    """What people call a peer."""
    return tr("담당자 노트북") if kind == HUB else tr("서버")


def short_word(state: PeerState | None) -> str:
    """For the strip's cell."""
    if state is None:
        return tr("안 씀")
    words = {
        ONLINE: tr("연결됨"),
        NEW: tr("찾는 중"),
        "offline": tr("없음"),
        "cut": tr("자주 끊김"),
        "busy": tr("서버 바쁨"),
        "portal": tr("와이파이 로그인"),
        "refused": tr("다시 등록"),
        "untrusted": tr("인증서 살펴보기"),
        "newer": tr("새 판 필요"),
        "full": tr("서버 가득 참"),
    }
    return words.get(state.state, tr("담당자에게"))


def _with(who: str, pair: str) -> str:
    """A peer with its particle; other languages have none."""
    return with_josa(who, pair) if language() == "ko" else who


def sentence(state: PeerState) -> str:
    """What is wrong with a peer, that the sale is safe, and what to do."""
    who, at = peer_words(state.kind), clock_words(state.since)
    does, whom = _with(who, "이/가"), _with(who, "을/를")
    together, ok = _with(who, "과/와"), clock_words(state.ok_at)
    words = {
        ONLINE: tr("{who} 이어져 있어요. {time}에 맞췄어요.", who=together, time=ok),
        NEW: tr("{who} 찾고 있어요.", who=whom),
        "offline": tr(
            "{time}부터 {who}에 닿지 않아요. 그대로 팔면 이어질 때 저절로 보내요.", time=at, who=who
        ),
        "cut": tr("{time}부터 자꾸 끊겨요. 보낸 데까지는 남고, 이어질 때마다 저절로 보내요.", time=at),
        "busy": tr("{who} 바빠요. 조금 뒤에 저절로 다시 보내요.", who=does),
        "portal": tr("와이파이가 로그인 화면을 보여 줘요. 인터넷 창을 열어 와이파이에 로그인해요."),
        "refused": tr(
            "{who} 이 계산대를 받지 않아요. 담당자에게 새 등록 코드를 받아 다시 등록해요.", who=does
        ),
        "untrusted": tr(
            "{who}의 인증서를 믿을 수 없어서 보내지 않았어요. 컴퓨터 날짜를 맞추고, 그래도면 담당자에게 알려요.",
            who=who,
        ),
        "newer": tr(
            "{who} 더 새로운 판이에요. 그대로 팔 수 있어요. 장이 끝나면 장터포스를 올려요.", who=does
        ),
        "full": tr("{who}의 디스크가 가득 찼어요. 담당자에게 알려요. 판매는 여기 저장돼요.", who=who),
    }
    other = tr("{who}의 대답을 알 수 없어요. 판매는 여기 저장돼요. 담당자에게 알려요.", who=who)
    return words.get(state.state, other)
