"""Which copies may go: never the one that holds what a newer one does not."""

import sqlite3
from datetime import date
from pathlib import Path

from pos_app.services import backup_file
from pos_app.services.backup_file import SUFFIX


def surplus(made_at: list[str], last: int, days: int) -> list[int]:
    """Places in `made_at` (newest first) beyond the last ones and the newest of each of so many days."""
    kept_days: list[str] = []
    found = []
    for at, made in enumerate(made_at):
        day = made[:10]
        newest_of_day = day not in kept_days
        if newest_of_day and len(kept_days) < days:
            kept_days.append(day)
        elif at >= last:
            found.append(at)
    return found


def let_go(folder: Path, newest: Path, last: int, days: int) -> list[Path]:
    """Delete what is beyond, as far as the newest copy holds all of it; what was deleted."""
    copies = []
    for path in folder.glob(f"*{SUFFIX}"):
        manifest = backup_file.foot(path)
        if manifest is not None and path != newest:
            copies.append((manifest.made_at or str(date.min), path))
    copies.sort(reverse=True)
    top = backup_file.foot(newest)
    if top is None:
        return []
    ages = [top.made_at, *(made for made, _ in copies)]
    gone = []
    with backup_file.opened(newest) as new:
        for at in surplus(ages, last, days):
            if at == 0:
                continue
            path = copies[at - 1][1]
            try:
                if backup_file.heads_missing(path, new):
                    continue
            except sqlite3.DatabaseError:
                pass  # it opens no more: nothing is lost with it
            path.unlink(missing_ok=True)
            gone.append(path)
    return gone
