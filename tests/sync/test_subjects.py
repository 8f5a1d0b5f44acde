"""People's keys as a set: any order of meeting gives the same, and erased stays erased."""

import random
from functools import reduce
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sync import subjects
from sync.exchange import answer
from sync.identity import new_subject_key, seal, unseal
from sync.messages import KeysAnswer, SubjectKey, TradeKeys, decode, encode
from sync.subjects import ERASED, merged, well_formed
from tests.sync.worlds import Place

key = st.sampled_from([bytes([n]) * 32 for n in range(12)])
told = st.lists(key, min_size=1, max_size=3).map(b"".join) | st.just(ERASED)


@given(words=st.lists(told, min_size=1, max_size=8), order=st.randoms())
def test_any_order_any_repeat_gives_the_same(words: list[bytes], order: random.Random) -> None:
    first = reduce(merged, words, None)
    again = [*words, *words]
    order.shuffle(again)
    assert reduce(merged, again, None) == first
    assert well_formed(first or b"")
    assert (first == ERASED) == (ERASED in words)


def test_what_was_sealed_with_either_of_two_keys_is_read_once_they_met() -> None:
    one, two = new_subject_key(), new_subject_key()
    both = merged(one, two)
    for made in (one, two, both):
        assert unseal(both, "somebody", seal(made, "somebody", "010-1234")) == "010-1234"
    assert unseal(ERASED, "somebody", seal(one, "somebody", "010-1234")) is None
    assert unseal(both, "somebody", seal(new_subject_key(), "somebody", "x")) is None


def test_keys_that_are_none_are_refused(tmp_path: Path) -> None:
    place = Place(tmp_path / "a.db")
    keys = tuple(SubjectKey(f"s{n}", bytes(n)) for n in (1, 31, 33, 32))
    said = decode(answer(place.replica, None, encode(TradeKeys(keys, ("s32", "nobody")))))
    assert said == KeysAnswer(1, (SubjectKey("s32", bytes(32)),), ("s1", "s31", "s33"))
    with place.bare.rows() as rows:
        subjects.erase(rows, "s32")
        assert not subjects.take(rows, SubjectKey("s32", bytes(32)))
        assert subjects.take(rows, SubjectKey("never seen", ERASED))
    place.close()
