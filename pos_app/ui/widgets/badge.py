"""Small words on coloured grounds, and the booth chip of a vendor. Always a word, never colour alone."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui.theme import drawing, lettering
from pos_app.ui.theme.theme import Theme
from pos_app.ui.theme.tokens import vendor_colour
from pos_app.ui.widgets.base import Painted, named

# kind: (ground, ink, bordered in daylight)
KINDS = {
    "ok": ("ok_soft", "ok", True),
    "warn": ("warn_soft", "warn", False),
    "bad": ("danger", "white", False),
    "info": ("primary_soft", "primary", True),
    "gray": ("sunken", "ink2", True),
    "markdown": ("markdown", "on_markdown", False),
    "soldout": ("badge", "on_badge", False),
    "practice": ("practice", "white", False),
    "count": ("primary", "white", False),
}
PAD_X, PAD_Y = 8, 3


def badge_size(theme: Theme, text: str) -> QSize:
    """How big a badge with this text is."""
    px = theme.type_px("caption")
    wide = lettering.width_of(text, px, True) + 2 * theme.metrics.px(PAD_X)
    return QSize(wide, lettering.line_height(px) + 2 * PAD_Y)


def paint_badge(painter: QPainter, theme: Theme, box: QRectF, text: str, kind: str) -> None:
    """A badge in its box; painters of rows use it too."""
    ground, ink, bordered = KINDS[kind]
    if bordered and theme.tokens.soft_border_px:
        drawing.framed(painter, box, 6, theme.colour(ground), theme.colour(ink), theme.tokens.soft_border_px)
    else:
        drawing.fill_round(painter, box, 6, theme.colour(ground))
    centred_word(painter, theme, box, text, theme.type_px("caption"), ink)


def centred_word(painter: QPainter, theme: Theme, box: QRectF, text: str, px: int, ink: str) -> None:
    """One bold word in the middle of a box."""
    step = lettering.line_height(px)
    top = round(box.center().y() - step / 2)
    room = QRect(round(box.left()), top, round(box.width()), step)
    middle = Qt.AlignmentFlag.AlignHCenter
    lettering.write_lines(painter, (text,), room, px, True, theme.colour(ink), middle)


def chip_size(theme: Theme, text: str) -> QSize:
    """How big the booth chip (or the count badge) with this number is."""
    px = theme.type_px("caption")
    tall = lettering.line_height(px) + theme.metrics.px(5)
    wide = lettering.width_of(text, px, True) + theme.metrics.px(10)
    return QSize(max(wide, theme.metrics.px(28)), tall)


def paint_chip(painter: QPainter, theme: Theme, box: QRectF, text: str, colour: str) -> None:
    """A number on a ground: the booth's colour, or a token."""
    drawing.fill_round(painter, box, 5, theme.colour(colour))
    centred_word(painter, theme, box, text, theme.type_px("caption"), "white")


class Badge(Painted):
    """A word of state: ok, warn, bad, info, gray, markdown, soldout, practice, count."""

    def __init__(
        self,
        text: str,
        kind: str = "gray",
        name: str = "",
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent, theme)
        self._text, self._kind = text, kind
        named(self, name, text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, text: str, kind: str) -> None:
        """Another word, another kind."""
        self._text, self._kind = text, kind
        self.setAccessibleName(text)
        self.restyle()

    def sizeHint(self) -> QSize:
        return badge_size(self.theme, self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_badge(painter, self.theme, QRectF(self.rect()), self._text, self._kind)
        painter.end()


class BoothChip(Painted):
    """A vendor's booth number on the vendor's colour."""

    def __init__(
        self, booth: int, vendor: str = "", parent: QWidget | None = None, theme: Theme | None = None
    ) -> None:
        super().__init__(parent, theme)
        self._booth = booth
        named(self, "booth_chip", f"{booth} {vendor}".strip())
        self.setToolTip(vendor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, booth: int, vendor: str) -> None:
        """Another vendor."""
        self._booth = booth
        self.setAccessibleName(f"{booth} {vendor}".strip())
        self.setToolTip(vendor)
        self.restyle()

    def sizeHint(self) -> QSize:
        return chip_size(self.theme, str(self._booth))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = vendor_colour(self._booth)
        paint_chip(painter, self.theme, QRectF(self.rect()), str(self._booth), colour)
        painter.end()
