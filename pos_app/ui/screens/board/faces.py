"""A register's face on the board: what its card says, and aloud."""

from datetime import datetime
from typing import NamedTuple

from pos_app.i18n import closing_words
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.board.views import RegisterLine

_BADGES = {"silent": "bad", "open": "warn", "closed": "ok"}


class CardView(NamedTuple):
    """One register as a card."""

    key: str
    number: str
    name: str
    state: str
    badge: str
    badge_kind: str
    sales: str
    amount: str
    foot: str
    spoken: str


def number_of(register: str) -> str:
    """R12 is 12 on a card; other names stay."""
    return register[1:] if register[:1] == "R" and register[1:].isdigit() else register


def card_of(line: RegisterLine, printer: str, now: datetime | None = None) -> CardView:
    """One card."""
    foot = foot_of(line, printer, now)
    badge, kind = closing_words.state_word(line.state), _BADGES[line.state]
    if line.late:
        badge, kind = tr("늦게 옴"), "warn"
    elif line.gaps and line.state == "closed":
        badge, kind = tr("빠짐"), "bad"
    count = tr("{count}건", count=line.sales_count)
    spoken = ", ".join(
        part
        for part in (
            wording.register_word(line.register),
            line.operator,
            f"{badge} {foot}",
            wording.won(line.net_won),
            count,
        )
        if part
    )
    amount = wording.won(line.net_won)
    return CardView(
        line.register,
        number_of(line.register),
        line.operator,
        line.state,
        badge,
        kind,
        count,
        amount,
        foot,
        spoken,
    )


def foot_of(line: RegisterLine, printer: str, now: datetime | None) -> str:
    """What is the matter with a register, or its Z."""
    if line.gaps:
        return tr("빠진 기록 {gaps}", gaps=closing_words.gap_words(line.gaps))
    if line.late:
        return tr("봉인한 뒤에 온 기록 {count}개", count=line.late)
    if line.state == "silent":
        if not line.since:
            return tr("소식을 들은 적이 없어요")
        age = wording.ago(line.since, now)
        return tr("{age}째 · {count}건까지 받음", age=age, count=line.sales_count)
    if line.state == "closed":
        zeds = ", ".join(str(number) for number in line.z_nos)
        return tr("Z {number} · 과부족 {won}", number=zeds, won=wording.won(line.over_short_won))
    if line.own and printer:
        return tr("인쇄기 {word}", word=printer)
    if line.parked:
        return tr("보류 {count}건", count=line.parked)
    return tr("미전송 {count}건 · {age}", count=line.unsynced, age=wording.ago(line.since, now))
