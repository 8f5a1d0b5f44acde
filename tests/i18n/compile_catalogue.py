"""Brings en.po up to what the program says and compiles en.mo: python -m tests.i18n.compile_catalogue."""

import sys
from pathlib import Path

import polib

from tests.i18n.catalogue import LOCALE, texts

HEADER = {
    "Project-Id-Version": "jangteo-pos",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def merged(path: Path) -> polib.POFile:
    """The catalogue with an entry for each text said now; texts nobody says any more are dropped."""
    known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = dict(HEADER)
    for text, said_by in texts().items():
        where = [(place, "") for place in dict.fromkeys(said_by)]
        catalogue.append(polib.POEntry(msgid=text, msgstr=known.get(text, ""), occurrences=where))
    return catalogue


def main() -> int:
    """Write both files; 1 where a text still lacks its English."""
    path = LOCALE / "en.po"
    catalogue = merged(path)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(LOCALE / "en.mo"))
    missing = [entry.msgid for entry in catalogue if not entry.msgstr]
    for text in missing:
        print(text)
    print(f"{len(catalogue)} texts, {len(missing)} without English", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
