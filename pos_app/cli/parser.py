"""The commands and their arguments."""

import argparse
from collections.abc import Callable

from pos_app.cli import (
    backups_args,
    closing_args,
    orders_args,
    reports_args,
    server_args,
    settling_args,
    stock_args,
    syncing_args,
    updates_args,
)
from pos_app.i18n.texts import tr

Command = Callable[[str, str], argparse.ArgumentParser]


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
    updates_args.show_version(parser)
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
    closing_args.add(command("day", tr("장터의 하루: 열기, 보기, 마감, 전표 맞추기, 봉인, 정산표")), common)
    ring = command("ring", tr("판매 테이프를 화면과 같은 길로 입력해요"))
    ring.add_argument("file")
    reports_args.add(command("report", tr("보고서: 하루, 기간, 장터, 업체마다")))
    receipt = command("receipt", tr("영수증을 다시 보여 줘요"))
    receipt.add_argument("sale")
    receipt.add_argument("--format", choices=("text", "escpos", "pdf", "png"), default="text")
    receipt.add_argument("--width", choices=("58", "80"))
    receipt.add_argument("-o", "--output")
    _labels(command("labels", tr("가격표와 바코드 라벨을 A4나 영수증 인쇄기로 뽑아요")))
    settling_args.add(command("settle", tr("업체와 정산해요: 만들기, 승인, 지급, 정산서")), common)
    _printer(command("printer", tr("인쇄기와 대기열")), common)
    orders_args.take(command("import-orders", tr("공동구매 주문표를 엑셀이나 CSV에서 가져와요")))
    orders_args.orders(command("orders", tr("공동구매 주문: 목록, 준비, 이름표, 내주기")), common)
    orders_args.bundles(command("bundles", tr("꾸러미: 목록, 만들기, 그만 팔기, 준비 목록")), common)
    stock_args.add(command("stock", tr("물건 들고나기: 반입, 반출, 실사, 폐기, 맞춰 보기, 제안")), common)
    _network(command, common)
    _care(command)
    return parser


def _network(command: Command, common: argparse.ArgumentParser) -> None:
    """Trading events with others."""
    syncing_args.enrol(command("enrol", tr("이 기기를 서버에 등록해요")))
    syncing_args.sync(command("sync", tr("서버와 담당자 노트북과 기록을 주고받아요")))
    syncing_args.bundle(command("bundle", tr("USB로 기록을 나르는 파일: 담기, 받아들이기")), common)
    server_args.server(command("server", tr("중앙 서버: 켜기, 계정, 등록 코드, 기기")), common)
    server_args.hub(command("hub", tr("담당자 노트북을 장터의 서버로 써요")))


def _care(command: Command) -> None:
    """Looking after the books and the program."""
    command("verify", tr("장부의 사슬이 맞는지 확인해요"))
    command("rebuild", tr("표를 장부에서 다시 만들고 비교해요"))
    command("digest", tr("모든 사실의 요약값 하나"))
    backups_args.doctor(command("doctor", tr("무엇이 잘못됐는지 찾아 할 일을 알려 줘요")))
    backups_args.backup(command("backup", tr("장부의 사본을 만들고 읽어 봐요")))
    backups_args.restore(command("restore", tr("사본에서 되살리거나 계산대를 이어받아요")))
    updates_args.add(command("update", tr("USB에 담긴 새 판으로 바꿔요: 서명을 확인하고, 안 되면 그대로 둬요")))


def _labels(labels: argparse.ArgumentParser) -> None:
    which = labels.add_mutually_exclusive_group()
    which.add_argument("--product", nargs="+", metavar="CODE", help=tr("품목코드나 바코드"))
    which.add_argument("--vendor", help=tr("업체코드나 이름"))
    which.add_argument("--all", action="store_true", help=tr("오늘 장터의 모든 물건"))
    labels.add_argument("--sheet", default="3x8", help=tr("라벨 용지 이름 (가로x세로 칸 수)"))
    labels.add_argument("--start", type=int, default=1, help=tr("처음 쓸 칸 번호"))
    labels.add_argument("--copies", type=int, default=1, help=tr("물건마다 몇 장"))
    labels.add_argument("--calibrate", action="store_true", help=tr("자리를 맞춰 보는 쪽"))
    labels.add_argument("--shift", nargs=2, metavar="MM", help=tr("오른쪽과 아래로 옮길 mm, 기억해요"))
    labels.add_argument("--sheets", action="store_true", help=tr("아는 라벨 용지를 보여 줘요"))
    labels.add_argument(
        "--printer", nargs="?", const="", metavar="NAME", help=tr("영수증 인쇄기나 이름을 붙인 인쇄기로 뽑아요")
    )
    labels.add_argument("-o", "--output")


def _printer(printer: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    steps = printer.add_subparsers(dest="step", required=True)

    def step(name: str, words: str, *places: str) -> argparse.ArgumentParser:
        made = steps.add_parser(name, help=words, description=words, parents=[common])
        for place in places:
            made.add_argument(place)
        return made

    step("list", tr("이 계산대의 인쇄기와 상태"))
    step("use", tr("영수증 인쇄기를 정해요"), "uri")
    step("add", tr("다른 인쇄기를 이름으로 더해요 (라벨 따위)"), "name", "uri")
    step("remove", tr("이름으로 더한 인쇄기를 지워요"), "name")
    step("find", tr("이 컴퓨터에서 보이는 인쇄기를 찾아요"))
    step("check", tr("주소에 인쇄기가 있는지 살펴봐요"), "address")
    step("proof", tr("인쇄기에 맞는 설정을 찾는 점검표")).add_argument("uri", nargs="?", default="")
    step("test", tr("시험 인쇄"))
    step("queue", tr("기다리거나 결정이 필요한 종이"))
    step("retry", tr("그 종이를 지금 다시 보내요"), "job")
    step("again", tr("나왔을지 모르는 종이를 재발행으로 인쇄해요"), "job")
    step("move", tr("그 종이를 다른 인쇄기로 보내요"), "job", "name")
    step("cancel", tr("그 종이를 버려요"), "job")
    step("came-out", tr("그 종이가 나왔다고 적어요"), "job")
    step("pdf", tr("그 종이를 PDF로 적어요"), "job").add_argument("-o", "--output", required=True)
    step("drawer", tr("돈통을 열고 까닭을 장부에 적어요")).add_argument("--reason", default="")
