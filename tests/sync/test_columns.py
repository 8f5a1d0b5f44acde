"""Packing by columns gives back the very bytes, whatever the events hold."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.canonical import encode
from sync.columns import Hearer, Teller
from sync.pages import COLUMNS, EVENT, PLAIN, pack, unpack
from sync.spelling import Streams
from tests.sync.worlds import Writer, tell

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def again(values: list[Any]) -> list[Any]:
    teller = Teller()
    node = teller.tell(values)
    streams = Streams(teller.streams.whole())
    heard = Hearer(streams, 1_000_000).hear(node, len(values))
    assert streams.finished
    return heard


@settings(max_examples=200)
@given(values=st.lists(plain, max_size=30))
def test_anything_told_by_columns_is_heard_again(values: list[Any]) -> None:
    try:
        heard = again(values)
    except ValueError:
        return  # too odd for columns: such a page travels plain
    assert encode(heard) == encode(values)


TEXTS = st.sampled_from(
    ("2026-11-20T10:00:00+09:00", "2026-11-20T10:00:01+09:00", "2026-11-20T10:00:01Z", "R1-K7-0042", "R1-K7-0043",
     "R1-K7-43", "", "0", "٣", "6d4bd992-be2a-5a5a-a3f5-3f3d8267a993", "6D4BD992-be2a-5a5a-a3f5-3f3d8267a993",
     "6d4bd992be2a5a5aa3f53f3d8267a993", "6d4bd992be2a5a5aa3f53f3d8267a994", "가", "9" * 20, "0001-01-01T00:00:00+23:59",
     "9999-12-31T23:59:59-23:59", "2026-02-30T10:00:00+09:00", "a\n1", "1970-01-01T00:00:00+00:00")
)  # fmt: skip
ROW = st.fixed_dictionaries(
    {
        "id": TEXTS,
        "name": TEXTS,
        "price": st.sampled_from((0, 100, 2500, 2**62, -5)),
        "milli": st.sampled_from((1000, 2000, 1500)),
        "lines": st.lists(
            st.fixed_dictionaries({"v": TEXTS, "won": st.integers(0, 5), "at": st.integers(0, 2)}), max_size=4
        ),
        "sums": st.lists(st.fixed_dictionaries({"id": TEXTS, "won": st.integers(0, 9)}), max_size=3),
        "some": st.none() | st.integers(0, 3),
    }
)


@settings(max_examples=200)
@given(rows=st.lists(ROW, min_size=1, max_size=40), seed=st.integers(0, 9))
def test_rows_that_almost_follow_each_other_are_heard_again(rows: list[dict[str, Any]], seed: int) -> None:
    rng = random.Random(seed)
    for row in rows:
        row["amount"] = (row["price"] * row["milli"] + rng.choice((0, 500))) // 1000 % 2**62
        row["total"] = sum(line["won"] for line in row["lines"]) + (rng.random() < 0.02)
        row["net"] = row["amount"] - row["total"]
        row["vat"] = rng.choice((0, row["amount"] * 10 // 11))
    assert again(rows) == rows


@settings(max_examples=60)
@given(bodies=st.lists(plain, min_size=1, max_size=20), logs=st.integers(1, 3), seed=st.integers(0, 99))
def test_a_page_gives_back_the_very_bytes(bodies: list[Any], logs: int, seed: int) -> None:
    rng, writers = random.Random(seed), [Writer(f"s{n}") for n in range(logs)]
    datas = [rng.choice(writers).say(body, rng.choice(("a/1", "b/1"))).data for body in bodies]
    rng.shuffle(datas)
    datas.insert(rng.randrange(len(datas) + 1), b"no event")
    items = [(EVENT, data) for data in datas]
    page = pack(items, checked=True)
    assert [(item.kind, item.data) for item in unpack(page)] == items


def test_a_chain_travels_without_its_hashes() -> None:
    log = tell(random.Random(1), "register/d/R1", 500)
    items = [(EVENT, event.data) for event in log.events]
    page = pack(items)
    assert page.packing == COLUMNS
    assert len(page.packed) < 500 * 8 < 500 * 32
    assert [item.event for item in unpack(page)] == log.events
    assert pack(items[:2]).packing == PLAIN


@pytest.mark.parametrize("body", [0.5, [1e300], {"a": -0.0}])
def test_fractions_are_no_facts_in_any_packing(body: Any) -> None:
    log = tell(random.Random(1), "register/d/R1", 8)
    import msgspec  # lazy: only here

    told = msgspec.json.decode(log.events[3].data)
    told["body"] = body
    items = [(EVENT, event.data) for event in log.events]
    items[3] = (EVENT, encode(told))
    assert [item.event is None for item in unpack(pack(items))] == [at == 3 for at in range(8)]
