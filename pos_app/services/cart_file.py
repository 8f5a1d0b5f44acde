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


class LineFile:
    """One line that survives the end of the program: written in place, so that the file stays open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def write(self, data: bytes) -> None:
        """Keep these bytes (no line end in them) in one write, without a flush.

        Its first line counts, whatever stands behind it. A full disk never stops the selling.
        """
        try:
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, data + b"\n")
        except OSError:
            return

    def wipe(self) -> None:
        """Leave nothing in it."""
        try:
            if self._file is not None:
                os.ftruncate(self._file, 0)
            else:
                self._path.unlink(missing_ok=True)
        except OSError:
            return

    def flush(self) -> None:
        """Bring what was written to the disk; for a thread beside the window."""
        try:
            if self._file is not None:
                os.fsync(self._file)
        except OSError:
            return

    def read(self) -> bytes:
        """The line, empty when there is none."""
        try:
            return self._path.read_bytes().split(b"\n", 1)[0]
        except OSError:
            return b""

    def close(self) -> None:
        """Let go of the file; what is in it stays."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class CartFile:
    """Where one register's open cart survives the end of the program."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = LineFile(folder / f"{name}.json")

    def save(self, kept: Kept) -> None:
        """Keep the cart; an empty cart is an empty line."""
        self._file.write(encode(kept) if kept.cart.lines else b"")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def load(self) -> Kept | None:
        """The cart that was open when the program ended, or None."""
        return decode(self._file.read())


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
