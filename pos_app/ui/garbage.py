"""When the window looks for garbage: among what is young at any time, among all only while nobody is at the till.

Looking through a catalogue of 20,000 products takes several frames, in whichever thread it happens.
"""

import gc
import time

NEVER = 1_000_000_000  # young collections before the old are looked through
QUIET_S = 20  # nobody at the till for so long
LONG_S = 0.02


class Garbage:
    """Begins once the start is over; where the collector runs as it likes (in tests), it is left alone."""

    def __init__(self) -> None:
        self._ours = False

    def begin(self) -> None:
        """What the start made stays for good."""
        if gc.isenabled():
            return
        self._ours = True
        gc.freeze()
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, NEVER)
        gc.enable()

    def set_aside(self) -> None:
        """What was made just now is much, and stays: nobody looks through it again."""
        if self._ours:
            gc.freeze()

    def rest(self, quiet_s: float) -> None:
        """Look through everything if the till stands alone; what took long once is set aside."""
        if not self._ours or quiet_s < QUIET_S:
            return
        begin = time.thread_time()
        gc.collect()
        if time.thread_time() - begin > LONG_S:
            gc.freeze()
