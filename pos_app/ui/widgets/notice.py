"""What must be mended or known: a framed notice that stays, and the soft kind that explains."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui.theme import drawing, icons
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted, named
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words

# kind: (ground, frame token or "", frame px, ink of the sentence, ink of the title, icon)
_KINDS = {
    "danger": ("surface", "danger", 3, "ink2", "ink", "alert"),
    "edge": ("surface", "edge", 3, "ink2", "ink", "info"),
    "info": ("sunken", "", 0, "ink", "ink", "info"),
    "warn": ("warn_soft", "", 0, "warn", "warn", "alert"),
    "ok": ("ok_soft", "", 0, "ok", "ok", "check"),
    "bad": ("danger_soft", "", 0, "danger", "danger", "alert"),
}


class Notice(Painted):
    """Kinds: danger, edge (3 px frame: stays until mended) and info, warn, ok, bad (soft ground).

    `pressed` when its key is.
    """

    pressed = Signal()

    def __init__(
        self,
        sentence: str,
        kind: str = "info",
        title: str = "",
        key_text: str = "",
        key_icon: str | None = None,
        icon: str | None = None,
        name: str = "notice",
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent, theme)
        self._kind, self._icon = kind, icon
        named(self, name)
        self._title = Words(title, "name", True, name=f"{name}_title", parent=self, theme=theme)
        self._sentence = Words(sentence, "body", name=f"{name}_sentence", parent=self, theme=theme)
        self.key = Key(key_text, key_icon, "plain", f"{name}_key", self, theme=theme)
        self.key.clicked.connect(self.pressed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(16)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.key, 0, Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set(sentence, kind, title, key_text, key_icon, icon)

    def set(
        self,
        sentence: str,
        kind: str | None = None,
        title: str = "",
        key_text: str = "",
        key_icon: str | None = None,
        icon: str | None = None,
    ) -> None:
        """Tell something else; without a key text there is no key."""
        self._kind, self._icon = kind or self._kind, icon
        _, frame, _, ink, title_ink, _ = _KINDS[self._kind]
        self._title.setText(title)
        self._title.set_ink(title_ink)
        self._title.setVisible(bool(title))
        self._sentence.setText(sentence)
        self._sentence.set_ink(ink)
        self._sentence.set_size("body", bold=self._kind == "bad")
        self.key.setText(key_text)
        self.key.set_icon(key_icon)
        self.key.setVisible(bool(key_text))
        self.setAccessibleName(f"{title} {sentence}".strip())
        room = 20 if frame else 12
        self._row.setContentsMargins(20 + self._icon_px() + 16, room - 2, 18, room - 2)
        self.restyle()

    def set_key_below(self) -> None:
        """In a narrow place the words get the whole width, the key stands under them."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(10)
        self._row.setAlignment(self.key, Qt.AlignmentFlag(0))

    def text(self) -> str:
        """Title and sentence."""
        return self.accessibleName()

    def _icon_px(self) -> int:
        big = 36 if _KINDS[self._kind][1] else 28
        return round(big * min(self.theme.metrics.scale, 1.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, frame, width, _, title_ink, icon = _KINDS[self._kind]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, colour = QRectF(self.rect()), self.theme.colour
        if frame:
            drawing.framed(painter, box, 12, colour(ground), colour(frame), width)
        elif self.theme.tokens.soft_border_px:
            drawing.framed(painter, box, 8, colour(ground), colour("edge"), 2)
        else:
            drawing.fill_round(painter, box, 8, colour(ground))
        px = self._icon_px()
        tint = self.theme.hex("danger" if self._kind == "danger" else title_ink)
        picture = icons.pixmap(self._icon or icon, tint, px, self.devicePixelRatioF())
        top = (self.height() - px) // 2 if self.height() < 3 * px else 14
        painter.drawPixmap(18, top, picture)
        painter.end()
