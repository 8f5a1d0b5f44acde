"""`python -m tests.installer.keep_store NAME`: the store of a released version, kept for the tests of later ones."""

import gzip
import hashlib
import json
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

from pos_app.bootstrap import open_house
from pos_app.cli.demo import set_up, tape
from pos_app.runtime.paths import Home
from pos_app.services.house import House

FOLDER = Path(__file__).with_name("databases")
SALES = 200


def told(house: House) -> dict[str, object]:
    """What must be the same before and after an update."""
    figures = house.reports.day()
    names = ("sales_count", "net_won", "vat_won", "journal_entries", "unsynced_entries")
    events = hashlib.sha256()
    with house.desk.work.read() as rows:
        for key, data in rows.all('SELECT "key", "bytes" FROM "event" ORDER BY "key"'):
            events.update(key)
            events.update(data)
    return {"events": events.hexdigest(), **{name: figures[name] for name in names}}


def keep(name: str) -> Path:
    """A day with sales that no server has, beside what this program says of it."""
    made = FOLDER / f"{name}.gz"
    with tempfile.TemporaryDirectory() as folder:
        house = set_up(open_house(Path(folder)))
        try:
            house.ringing.tape(tape()[:SALES])
            figures = told(house)
        finally:
            house.close()
        whole = Path(folder) / "whole"
        connection = sqlite3.connect(Home(Path(folder)).database)
        connection.execute("VACUUM INTO ?", (str(whole),))
        connection.close()
        with open(whole, "rb") as source, open(made, "wb") as file, gzip.GzipFile("", "wb", 9, file, 0) as target:
            shutil.copyfileobj(source, target)
    made.with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return made


if __name__ == "__main__":
    print(keep(sys.argv[1]))
