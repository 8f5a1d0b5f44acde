"""Barcodes and scale labels."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.barcodes import (
    DEFAULT_SCALE_PATTERNS,
    ScaleLabel,
    ScalePattern,
    ean13_check_digit,
    in_store_ean13,
    is_valid_gtin,
    make_scale_label,
    normalise_scan,
    parse_scale_label,
)
from pos_app.domain.errors import DomainError

WEIGHT, PRICE = DEFAULT_SCALE_PATTERNS


@pytest.mark.parametrize(
    "code",
    [
        "8801471049749",
        "4006381333931",
        "2112345012506",
        "2000123158006",
        "96385074",
        "036000291452",
        "00012345600012",
    ],
)
def test_codes_that_are_right(code: str) -> None:
    assert is_valid_gtin(code)


@pytest.mark.parametrize(
    "code", ["8801471049748", "", "88014710497490", "880147104974x", "８８０１４７１０４９７４９", "123"]
)
def test_codes_that_are_wrong(code: str) -> None:
    assert not is_valid_gtin(code)


def test_check_digits() -> None:
    assert ean13_check_digit("211234501250") == 6
    assert ean13_check_digit("200012315800") == 6
    assert ean13_check_digit("000000000000") == 0


@pytest.mark.parametrize("first", ["", "21123450125", "2112345012506", "21123450125x"])
def test_a_check_digit_needs_twelve_digits(first: str) -> None:
    with pytest.raises(DomainError) as refused:
        ean13_check_digit(first)
    assert refused.value.code == "barcode.not_digits"


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 12), st.integers(1, 9))
def test_any_one_wrong_digit_is_noticed(first: str, where: int, more: int) -> None:
    code = first + str(ean13_check_digit(first))
    assert is_valid_gtin(code)
    wrong = code[:where] + str((int(code[where]) + more) % 10) + code[where + 1 :]
    assert not is_valid_gtin(wrong)


@pytest.mark.acceptance("A4")
def test_labels_by_hand() -> None:
    assert parse_scale_label("2112345012506", DEFAULT_SCALE_PATTERNS) == ScaleLabel("12345", 1_250, None)
    assert parse_scale_label("2000123158006", DEFAULT_SCALE_PATTERNS) == ScaleLabel("00123", None, 15_800)


@pytest.mark.acceptance("A4")
def test_a_hundred_labels_go_round() -> None:
    rng = random.Random(4)
    patterns = [
        *DEFAULT_SCALE_PATTERNS,
        ScalePattern.parse("02IIIIWWWWWWC"),
        ScalePattern.parse("2915IIIIPPPPC"),
    ]
    for _ in range(100):
        pattern = rng.choice(patterns)
        item = str(rng.randrange(10**pattern.item_digits)).zfill(pattern.item_digits)
        value = rng.randrange(1, 10**pattern.value_digits)
        code = make_scale_label(pattern, item, value)
        assert len(code) == 13
        label = parse_scale_label(code, patterns)
        assert label is not None
        assert label.item_code == item
        expected = (value, None) if pattern.kind == "weight" else (None, value)
        assert (label.quantity_milli, label.price_won) == expected
        wrong = code[:-1] + str((int(code[-1]) + rng.randrange(1, 10)) % 10)
        with pytest.raises(DomainError) as refused:
            parse_scale_label(wrong, patterns)
        assert (refused.value.code, refused.value.params) == ("barcode.check_digit", {"scanned": wrong})


@pytest.mark.parametrize("code", ["8801471049749", "211234501250", "21123450125 6", "P001", ""])
def test_other_codes_are_no_labels(code: str) -> None:
    assert parse_scale_label(code, DEFAULT_SCALE_PATTERNS) is None


def test_a_label_that_says_nothing() -> None:
    code = "211234500000"
    with pytest.raises(DomainError) as refused:
        parse_scale_label(code + str(ean13_check_digit(code)), DEFAULT_SCALE_PATTERNS)
    assert refused.value.code == "barcode.no_value"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21IIIIIWWWWW",
        "21IIIIIWWWWWCC",
        "IIIIIIIWWWWWC",
        "21IIIIIWWPPPC",
        "21WWWWWIIIIIC",
        "2aIIIIIWWWWWC",
    ],
)
def test_odd_patterns_are_refused(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        ScalePattern.parse(text)
    assert refused.value.code == "barcode.pattern"


@pytest.mark.parametrize(
    ("item", "value"), [("123456", 1), ("1", 100_000), ("1", 0), ("1", -5), ("가", 5), ("1" * 500, 1)]
)
def test_what_does_not_fit_a_label(item: str, value: int) -> None:
    with pytest.raises(DomainError) as refused:
        make_scale_label(WEIGHT, item, value)
    assert refused.value.code == "barcode.does_not_fit"


def test_a_short_item_is_filled_up() -> None:
    assert make_scale_label(PRICE, "123", 15_800) == "2000123158006"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (" 8801471049749\r\n", "8801471049749"),
        ("８８０１４７１０４９７４９", "8801471049749"),
        ("]E08801471049749", "8801471049749"),
        ("ㅔ001", "p001"),
        ("뮤12", "ab12"),
        ("a b", "ab"),
        ("", ""),
        ("\x02880\x03", "880"),
    ],
)
def test_what_a_scanner_typed(typed: str, code: str) -> None:
    assert normalise_scan(typed) == code


@given(st.text())
def test_any_scan_is_plain(typed: str) -> None:
    code = normalise_scan(typed)
    assert all(char.isprintable() and not char.isspace() for char in code)
    parse_scale = parse_scale_label("0" + code, DEFAULT_SCALE_PATTERNS)
    assert parse_scale is None


@given(st.uuids().map(str))
def test_an_in_store_code_is_the_same_everywhere_and_no_scale_label(product_id: str) -> None:
    code = in_store_ean13(product_id, (), DEFAULT_SCALE_PATTERNS)
    assert code == in_store_ean13(product_id, (), DEFAULT_SCALE_PATTERNS)
    assert is_valid_gtin(code) and code.startswith("29")
    assert parse_scale_label(code, DEFAULT_SCALE_PATTERNS) is None
    other = in_store_ean13(product_id, {code}, DEFAULT_SCALE_PATTERNS)
    assert other != code and is_valid_gtin(other)


def test_in_store_codes_leave_the_scales_their_prefixes() -> None:
    patterns = [ScalePattern.parse(f"{p}IIIIIWWWWWC") for p in ("29", "28")] + [
        ScalePattern.parse("2715IIIIPPPPC")
    ]
    assert in_store_ean13("x", (), patterns).startswith("26")
    with pytest.raises(DomainError) as refused:
        in_store_ean13("x", (), [ScalePattern.parse("2IIIIIIPPPPPC"), ScalePattern.parse("0IIIIIIPPPPPC")])
    assert refused.value.code == "barcode.no_prefix"
