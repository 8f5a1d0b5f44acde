"""A right lent at the till: try, and when the right is missing ask for a PIN and try again."""

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action

ASK_FOR_PIN = {
    "right.missing",
    "discount.over_limit",
    "shift.needs_coordinator",
    "over_short.needs_coordinator",
    "pin.needed",
}


def missing_right(error: DomainError, otherwise: Action) -> Action | None:
    """The right that would let it pass; None when no PIN helps."""
    if error.code not in ASK_FOR_PIN:
        return None
    named = error.params.get("action")
    if isinstance(named, Action):
        return named
    try:
        return Action(str(named)) if named else otherwise
    except ValueError:
        return otherwise
