"""The bank's file of transfers: the only place where account numbers stand whole."""

import csv
import io
from collections.abc import Iterable

from pos_app.i18n.texts import tr
from pos_app.reports.csv_export import harmless

Line = tuple[str, str, str, int, str]
"""Bank, account number, holder, won, words for the other's book."""


def render(lines: Iterable[Line]) -> bytes:
    """UTF-8 with a byte order mark: 은행, 계좌번호, 예금주, 금액, 적요; won as bare numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([tr("은행"), tr("계좌번호"), tr("예금주"), tr("금액"), tr("적요")])
    for bank, account, holder, amount_won, words in lines:
        writer.writerow(
            [harmless(bank), harmless(account), harmless(holder), str(amount_won), harmless(words)]
        )
    return out.getvalue().encode("utf-8-sig")
