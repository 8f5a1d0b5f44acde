"""The arguments of `jangteo import-orders`, `jangteo orders` and `jangteo bundles`."""

import argparse

from pos_app.i18n.texts import tr


def take(parser: argparse.ArgumentParser) -> None:
    """An order sheet."""
    parser.add_argument("file")
    parser.add_argument(
        "--day", default="", metavar="DATE", help=tr("어느 장날의 주문인지 (없으면 지금 장날)")
    )
    parser.add_argument("--dry-run", action="store_true", help=tr("보기만 하고 저장하지 않아요"))
    parser.add_argument(
        "--strict", action="store_true", help=tr("틀린 칸이 하나라도 있으면 아무것도 가져오지 않아요")
    )
    parser.add_argument("--paid", action="store_true", help=tr("돈을 미리 다 받은 주문이에요"))
    parser.add_argument("--anyway", action="store_true", help=tr("다른 장터나 날짜가 적혀 있어도 가져와요"))


def orders(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """What can be done with orders."""
    steps = parser.add_subparsers(dest="step", required=True)

    def step(name: str, words: str) -> argparse.ArgumentParser:
        return steps.add_parser(name, help=words, description=words, parents=[common])

    which = tr("QR의 글자, 주문번호, 이름, 전화 끝 네 자리")
    step("list", tr("주문 목록")).add_argument("query", nargs="?", default="")
    picks = step("pick-list", tr("업체별 준비 목록"))
    picks.add_argument("-o", "--output")
    picks.add_argument("--print", action="store_true", dest="to_printer", help=tr("영수증 인쇄기로 뽑아요"))
    labels = step("labels", tr("사람마다 포장 이름표 (A4 PDF나 인쇄기)"))
    labels.add_argument("--order", default="", help=which)
    labels.add_argument(
        "--printer",
        nargs="?",
        const="",
        metavar="NAME",
        help=tr("영수증 인쇄기나 이름을 붙인 인쇄기로 뽑아요"),
    )
    labels.add_argument("-o", "--output")
    pick_up = step("pick-up", tr("주문을 내줘요"))
    pick_up.add_argument("order", metavar="TOKEN", help=which)
    pick_up.add_argument("--tender", choices=("cash", "card", "transfer"), default="cash")
    step("pack", tr("포장했다고 적어요")).add_argument("order", help=which)
    paid = step("paid", tr("돈을 미리 받았다고 적어요"))
    paid.add_argument("order", help=which)
    paid.add_argument("--amount", type=int, default=None)
    step("cancel", tr("주문을 취소해요")).add_argument("order", help=which)
    out = step("take-out", tr("주문에서 한 줄을 빼요"))
    out.add_argument("order", help=which)
    out.add_argument("line", type=int)
    left = step("unclaimed", tr("아무도 찾아가지 않은 주문"))
    left.add_argument("--close", action="store_true", help=tr("미수령으로 적어요"))
    step("doubled", tr("계산대 두 곳에서 내준 주문"))


def bundles(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """What can be done with bundles."""
    steps = parser.add_subparsers(dest="step", required=True)

    def step(name: str, words: str) -> argparse.ArgumentParser:
        return steps.add_parser(name, help=words, description=words, parents=[common])

    step("list", tr("꾸러미 목록"))
    add = step("add", tr("꾸러미를 만들거나 고쳐요"))
    add.add_argument("name")
    add.add_argument("--price", type=int, required=True, dest="price_won")
    add.add_argument(
        "--part",
        action="append",
        required=True,
        metavar="CODE[:QTY[:WEIGHT]]",
        help=tr("품목코드나 바코드:수량:몫 (몫이 없으면 값만큼)"),
    )
    add.add_argument("--category", default="")
    add.add_argument("--barcode", nargs="?", const="new", help=tr("바코드, 숫자 없이 쓰면 새로 만들어요"))
    step("remove", tr("꾸러미를 그만 팔아요")).add_argument("name")
    picks = step("pick-list", tr("꾸러미를 만들 때 업체별로 준비할 것"))
    picks.add_argument("wanted", nargs="+", metavar="NAME:COUNT")
    picks.add_argument("-o", "--output")
    picks.add_argument("--print", action="store_true", dest="to_printer", help=tr("영수증 인쇄기로 뽑아요"))
