"""The floor of searching: one indexed look-up of a name's letters, one or two at a time."""

import sqlite3
from pathlib import Path

from pos_app.domain.hangul import choseong


class Grams:
    """Single letters and pairs of every name, and of its initial consonants, in an index in memory."""

    def __init__(self, home: Path) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE TABLE gram (gram TEXT, row INT, PRIMARY KEY (gram, row)) WITHOUT ROWID"
        )
        with sqlite3.connect(home / "jangteo.db") as source:
            names = source.execute('SELECT "name" FROM "product"').fetchall()
        rows = {
            (gram, row)
            for row, (name,) in enumerate(names)
            for text in (name, choseong(name))
            for at in range(len(text))
            for gram in (text[at], text[at : at + 2])
        }
        self._connection.executemany("INSERT INTO gram VALUES (?, ?)", sorted(rows))

    def find(self, typed: str, limit: int) -> list[int]:
        """Rows that hold the query's last letters: the least that any search must do."""
        found = self._connection.execute("SELECT row FROM gram WHERE gram = ? LIMIT ?", (typed[-2:], limit))
        return [row for (row,) in found]
