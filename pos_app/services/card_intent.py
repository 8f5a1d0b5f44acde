"""A payment that was begun: kept beside the cart until the sale is stored, so that no card is charged unnoticed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from pos_app.domain.errors import DomainError
from pos_app.domain.pricing import PricingPolicy, price
from pos_app.domain.tender import TenderInput
from pos_app.services.cart_file import Kept, LineFile
from pos_app.storage.unit_of_work import register_scope

if TYPE_CHECKING:
    from pos_app.services.desk import Desk


class Intent(msgspec.Struct, frozen=True):
    """What was being paid when the program ended.

    `rows` were received; `card` is the amount that was given to the terminal, whose answer nobody
    knows. `after` is the last cart that had become a sale in `scope` when this began: another one by
    now means that the till went on since, and this is over.
    """

    kept: Kept
    at: str
    register: str
    scope: str
    after: str
    rows: tuple[TenderInput, ...] = ()
    card: TenderInput | None = None

    @property
    def received_won(self) -> int:
        """What the rows received come to."""
        return sum(row.received_won for row in self.rows)


def decode(data: bytes, policy: PricingPolicy) -> Intent | None:
    """An intent again, or None when the bytes are none (cut off by a power failure)."""
    if not data:
        return None
    try:
        intent = msgspec.json.decode(data, type=Intent)
        price(intent.kept.cart, policy)
    except (ValueError, DomainError):
        return None
    return intent if intent.kept.cart.lines else None


class Payment:
    """The payment of one till's open cart, and the one that the end of the program cut off."""

    def __init__(self, desk: "Desk", policy: PricingPolicy, kept: Callable[[], Kept]) -> None:
        self._desk = desk
        self._kept = kept
        self._file = LineFile(desk.home.carts / f"{desk.till_name}-payment.json")
        self._place: tuple[str, str] | None = None
        self.rows: tuple[TenderInput, ...] = ()
        self.card: TenderInput | None = None
        self.left = self._left(policy)

    def _left(self, policy: PricingPolicy) -> Intent | None:
        """What the end of the program cut off, unless it became a sale or others were sold since."""
        data = self._file.read()
        self._full = bool(data)
        intent = decode(data, policy)
        if intent is None:
            return None
        with self._desk.work.read() as rows:
            found = rows.all('SELECT "scope", "done_cart" FROM "own_log"')
        done: dict[str, str] = dict(found)
        if intent.kept.token in done.values() or done.get(intent.scope, "") != intent.after:
            return None
        self._place = (intent.scope, intent.after)
        self.rows, self.card = intent.rows, intent.card
        return intent

    def begun(self) -> bool:
        """Whether anything was received, or a card may have been charged."""
        return bool(self.rows) or self.card is not None

    def keep(self, rows: Sequence[TenderInput], card: TenderInput | None) -> bool:
        """Remember what was received, and what the card terminal is asked for; whether anything is new."""
        received = tuple(rows)
        if (received, card) == (self.rows, self.card):
            return False
        self.rows, self.card = received, card
        if not self.begun():
            self._wipe()
            return True
        scope, after = self._place or self._now()
        self._place = (scope, after)
        desk = self._desk
        intent = Intent(self._kept(), desk.clock.stamp(), desk.register, scope, after, received, card)
        self._file.write(msgspec.json.encode(intent))
        self._full = True
        return True

    def flush(self) -> None:
        """Bring it to the disk; for a thread beside the window."""
        self._file.flush()

    def answered(self) -> None:
        """Somebody said what became of the payment that was cut off."""
        self.left = None

    def drop(self) -> None:
        """It is over: stored, or given back."""
        self.left, self._place = None, None
        self.rows, self.card = (), None
        self._wipe()

    def _wipe(self) -> None:
        if self._full:
            self._full = False
            self._file.wipe()

    def close(self) -> None:
        """Let go of the file; what is in it stays."""
        self._file.close()

    def _now(self) -> tuple[str, str]:
        with self._desk.work.read() as rows:
            scope = register_scope(self._desk.day(rows).day_id, self._desk.register)
            row = rows.one('SELECT "done_cart" FROM "own_log" WHERE "scope" = ?', scope)
        return scope, row[0] if row else ""
