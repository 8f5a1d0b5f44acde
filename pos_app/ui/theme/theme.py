"""What the interface looks like just now: colours, sizes, fonts; one object handed down."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.ui.theme import fonts
from pos_app.ui.theme.metrics import Metrics
from pos_app.ui.theme.stylesheet import build
from pos_app.ui.theme.tokens import LIGHT, THEMES, Tokens

_PROPERTY = "jangteo_theme"


class Theme(QObject):
    """Tokens, metrics and two flags; `changed` tells the widgets to draw themselves anew.

    `Theme(app)` also dresses the application: default font, stylesheet (unless `dressed` is False: then
    `dress` does it later), and `theme_of` finds it.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication | None = None,
        theme: str = "light",
        scale: float = 1.0,
        width: int = 1366,
        height: int = 768,
        dressed: bool = True,
    ) -> None:
        super().__init__(app)
        fonts.load()
        self._app = app
        self.tokens: Tokens = THEMES.get(theme, LIGHT)
        self.metrics = Metrics(width, height, scale)
        self.practice = False
        self.reduced_motion = False
        self.generation = 0  # counts the changes: a picture of an older one is out of date
        self._colours: dict[str, QColor] = {}
        if app is not None:
            app.setProperty(_PROPERTY, self)
            app.setFont(self.font("body"))
            if dressed:
                self.dress()

    def set(
        self,
        theme: str | None = None,
        scale: float | None = None,
        width: int | None = None,
        height: int | None = None,
        practice: bool | None = None,
    ) -> None:
        """Change what is given; `changed` is emitted once, and only if something did change."""
        tokens = self.tokens if theme is None else THEMES.get(theme, LIGHT)
        now = self.metrics
        metrics = Metrics(
            now.width if width is None else width,
            now.height if height is None else height,
            now.scale if scale is None else scale,
        )
        flag = self.practice if practice is None else practice
        if (tokens, metrics, flag) == (self.tokens, self.metrics, self.practice):
            return
        redress = tokens is not self.tokens or metrics.scale != now.scale
        self.tokens, self.metrics, self.practice = tokens, metrics, flag
        self.generation += 1
        self._colours.clear()
        if redress and self._app is not None:
            self._app.setFont(self.font("body"))
            self.dress()
        self.changed.emit()

    def dress(self) -> None:
        """Give Qt's own widgets their stylesheet; the first picture, which has none of them, does without."""
        if self._app is not None:
            sheet = build(self.tokens, self.metrics)
            if sheet != self._app.styleSheet():
                self._app.setStyleSheet(sheet)

    # -- what widgets ask -------------------------------------------------------------------

    def colour(self, name: str) -> QColor:
        """The colour of a token, by its name ("ink", "primary_soft") or "#RRGGBB"."""
        found = self._colours.get(name)
        if found is None:
            found = QColor(name if name.startswith("#") else getattr(self.tokens, name))
            self._colours[name] = found
        return found

    def hex(self, name: str) -> str:
        """The same as text, for icons."""
        return name if name.startswith("#") else str(getattr(self.tokens, name))

    def bold(self, wanted: bool = False) -> bool:
        """Daylight writes everything Bold."""
        return wanted or self.tokens.all_bold

    def font(self, size: str | int = "body", bold: bool = False) -> QFont:
        """A font by type name (scaled) or by px (as it is)."""
        return fonts.font(self.type_px(size), self.bold(bold))

    def measures(self, size: str | int = "body", bold: bool = False) -> QFontMetrics:
        return fonts.measures(self.type_px(size), self.bold(bold))

    def type_px(self, size: str | int) -> int:
        return size if isinstance(size, int) else self.metrics.type_px(size)

    @property
    def dark(self) -> bool:
        """Whether this is the daylight theme (black on white, Bold)."""
        return self.tokens.all_bold


def theme_of(widget: QWidget | None = None) -> Theme:
    """The theme handed to the widget's parents, else the application's; made plain if there is none."""
    look = widget
    while look is not None:
        own = getattr(look, "theme", None)
        if isinstance(own, Theme):
            return own
        look = look.parentWidget()
    app = QApplication.instance()
    found = app.property(_PROPERTY) if app is not None else None
    if isinstance(found, Theme):
        return found
    return Theme(app if isinstance(app, QApplication) else None)
