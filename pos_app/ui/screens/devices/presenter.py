"""Decides on the screen of sync and devices: what waits, how old it is, and what can be tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.printers import trouble
from pos_app.ui.screens.printers.presenter import opens_drawer, paper_words, place_words

if TYPE_CHECKING:
    from pos_app.facts.sales import Override
    from pos_app.ui.screens.house import House
    from pos_app.ui.screens.views import JobView, PrinterView



@dataclass(frozen=True, slots=True)
class Device:
    """One device as a row; level fine, amber, red or gray; `act` names the try key, `off` why it is off."""

    name: str
    icon: str
    title: str
    detail: str
    word: str
    level: str
    act: str = ""
    printer: str | None = None
    off: str = ""


class DevicesPresenter:
    """The state of everything outside the till."""

    def __init__(self, house: House) -> None:
        self.house = house

    def devices(self) -> list[Device]:
        """The rows at the left."""
        return [*self._printers(), self._drawer(), self._scanner(), self._disk(), self._clock()]

    def _printers(self) -> list[Device]:
        views = self.house.papers.printers()
        if not any(view.name == "" for view in views):
            detail = tr("인쇄기를 아직 안 정했어요")
            none = Device(
                "printer_none",
                "printer",
                tr("영수증 인쇄기"),
                detail,
                tr("없음"),
                "gray",
                tr("인쇄기 정하기"),
            )
            return [none, *(self._printer(at, view) for at, view in enumerate(views))]
        return [self._printer(at, view) for at, view in enumerate(views)]

    def _printer(self, at: int, view: PrinterView) -> Device:
        detail = f"{place_words(view.uri)} · {paper_words(view.uri)}"
        if view.waiting:
            detail = tr("{count}장 기다림", count=view.waiting)
        title = view.name or tr("영수증 인쇄기")
        level = "red" if view.needs_hand else "fine"
        name = f"printer_{at}"
        return Device(name, "printer", title, detail, view.word, level, tr("시험 인쇄"), view.name)

    def _drawer(self) -> Device:
        title, act = tr("돈통"), tr("열어 보기")
        if self.house.practice:
            off = tr("연습에서는 돈통을 열지 않아요.")
        elif not self.house.settings.get("printer_uri"):
            off = tr("돈통은 인쇄기에 이어요. 인쇄기를 먼저 정해요.")
        elif self.house.settings.get("drawer") != "1" or not opens_drawer(
            self.house.settings.get("printer_uri")
        ):
            off = tr("돈통을 안 쓰고 있어요. 인쇄기 점검표에서 켤 수 있어요.")
        else:
            return Device("drawer", "cash", title, tr("인쇄기에 이어져 있어요"), tr("씀"), "fine", act)
        return Device("drawer", "cash", title, off, tr("안 씀"), "gray", act, off=off)

    def test(self, printer: str) -> None:
        """Print the test page. Raises printer.*"""
        self.house.papers.test(printer)

    def open_drawer(self, override: Override | None = None) -> None:
        """Let the drawer open, written down with its reason. Raises right.missing, drawer.*"""
        self.house.papers.open_drawer(tr("돈통 점검"), override)

    def _scanner(self) -> Device:
        detail = tr("어느 화면에서나 찍으면 담겨요")
        return Device("scanner", "barcode", tr("바코드 스캐너"), detail, tr("준비됨"), "fine")

    def _disk(self) -> Device:
        disk = self.house.health.disk()
        room = wording.free_words(disk.free_bytes)
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
        return wording.oldest(self.house.health.unsynced())

    def comfort(self) -> str:
        """What is always true."""
        return tr("모두 이 컴퓨터에 안전하게 저장돼 있어요. 인터넷이 돌아오면 저절로 보내요.")

    def network_words(self) -> tuple[str, str]:
        """Icon and sentence of the network."""
        first = self.house.sync.status().first
        if first is None:
            return "wifi-off", tr("아직 등록하지 않았어요. 그대로 팔 수 있어요.")
        # lazy: the words of states are read with the first peer
        from pos_app.services.syncing_state import sentence

        return "wifi" if first.state == "online" else "wifi-off", sentence(first)

    def jobs(self) -> Sequence[JobView]:
        """The printer's queue, what needs a hand first."""
        order = {"unknown": 0, "failed": 1, "queued": 2, "sending": 3}
        return sorted(self.house.papers.queue(), key=lambda job: order.get(job.state, 4))

    def job_word(self, job: JobView) -> tuple[str, str]:
        """A job's state in a word, and its badge role."""
        if job.held:
            return tr("밀림"), "warn"
        words = {
            "queued": (tr("기다림"), "gray"),
            "sending": (tr("나오는 중"), "info"),
            "unknown": (tr("나왔는지 봐 주세요"), "warn"),
            "failed": (tr("안 나왔어요"), "bad"),
        }
        return words.get(job.state, (job.state, "gray"))

    def job_detail(self, job: JobView) -> str:
        """When it was made, where it goes, and what stopped it."""
        place = job.printer if job.printer and "://" not in job.printer else ""
        copy = tr("재발행 {number}", number=job.copy_no) if job.copy_no else ""
        said = trouble.reason(job.error)
        return " · ".join(part for part in (wording.clock(job.at), copy, place, said) if part)

    def job_acts(self, job: JobView) -> list[tuple[str, str]]:
        """What may be done with a paper: (act, word)."""
        acts: list[tuple[str, str]] = []
        if job.state == "unknown":
            acts.append(("out", tr("나왔어요")))
        if job.state in ("failed", "unknown"):
            acts.append(("retry", tr("다시 인쇄하기")))
        if job.state == "sending":
            return acts
        if self.others(job):
            acts.append(("move", tr("다른 인쇄기로")))
        acts.append(("pdf", tr("PDF로 저장")))
        acts.append(("cancel", tr("그만두기")))
        return acts

    def others(self, job: JobView) -> list[tuple[str, str]]:
        """(name, title) of the printers a paper could go to instead."""
        views = self.house.papers.printers()
        return [(view.name, view.name or tr("영수증 인쇄기")) for view in views if view.name != job.printer]

    def act(self, act: str, job_id: str) -> None:
        """What a person decided about a paper. Raises print.*, right.missing"""
        papers = self.house.papers
        {"out": papers.came_out, "retry": papers.retry, "cancel": papers.cancel}[act](job_id)

    def move(self, job_id: str, printer: str) -> None:
        """To another printer. Raises print.*, printer.*"""
        self.house.papers.move(job_id, printer)

    def save_pdf(self, job_id: str, path: Path) -> None:
        """Write it as PDF (slow). Raises EnvironmentFault."""
        self.house.papers.to_pdf(job_id, path)

    def backlog(self) -> tuple[str, str, list[tuple[str, str]]] | None:
        """The question about receipts that waited too long: title, sentence, (act, word)."""
        return backlog_question(self.house)


def backlog_question(house: House) -> tuple[str, str, list[tuple[str, str]]] | None:
    """Title, sentence and (act, word) of the receipts that wait for a word, None when there are none."""
    waiting = house.papers.backlog()
    if waiting is None:
        return None
    return (
        tr("영수증 {count}장이 기다려요. 모두 인쇄할까요?", count=waiting.count),
        tr(
            "가장 오래된 것은 {time}에 판 것이에요. 판매는 모두 저장돼 있어요.",
            time=wording.clock(waiting.oldest),
        ),
        [("print", tr("{count}장 인쇄하기", count=waiting.count)), ("drop", tr("버리기"))],
    )


def settle_backlog(house: House, act: str) -> str:
    """Print or drop them; what to say."""
    if act == "print":
        return tr("{count}장을 인쇄해요", count=house.papers.print_backlog())
    count = house.papers.drop_backlog()
    return tr("{count}장을 버렸어요. 영수증 목록에서 다시 뽑을 수 있어요.", count=count)
