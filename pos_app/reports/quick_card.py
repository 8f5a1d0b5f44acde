"""하루 사용법: one page for whoever stands at the till for the first time, as an A4 PDF with drawn keys."""

import io
from dataclasses import dataclass
from typing import Any

from pos_app.i18n.texts import tr
from pos_app.reports.pdf_export import BOLD, REGULAR, _fonts

_WIDTH, _HEIGHT = 595.2756, 841.8898
_MARGIN, _GAP, _PAD = 34.0, 12.0, 12.0
_TITLE, _LEAD, _HEAD, _BODY, _KEY = 26.0, 11.5, 14.0, 11.0, 10.5
_LEADING = 1.35
_INK, _SOFT, _EDGE, _PAPER = (0.11, 0.10, 0.09), (0.28, 0.27, 0.22), (0.52, 0.50, 0.44), (1.0, 1.0, 1.0)
_PRIMARY = (0.106, 0.310, 0.561)
_KEY_HIGH, _KEY_GAP = 22.0, 6.0
_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the day: what it is, what to do, and the keys to press; `big` names the corner key."""

    title: str
    words: str
    keys: tuple[str, ...] = ()
    big: str = ""


def card_title() -> str:
    """The card's name."""
    return tr("하루 사용법")


def card_lead() -> str:
    """The sentence under the name."""
    return tr("큰 파란 키는 언제나 오른쪽 아래에 있어요. 다음에 할 일이 적혀 있어요.")


def day_steps() -> tuple[Step, ...]:
    """The day from the first sign-in to the Z, with what to do when something is in the way."""
    return (*_selling_steps(), *_other_steps())


def _selling_steps() -> tuple[Step, ...]:
    return (
        Step(tr("이름을 고르고 PIN을 눌러요"), tr("PIN 숫자를 다 누르면 저절로 들어가요.")),
        Step(
            tr("돈통을 세고 열어요"),
            tr("준비금이 지난번과 같으면 바로 눌러요."),
            big=tr("준비금 100,000원으로 개점"),
        ),
        Step(
            tr("물건을 담아요"),
            tr("바코드를 찍거나, 그림 칸을 누르거나, 이름을 찾아요. ㅅㄱ을 치면 사과가 나와요."),
            ("F2",),
            tr("결제"),
        ),
        Step(
            tr("돈을 받아요"),
            tr("현금은 받은 금액을 누르면 거스름돈이 크게 나와요. 카드는 단말기에서 먼저 받아요."),
            (tr("현금"), tr("카드"), tr("상품권")),
            tr("현금 100,000원 받음"),
        ),
        Step(
            tr("거스름돈을 주고 다음 손님"),
            tr("영수증은 저절로 나와요. 다음 물건을 바로 찍어도 돼요."),
            big=tr("다음 손님"),
        ),
    )


def _other_steps() -> tuple[Step, ...]:
    return (
        Step(
            tr("잘못 담았으면"),
            tr("10초 안에 되돌리거나, 그 줄을 골라 빼요."),
            (tr("되돌리기"), "Ctrl+Z", tr("빼기"), "F6"),
        ),
        Step(
            tr("손님이 기다리라고 하면"),
            tr("보류해 두고 다음 손님을 받아요. 나중에 불러와요."),
            (tr("보류"), "F4"),
        ),
        Step(
            tr("물건을 되돌려 받으면"),
            tr("영수증을 찾아 물건을 고르고 이유를 눌러요. 카드는 단말기에서 먼저 취소해요."),
            (tr("영수증·환불"), "F7"),
        ),
        Step(tr("인쇄기가 멈추면"), tr("판매는 저장됐어요. 종이를 넣으면 밀린 영수증이 이어서 나와요.")),
        Step(tr("인터넷이 없으면"), tr("그대로 팔아요. 연결되면 저절로 보내요.")),
        Step(tr("컴퓨터가 꺼지면"), tr("다시 켜면 담던 물건이 그대로 있어요.")),
        Step(
            tr("장사가 끝나면"),
            tr("메뉴에서 마감을 골라 돈을 세요. 예상 금액은 세고 나서 나와요."),
            (tr("메뉴"), "F10"),
            tr("Z 마감하고 인쇄"),
        ),
    )


def quick_card_pdf(shop: str = "") -> bytes:
    """The card as one A4 page; `shop` stands at its foot beside a line for whom to call."""
    from reportlab.pdfgen.canvas import Canvas  # lazy: only who asks for the card needs it

    fonts = _fonts()
    out = io.BytesIO()
    first_font: Any = REGULAR  # else an unembedded Helvetica is named in the file
    canvas = Canvas(
        out, pagesize=(_WIDTH, _HEIGHT), pageCompression=1, invariant=1, initialFontName=first_font
    )
    canvas.setTitle(card_title())
    _Card(canvas, fonts).draw(shop)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Card:
    """Draws the page: a title, the steps in two columns, a foot."""

    def __init__(self, canvas: Any, fonts: dict[str, Any]) -> None:
        self._canvas, self._fonts = canvas, fonts

    def draw(self, shop: str) -> None:
        y = _HEIGHT - _MARGIN - _TITLE
        self._text(_MARGIN, y, card_title(), BOLD, _TITLE)
        y -= 20
        self._text(_MARGIN, y, card_lead(), REGULAR, _LEAD, _SOFT)
        steps = day_steps()
        rows = -(-len(steps) // _COLUMNS)
        top, foot = y - 14, _MARGIN + 46
        wide = (_WIDTH - 2 * _MARGIN - _GAP * (_COLUMNS - 1)) / _COLUMNS
        needs = [self._height(step, wide) for step in steps]
        tall = [max(needs[at : at + _COLUMNS]) for at in range(0, len(steps), _COLUMNS)]
        spare = max(0.0, top - foot - sum(tall) - _GAP * (rows - 1)) / rows
        for at, step in enumerate(steps):
            row, column = divmod(at, _COLUMNS)
            box_top = top - sum(tall[:row]) - row * (_GAP + spare)
            self._step(at + 1, step, _MARGIN + column * (wide + _GAP), box_top, wide, tall[row] + spare)
        self._foot(shop)

    def _height(self, step: Step, wide: float) -> float:
        inner = wide - 2 * _PAD
        lines = len(self._wrapped(step.title, BOLD, _HEAD, inner - 30)) * _HEAD * _LEADING
        lines += len(self._wrapped(step.words, REGULAR, _BODY, inner)) * _BODY * _LEADING
        return lines + 2 * _PAD + self._keys_height(step, inner)

    def _keys_height(self, step: Step, inner: float) -> float:
        return len(self._key_lines(step, inner)) * (_KEY_HIGH + _KEY_GAP) + (
            4 if step.keys or step.big else 0
        )

    def _step(self, number: int, step: Step, x: float, top: float, wide: float, tall: float) -> None:
        canvas = self._canvas
        canvas.setStrokeColorRGB(*_EDGE)
        canvas.setLineWidth(0.8)
        canvas.roundRect(x, top - tall, wide, tall, 8)
        radius = 11.0
        canvas.setFillColorRGB(*_INK)
        canvas.circle(x + _PAD + radius, top - _PAD - radius + 1, radius, stroke=0, fill=1)
        said = str(number)
        half = self._fonts[BOLD].stringWidth(said, 12) / 2
        self._text(x + _PAD + radius - half, top - _PAD - radius - 3, said, BOLD, 12, _PAPER)
        inner, y = wide - 2 * _PAD, top - _PAD
        for line in self._wrapped(step.title, BOLD, _HEAD, inner - 30):
            y -= _HEAD * _LEADING
            self._text(x + _PAD + 30, y + 4, line, BOLD, _HEAD)
        y -= 2
        for line in self._wrapped(step.words, REGULAR, _BODY, inner):
            y -= _BODY * _LEADING
            self._text(x + _PAD, y + 2, line, REGULAR, _BODY)
        y -= 4
        for keys in self._key_lines(step, inner):
            y -= _KEY_HIGH + _KEY_GAP
            at = x + _PAD
            for words, big in keys:
                at += self._key(at, y + _KEY_GAP - 2, words, big) + _KEY_GAP

    def _key_lines(self, step: Step, room: float) -> list[list[tuple[str, bool]]]:
        """The keys in as many lines as they need."""
        lines: list[list[tuple[str, bool]]] = []
        used = 0.0
        for words, big in [*((word, False) for word in step.keys), *([(step.big, True)] if step.big else [])]:
            wide = self._key_width(words)
            if not lines or used + wide > room:
                lines.append([])
                used = 0.0
            lines[-1].append((words, big))
            used += wide + _KEY_GAP
        return lines

    def _key_width(self, words: str) -> float:
        return float(self._fonts[BOLD].stringWidth(words, _KEY)) + 18

    def _key(self, x: float, y: float, words: str, big: bool) -> float:
        """A key as on the screen: a 2 px edge, a thick foot, the corner key filled; its width."""
        canvas, wide = self._canvas, self._key_width(words)
        canvas.setFillColorRGB(*(_PRIMARY if big else _EDGE))
        canvas.roundRect(x, y - 2, wide, _KEY_HIGH, 5, stroke=0, fill=1)
        canvas.setFillColorRGB(*(_PRIMARY if big else _PAPER))
        canvas.setStrokeColorRGB(*(_PRIMARY if big else _EDGE))
        canvas.setLineWidth(1.2)
        canvas.roundRect(x, y, wide, _KEY_HIGH - 2, 5, stroke=1, fill=1)
        self._text(x + 9, y + 6, words, BOLD, _KEY, _PAPER if big else _INK)
        return wide

    def _foot(self, shop: str) -> None:
        y = _MARGIN + 8
        self._canvas.setStrokeColorRGB(*_EDGE)
        self._canvas.setLineWidth(0.8)
        self._canvas.line(_MARGIN, y + 26, _WIDTH - _MARGIN, y + 26)
        help_words = tr("막히면 담당자를 불러요: ____________________  전화 ____________________")
        self._text(_MARGIN, y + 8, help_words, BOLD, _LEAD)
        self._text(
            _MARGIN, y - 8, " · ".join(part for part in (shop, tr("장터포스")) if part), REGULAR, 9, _SOFT
        )

    def _text(
        self, x: float, y: float, text: str, font: str, size: float, colour: tuple[float, ...] = _INK
    ) -> None:
        self._canvas.setFillColorRGB(*colour)
        self._canvas.setFont(font, size)
        self._canvas.drawString(x, y, text)

    def _wrapped(self, text: str, font: str, size: float, room: float) -> list[str]:
        lines: list[str] = []
        line = ""
        for word in text.split(" "):
            trial = f"{line} {word}".strip()
            if line and self._fonts[font].stringWidth(trial, size) > room:
                lines.append(line)
                line = word
            else:
                line = trial
        return [*lines, line]
