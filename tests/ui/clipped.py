"""`python -m tests.ui.clipped [--scenes] [--english] [--only NAME]`: every screen, size, theme and type, held to its room.

Lists texts out of their place or over one another, controls over one another, targets too small for a
finger, controls without a name, and a focus that does not end at the corner key.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QWidget

from pos_app.domain.operators import Role
from pos_app.i18n.texts import set_language
from pos_app.services.house import House
from pos_app.ui.screens.frame import Ground
from pos_app.ui.screens.registry import SCREENS
from pos_app.ui.screens.tab_order import tab_order
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.focus_ring import FocusRing
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.scrim import Scrim
from pos_app.ui.widgets.toast import Toast
from pos_app.ui.widgets.words import Words
from tests.ui.window.driver import Window, opened, rest, settle
from tests.ui.window.test_names import PLACES, TARGET_PX, controls, to
from tests.ui.written import Ink, listening, misplaced

SIZES = ((1024, 768), (1366, 768), (1920, 1080), (1280, 800))
THEMES = ("light", "daylight")
SCALES = (100, 125, 150, 200)
Shape = tuple[tuple[int, int], str, int]
SHAPES: tuple[Shape, ...] = tuple(product(SIZES, THEMES, SCALES))
FLOATING = (FocusRing, Ground, Scrim, Toast)  # what lies over others by its nature
Go = Callable[[Window], object]


def sign_in(window: Window) -> None:
    """Somebody has a PIN and goes."""
    if not window.house.operators.names():
        window.house.operators.add("박영지", Role.COORDINATOR, "482915")
        window.house.operators.add("김서은", Role.CASHIER, "739164")
    to("sign_in")(window)


def _plainly(names: Sequence[str]) -> dict[str, Go]:
    """Screens that are simply gone to."""
    return {name: to(name) for name in names if name not in {*PLACES, *BY_KEYS, "sign_in"}}


BY_KEYS = ("tender",)  # nothing to pay, nothing to see
EVERYWHERE: dict[str, Go] = {**PLACES, **_plainly(list(SCREENS)), "sign_in": sign_in}


def spelled(shape: Shape) -> str:
    (wide, high), theme, scale = shape
    return f"{wide}x{high} {theme} {scale}%"


def faults(window: Window, ink: Ink) -> Iterator[str]:
    """What is wrong with what is shown now."""
    window.shell.theme.generation += 1  # kept pictures are drawn anew, once
    ink.texts.clear()
    window.shell.grab()
    yield from misplaced([text for text in ink.texts if text.owner is None or text.owner.isVisible()])
    root: QWidget = window.shell.dialog or window.shell
    shown = [widget for widget in root.findChildren(QWidget) if widget.isVisible()]
    for widget in shown:
        yield from _cut(widget)
    for parent in [root, *shown]:
        yield from _siblings_over_one_another(parent)
    yield from _not_for_fingers(window)
    if window.shell.dialog is None:
        yield from _focus_goes_astray(window)


def _cut(widget: QWidget) -> Iterator[str]:
    said = widget.objectName() or widget.accessibleName() or type(widget).__name__
    if isinstance(widget, Words) and widget.text() and _words_are_cut(widget):
        yield f"{said} {widget.text()!r} needs more than {widget.width()}x{widget.height()}"
    if isinstance(widget, BigNumber) and widget.sizeHint().height() * 3 > widget.height() * 4:  # its leading
        yield f"{said} {widget.text()} needs more than {widget.width()}x{widget.height()}"
    if isinstance(widget, Key) and _key_is_narrow(widget):
        yield f"key {said} {widget.text()!r} needs more than {widget.width()}x{widget.height()}"
    if isinstance(widget, QLineEdit) and _is_longer(widget):
        yield f"{said} {widget.text()!r} is longer than its field"
    parent = widget.parentWidget()
    if isinstance(widget, Words | Key | BigNumber) and parent is not None and _outside(widget, parent):
        yield f"{said} lies outside {parent.objectName() or type(parent).__name__}"


def _words_are_cut(words: Words) -> bool:
    if words.hasHeightForWidth():
        return words.heightForWidth(words.width()) > words.height() + 2
    return words.sizeHint().width() > words.width() + 2 or words.sizeHint().height() > words.height() + 2


def _key_is_narrow(key: Key) -> bool:
    """Even in smaller type a word would be broken in two."""
    if key._on_pad() or key.minimumSizeHint().width() <= key.width() + 2:
        return False
    words = key._face()[0]
    room = key.width() - 2 * key._role.padding - key._icon_room() + 4
    px, lines = key._fitting(words, key._type()[0], room)
    written = [word for line in lines for word in line.split()]
    return written != words.split() or px * 4 < key._type()[0] * 3


def _is_longer(edit: QLineEdit) -> bool:
    written = edit.text() if edit.echoMode() is QLineEdit.EchoMode.Normal else ""
    return edit.fontMetrics().horizontalAdvance(written or edit.placeholderText()) > edit.width()


def _outside(widget: QWidget, parent: QWidget) -> bool:
    """Beyond its parent's edges, unless the parent scrolls."""
    if isinstance(parent, QAbstractScrollArea) or isinstance(parent.parentWidget(), QAbstractScrollArea):
        return False
    return not parent.rect().adjusted(-2, -2, 2, 2).contains(widget.geometry())


def _siblings_over_one_another(parent: QWidget) -> Iterator[str]:
    if isinstance(parent, QAbstractScrollArea):
        return
    inside = [
        child
        for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child.isVisible() and not _floats(child)
    ]
    for at, one in enumerate(inside):
        for other in inside[at + 1 :]:
            cut = one.geometry().intersected(other.geometry())
            if cut.width() > 2 and cut.height() > 2:
                yield f"{_said(one)} and {_said(other)} lie over one another ({cut.width()}x{cut.height()})"


def _floats(widget: QWidget) -> bool:
    return isinstance(widget, FLOATING) or widget.isWindow() or widget.objectName() == "paper_question"


def _said(widget: QWidget) -> str:
    return widget.objectName() or widget.accessibleName() or type(widget).__name__


def _not_for_fingers(window: Window) -> Iterator[str]:
    found = controls(window)
    for widget in found:
        said = _said(widget)
        if not widget.objectName():
            yield f"{said} has no object name"
        if not (widget.accessibleName() or getattr(widget, "text", str)()):
            yield f"{said} has no accessible name"
        small = widget.width() < TARGET_PX or widget.height() < TARGET_PX
        if small and not isinstance(widget, QLineEdit):
            yield f"{said} is {widget.width()}x{widget.height()}"
    for name, times in Counter(widget.objectName() for widget in found).items():
        if times > 1:
            yield f"{name} is there {times} times"


def _focus_goes_astray(window: Window) -> Iterator[str]:
    screen = window.shell.current
    order = screen.controls()
    wanted = {w for w in controls(window) if w.focusPolicy() & Qt.FocusPolicy.TabFocus}
    missed = wanted - set(order) - set(tab_order(window.shell.strip))
    for widget in missed:
        yield f"Tab does not reach {_said(widget)}"
    corner = screen.corner
    if order and corner.isVisible() and order[-1] is not corner:
        yield f"the focus ends at {_said(order[-1])}, not at the corner key"


def dressed(shape: Shape, language: str = "ko") -> Callable[[House], None]:
    """Sets size of type, theme and language of a house before its window is dressed."""

    def dress(house: House) -> None:
        house.settings.set("type_scale", str(shape[2]))
        house.settings.set("theme", shape[1])
        if language != "ko":
            house.settings.set("language", language)
            set_language(language)

    return dress


def look_everywhere(home: Path, shape: Shape, language: str = "ko", only: str = "") -> list[str]:
    """Go to every place in one window; what is wrong there."""
    found: list[str] = []
    with listening() as ink, opened(home, shape[0], dressed(shape, language)) as window:
        window.shell.theme.reduced_motion = True
        for place, go in EVERYWHERE.items():
            if only not in place:
                continue
            _begin_anew(window)
            found += [f"{place}: {words}" for words in at_place(window, ink, go)]
    return found


def at_place(window: Window, ink: Ink, go: Go) -> list[str]:
    """What is wrong at one place."""
    try:
        go(window)
        rest()
        settle()
    except AssertionError as error:
        return [f"could not be reached: {str(error)[:200]}"]
    return list(dict.fromkeys(faults(window, ink)))


def _begin_anew(window: Window) -> None:
    window.shell.go("selling")
    window.house.till.clear()
    for parked in window.house.till.parked():
        window.house.till.discard_parked(parked.id)
    window.selling.refresh()
    settle()


def look_at_scene(home: Path, shape: Shape, go: Go, language: str = "ko") -> list[str]:
    """One picture of the README's makers, in a window of its own."""
    with listening() as ink, opened(home, shape[0], dressed(shape, language)) as window:
        window.shell.theme.reduced_motion = True
        settle()
        return at_place(window, ink, go)


def main(arguments: Sequence[str]) -> int:
    """All shapes; 1 when something was found."""
    # lazy: the pictures' program sets its platform when it is imported
    from tests.screens.__main__ import SCENES
    from tests.ui.window.homes import copy_of, make_demo

    parser = argparse.ArgumentParser(prog="python -m tests.ui.clipped")
    parser.add_argument(
        "--scenes", action="store_true", help="the scenes of the pictures instead of the places"
    )
    parser.add_argument("--english", action="store_true")
    parser.add_argument("--only", default="", help="places or scenes whose name holds this")
    parser.add_argument("--shape", default="", help="shapes whose name holds this")
    args = parser.parse_args(arguments)
    language = "en" if args.english else "ko"
    app = QApplication.instance() or QApplication([])
    where: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory(prefix="jangteo-clipped-") as folder:
        made = make_demo(Path(folder) / "made", 30)
        for at, shape in enumerate(shape for shape in SHAPES if args.shape in spelled(shape)):
            begin = time.monotonic()
            if args.scenes:
                found = []
                for number, name in enumerate(name for name in SCENES if args.only in name):
                    home = copy_of(made, Path(folder) / f"{at}-{number}")
                    said = look_at_scene(home, shape, SCENES[name], language)
                    found += [f"{name}: {words}" for words in said]
            else:
                home = copy_of(made, Path(folder) / str(at))
                found = look_everywhere(home, shape, language, args.only)
            print(f"{spelled(shape)}: {len(found)} found, {time.monotonic() - begin:.0f} s", flush=True)
            for words in found:
                where.setdefault(words, []).append(spelled(shape))
    for words, shapes in sorted(where.items()):
        print(f"{words}\n    {len(shapes)}: {', '.join(shapes[:4])}{' …' if len(shapes) > 4 else ''}")
    print(f"{len(where)} different")
    del app
    return 1 if where else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
