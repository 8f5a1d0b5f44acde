"""A barcode scanner types like a keyboard, only faster: this tells the two apart."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent

from pos_app.domain.hangul import keys_from_jamo

FAST_MS = 35  # two keys closer than this are not typed by hand
SILENCE_MS = 60  # a burst without Enter ends after this
LEAST = 4  # shorter than this is never a code
_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_KEY_KINDS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod})
_PRESS, _INPUT = QEvent.Type.KeyPress, QEvent.Type.InputMethod
_MODIFIED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class ScannerFilter(QObject):
    """An event filter on the application. `scanned(text)` for a burst, which no widget sees.

    Fast keys are held back until it is clear what they are; typed ones are then handed on
    unchanged. Jamo that a Korean input method made of Latin letters are turned back.
    """

    scanned = Signal(str)

    def __init__(
        self,
        parent: QObject | None = None,
        clock: Callable[[], int] = _now_ms,
        fast_ms: int = FAST_MS,
    ) -> None:
        super().__init__(parent)
        self._clock, self._fast_ms = clock, fast_ms
        self._held: list[tuple[QObject, QEvent]] = []
        self._text = ""
        self._last = -1_000_000
        self._burst = False
        self._handing_on = False
        self._swallow_release = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setTimerType(Qt.TimerType.PreciseTimer)
        self._silence.timeout.connect(self.settle)

    def install(self, app: QCoreApplication) -> None:
        """Start listening."""
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _KEY_KINDS or self._handing_on:
            return False
        return False
