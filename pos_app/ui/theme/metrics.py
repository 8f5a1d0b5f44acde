"""Every size on the screen from the window's size and the type scale. Lengths in logical px."""

from dataclasses import dataclass, field

# type sizes at 100 %; see `Metrics.type_px` for the two that are capped
TYPE_PX = {
    "caption": 15,
    "body": 18,
    "name": 20,
    "key": 18,
    "key_big": 22,
    "title": 24,
    "corner": 26,
    "number": 28,
    "number_big": 36,
    "total": 44,
    "counted": 52,
    "counted_big": 56,
    "change": 152,
    "market": 40,
}
SCALES = (1.0, 1.25, 1.5, 2.0)
GAP = 12
SMALLEST_TYPE = 15


def _half_up(value: float) -> int:
    return int(value + 0.5)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes for one window: `width` x `height` px and `scale`, the type scale (1 to 2)."""

    width: int = 1366
    height: int = 768
    scale: float = 1.0
    panel_width: int = field(init=False)
    one_pane: bool = field(init=False)
    tile_columns: int = field(init=False)
    tile_rows: int = field(init=False)
    chips_folded: bool = field(init=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        panel = max(min(0.322 * self.width, 560.0), 396 + 208 * (self.scale - 1))
        panel_px = _half_up(panel / 4) * 4
        quotient = (self.width - panel_px - 2 * self.padding) / (200 * self.scale)
        one_pane = quotient < 2
        if one_pane:
            quotient = (self.width - 2 * self.padding) / (200 * self.scale)
        put(self, "one_pane", one_pane)
        put(self, "panel_width", self.width if one_pane else panel_px)
        put(self, "tile_columns", max(2, min(6, _half_up(quotient))))
        put(self, "chips_folded", False)
        open_rows = self._rows(self._tiles_height(folded=False))
        folded_rows = self._rows(self._tiles_height(folded=True))
        folded = (self.scale >= 1.25 and self.height <= 800) or folded_rows > open_rows
        put(self, "chips_folded", folded)
        put(self, "tile_rows", folded_rows if folded else open_rows)

    # -- lengths ---------------------------------------------------------------------------

    def px(self, length: int) -> int:
        """A length that grows with the type."""
        return _half_up(length * self.scale)

    def key_px(self, length: int) -> int:
        """A height that grows half as fast as the type: keys, rows of keys."""
        return _half_up(length * (1 + (self.scale - 1) / 2))

    def type_px(self, name: str) -> int:
        """Pixel size of a named type size; "total" stops at 66, "change" at 152."""
        size = _half_up(TYPE_PX[name] * self.scale)
        if name == "total":
            return min(size, 66)
        return min(size, 152) if name == "change" else size

    @property
    def padding(self) -> int:
        """Left and right of the work area."""
        return 16 if self.width >= 1100 else 12

    @property
    def padding_y(self) -> int:
        """Above and below the work area."""
        return 16 if self.height > 800 and self.width >= 1100 else 12

    @property
    def gap(self) -> int:
        return GAP

    @property
    def strip_scale(self) -> float:
        return min(self.scale, 1.25)

    @property
    def strip_height(self) -> int:
        return _half_up(56 * self.strip_scale)

    @property
    def key_height(self) -> int:
        return self.key_px(56)

    @property
    def tender_height(self) -> int:
        return self.key_px(76)

    @property
    def pad_key_height(self) -> int:
        """The least height of a keypad key."""
        return self.key_px(72)

    @property
    def stepper_width(self) -> int:
        return self.key_px(64)

    @property
    def corner_height(self) -> int:
        """Height of the corner key; as a foot of one pane it leaves room for two rows of tiles."""
        full = _half_up(88 * (1 + 0.4 * (self.scale - 1)))
        if not self.one_pane:
            return full
        two_rows = 2 * self.tile_least_height + GAP
        room = self._tiles_top(folded=True) + two_rows + GAP + self.padding_y
        return max(88, min(full, self.height - room))

    @property
    def tile_least_height(self) -> int:
        return _half_up(99 * self.scale) + 23

    @property
    def row_height(self) -> int:
        """One line of the cart."""
        return self.px(68)

    @property
    def list_width(self) -> int:
        """The list beside a work area (receipts, vendors): its own page when `list_alone`."""
        return max(340, min(380, _half_up(self.width * 0.278)))

    @property
    def list_alone(self) -> bool:
        return self.width < 1100 or self.scale >= 1.5

    @property
    def dialog_width(self) -> int:
        return min(880, self.width - 32)

    @property
    def dialog_height(self) -> int:
        return self.height - 32

    @property
    def page_size(self) -> int:
        """Tiles on one page."""
        return self.tile_columns * self.tile_rows

    # -- tiles -----------------------------------------------------------------------------

    def _tiles_top(self, *, folded: bool) -> int:
        top = self.strip_height + self.padding_y + self.key_height + GAP
        return top if folded else top + self.key_height + GAP

    def _tiles_height(self, *, folded: bool) -> int:
        height = self.height - self._tiles_top(folded=folded) - self.padding_y
        return height - (self.corner_height + GAP if self.one_pane else 0)

    def _rows(self, height: int) -> int:
        return max(1, (height + GAP) // (self.tile_least_height + GAP))

    def rows_in(self, height: int) -> int:
        """How many rows of tiles fit a given height."""
        return self._rows(height)


def suggested_scale(width: int, pixels_per_inch: float) -> float:
    """The type scale the first run proposes for a screen."""
    return 1.25 if pixels_per_inch > 140 or width > 1600 else 1.0
