"""How a product tile is painted: bar, chip, name, price, stock, and its states."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter

from pos_app.i18n.texts import tr
from pos_app.ui.models import texts
from pos_app.ui.models.items import TileLike
from pos_app.ui.theme import drawing, lettering
from pos_app.ui.theme.theme import Theme
from pos_app.ui.theme.tokens import vendor_colour, vendor_pattern
from pos_app.ui.widgets.badge import badge_size, chip_size, paint_badge, paint_chip

RADIUS = 10
BAR = 8
NAME_LEAST = 18  # a name that needs more than two lines shrinks to this once (x scale)


class TilePainter:
    """Paints `TileLike` values in their states."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint_tile(
        self, painter: QPainter, rect: QRect, tile: TileLike, count_milli: int, pressed: bool
    ) -> None:
        """One tile into `rect`."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        out = texts.sold_out(tile)
        ink = "white" if pressed else "ink3" if out else "ink"
        inner = self._ground(painter, QRectF(rect), out, count_milli > 0, pressed)
        painter.setClipPath(drawing.rounded_path(inner, RADIUS - 2))
        if out and not pressed:
            body = inner.adjusted(BAR, 0, 0, 0)
            drawing.hatch(painter, body, self._theme.colour("line" if not self._theme.dark else "#BDBDBD"))
        side = QRectF(inner.left(), inner.top(), BAR, inner.height())
        gap = self._theme.colour("surface")
        drawing.bar(
            painter, side, self._theme.colour(vendor_colour(tile.booth)), vendor_pattern(tile.booth), gap
        )
        room = QRect(rect.left() + 22, rect.top() + 9, rect.width() - 22 - 14, rect.height() - 9 - 10)
        top = self._head(painter, room, tile, count_milli, pressed)
        foot = self._foot(painter, room, inner, tile, out, pressed)
        self._name(painter, QRect(room.left(), top, room.width(), foot - top), tile, ink)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, out: bool, taken: bool, down: bool) -> QRectF:
        colour = self._theme.colour
        if down:
            return drawing.pressed(painter, box, RADIUS, colour("primary_press"), colour("edge"))
        if taken and not out:
            return drawing.chosen(painter, box, RADIUS, colour("primary_soft"), colour("primary"))
        if out:
            ground = colour("primary_soft") if taken else colour("surface")
            return drawing.dashed(painter, box, RADIUS, ground, colour("edge"))
        return drawing.raised(painter, box, RADIUS, colour("surface"), colour("edge"))

    def _head(self, painter: QPainter, room: QRect, tile: TileLike, count_milli: int, down: bool) -> int:
        """Chip, vendor, count; the y where the name starts."""
        theme = self._theme
        chip = chip_size(theme, str(tile.booth)) if tile.booth else QSize(0, chip_size(theme, "1").height())
        if tile.booth:
            chip_box = QRectF(room.left(), room.top(), chip.width(), chip.height())
            paint_chip(painter, theme, chip_box, str(tile.booth), vendor_colour(tile.booth))
        right = room.right()
        if count_milli:
            said = texts.count_text(count_milli, tile.sold_by)
            size = chip_size(theme, said)
            place = QRectF(right - size.width() + 1, room.top(), size.width(), size.height())
            paint_chip(painter, theme, place, said, "primary")
            right = round(place.left())
        px, bold = theme.type_px("caption"), theme.bold()
        left = room.left() + (chip.width() + 6 if tile.booth else 0)
        shown = lettering.shortened(tile.vendor_short, px, bold, right - left - 6)
        base = room.top() + (chip.height() - lettering.line_height(px)) // 2 + lettering.first_base(px, bold)
        ink = theme.colour("white" if down else "ink2")
        lettering.write(painter, shown, left, base, px, bold, ink)
        return room.top() + chip.height() + 4

    def _foot(
        self, painter: QPainter, room: QRect, inner: QRectF, tile: TileLike, out: bool, down: bool
    ) -> int:
        """Price and stock, or the band; the y above which the name must end."""
        theme = self._theme
        if out or tile.markdown_permille:
            return self._band(painter, room, inner, tile, out)
        px = theme.type_px("name")
        base = room.bottom() - theme.metrics.px(5)
        ink = theme.colour("white" if down else "ink")
        soft = theme.colour("white" if down else "ink2")
        unit = self._unit(tile, room.width())
        end = self._price(painter, room.left(), base, tile, ink, soft if not down else ink, unit)
        room_for_stock = room.right() - end - 6
        stock = self._stock_text(tile, room_for_stock)
        if stock and texts.low_stock(tile) and not down:
            size = badge_size(theme, stock)
            middle = base - round(px * 0.36)
            box = QRectF(
                room.right() + 1 - size.width(), middle - size.height() / 2, size.width(), size.height()
            )
            paint_badge(painter, theme, box, stock, "warn")
        elif stock:
            small, bold = theme.type_px("caption"), theme.bold()
            x = room.right() + 1 - lettering.width_of(stock, small, bold)
            lettering.write(painter, stock, x, base, small, bold, soft)
        return base - px

    def _stock_text(self, tile: TileLike, room: int) -> str:
        """12포 남음 where there is room at 100 %, else 12포."""
        theme = self._theme
        pad = 18 if texts.low_stock(tile) else 0
        bold = bool(pad) or theme.bold()
        px = theme.type_px("caption")
        long = texts.stock_long(tile)
        if theme.metrics.scale < 1.25 and lettering.width_of(long, px, bold) + pad <= room:
            return long
        return texts.stock_short(tile)

    def _unit(self, tile: TileLike, room: int) -> str:
        """What stands after the price; all prices are in won, so a long word for it gives way to the stock."""
        suffix, stock = texts.price_suffix(tile), texts.stock_short(tile)
        theme = self._theme
        small = theme.type_px("caption")
        pad = 18 if texts.low_stock(tile) else 0
        used = lettering.width_of(texts.figure(tile.price_shown_won), theme.type_px("name"), True)
        used += lettering.width_of(suffix, small, theme.bold()) + pad + 6
        if not stock or used + lettering.width_of(stock, small, bool(pad) or theme.bold()) <= room:
            return suffix
        return suffix[suffix.find("/") :] if "/" in suffix else ""

    def _price(
        self, painter: QPainter, x: int, base: int, tile: TileLike, ink: QColor, soft: QColor, suffix: str
    ) -> int:
        """The price with its small 원; the x where it ends."""
        theme = self._theme
        px, small = theme.type_px("name"), theme.type_px("caption")
        digits = texts.figure(tile.price_shown_won)
        lettering.write(painter, digits, x, base, px, True, ink)
        x += lettering.width_of(digits, px, True)
        if suffix:
            lettering.write(painter, suffix, x, base, small, theme.bold(), soft)
        return x + lettering.width_of(suffix, small, theme.bold())

    def _band(self, painter: QPainter, room: QRect, inner: QRectF, tile: TileLike, out: bool) -> int:
        """The full-width band at the foot: 완판 or 떨이 20%, with the price on it."""
        theme = self._theme
        tall = round(theme.metrics.px(34) + 2)
        box = QRectF(inner.left() + BAR, inner.bottom() - tall, inner.width() - BAR, tall)
        painter.fillRect(box, theme.colour("badge" if out else "markdown"))
        ink = theme.colour("on_badge" if out else "on_markdown")
        px, small = theme.type_px("name"), theme.type_px("caption")
        word = tr("완판") if out else texts.markdown_text(tile)
        digits, suffix = texts.figure(tile.price_shown_won), texts.price_suffix(tile)
        price_wide = lettering.width_of(digits, px, True) + lettering.width_of(suffix, small, theme.bold())
        word_px = theme.type_px("body")
        while word_px > 15 and lettering.width_of(word, word_px, True) + price_wide + 6 > room.width():
            word_px -= 1
        base = round(box.center().y() + px * 0.36)
        lettering.write(painter, word, room.left() + 1, base, word_px, True, ink)
        self._price(painter, room.right() + 1 - price_wide, base, tile, ink, ink, suffix)
        return round(box.top())

    def _name(self, painter: QPainter, box: QRect, tile: TileLike, ink: str) -> None:
        """Two lines; shrinks once if it needs more, and takes a third where the tile has room."""
        theme = self._theme
        px = theme.type_px("name")
        lines = lettering.lines_of(tile.name, px, True, box.width())
        if len(lines) > 2 or len(lines) * lettering.line_height(px) > box.height() + 4:
            px = theme.metrics.px(NAME_LEAST)
            lines = lettering.lines_of(tile.name, px, True, box.width())
        leading = 1.15 if len(lines) <= 2 else max(1.0, min(1.15, box.height() / (len(lines) * px)))
        room = max(2, round((box.height() + 6) / (px * leading)))
        ink_colour = theme.colour(ink)
        lettering.write_lines(painter, lines[:room], box, px, True, ink_colour, leading=leading)
