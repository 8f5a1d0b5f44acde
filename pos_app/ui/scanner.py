"""A barcode scanner types like a keyboard, only faster: this tells the two apart."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from shiboken6 import isValid

from pos_app.domain.hangul import keys_from_jamo

FAST_MS = 35  # two keys closer than this are not typed by hand
REPEAT_MS = 20  # two equal keys closer than this are never a held key
SILENCE_MS = 60  # a burst without Enter ends after this
LATE_END_MS = 150  # an Enter that comes after the silence still belongs to the burst
LEAST = 4  # shorter than this is never a code
_PRESS, _RELEASE, _INPUT = QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod
_KINDS = frozenset({_PRESS, _RELEASE, _INPUT})
_ENDS = frozenset({int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter), int(Qt.Key.Key_Tab)})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000


def _is_syllable(text: str) -> bool:
    """A whole Hangul syllable as one key: no scanner sends that."""
    return any("가" <= char <= "힣" for char in text)


class ScannerFilter(QObject):
    """An event filter on a window (or the application). `scanned(text)` for a burst, which no widget sees.

    Keys are held back for a moment until it is clear what they are; typed ones are then handed
    on unchanged and in order. Jamo that a Korean input method made of Latin letters become
    Latin again. `clock` gives milliseconds.
    """

    scanned = Signal(str)

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], int] = _now_ms, fast_ms: int = FAST_MS
    ) -> None:
        super().__init__(parent)
        self._clock, self._fast_ms = clock, fast_ms
        self._held: list[tuple[QObject, QEvent]] = []
        self._text = ""
        self._last = self._scanned_at = -1_000_000
        self._stamp = 0
        self._composed = False
        self._preedit = ("", self._last)  # what an input method shows, and since when
        self._handing_on = False
        self._end_down = 0
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setTimerType(Qt.TimerType.PreciseTimer)
        self._silence.timeout.connect(self._silent)

    def install(self, app: QCoreApplication) -> None:
        """Start listening."""
        app.installEventFilter(self)

    # -- what comes in ----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True: the event is kept from its receiver (for the moment, or for good)."""
        kind = event.type()
        if kind not in _KINDS or self._handing_on:
            return False
        if isinstance(event, QKeyEvent):
            if kind == _RELEASE:
                return self._released(watched, event)
            return self._pressed(watched, event)
        return isinstance(event, QInputMethodEvent) and self._composed_text(watched, event)

    @property
    def handing_on(self) -> bool:
        """Whether keys that were held back are being handed on just now."""
        return self._handing_on

    def composed(self, watched: QObject, event: QInputMethodEvent) -> bool:
        """What an input method sends to `watched`; True: kept from it for the moment."""
        return not self._handing_on and self._composed_text(watched, event)

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        now = event.timestamp() if event.spontaneous() and event.timestamp() else self._clock()
        if event.key() in _ENDS:
            return self._ended(event, now)
        text = event.text()
        # A held key repeats every 25 ms at the soonest; equal digits of a scanner may look like it.
        stamp = event.timestamp()  # when it was pressed, however late we come to it
        gap = stamp - self._stamp if stamp and self._stamp else now - self._last
        held = event.isAutoRepeat() and gap > REPEAT_MS
        self._stamp = stamp
        typed = len(text) == 1 and text.isprintable() and not held
        if not typed or event.modifiers() & _COMMANDS or _is_syllable(text):
            self.settle()
            return False
        self._take(watched, _copy_of(event), text, now)
        return True

    def _take(self, watched: QObject, event: QEvent, text: str, now: int) -> None:
        """One more character of a run, or the first of a new one."""
        if self._text and now - self._last > self._fast_ms:
            self.settle()
        self._held.append((watched, event))
        self._text += text
        self._last = now
        long_enough = len(self._text) >= LEAST
        self._silence.start(SILENCE_MS if long_enough else self._fast_ms + 5)

    def _released(self, watched: QObject, event: QKeyEvent) -> bool:
        if self._end_down and event.key() == self._end_down:
            self._end_down = 0
            return True
        if not self._held:
            return False
        self._held.append((watched, _copy_of(event)))
        return True

    def _ended(self, event: QKeyEvent, now: int) -> bool:
        """Enter or Tab: the end of a burst is swallowed, a typed one goes its way."""
        if len(self._text) >= LEAST and now - self._last <= SILENCE_MS:
            self._end_down = event.key()
            self._finish()
            return True
        self.settle()
        if 0 <= self._clock() - self._scanned_at <= LATE_END_MS:
            self._scanned_at = -1_000_000
            self._end_down = event.key()
            return True
        return False

    def _composed_text(self, watched: QObject, event: QInputMethodEvent) -> bool:
        """What an input method made of keys; runs of it are judged like keys."""
        commit, now = event.commitString(), self._clock()
        shown, since = self._preedit
        if event.preeditString() not in ("", shown):  # some methods clear it before they commit
            self._preedit = event.preeditString(), now
        if commit and commit == shown and not self._text and now - since > self._fast_ms:
            return False  # a hand began this word before whatever comes now
        if commit and event.replacementLength() == 0:
            self._composed = True
            self._take(watched, _copy_of_input(event), keys_from_jamo(commit), now)
            return True
        if self._held:
            self._held.append((watched, _copy_of_input(event)))
            return True
        return False

    # -- what it was ------------------------------------------------------------------------

    def _silent(self) -> None:
        """No key for a while; after a stall, keys that wait already are heard first."""
        held = len(self._held)
        QTimer.singleShot(0, self, lambda: self.settle() if len(self._held) == held else None)

    def settle(self) -> None:
        """The run is over without an end key: hand the keys on, or take them as a code."""
        if not self._text and not self._held:
            return
        plain = self._text.isascii() and not self._composed
        if plain and len(self._text) >= LEAST:
            self._scanned_at = self._clock()
            self._finish()
        else:
            self._hand_on()

    def _finish(self) -> None:
        text = keys_from_jamo(self._text)
        composed = self._composed
        self._forget()
        if composed:  # what the input method still shows belongs to the burst
            field = QGuiApplication.focusObject()
            if field is not None:
                QCoreApplication.sendEvent(field, QInputMethodEvent())
        self.scanned.emit(text)

    def _hand_on(self) -> None:
        held = self._held
        self._forget()
        self._handing_on = True
        try:
            for receiver, event in held:
                target = receiver if isValid(receiver) else _instead(event)
                if target is not None:
                    QCoreApplication.sendEvent(target, event)
        finally:
            self._handing_on = False

    def _forget(self) -> None:
        self._silence.stop()
        self._held, self._text, self._composed = [], "", False
        self._last = -1_000_000


def _instead(event: QEvent) -> QObject | None:
    """The window, for a key: PySide forgets a native window's wrapper when a dialog in it is deleted."""
    return QGuiApplication.focusWindow() if isinstance(event, QKeyEvent) else None


def _copy_of(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )


def _copy_of_input(event: QInputMethodEvent) -> QInputMethodEvent:
    copy = QInputMethodEvent(event.preeditString(), event.attributes())
    copy.setCommitString(event.commitString(), event.replacementStart(), event.replacementLength())
    return copy
