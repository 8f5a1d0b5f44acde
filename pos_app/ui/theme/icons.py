"""The program's own line icons, drawn in any colour and size."""

from functools import lru_cache

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pos_app.runtime.paths import resources


@lru_cache(maxsize=128)
def _source(name: str) -> bytes:
    return (resources() / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, px: int, ratio: float = 1.0) -> QPixmap:
    """Icon `name` (a file of resources/icons) in "#RRGGBB", `px` logical px square."""
    drawn = _source(name).replace(b"#000000", colour.encode())
    picture = QPixmap(round(px * ratio), round(px * ratio))
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawn)).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=256)
def icon(name: str, colour: str, px: int) -> QIcon:
    """The same as a QIcon, for Qt's own widgets."""
    return QIcon(pixmap(name, colour, px))
