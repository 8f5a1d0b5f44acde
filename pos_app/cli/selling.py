"""Commands of the market day: day open, close (the rest in `closing`); ring."""

from dataclasses import asdict
from pathlib import Path

from pos_app.cli import closing
from pos_app.cli.context import Context
from pos_app.cli.output import DONE, REFUSED, give_json, say
from pos_app.domain.market_day import register_name
from pos_app.domain.shift import check_float
from pos_app.i18n.formats import won
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.house import House


def day(context: Context) -> int:
    """One of the day's steps."""
    step = {"open": _open, "close": _close, **closing.STEPS}[context.args.step]
    with context.house(acting=context.args.step not in closing.READING) as house:
        return step(context, house)


def _open(context: Context, house: House) -> int:
    args = context.args
    check_float(args.float_won)
    view = house.days.open(args.market, args.date, args.register, args.agency)
    if house.shifts.current() is None:
        house.shifts.open(args.float_won)
    if context.json:
        give_json({**asdict(view), "register": house.register})
    else:
        say(
            tr(
                "{market} {date}: 계산대를 열었어요 ({register}).",
                market=view.market,
                date=view.business_date,
                register=house.register,
            )
        )
    return DONE


def _close(context: Context, house: House) -> int:
    args = context.args
    house.desk.register = register_name(args.register)
    counted = house.shifts.count_total(args.counted_won)
    closed = house.shifts.close(args.reason)
    if context.json:
        give_json({**asdict(counted), "z_no": closed.z_no})
    else:
        say(
            tr(
                "Z {z_no} 마감: 센 금액 {counted}, 있어야 할 금액 {expected}, 과부족 {difference}",
                z_no=closed.z_no,
                counted=won(counted.counted_won),
                expected=won(counted.expected_won),
                difference=won(counted.over_short_won),
            )
        )
    return DONE


def ring(context: Context) -> int:
    """Ring a tape."""
    try:
        lines = Path(context.args.file).read_bytes().splitlines()
    except OSError as error:
        raise EnvironmentFault(
            tr("테이프 파일을 읽지 못했어요: {file}", file=context.args.file),
            tr("파일 이름과 권한을 확인해요."),
        ) from error
    with context.house() as house:
        done = house.ringing.tape(lines)
    if context.json:
        give_json(
            {
                "sales": [
                    {"id": s.id, "receipt_no": s.receipt_no, "total_won": s.total_won} for s in done.sales
                ],
                "refused": [{"line": line, "reason": reason} for line, reason in done.refused],
            }
        )
    else:
        say(tr("{count}건을 입력했어요.", count=len(done.sales)))
    for line, reason in done.refused:
        say(tr("{line}번째 줄: {reason}", line=line, reason=reason))
    return REFUSED if done.refused else DONE
