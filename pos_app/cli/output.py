"""What the command line says: one document on stdout, people's words on stderr, exit codes."""

import json
import sys
from typing import Any

from pos_app.runtime.streams import tell

DONE, REFUSED, USAGE, WORLD, BUG = 0, 1, 2, 3, 70


def say(text: str) -> None:
    """A sentence for people."""
    tell(text)


def give(text: str) -> None:
    """A result for people or pipes."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def give_json(document: Any) -> None:
    """The one machine-readable document."""
    give(json.dumps(document, ensure_ascii=False, indent=1))


def give_bytes(data: bytes) -> None:
    """Bytes for a pipe."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
