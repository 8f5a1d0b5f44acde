"""The one typeface, loaded from the program's own files, and fonts by pixel size."""

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from pos_app.runtime.paths import resources

FAMILY = "NanumGothic"


@lru_cache(maxsize=1)
def load() -> tuple[str, ...]:
    """Register Regular and Bold with Qt once; the family names they brought."""
    families: list[str] = []
    for file in ("NanumGothic.ttf", "NanumGothicBold.ttf"):
        number = QFontDatabase.addApplicationFont(str(resources() / "fonts" / file))
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(families)


@lru_cache(maxsize=256)
def font(px: int, bold: bool = False) -> QFont:
    """The typeface at a pixel size."""
    made = QFont(FAMILY)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=256)
def measures(px: int, bold: bool = False) -> QFontMetrics:
    """Measures of `font(px, bold)`."""
    return QFontMetrics(font(px, bold))
