"""Memory that the program no longer needs, given back to the system."""

import sys


def give_back() -> None:
    """Let the C library return its free pages; a start and an import leave many. Nothing where it cannot."""
    if sys.platform != "linux":
        return
    import ctypes  # lazy: wanted once after the start and in idle minutes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
