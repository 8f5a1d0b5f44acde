"""Stores of these tests skip the flush: they prove what is written, not how."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import empty_postgres, postgres_of_module, postgres_server, postgres_url
from tests.scenarios.market_files import read
from tests.scenarios.whole_market import WholeMarket
from tests.scenarios.without_flush import skip_flushes

__all__ = ["empty_postgres", "postgres_of_module", "postgres_server", "postgres_url"]

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
TAPE = "tape-mixed.jsonl"


@pytest.fixture(autouse=True)
def _without_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_flushes(monkeypatch)


@pytest.fixture(scope="session")
def whole_market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeMarket]:
    """The demo market's whole day: tape, orders, refunds, mark-downs, donations, closes, settlement."""
    made = WholeMarket(tmp_path_factory.mktemp("whole") / "home", DEMO, TAPE, read(DEMO, TAPE))
    made.whole_day()
    yield made
    made.house.close()
