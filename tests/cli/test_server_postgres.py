"""Two server processes on one PostgreSQL: a code used at either, tills that go from one to the other, one digest."""

from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from tests.cli.program import DEMO, command, jangteo
from tests.cli.server_process import code_of, running
from tests.postgres import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]
CALL_S = 10


def digest(home: Path) -> str:
    said = command(home, "digest")
    assert said.code == 0, said.err
    return said.out.decode().strip()


@pytest.mark.timeout(300)
def test_tills_go_from_one_process_to_the_other(tmp_path: Path, postgres_url: str) -> None:
    env = {"JANGTEO_DATABASE_URL": postgres_url}
    home, tills = tmp_path / "server", [tmp_path / "R1", tmp_path / "R2"]
    codes = [code_of(home, address=postgres_url) for _ in tills]
    for number, till in enumerate(tills, 1):
        assert command(till, "import", DEMO / "catalogue.xlsx").code == 0
        opened = command(
            till, "day", "open", "--market", "장터", "--date", "2026-11-20", "--register", f"R{number}"
        )
        assert opened.code == 0
    with ExitStack() as stack:
        servers = [stack.enter_context(running(home, env=env)) for _ in range(2)]
        assert servers[0].organisation == servers[1].organisation
        for till, code, server in zip(tills, codes, servers, strict=True):
            assert command(till, "enrol", server.url, code).code == 0
            assert command(till, "sync").code == 0
        taken = command(tills[1], "enrol", servers[0].url, codes[0])
        assert taken.code != 0, "a code that was used at one process is used at the other too"
        for till, server in zip(tills, reversed(servers), strict=True):
            assert command(till, "enrol", server.url, code_of(home, address=postgres_url)).code == 0
            assert command(till, "sync").code == 0
        for till in tills:
            assert command(till, "sync").code == 0
        assert requests.get(f"{servers[0].url}/readyz", timeout=CALL_S).json()["ready"] is True
    said = jangteo(home, "digest", env=env)
    assert said.code == 0, said.err
    assert {digest(till) for till in tills} == {said.out.decode().strip()}
    verified = jangteo(home, "verify", "--json", env=env)
    assert verified.code == 0 and verified.json["ok"], verified.err
    assert not (home / "jangteo.db").exists(), "everything stands in the database that was named"
