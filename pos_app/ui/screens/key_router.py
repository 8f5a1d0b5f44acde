"""Keys that mean the same on every screen, heard before the focused widget."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.ui.widgets.keys import Key

if TYPE_CHECKING:
    from pos_app.ui.shell import Shell

CONTROL = Qt.KeyboardModifier.ControlModifier
PRESS = QEvent.Type.KeyPress
TOUCHED = frozenset({PRESS, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


class KeyRouter(QObject):
    """An event filter on the native window, asked after the scanner's."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self.shell = shell

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in TOUCHED:
            return False
        self.shell.touched()
        if kind != PRESS or not isinstance(event, QKeyEvent):
            return False
        if isinstance(watched, QWidget):
            focus = QApplication.focusWidget()
            if watched.window() is not self.shell or (focus is not None and watched is not focus):
                return False
        return self._take(event)

    def _take(self, event: QKeyEvent) -> bool:
        shell, key = self.shell, Qt.Key(event.key())
        if event.modifiers() & CONTROL and self._control(key):
            return True
        dialog = shell.dialog
        if dialog is not None:
            if key == Qt.Key.Key_F12:
                self._press_act(dialog)
                return True
            return False
        if not shell.ready:
            return False
        if key == Qt.Key.Key_F12:
            if not event.isAutoRepeat():
                shell.current.corner.click()
            return True
        if key == Qt.Key.Key_Escape:
            shell.step_back()
            return True
        if shell.current.press_key(event):
            return True
        return self._place(key)

    def _place(self, key: Qt.Key) -> bool:
        shell = self.shell
        if key == Qt.Key.Key_F1:
            shell.show_keys()
            return True
        names = {Qt.Key.Key_F7: "receipts", Qt.Key.Key_F10: "menu"}
        name = names.get(key)
        if name is None or shell.gated():
            return False
        shell.desk.go(name)
        return True

    def _control(self, key: Qt.Key) -> bool:
        shell = self.shell
        if key == Qt.Key.Key_Z:
            shell.undo()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            shell.look.step_scale(1)
        elif key == Qt.Key.Key_Minus:
            shell.look.step_scale(-1)
        elif key == Qt.Key.Key_D:
            shell.look.toggle_daylight()
        else:
            return False
        return True

    def _press_act(self, dialog: QWidget) -> None:
        """F12 in a dialog presses its main key; in a question never the verb that acts."""
        for key in dialog.findChildren(Key):
            if key.role() == "primary" and key.isVisible() and key.objectName() != "ask_act":
                key.click()
                return
