"""Every report by its outside name."""

from pos_app.i18n.texts import tr

NAMES = (
    "day",
    "vendors",
    "products",
    "categories",
    "tenders",
    "hours",
    "tax",
    "refunds",
    "cash",
    "sellthrough",
    "agency",
    "preferential",
    "credit",
    "donations",
)
"""Every report in the order in which people look for it."""


def name_of(what: str) -> str:
    """What a report is called."""
    return {
        "day": tr("일일 집계"),
        "vendors": tr("업체별"),
        "products": tr("품목별"),
        "categories": tr("분류별"),
        "tenders": tr("결제 수단별"),
        "hours": tr("시간대별"),
        "tax": tr("세금"),
        "refunds": tr("환불·취소"),
        "cash": tr("과부족"),
        "sellthrough": tr("완판율"),
        "agency": tr("기관 보고서"),
        "preferential": tr("우선구매"),
        "credit": tr("외상"),
        "donations": tr("기부"),
    }[what]
