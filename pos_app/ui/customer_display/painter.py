"""Draws one face: head, goods, the big number, and where to send money."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from pos_app.i18n.texts import tr
from pos_app.ui.customer_display.face import SHOWN_LINES, Face, Row, account_lines
from pos_app.ui.theme import drawing, lettering
from pos_app.ui.theme.theme import Theme

LEFT, RIGHT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
WIDE, HIGH = 1280, 800  # px that the sizes below are meant for
QUIET = 4  # modules around a QR code


class FacePainter:
    """One drawing; sizes follow the screen, not the till's type."""

    def __init__(self, painter: QPainter, theme: Theme, room: QRect) -> None:
        self._painter, self._theme, self._room = painter, theme, room
        self._tenth = min(1000 * room.width() // WIDE, 1000 * room.height() // HIGH)

    def px(self, size: int) -> int:
        """A size of the design on this screen; nothing under 15."""
        return max(1 if size < 15 else 15, size * self._tenth // 1000)

    def draw(self, face: Face, code: tuple[bytes, ...]) -> None:
        """Everything."""
        if face.kind == "idle":
            self._idle(face)
            return
        head = self._head(face)
        side = self._room.width() * 5 // 16 if face.transfer else 0
        left = QRect(0, head, self._room.width() - side, self._room.height() - head)
        if face.kind == "change":
            self._change(face, left)
        else:
            self._cart(face, left)
        if face.transfer:
            self._transfer(face, QRect(left.right() + 1, head, side, left.height()), code)

    # parts

    def _colour(self, name: str) -> QColor:
        return self._theme.colour(name)

    def _write(
        self, text: str, box: QRect, size: int, bold: bool, ink: str, align: Qt.AlignmentFlag, lines: int = 1
    ) -> int:
        """Text in a box, broken into `lines` at most, then smaller; the height it took."""
        bold = self._theme.bold(bold)
        px = size
        broken = lettering.lines_of(text, px, bold, box.width())
        while len(broken) > lines and px > 15:
            px -= 1
            broken = lettering.lines_of(text, px, bold, box.width())
        lettering.write_lines(self._painter, broken, box, px, bold, self._colour(ink), align)
        return len(broken) * lettering.line_height(px)

    def _head(self, face: Face) -> int:
        pad, high = self.px(40), self.px(84)
        wide = self._room.width()
        ground = "practice_soft" if face.practice else "surface"
        self._painter.fillRect(QRect(0, 0, wide, high), self._colour(ground))
        rule = self._theme.tokens.divider_px
        self._painter.fillRect(QRect(0, high - rule, wide, rule), self._colour("line"))
        name, small = self.px(30), self.px(22)
        word = (
            tr("{till} · 연습", till=face.till)
            if face.practice
            else tr("{till} · 어서 오세요", till=face.till)
        )
        ink = "practice" if face.practice else "ink2"
        short = min(wide * 2 // 5, lettering.width_of(word, small, self._theme.bold(False)) + 2)
        top = (high - lettering.line_height(name)) // 2
        self._write(face.market, QRect(pad, top, wide - 2 * pad - short - pad, name), name, True, "ink", LEFT)
        top = (high - lettering.line_height(small)) // 2
        self._write(word, QRect(wide - pad - short, top, short, small), small, False, ink, RIGHT)
        return high

    def _idle(self, face: Face) -> None:
        room, big, small = self._room, self.px(72), self.px(44)
        self._painter.fillRect(room, self._colour("practice_soft" if face.practice else "bg"))
        wide = room.width() - 2 * self.px(40)
        top = room.height() // 2 - lettering.line_height(big)
        box = QRect(self.px(40), top, wide, room.height() - top)
        took = self._write(face.market, box, big, True, "ink", CENTRE, 2)
        box.setTop(top + took + self.px(24))
        took = self._write(tr("어서 오세요"), box, small, False, "ink2", CENTRE)
        if face.practice:
            box.setTop(box.top() + took + self.px(24))
            self._write(tr("연습 중이에요"), box, small, True, "practice", CENTRE)

    def _cart(self, face: Face, box: QRect) -> None:
        pad = self.px(40)
        inner = box.adjusted(pad, self.px(12), -pad, 0)
        foot = self._foot(face, inner)
        room = foot - inner.top()
        top = inner.top()
        if face.above:
            top += self._write(
                face.above, QRect(inner.left(), top, inner.width(), room), self.px(22), False, "ink2", LEFT
            )
        high = min(self.px(104), (foot - top) // SHOWN_LINES)
        for row in face.rows:
            self._row(row, QRect(inner.left(), top, inner.width(), high))
            top += high

    def _row(self, row: Row, box: QRect) -> None:
        name, small = self.px(32), self.px(22)
        tall = lettering.line_height(name) + lettering.line_height(small)
        if tall > box.height():
            small = max(15, small * box.height() // tall)
            name = max(15, name * box.height() // tall)
            tall = lettering.line_height(name) + lettering.line_height(small)
        top = box.top() + max(0, (box.height() - tall) // 2)
        wide = lettering.width_of(row.amount, name, True)
        words = box.width() - wide - self.px(24)
        took = self._write(row.name, QRect(box.left(), top, words, name), name, True, "ink", LEFT)
        self._write(row.detail, QRect(box.left(), top + took, words, small), small, False, "ink2", LEFT)
        middle = box.top() + (box.height() - lettering.line_height(name)) // 2
        self._write(row.amount, QRect(box.right() - wide, middle, wide + 1, name), name, True, "ink", RIGHT)
        self._painter.fillRect(
            QRect(box.left(), box.bottom(), box.width(), self._theme.tokens.divider_px), self._colour("line")
        )

    def _foot(self, face: Face, box: QRect) -> int:
        """Discount, sums and the big number, from below; the top of it."""
        bottom = self._room.height() - self.px(24)
        total = self.px(104)
        top = bottom - lettering.line_height(total)
        self._number(face, QRect(box.left(), top, box.width(), bottom - top), total)
        small = self.px(28)
        for words, amount in reversed(face.notes):
            top -= lettering.line_height(small) + self.px(4)
            line = QRect(box.left(), top, box.width(), small)
            self._write(words, line, small, False, "ink2", LEFT)
            self._write(amount, line, small, True, "ink2", RIGHT)
        return top - self.px(8)

    def _number(self, face: Face, box: QRect, size: int) -> None:
        """Caption at the left, the number at the right with a smaller 원; it shrinks before it runs out."""
        caption, digits = self.px(36), f"{face.big_won:,}"
        spare = box.width() - lettering.width_of(face.caption, caption, self._theme.bold(False)) - self.px(24)
        px = size
        while px > 24 and self._width(digits, face.unit, px) > spare:
            px -= 2
        unit = max(15, px * 42 // 100)
        base = box.bottom() - lettering.line_height(px) + lettering.first_base(px, True)
        right = box.right() - lettering.width_of(face.unit, unit, True)
        ink = self._colour("ink")
        lettering.write(self._painter, face.unit, right, base, unit, True, ink)
        lettering.write(
            self._painter, digits, right - lettering.width_of(digits, px, True), base, px, True, ink
        )
        lettering.write(self._painter, face.caption, box.left(), base, caption, self._theme.bold(False), ink)

    def _width(self, digits: str, unit: str, px: int) -> int:
        return lettering.width_of(digits, px, True) + lettering.width_of(unit, max(15, px * 42 // 100), True)

    def _change(self, face: Face, box: QRect) -> None:
        pad = self.px(40)
        inner = box.adjusted(pad, self.px(40), -pad, 0)
        self._foot(face, inner)
        words = tr("고맙습니다") if face.big_won else tr("딱 맞게 받았어요. 고맙습니다")
        top = inner.top() + self.px(80)
        self._write(
            words,
            QRect(inner.left(), top, inner.width(), inner.height()),
            self.px(56),
            True,
            "ink",
            CENTRE,
            2,
        )

    def _transfer(self, face: Face, box: QRect, code: tuple[bytes, ...]) -> None:
        self._painter.fillRect(box, self._colour("surface"))
        rule = self._theme.tokens.divider_px
        self._painter.fillRect(QRect(box.left(), box.top(), rule, box.height()), self._colour("line"))
        pad = self.px(32)
        inner = box.adjusted(pad, pad, -pad, -pad)
        top = inner.top()
        rest = QRect(inner.left(), top, inner.width(), inner.height())
        top += self._write(tr("계좌이체"), rest, self.px(34), True, "ink", CENTRE) + self.px(20)
        lines = account_lines(face.account)
        if not lines:
            rest = QRect(inner.left(), top, inner.width(), inner.bottom() - top)
            self._write(tr("계좌는 판매자에게 물어봐 주세요"), rest, self.px(26), False, "ink", CENTRE, 4)
            return
        below = self.px(40) * (len(lines) + 2)
        side = max(0, min(inner.width(), inner.bottom() - top - below))
        if side >= 90:
            self._code(QRect(inner.left() + (inner.width() - side) // 2, top, side, side), code)
            top += side + self.px(20)
        for words in (tr("받는 분"), *lines):
            rest = QRect(inner.left(), top, inner.width(), max(1, inner.bottom() - top))
            bold = words in lines
            top += self._write(
                words, rest, self.px(26 if bold else 22), bold, "ink" if bold else "ink2", CENTRE, 2
            )

    def _code(self, box: QRect, code: tuple[bytes, ...]) -> None:
        """Black on white in every theme: cameras want it so."""
        drawing.framed(self._painter, QRectF(box), 12, QColor("#FFFFFF"), self._colour("edge"), 2)
        if not code:
            return
        count = len(code)
        step = (min(box.width(), box.height()) - 4) // (count + 2 * QUIET)
        if step < 1:
            return
        left = box.left() + (box.width() - step * count) // 2
        top = box.top() + (box.height() - step * count) // 2
        black = QColor("#000000")
        for y, row in enumerate(code):
            for x, dark in enumerate(row):
                if dark:
                    self._painter.fillRect(left + x * step, top + y * step, step, step, black)
