"""Arguments of `update`, and `--version`."""

import argparse
from collections.abc import Sequence
from typing import Any

from pos_app.i18n.texts import tr


class ShowVersion(argparse.Action):
    """Says the version and ends; looked up only when asked for."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        # lazy: most starts do not ask
        from pos_app.runtime.version import version

        print("jangteo-pos", version())
        parser.exit()


def show_version(parser: argparse.ArgumentParser) -> None:
    """Add `--version`."""
    parser.add_argument("--version", action=ShowVersion, nargs=0, help=tr("이 프로그램의 판"))


def add(update: argparse.ArgumentParser) -> None:
    """`update FILE`."""
    update.add_argument("file", nargs="?", help=tr("USB의 폴더나 jangteo-update.json"))
    update.add_argument("--check", action="store_true", help=tr("맞는지 보기만 하고 바꾸지 않아요"))
    update.add_argument(
        "--may-remove", action="store_true", help=tr("지워도 되는지: 보내지 않은 기록이 있으면 1로 끝나요")
    )
