"""What every widget of the house shares: a name for tests, a spoken name, and the theme."""

from PySide6.QtWidgets import QWidget

from pos_app.ui.theme.theme import Theme, theme_of


def named(widget: QWidget, name: str, spoken: str = "", description: str = "") -> None:
    """Give a widget its objectName and what screen readers say of it."""
    if name:
        widget.setObjectName(name)
    if spoken:
        widget.setAccessibleName(spoken)
    if description:
        widget.setAccessibleDescription(description)


def announce(widget: QWidget) -> None:
    """Let a screen reader say the widget's name now (an accessible alert)."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # lazy: its enums cost a cold start 1.5 ms

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


class Painted(QWidget):
    """A widget that draws itself from the theme; `restyle` is called when the theme changes."""

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self.theme = theme or theme_of(parent)
        self.theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Measure and draw anew."""
        self.updateGeometry()
        self.update()
