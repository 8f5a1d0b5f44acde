"""Shows the menu (F10): every other place, as keys."""

from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.menu.presenter import MenuPresenter, Place
from pos_app.ui.screens.parts import LEFT, Scroller, empty_layout
from pos_app.ui.screens.registry import read_screens
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

GROUPS = 3


class MenuScreen(Screen):
    """Places at the left; who is there at the right."""

    name = "menu"
    panel_lead = 340

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = MenuPresenter(desk)
        self._keys: list[Key] = []
        self._columns = 0
        column = QVBoxLayout(self.work)
        pad = self.metrics.padding
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        column.addWidget(Words(tr("메뉴"), "title", True, name="menu_title"))
        self.scroller = Scroller("menu_places")
        holder = QWidget()
        self.grid = QGridLayout(holder)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(8)
        self.scroller.column.addWidget(holder)
        self.scroller.column.addStretch(1)
        column.addWidget(self.scroller, 1)
        panel = self.column(self.panel_body, 12, 16)
        self.who = Words("", "number", True, name="menu_who")
        self.where = Words("", "body", ink="ink2")
        self.state = Notice("", "info", name="menu_state")
        self.out = Key(tr("다른 사람으로 바꾸기"), "person", "plain", "sign_out")
        self.out.clicked.connect(desk.sign_out)
        for part in (self.who, self.where, self.state):
            panel.addWidget(part)
        panel.addStretch(1)
        panel.addWidget(self.out)
        self.corner.setText(tr("판매로 돌아가기"))
        self.corner.set_icon("left")

    def enter(self) -> None:
        """What is possible now."""
        self._show()
        who, where, state = self.presenter.till()
        self.who.setText(who)
        self.where.setText(where)
        self.state.set(state, "info")
        self.out.setVisible(self.presenter.can_sign_out())
        wanted = [place.name for place in self.presenter.places() if not place.off]
        self.desk.run(lambda: read_screens(wanted), lambda _: None)

    def _show(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and focus in self._keys:
            focus.clearFocus()  # or it would wander from each key that goes to the next
        empty_layout(self.grid)
        groups = [(title, [self._key(place) for place in places]) for title, places in self.presenter.groups()]
        self._keys = [key for _, keys in groups for key in keys]
        self._columns = self._fitting()
        if self._columns == len(groups):
            for column, (title, keys) in enumerate(groups):
                self._place(title, keys, column, 1)
        else:
            for title, keys in groups:
                self._place(title, keys, 0, self._columns)
        for column in range(self._columns):
            self.grid.setColumnStretch(column, 1)

    def _place(self, title: str, keys: list[Key], left: int, columns: int) -> None:
        """One group: its heading, and its keys below in so many columns."""
        top = 0 if self._columns == GROUPS else self.grid.rowCount()
        self.grid.addWidget(Words(title, "key_big", True, ink="ink2"), top, left, 1, columns)
        for at, key in enumerate(keys):
            self.grid.addWidget(key, top + 1 + at // columns, left + at % columns)

    def _fitting(self) -> int:
        """A column for each group, or as many as the widest key allows, fewer than that."""
        widest = max(key.sizeHint().width() for key in self._keys) + 12
        room = self.work.width() - 2 * self.metrics.padding - 24
        return max(1, min(GROUPS, room // widest))

    def _key(self, place: Place) -> Key:
        key = Key(place.title, place.icon, "place", f"menu_{place.name}", detail=place.detail, align=LEFT)
        key.set_off(place.off or None)
        key.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
        key.clicked.connect(lambda _checked=False, name=place.name: self._open(name))
        return key

    def _open(self, name: str) -> None:
        if name == "practice":
            self.desk.start_practice()
        elif name == "end_practice":
            self.desk.end_practice()
        else:
            self.desk.go(name)

    def arrange(self) -> None:
        """As many columns as fit."""
        if self._keys and self._columns != self._fitting():
            self._show()

    def first_focus(self) -> QWidget | None:
        """The first place."""
        return self._keys[0] if self._keys else self.corner

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("메뉴") if opened else tr("담당")

    def press_corner(self) -> None:
        """Back to the sale."""
        self.desk.home()
