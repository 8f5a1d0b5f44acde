"""The modules of a QR code; finding the best mask takes longest, so the last codes are remembered."""

from functools import lru_cache


@lru_cache(maxsize=32)
def matrix(data: str) -> tuple[bytes, ...]:
    """Rows of modules, 1 = dark, without the quiet zone; error correction M or better."""
    import segno  # lazy: segno

    return tuple(bytes(row) for row in segno.make_qr(data, error="m").matrix)
