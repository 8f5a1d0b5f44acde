"""Commands for paper: a receipt again, the printer and its queue."""

import sys
from dataclasses import asdict
from pathlib import Path

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, WORLD, give, give_bytes, give_json, say
from pos_app.domain.errors import DomainError
from pos_app.hardware.printer_uri import parse
from pos_app.i18n.texts import tr
from pos_app.printing import escpos_text, pdf, plain, preview
from pos_app.printing.document import Document
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.print_jobs import columns_of
from pos_app.storage.queries import sales


def _rendered(document: Document, format_: str, columns: int) -> bytes:
    if format_ == "escpos":
        return escpos_text.render(document, columns)
    if format_ == "pdf":
        return pdf.render(document, columns)
    if format_ == "png":
        return preview.render_png(document, columns)
    return plain.render(document, columns).encode()


def receipt(context: Context) -> int:
    """A receipt as the printer would get it."""
    args = context.args
    with context.house(acting=False) as house:
        with house.desk.work.read() as rows:
            sale_id = sales.find(rows, args.sale)
        if sale_id is None:
            raise DomainError("sale.unknown", sale=args.sale)
        document = house.papers.receipt(sale_id)
    data = _rendered(document, args.format, columns_of(args.width))
    if args.output:
        save(Path(args.output), data)
    elif args.format == "text":
        give(data.decode())
    elif sys.stdout.isatty():
        raise DomainError("output.needs_file", format=args.format)
    else:
        give_bytes(data)
    return DONE


def save(path: Path, data: bytes) -> None:
    """Write a file. Raises EnvironmentFault."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise EnvironmentFault(
            tr("파일을 쓰지 못했어요: {file}", file=path), tr("폴더와 권한, 남은 자리를 확인해요.")
        ) from error


def printer(context: Context) -> int:
    """List, choose, test, look at the queue, decide about a job."""
    step, args = context.args.step, context.args
    with context.house(acting=step not in ("list", "queue")) as house:
        if step == "use":
            house.settings.set("printer_uri", parse(args.uri).uri)
            say(tr("이 계산대의 인쇄기로 정했어요: {uri}", uri=args.uri))
        elif step == "list":
            chosen = house.settings.get("printer_uri")
            if context.json:
                give_json({"printers": [chosen] if chosen else []})
            else:
                give(chosen or tr("정한 인쇄기가 없어요. jangteo printer use socket://주소:9100"))
        elif step == "queue":
            jobs = [asdict(job) for job in house.papers.queue()]
            if context.json:
                give_json({"jobs": jobs})
            for job in jobs if not context.json else []:
                give(f"{job['id']}  {job['state']:<8} {job['title']}  {job['error']}")
        elif step == "test":
            job_id = house.papers.test()
            worked, reached = house.papers.step()
            say(
                tr("시험 인쇄를 보냈어요.")
                if worked and reached
                else tr("인쇄기에 닿지 못했어요. 전원과 선을 봐요.")
            )
            if not reached:
                house.papers.cancel(job_id)
                return WORLD
        elif step == "retry":
            house.papers.retry(args.job)
            house.papers.step()
        else:
            house.papers.cancel(args.job)
    return DONE
