"""Two short sounds for scanned codes: one high for taken, two low for refused; never waited for."""

import math
import shutil
import struct
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos_app.runtime.paths import resources

RATE = 22_050
ACCEPTED, REFUSED = "accepted", "refused"
TONES: dict[str, tuple[tuple[int, int], ...]] = {
    ACCEPTED: ((1760, 70),),
    REFUSED: ((330, 110), (0, 70), (330, 110)),
}
"""Hertz and milliseconds of each part; 0 hertz is silence."""

_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
_FADE_MS = 6
_LOUD = 0.45
_MOST = 3  # a scanner is faster than a speaker: what would pile up is left out
_SECOND_BEEP_MS = 180
_PATIENCE_S = 5


def _samples(hertz: int, milliseconds: int) -> list[int]:
    count = RATE * milliseconds // 1000
    fade = RATE * _FADE_MS // 1000
    made = []
    for at in range(count):
        edge = min(1.0, at / fade, (count - at) / fade)
        made.append(round(32_767 * _LOUD * edge * math.sin(2 * math.pi * hertz * at / RATE)))
    return made


def wave_of(name: str) -> bytes:
    """A sound as a WAV file: one channel, 16 bits; the files in resources/sounds are made by this."""
    samples = [sample for hertz, milliseconds in TONES[name] for sample in _samples(hertz, milliseconds)]
    data = struct.pack(f"<{len(samples)}h", *samples)
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, RATE,
                       2 * RATE, 2, 16, b"data", len(data))  # fmt: skip
    return head + data


def sound_file(name: str) -> Path:
    """Where a sound lies."""
    return resources() / "sounds" / f"{name}.wav"


def player_command(which: Callable[[str], str | None] = shutil.which) -> tuple[str, ...]:
    """The program of this machine that plays a file; empty when there is none."""
    for program, *rest in _PLAYERS:
        found = which(program)
        if found:
            return (found, *rest)
    return ()


class Sounds:
    """Plays in a child of its own; without a player the machine beeps."""

    def __init__(self, command: tuple[str, ...] | None = None) -> None:
        self._command = player_command() if command is None else command
        self._room = threading.BoundedSemaphore(_MOST)

    def play(self, accepted: bool) -> None:
        """One of the two sounds, at once and in the background."""
        path = sound_file(ACCEPTED if accepted else REFUSED)
        if sys.platform == "win32":
            # lazy: only Windows has it
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        elif not self._command or not path.is_file():
            _beep(accepted)
        elif self._room.acquire(blocking=False):
            threading.Thread(target=self._let_play, args=(path,), name="sound", daemon=True).start()

    def _let_play(self, path: Path) -> None:
        # lazy: the first scan does not wait for what only a thread needs
        import subprocess

        nowhere = subprocess.DEVNULL
        command = [*self._command, str(path)]
        try:
            subprocess.run(
                command, stdin=nowhere, stdout=nowhere, stderr=nowhere, timeout=_PATIENCE_S, check=False
            )
        except OSError:
            self._command = ()  # it can't be started: from now on the machine beeps
        except subprocess.TimeoutExpired:
            pass  # a speaker that is stuck; `run` ended the child
        finally:
            self._room.release()


def _beep(accepted: bool) -> None:
    QApplication.beep()
    if not accepted:
        QTimer.singleShot(_SECOND_BEEP_MS, QApplication.beep)
