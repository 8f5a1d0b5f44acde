"""Every pair that may carry text is legible, computed from the colours that ship."""

import re

import pytest

from pos_app.ui.theme.colour_math import contrast, grey
from pos_app.ui.theme.tokens import (
    DAYLIGHT,
    LIGHT,
    VENDOR_COLOURS,
    VENDOR_PATTERNS,
    Tokens,
    vendor_colour,
    vendor_pattern,
)

# text on ground
TEXT_PAIRS = [
    *(
        ("ink", ground)
        for ground in ["bg", "surface", "sunken", "primary_soft", "warn_soft", "danger_soft", "ok_soft"]
    ),
    *(("ink2", ground) for ground in ["bg", "surface", "sunken", "primary_soft"]),
    *(("ink3", ground) for ground in ["bg", "surface", "sunken", "primary_soft"]),
    *(("primary", ground) for ground in ["bg", "surface", "primary_soft"]),
    *(("white", ground) for ground in ["primary", "primary_press", "danger", "practice", "badge"]),
    *(("danger", ground) for ground in ["bg", "surface", "danger_soft"]),
    ("warn", "warn_soft"),
    ("warn", "surface"),
    ("ok", "ok_soft"),
    ("ok", "surface"),
    ("on_markdown", "markdown"),
    ("practice", "practice_soft"),
    ("on_badge", "badge"),
]
MARK_PAIRS = [
    ("edge", "bg"),
    ("edge", "surface"),
    ("edge", "sunken"),
    ("focus_out", "surface"),
    ("focus_in", "primary"),
    ("focus_in", "focus_out"),
]
THEMES = pytest.mark.parametrize("tokens", [LIGHT, DAYLIGHT], ids=lambda tokens: tokens.name)


@pytest.mark.acceptance("A47")
@THEMES
@pytest.mark.parametrize(("top", "ground"), TEXT_PAIRS)
def test_text_is_legible(tokens: Tokens, top: str, ground: str) -> None:
    least = 7.0 if tokens is DAYLIGHT else 4.5
    assert contrast(getattr(tokens, top), getattr(tokens, ground)) >= least


@pytest.mark.acceptance("A47")
@THEMES
@pytest.mark.parametrize(("top", "ground"), MARK_PAIRS)
def test_marks_can_be_told_from_their_ground(tokens: Tokens, top: str, ground: str) -> None:
    assert contrast(getattr(tokens, top), getattr(tokens, ground)) >= 3.0


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("colour", VENDOR_COLOURS)
def test_white_on_a_vendors_colour_is_legible(colour: str) -> None:
    assert contrast("#FFFFFF", colour) >= 4.5


@pytest.mark.parametrize(
    ("top", "ground", "light", "daylight"),
    [
        ("ink", "bg", 15.5, 21.0),
        ("ink3", "sunken", 5.2, 12.7),
        ("primary", "primary_soft", 6.9, 12.1),
        ("white", "primary", 8.2, 13.7),
        ("warn", "warn_soft", 6.8, 14.7),
        ("on_markdown", "markdown", 6.1, 14.7),
        ("edge", "sunken", 3.2, 17.6),
        ("focus_in", "primary", 5.1, 9.6),
    ],
)
def test_the_ratios_are_the_designed_ones(top: str, ground: str, light: float, daylight: float) -> None:
    for tokens, ratio in ((LIGHT, light), (DAYLIGHT, daylight)):
        assert contrast(getattr(tokens, top), getattr(tokens, ground)) == pytest.approx(ratio, abs=0.06)


@THEMES
def test_every_token_is_a_colour(tokens: Tokens) -> None:
    named = {name: getattr(tokens, name) for name in Tokens.__slots__}
    colours = [value for name, value in named.items() if isinstance(value, str) and name != "name"]
    assert len(colours) > 25
    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in colours)


def test_forty_booths_differ_by_colour_or_pattern() -> None:
    marks = {(vendor_colour(booth), vendor_pattern(booth)) for booth in range(1, 33)}
    assert len(marks) == len(VENDOR_COLOURS) * len(VENDOR_PATTERNS)
    assert vendor_colour(33) == vendor_colour(1)
    assert [vendor_pattern(booth) for booth in (1, 9, 17, 25)] == [(1, 0), (22, 6), (9, 5), (4, 4)]


def test_a_product_without_a_booth_still_has_a_colour() -> None:
    assert vendor_colour(0) == vendor_colour(1)
    assert vendor_pattern(0) == vendor_pattern(1)


def test_grey_keeps_the_luminance() -> None:
    assert grey("#FFFFFF") == "#FFFFFF"
    assert contrast(grey(LIGHT.primary), LIGHT.surface) == pytest.approx(
        contrast(LIGHT.primary, LIGHT.surface), rel=0.02
    )
