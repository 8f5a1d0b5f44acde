"""`python -m tests.screens [OUT_DIR] [--all] [--only NAME]`: the real window on the demo market, as pictures.

Without OUT_DIR the pictures of the README are drawn anew in resources/screens.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from pos_app.runtime.paths import resources
from pos_app.services.house import House
from tests.screens import scenes
from tests.screens.scenes import Scene
from tests.screens.scenes_board import BOARD
from tests.screens.scenes_care import CARE
from tests.screens.scenes_goods import GOODS
from tests.screens.scenes_orders import ORDERS
from tests.screens.scenes_paper import PAPER
from tests.screens.scenes_reports import REPORTS
from tests.screens.scenes_settlement import SETTLEMENT
from tests.screens.scenes_setup import SETUP
from tests.screens.scenes_sync import SYNC
from tests.screens.scenes_tender import TENDER
from tests.ui.window.driver import Window, opened, settle
from tests.ui.window.homes import copy_of, make_demo

SLIPS = 60
README = {
    "selling": scenes.cart,
    "tender": scenes.tender,
    "change": scenes.change,
    "board": BOARD["board"],
    "settlement": SETTLEMENT["settlement"],
}
LIGHT = ((1366, 768), 1.0, "light")
OTHERS = (
    ((1024, 768), 1.0, "daylight"),
    ((1280, 800), 1.25, "light"),
    ((1366, 768), 1.5, "light"),
    ((1024, 768), 2.0, "light"),
)
Shape = tuple[tuple[int, int], float, str]

SCENES: dict[str, Scene] = {
    "selling": scenes.cart,
    "selling-empty": scenes.empty,
    "selling-search": scenes.search,
    "selling-no-hit": scenes.no_hit,
    "selling-filters": scenes.filters,
    "selling-vendor": scenes.vendor,
    "selling-focus": scenes.focus,
    "selling-toast": scenes.toast,
    "selling-oversell": scenes.oversell,
    "selling-unfinished": scenes.unfinished,
    "selling-discount": scenes.discount,
    "selling-over-limit": scenes.over_limit,
    "selling-customer": scenes.customer,
    "quick-add": scenes.quick_add,
    "line-edit": scenes.line_edit,
    "line-edit-discount": scenes.line_discount,
    "weigh": scenes.weigh,
    "tender": scenes.tender,
    "tender-card": scenes.tender_card,
    "tender-voucher": scenes.tender_voucher,
    "tender-voucher-no-change": scenes.tender_voucher_no_change,
    "tender-split": scenes.tender_split,
    "tender-credit": scenes.tender_credit,
    "tender-cash-receipt": scenes.cash_receipt,
    "change": scenes.change,
    "change-exact": scenes.change_exact,
    "change-printer-down": scenes.change_printer_down,
    "change-receipt": scenes.receipt_preview,
    "receipts": scenes.receipts,
    "refund": scenes.refund,
    "parked": scenes.parked,
    "parked-empty": scenes.parked_empty,
    "shift-open": scenes.shift_open,
    "blind-count": scenes.blind_count,
    "count-result": scenes.count_result,
    "count-cards": scenes.count_cards,
    "z-before": scenes.z_before,
    "z-done": scenes.z_done,
    "x-report": scenes.x_report,
    "cash": scenes.cash,
    "menu": scenes.menu,
    "keys": scenes.keys,
    "devices": scenes.devices,
    "settings": scenes.settings,
    "day-report": scenes.day_report,
    "practice": scenes.practice,
    "practice-empty": scenes.practice_empty,
    "sign-in": scenes.sign_in,
    "sign-in-wrong": scenes.sign_in_wrong,
    "bug": scenes.bug,
    **BOARD, **GOODS,
    **CARE,
    **ORDERS,
    **PAPER,
    **REPORTS,
    **SETTLEMENT,
    **SETUP,
    **TENDER,
    **SYNC,
}
FIRST_RUN = ("first-run-1", "first-run-2", "first-run-3", "first-run-4")


def tag(shape: Shape) -> str:
    """The end of a picture's name: nothing for the usual window."""
    (wide, high), scale, theme = shape
    return "" if shape == LIGHT else f"-{wide}x{high}-{round(scale * 100)}-{theme}"


class Dress:
    """Sets type and theme of a house before its window is dressed."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def __call__(self, house: House) -> None:
        _, scale, theme = self.shape
        house.settings.set("type_scale", str(round(scale * 100)))
        house.settings.set("theme", theme)


def draw(home: Path, scene: Scene, shape: Shape, target: Path) -> None:
    """One picture."""
    with opened(home, shape[0], Dress(shape)) as window:
        window.shell.theme.reduced_motion = True
        settle()
        scene(window)
        scenes.idle(window)
        save(window, target)


def save(window: Window, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    picture = window.shell.grab()
    if not picture.save(str(target)):
        raise OSError(f"can't write {target}")


def draw_first_run(folder: Path, shape: Shape, out: Path) -> None:
    """The four questions on an empty home."""
    with opened(folder / f"first{tag(shape)}", shape[0], Dress(shape)) as window:
        window.shell.theme.reduced_motion = True
        settle()
        for at, name in enumerate(FIRST_RUN):
            if at == 1:
                window.touch_named("first_run_sample")
                scenes.idle(window)
            settle()
            save(window, out / f"{name}{tag(shape)}.png")
            if at < len(FIRST_RUN) - 1:
                window.touch_corner()
                settle()


def main(arguments: Sequence[str]) -> int:
    """Draw what was asked for; 1 when a scene failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.screens")
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("--all", action="store_true", help="four more windows: sizes, type, daylight")
    parser.add_argument("--only", default="", help="scenes whose name holds this")
    args = parser.parse_args(arguments)
    qInstallMessageHandler(_quiet)
    app = QApplication.instance() or QApplication([])
    chosen = SCENES if args.out else README
    shapes: tuple[Shape, ...] = (LIGHT, *(OTHERS if args.all else ()))
    out = args.out or resources() / "screens"
    failed = 0
    with tempfile.TemporaryDirectory(prefix="jangteo-screens-") as name:
        folder = Path(name)
        made = make_demo(folder / "made", SLIPS)
        jobs = [(shape, scene) for shape in shapes for scene in chosen if args.only in scene]
        for at, (shape, scene) in enumerate(jobs):
            failed += attempt(scene, tag(shape), lambda at=at, shape=shape, scene=scene: draw(
                copy_of(made, folder / str(at)), chosen[scene], shape, out / f"{scene}{tag(shape)}.png"
            ))  # fmt: skip
        if args.out and args.only in "first-run":
            for shape in shapes:
                failed += attempt(
                    "first-run", tag(shape), lambda shape=shape: draw_first_run(folder, shape, out)
                )
    del app
    return 1 if failed else 0


def _quiet(kind: QtMsgType, _context: object, text: str) -> None:
    """Qt's remarks about the screen that is not there are left out."""
    if "propagateSizeHints" not in text:
        print(kind.name, text, file=sys.stderr)


def attempt(scene: str, end: str, act: "object") -> int:
    """Draw; say how long it took or why it failed."""
    begin = time.monotonic()
    try:
        act()  # type: ignore[operator]
    except Exception as error:  # the other pictures are wanted all the same
        print(f"{scene}{end}: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(f"{scene}{end} {time.monotonic() - begin:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
