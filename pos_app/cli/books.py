"""Commands on the books: import, reports, verify, rebuild, digest."""

from pathlib import Path

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, REFUSED, give, give_json, say
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import tr
from pos_app.services.imports import ImportRefused


def take(context: Context) -> int:
    """Import a workbook or CSV."""
    args = context.args
    with context.house() as house:
        try:
            done = house.imports.workbook(Path(args.file), dry_run=args.dry_run, strict=args.strict)
        except ImportRefused as refusal:
            _name(refusal.bad)
            if context.json:
                give_json(
                    {"vendors": 0, "products": 0, "bad": _cells(refusal.bad), "sentence": sentence(refusal)}
                )
            else:
                say(sentence(refusal))
            return REFUSED
    if context.json:
        give_json(
            {
                "vendors": done.vendors,
                "products": done.products,
                "bad": _cells(done.bad),
                "warnings": _cells(done.warnings),
                "changed": done.changed,
            }
        )
    else:
        say(
            tr(
                "업체 {vendors}곳, 품목 {products}개를 가져왔어요.",
                vendors=done.vendors,
                products=done.products,
            )
        )
    _name(done.bad)
    for cell, reason in done.warnings:
        say(tr("살펴봐요 {cell}: {reason}", cell=cell, reason=reason))
    return REFUSED if done.bad else DONE


def _cells(cells: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"cell": cell, "reason": reason} for cell, reason in cells]


def _name(cells: tuple[tuple[str, str], ...]) -> None:
    for cell, reason in cells:
        say(f"{cell}: {reason}")


def verify(context: Context) -> int:
    """Whether the chains of the journal hold."""
    with context.house(acting=False) as house:
        found = house.integrity.verify()
    holds = not found.findings and found.integrity == "ok"
    if context.json:
        findings = [{"code": f.code, "log": f.log, "seq": f.seq, "detail": f.detail} for f in found.findings]
        give_json(
            {
                "ok": holds,
                "events": found.events,
                "logs": found.logs,
                "file": found.integrity,
                "findings": findings,
            }
        )
    elif holds:
        say(tr("장부 {logs}권, 기록 {events}개의 사슬이 모두 맞아요.", logs=found.logs, events=found.events))
    for finding in found.findings:
        say(
            tr(
                "맞지 않아요: {log} {seq}번째 기록 ({detail})",
                log=finding.log[:12],
                seq=finding.seq,
                detail=finding.detail,
            )
        )
    if found.integrity != "ok":
        say(tr("장부 파일이 상했어요: {detail}", detail=found.integrity))
    return DONE if holds else REFUSED


def rebuild(context: Context) -> int:
    """Tables from the journal, compared with what they were."""
    with context.house() as house:
        done = house.integrity.rebuild()
    if context.json:
        give_json({"ok": not done.different, "events": done.events, "different": list(done.different)})
    elif done.different:
        say(tr("표를 다시 만들었어요. 전과 달랐던 표: {tables}", tables=", ".join(done.different)))
    else:
        say(tr("기록 {events}개에서 표를 다시 만들었고, 전과 똑같아요.", events=done.events))
    return REFUSED if done.different else DONE


def digest(context: Context) -> int:
    """One digest of all facts."""
    with context.house(acting=False) as house:
        value = house.integrity.digest()
    if context.json:
        give_json({"digest": value})
    else:
        give(value)
    return DONE
