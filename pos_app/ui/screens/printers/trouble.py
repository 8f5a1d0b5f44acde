"""What a printer's trouble is called, and what to do about it, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.i18n.texts import mark, tr

if TYPE_CHECKING:
    from pos_app.ui.screens.views import PrinterStatus

# What the queue says of a printer: (code, what happened, what mends it).
_TROUBLES: tuple[tuple[str, str, str], ...] = (
    ("paper_out", mark("인쇄기에 종이가 없어요."), mark("종이를 넣으면")),
    ("cover_open", mark("인쇄기 덮개가 열려 있어요."), mark("덮개를 닫으면")),
    ("offline", mark("인쇄기가 쉬고 있어요."), mark("인쇄기의 단추를 눌러 깨우면")),
    ("unreachable", mark("인쇄기에 연결이 안 돼요."), mark("전원과 선을 다시 이으면")),
    ("refused", mark("인쇄기에 연결이 안 돼요."), mark("전원과 선을 다시 이으면")),
    ("closed", mark("인쇄기에 연결이 안 돼요."), mark("전원과 선을 다시 이으면")),
    ("timeout", mark("인쇄기가 대답하지 않아요."), mark("인쇄기를 껐다 켜면")),
    ("no_device", mark("인쇄기가 보이지 않아요."), mark("선을 다시 꽂으면")),
    ("no_right", mark("이 컴퓨터가 인쇄기를 쓸 권한이 없어요."), mark("권한을 받으면")),
    ("device_error", mark("인쇄기가 멈췄어요."), mark("인쇄기를 껐다 켜면")),
    ("not_a_printer", mark("그 주소에 있는 것은 인쇄기가 아니에요."), mark("주소를 고치면")),
    ("printer.bad_uri", mark("인쇄기 주소를 읽지 못했어요."), mark("주소를 고치면")),
)


def told(status: PrinterStatus) -> tuple[str, str]:
    """Title and sentence about a printer that needs a hand; the sale is safe whatever it is."""
    for code, title, until in _TROUBLES:
        if code == status.code:
            head = f"{status.place}: {tr(title)}" if status.place else tr(title)
            if not status.waiting:
                return head, tr("판매는 저장됐어요. {until} 다시 나와요.", until=tr(until))
            return head, tr(
                "판매는 저장됐어요. {until} 영수증 {count}장이 이어서 나와요.",
                until=tr(until),
                count=status.waiting,
            )
    if status.code == "unknown":
        return tr("영수증이 나왔는지 몰라요."), tr("판매는 저장됐어요. 종이를 보고 나왔는지 알려 주세요.")
    if status.code == "held":
        return (
            tr("영수증 {count}장이 기다려요.", count=status.waiting),
            tr("판매는 저장됐어요. 인쇄할지 버릴지 정해 주세요."),
        )
    if status.code == "failed":
        return tr("인쇄하지 못한 종이가 있어요."), tr("판매는 저장됐어요. 전송과 기기에서 볼 수 있어요.")
    return tr("인쇄기: {word}", word=status.word), tr(
        "판매는 저장됐어요. 인쇄기를 고치면 {count}장이 이어서 나와요.", count=max(1, status.waiting)
    )


def reason(code: str) -> str:
    """What happened to one paper: the sentence of its code, or what was written down as it is."""
    for known, title, _ in _TROUBLES:
        if known == code:
            return tr(title)
    return code if " " in code else tr("인쇄기가 받지 않았어요.") if code else ""


def advice(code: str) -> str:
    """What to do about it, when nobody waits for a receipt."""
    for known, _, until in _TROUBLES:
        if known == code:
            return tr("{until} 저절로 이어서 나와요.", until=tr(until))
    return tr("인쇄기 전원과 선을 살펴봐 주세요.")
