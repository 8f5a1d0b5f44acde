"""A till's database from before there were several printers: its papers are still there."""

import sqlite3
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.hardware import transports
from pos_app.hardware.send_result import SendResult
from pos_app.printing.document import Document, Text, encode
from pos_app.storage.versions import LOCAL_VERSION
from tests.services.houses import open_market, sell

PAPER = encode(Document("옛 종이", (Text("그대로"),)))
# As the first published migration made it.
FIRST_SHAPE = """
CREATE TABLE old_job (
    id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, subject_id TEXT NOT NULL, copy_no INTEGER NOT NULL,
    document BLOB NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, bytes_sent BIGINT NOT NULL,
    last_error TEXT NOT NULL, created_at TEXT NOT NULL, expires_at TEXT NOT NULL
);
DROP TABLE print_job;
ALTER TABLE old_job RENAME TO print_job;
CREATE INDEX print_job_by_state ON print_job (state, created_at);
CREATE INDEX print_job_by_subject ON print_job (subject_id);
DROP TABLE printer;
DROP TABLE peer;
DROP TABLE peer_head;
DROP TABLE certificate;
DROP TABLE notice;
DROP TABLE enrol_code;
DROP TABLE server_secret;
DROP TABLE office_account;
DROP TABLE device_seen;
DROP TABLE kept_part;
DELETE FROM alembic_version;
INSERT INTO alembic_version VALUES ('0001');
PRAGMA user_version = 1;
"""


def made_old(path: Path) -> None:
    """Turn a database back by hand into one of version 1, with a paper in each state."""
    link = sqlite3.connect(path)
    link.executescript(FIRST_SHAPE)
    for number, state in enumerate(("printed", "queued", "unknown", "sending", "failed")):
        row = (state, "z", "", 0, PAPER, state, 1, 0, "", f"2026-11-20T0{number}:00:00+00:00", "")
        link.execute(f"INSERT INTO print_job VALUES ({', '.join('?' * 11)})", row)
    link.commit()
    link.close()


def test_an_old_database_keeps_its_papers_and_its_money(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = open_market(tmp_path)
    sell(house, [("P002", 1000)])
    path, digest = house.database.path, house.integrity.digest()
    house.close()
    made_old(path)
    house = open_house(tmp_path)
    assert house.integrity.digest() == digest
    with house.database.read() as rows:
        assert rows.one("PRAGMA user_version") == (LOCAL_VERSION,)
        assert rows.one('SELECT "version_num" FROM "alembic_version"') == ("0004",)
    assert path.with_name(f"{path.stem}.before-1.db").exists()
    assert [job.title for job in house.papers.queue()] == ["옛 종이"] * 4
    house.desk.settings.set("printer_uri", "socket://127.0.0.1:9")
    sent: list[bytes] = []

    def takes(_: object, data: bytes, *__: object) -> SendResult:
        sent.append(data)
        return SendResult("sent", len(data))

    monkeypatch.setattr(transports, "send", takes)
    while house.papers.step()[0]:
        pass
    assert len(sent) == 1
    assert house.papers.state("queued") == "printed"
    # What may have come out before is repeated as a copy only.
    for job in ("unknown", "sending"):
        if job == "sending":
            house.papers._queue.recover()
        house.papers.cancel(job)
        made = house.papers.retry(job)
        assert made != job
        assert house.papers.queue()[-1].copy_no == 1
    house.papers.set_printer("라벨", "socket://127.0.0.1:10")
    assert [view.name for view in house.papers.printers()] == ["", "라벨"]
    house.close()
