"""The open cart in a local file: written after each change, without a flush."""

import os
from pathlib import Path

import msgspec

from pos_app.domain.cart import Cart

_decoder = msgspec.json.Decoder(Cart)


def encode(cart: Cart) -> bytes:
    """A cart as JSON."""
    return msgspec.json.encode(cart)


def decode(data: bytes) -> Cart | None:
    """A cart again, or None when the bytes are none (cut off by a power failure)."""
    try:
        return _decoder.decode(data)
    except msgspec.DecodeError:
        return None


class Kept(msgspec.Struct, frozen=True):
    """What stands in the file: the cart, and the token that its sale will bear."""

    token: str
    cart: Cart


class CartFile:
    """Where one register's open cart survives the end of the program."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}.json"

    def save(self, cart: Cart, token: str) -> None:
        """Keep the cart; an empty one leaves no file. A disk that is full never stops the selling."""
        try:
            if not cart.lines:
                self._path.unlink(missing_ok=True)
                return
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".new")
            fresh.write_bytes(msgspec.json.encode(Kept(token, cart)))
            os.replace(fresh, self._path)
        except OSError:
            return

    def load(self) -> Kept | None:
        """The cart that was open when the program ended, or None."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Kept)
        except (OSError, msgspec.DecodeError):
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
        except (OSError, msgspec.DecodeError):
            return ()
        return kept if of == shift_id else ()
