"""The arguments of `jangteo server` and `jangteo hub`."""

import argparse

from pos_app.i18n.texts import tr


def server(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Serve, or look after accounts, codes and devices."""
    _serving(parser)
    steps = parser.add_subparsers(dest="step", metavar=tr("할 일"))

    def step(name: str, words: str) -> argparse.ArgumentParser:
        return steps.add_parser(name, help=words, description=words, parents=[common])

    admin = step("init-admin", tr("조직과 첫 사무국 계정을 만들어요, 비밀번호는 묻거나 표준 입력에서 읽어요"))
    admin.add_argument("--name", default="", help=tr("사무국 계정 이름"))
    admin.add_argument("--organisation", default="", help=tr("조직 이름"))
    code = step("enrol-code", tr("기기 하나를 등록할 한 번 쓰는 코드를 만들어요"))
    code.add_argument("--name", required=True, help=tr("기기 이름"))
    code.add_argument("--role", required=True, help="register, vendor_register, coordinator, hub")
    code.add_argument(
        "--register", nargs="+", default=[], metavar="R1", help=tr("그 기기가 맡을 계산대 번호")
    )
    code.add_argument("--minutes", type=int, default=60, help=tr("몇 분 동안 쓸 수 있는지"))
    step("devices", tr("등록한 기기를 보여 줘요"))
    revoke = step("revoke", tr("기기의 등록을 없애요, 그 기기의 기록은 남아요"))
    revoke.add_argument("device", help=tr("기기 이름이나 열쇠의 앞부분"))
    revoke.add_argument("--reason", required=True, help=tr("까닭"))


def hub(parser: argparse.ArgumentParser) -> None:
    """The coordinator's laptop as the stall network's server."""
    _serving(parser)


def _serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bind", default="", metavar="HOST:PORT", help=tr("듣는 주소 (또는 JANGTEO_BIND)"))
    parser.add_argument("--certificate", default="", metavar="FILE", help=tr("TLS 인증서 파일 (PEM)"))
    parser.add_argument("--key", default="", metavar="FILE", help=tr("TLS 인증서의 열쇠 파일 (PEM)"))
