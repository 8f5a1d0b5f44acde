"""The arguments of `jangteo settle`."""

import argparse
from collections.abc import Callable

from pos_app.i18n.texts import tr

Step = Callable[[str, str], argparse.ArgumentParser]


def add(settle: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Every step of settling."""
    steps = settle.add_subparsers(dest="step", required=True)

    def step(name: str, words: str) -> argparse.ArgumentParser:
        return steps.add_parser(name, help=words, description=words, parents=[common])

    run = step("run", tr("봉인한 날의 정산을 만들어요. 이미 만든 날은 같은 정산이 나와요"))
    run.add_argument("--date", help=tr("정산할 날, 적지 않으면 봉인하고 정산하지 않은 마지막 날"))
    run.add_argument("--from", dest="from_on", help=tr("이 날부터 봉인한 날을 함께"))
    run.add_argument("--cooperative", help=tr("한 조합만"))
    step("status", tr("정산과 업체별 상태")).add_argument("--date")
    _money(step)
    _papers(step)
    _terms(step)


def _run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--run", help=tr("정산 번호의 앞 네 글자부터, 적지 않으면 마지막 정산"))


def _money(step: Step) -> None:
    approve = step("approve", tr("정산을 승인해요"))
    which = approve.add_mutually_exclusive_group(required=True)
    which.add_argument("--vendor", help=tr("업체 이름"))
    which.add_argument("--all", action="store_true", help=tr("모든 업체"))
    _run(approve)
    back = step("unapprove", tr("승인을 거둬요"))
    back.add_argument("--vendor")
    _run(back)
    step("withdraw", tr("지급하지 않은 정산을 거둬요")).add_argument("run")
    pay = step("pay", tr("승인한 정산을 지급했다고 적어요"))
    pay.add_argument("--reference", required=True, help=tr("이체 번호나 메모"))
    _run(pay)
    reverse = step("reverse", tr("지급한 정산을 되돌려요. 다시 run 하면 고친 정산이 나와요"))
    reverse.add_argument("run")
    reverse.add_argument("--reason", required=True)
    redeem = step("redeem", tr("기다리던 상품권을 돌려받았다고 적어요"))
    redeem.add_argument("run")
    redeem.add_argument("--vendor")
    account = step("account", tr("업체의 입금 계좌를 봉해서 적어요"))
    account.add_argument("--vendor", required=True)
    account.add_argument("--bank", required=True)
    account.add_argument("--account", required=True)
    account.add_argument("--holder", default="")


def _papers(step: Step) -> None:
    note = step("note", tr("정산서에 이의나 메모를 적어요"))
    note.add_argument("text")
    note.add_argument("--vendor", required=True)
    note.add_argument("--author", default="")
    _run(note)
    slip = step("slip", tr("한 업체의 정산서를 80mm 종이로"))
    slip.add_argument("--vendor", required=True)
    slip.add_argument("--format", choices=("text", "escpos", "pdf", "png"), default="text")
    slip.add_argument("--print", action="store_true", dest="to_printer", help=tr("인쇄기로 보내요"))
    slip.add_argument("-o", "--output")
    _run(slip)
    pdf = step("pdf", tr("정산서를 A4 PDF로, 업체마다 한 장부터"))
    pdf.add_argument("--vendor")
    pdf.add_argument("-o", "--output", required=True)
    _run(pdf)
    book = step("xlsx", tr("정산을 엑셀로"))
    book.add_argument("-o", "--output", required=True)
    _run(book)
    bank = step("csv", tr("은행에 올릴 이체 파일. 계좌번호가 다 들어 있어요"))
    bank.add_argument("-o", "--output", required=True)
    _run(bank)


def _terms(step: Step) -> None:
    step("rules", tr("수수료 규칙과 바꾼 기록, 비용"))
    rule = step("rule", tr("수수료 규칙을 더해요. 같은 물건의 앞 규칙은 전날 끝나요"))
    _rule(rule)
    rule.add_argument("--gap", action="store_true", help=tr("규칙이 비는 날을 일부러 두어요"))
    end = step("end-rule", tr("수수료 규칙을 끝내요"))
    end.add_argument("rule")
    end.add_argument("--until", required=True, dest="until_on")
    fees = step("fees", tr("결제 수단의 비용과 기다리는 상품권"))
    fees.add_argument("--fee", action="append", default=[], metavar="TENDER=PERMILLE", help="card=15")
    fees.add_argument("--hold", action="append", default=[], metavar="TENDER", help="voucher:onnuri")
    fees.add_argument("--release", action="append", default=[], metavar="TENDER")
    trial = step("simulate", tr("새 규칙을 지난 장터에 대어 봐요. 저장하지 않아요"))
    _rule(trial)
    trial.add_argument("--market")
    trial.add_argument("--days-from")
    trial.add_argument("--days-until")


def _rule(rule: argparse.ArgumentParser) -> None:
    rule.add_argument("--rate", type=int, required=True, dest="rate_permille", help=tr("천분율, 10%는 100"))
    rule.add_argument("--band", action="append", default=[], metavar="WON:PERMILLE", help="5000000:100")
    rule.add_argument("--from", dest="from_on", help=tr("시작하는 날, 적지 않으면 오늘"))
    rule.add_argument("--until", dest="until_on")
    rule.add_argument("--vendor-class", default="", help=tr("업체 구분: 농가, 가공, 기업"))
    rule.add_argument("--product-class", default="", help=tr("물건 분류"))
    rule.add_argument("--cooperative", default="")
    rule.add_argument("--next-month", action="store_true", help=tr("구간을 넘은 다음 달부터 적용해요"))
    rule.add_argument("--counts-from", dest="counts_from", help=tr("누적을 세기 시작하는 날"))
    rule.add_argument("--name", default="")
