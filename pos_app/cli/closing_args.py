"""The arguments of `jangteo day`."""

import argparse

from pos_app.i18n.texts import tr


def add(day: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Every step of a market day."""
    steps = day.add_subparsers(dest="step", required=True)

    def step(name: str, words: str) -> argparse.ArgumentParser:
        return steps.add_parser(name, help=words, description=words, parents=[common])

    opened = step("open", tr("장터와 날짜를 정하고 계산대를 열어요"))
    opened.add_argument("--market", required=True)
    opened.add_argument("--date", required=True)
    opened.add_argument("--register", default="R1")
    opened.add_argument("--float", type=int, default=0, dest="float_won")
    opened.add_argument("--agency", default="")
    step("status", tr("계산대마다 어떤지, 무엇이 남았는지"))
    closed = step("close", tr("돈을 세고 계산대를 마감해요"))
    closed.add_argument("--register", default="R1")
    closed.add_argument("--counted", type=int, required=True, dest="counted_won")
    closed.add_argument("--reason", default="")
    _sealing(step("seal", tr("하루를 봉인해요")))
    step("addendum", tr("봉인한 뒤에 온 판매를 추가로 남겨요")).add_argument("--reason", default="")
    step("reopen", tr("봉인한 하루를 다시 열어요 (담당자)")).add_argument("--reason", default="")
    choose = step("choose", tr("따로 만든 봉인 가운데 맞는 것을 골라요"))
    choose.add_argument("seal", help=tr("봉인 번호의 앞부분"))
    choose.add_argument("--reason", default="")
    _slips(step("reconcile", tr("카드 전표, 이체, 상품권을 장부와 맞춰 봐요")))
    summary = step("summary", tr("일일 정산표"))
    summary.add_argument("--seal", default="", help=tr("봉인 번호의 앞부분, 적지 않으면 지금 맞는 것"))
    summary.add_argument("--format", choices=("text", "pdf"), default="text")
    summary.add_argument("-o", "--output")


def _sealing(seal: argparse.ArgumentParser) -> None:
    seal.add_argument("--provisional", action="store_true", help=tr("소식 없는 계산대가 있어도 잠정으로"))
    seal.add_argument("--reason", default="", help=tr("잠정으로 봉인하는 까닭"))


def _slips(slips: argparse.ArgumentParser) -> None:
    slips.add_argument("--register", default="")
    slips.add_argument("--kind", help="card, card_refund, transfer, voucher")
    slips.add_argument("--counted", type=int, default=0, dest="counted_won", help=tr("전표 합계(원)"))
    slips.add_argument("--count", type=int, default=0, help=tr("전표 장수"))
    slips.add_argument(
        "--tick", nargs="+", default=[], metavar="RECEIPT", help=tr("들어온 이체의 영수증 번호, all은 모두")
    )
    slips.add_argument("--face", nargs="+", default=[], metavar="WON=COUNT", help=tr("상품권 권종과 장수"))
    slips.add_argument(
        "--number", nargs="+", default=[], metavar="RECEIPT=NUMBER", help=tr("빠진 카드 승인번호")
    )
    slips.add_argument("--note", default="", help=tr("차이가 나는 까닭"))
