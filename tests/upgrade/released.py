"""Homes as released programs left them: two hundred sales that were never sent, refunds, a parked cart, a paper."""

import hashlib
import json
import lzma
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pos_app.services.house import House

FOLDER = Path(__file__).parent
VERSIONS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Known:
    """What that program said of its own home."""

    events: int
    keys: str
    sales: int
    total_won: int
    last_number: str


@cache
def _unpacked(version: int) -> bytes:
    return lzma.decompress((FOLDER / f"local-{version}.db.xz").read_bytes())


def lay(version: int, home: Path) -> Known:
    """Put that home's store down."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "jangteo.db").write_bytes(_unpacked(version))
    return Known(**json.loads((FOLDER / f"local-{version}.json").read_text()))


def said(house: House) -> Known:
    """The same, told by this program."""
    with house.database.read() as rows:
        keys = [bytes(row[0]) for row in rows.all('SELECT "key" FROM "event" ORDER BY "key"')]
        sums = rows.one('SELECT count(*), sum("total_won") FROM "sale"') or (0, 0)
        numbers = [row[0] for row in rows.all('SELECT "receipt_no" FROM "sale" ORDER BY 1')]
    return Known(len(keys), hashlib.sha256(b"".join(keys)).hexdigest(), sums[0], sums[1], numbers[-1])
