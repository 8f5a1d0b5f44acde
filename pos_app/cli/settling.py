"""Settling from the command line: runs, approvals, payouts, papers, rules."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pos_app.cli import settling_terms
from pos_app.cli.context import Context
from pos_app.cli.delivering import deliver, rendered, save
from pos_app.cli.output import DONE, give, give_json, say
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name
from pos_app.domain.market_day import parse_business_date
from pos_app.i18n.formats import won
from pos_app.i18n.texts import tr
from pos_app.reports import xlsx_export
from pos_app.services.house import House
from pos_app.services.settlements_state import RunView
from pos_app.services.statements_paper import STATES


def settle(context: Context) -> int:
    """One step of settling."""
    step = context.args.step
    with context.house(acting=step not in ("status", "rules")) as house:
        return _STEPS[step](context, house)


def _date(text: str | None) -> str | None:
    return parse_business_date(text) if text else None


def chosen(house: House, text: str | None, unpaid: bool = False) -> list[RunView]:
    """The run that was named, else those of the latest settled date, the unpaid ones first of all."""
    if text:
        return [house.settlements.find(text)]
    found = house.settlements.current()
    if not found:
        raise DomainError("settlement.none")
    waiting = [view for view in found if view.state != "paid"]
    return waiting if unpaid and waiting else found


def vendor_in(found: Sequence[RunView], text: str) -> tuple[RunView, str]:
    """(run, vendor id) of a vendor named by name, booth number or id."""
    wanted = clean_name(text)
    hits = [
        (view, told.vendor_id)
        for view in reversed(found)
        for told in view.statements
        if wanted in (told.vendor, told.vendor_id) or (told.booth and wanted == str(told.booth))
    ]
    if not hits:
        raise DomainError("settlement.not_in_run", vendor=text[:40])
    return hits[0]


def _run(context: Context, house: House) -> int:
    args = context.args
    made = house.settlements.run(_date(args.date), from_on=_date(args.from_on), cooperative=args.cooperative)
    if context.json:
        give_json(
            {
                "runs": [
                    {**run_figures(house, each.view), "again": each.again, "provisional": each.provisional}
                    for each in made
                ]
            }
        )
        return DONE
    for each in made:
        _tell(house, each.view)
        if each.again:
            say(tr("이미 만든 정산과 한 글자도 다르지 않아요."))
        if each.provisional:
            say(tr("아직 소식 없는 계산대가 있는 봉인이에요. 나중에 온 판매는 따로 정산해요."))
        _warn(each.view)
    return DONE


def _warn(view: RunView) -> None:
    warned = [told.vendor for told in view.statements if told.statement.warnings]
    if warned:
        say(tr("수수료 규칙이 없어 0%로 계산했어요: {vendors}", vendors=", ".join(warned)))


def _status(context: Context, house: House) -> int:
    found = house.settlements.current(_date(context.args.date))
    if context.json:
        give_json({"runs": [run_figures(house, view) for view in found]})
        return DONE
    if not found:
        raise DomainError("settlement.none")
    for view in found:
        _tell(house, view)
        _warn(view)
    return DONE


def _tell(house: House, view: RunView) -> None:
    run = view.run
    sums = house.settlements.totals(view)
    give(
        f"{run.run_id[:8]}  {run.market} {run.until_on}  {run.cooperative or '-'}  "
        f"{tr(STATES[view.state])}  {view.run.hash[:16]}"
    )
    for told in view.statements:
        figures = told.statement
        give(
            f"  {told.vendor}  {tr(STATES[view.states[told.vendor_id]])}  "
            + tr("순매출 {net} - 수수료 {commission} - 비용 {fees} = 지급액 {payout}, 보낼 돈 {transfer}",
                 net=won(figures.net_won), commission=won(figures.commission_won), fees=won(figures.fees_won),
                 payout=won(figures.payout_won), transfer=won(figures.to_transfer_won))
        )  # fmt: skip
    give(
        tr("합계: 순매출 {net}, 수수료 {commission}, 비용 {fees}, 지급액 {payout}, 보낼 돈 {transfer}",
           net=won(sums.net_won), commission=won(sums.commission_won), fees=won(sums.fees_won),
           payout=won(sums.payout_won), transfer=won(sums.to_transfer_won))
    )  # fmt: skip


def run_figures(house: House, view: RunView) -> dict[str, Any]:
    """A run for scripts."""
    sums = house.settlements.totals(view)
    return {
        "run": view.run.run_id,
        "market": view.run.market,
        "cooperative": view.run.cooperative,
        "from_on": view.run.from_on,
        "until_on": view.run.until_on,
        "state": view.state,
        "hash": view.run.hash,
        "reverses": view.run.reverses,
        "reversed_by": view.reversed_by,
        "reference": view.reference,
        "net_won": sums.net_won,
        "commission_won": sums.commission_won,
        "fees_won": sums.fees_won,
        "payout_won": sums.payout_won,
        "to_transfer_won": sums.to_transfer_won,
        "vendors": house.settlements.figures(view),
    }


def _approve(context: Context, house: House) -> int:
    args = context.args
    found = chosen(house, args.run, unpaid=True)
    if args.vendor:
        view, vendor_id = vendor_in(found, args.vendor)
        house.payouts.approve([view.run.run_id], vendor_id)
    else:
        house.payouts.approve([v.run.run_id for v in found if args.run or v.state != "approved"])
    return _after(context, house, found)


def _unapprove(context: Context, house: House) -> int:
    found = chosen(house, context.args.run, unpaid=True)
    vendor_id = ""
    if context.args.vendor:
        view, vendor_id = vendor_in(found, context.args.vendor)
        found = [view]
    house.payouts.take_back_approval([view.run.run_id for view in found], vendor_id)
    return _after(context, house, found)


def _withdraw(context: Context, house: House) -> int:
    view = house.settlements.find(context.args.run)
    house.payouts.withdraw(view.run.run_id)
    return _after(context, house, [view])


def _pay(context: Context, house: House) -> int:
    found = chosen(house, context.args.run, unpaid=True)
    out = house.payouts.pay([view.run.run_id for view in found], context.args.reference)
    if not context.json:
        say(tr("지급했다고 적었어요. 보낸 돈 {amount}", amount=won(out)))
    return _after(context, house, found)


def _reverse(context: Context, house: House) -> int:
    view = house.settlements.find(context.args.run)
    made = house.payouts.reverse(view.run.run_id, context.args.reason)
    return _after(context, house, [made])


def _redeem(context: Context, house: House) -> int:
    view = house.settlements.find(context.args.run)
    vendor_id = vendor_in([view], context.args.vendor)[1] if context.args.vendor else ""
    house.payouts.redeem(view.run.run_id, vendor_id)
    return _after(context, house, [view])


def _after(context: Context, house: House, found: Sequence[RunView]) -> int:
    """The runs as they stand now."""
    fresh = [house.settlements.find(view.run.run_id) for view in found]
    if context.json:
        give_json({"runs": [run_figures(house, view) for view in fresh]})
    else:
        for view in fresh:
            say(f"{view.run.run_id[:8]}  {view.run.until_on}  {tr(STATES[view.state])}")
    return DONE


def _account(context: Context, house: House) -> int:
    args = context.args
    vendor_id = house.payouts.vendor_named(args.vendor)
    house.payouts.set_account(vendor_id, args.bank, args.account, args.holder)
    masked = house.payouts.account(vendor_id)
    if context.json:
        give_json({"vendor_id": vendor_id, "account": masked})
    else:
        say(tr("계좌를 적었어요: {account}", account=masked))
    return DONE


def _note(context: Context, house: House) -> int:
    args = context.args
    view, vendor_id = vendor_in(chosen(house, args.run), args.vendor)
    house.statements.write_note(view.run.run_id, vendor_id, args.text, args.author)
    say(tr("정산서에 적었어요."))
    return DONE


def _slip(context: Context, house: House) -> int:
    args = context.args
    view, vendor_id = vendor_in(chosen(house, args.run), args.vendor)
    if args.to_printer:
        house.statements.print_slip(view.run.run_id, vendor_id)
        house.papers.step()
        say(tr("정산서를 인쇄기로 보냈어요."))
        return DONE
    data = rendered(house.statements.slip(view.run.run_id, vendor_id), args.format, 48, None)
    deliver(data, args.output, args.format)
    return DONE


def _pdf(context: Context, house: House) -> int:
    args = context.args
    # lazy: drawing is wanted for a file only
    from pos_app.reports import statement_pdf

    found = chosen(house, args.run)
    told = [each for view in found for each in house.statements.of_run(view)]
    if args.vendor:
        _, vendor_id = vendor_in(found, args.vendor)
        told = [each for each in told if each.told.vendor_id == vendor_id]
    data = statement_pdf.render([house.statements.paper(each) for each in told])
    save(Path(args.output), data)
    say(tr("정산서 {count}장을 적었어요: {file}", count=len(told), file=args.output))
    return DONE


def _xlsx(context: Context, house: House) -> int:
    # lazy: tables are wanted for a file only
    from pos_app.reports.settlements import goods_table, rules_table, settlements_table, transfers_table

    found = chosen(house, context.args.run)
    figures = house.statements.book(found)
    tables = (settlements_table, transfers_table, rules_table, goods_table)
    save(Path(context.args.output), xlsx_export.render(*(make(figures) for make in tables)))
    return DONE


def _csv(context: Context, house: House) -> int:
    found = chosen(house, context.args.run)
    count, out = house.payouts.save_transfers([view.run.run_id for view in found], Path(context.args.output))
    if context.json:
        give_json({"transfers": count, "total_won": out})
    say(
        tr(
            "{count}곳, {amount}. 계좌번호가 다 들어 있는 파일이에요. 올린 다음 지워요.",
            count=count,
            amount=won(out),
        )
    )
    return DONE


_STEPS = {
    "run": _run,
    "status": _status,
    "approve": _approve,
    "unapprove": _unapprove,
    "withdraw": _withdraw,
    "pay": _pay,
    "reverse": _reverse,
    "redeem": _redeem,
    "account": _account,
    "note": _note,
    "slip": _slip,
    "pdf": _pdf,
    "xlsx": _xlsx,
    "csv": _csv,
    "rules": settling_terms.rules,
    "rule": settling_terms.rule,
    "end-rule": settling_terms.end_rule,
    "fees": settling_terms.fees,
    "simulate": settling_terms.simulate,
}
