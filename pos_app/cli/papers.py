"""A receipt once more, as text, picture, PDF or as the printer would get it."""


from pos_app.cli.context import Context
from pos_app.cli.delivering import deliver, rendered
from pos_app.cli.output import DONE, give_json
from pos_app.cli.printers import printer as printer
from pos_app.domain.errors import DomainError
from pos_app.services.printers import columns_of
from pos_app.storage.queries import sales


def receipt(context: Context) -> int:
    """A receipt as the printer would get it."""
    args = context.args
    with context.house(acting=False) as house:
        with house.desk.work.read() as rows:
            sale_id = sales.find(rows, args.sale)
        if sale_id is None:
            raise DomainError("sale.unknown", sale=args.sale)
        document = house.papers.receipt(sale_id)
        target = house.papers.target() if args.format == "escpos" and args.width is None else None
    data = rendered(document, args.format, columns_of(args.width or "80"), target)
    if args.format == "text" and context.json and not args.output:
        give_json({"sale": sale_id, "text": data.decode()})
    else:
        deliver(data, args.output, args.format)
    return DONE
