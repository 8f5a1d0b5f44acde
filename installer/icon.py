"""The program's icon for Windows, drawn from the SVG: `python -m installer.icon FILE.ico` (needs Qt, no screen)."""

import os
import struct
import sys
from pathlib import Path

SVG = Path(__file__).with_name("linux") / "jangteo.svg"
SIZES = (256, 64, 48, 32, 16)


def main() -> int:
    """Draw and write."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    Path(sys.argv[1]).write_bytes(ico([(size, png(size)) for size in SIZES]))
    return 0


def png(size: int) -> bytes:
    """The picture at one size."""
    # lazy: the tests of the file's shape do without a window system
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(SVG)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    del application
    return bytes(buffer.data().data())


def ico(pictures: list[tuple[int, bytes]]) -> bytes:
    """An .ico of PNG pictures: head, one entry each, then the pictures."""
    place = 6 + 16 * len(pictures)
    entries, data = b"", b""
    for size, picture in pictures:
        edge = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(picture), place + len(data))
        data += picture
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + data


if __name__ == "__main__":
    sys.exit(main())
