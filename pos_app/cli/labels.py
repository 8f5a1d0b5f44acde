"""Price and barcode labels: on A4 sheets as PDF, or queued on the receipt printer."""

from decimal import Decimal
from typing import TYPE_CHECKING

from pos_app.cli.context import Context
from pos_app.cli.delivering import deliver
from pos_app.cli.output import DONE, give, give_json, say
from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.house import House

if TYPE_CHECKING:
    from pos_app.services.labels import Labels


def labels(context: Context) -> int:
    """Make, calibrate or list label sheets."""
    args = context.args
    with context.house(acting=not args.sheets) as house:
        if args.sheets:
            return _sheets(context, house.labels)
        if args.shift:
            x, y = (_hundredths(text) for text in args.shift)
            house.labels.set_offset(args.sheet, x, y)
            say(tr("{sheet} 용지의 자리를 기억했어요.", sheet=args.sheet))
        alone = not (args.product or args.vendor or args.all)
        if args.calibrate:
            if context.json and not args.output:
                raise DomainError("output.needs_file", format="pdf")
            deliver(house.labels.calibration(args.sheet), args.output, "pdf")
        if args.calibrate or (args.shift and alone):
            if context.json:
                x, y = house.labels.offset(args.sheet)
                give_json({"sheet": args.sheet, "shift_x": x, "shift_y": y})
            return DONE
        wanted = [(product, args.copies) for product in _chosen(context, house)]
        if args.printer is not None:
            jobs = house.labels.print_labels(wanted, args.printer)
            reached = house.papers.step(args.printer)[1]
            if not reached:
                raise EnvironmentFault(tr("인쇄기에 닿지 못했어요."), tr("전원과 선을 봐요."))
            if context.json:
                give_json({"jobs": jobs, "labels": len(wanted) * args.copies})
            say(tr("라벨 {count}장을 인쇄기로 보냈어요.", count=len(wanted) * args.copies))
            return DONE
        _to_sheets(context, house.labels, wanted)
    return DONE


def _to_sheets(context: Context, service: "Labels", wanted: list[tuple[str, int]]) -> None:
    args = context.args
    if context.json and not args.output:
        raise DomainError("output.needs_file", format="pdf")
    made = service.pdf(wanted, args.sheet, args.start)
    deliver(made.data, args.output, "pdf")
    if context.json:
        give_json({"labels": len(wanted) * args.copies, "pages": made.pages, "missing_letters": made.missing})
    say(
        tr(
            "라벨 {count}장, {pages}쪽이에요. 인쇄할 때 실제 크기(100%)를 골라요.",
            count=len(wanted) * args.copies,
            pages=made.pages,
        )
    )


def _sheets(context: Context, service: "Labels") -> int:
    found = [(sheet, service.offset(sheet.name)) for sheet in service.sheets()]
    if context.json:
        give_json(
            {
                "sheets": [
                    {"name": s.name, "labels": s.count, "size": s.size_words, "shift_x": x, "shift_y": y}
                    for s, (x, y) in found
                ]
            }
        )
    else:
        for sheet, _ in found:
            words = tr("{count}칸  {size}", count=sheet.count, size=sheet.size_words)
            give(f"{sheet.name:<6} {words}")
    return DONE


def _chosen(context: Context, house: House) -> list[str]:
    args, service = context.args, house.labels
    if args.copies < 1:
        raise DomainError("labels.none")
    if args.product:
        return [service.find_product(label) for label in args.product]
    if args.vendor:
        return [good.id for good in service.goods(service.find_vendor(args.vendor))]
    if args.all:
        return [good.id for good in service.goods()]
    raise DomainError("labels.none")


def _hundredths(text: str) -> int:
    """1.5 (mm) as 150; DomainError `settings.value`."""
    try:
        number = Decimal(text) * 100
    except ArithmeticError:
        raise DomainError("settings.value", value=text[:40]) from None
    if not number.is_finite() or number != number.to_integral_value():
        raise DomainError("settings.value", value=text[:40])
    return int(number)
