"""Commands of orders from before the day (공동구매): import, list, papers, pick-up."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from pos_app.cli.context import Context
from pos_app.cli.delivering import deliver
from pos_app.cli.output import DONE, REFUSED, give, give_json, say
from pos_app.domain.errors import DomainError
from pos_app.domain.tender import TenderInput, TenderType, due_in_cash
from pos_app.i18n.formats import quantity_plain, won
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import mark, tr
from pos_app.printing import pdf, plain
from pos_app.printing.document import Document
from pos_app.services.house import House
from pos_app.services.imports import ImportRefused
from pos_app.services.preorders import OrderView

STATES = {
    "ordered": mark("주문"),
    "packed": mark("포장함"),
    "picked_up": mark("내줌"),
    "unclaimed": mark("미수령"),
    "cancelled": mark("취소"),
}


def take(context: Context) -> int:
    """Import an agency's order sheet."""
    args = context.args
    with context.house() as house:
        try:
            done = house.preorders.take(
                Path(args.file),
                on=args.day,
                dry_run=args.dry_run,
                strict=args.strict,
                paid=args.paid,
                anyway=args.anyway,
            )
        except ImportRefused as refusal:
            return _refused(context, refusal)
    if context.json:
        give_json({**asdict(done), "bad": _cells(done.bad), "warnings": _cells(done.warnings)})
    else:
        say(
            tr(
                "{people}명, {lines}줄, {amount}이에요. 새 주문 {new}, 바뀐 주문 {changed}, 그대로 {same}.",
                people=done.people,
                lines=done.lines,
                amount=won(done.total_won),
                new=done.new,
                changed=done.changed,
                same=done.same,
            )
        )
        if done.kept or done.absent:
            say(
                tr(
                    "이미 내줬거나 취소해서 그대로 둔 주문 {kept}, 이 주문표에 없는 주문 {absent}.",
                    kept=done.kept,
                    absent=done.absent,
                )
            )
    _name(done.bad)
    for cell, reason in done.warnings:
        say(tr("살펴봐요 {cell}: {reason}", cell=cell, reason=reason))
    return REFUSED if done.bad else DONE


def _refused(context: Context, refusal: ImportRefused) -> int:
    _name(refusal.bad)
    if context.json:
        give_json({"people": 0, "lines": 0, "bad": _cells(refusal.bad), "sentence": sentence(refusal)})
    else:
        say(sentence(refusal))
    return REFUSED


def _cells(cells: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"cell": cell, "reason": reason} for cell, reason in cells]


def _name(cells: tuple[tuple[str, str], ...]) -> None:
    for cell, reason in cells:
        say(f"{cell}: {reason}")


def orders(context: Context) -> int:
    """One of the steps with orders."""
    with context.house() as house:
        return _STEPS[context.args.step](context, house)


def _list(context: Context, house: House) -> int:
    return _show(context, house.preorders.all(context.args.query))


def _unclaimed(context: Context, house: House) -> int:
    left = house.preorders.unclaimed()
    if context.args.close:
        house.preorders.close_unclaimed()
        left = house.preorders.unclaimed()
    return _show(context, left)


def _doubled(context: Context, house: House) -> int:
    return _show(context, house.preorders.doubled())


def _show(context: Context, found: list[OrderView]) -> int:
    if context.json:
        give_json({"orders": [shown(order) for order in found]})
        return DONE
    if not found:
        say(tr("그런 주문이 없어요."))
    for order in found:
        give(
            f"{order.id[:8]}  {tr(STATES[order.state.value])}  {order.department}  {order.person} {order.digits}  "
            f"{won(order.total_won)}  {_money(order)}"
        )
    return DONE


def _money(order: OrderView) -> str:
    if order.give_back_won:
        return tr("돌려줄 돈 {amount}", amount=won(order.give_back_won))
    return tr("받을 돈 {amount}", amount=won(order.due_won)) if order.due_won else tr("계산 끝")


def shown(order: OrderView) -> dict[str, Any]:
    """An order as a JSON object; the person masked."""
    return {**asdict(order), "state": order.state.value, "doubled": order.doubled}


def _pick_list(context: Context, house: House) -> int:
    if context.json:
        give_json({"lines": [asdict(line) for line in house.preorders.pick_list()]})
        return DONE
    return paper(context, house, house.preorders.pick_list_paper())


def paper(context: Context, house: House, document: Document) -> int:
    """A paper to the printer, into a file (PDF by its name), or as text."""
    args = context.args
    if args.to_printer:
        if not house.settings.get("printer_uri"):
            raise DomainError("printer.none")
        house.papers.print_document(document, "pick_list")
        house.papers.step("")
        say(tr("인쇄기로 보냈어요."))
    else:
        as_pdf = bool(args.output) and args.output.endswith(".pdf")
        data = pdf.render(document) if as_pdf else plain.render(document).encode()
        deliver(data, args.output, "pdf" if as_pdf else "text")
    return DONE


def _labels(context: Context, house: House) -> int:
    args = context.args
    chosen = [house.preorders.meant(args.order).id] if args.order else []
    if args.printer is not None:
        count = house.preorders.print_labels(chosen, args.printer)
        house.papers.step(args.printer)
        if context.json:
            give_json({"labels": count})
        say(tr("이름표 {count}장을 인쇄기로 보냈어요.", count=count))
        return DONE
    count = len(house.preorders.labels(chosen))
    if context.json and not args.output:
        raise DomainError("output.needs_file", format="pdf")
    deliver(house.preorders.labels_pdf(chosen), args.output, "pdf")
    if context.json:
        give_json({"labels": count})
    say(tr("이름표 {count}장이에요. 인쇄할 때 실제 크기(100%)를 골라요.", count=count))
    return DONE


def _pick_up(context: Context, house: House) -> int:
    args = context.args
    order = house.preorders.meant(args.order)
    if order.due_won:
        house.pick_ups.take(order.id)
        till = house.till
        kind = TenderType(args.tender)
        prepaid = house.pick_ups.prepaid()
        paid = sum(tender.received_won for tender in prepaid)
        due = till.priced.total_won - paid
        if kind is TenderType.CASH:
            due = due_in_cash(till.priced, paid, till.policy)
        done = till.complete([*prepaid, TenderInput(kind, due)])
    else:
        done = house.pick_ups.hand_out(order.id)
    back = order.give_back_won
    if context.json:
        give_json(
            {
                "order": order.id,
                "sale": done.sale_id,
                "receipt_no": done.receipt_no,
                "total_won": done.total_won,
                "paid_before_won": order.paid_won,
                "paid_now_won": done.total_won - min(order.paid_won, done.total_won),
                "give_back_won": back,
            }
        )
    said = tr("{person} 주문을 내줬어요. 영수증 {number}.", person=order.person, number=done.receipt_no)
    say(f"{said} {tr('돌려줄 돈 {amount}', amount=won(back))}" if back else said)
    return DONE


def _pack(context: Context, house: House) -> int:
    order = house.preorders.meant(context.args.order)
    house.preorders.pack([order.id])
    return _changed(context, house, order.id)


def _paid(context: Context, house: House) -> int:
    order = house.preorders.meant(context.args.order)
    house.preorders.mark_paid(order.id, context.args.amount)
    return _changed(context, house, order.id)


def _cancel(context: Context, house: House) -> int:
    order = house.preorders.meant(context.args.order)
    house.preorders.cancel(order.id)
    return _changed(context, house, order.id)


def _take_out(context: Context, house: House) -> int:
    order = house.preorders.meant(context.args.order)
    house.preorders.take_out(order.id, context.args.line)
    return _changed(context, house, order.id)


def _changed(context: Context, house: House, order_id: str) -> int:
    order = house.preorders.order(order_id)
    if context.json:
        give_json(shown(order))
        return DONE
    give(
        f"{order.id[:8]}  {tr(STATES[order.state.value])}  {order.department}  {order.person}  {_money(order)}"
    )
    for line in order.lines:
        give(
            f"  {line.no}  {line.name}  {quantity_plain(line.quantity_milli)}{line.unit}  {won(line.amount_won)}"
        )
    return DONE


_STEPS = {
    "list": _list,
    "pick-list": _pick_list,
    "labels": _labels,
    "pick-up": _pick_up,
    "pack": _pack,
    "paid": _paid,
    "cancel": _cancel,
    "take-out": _take_out,
    "unclaimed": _unclaimed,
    "doubled": _doubled,
}
