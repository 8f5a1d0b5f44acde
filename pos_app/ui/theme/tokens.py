"""Colours by meaning, for the light and the daylight theme, and the marks of the vendors."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # two objects: told apart as such
class Tokens:
    """Every colour a widget may use, as "#RRGGBB". Nothing else may carry text (a test checks)."""

    name: str
    bg: str
    surface: str
    sunken: str
    line: str
    edge: str
    ink: str
    ink2: str
    ink3: str
    primary: str
    primary_press: str
    primary_soft: str
    danger: str
    danger_soft: str
    warn: str
    warn_soft: str
    ok: str
    ok_soft: str
    markdown: str
    on_markdown: str
    practice: str
    practice_soft: str
    badge: str
    on_badge: str
    focus_out: str
    focus_in: str
    white: str = "#FFFFFF"
    divider_px: int = 1
    all_bold: bool = False
    soft_border_px: int = 0  # daylight draws a border round soft badges: their grounds are white
    scrim: str = "#1B1A17"
    scrim_percent: int = 45


LIGHT = Tokens(
    name="light",
    bg="#F4F2EC",
    surface="#FFFFFF",
    sunken="#EAE7DE",
    line="#D9D4C8",
    edge="#857F71",
    ink="#1B1A17",
    ink2="#474439",
    ink3="#625E53",
    primary="#1B4F8F",
    primary_press="#123865",
    primary_soft="#E2ECF8",
    danger="#A61B1B",
    danger_soft="#FBE8E6",
    warn="#7A4700",
    warn_soft="#FFF0CC",
    ok="#1D6638",
    ok_soft="#E3F2E7",
    markdown="#B0390A",
    on_markdown="#FFFFFF",
    practice="#5B2A86",
    practice_soft="#F0E6F8",
    badge="#1B1A17",
    on_badge="#FFFFFF",
    focus_out="#1B1A17",
    focus_in="#FFC400",
)

DAYLIGHT = Tokens(
    name="daylight",
    bg="#FFFFFF",
    surface="#FFFFFF",
    sunken="#EBEBEB",
    line="#000000",
    edge="#000000",
    ink="#000000",
    ink2="#000000",
    ink3="#262626",
    primary="#00247A",
    primary_press="#000000",
    primary_soft="#FFF2A6",
    danger="#8C0000",
    danger_soft="#FFFFFF",
    warn="#000000",
    warn_soft="#FFD400",
    ok="#003D17",
    ok_soft="#FFFFFF",
    markdown="#000000",
    on_markdown="#FFD400",
    practice="#3D0A66",
    practice_soft="#FFFFFF",
    badge="#000000",
    on_badge="#FFFFFF",
    focus_out="#000000",
    focus_in="#FFD400",
    divider_px=2,
    all_bold=True,
    soft_border_px=2,
    scrim="#000000",
    scrim_percent=60,
)

THEMES = {LIGHT.name: LIGHT, DAYLIGHT.name: DAYLIGHT}

VENDOR_COLOURS = (
    "#1E3C96",  # 쪽빛
    "#876900",  # 황토
    "#D22D69",  # 진달래
    "#0F3C00",  # 솔빛
    "#7869A5",  # 라일락
    "#691E4B",  # 자주
    "#1E7869",  # 청자
    "#5A5A3C",  # 쑥
)

# (mark, gap) in px down the tile's bar; a gap of 0 is a solid bar
VENDOR_PATTERNS = ((1, 0), (22, 6), (9, 5), (4, 4))


def vendor_colour(booth: int) -> str:
    """The colour of booth 1, 2, … (the same in both themes); booth 0 (none) takes the first."""
    return VENDOR_COLOURS[max(0, booth - 1) % len(VENDOR_COLOURS)]


def vendor_pattern(booth: int) -> tuple[int, int]:
    """(mark, gap) px of the bar of a booth: colours come round after 8 booths, patterns after 32."""
    return VENDOR_PATTERNS[max(0, booth - 1) // len(VENDOR_COLOURS) % len(VENDOR_PATTERNS)]
