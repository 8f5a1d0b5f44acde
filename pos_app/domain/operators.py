"""Who may do what at the till, how far discounts go, and what makes a PIN."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from pos_app.domain.errors import DomainError
from pos_app.domain.money import round_half_up
from pos_app.domain.pricing import PricedCart, PricedLine


class Role(StrEnum):
    """Roles of operators."""

    CASHIER = "cashier"
    VENDOR = "vendor"
    COORDINATOR = "coordinator"
    OFFICE = "office"


class Action(StrEnum):
    """Everything that a right is asked for."""

    SELL = "sell"
    DISCOUNT = "discount"
    PRICE_OVERRIDE = "price_override"
    VOID = "void"
    REFUND = "refund"
    REPRINT = "reprint"
    OPEN_SHIFT = "open_shift"
    CASH_MOVEMENT = "cash_movement"
    CLOSE_SHIFT = "close_shift"
    OVER_SHORT_ABOVE_LIMIT = "over_short_above_limit"
    SEE_TOTALS = "see_totals"
    OPEN_DAY = "open_day"
    SEAL_DAY = "seal_day"
    REOPEN_DAY = "reopen_day"
    SEAL_PROVISIONAL = "seal_provisional"  # with registers missing; and which of two seals counts
    IMPORT = "import"
    EDIT_CATALOGUE = "edit_catalogue"
    QUICK_ADD = "quick_add"
    EDIT_OPERATORS = "edit_operators"
    SETTINGS = "settings"
    SETTLE = "settle"
    PRACTICE = "practice"
    OPEN_DRAWER = "open_drawer"
    STOCK = "stock"


_CASHIER = frozenset(
    {
        Action.SELL,
        Action.DISCOUNT,
        Action.VOID,
        Action.REPRINT,
        Action.OPEN_SHIFT,
        Action.CASH_MOVEMENT,
        Action.CLOSE_SHIFT,
        Action.QUICK_ADD,
        Action.PRACTICE,
    }
)
_VENDOR = _CASHIER | {
    Action.PRICE_OVERRIDE,
    Action.REFUND,
    Action.SEE_TOTALS,
    Action.OPEN_DRAWER,
    Action.STOCK,
}
# Only who stands at the market can know why a sealed day or a drawer is not what it should be.
_OFFICE = frozenset(Action) - {
    Action.REOPEN_DAY,
    Action.SEAL_PROVISIONAL,
    Action.OVER_SHORT_ABOVE_LIMIT,
}

_RIGHTS: dict[Role, frozenset[Action]] = {
    Role.CASHIER: _CASHIER,
    Role.VENDOR: _VENDOR,
    Role.COORDINATOR: frozenset(Action),
    Role.OFFICE: _OFFICE,
}

_DISCOUNT_LIMITS = {Role.CASHIER: 100, Role.VENDOR: 300, Role.COORDINATOR: 1000, Role.OFFICE: 1000}


def role_named(text: str) -> Role:
    """Return the role of this name; raises DomainError("right.unknown_role", text)."""
    try:
        return Role(text)
    except ValueError:
        raise DomainError("right.unknown_role", text=str(text)[:40]) from None


def action_named(text: str) -> Action:
    """Return the action of this name; raises DomainError("right.unknown_action", text)."""
    try:
        return Action(text)
    except ValueError:
        raise DomainError("right.unknown_action", text=str(text)[:40]) from None


def may(role: Role, action: Action) -> bool:
    """Say whether a role holds the right to an action."""
    return action in _RIGHTS[role]


def require(role: Role, action: Action) -> None:
    """Raise DomainError("right.missing", action, role) when the role lacks the right."""
    if not may(role, action):
        raise DomainError("right.missing", action=str(action), role=str(role))


def discount_limit_permille(role: Role, limits: Mapping[Role, int] | None = None) -> int:
    """Return how much a role may take off by itself, in thousandths; `limits` are those of the house."""
    return (limits or _DISCOUNT_LIMITS).get(role, _DISCOUNT_LIMITS[role])


def require_discount(
    role: Role, of_won: int, discount_won: int, limits: Mapping[Role, int] | None = None
) -> None:
    """Raise DomainError("discount.over_limit", limit_permille, role) when too much is taken off."""
    limit = discount_limit_permille(role, limits)
    if discount_won > round_half_up(of_won * limit, 1000):
        raise DomainError("discount.over_limit", limit_permille=limit, role=str(role))


def require_discounts(role: Role, priced: PricedCart, limits: Mapping[Role, int] | None = None) -> None:
    """Hold each line's discount and mark-down, and all discounts together, to the role's limit.

    Together, because ten percent on each line and ten on the cart would else slip through. What a 떨이 plan
    takes off was decided by those who agreed to it: such goods count at the price of the plan.
    """
    planned_won = 0
    for line in priced.lines:
        if _planned(line):
            planned_won += line.discount_won
        else:
            require_discount(role, line.amount_won, line.discount_won, limits)
    if any(line.cart_discount_won for line in priced.lines):
        require_discount(role, priced.gross_won - planned_won, priced.discount_won - planned_won, limits)


def _planned(priced: PricedLine) -> bool:
    """Say whether a line's discount is the one that its mark-down plan granted, or less."""
    line, discount = priced.line, priced.line.discount
    if discount is None or discount.kind != "markdown_permille":
        return False
    return discount.value <= line.planned_permille


def check_keeps_a_coordinator(left: Iterable[Role]) -> None:
    """Raise DomainError("operator.last_coordinator") when nobody of those left may enter people."""
    if not any(may(role, Action.EDIT_OPERATORS) for role in left):
        raise DomainError("operator.last_coordinator")


PIN_MAX = 8
LOCK_AFTER = 5
"""Wrong PINs in a row before the first wait."""

_WAITS_S = (30, 60, 120, 300, 600, 900, 1800)
_RUN = "01234567890"


def pin_min(role: Role) -> int:
    """Return how many digits a role's PIN has at least."""
    return 6 if role in (Role.COORDINATOR, Role.OFFICE) else 4


def pin_problem(pin: str, role: Role) -> str | None:
    """Return what is wrong with a new PIN: pin.not_digits, pin.too_short, pin.too_long, pin.too_easy."""
    if not pin.isascii() or not pin.isdecimal():
        return "pin.not_digits"
    if len(pin) < pin_min(role):
        return "pin.too_short"
    if len(pin) > PIN_MAX:
        return "pin.too_long"
    if len(set(pin)) == 1 or pin in _RUN or pin in _RUN[::-1]:
        return "pin.too_easy"
    half = len(pin) // 2
    return "pin.too_easy" if pin[:half] == pin[half:] else None


def check_pin(pin: str, role: Role) -> None:
    """Raise DomainError with what pin_problem says, and min_digits and max_digits."""
    problem = pin_problem(pin, role)
    if problem is not None:
        raise DomainError(problem, min_digits=pin_min(role), max_digits=PIN_MAX)


def locked_until(failures: int, last_failure_at: datetime, now: datetime) -> datetime | None:
    """Return until when PINs are refused after `failures` wrong ones in a row, None if they are not.

    A clock that was set back by more than the wait frees rather than locking for days.
    """
    if failures < LOCK_AFTER:
        return None
    wait = timedelta(seconds=_WAITS_S[min(failures - LOCK_AFTER, len(_WAITS_S) - 1)])
    until = last_failure_at + wait
    return until if last_failure_at - wait <= now < until else None
