"""The rule of a voucher, said in one sentence with the amount still missing."""

from dataclasses import dataclass

from pos_app.domain.tender import TenderRule
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule says: good, a title, and the sentence with the figures."""

    good: bool
    title: str
    sentence: str


def voucher_verdict(rule: TenderRule, due_won: int, received_won: int) -> Verdict | None:
    """Whether change may be given in cash. Nothing is said before anything was received."""
    if received_won <= 0:
        return None
    if received_won < due_won:
        missing = wording.won(due_won - received_won)
        return Verdict(
            True, tr("{amount} 더 받아야 해요.", amount=missing), tr("남은 돈은 다른 것으로 받아요.")
        )
    if received_won == due_won:
        return Verdict(True, tr("딱 맞게 받았어요."), tr("거스름돈이 없어요."))
    if rule.change == "never":
        over = wording.won(received_won - due_won)
        return Verdict(
            False,
            tr("이 상품권은 거슬러 드릴 수 없어요."),
            tr("{amount}만큼 물건을 더 담거나 다른 것으로 받아요.", amount=over),
        )
    if rule.change == "always":
        return Verdict(True, tr("거스름돈을 현금으로 드릴 수 있어요."), "")
    return _after_percent(rule, due_won, received_won)


def _after_percent(rule: TenderRule, due_won: int, received_won: int) -> Verdict:
    needed = -(-received_won * rule.change_percent // 100)
    if due_won < needed:
        return Verdict(
            False,
            tr("이 상품권은 {needed} 넘게 써야 거슬러 드릴 수 있어요.", needed=wording.won(needed)),
            tr("{missing}만큼 물건을 더 담거나 다른 것으로 받아요.", missing=wording.won(needed - due_won)),
        )
    return Verdict(
        True,
        tr("거스름돈을 현금으로 드릴 수 있어요."),
        tr(
            "{received} 가운데 {used}({percent}%)을 썼어요. {rule}%부터 거슬러 드려요.",
            received=wording.won(received_won),
            used=wording.won(due_won),
            percent=due_won * 100 // received_won,
            rule=rule.change_percent,
        ),
    )
