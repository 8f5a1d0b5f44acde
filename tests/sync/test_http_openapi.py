"""What the server says of itself is true: schemathesis calls it in every way and finds no 5xx, no undeclared answer."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    positive_data_acceptance,
    response_headers_conformance,
)

from sync.server.limits import Rate, ServerSettings
from tests.sync.serving import Served, served
from tests.sync.worlds import Place

OFTEN = Rate(100_000, 1)
CALLS = [
    ("/sync/v1/enrol", "POST"),
    ("/sync/v1/session", "POST"),
    ("/sync/v1/exchange", "POST"),
    ("/sync/v1/part", "POST"),
    ("/sync/v1/answer", "GET"),
    ("/healthz", "GET"),
    ("/readyz", "GET"),
    ("/openapi.json", "GET"),
]


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    place = Place(tmp_path_factory.mktemp("openapi") / "server.db")
    often = ServerSettings(exchange_rate=OFTEN, session_rate=OFTEN, enrol_rate=OFTEN, wrong_codes=OFTEN)
    with served(lambda: place.replica, often) as made:
        yield made
    place.close()


@pytest.fixture(scope="module")
def schema(web: Served) -> Any:
    return schemathesis.openapi.from_url(f"{web.url}/openapi.json")


def test_every_call_is_described(schema: Any) -> None:
    assert sorted((path, method.upper()) for path in schema for method in schema[path]) == sorted(CALLS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize(("path", "method"), CALLS)
def test_no_call_breaks_it(
    web: Served, schema: Any, path: str, method: str, signed_in: bool, mode: GenerationMode
) -> None:
    channel = web.device()
    if signed_in:
        channel._open_session()
    headers = {"Authorization": f"Bearer {channel.token}"} if signed_in else {}
    if mode is GenerationMode.NEGATIVE and method == "GET" and path != "/sync/v1/answer":
        return  # there is nothing to get wrong

    @settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.data())
    def calls(data: st.DataObject) -> None:
        case = data.draw(schema[path][method].as_strategy(generation_mode=mode))
        answer = case.call(headers=headers, timeout=20)
        assert answer.status_code < 500
        case.validate_response(
            answer, excluded_checks=[positive_data_acceptance, ignored_auth, response_headers_conformance]
        )

    calls()
