"""The arguments of backup, restore and doctor."""

import argparse

from pos_app.i18n.texts import tr


def backup(parser: argparse.ArgumentParser) -> None:
    """`backup [FILE] [--list]`"""
    parser.add_argument("file", nargs="?", help=tr("사본을 둘 파일이나 폴더. 없으면 정한 곳에 두어요"))
    parser.add_argument("--list", action="store_true", help=tr("있는 사본을 모두 보여 줘요"))


def restore(parser: argparse.ArgumentParser) -> None:
    """`restore FILE [--take-over] [--exactly]`"""
    parser.add_argument("file")
    parser.add_argument(
        "--take-over", action="store_true", help=tr("다른 컴퓨터의 계산대를 이 컴퓨터가 이어받아요")
    )
    parser.add_argument(
        "--exactly", action="store_true", help=tr("사본에 있는 것만 되살려요. 지금 장부에서 건지지 않아요")
    )


def doctor(parser: argparse.ArgumentParser) -> None:
    """`doctor [--bundle FILE]`"""
    parser.add_argument("--bundle", metavar="FILE", help=tr("도움을 청할 때 보낼 점검 묶음(zip)을 만들어요"))
