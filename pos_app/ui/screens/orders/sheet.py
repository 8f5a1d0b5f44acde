"""Order sheets taken in from the screen: choose, look at what comes, take it; and the pick list shown."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.ui.background import run_task
from pos_app.ui.screens import wording
from pos_app.ui.screens.orders.presenter import MOST_BAD
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.screens.pick_list_dialog import show_pick_list
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from pos_app.services.order_import import OrdersTaken
    from pos_app.ui.screens.orders.screen import OrdersScreen

_OTHER = ("preorder.other_market", "preorder.sheet_date")


class SheetTaking:
    """The way of one sheet into the orders."""

    def __init__(self, screen: "OrdersScreen") -> None:
        self.screen = screen
        self._paid = False

    def choose(self) -> None:
        """Which file."""
        path, _ = QFileDialog.getOpenFileName(
            self.screen, tr("주문표 고르기"), str(Path.home()), tr("주문표 (*.xlsx *.csv)")
        )
        if path:
            self.look(Path(path))

    def look(self, path: Path, anyway: bool = False) -> None:
        """What the sheet would bring, read beside the window."""
        view = self.screen.presenter
        run_task(
            lambda: view.preview(path, anyway),
            partial(self._preview, path, anyway),
            partial(self._refused, path),
        )

    def _refused(self, path: Path, error: Exception) -> None:
        # lazy: sheets are read before the market
        from pos_app.services.imports import ImportRefused

        desk = self.screen.desk
        if isinstance(error, ImportRefused):
            self._bad_dialog(tr("이 주문표는 가져올 수 없어요"), desk.sentence(error), error.bad)
        elif isinstance(error, DomainError) and error.code in _OTHER:
            desk.ask(
                tr("다른 주문표 같아요"),
                desk.sentence(error),
                tr("그대로 두기"),
                tr("그래도 가져오기"),
                lambda: self.look(path, True),
            )
        else:
            desk.trouble(error)

    def _preview(self, path: Path, anyway: bool, seen: "OrdersTaken") -> None:
        words = tr(
            "{people}명, {lines}줄, {amount}이에요. 새 주문 {new}, 바뀐 주문 {changed}, 그대로 {same}.",
            people=seen.people,
            lines=seen.lines,
            amount=wording.won(seen.total_won),
            new=seen.new,
            changed=seen.changed,
            same=seen.same,
        )
        self._paid = False
        choices = [("later", tr("받을 때 계산")), ("paid", tr("미리 다 냈어요"))]
        chips = ChipRow("sheet_paid", tr("돈을 냈나요"), choices, "later")
        chips.picked.connect(partial(self._set_paid, chips))
        act = Key(tr("{count}명 주문 가져오기", count=seen.people), "box-in", "primary", "sheet_take")
        cells = (*seen.bad, *seen.warnings)
        dialog = self._bad_dialog(tr("이대로 가져올까요?"), words, cells, len(seen.bad), chips, act)
        act.clicked.connect(lambda: self._take(dialog, path, anyway))

    def _set_paid(self, chips: ChipRow, key: str) -> None:
        self._paid = key == "paid"
        chips.choose(key)

    def _take(self, dialog: Dialog, path: Path, anyway: bool) -> None:
        dialog.shut()
        view, paid = self.screen.presenter, self._paid
        self.screen.desk.run(lambda: view.import_sheet(path, paid, anyway), self._done)

    def _done(self, done: "OrdersTaken") -> None:
        self.screen.desk.say(tr("{people}명의 주문을 가져왔어요.", people=done.people))
        self.screen.reload()

    def _bad_dialog(
        self,
        title: str,
        words: str,
        cells: tuple[tuple[str, str], ...],
        bad: int | None = None,
        above: QWidget | None = None,
        act: Key | None = None,
    ) -> Dialog:
        """A sentence and the cells that were not understood."""
        dialog = Dialog(self.screen, title, words, "sheet", 720)
        if above is not None:
            dialog.body.addWidget(above)
        count = len(cells) if bad is None else bad
        if count:
            dialog.body.addWidget(
                Words(tr("뺀 칸 {count}개", count=count), "key_big", True, name="sheet_bad_count")
            )
        if cells:
            dialog.body.addWidget(self._cells(dialog, cells), 1)
        keep = dialog.add_key(Key(tr("그대로 두기"), None, "plain", "sheet_safe"))
        keep.clicked.connect(dialog.leave)
        if act is not None:
            dialog.add_key(act)
        self.screen.desk.open_dialog(dialog, keep)
        return dialog

    def _cells(self, dialog: Dialog, cells: tuple[tuple[str, str], ...]) -> Scroller:
        scroller = Scroller("sheet_bad", dialog, 6)
        for cell, reason in cells[:MOST_BAD]:
            scroller.column.addWidget(Words(f"{cell}: {reason}", "body", parent=scroller))
        scroller.column.addStretch(1)
        metrics = self.screen.metrics
        tall = metrics.px(min(240, 36 + 36 * len(cells)))
        scroller.setMinimumHeight(max(96, min(tall, self.screen.height() - metrics.px(270))))
        return scroller

    def show_pick_list(self) -> None:
        """The paper on the screen, and a key that prints it."""
        desk, view = self.screen.desk, self.screen.presenter
        try:
            document = view.pick_list()
        except Exception as error:
            desk.trouble(error)
            return
        show_pick_list(self.screen, desk, document, view.print_document, least=360)
