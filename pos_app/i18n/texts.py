"""Texts for people: Korean stands in the code, other languages in compiled gettext catalogues."""

import os
import struct
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("ko", "en")


def catalogue_folder() -> Path:
    """Where the catalogues lie, beside the program or inside the packed one."""
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return base / "resources" / "locale"


class Speech:
    """The language spoken now; a catalogue is read once, when its language is first used."""

    def __init__(self, language: str) -> None:
        self._lock = threading.Lock()
        self._read: dict[str, NullTranslations] = {}
        self.language = "ko"
        self.choose(language)

    def choose(self, language: str) -> None:
        """Speak `language` from now on, on every thread; an unknown one means Korean."""
        short = language.strip().lower().replace("-", "_").split("_")[0]
        self.language = short if short in LANGUAGES else "ko"

    def look_up(self, msgid: str) -> str:
        """The text in the language spoken now, the Korean one where it is missing."""
        language = self.language
        if language == "ko" or not msgid:
            return msgid
        catalogue = self._read.get(language) or self._catalogue(language)
        return catalogue.gettext(msgid)

    def _catalogue(self, language: str) -> "NullTranslations":
        from gettext import GNUTranslations, NullTranslations  # lazy: a Korean till never pays for it

        with self._lock:
            if language not in self._read:
                path = catalogue_folder() / f"{language}.mo"
                try:
                    with path.open("rb") as file:
                        self._read[language] = GNUTranslations(file)
                except (OSError, ValueError, struct.error):  # a missing or broken one must not stop a sale
                    self._read[language] = NullTranslations()
            return self._read[language]


_speech = Speech(os.environ.get("JANGTEO_LANG", "ko"))


def tr(msgid: str, **params: object) -> str:
    """The text for people: `msgid` is Korean with `{name}` places that `params` fill."""
    text = _speech.look_up(msgid)
    if not params:
        return text
    try:
        return text.format(**params)
    except (KeyError, IndexError, ValueError):  # a slip in a translation falls back to the Korean text
        return msgid.format(**params)


def set_language(chosen: str) -> None:
    """Speak "ko" or "en" from now on; anything else means Korean."""
    _speech.choose(chosen)


def language() -> str:
    """The language spoken now, "ko" or "en"."""
    return _speech.language


def mark(msgid: str) -> str:
    """A text that is looked up later: marks it for the catalogues and gives it back as it is."""
    return msgid
