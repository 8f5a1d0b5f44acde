"""Steps at the end of a market day: status, seal and what follows it, slips, the day's sheet."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pos_app.cli.context import Context
from pos_app.cli.delivering import deliver, save
from pos_app.cli.output import DONE, give, give_json, say
from pos_app.domain.errors import DomainError
from pos_app.domain.market_day import register_name
from pos_app.i18n.closing_words import gap_words, kind_word, slip_words, state_word, todo_words
from pos_app.i18n.formats import won
from pos_app.i18n.texts import tr
from pos_app.printing import plain
from pos_app.services.day_close_board import DayBoard, RegisterLine
from pos_app.services.house import House


def _status(context: Context, house: House) -> int:
    current = house.days.current()
    if current is None:
        raise DomainError("day.none")
    view = house.day_close.overview()
    if context.json:
        give_json({**asdict(current), **_told(view), "by_cooperative": house.day_close.books_apart()})
        return DONE
    sealed = (
        tr("봉인함") if view.sealed and view.complete else tr("잠정 봉인") if view.sealed else tr("봉인 전")
    )
    give(f"{view.market} {view.business_date} · {sealed}")
    for line in view.lines:
        give(f"  {_line_words(line)}")
    give(
        tr(
            "오늘 매출 {amount} (확정 {certain}, 잠정 {provisional})",
            amount=won(view.net_won),
            certain=won(view.certain_won),
            provisional=won(view.provisional_won),
        )
    )
    if len(view.cooperatives) > 1:
        for book in view.cooperatives:
            give(f"  {book.cooperative or tr('소속 없음')}  {won(book.net_won)}")
    for todo in view.todos:
        give("- " + ": ".join(todo_words(todo)))
    for more in view.addenda:
        give(
            tr(
                "추가 {number}호 {amount}: {reason}",
                number=more.number,
                amount=won(more.net_won),
                reason=more.reason,
            )
        )
    if len(view.seals) > 1:
        for seal in view.seals:
            give(f"  {seal.key[:12]}  {seal.at}  {won(seal.net_won)}  {seal.by}{' *' if seal.counts else ''}")
    return DONE


def _line_words(line: RegisterLine) -> str:
    words = [
        line.register,
        state_word(line.state),
        tr("{count}건", count=line.sales_count),
        won(line.net_won),
    ]
    if line.state != "closed":
        words.append(
            tr("마지막 소식 {at}", at=line.since[:16].replace("T", " "))
            if line.since
            else tr("소식을 들은 적이 없어요")
        )
    if line.gaps:
        words.append(tr("빠진 기록 {gaps}", gaps=gap_words(line.gaps)))
    if line.late:
        words.append(tr("늦게 온 기록 {count}개", count=line.late))
    return "  ".join(words)


def _told(view: DayBoard) -> dict[str, Any]:
    return {
        "registers": [
            {**asdict(line), "certain": line.certain, "expected_cash_won": line.expected_cash_won}
            for line in view.lines
        ],
        "sales_count": view.sales_count,
        "net_won": view.net_won,
        "certain_won": view.certain_won,
        "provisional_won": view.provisional_won,
        "complete": view.complete,
        "undecided": view.undecided,
        "late": list(view.late),
        "todos": [{**asdict(todo), "sentence": ": ".join(todo_words(todo))} for todo in view.todos],
        "seals": [asdict(seal) for seal in view.seals],
        "addenda": [asdict(more) for more in view.addenda],
        "slips": [
            {**asdict(slip), "difference_won": slip.difference_won, "differs": slip.differs}
            for slip in view.slips
        ],
        "cut": view.cut,
    }


def _seal(context: Context, house: House) -> int:
    args = context.args
    done = house.day_close.seal(args.provisional, args.reason)
    if context.json:
        give_json(asdict(done))
    elif done.complete:
        say(tr("하루를 봉인했어요. 매출 {amount}", amount=won(done.totals["net_won"])))
    else:
        say(tr("잠정으로 봉인했어요. 아직 소식 없는 계산대: {registers}", registers=", ".join(done.waiting)))
    return DONE


def _addendum(context: Context, house: House) -> int:
    done = house.addenda.add(context.args.reason)
    if context.json:
        give_json(asdict(done))
    else:
        say(
            tr(
                "추가 {number}호를 남겼어요. {registers}, {amount}",
                number=done.number,
                registers=", ".join(done.registers),
                amount=won(done.totals["net_won"]),
            )
        )
    return DONE


def _reopen(context: Context, house: House) -> int:
    keys = house.day_close.reopen(context.args.reason)
    if context.json:
        give_json({"seals": list(keys)})
    else:
        say(tr("하루를 다시 열었어요. 봉인한 것은 그대로 남아 있어요."))
    return DONE


def _choose(context: Context, house: House) -> int:
    key = house.day_close.choose(context.args.seal, context.args.reason)
    if context.json:
        give_json({"seal": key})
    else:
        say(tr("이 봉인으로 정했어요: {key}", key=key[:12]))
    return DONE


def _reconcile(context: Context, house: House) -> int:
    args = context.args
    register = register_name(args.register) if args.register else ""
    for text in args.number:
        _fill_number(house, register, text)
    if not args.kind:
        sheets = house.reconciling.sheets(register)
        if context.json:
            give_json({"slips": [asdict(sheet) for sheet in sheets]})
            return DONE
        for sheet in sheets:
            give(f"{kind_word(sheet.slip.kind)}  {won(sheet.slip.till_won)}  {slip_words(sheet.slip)}")
            for item in sheet.items:
                give(f"  {item.receipt_no}  {won(item.won)}  {item.approval_no}")
        return DONE
    told = house.reconciling.record(
        args.kind,
        args.counted_won,
        register=register,
        count=args.count,
        ticked=_ticked(house, register, args.tick),
        faces=[_face(text) for text in args.face],
        note=args.note,
    )
    if context.json:
        give_json({**asdict(told), "difference_won": told.difference_won, "differs": told.differs})
    else:
        say(f"{kind_word(told.kind)} {won(told.till_won)}: {slip_words(told)}")
    return DONE


def _fill_number(house: House, register: str, text: str) -> None:
    receipt, _, number = text.partition("=")
    cards = [item for sheet in house.reconciling.sheets(register) if sheet.slip.kind == "card"
             for item in sheet.items if item.receipt_no == receipt]  # fmt: skip
    if not cards:
        raise DomainError("card_number.no_card", receipt_no=receipt[:40])
    for card in cards:
        house.reconciling.tell_number(card.sale_id, card.no, number)


def _ticked(house: House, register: str, receipts: list[str]) -> list[tuple[str, int]]:
    if not receipts:
        return []
    items = [
        item
        for sheet in house.reconciling.sheets(register)
        if sheet.slip.kind == "transfer"
        for item in sheet.items
    ]
    if receipts == ["all"]:
        return [(item.sale_id, item.no) for item in items]
    known = {item.receipt_no for item in items}
    for receipt in receipts:
        if receipt not in known:
            raise DomainError("reconcile.unknown_tick", text=receipt[:40])
    return [(item.sale_id, item.no) for item in items if item.receipt_no in receipts]


def _face(text: str) -> tuple[int, int]:
    face, _, pieces = text.replace(",", "").partition("=")
    try:
        return int(face), int(pieces)
    except ValueError:
        raise DomainError("reconcile.faces") from None


def _summary(context: Context, house: House) -> int:
    args = context.args
    if args.format == "pdf":
        if not args.output:
            raise DomainError("output.needs_file", format="pdf")
        save(Path(args.output), house.day_close.pdf(args.seal))
        return DONE
    text = "\n".join(plain.render(paper, 48) for paper in house.day_close.documents(args.seal))
    deliver(text.encode(), args.output, "text")
    return DONE


STEPS: dict[str, Callable[[Context, House], int]] = {
    "status": _status,
    "seal": _seal,
    "addendum": _addendum,
    "reopen": _reopen,
    "choose": _choose,
    "reconcile": _reconcile,
    "summary": _summary,
}
READING = ("status", "summary")
