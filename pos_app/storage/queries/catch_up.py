"""Whether the folded tables lag behind the events, asked without loading the writing side."""

from pos_app.storage.versions import FOLD_VERSION
from sync.rows import Rows


def fold_version(rows: Rows) -> int:
    """Which shape the folded tables have; 0 when never folded."""
    row = rows.one('SELECT "value" FROM "meta" WHERE "name" = ?', "fold_version")
    return int(row[0]) if row else 0


def needs_catching_up(rows: Rows) -> bool:
    """True after an update of the tables' shape, or while received events wait."""
    waiting = rows.one('SELECT 1 FROM "unfolded" WHERE "state" = ? LIMIT 1', "waiting")
    return fold_version(rows) != FOLD_VERSION or waiting is not None
