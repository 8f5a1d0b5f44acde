"""Every widget in every state: nothing cut, nothing small, nothing told by colour alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui import gallery
from pos_app.ui.gallery_samples import TILES
from pos_app.ui.models.items import TileView
from pos_app.ui.theme import lettering
from pos_app.ui.theme.metrics import SCALES
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.tile_painter import TilePainter

WRITTEN = tuple[str, QRect, QRect]  # what, where, in which widget


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[WRITTEN]:
    """Every line of text a widget writes, with its rectangle and the widget's."""
    seen: list[WRITTEN] = []
    write = lettering.write

    def device_rect(painter: QPainter) -> QRect:
        device = painter.device()
        return QRect(0, 0, device.width(), device.height())

    def watched(painter: QPainter, text: str, x: int, base: int, px: int, bold: bool, colour: QColor) -> None:
        top = base - lettering.first_base(px, bold)
        wide = lettering.width_of(text, px, bold) if text else 0
        seen.append((text, QRect(x, top, wide, lettering.line_height(px)), device_rect(painter)))
        write(painter, text, x, base, px, bold, colour)

    def watched_lines(
        painter: QPainter,
        lines: tuple[str, ...],
        box: QRect,
        px: int,
        bold: bool,
        colour: QColor,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        leading: float = 1.15,
    ) -> None:
        step = lettering.line_height(px, leading)
        top = box.top() + (step - lettering.line_height(px)) // 2
        for line in lines:
            x = lettering.left_of(line, box, px, bold, align)
            base = top + lettering.first_base(px, bold)
            watched(painter, line, x, base, px, bold, colour)
            top += step

    monkeypatch.setattr(lettering, "write", watched)
    monkeypatch.setattr(lettering, "write_lines", watched_lines)
    return seen


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("look", ["light", "daylight"])
def test_no_text_leaves_its_widget_and_only_vendors_are_shortened(
    theme: Theme, written: list[WRITTEN], tmp_path: Path, look: str, scale: float
) -> None:
    theme.set(theme=look, scale=scale)
    for name, make in gallery.SHEETS.items():
        written.clear()
        make(theme).picture(tmp_path / f"{name}.png")
        theme.set(practice=False)
        assert written, name
        out = [
            (name, text, where, room)
            for text, where, room in written
            if text and not room.adjusted(-1, -4, 1, 4).contains(where)
        ]
        assert not out
        shortened = {text for text, _, _ in written if lettering.ELLIPSIS in text and "저장하는" not in text}
        assert all(text.startswith("장성편백") for text in shortened)


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("scale", SCALES)
def test_what_can_be_pressed_is_big_and_has_a_name(theme: Theme, qtbot: QtBot, scale: float) -> None:
    theme.set(scale=scale)
    for name, make in gallery.SHEETS.items():
        sheet = make(theme)
        qtbot.addWidget(sheet)
        sheet.lay_out()
        for part in [*sheet.findChildren(QAbstractButton), *sheet.findChildren(QLineEdit)]:
            if not part.isVisibleTo(sheet):
                continue
            said = part.accessibleName() or getattr(part, "text", str)()
            assert part.objectName() and said, (name, part.objectName())
            box = part.parentWidget() if part.property("bare") else part
            assert min(box.width(), box.height()) >= 56, (name, part.objectName(), box.size())
        theme.set(practice=False)


def grey_picture(size: tuple[int, int], paint: Callable[[QPainter], None]) -> QImage:
    picture = QImage(*size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint(painter)
    painter.end()
    return picture.convertToFormat(QImage.Format.Format_Grayscale8)


def shapes(picture: QImage) -> set[tuple[int, int]]:
    """Where the picture has edges, however strong: shape without colour."""
    found = set()
    for y in range(0, picture.height() - 1, 2):
        row = [picture.pixelColor(x, y).value() for x in range(picture.width())]
        found |= {(x, y) for x in range(len(row) - 1) if abs(row[x] - row[x + 1]) > 24}
    return found


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("look", ["light", "daylight"])
def test_tiles_differ_by_word_or_shape_without_colour(theme: Theme, look: str) -> None:
    theme.set(theme=look)
    painter_of_tiles = TilePainter(theme)
    plain = next(tile for tile in TILES if tile.name == "사과 5kg")._replace(on_hand_milli=14_000)
    states: dict[str, tuple[TileView, int]] = {
        "rest": (plain, 0),
        "taken": (plain, 1_000),
        "few left": (plain._replace(on_hand_milli=3_000), 0),
        "markdown": (plain._replace(markdown_permille=200), 0),
        "sold out": (plain._replace(on_hand_milli=0), 0),
    }
    seen: dict[str, set[tuple[int, int]]] = {}
    for name, (tile, count) in states.items():
        box = QRect(0, 0, 215, 129)

        def paint(painter: QPainter, box: QRect = box, tile: TileView = tile, count: int = count) -> None:
            painter_of_tiles.paint_tile(painter, box, tile, count, False)

        seen[name] = shapes(grey_picture((215, 129), paint))
    for name, edges in seen.items():
        for other, others in seen.items():
            assert name == other or len(edges ^ others) > 40, (name, other)


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("look", ["light", "daylight"])
def test_keys_differ_by_shape_without_colour(theme: Theme, qtbot: QtBot, look: str) -> None:
    theme.set(theme=look)

    def key(change: Callable[[Key], object]) -> set[tuple[int, int]]:
        made = Key("할인")
        qtbot.addWidget(made)
        made.resize(90, 56)
        change(made)
        return shapes(made.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8))

    def busy(made: Key) -> None:
        made.set_busy(True)
        made.busy_for_picture()

    seen = {
        "rest": key(lambda made: None),
        "pressed": key(lambda made: made.setDown(True)),
        "chosen": key(lambda made: made.set_chosen(True)),
        "off": key(lambda made: made.set_off("까닭")),
        "busy": key(busy),
    }
    for name, edges in seen.items():
        for other, others in seen.items():
            assert name == other or len(edges ^ others) > 10, (name, other)


def test_the_command_writes_every_sheet(
    tmp_path: Path, theme: Theme, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gallery, "SCALES", (1.0,))
    assert gallery.main([]) == 2
    assert len(gallery.render(tmp_path / "out", theme)) == 2 * len(gallery.SHEETS)
    pictures = sorted((tmp_path / "out").iterdir())
    assert all(not QImage(str(picture)).isNull() for picture in pictures)
    assert isinstance(QApplication.instance(), QApplication)
    assert not [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QWidget) and widget.isVisible()
    ]
