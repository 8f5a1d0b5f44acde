"""Products are found by any part of what people remember of them."""

import random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.hangul import choseong, search_key, single_consonants
from pos_app.domain.search import ProductSearch

GOODS = [
    ("apple", "사과 5kg", "신안섬 농장", "P001 8801471049749"),
    ("pear", "나주배 선물세트", "나주배 공방", "P002"),
    ("sesame", "참기름 320ml", "해남땅끝 공방", "P003 8807127684265"),
    ("cockle", "꼬막 1kg", "여수밤바다 공방", "P004"),
    ("sweet", "고구마 말랭이", "신안섬 농장", "P005"),
    ("jam", "Apple JAM", "순천만 식품", "P006"),
    ("dried", "말린 사과", "무등 영농조합법인", "P007"),
    ("hall", "한라봉 3kg", "송정 마을공동체", ""),
]
SEARCH = ProductSearch.build(GOODS)


@pytest.mark.acceptance("A2")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("사과", ["apple", "dried"]),
        ("과", ["apple", "dried"]),
        ("배", ["pear"]),
        ("기름", ["sesame"]),
        ("사과5kg", ["apple"]),
        ("사과 5", ["apple"]),
        ("5kg 사과", ["apple"]),
        ("ㅅㄱ", ["apple", "dried"]),
        ("ㅊㄱㄹ", ["sesame"]),
        ("ㄲㅁ", ["cockle", "sweet"]),
        ("ㄱㄱㅁ", ["cockle", "sweet"]),
        ("사ㄱ", ["apple", "dried"]),
        ("ㅅ과", ["apple", "dried"]),
        ("삭", ["apple", "dried"]),
        ("말린 삭", ["dried"]),
        ("삯", []),
        ("ㅅㄱ ㅁㄹ", ["dried"]),
        ("신안", ["apple", "sweet"]),
        ("신안 고", ["sweet"]),
        ("ㅅㅇㅅ", ["apple", "sweet"]),
        ("신ㅇ", ["apple", "sweet"]),
        ("순천만", ["jam"]),
        ("apple", ["jam"]),
        ("JAM", ["jam"]),
        ("p006", ["jam"]),
        ("P006", ["jam"]),
        ("8807127684265", ["sesame"]),
        ("84265", ["sesame"]),
        ("kg", ["apple", "cockle", "hall"]),
        ("없는말", []),
        ("사과 없는말", []),
        ("참말", []),
        ("   ", ["apple", "pear", "sesame", "cockle", "sweet", "jam", "dried", "hall"]),
        ("ㅏ", []),
        ("a\tb\nc", []),
    ],
)
def test_finding(query: str, found: list[str]) -> None:
    assert SEARCH.search(query) == found


def test_names_that_begin_with_the_query_come_before_others() -> None:
    search = ProductSearch.build(
        [("a", "말린 배", "배 농장", ""), ("b", "배즙", "", ""), ("c", "무", "배 농장", "")]
    )
    assert search.search("배") == ["b", "a", "c"]


def test_best_sellers_come_first_when_they_fit() -> None:
    assert SEARCH.search("사과", first=["dried", "pear", "gone"]) == ["dried", "apple"]
    assert SEARCH.search("사과", limit=1, first=["dried"]) == ["dried"]
    assert SEARCH.search("신안", first=["sweet", "apple"]) == ["sweet", "apple"]
    assert SEARCH.search("", limit=3, first=["dried", "gone"]) == ["dried", "apple", "pear"]
    assert SEARCH.search("", limit=1, first=["dried", "jam"]) == ["dried"]
    assert SEARCH.search("kg", limit=2) == ["apple", "cockle"]
    assert SEARCH.search("사과", limit=0) == []


def test_a_product_told_twice_is_one() -> None:
    search = ProductSearch.build([GOODS[0], ("apple", "다른 것", "", "")])
    assert search.search("다른") == []
    assert search.search("") == ["apple"]
    assert ProductSearch.build([]).search("사과") == []


NAMES = st.lists(st.text("가각꼬과나ㄱㄲa1 ", max_size=6), max_size=8)


@pytest.mark.acceptance("A2")
@given(NAMES, st.text("가각꼬과나ㄱㄲa1", min_size=1, max_size=4), st.data())
def test_search_finds_what_a_plain_scan_finds(names: list[str], query: str, data: st.DataObject) -> None:
    search = ProductSearch.build([(str(row), name, "", "") for row, name in enumerate(names)])
    found = search.search(query, 100)
    assert len(set(found)) == len(found)
    plain = [str(row) for row, name in enumerate(names) if query in search_key(name).replace(" ", "")]
    assert set(plain) <= set(found)
    if not set(query) & set("ㄱㄲ") and plain:
        assert set(found) == set(plain)
    if set(query) <= set("ㄱㄲ"):
        loose = [single_consonants(choseong(name.replace(" ", ""))) for name in names]
        assert set(found) == {str(row) for row, text in enumerate(loose) if single_consonants(query) in text}


@given(st.text(max_size=80))
def test_any_query_has_an_answer(query: str) -> None:
    assert set(SEARCH.search(query)) <= {good[0] for good in GOODS}


@pytest.mark.acceptance("A2")
def test_twenty_thousand_products_are_searched_in_a_blink() -> None:
    rng = random.Random(2)
    syllables = [chr(0xAC00 + rng.randrange(11_172)) for _ in range(400)]
    goods = [
        (
            str(row),
            "".join(rng.choices(syllables, k=rng.randint(2, 8))) + " 5kg",
            f"업체{row % 50}",
            f"P{row:05d}",
        )
        for row in range(20_000)
    ]
    search = ProductSearch.build(goods)
    times = []
    for query in (
        "사과",
        "ㅅㄱ",
        "사ㄱ",
        "업체7",
        "P19999",
        "5kg",
        "없는 말",
        "ㄱㄲㅍㅎㅈ",
        "업체49 5k",
        "각",
    ):
        for _ in range(3):
            start = perf_counter()
            search.search(query, first=[str(row) for row in range(50)])
            times.append(perf_counter() - start)
    assert sorted(times)[len(times) * 95 // 100] < 0.020
