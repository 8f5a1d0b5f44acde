"""The arguments of `jangteo stock`."""

import argparse

from pos_app.i18n.texts import tr


def add(stock: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Every step of goods in and out."""
    steps = stock.add_subparsers(dest="step", required=True)

    def step(name: str, words: str) -> argparse.ArgumentParser:
        return steps.add_parser(name, help=words, description=words, parents=[common])

    moves = (
        ("in", tr("반입: 들어온 것을 더해요")),
        ("out", tr("반출: 가져간 것을 더해요")),
        ("waste", tr("폐기: 버린 것을 더해요")),
        ("count", tr("실사: 센 것을 적어요")),
    )
    for name, words in moves:
        move = step(name, words)
        move.add_argument("file", nargs="?", help=tr("품목과 수량 열이 있는 CSV"))
        move.add_argument("--vendor", help=tr("업체코드나 이름"))
        move.add_argument("--product", help=tr("품목코드, 바코드나 이름"))
        move.add_argument("--quantity", help=tr("수량, 20이나 13.2"))
        move.add_argument("--note", default="", help=tr("까닭"))
        move.add_argument("--batch", default="", help=tr("같은 이름으로 두 번 하면 한 번만 저장해요"))
    step("balance", tr("반입, 반출과 판매를 업체마다 맞춰 봐요")).add_argument("--date")
    step("sheet", tr("한 업체의 물건")).add_argument("--vendor", required=True)
    step("suggest", tr("다음 장터에 가져올 만큼")).add_argument("--vendor", default="")
