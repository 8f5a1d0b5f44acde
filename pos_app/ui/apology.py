"""What nobody foresaw: logged, one apology, and the sale goes on."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos_app.i18n.texts import tr
from pos_app.runtime.crashes import tell
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.keys import Key

if TYPE_CHECKING:
    from pos_app.ui.screens.till_desk import TillDesk

log = logging.getLogger(__name__)


class Apology(QObject):
    """Says sorry over the window, one apology at a time."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._telling = False

    def say(self, error: BaseException, desk: TillDesk | None) -> None:
        """Log the bug; with a desk also tell whoever stands there."""
        details = "".join(traceback.format_exception(error))
        log.error("bug: %s", details, extra={"error": error})
        if desk is None or self._telling:
            return
        self._telling = True
        # not from inside whatever went wrong: that may be in the middle of a deletion
        report = tell(error)
        QTimer.singleShot(0, self, lambda: self._tell(desk, report))

    def _tell(self, desk: TillDesk, report: str) -> None:
        dialog = Dialog(
            desk.shell,
            tr("뜻밖의 일이 생겼어요"),
            tr("하던 판매는 그대로 있어요. 내용을 복사해서 사무국에 보내 주시면 고칠게요."),
            "bug",
        )
        copy = dialog.add_key(Key(tr("내용 복사"), None, "plain", "bug_copy"))
        copy.clicked.connect(lambda: desk.copy(report))
        go_on = dialog.add_key(Key(tr("이어서 팔기"), None, "primary", "bug_close"))
        go_on.clicked.connect(dialog.leave)
        dialog.closed.connect(self._told)
        desk.open_dialog(dialog, go_on)

    def _told(self) -> None:
        self._telling = False


def show_report(desk: TillDesk, text: str, count: int) -> None:
    """A report that the run before left: said once, to be copied; nothing of a sale is in it."""
    words = tr(
        "지난번에 적어 둔 것이 {count}건 있어요. 판매는 모두 저장돼 있어요. 복사해서 사무국에 보내 주세요.",
        count=count,
    )
    dialog = Dialog(desk.shell, tr("지난번에 뜻밖의 일이 있었어요"), words, "crash_report")
    copy = dialog.add_key(Key(tr("내용 복사"), None, "plain", "crash_copy"))
    copy.clicked.connect(lambda: desk.copy(text))
    go_on = dialog.add_key(Key(tr("이어서 팔기"), None, "primary", "crash_close"))
    go_on.clicked.connect(dialog.leave)
    desk.open_dialog(dialog, go_on)
