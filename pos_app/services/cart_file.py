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
        self._file: int | None = None

    def save(self, kept: Kept) -> None:
        """Keep the cart in one write; an empty cart is an empty line. A full disk never stops the selling.

        The file stays open and is written over: its first line counts, whatever stands behind it.
        """
        data = encode(kept) + b"\n" if kept.cart.lines else b"\n"
        try:
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, data)
        except OSError:
            return

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def load(self) -> Kept | None:
        """The cart that was open when the program ended, or None."""
        try:
            return decode(self._path.read_bytes().split(b"\n", 1)[0])
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
