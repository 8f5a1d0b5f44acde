"""The card terminal gives money back first: each card of a sale is cancelled there, and its approval asked for."""

from collections.abc import Callable, Sequence

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.desk import Desk


def cancel_cards(
    desk: Desk,
    cards: Sequence[int],
    done: Callable[[tuple[str, ...]], object],
    told: tuple[str, ...] = (),
) -> None:
    """Ask card by card (won of each); `done` gets the approvals in order, empty where nobody knew one."""
    if not cards:
        done(told)
        return
    desk.ask_text(
        tr("카드 취소 승인번호가 몇 번인가요?"),
        tr("카드 {amount}을 단말기에서 먼저 취소해요. 번호는 몰라도 돼요.", amount=wording.won(cards[0])),
        tr("단말기에서 취소했어요"),
        lambda number: cancel_cards(desk, cards[1:], done, (*told, number)),
    )
