"""Korean text: names, initial consonants, particles, amounts as they are read."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.hangul import (
    choseong,
    clean_name,
    consonant_class,
    is_choseong_query,
    is_consonant,
    josa,
    keys_from_jamo,
    letters_of,
    read_won,
    read_won_spoken,
    search_key,
    single_consonants,
    with_josa,
)

SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  영산강   영농조합법인 ", "영산강 영농조합법인"),
        (unicodedata.normalize("NFD", "참기름"), "참기름"),
        ("참\u200b기\u00ad름", "참기름"),
        ("사과\u00a0\u30005kg\r\n", "사과 5kg"),
        ("\ufeff배\u3164", "배"),
        ("ca\u200b\u0301fe\u0301", "cáfé"),
        ("jam  200g", "jam 200g"),
        ("a\x00b\tc", "ab c"),
        ("줄\u2028바꿈", "줄 바꿈"),
        ("", ""),
    ],
)
def test_names_are_cleaned(text: str, name: str) -> None:
    assert clean_name(text) == name


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    name = clean_name(text)
    assert clean_name(name) == name == unicodedata.normalize("NFC", name)
    assert name == name.strip()
    assert "  " not in name
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in name)
    assert search_key(search_key(text)) == search_key(text)


def test_search_keys_are_without_case() -> None:
    assert search_key(" Apple  JAM ") == "apple jam"
    assert search_key(unicodedata.normalize("NFD", "사과 JAM")) == "사과 jam"


def test_initial_consonants() -> None:
    assert choseong("사과 5KG") == "ㅅㄱ 5kg"
    assert choseong("꼬막") == "ㄲㅁ"
    assert choseong("ㅅ가힣") == "ㅅㄱㅎ"
    assert choseong("\u1109\u1100") == "ㅅㄱ"


@given(st.text(SYLLABLES, min_size=1))
def test_initials_agree_with_unicode(text: str) -> None:
    for char, letter in zip(text, choseong(text), strict=True):
        lead = unicodedata.normalize("NFD", char)[0]
        assert unicodedata.name(letter).removeprefix("HANGUL LETTER ") == unicodedata.name(lead).removeprefix(
            "HANGUL CHOSEONG "
        )


@pytest.mark.parametrize(
    ("text", "lone"),
    [("ㅅㄱ", True), ("ㄲ ㅁ", True), ("ㄳ", True), ("\u1100", True), ("사ㄱ", False), ("ㅏ", False),
     ("", False), ("  ", False), ("ab", False)],
)  # fmt: skip
def test_queries_of_consonants(text: str, lone: bool) -> None:
    assert is_choseong_query(text) is lone


def test_doubles_and_clusters_come_apart() -> None:
    assert single_consonants("ㄲㅁ") == single_consonants("ㄱㄱㅁ") == "ㄱㄱㅁ"
    assert single_consonants("ㄳㅄ\u1101") == "ㄱㅅㅂㅅㄱㄱ"
    assert is_consonant("ㄺ")
    assert is_consonant("\u1112")
    assert not is_consonant("ㅏ")


@pytest.mark.parametrize(
    ("typed", "fits", "not_fits"),
    [
        ("ㄱ", ["가", "깋", "까", "ㄱ"], ["나", "하"]),
        ("ㄲ", ["까", "가고", "ㄲ"], ["가", "가나"]),
        ("ㄴ", ["나", "닣"], ["다"]),
        ("ㄳ", ["가사", "까쌀"], ["가", "사가"]),
        ("\u1112", ["하"], ["가"]),
    ],
)
def test_what_a_typed_consonant_may_mean(typed: str, fits: list[str], not_fits: list[str]) -> None:
    assert all(re.fullmatch(consonant_class(typed), text) for text in fits)
    assert not any(re.fullmatch(consonant_class(typed), text) for text in not_fits)
    assert consonant_class("가") == ""


@pytest.mark.parametrize(
    ("word", "object_", "direction"),
    [
        ("사과", "사과를", "사과로"),
        ("참기름", "참기름을", "참기름으로"),
        ("쌀", "쌀을", "쌀로"),
        (unicodedata.normalize("NFD", "감"), unicodedata.normalize("NFD", "감") + "을", None),
        ("0", "0을", "0으로"), ("1", "1을", "1로"), ("2", "2를", "2로"), ("3", "3을", "3으로"),
        ("4", "4를", "4로"), ("5", "5를", "5로"), ("6", "6을", "6으로"), ("7", "7을", "7로"),
        ("8", "8을", "8로"), ("9", "9를", "9로"), ("10", "10을", "10으로"), ("1,000", "1,000을", "1,000으로"),
        ("12,300원", "12,300원을", "12,300원으로"),
        ("R1", "R1을", "R1로"), ("A", "A를", "A로"), ("L", "L을", "L로"), ("M", "M을", "M으로"),
        ("R", "R을", "R로"), ("PIN", "PIN을", "PIN으로"), ("USB", "USB를", "USB로"),
        ("사과 5kg", "사과 5kg을", "사과 5kg으로"), ("들깨 300g", "들깨 300g을", "들깨 300g으로"),
        ("물 500ml", "물 500ml를", "물 500ml로"), ("우유 1L", "우유 1L를", "우유 1L로"), ("2t", "2t을", None),
        ("50%", "50%를", "50%로"), ("1㎏", "1㎏을", "1㎏으로"), ("사과(5kg)", "사과(5kg)을", None),
        ("jam", "jam을", "jam으로"), ("oil", "oil을", "oil로"), ("song", "song을", "song으로"),
        ("cup", "cup을", "cup으로"), ("book", "book을", "book으로"), ("cake", "cake를", "cake로"),
        ("beep", "beep를", None), ("tea", "tea를", "tea로"), ("ab", "ab을", None), ("up", "up을", None),
        ("ㄱ", "ㄱ을", "ㄱ으로"), ("ㄹ", "ㄹ을", "ㄹ로"), ("ㅏ", "ㅏ를", "ㅏ로"),
        ("배.", "배.를", "배.로"), ("", "를", "로"), ("!!", "!!를", None), ("大", "大를", None),
        ("사과🍎", "사과🍎를", None),
    ],
)  # fmt: skip
def test_particles(word: str, object_: str, direction: str | None) -> None:
    assert with_josa(word, "을/를") == object_
    if direction is not None:
        assert with_josa(word, "으로/로") == direction


def test_other_particles() -> None:
    assert [josa("감", pair) for pair in ("이/가", "은/는", "과/와", "이에요/예요")] == [
        "이",
        "은",
        "과",
        "이에요",
    ]
    assert [josa("배", pair) for pair in ("이/가", "은/는", "과/와", "이에요/예요")] == [
        "가",
        "는",
        "와",
        "예요",
    ]
    assert josa("귤", "이에요/예요") == "이에요"


@given(st.text())
def test_any_text_has_a_particle(word: str) -> None:
    assert josa(word, "을/를") in ("을", "를")
    assert josa(word, "으로/로") in ("으로", "로")


@pytest.mark.parametrize(
    ("won", "read", "spoken"),
    [
        (0, "0원", "영 원"),
        (10, "10원", "십 원"),
        (900, "900원", "구백 원"),
        (1_000, "1,000원", "천 원"),
        (10_000, "1만 원", "만 원"),
        (11_400, "1만 1,400원", "만 천사백 원"),
        (38_600, "3만 8,600원", "삼만 팔천육백 원"),
        (100_000, "10만 원", "십만 원"),
        (110_000, "11만 원", "십일만 원"),
        (2_483_700, "248만 3,700원", "이백사십팔만 삼천칠백 원"),
        (100_000_000, "1억 원", "일억 원"),
        (100_010_000, "1억 1만 원", "일억 일만 원"),
        (123_456_789, "1억 2,345만 6,789원", "일억 이천삼백사십오만 육천칠백팔십구 원"),
        (-2_800, "-2,800원", "마이너스 이천팔백 원"),
        (-10_000, "-1만 원", "마이너스 만 원"),
        (10**20, "10,000경 원", "10,000경 원"),
    ],
)
def test_amounts_are_read(won: int, read: str, spoken: str) -> None:
    assert read_won(won) == read
    assert read_won_spoken(won) == spoken


@given(st.integers(0, 10**19))
def test_a_reading_means_its_amount(won: int) -> None:
    text = read_won(won).removesuffix("원").replace(",", "").replace(" ", "")
    total = 0
    for name, worth in (("경", 10**16), ("조", 10**12), ("억", 10**8), ("만", 10**4)):
        if name in text:
            value, text = text.split(name)
            total += int(value) * worth
    assert total + int(text or "0") == won


def test_keys_behind_jamo() -> None:
    assert keys_from_jamo("ㅁㅠ") == "ab"
    assert keys_from_jamo("뮤") == "ab"
    assert keys_from_jamo("8801471049749") == "8801471049749"
    assert keys_from_jamo("ㅃㅒ") == "QO"
    assert keys_from_jamo("왥") == "dhofr"
    assert letters_of("값") == "ㄱㅏㅄ"
    assert letters_of("x") == "x"


ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
LETTERS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")


@given(st.text("qwertyuiopasdfghjklzxcvbnm0123456789-", max_size=20))
def test_every_key_comes_back(keys: str) -> None:
    table = str.maketrans("".join(ROWS), "".join(LETTERS))
    assert keys_from_jamo(keys.translate(table)) == keys


@given(st.text())
def test_any_text_has_keys(text: str) -> None:
    assert not any(0xAC00 <= ord(char) <= 0xD7A3 for char in keys_from_jamo(text))
