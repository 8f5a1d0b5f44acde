"""The open cart in a local file: written after each change, without a flush."""

import os
from pathlib import Path

import msgspec

from pos_app.domain.cart import Cart
from pos_app.domain.errors import DomainError
from pos_app.domain.pricing import PricingPolicy, price
from pos_app.facts.sales import Override


class Kept(msgspec.Struct, frozen=True):
    """A cart put down: the token that its sale will bear, and the rights that were lent for it."""

    token: str
    cart: Cart
    overrides: tuple[Override, ...] = ()


_decoder = msgspec.json.Decoder(Kept)


def encode(kept: Kept) -> bytes:
    """A cart as JSON."""
    return msgspec.json.encode(kept)


def decode(data: bytes) -> Kept | None:
    """A cart again, or None when the bytes are none (cut off by a power failure)."""
    try:
        kept = _decoder.decode(data)
        price(kept.cart, PricingPolicy())
    except (ValueError, DomainError):
        return None
    return kept


class CartFile:
    """Where one register's open cart survives the end of the program."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}.json"

    def save(self, kept: Kept) -> None:
        """Keep the cart; an empty one leaves no file. A disk that is full never stops the selling."""
        try:
            if not kept.cart.lines:
                self._path.unlink(missing_ok=True)
                return
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".new")
            fresh.write_bytes(encode(kept))
            os.replace(fresh, self._path)
        except OSError:
            return

    def load(self) -> Kept | None:
        """The cart that was open when the program ended, or None."""
        try:
            return decode(self._path.read_bytes())
        except OSError:
            return None


class CountFile:
    """A half-done drawer count, kept over the end of the program without a flush."""

    def __init__(self, folder: Path, register: str) -> None:
        self._path = folder / f"count-{register}.json"

    def save(self, shift_id: str, denominations: tuple[tuple[int, int], ...]) -> None:
        """Keep (won, pieces) of this shift; nothing leaves no file."""
        try:
            if not denominations:
                self._path.unlink(missing_ok=True)
                return
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_bytes(msgspec.json.encode((shift_id, denominations)))
        except OSError:
            return

    def load(self, shift_id: str) -> tuple[tuple[int, int], ...]:
        """What was counted of this shift so far."""
        try:
            of, kept = msgspec.json.decode(
                self._path.read_bytes(), type=tuple[str, tuple[tuple[int, int], ...]]
            )
        except (OSError, ValueError):
            return ()
        return kept if of == shift_id else ()
