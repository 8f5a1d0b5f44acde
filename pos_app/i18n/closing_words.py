"""What is left to do before and after a seal, in words for screen and terminal."""

from collections.abc import Sequence
from typing import Protocol

from pos_app.domain.market_day import register_order
from pos_app.i18n.formats import won
from pos_app.i18n.texts import tr

_MOST = 6


class Todo(Protocol):
    """Something left to do: kind, where, how many, how much."""

    @property
    def kind(self) -> str: ...
    @property
    def registers(self) -> Sequence[str]: ...
    @property
    def count(self) -> int: ...
    @property
    def amount_won(self) -> int: ...


class Slip(Protocol):
    """Slips beside the till's figure."""

    @property
    def told(self) -> bool: ...
    @property
    def difference_won(self) -> int: ...
    @property
    def note(self) -> str: ...


def register_numbers(registers: Sequence[str]) -> str:
    """계산대 2, 9, 14; more than a few are counted."""
    ordered = sorted(registers, key=register_order)
    shown = [name[1:] if name[:1] == "R" and name[1:].isdigit() else name for name in ordered[:_MOST]]
    more = len(ordered) - len(shown)
    words = tr("계산대 {numbers}", numbers=", ".join(shown))
    return tr("{words} 외 {more}대", words=words, more=more) if more else words


def todo_words(todo: Todo) -> tuple[str, str]:
    """(what to do, how or how much)."""
    names, count = register_numbers(todo.registers), todo.count
    words = {
        "silent": (tr("{names}의 자료 받기", names=names), tr("소식이 없어요. Wi-Fi가 없으면 USB로 받아요.")),
        "open": (tr("{names} 마감", names=names), tr("돈을 세고 Z를 뽑아요.")),
        "parked": (tr("{names} 보류 정리", names=names), tr("보류 {count}건을 팔거나 버려요.", count=count)),
        "gaps": (
            tr("{names}의 빠진 기록 받기", names=names),
            tr("기록 {count}개가 아직 안 왔어요.", count=count),
        ),
        "cards": (
            tr("카드 승인번호 {count}건 채우기", count=count),
            tr("{names} · {amount}", names=names, amount=won(todo.amount_won)),
        ),
        "slips": (
            tr("맞지 않는 전표 {count}건 보기", count=count),
            tr("{names} · 차이 {amount}", names=names, amount=won(todo.amount_won)),
        ),
        "late": (tr("늦게 온 기록 추가하기"), tr("{names} · {count}개", names=names, count=count)),
        "seals": (
            tr("봉인 {count}개 가운데 고르기", count=count),
            tr("따로 만든 봉인이 있어요. 고를 때까지 잠정이에요."),
        ),
    }
    return words[todo.kind]


def state_word(state: str) -> str:
    """닫음, 열림, 소식 없음."""
    return {"closed": tr("닫음"), "open": tr("열림"), "silent": tr("소식 없음")}[state]


def kind_word(kind: str) -> str:
    """What slips are called."""
    words = {
        "card": tr("카드 전표"),
        "card_refund": tr("카드 취소 전표"),
        "transfer": tr("들어온 이체"),
        "voucher": tr("손에 있는 상품권"),
    }
    return words[kind]


def slip_words(slip: Slip) -> str:
    """How the slips stand against the till."""
    if not slip.told:
        return tr("아직 안 맞춰 봤어요")
    if not slip.difference_won:
        return tr("딱 맞아요")
    size = won(abs(slip.difference_won))
    words = (
        tr("{amount} 모자라요", amount=size)
        if slip.difference_won < 0
        else tr("{amount} 더 있어요", amount=size)
    )
    return tr("{words}: {note}", words=words, note=slip.note) if slip.note else words


def gap_words(gaps: Sequence[tuple[int, int]]) -> str:
    """Missing numbers of a register: 3, 6~7."""
    shown = [f"{first}" if first == last else f"{first}~{last}" for first, last in gaps[:_MOST]]
    more = len(gaps) - len(shown)
    words = ", ".join(shown)
    return tr("{words} 외 {more}곳", words=words, more=more) if more else words
