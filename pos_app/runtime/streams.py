"""What the program says outside its window: UTF-8 into pipes and files, a box where there is no terminal at all."""

import io
import sys


def in_utf8() -> None:
    """Let output that goes into a pipe or file be UTF-8: there Windows takes the machine's old code page."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else None)


def tell(text: str) -> None:
    """A sentence for people: on the terminal; Windows' program without a console shows it in a box."""
    if sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)
    elif sys.platform == "win32":
        # lazy: only Windows has it, and only for who has no terminal
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "Jangteo POS", 0x30)  # an exclamation mark, one key
