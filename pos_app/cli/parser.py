"""The commands and their arguments."""

import argparse

from pos_app.i18n.texts import tr

REPORTS = ("day", "vendors", "products", "tenders", "hours", "tax")
FORMATS = ("text", "json", "csv", "xlsx", "pdf")


def build() -> argparse.ArgumentParser:
    """The whole parser; every command takes --home, --json and --operator before or after its name."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--home", default=argparse.SUPPRESS, help=tr("데이터 폴더"))
    common.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=tr("기계가 읽을 문서 하나")
    )
    common.add_argument(
        "--operator", default=argparse.SUPPRESS, help=tr("담당 이름 (PIN은 묻거나 JANGTEO_PIN)")
    )
    parser = argparse.ArgumentParser(
        prog="jangteo", description=tr("장터포스: 공공기관 장터의 오프라인 우선 계산대"), parents=[common]
    )
    commands = parser.add_subparsers(dest="command", metavar=tr("명령"))

    def command(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=words, description=words, parents=[common])

    demo = command("demo", tr("연습용 장터를 버릴 폴더에 차려서 계산대를 열어요"))
    demo.add_argument("--terminal", action="store_true", help=tr("화면 없이 하루를 터미널에서 보여 줘요"))
    taken = command("import", tr("업체와 품목을 엑셀이나 CSV에서 가져와요"))
    taken.add_argument("file")
    taken.add_argument("--dry-run", action="store_true", help=tr("보기만 하고 저장하지 않아요"))
    taken.add_argument(
        "--strict", action="store_true", help=tr("틀린 칸이 하나라도 있으면 아무것도 가져오지 않아요")
    )
    _day(command("day", tr("장터의 하루: 열기, 보기, 마감, 봉인")), common)
    ring = command("ring", tr("판매 테이프를 화면과 같은 길로 입력해요"))
    ring.add_argument("file")
    report = command("report", tr("보고서"))
    report.add_argument("what", choices=REPORTS)
    report.add_argument("--date")
    report.add_argument("--format", choices=FORMATS, default="text")
    report.add_argument("-o", "--output")
    receipt = command("receipt", tr("영수증을 다시 보여 줘요"))
    receipt.add_argument("sale")
    receipt.add_argument("--format", choices=("text", "escpos", "pdf", "png"), default="text")
    receipt.add_argument("--width", choices=("58", "80"), default="80")
    receipt.add_argument("-o", "--output")
    _printer(command("printer", tr("인쇄기와 대기열")), common)
    command("verify", tr("장부의 사슬이 맞는지 확인해요"))
    command("rebuild", tr("표를 장부에서 다시 만들고 비교해요"))
    command("digest", tr("모든 사실의 요약값 하나"))
    command("doctor", tr("무엇이 잘못됐는지 찾아 할 일을 알려 줘요"))
    return parser


def _day(day: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    steps = day.add_subparsers(dest="step", required=True)
    opened = steps.add_parser("open", parents=[common])
    opened.add_argument("--market", required=True)
    opened.add_argument("--date", required=True)
    opened.add_argument("--register", default="R1")
    opened.add_argument("--float", type=int, default=0, dest="float_won")
    opened.add_argument("--agency", default="")
    steps.add_parser("status", parents=[common])
    closed = steps.add_parser("close", parents=[common])
    closed.add_argument("--register", default="R1")
    closed.add_argument("--counted", type=int, required=True, dest="counted_won")
    closed.add_argument("--reason", default="")
    steps.add_parser("seal", parents=[common])


def _printer(printer: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    steps = printer.add_subparsers(dest="step", required=True)
    chosen = steps.add_parser("use", parents=[common])
    chosen.add_argument("uri")
    for name in ("list", "test", "queue"):
        steps.add_parser(name, parents=[common])
    for name in ("retry", "cancel"):
        steps.add_parser(name, parents=[common]).add_argument("job")
