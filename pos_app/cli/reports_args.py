"""The arguments of `jangteo report`."""

import argparse

from pos_app.i18n.texts import tr
from pos_app.reports.names import NAMES

REPORTS = (*NAMES, "settlement")
FORMATS = ("text", "json", "csv", "xlsx", "pdf")


def add(report: argparse.ArgumentParser) -> None:
    """Which report, of when and whom, in which form."""
    report.add_argument("what", choices=REPORTS)
    when = report.add_mutually_exclusive_group()
    when.add_argument(
        "--date", help=tr("하루 2026-11-20, 한 달 2026-11, 한 해 2026. 적지 않으면 마지막 장날")
    )
    when.add_argument("--from", dest="from_on", help=tr("이 날부터"))
    report.add_argument("--until", dest="until_on", help=tr("이 날까지"))
    report.add_argument("--market", help=tr("한 장터나 한 기관만. 날짜가 없으면 그 장터의 모든 날"))
    report.add_argument("--vendor", help=tr("한 업체만: 이름이나 업체코드"))
    report.add_argument("--cooperative", help=tr("한 조합의 업체만"))
    report.add_argument("--format", choices=FORMATS, default="text")
    report.add_argument("-o", "--output")
