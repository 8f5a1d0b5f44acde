"""The market board in words for the office page."""

from dataclasses import dataclass
from datetime import datetime

from pos_app.i18n import formats
from pos_app.i18n.closing_words import todo_words
from pos_app.i18n.texts import tr
from pos_app.services.day_close_board import DayBoard, RegisterLine
from pos_app.storage.queries.days import StoredDay

_MINUTE, _DAY = 60, 86_400  # seconds


@dataclass(frozen=True, slots=True)
class RegisterCard:
    """One register: name, state in a word with its level, figures, when it was last heard of."""

    name: str
    state: str
    level: str
    net: str
    sales: str
    heard: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The whole board as it is written."""

    id: str
    market: str
    date: str
    net: str
    certain: str
    sales: str
    state: str
    level: str
    folding: str
    registers: tuple[RegisterCard, ...]
    todos: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A market day to look at."""

    id: str
    words: str


def heard(at: str, now: datetime) -> str:
    """When something was last heard of, from an ISO time that may be empty or of a wild clock."""
    if not at:
        return tr("아직 소식 없음")
    try:
        gone = now - datetime.fromisoformat(at)
        seconds = max(0, gone.days * _DAY + gone.seconds)
        return tr("{age} 전 소식", age=formats.age(seconds)) if seconds >= _MINUTE else tr("방금 소식")
    except (ValueError, TypeError, OverflowError):
        return tr("시계가 이상함")


def day_choice(day: StoredDay) -> DayChoice:
    """완판장터 · 2026-11-20."""
    return DayChoice(day.day_id, f"{day.market} · {day.business_date}")


def board_page(board: DayBoard, now: datetime, waiting: int) -> BoardPage:
    """The page of a board; `waiting` events are stored and not yet counted."""
    state, level = _standing(board)
    folding = tr("받은 기록 {count}건을 정리하고 있습니다.", count=waiting) if waiting else ""
    return BoardPage(
        board.day_id,
        board.market,
        board.business_date,
        formats.won(board.net_won),
        formats.won(board.certain_won),
        tr("{count}건", count=f"{board.sales_count:,}"),
        state,
        level,
        folding,
        tuple(_card(line, now) for line in board.lines),
        tuple(todo_words(todo) for todo in board.todos),
    )


def _standing(board: DayBoard) -> tuple[str, str]:
    if board.undecided:
        return tr("따로 한 봉인이 여럿입니다. 담당자가 하나를 골라야 합니다."), "danger"
    if board.sealed and board.complete:
        return tr("봉인했습니다."), "ok"
    if board.sealed:
        return tr("임시로 봉인했습니다. 아직 오지 않은 계산대가 있습니다."), "warn"
    if board.blocking:
        return tr("봉인하기 전에 할 일이 {count}가지 있습니다.", count=board.blocking), "warn"
    return tr("봉인할 수 있습니다."), "ok"


def _card(line: RegisterLine, now: datetime) -> RegisterCard:
    words = {
        "closed": (tr("마감"), "ok"),
        "open": (tr("판매 중"), "plain"),
        "silent": (tr("소식 없음"), "danger"),
    }
    state, level = words.get(line.state, (line.state, "warn"))
    name = line.register[1:] if line.register[:1] == "R" else line.register
    who = tr("계산대 {number}", number=name)
    return RegisterCard(
        f"{who} · {line.operator}" if line.operator else who,
        state,
        level,
        formats.won(line.net_won),
        tr("{count}건", count=f"{line.sales_count:,}"),
        heard(line.since, now),
        tuple(_notes(line)),
    )


def _notes(line: RegisterLine) -> list[str]:
    notes = []
    missing = sum(last - first + 1 for first, last in line.gaps)
    if missing:
        notes.append(tr("기록 {count}건이 아직 오지 않았습니다.", count=f"{missing:,}"))
    if line.late:
        notes.append(tr("봉인한 뒤에 {count}건이 왔습니다.", count=f"{line.late:,}"))
    if line.parked:
        notes.append(tr("보류한 장바구니 {count}개", count=line.parked))
    if line.state == "closed" and line.over_short_won:
        notes.append(tr("과부족 {amount}", amount=formats.signed(line.over_short_won)))
    if not line.planned:
        notes.append(tr("계획에 없던 계산대"))
    return notes
