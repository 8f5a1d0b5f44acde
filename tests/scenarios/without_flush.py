"""Tests that write thousands of sales do without the flush of each one; test_flush.py minds it."""

import pytest

from pos_app.storage import engine


def skip_flushes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every connection made from now on leave flushing to the system."""
    quick = tuple(pragma.replace("synchronous=FULL", "synchronous=OFF") for pragma in engine.PRAGMAS)
    assert quick != engine.PRAGMAS
    monkeypatch.setattr(engine, "PRAGMAS", quick)
