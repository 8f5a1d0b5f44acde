"""Real homes that trade events in one process: a till, and the home that answers it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from pos_app.bootstrap import open_house
from pos_app.facts.catalogue import Edit, FieldEdit
from pos_app.services import syncing_book
from pos_app.services.house import House
from pos_app.services.syncing import Syncing
from pos_app.services.syncing_state import HUB, SERVER, PeerState
from sync import store
from sync.exchange import ChannelFault, Grant, Notice, answer
from tests.sync.replica import Writer

URL = "http://server.test"


@dataclass
class Line:
    """A channel to another home in this process; `fault` breaks it, `before` runs before each answer."""

    to: House
    grant: Grant | None = None
    fault: str = ""
    before: Callable[[], None] = lambda: None
    asked: int = field(default=0)

    def ask(self, message: bytes) -> bytes:
        """Answered at once."""
        self.asked += 1
        self.before()
        if self.fault:
            raise ChannelFault(self.fault)
        return answer(self.to.sync.store.replica(), self.grant, message)


def join(till: House, line: Line, kind: str = SERVER, url: str = URL) -> Line:
    """Let a till trade over this line, without a certificate."""
    with till.database.write() as rows:
        syncing_book.keep(rows, PeerState(url, kind))
    lines = {url: line}
    known = till.__dict__.get("sync")
    if known is not None and getattr(known, "lines", None) is not None:
        known.lines.update(lines)
        known.rounds.reload()
        return line
    sync = Syncing(till.desk, lambda peer: lines[peer.url])
    sync.lines = lines  # type: ignore[attr-defined]
    till.__dict__["sync"] = sync
    return line


def server(path: Path) -> House:
    """An empty home that answers."""
    house = open_house(path)
    house.sync.store.hurry = True
    return house


def trade(till: House) -> None:
    """One exchange with everybody; everything folded on both sides."""
    for done in till.sync.exchange_all():
        assert not done.fault, done.fault


def same(*houses: House) -> bool:
    """Whether all hold the same."""
    return len({house.integrity.digest() for house in houses}) == 1


def join_nobody(house: House, trouble: bool = False) -> None:
    """Peers as they look on a bad day; with `trouble` something to look at in every list."""
    away, near = "https://market.example", "http://192.168.0.5:8731"
    with house.database.write() as rows:
        syncing_book.keep(
            rows,
            PeerState(
                away, SERVER, "aa", "offline", "2026-11-20T04:57:00+00:00", "2026-11-20T04:55:00+00:00"
            ),
        )
        syncing_book.keep(rows, PeerState(near, HUB, "bb", ok_at="2026-11-20T05:02:00+00:00"))
    house.settings.set("second_copy", "/media/usb/jangteo")
    house.sync.rounds.reload()
    house.sync.copy.fine = False
    if not trouble:
        return
    first = house.goods.tiles(1)[0]
    with house.database.read() as rows:
        log = rows.one('SELECT "log" FROM "edit" WHERE "entity_id" = ?', first.product_id)
    assert log is not None
    writer = Writer("catalogue")
    edit = Edit("product", first.product_id, {"unit_price_won": FieldEdit(first.unit_price_won + 1000, 1)})
    odd = writer.say(encode_plain(edit), "edit/1")
    unknown = writer.say({"new": 1}, "weather/1")
    bad = writer.say({"day_id": 7}, "sale/1")
    with house.database.write() as rows:
        store.take_genesis(rows, writer.genesis, house.desk.clock.now_us())
        store.receive(rows, [odd.data, unknown.data, bad.data], house.desk.clock.now_us())
        syncing_book.note(rows, [Notice("fork", writer.log.hex(), 2, "")], "aa", house.desk.clock.stamp())
        syncing_book.note(rows, [Notice("clock", "", 0, "")], "aa", house.desk.clock.stamp())
    house.sync.store.fold()


def encode_plain(fact: object) -> object:
    """A fact as plain data, for writers that are not ours."""
    return msgspec.to_builtins(fact)
