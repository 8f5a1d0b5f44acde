"""Looks a till over and says of each thing how it is, in words, and what to do."""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.hardware.transports import query_state
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import Home, resources
from pos_app.runtime.version import version
from pos_app.services import disk_guard
from pos_app.services.crash_reports import CrashReports
from pos_app.storage.engine import SQLITE_VERSION
from pos_app.storage.versions import FOLD_VERSION, LOCAL_VERSION
from sync.certificates import NotCertified
from sync.certificates import read as read_certificate

if TYPE_CHECKING:
    from pos_app.services.backup_places import Copy
    from pos_app.services.house import House

OK, LOOK, BAD = "ok", "look", "bad"
STALE = timedelta(hours=3)
RENEW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: state ok, look or bad, what was seen, what to do; `code` never changes."""

    code: str
    name: str
    state: str
    seen: str
    advice: str = ""


def worst(checks: list[Check]) -> str:
    """The state of the whole."""
    states = {check.state for check in checks}
    return BAD if BAD in states else LOOK if LOOK in states else OK


class Doctor:
    """Slow, never on the main thread."""

    def __init__(self, house: "House") -> None:
        self._house = house

    def checks(self) -> list[Check]:
        """Everything, one after another; what cannot be looked at says so."""
        found = [*bare_checks(self._house.desk.home)]
        looks: tuple[Callable[[], Iterator[Check]], ...] = (
            self._store, self._copies, self._disk, self._clock, self._printers, self._network,
            self._enrolment, self._day,
        )  # fmt: skip
        for look in looks:
            try:
                found += look()
            except EnvironmentFault as fault:
                found.append(Check(look.__name__.strip("_"), tr("장부"), BAD, fault.title, fault.advice))
        return found

    def bundle(self, path: Path) -> Path:
        """A zip to send when help is asked for; its file. Raises EnvironmentFault."""
        # lazy: it looks everything over itself
        from pos_app.services.support_bundle import write

        return write(self._house, path)

    def _store(self) -> Iterator[Check]:
        found = self._house.integrity.verify()
        name = tr("장부 파일")
        if found.integrity == "ok":
            yield Check("store", name, OK, tr("읽어 봐서 맞아요"))
        else:
            advice = tr("프로그램을 닫았다가 다시 열어요. 사본에서 되살릴지 물어봐요.")
            yield Check("store", name, BAD, found.integrity, advice)
        chains = tr("장부의 사슬")
        if found.findings:
            first = found.findings[0]
            seen = tr(
                "{count}곳이 맞지 않아요 ({code}, {log}:{seq})",
                count=len(found.findings),
                code=first.code,
                log=first.log[:8],
                seq=first.seq,
            )
            advice = tr("파일을 그대로 두고 담당자에게 알려요. 판매는 계속할 수 있어요.")
            yield Check("chains", chains, BAD, seen, advice)
        else:
            yield Check("chains", chains, OK, tr("기록 {events}개가 모두 맞아요", events=found.events))

    def _copies(self) -> Iterator[Check]:
        if self._house.practice:
            return
        state = self._house.backups.look_again()
        name = tr("사본")
        if state.behind:
            yield Check(
                "copies_behind", name, BAD, tr("사본에 있는 기록이 장부에 없어요."),
                tr("사본 화면에서 빠진 기록을 되찾아요."),
            )  # fmt: skip
        here, there = self._age(state.here), self._age(state.there)
        if state.second == "off":
            yield Check(
                "copies", name, LOOK,
                tr("이 디스크에만 있어요 ({age})", age=here) if state.here else tr("아직 사본이 없어요"),
                tr("USB나 다른 폴더를 사본 둘 곳으로 정해요. 컴퓨터가 망가져도 되살릴 수 있어요."),
            )  # fmt: skip
        elif state.second == "away":
            seen = tr("{place}: 꽂혀 있지 않아요. 마지막 사본 {age}", place=state.place, age=there)
            yield Check("copies", name, LOOK, seen, tr("USB를 꽂거나 다른 곳을 골라요."))
        elif state.second == "failed":
            yield Check("copies", name, BAD, state.fault, tr("자리를 만들거나 다른 USB를 써요."))
        elif state.there is None or self._stale(state.there):
            yield Check("copies", name, LOOK, tr("마지막 사본 {age}", age=there), tr("사본을 지금 만들어요."))
        else:
            yield Check("copies", name, OK, tr("마지막 사본 {age} ({place})", age=there, place=state.place))

    def _age(self, copy: "Copy | None") -> str:
        if copy is None:
            return tr("없음")
        minutes = (self._house.desk.clock.now() - copy.made_at) // timedelta(minutes=1)
        if minutes < 1:
            return tr("방금")
        if minutes < 120:
            return tr("{minutes}분 전", minutes=minutes)
        return tr("{hours}시간 전", hours=minutes // 60)

    def _stale(self, copy: "Copy") -> bool:
        """Old, while something was written since."""
        events = self._house.health.unsynced().count
        return self._house.desk.clock.now() - copy.made_at > STALE and events != copy.manifest.events

    def _disk(self) -> Iterator[Check]:
        room = disk_guard.room(self._house.desk.home)
        seen = tr("남은 자리 {size}MB", size=room.free_bytes // 1_000_000)
        name = tr("디스크")
        if not room.selling:
            advice = tr("필요 없는 파일을 지워요. 자리가 생기면 바로 이어서 팔아요.")
            yield Check("disk", name, BAD, tr("{seen}. 판매를 멈췄어요.", seen=seen), advice)
        elif self._house.health.disk().low:
            yield Check("disk", name, LOOK, seen, tr("필요 없는 파일을 지워요."))
        else:
            yield Check("disk", name, OK, seen)
        if not room.reserve:
            yield Check(
                "reserve", tr("비상 자리"), LOOK, tr("마감에 쓸 자리를 아직 떼어 두지 않았어요"),
                tr("디스크에 자리가 있으면 창을 연 뒤에 저절로 떼어 둬요."),
            )  # fmt: skip

    def _clock(self) -> Iterator[Check]:
        state = self._house.health.clock()
        now = self._house.desk.clock.local().strftime("%Y-%m-%d %H:%M")
        yield Check(
            "clock", tr("시계"), OK if state.ok else LOOK, state.sentence or tr("맞아요 ({now})", now=now)
        )

    def _printers(self) -> Iterator[Check]:
        name = tr("인쇄기")
        try:
            target = self._house.papers.target()
        except DomainError as refusal:
            yield Check("printer", name, BAD, sentence(refusal))
            return
        if target is None:
            advice = tr("설정에서 인쇄기를 정하거나 영수증 없이 팔아요.")
            yield Check("printer", name, LOOK, tr("정한 인쇄기가 없어요"), advice)
            return
        state = query_state(target)
        if state is None or not state.answered:
            advice = tr("전원과 선을 봐요. 대답하지 않는 인쇄기도 있어요.")
            yield Check("printer", name, LOOK, tr("{uri}: 대답이 없어요", uri=target.uri), advice)
        elif state.trouble:
            yield Check("printer", name, BAD, f"{target.uri}: {state.trouble}", tr("종이와 덮개를 봐요."))
        else:
            yield Check("printer", name, OK, target.uri)

    def _network(self) -> Iterator[Check]:
        waiting = self._house.health.unsynced().count
        if waiting:
            seen = tr("이 컴퓨터에만 있는 기록 {count}개", count=waiting)
            yield Check("unsynced", tr("미전송"), LOOK, seen, tr("지우거나 초기화하지 않아요."))
        how = self._house.health.network()
        name = tr("인터넷")
        if how == "online":
            yield Check("network", name, OK, tr("연결됐어요"))
        elif how == "offline":
            advice = tr("판매에는 문제가 없어요. 선이나 와이파이를 봐요.")
            yield Check("network", name, LOOK, tr("연결되지 않아요"), advice)
        else:
            yield Check("network", name, OK, tr("서버에 등록하지 않고 쓰고 있어요"))
        with self._house.desk.work.read() as rows:
            peers = rows.all('SELECT "name", "url", "last_ok_at", "last_fault" FROM "peer" ORDER BY "url"')
        for peer, url, last, fault in peers:
            when = _spoken(last)
            if fault:
                seen = tr(
                    "{peer}: {fault}, 마지막으로 된 때 {when}", peer=peer or url, fault=fault, when=when
                )
                yield Check("server", tr("서버"), LOOK, seen, tr("인터넷이 되면 저절로 다시 보내요."))
            else:
                seen = tr("{peer}: 마지막으로 된 때 {when}", peer=peer or url, when=when)
                yield Check("server", tr("서버"), OK, seen)

    def _enrolment(self) -> Iterator[Check]:
        """How long the certificates of this device are good; their end stops nothing, and is said in time."""
        with self._house.desk.work.read() as rows:
            found = rows.all('SELECT "data" FROM "certificate" ORDER BY "organisation"')
        name = tr("서버 등록")
        for (data,) in found:
            try:
                held = read_certificate(bytes(data)).certificate
                left = datetime.fromisoformat(held.not_after) - self._house.desk.clock.now()
            except (NotCertified, ValueError, TypeError):
                advice = tr("책임자에게 새 코드를 받아 다시 등록해요. 판매는 그대로 할 수 있어요.")
                yield Check("enrolment", name, LOOK, tr("등록증을 읽을 수 없어요"), advice)
                continue
            seen = tr("{name}, {date}까지", name=held.name, date=held.not_after[:10])
            if left > RENEW:
                yield Check("enrolment", name, OK, seen)
            else:
                advice = tr("책임자에게 새 코드를 받아 다시 등록해요. 판매와 보내기는 그때까지 그대로 돼요.")
                yield Check("enrolment", name, LOOK, seen, advice)

    def _day(self) -> Iterator[Check]:
        day = self._house.days.current()
        if day is None:
            advice = tr("업체·품목을 가져오고 장터를 열어요.")
            yield Check("day", tr("장터"), LOOK, tr("아직 연 장터가 없어요"), advice)
        else:
            yield Check("day", tr("장터"), OK, f"{day.market} {day.business_date} {self._house.register}")


def _spoken(at: str) -> str:
    try:
        return datetime.fromisoformat(at).strftime("%m-%d %H:%M")
    except ValueError:
        return tr("아직 없음")


def bare_checks(home: Home) -> Iterator[Check]:
    """What can be looked at without opening the store."""
    seen = (
        f"{tr('장터포스')} {version()}, Python {platform.python_version()}, SQLite {SQLITE_VERSION}, "
        f"{sys.platform}, {tr('장부 꼴 {local}.{fold}', local=LOCAL_VERSION, fold=FOLD_VERSION)}"
    )
    yield Check("program", tr("프로그램"), OK, seen)
    missing = [
        name for name in ("fonts/NanumGothic.ttf", "icons/cash.svg") if not (resources() / name).is_file()
    ]
    if missing:
        lacking = tr("없는 파일: {files}", files=", ".join(missing))
        yield Check("files", tr("딸린 파일"), BAD, lacking, tr("다시 설치해요."))
    else:
        yield Check("files", tr("딸린 파일"), OK, tr("모두 있어요"))
    if os.access(home.root, os.W_OK) or not home.root.exists():
        yield Check("home", tr("데이터 폴더"), OK, str(home.root))
    else:
        advice = tr("이 폴더에 쓸 수 없어요. 권한을 고쳐요.")
        yield Check("home", tr("데이터 폴더"), BAD, str(home.root), advice)
    reports = CrashReports(home).all()
    if reports:
        advice = tr("점검 묶음을 만들어 사무국에 보내 주시면 고칠게요.")
        yield Check("crashes", tr("뜻밖의 일"), LOOK, tr("적어 둔 것 {count}건", count=len(reports)), advice)
