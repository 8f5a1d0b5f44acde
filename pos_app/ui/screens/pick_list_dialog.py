"""What the vendors make ready, as a paper over the page: look, then print."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Paper
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.keys import Key


def show_pick_list(
    screen: Screen, desk: Desk, document: Document, print_it: Callable[[Document], str], least: int = 300
) -> None:
    """Open it; `print_it` is slow and answers with what to say, `least` is the paper's height in px."""
    dialog = Dialog(screen, tr("업체별 준비 목록"), "", "pick_list", 640)
    paper = Paper(desk, "pick_list_paper", tr("준비 목록"))
    paper.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    room = screen.height() - screen.metrics.px(180)
    paper.setMinimumHeight(min(screen.metrics.px(least), room))
    paper.show_document(document)
    dialog.body.addWidget(paper, 1)
    shut = dialog.add_key(Key(tr("닫기"), None, "plain", "pick_list_shut"))
    shut.clicked.connect(dialog.leave)
    prints = dialog.add_key(Key(tr("인쇄하기"), "printer", "primary", "pick_list_print"))

    def send() -> None:
        dialog.shut()
        desk.run(lambda: print_it(document), desk.say)

    prints.clicked.connect(send)
    desk.open_dialog(dialog, shut)
