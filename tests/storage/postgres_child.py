"""A process of its own that pushes pages of events into a PostgreSQL store, folding between them."""

import random
import sys
from pathlib import Path

import msgspec

from pos_app.runtime.faults import EnvironmentFault
from pos_app.storage.folds.dispatch import fold_waiting
from pos_app.storage.opening import open_store
from pos_app.storage.postgres import PostgresDatabase
from sync import store
from sync.canonical import digest
from tests.sync.replica import NOW

TRIES = 200


def main(url: str, file: str, seed: int) -> int:
    """Push everything once, in an order of its own; pages overlap what the others push at this moment."""
    geneses, events = msgspec.msgpack.decode(Path(file).read_bytes(), type=tuple[list[bytes], list[bytes]])
    chosen = random.Random(seed)
    chosen.shuffle(events)
    chosen.shuffle(geneses)
    database = open_store(url)
    assert isinstance(database, PostgresDatabase)
    print("ready", flush=True)
    sys.stdin.readline()
    told = refused = 0
    while geneses or events:
        logs = [geneses.pop() for _ in range(min(len(geneses), chosen.randrange(3)))]
        page = [events.pop() for _ in range(min(len(events), chosen.randrange(1, 120)))]
        for _ in range(TRIES):
            try:
                with database.ingest() as rows:
                    rows.hold(map(digest, logs))
                    for genesis in logs:
                        store.take_genesis(rows, genesis, NOW)
                with database.ingest() as rows:
                    told += store.receive(rows, page, NOW)
                break
            except EnvironmentFault as fault:
                assert fault.retryable, fault
                refused += 1
        else:
            raise SystemExit("never let in")
        with database.write() as rows:
            fold_waiting(rows, chosen.randrange(1, 40))
    print(told, refused, flush=True)
    database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
