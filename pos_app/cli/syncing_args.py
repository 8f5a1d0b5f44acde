"""The arguments of `jangteo enrol`, `jangteo sync` and `jangteo bundle`."""

import argparse

from pos_app.i18n.texts import tr


def enrol(parser: argparse.ArgumentParser) -> None:
    """Where, and the one-time code."""
    parser.add_argument("url", metavar="URL", help=tr("서버나 담당자 노트북의 주소"))
    parser.add_argument("code", metavar="CODE", help=tr("담당자에게 받은 한 번 쓰는 등록 코드"))


def sync(parser: argparse.ArgumentParser) -> None:
    """Once, or on and on."""
    parser.add_argument("--watch", action="store_true", help=tr("그만둘 때까지 이어서 주고받아요"))
    parser.add_argument("--hub", default="", metavar="ADDRESS", help=tr("담당자 노트북의 주소를 더해요"))


def bundle(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Onto a stick, or from sticks."""
    steps = parser.add_subparsers(dest="step", required=True)

    def step(name: str, words: str) -> argparse.ArgumentParser:
        return steps.add_parser(name, help=words, description=words, parents=[common])

    step("write", tr("모든 기록을 파일 하나에 담아요")).add_argument("file", metavar="FILE")
    step("read", tr("파일에 담긴 기록을 받아들여요, 순서는 아무래도 좋아요")).add_argument(
        "files", nargs="+", metavar="FILE"
    )
