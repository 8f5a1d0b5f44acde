"""Practice: a second store beside the real one, filled with the same goods, leaking nowhere."""

from pos_app.services.house import House
from pos_app.storage import local
from pos_app.storage.engine import Database
from pos_app.storage.folds.dispatch import fold_waiting
from pos_app.storage.unit_of_work import CATALOGUE, OFFICE
from sync import store

_FLOAT_WON = 100_000
_PAGE = 500


def fill(practice: House, real: Database) -> None:
    """Give the empty practice store the real one's catalogue, people, market days and settings.

    Events are only read from the real store and taken in as a replica would; the practice store
    writes logs of its own, in its own file, which no carrier ever opens.
    """
    with real.read() as rows:
        geneses = rows.all('SELECT "log", "genesis" FROM "log" WHERE "scope" IN (?, ?)', CATALOGUE, OFFICE)
        settings = rows.all('SELECT "name", "value" FROM "setting"')
        keys = rows.all('SELECT "subject", "key" FROM "subject_key"')
    now = practice.desk.clock.now_us()
    with practice.database.write() as target:
        target.put(local.setting, settings)
        target.put(store.subject_key, keys)
    for log, genesis in geneses:
        with real.read() as rows:
            datas = [
                r[0] for r in rows.all('SELECT "bytes" FROM "event" WHERE "log" = ? ORDER BY "seq"', log)
            ]
        with practice.database.write() as target:
            store.take_genesis(target, bytes(genesis), now)
            store.receive(target, [bytes(data) for data in datas], now)
    while True:
        with practice.database.write() as target:
            if not fold_waiting(target, _PAGE):
                break
    practice.desk.settings.reload()
    practice.desk.register = practice.settings.get("register")
    if practice.days.current() is not None and practice.shifts.current() is None:
        practice.shifts.open(_FLOAT_WON)
