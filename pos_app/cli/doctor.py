"""Finds what is wrong with this till and says what to do."""

import os
import platform
import sys
from dataclasses import asdict, dataclass

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, REFUSED, WORLD, give, give_json
from pos_app.domain.errors import DomainError
from pos_app.hardware.transports import query_state
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import resources
from pos_app.services.house import House
from pos_app.storage.engine import SQLITE_VERSION

OK, LOOK, BAD = "ok", "look", "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: state ok, look or bad, what was seen, what to do."""

    name: str
    state: str
    seen: str
    advice: str = ""


def run(context: Context) -> int:
    """Look at everything; exit 0 when all is well, 1 when something needs a person, 3 when it can't open."""
    checks = [_program(), _resources()]
    try:
        with context.house(acting=False) as house:
            checks += [
                _home(context),
                *_store(house),
                _disk(house),
                _clock(house),
                _printer(house),
                _day(house),
            ]
        code = DONE
    except EnvironmentFault as fault:
        checks.append(Check(tr("장부"), BAD, fault.title, fault.advice))
        code = WORLD
    if code == DONE and any(check.state == BAD for check in checks):
        code = REFUSED
    if context.json:
        give_json({"home": str(context.home), "checks": [asdict(check) for check in checks]})
        return code
    marks = {OK: tr("좋음"), LOOK: tr("살펴봐요"), BAD: tr("고쳐야 해요")}
    for check in checks:
        give(
            f"[{marks[check.state]}] {check.name}: {check.seen}"
            + (f"\n    → {check.advice}" if check.advice else "")
        )
    return code


def _program() -> Check:
    seen = f"Python {platform.python_version()}, SQLite {SQLITE_VERSION}, {sys.platform}"
    return Check(tr("프로그램"), OK, seen)


def _resources() -> Check:
    missing = [
        name for name in ("fonts/NanumGothic.ttf", "icons/cash.svg") if not (resources() / name).is_file()
    ]
    if missing:
        return Check(
            tr("딸린 파일"), BAD, tr("없는 파일: {files}", files=", ".join(missing)), tr("다시 설치해요.")
        )
    return Check(tr("딸린 파일"), OK, tr("모두 있어요"))


def _home(context: Context) -> Check:
    home = context.home
    if not os.access(home, os.W_OK):
        return Check(tr("데이터 폴더"), BAD, str(home), tr("이 폴더에 쓸 수 없어요. 권한을 고쳐요."))
    return Check(tr("데이터 폴더"), OK, str(home))


def _store(house: House) -> list[Check]:
    found = house.integrity.verify()
    checks = []
    if found.integrity != "ok":
        checks.append(Check(tr("장부 파일"), BAD, found.integrity, tr("프로그램을 닫고 사본에서 되살려요.")))
    if found.findings:
        first = found.findings[0]
        seen = tr(
            "{count}곳이 맞지 않아요 ({code}, {log}:{seq})",
            count=len(found.findings),
            code=first.code,
            log=first.log[:8],
            seq=first.seq,
        )
        checks.append(
            Check(
                tr("장부의 사슬"),
                BAD,
                seen,
                tr("파일을 그대로 두고 담당자에게 알려요. 판매는 계속할 수 있어요."),
            )
        )
    else:
        checks.append(Check(tr("장부의 사슬"), OK, tr("기록 {events}개가 모두 맞아요", events=found.events)))
    waiting = house.health.unsynced()
    if waiting.count:
        checks.append(
            Check(
                tr("미전송"),
                LOOK,
                tr("이 컴퓨터에만 있는 기록 {count}개", count=waiting.count),
                tr("지우거나 초기화하지 않아요."),
            )
        )
    return checks


def _disk(house: House) -> Check:
    state = house.health.disk()
    seen = tr("남은 자리 {size}MB", size=state.free_bytes // 1_000_000)
    return Check(
        tr("디스크"), LOOK if state.low else OK, seen, tr("필요 없는 파일을 지워요.") if state.low else ""
    )


def _clock(house: House) -> Check:
    state = house.health.clock()
    return Check(tr("시계"), OK if state.ok else LOOK, state.sentence or tr("맞아요"))


def _printer(house: House) -> Check:
    try:
        target = house.papers.target()
    except DomainError as refusal:
        return Check(tr("인쇄기"), BAD, sentence(refusal))
    if target is None:
        return Check(
            tr("인쇄기"),
            LOOK,
            tr("정한 인쇄기가 없어요"),
            tr("설정에서 인쇄기를 정하거나 영수증 없이 팔아요."),
        )
    state = query_state(target)
    if state is None or not state.answered:
        return Check(
            tr("인쇄기"),
            LOOK,
            tr("{uri}: 대답이 없어요", uri=target.uri),
            tr("전원과 선을 봐요. 대답하지 않는 인쇄기도 있어요."),
        )
    if state.trouble:
        return Check(tr("인쇄기"), BAD, f"{target.uri}: {state.trouble}", tr("종이와 덮개를 봐요."))
    return Check(tr("인쇄기"), OK, target.uri)


def _day(house: House) -> Check:
    day = house.days.current()
    if day is None:
        return Check(tr("장터"), LOOK, tr("아직 연 장터가 없어요"), tr("업체·품목을 가져오고 장터를 열어요."))
    return Check(tr("장터"), OK, f"{day.market} {day.business_date}")
