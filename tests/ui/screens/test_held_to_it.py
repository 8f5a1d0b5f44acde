"""What the design holds every screen to: corner, names, sizes, focus, the one big number."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget

from pos_app.ui.screens.registry import SCREENS
from pos_app.ui.shell import Shell
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.keys import Key

WINDOWS = [
    (1366, 768, 100, "light"),
    (1024, 768, 100, "daylight"),
    (1280, 800, 125, "light"),
    (1366, 768, 150, "light"),
    (1024, 768, 200, "light"),
    (1024, 700, 100, "light"),
]
PLACES = [name for name in SCREENS if name not in ("first_run", "sign_in", "change", "tender")]


def settle() -> None:
    """Layouts in scrolling lists need more than one turn."""
    for _ in range(5):
        QApplication.processEvents()


def fill(shell: Shell) -> None:
    for product in ("p03", "p14", "p08", "p08"):
        shell.current.tap(product)


def corner_box(shell: Shell) -> QRect:
    corner = shell.current.corner
    return QRect(corner.mapTo(shell, QPoint(0, 0)), corner.size())


@pytest.mark.parametrize("window", WINDOWS)
def test_the_corner_key_stays_where_it_is(open_shell, window) -> None:
    shell = open_shell(*window)
    fill(shell)
    boxes = [corner_box(shell)]
    shell.current.press_corner()
    boxes.append(corner_box(shell))
    shell.current.press_corner()
    assert shell._name == "change"
    boxes.append(corner_box(shell))
    assert boxes[0] == boxes[1] == boxes[2]
    assert boxes[0].bottom() < shell.height()
    assert boxes[0].right() > shell.width() - 24


def interactive(root: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView)
    found = [widget for widget in root.findChildren(QWidget) if isinstance(widget, kinds)]
    return [widget for widget in found if widget.isVisible()]


def spoken(widget: QWidget) -> str:
    if widget.accessibleName():
        return widget.accessibleName()
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def check_names(shell: Shell) -> None:
    for widget in interactive(shell):
        assert widget.objectName(), f"{widget} on {shell._name}"
        assert spoken(widget), f"{widget.objectName()} on {shell._name}"


def check_targets(shell: Shell) -> None:
    for key in shell.current.findChildren(Key):
        if key.isVisible():
            assert key.width() >= 56 and key.height() >= 56, (shell._name, key.objectName(), key.size())


@pytest.mark.parametrize("window", [WINDOWS[0], WINDOWS[2]])
@pytest.mark.acceptance("A47")
def test_every_control_has_a_name_and_room_for_a_thumb(open_shell, window) -> None:
    shell = open_shell(*window)
    fill(shell)
    shell.current.acts.park()
    for name in PLACES:
        shell.go(name)
        settle()
        check_names(shell)
        check_targets(shell)


@pytest.mark.acceptance("A47")
def test_names_while_paying(shell: Shell) -> None:
    fill(shell)
    assert shell.current.cart.total.accessibleName() == "합계 57,800원"
    shell.current.press_corner()
    shell.current.presenter.set_amount(100_000)
    shell.current.refresh()
    check_names(shell)
    check_targets(shell)
    assert shell.current.amounts.entry.number.accessibleName() == "받은 금액 100,000원, 10만 원"
    shell.current.press_corner()
    check_names(shell)
    assert shell.current.amount.accessibleName() == "거스름돈 사만 이천이백 원"


@pytest.mark.acceptance("A47")
def test_tab_reaches_the_corner_last(shell: Shell) -> None:
    fill(shell)
    for name in PLACES:
        shell.go(name)
        settle()
        check_order(shell)


def check_order(shell: Shell) -> None:
    first = QApplication.focusWidget()
    assert first is not None, shell._name
    seen: list[QWidget] = [first]
    for _ in range(300):
        shell.focusNextPrevChild(True)
        now = QApplication.focusWidget()
        if now is None or now in seen:
            break
        seen.append(now)
    corner = seen.index(shell.current.corner)
    following = seen[(corner + 1) % len(seen)]
    assert shell.strip.isAncestorOf(following), (shell._name, following.objectName())
    wanted = {
        widget
        for widget in interactive(shell.current)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    }
    assert wanted <= set(seen), [widget.objectName() for widget in wanted - set(seen)]


def test_tab_on_tender_and_change(shell: Shell) -> None:
    fill(shell)
    shell.current.press_corner()
    check_order(shell)
    shell.current.press_corner()
    check_order(shell)


@pytest.mark.parametrize("window", WINDOWS)
def test_one_number_is_the_biggest(open_shell, window) -> None:
    shell = open_shell(*window)
    fill(shell)
    sizes = numbers(shell)
    assert not sizes or max(sizes) == shell.current.cart.total.type_px()
    shell.current.press_corner()
    shell.current.presenter.set_amount(100_000)
    shell.current.refresh()
    settle()
    received = shell.current.amounts.entry.number
    others = [n.type_px() for n in shell.findChildren(BigNumber) if n.isVisible() and n is not received]
    assert received.type_px() > max(others), window
    shell.current.press_corner()
    settle()
    assert max(numbers(shell)) == shell.current.amount.type_px()
    assert shell.current.amount.type_px() == min(152, shell.theme.type_px("change"))


def numbers(shell: Shell) -> list[int]:
    return [number.type_px() for number in shell.findChildren(BigNumber) if number.isVisible()]


@pytest.mark.parametrize("window", WINDOWS)
def test_nothing_lies_outside_its_window_or_over_another(open_shell, window) -> None:
    shell = open_shell(*window)
    fill(shell)
    for name in (*PLACES, "selling", "tender"):
        shell.go(name)
        settle()
        check_places(shell, name, window)
    shell.current.press_corner()
    settle()
    check_places(shell, "change", window)


def check_places(shell: Shell, name: str, window: object) -> None:
    whole = shell.rect()
    for widget in interactive(shell.current):
        if scrolls(widget, shell.current):
            continue
        box = QRect(widget.mapTo(shell, QPoint(0, 0)), widget.size())
        assert whole.contains(box), (name, window, widget.objectName(), box)
    keys = [k for k in shell.current.findChildren(Key) if k.isVisible() and not scrolls(k, shell.current)]
    boxes = [(key.objectName(), QRect(key.mapTo(shell, QPoint(0, 0)), key.size())) for key in keys]
    for at, (one, box) in enumerate(boxes):
        for other, second in boxes[at + 1 :]:
            assert not box.intersects(second), (name, window, one, other)


def scrolls(widget: QWidget, top: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not top:
        if parent.objectName() == "qt_scrollarea_viewport":
            return True
        parent = parent.parentWidget()
    return False
