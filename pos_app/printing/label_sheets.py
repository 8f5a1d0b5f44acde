"""The label sheets of A4 that shops sell: where each label lies, in hundredths of a millimetre."""

import msgspec

from pos_app.domain.errors import DomainError

A4_WIDTH, A4_HEIGHT = 21_000, 29_700
MOST_OFFSET = 2_000  # 20 mm: more is a wrong sheet, not a shifted one


class LabelSheet(msgspec.Struct, frozen=True):
    """`columns` x `rows` labels; `left` and `top` to the first, pitch from one to the next."""

    name: str
    columns: int
    rows: int
    width: int
    height: int
    left: int
    top: int
    pitch_x: int
    pitch_y: int

    @property
    def count(self) -> int:
        """Labels of one sheet."""
        return self.columns * self.rows

    @property
    def size_words(self) -> str:
        """64 × 33.9 mm."""
        return f"{_mm(self.width)} × {_mm(self.height)} mm"

    def corner(self, number: int) -> tuple[int, int]:
        """Left and top of label `number`, counted from 1 along the rows."""
        row, column = divmod(number - 1, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


SHEETS = (
    LabelSheet("3x8", 3, 8, 6_400, 3_390, 650, 1_290, 6_650, 3_390),
    LabelSheet("3x7", 3, 7, 6_350, 3_810, 720, 1_515, 6_604, 3_810),
    LabelSheet("2x7", 2, 7, 9_910, 3_810, 465, 1_515, 10_160, 3_810),
    LabelSheet("2x4", 2, 4, 9_910, 6_770, 465, 1_310, 10_160, 6_770),
    LabelSheet("4x10", 4, 10, 4_570, 2_540, 970, 2_150, 4_830, 2_540),
    LabelSheet("4x12", 4, 12, 4_570, 2_120, 970, 2_130, 4_830, 2_120),
    LabelSheet("5x13", 5, 13, 3_810, 2_120, 475, 1_070, 4_060, 2_120),
)
DEFAULT_SHEET = SHEETS[0]


def sheet_named(name: str) -> LabelSheet:
    """The sheet of this name; DomainError `labels.sheet` with those there are."""
    for sheet in SHEETS:
        if sheet.name == name:
            return sheet
    raise DomainError("labels.sheet", sheet=name[:40], sheets=", ".join(each.name for each in SHEETS))


def check_start(sheet: LabelSheet, start: int) -> None:
    """The first label to use must be on the sheet; DomainError `labels.start`."""
    if not 1 <= start <= sheet.count:
        raise DomainError("labels.start", start=start, last=sheet.count)


def check_offset(x: int, y: int) -> None:
    """A calibration of at most 20 mm either way; DomainError `labels.offset`."""
    if max(abs(x), abs(y)) > MOST_OFFSET:
        raise DomainError("labels.offset", most=MOST_OFFSET // 100)


def _mm(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
