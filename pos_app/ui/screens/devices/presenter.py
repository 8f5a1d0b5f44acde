"""Decides on the screen of sync and devices: what waits, how old it is, and what can be tried."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House
from pos_app.ui.screens.views import JobView

GIGA = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Device:
    """One device as a row; level fine, amber, red or gray; `act` names the try key."""

    name: str
    icon: str
    title: str
    detail: str
    word: str
    level: str
    act: str = ""


class DevicesPresenter:
    """The state of everything outside the till."""

    def __init__(self, house: House) -> None:
        self.house = house

    def devices(self) -> list[Device]:
        """The rows at the left."""
        return [self._printer(), self._scanner(), self._disk(), self._clock()]

    def _printer(self) -> Device:
        status = self.house.papers.status()
        uri = self.house.settings.get("printer_uri")
        detail = uri or tr("인쇄기를 아직 안 정했어요")
        if status.waiting:
            detail = tr("{count}장 기다림", count=status.waiting)
        level = "red" if status.needs_hand else "fine" if uri else "gray"
        act = tr("시험 인쇄") if uri else tr("인쇄기 정하기")
        return Device("printer", "printer", tr("영수증 인쇄기"), detail, status.word, level, act)

    def _scanner(self) -> Device:
        detail = tr("어느 화면에서나 찍으면 담겨요")
        return Device("scanner", "barcode", tr("바코드 스캐너"), detail, tr("준비됨"), "fine")

    def _disk(self) -> Device:
        disk = self.house.health.disk()
        room = free_words(disk.free_bytes)
        word = tr("모자람") if disk.low else tr("넉넉함")
        return Device("disk", "disk", tr("저장 공간"), room, word, "amber" if disk.low else "fine")

    def _clock(self) -> Device:
        clock = self.house.health.clock()
        word = tr("맞음") if clock.ok else tr("살펴보기")
        return Device("clock", "clock", tr("시계"), clock.sentence, word, "fine" if clock.ok else "amber")

    def unsynced_count(self) -> int:
        """How many wait for the central server."""
        return self.house.health.unsynced().count

    def oldest(self) -> str:
        """The age of the oldest one."""
        unsynced = self.house.health.unsynced()
        if not unsynced.count:
            return tr("모두 보냈어요")
        age = wording.ago(unsynced.oldest_at)
        return tr("가장 오래된 것 {age}", age=age) if age == tr("방금") else tr("가장 오래된 것 {age} 전", age=age)

    def comfort(self) -> str:
        """What is always true."""
        return tr("모두 이 컴퓨터에 안전하게 저장돼 있어요. 인터넷이 돌아오면 저절로 보내요.")

    def network_words(self) -> tuple[str, str]:
        """Icon and sentence of the network."""
        words = {
            "online": ("wifi", tr("연결됐어요")),
            "offline": ("wifi-off", tr("인터넷 없음. 파는 데 문제가 없어요.")),
        }
        return words.get(self.house.health.network(), ("wifi-off", tr("아직 등록하지 않았어요. 그대로 팔 수 있어요.")))

    def jobs(self) -> Sequence[JobView]:
        """The printer's queue, what needs a hand first."""
        order = {"unknown": 0, "failed": 1, "queued": 2, "sending": 3}
        return sorted(self.house.papers.queue(), key=lambda job: order.get(job.state, 4))

    def job_word(self, job: JobView) -> tuple[str, str]:
        """A job's state in a word, and its badge role."""
        words = {
            "queued": (tr("기다림"), "gray"),
            "sending": (tr("나오는 중"), "info"),
            "unknown": (tr("나왔는지 봐 주세요"), "warn"),
            "failed": (tr("안 나왔어요"), "bad"),
        }
        return words.get(job.state, (job.state, "gray"))

    def can_retry(self, job: JobView) -> bool:
        """Whether printing again by hand makes sense."""
        return job.state in ("failed", "unknown")

    def retry(self, job_id: str) -> None:
        """Print again by hand."""
        self.house.papers.retry(job_id)

    def came_out(self, job_id: str) -> None:
        """The paper lies there after all."""
        self.house.papers.came_out(job_id)

    def cancel(self, job_id: str) -> None:
        """Take out of the queue."""
        self.house.papers.cancel(job_id)


def free_words(free_bytes: int) -> str:
    """`38GB 남음`, `1.2GB 남음`."""
    whole, rest = divmod(free_bytes, GIGA)
    room = str(whole) if whole >= 10 else f"{whole}.{rest * 10 // GIGA}"
    return tr("{room}GB 남음", room=room)
