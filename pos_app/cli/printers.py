"""Commands for the printers of a till: choose and find them, their queue, and the drawer."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import msgspec

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, WORLD, give, give_json, say
from pos_app.domain.errors import DomainError
from pos_app.hardware.printer_uri import parse
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.house import House
from pos_app.services.printers import RECEIPTS

_LOOKING = ("list", "queue", "find", "check")


def printer(context: Context) -> int:
    """One step with the printers of this till."""
    step = context.args.step
    with context.house(acting=step not in _LOOKING) as house:
        return STEPS[step](context, house)


def _list(context: Context, house: House) -> int:
    printers = house.papers.printers()
    if context.json:
        give_json({"printers": [asdict(each) for each in printers]})
        return DONE
    for each in printers:
        count = tr("{count}장 대기", count=each.waiting) if each.waiting else ""
        give("  ".join(part for part in (each.name or tr("영수증"), each.uri, each.word, count) if part))
    if not printers:
        give(tr("정한 인쇄기가 없어요. jangteo printer use socket://주소:9100"))
    return DONE


def _use(context: Context, house: House) -> int:
    house.papers.set_printer(RECEIPTS, context.args.uri)
    return _said(
        context,
        tr("이 계산대의 인쇄기로 정했어요: {uri}", uri=context.args.uri),
        name=RECEIPTS,
        uri=context.args.uri,
    )


def _add(context: Context, house: House) -> int:
    name, uri = context.args.name, context.args.uri
    if not name.strip():
        raise DomainError("printer.bad_name", name=name)  # the receipt printer is chosen with `use`
    house.papers.set_printer(name, uri)
    return _said(context, tr("{name} 인쇄기로 정했어요: {uri}", name=name, uri=uri), name=name, uri=uri)


def _remove(context: Context, house: House) -> int:
    name = context.args.name
    house.papers.remove_printer(name)
    return _said(context, tr("{name} 인쇄기를 지웠어요.", name=name), name=name)


def _find(context: Context, house: House) -> int:
    found = house.papers.find()
    if context.json:
        give_json({"found": [msgspec.structs.asdict(each) for each in found]})
        return DONE
    for each in found:
        give("  ".join(part for part in (each.uri, each.title, each.detail) if part))
    if not found:
        say(tr("보이는 인쇄기가 없어요. 랜 인쇄기는 jangteo printer check 주소로 살펴봐요."))
    return DONE


def _check(context: Context, house: House) -> int:
    target = parse(f"socket://{context.args.address}")
    answer = house.papers.check_address(target.host, target.port)
    words = {
        "printer": tr("인쇄기가 대답했어요: {uri}", uri=target.uri),
        "silent": tr("연결은 되는데 대답이 없어요: {uri}. 점검 인쇄를 해 봐요.", uri=target.uri),
        "refused": tr("그 주소의 기계가 받아 주지 않아요: {uri}", uri=target.uri),
    }
    said = words.get(answer, tr("그 주소에 아무것도 없어요: {uri}", uri=target.uri))
    _said(context, said, uri=target.uri, answer=answer)
    return DONE if answer in ("printer", "silent") else WORLD


def _proof(context: Context, house: House) -> int:
    uri = context.args.uri or house.papers.uri()
    if not uri:
        raise DomainError("printer.none")
    return _bring(
        context, house, house.papers.proof(uri), tr("점검표를 보냈어요. 번호마다 바르게 나왔는지 봐요.")
    )


def _test(context: Context, house: House) -> int:
    return _bring(context, house, house.papers.test(), tr("시험 인쇄를 보냈어요."))


def _queue(context: Context, house: House) -> int:
    jobs = [asdict(job) for job in house.papers.queue()]
    if context.json:
        give_json({"jobs": jobs})
        return DONE
    for job in jobs:
        state = "held" if job["held"] else job["state"]
        give(
            "  ".join(
                part
                for part in (job["id"], f"{state:<8}", job["printer"], job["title"], job["error"])
                if part
            )
        )
    return DONE


def _retry(context: Context, house: House) -> int:
    job = context.args.job
    return _bring(context, house, house.papers.retry(job), tr("다시 보냈어요."), keep=True)


def _again(context: Context, house: House) -> int:
    return _bring(context, house, house.papers.again(context.args.job), tr("재발행으로 보냈어요."), keep=True)


def _move(context: Context, house: House) -> int:
    job = house.papers.move(context.args.job, context.args.name)
    return _bring(context, house, job, tr("옮겨서 보냈어요."), keep=True)


def _cancel(context: Context, house: House) -> int:
    house.papers.cancel(context.args.job)
    return _said(context, tr("그 종이를 버렸어요."), job=context.args.job, state="cancelled")


def _came_out(context: Context, house: House) -> int:
    house.papers.came_out(context.args.job)
    return _said(context, tr("나온 것으로 적었어요."), job=context.args.job, state="printed")


def _pdf(context: Context, house: House) -> int:
    path = Path(context.args.output)
    house.papers.to_pdf(context.args.job, path)
    return _said(context, tr("PDF로 적었어요: {file}", file=path), job=context.args.job, file=str(path))


def _drawer(context: Context, house: House) -> int:
    job = house.papers.open_drawer(context.args.reason or tr("명령으로 열기"))
    house.papers.step(only=job)
    state = house.papers.state(job)
    if state != "printed":
        raise EnvironmentFault(
            tr("돈통을 열지 못했어요."), tr("인쇄기 전원과 선, 종이를 봐요. 열쇠로도 열 수 있어요.")
        )
    return _said(context, tr("돈통을 열었어요."), job=job, state=state)


def _bring(context: Context, house: House, job: str, done: str, keep: bool = False) -> int:
    """Send one paper now; what this printer can't take is let go unless it is kept in the queue."""
    house.papers.step(house.papers.job_printer(job), only=job)
    state = house.papers.state(job)
    if state == "printed":
        return _said(context, done, job=job, state=state)
    if state == "queued" and not keep:
        house.papers.cancel(job)
    if state == "queued":
        raise EnvironmentFault(tr("인쇄기에 닿지 못했어요."), tr("전원과 선을 봐요."))
    return _said(
        context, tr("인쇄기가 끝까지 받았는지 알 수 없어요. 종이를 봐요."), job=job, state=state, code=WORLD
    )


def _said(context: Context, words: str, code: int = DONE, **document: str) -> int:
    say(words)
    if context.json:
        give_json(document)
    return code


STEPS: dict[str, Callable[[Context, House], int]] = {
    "list": _list,
    "use": _use,
    "add": _add,
    "remove": _remove,
    "find": _find,
    "check": _check,
    "proof": _proof,
    "test": _test,
    "queue": _queue,
    "retry": _retry,
    "again": _again,
    "move": _move,
    "cancel": _cancel,
    "came-out": _came_out,
    "pdf": _pdf,
    "drawer": _drawer,
}
