"""Shows 주고받기: ways to send, what a person should look at, joining; what waits at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.flow import ChoiceFlow
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import RIGHT, Scroller, empty_layout
from pos_app.ui.screens.sync.join import JoinPage
from pos_app.ui.screens.sync.presenter import JOIN, LOOK, SEND, SyncPresenter, ToLookAt, Way, bundle_name
from pos_app.ui.screens.sync.rows import aside_card, conflict_card, notice_card, way_card
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from pos_app.services.syncing_aside import Noticed
    from pos_app.services.syncing_conflicts import Conflict

REFRESH_MS = 1000
MOST_CARDS = 50
FILES = "*.jangteo"


class SyncScreen(Screen):
    """Server, laptop, stick, second copy; conflicts, notices, records set aside."""

    name = "sync"
    panel_lead = 420

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = SyncPresenter(desk.house)
        self._seen: object = None
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        self.tabs = ChoiceFlow(self.theme, "sync_tabs", tr("주고받기"), self.presenter.tabs())
        self.tabs.picked.connect(self._tab)
        column.addWidget(self.tabs)
        self.list = Scroller("sync_list")
        column.addWidget(self.list, 1)
        self.join = JoinPage(self.theme)
        self.join.changed.connect(self._typed)
        self.join.join.clicked.connect(self._join)
        self.join.hub.clicked.connect(self._add_hub)
        self.join.look.clicked.connect(self._find)
        self.join.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
        column.addWidget(self.join, 1)
        self.join.hide()
        self._build_panel()
        self.corner.setText(tr("판매로 돌아가기"))
        self.corner.set_icon("left")
        self._tick = QTimer(self)
        self._tick.setInterval(REFRESH_MS)
        self._tick.timeout.connect(self.refresh)

    def _build_panel(self) -> None:
        column = self.column(self.panel_body, 12, 20)
        column.addWidget(Words(tr("아직 보내지 않은 것"), "key_big", True))
        row = QHBoxLayout()
        self.count = BigNumber(0, "counted_big", tr("미전송"), "sync_unsynced", unit=tr("건"))
        self.oldest = Words("", "name", ink="ink2", align=RIGHT, name="sync_age")
        row.addWidget(self.count)
        row.addWidget(self.oldest, 1)
        column.addLayout(row)
        self.comfort = Notice("", "info", name="sync_comfort")
        column.addWidget(self.comfort)
        self.last = Words("", "body", ink="ink2", name="sync_last")
        column.addWidget(self.last)
        self.now = Key(tr("지금 보내기"), "unsent", "plain", "sync_now")
        self.now.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
        self.now.clicked.connect(self._send_now)
        column.addWidget(self.now)
        column.addStretch(1)

    def enter(self) -> None:
        """States now, and every second; the lists are read beside the window."""
        self._seen = None
        self.refresh()
        self._read()
        self._tick.start()

    def leave(self) -> None:
        """No reading behind the scenes."""
        self._tick.stop()

    def first_focus(self) -> QWidget | None:
        """The tabs."""
        return self.tabs.key(self.presenter.tab)

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("보내는 길") if opened else tr("미전송 {count}", count=self.presenter.unsynced_count())

    def scanned(self, text: str) -> None:
        """A new code's picture fills the form; anything else is for the sale."""
        if self.presenter.take_scan(text):
            self.refresh()
            self.join.join.setFocus()
        else:
            self.desk.home()

    def press_corner(self) -> None:
        """Back to the sale."""
        self.desk.home()

    # showing

    def refresh(self) -> None:
        """Only what changed is built anew."""
        view = self.presenter
        self.count.set_amount(view.unsynced_count())
        self.oldest.setText(view.oldest())
        self.comfort.set(view.comfort(), "info")
        self.last.setText(view.last_success())
        self.last.setVisible(bool(view.last_success()))
        self.now.set_off(view.can_send() or None)
        ways = view.ways()
        seen = (view.tab, ways, view.look, self.work.width())
        if seen != self._seen:
            self._seen = seen
            self._show(ways)
        self.refresh_side()

    def _show(self, ways: list[Way]) -> None:
        view = self.presenter
        focus = self.focusWidget()
        name = focus.objectName() if focus is not None else ""
        self.tabs.set_choices(view.tabs(), view.tab)
        self.list.setVisible(view.tab != JOIN)
        self.join.setVisible(view.tab == JOIN)
        self.join.show_typed(view.url, view.code)
        self.join.set_off(view.join_off())
        empty_layout(self.list.column)
        if view.tab == SEND:
            wide = self.work.width() >= self.metrics.px(760)
            for way in ways:
                self.list.column.addWidget(way_card(way, partial(self._act, way), wide))
        elif view.tab == LOOK:
            self._show_look()
        self.list.column.addStretch(1)
        again = self.findChild(QWidget, name) if name else None
        if again is not None and again.isVisible():
            again.setFocus()

    def _show_look(self) -> None:
        look, column = self.presenter.look, self.list.column
        if not look.count:
            nothing = Empty(
                "check", tr("살펴볼 것이 없어요"), tr("이상한 것이 오면 여기에 나와요."), name="sync_fine"
            )
            column.addWidget(nothing)
            return
        for at, noticed in enumerate(look.noticed[:MOST_CARDS]):
            column.addWidget(notice_card(at, noticed, partial(self._notice_read, noticed)))
        if look.conflicts:
            column.addWidget(Words(tr("둘 다 고쳤어요"), "title", True, name="conflicts_title"))
            column.addWidget(Words(tr("맞는 값을 누르면 그 값으로 정해져요."), "body", ink="ink2"))
        for at, conflict in enumerate(look.conflicts[:MOST_CARDS]):
            column.addWidget(conflict_card(at, conflict, partial(self._choose, conflict)))
        if look.aside:
            column.addWidget(Words(tr("따로 둔 기록"), "title", True, name="aside_title"))
        for at, aside in enumerate(look.aside[:MOST_CARDS]):
            column.addWidget(aside_card(at, aside))

    # acting

    def _tab(self, tab: str) -> None:
        self.presenter.tab = tab
        self.refresh()
        if tab == LOOK:
            self._read()

    def _read(self) -> None:
        self.desk.run(self.presenter.load, self._take)

    def _take(self, look: ToLookAt) -> None:
        self.presenter.look = look
        self.refresh()

    def _send_now(self) -> None:
        self.presenter.send_now()
        self.desk.say(tr("지금 보내고 있어요"), icon="unsent")
        self.refresh()

    def _act(self, way: Way, what: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            JOIN: lambda: self._tab(JOIN),
            "remove": lambda: self._ask_remove(way),
            "write": self._ask_write,
            "read": self._ask_read,
            "folder": self._ask_folder,
            "no_folder": lambda: self._use_folder(""),
        }
        acts[what]()

    def _typed(self, url: str, code: str) -> None:
        self.presenter.url, self.presenter.code = url, code
        self.join.set_off(self.presenter.join_off())

    def _join(self) -> None:
        self._changing(self.presenter.join)

    def _add_hub(self) -> None:
        self._changing(self.presenter.add_hub)

    def _find(self) -> None:
        self.join.look.set_busy(True)
        self.desk.run(self.presenter.find_near, self._found)

    def _found(self, found: list[tuple[str, str]]) -> None:
        self.join.look.set_busy(False)
        self.join.show_near(found)

    def _changing(self, act: Callable[[Override | None], str]) -> None:
        """Slow, and only for those who may."""

        def attempt(override: Override | None) -> None:
            self.presenter.may_join(override)
            self.desk.run(lambda: act(override), self._changed)

        self.desk.allowed(attempt, Action.SETTINGS)

    def _changed(self, said: str) -> None:
        self.desk.say(said, icon="check")
        self.refresh()

    def _ask_remove(self, way: Way) -> None:
        self.desk.ask(
            tr("이 주소를 뺄까요?"),
            tr("{who}에 더는 보내지 않아요. 여기 있는 기록은 그대로예요.", who=way.title),
            tr("그대로 두기"),
            tr("빼기"),
            lambda: self.desk.allowed(lambda override: self._remove(way, override), Action.SETTINGS),
        )

    def _remove(self, way: Way, override: Override | None) -> None:
        self.presenter.remove(way.url, override)
        self.refresh()

    def _ask_write(self) -> None:
        name = str(Path.home() / bundle_name(self.desk.house))
        path, _ = QFileDialog.getSaveFileName(self, tr("어느 USB에 담을까요?"), name, FILES)
        if path:
            self.write_bundle(Path(path))

    def write_bundle(self, path: Path) -> None:
        """Onto the stick, beside the window."""
        self.desk.run(lambda: self.presenter.write_bundle(path), self._changed)

    def _ask_read(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, tr("어느 파일을 받을까요?"), str(Path.home()), FILES)
        if paths:
            self.read_bundles([Path(path) for path in paths])

    def read_bundles(self, paths: list[Path]) -> None:
        """From sticks, beside the window."""
        self.desk.run(lambda: self.presenter.read_bundles(paths), self._brought)

    def _brought(self, said: str) -> None:
        self._changed(said)
        self._read()

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("둘째 사본을 둘 USB나 폴더"), str(Path.home()))
        if folder:
            self._use_folder(folder)

    def _use_folder(self, folder: str) -> None:
        self.desk.allowed(lambda override: self._keep_folder(folder, override), Action.SETTINGS)

    def _keep_folder(self, folder: str, override: Override | None) -> None:
        self.presenter.use_folder(folder, override)
        self.refresh()

    def _choose(self, conflict: Conflict, token: str) -> None:
        def attempt(override: Override | None) -> None:
            self.presenter.choose(conflict, token, override)
            self.desk.say(tr("그 값으로 정했어요"), icon="check")
            self._read()

        self.desk.allowed(attempt, Action.EDIT_CATALOGUE)

    def _notice_read(self, noticed: Noticed) -> None:
        self.presenter.read_notice(noticed)
        self._read()
