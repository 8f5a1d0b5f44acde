"""In which order Tab goes through a screen: as things stand in their layouts, nothing twice."""

from collections.abc import Iterator

from PySide6 import QtCore
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLayout, QLineEdit, QScrollArea, QWidget

LEAVES = (QLineEdit, QComboBox)


def tab_order(root: QWidget) -> list[QWidget]:
    """The controls under `root` that Tab reaches, in reading order."""
    return list(_controls(root))


def _controls(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    by_tab = widget.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus
    if widget.isEnabled() and by_tab and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, LEAVES):
        return
    for child in _children(widget):
        yield from _controls(child)


def _children(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        return [inside] if inside is not None else []
    if isinstance(widget, QAbstractItemView):
        return _placed(widget.viewport())
    layout = widget.layout()
    ordered = list(_in_layout(layout)) if layout is not None else []
    return ordered + [child for child in _placed(widget) if child not in ordered]


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_layout(inner)


def _placed(widget: QWidget) -> list[QWidget]:
    """Children without a layout, from top left to bottom right."""
    children = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    return sorted(children, key=lambda child: (child.y(), child.x()))
