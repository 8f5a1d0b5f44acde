"""Parts of a message and real server processes: one killed in the middle, two that share a PostgreSQL."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.server_process import Running, code_of, joined, running
from tests.postgres import postgres_server, postgres_url
from tests.sync.cutting import cutting
from tests.sync.resumed import CUT_EVERY, PATIENT, SALES, payload_of, ring
from tests.sync.worlds import Place

__all__ = ["postgres_server", "postgres_url"]


@pytest.mark.timeout(300)
def test_a_server_killed_in_the_middle_of_a_message_goes_on_with_it(tmp_path: Path) -> None:
    till, at = Place(tmp_path / "till.db"), tmp_path / "server"
    ring(till)
    payload = payload_of(till, tmp_path)
    code = code_of(at, "coordinator")
    with ExitStack() as stack:
        servers: list[Running] = [stack.enter_context(running(at))]
        channel = joined(servers[0], code)
        connections = iter(range(10_000))

        def upstream() -> str:
            if next(connections) == 3:
                servers[-1].kill()
                servers.append(stack.enter_context(running(at)))
            return servers[-1].url

        line = stack.enter_context(cutting(upstream, CUT_EVERY))
        channel.url, channel._timeouts = line.url + "/", PATIENT
        outcome = till.sync(channel)
        assert outcome.sent == SALES and len(servers) == 2
        assert line.carried <= 2 * payload, f"{line.carried:,} bytes for {payload:,}"
        assert till.sync(channel).asks == 1
        channel.close()
    till.close()


@pytest.mark.timeout(300)
def test_parts_go_to_two_processes_on_one_postgresql(tmp_path: Path, postgres_url: str) -> None:
    till, at = Place(tmp_path / "till.db"), tmp_path / "server"
    ring(till)
    payload = payload_of(till, tmp_path)
    env = {"JANGTEO_DATABASE_URL": postgres_url}
    code = code_of(at, "coordinator", address=postgres_url)
    with ExitStack() as stack:
        servers = [stack.enter_context(running(at, env=env)) for _ in range(2)]
        channel = joined(servers[0], code)
        connections = iter(range(10_000))
        line = stack.enter_context(cutting(lambda: servers[next(connections) % 2].url, CUT_EVERY))
        channel.url, channel._timeouts = line.url + "/", PATIENT
        assert till.sync(channel).sent == SALES
        assert line.carried <= 2 * payload, f"{line.carried:,} bytes for {payload:,}"
        fresh = Place(tmp_path / "fresh.db")
        before = line.carried
        assert fresh.sync(channel).received >= SALES
        assert line.carried - before <= 2 * payload
        assert fresh.everything() >= till.everything()
        fresh.close()
        channel.close()
    till.close()
