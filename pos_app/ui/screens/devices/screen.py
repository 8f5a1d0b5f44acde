"""Shows devices, what waits to be sent, and the printer's queue."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.ui.screens.asking import ask_choice
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.devices.presenter import Device, DevicesPresenter, settle_backlog
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import RIGHT, Scroller, empty_layout
from pos_app.ui.screens.printers.key_flow import Asked, KeyFlow
from pos_app.ui.screens.views import JobView
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.badge import Badge
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.empty import Picture
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words

LEVELS = {"fine": "ok", "amber": "warn", "red": "bad", "gray": "gray"}
REFRESH_MS = 1000
MOST_ROWS = 30


class DevicesScreen(Screen):
    """전송과 기기."""

    name = "devices"
    panel_lead = 500

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = DevicesPresenter(desk.house)
        self._seen: object = None
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        self._asked: object = None
        self.backlog = Asked("backlog")
        self.backlog.picked.connect(self._settle)
        self.backlog.hide()
        column.addWidget(self.backlog)
        self.left = Scroller("devices_list")
        column.addWidget(self.left, 1)
        self._build_panel(self.theme)
        self.corner.setText(tr("판매로 돌아가기"))
        self.corner.set_icon("left")
        self._tick = QTimer(self)
        self._tick.setInterval(REFRESH_MS)
        self._tick.timeout.connect(self.refresh)

    def _build_panel(self, theme: Theme) -> None:
        column = self.column(self.panel_body, 12, 20)
        column.addWidget(Words(tr("아직 보내지 않은 것"), "key_big", True))
        row = QHBoxLayout()
        self.count = BigNumber(0, "counted_big", tr("미전송"), "unsynced", unit=tr("건"))
        self.oldest = Words("", "name", ink="ink2", align=RIGHT, name="unsynced_age")
        row.addWidget(self.count)
        row.addWidget(self.oldest, 1)
        column.addLayout(row)
        self.comfort = Notice("", "info", name="comfort")
        column.addWidget(self.comfort)
        line = QHBoxLayout()
        line.setSpacing(12)
        self.network_icon = Picture("wifi-off", 26)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(tr("인터넷"), "body", True))
        self.network = Words("", "caption", ink="ink2", name="network_words")
        words.addWidget(self.network)
        line.addWidget(self.network_icon)
        line.addLayout(words, 1)
        column.addLayout(line)
        trade = Key(tr("주고받기"), "unsent", "plain", "devices_sync")
        trade.clicked.connect(lambda: self.desk.go("sync"))
        column.addWidget(trade)
        column.addStretch(1)

    def enter(self) -> None:
        """States now, and every second."""
        self._seen = None
        self.refresh()
        self._tick.start()

    def leave(self) -> None:
        """No reading behind the scenes."""
        self._tick.stop()

    def first_focus(self) -> QWidget | None:
        """The corner key."""
        return self.corner

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("기기") if opened else tr("미전송 {count}", count=self.presenter.unsynced_count())

    def press_corner(self) -> None:
        """Back to the sale."""
        self.desk.home()

    # showing

    def refresh(self) -> None:
        """Only what changed is built anew."""
        view = self.presenter
        unsynced = self.desk.house.health.unsynced()
        self.count.set_amount(unsynced.count)
        self.oldest.setText(view.oldest())
        self.comfort.set(view.comfort(), "info")
        icon, words = view.network_words()
        self.network_icon.set_icon(icon)
        self.network.setText(words)
        self._ask()
        devices = view.devices()
        jobs = list(view.jobs())
        seen = (devices, [(job.id, job.state, job.error, job.held) for job in jobs], self.work.width())
        if seen != self._seen:
            self._seen = seen
            self._show(devices, jobs)

    def _ask(self) -> None:
        """The receipts that wait for a word, above everything."""
        question = self.presenter.backlog()
        self.backlog.setVisible(question is not None)
        if question != self._asked:
            self._asked = question
            if question is not None:
                self.backlog.ask(*question)

    def _settle(self, act: str) -> None:
        try:
            self.desk.say(settle_backlog(self.desk.house, act))
        except Exception as error:
            self.desk.trouble(error)
        self.refresh()

    def _show(self, devices: list[Device], jobs: list[JobView]) -> None:
        empty_layout(self.left.column)
        if jobs:
            self.left.column.addWidget(Words(tr("인쇄 대기"), "title", True, name="queue_title"))
            queue = Card("card", "print_queue")
            rows = QVBoxLayout(queue)
            rows.setContentsMargins(20, 8, 20, 8)
            for at, job in enumerate(jobs[:MOST_ROWS]):
                if at:
                    rows.addWidget(Divider())
                rows.addWidget(self._job(at, job))
            if len(jobs) > MOST_ROWS:
                more = tr("그 밖에 {count}장이 더 기다려요.", count=len(jobs) - MOST_ROWS)
                rows.addWidget(Words(more, "body", ink="ink2", name="queue_more"))
            self.left.column.addWidget(queue)
        self.left.column.addWidget(Words(tr("기기"), "title", True, name="devices_title"))
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 8, 20, 8)
        for at, device in enumerate(devices):
            if at:
                column.addWidget(Divider())
            column.addWidget(self._device(device))
        self.left.column.addWidget(card)
        mend = Key(tr("인쇄기 찾고 바꾸기"), "printer", "plain", "devices_printers")
        mend.clicked.connect(lambda: self.desk.go("printers"))
        self.left.column.addWidget(mend)
        self.left.column.addStretch(1)

    def _row(self, icon: str, title: str, detail: str, word: str, kind: str) -> tuple[QWidget, QHBoxLayout]:
        box = QWidget()
        box.setAccessibleName(f"{title}, {word}, {detail}")
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 10, 0, 10)
        line.setSpacing(16)
        line.addWidget(Picture(icon, 30))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(title, "name", True))
        if detail:
            words.addWidget(Words(detail, "body", ink="ink2"))
        line.addLayout(words, 1)
        if word:
            line.addWidget(Badge(word, kind))
        if self.work.width() >= self.metrics.px(640):
            return box, line
        outer = QWidget()
        outer.setAccessibleName(box.accessibleName())
        column = QVBoxLayout(outer)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(0)
        column.addWidget(box)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        column.addLayout(keys)
        return outer, keys

    def _device(self, device: Device) -> QWidget:
        box, line = self._row(device.icon, device.title, device.detail, device.word, LEVELS[device.level])
        if device.act:
            spoken = f"{device.title}: {device.act}"
            key = Key(device.act, None, "plain", f"device_{device.name}", spoken=spoken)
            key.set_off(device.off or None)
            key.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
            key.clicked.connect(lambda: self._try(device))
            line.addWidget(key)
        return box

    def _job(self, at: int, job: JobView) -> QWidget:
        word, kind = self.presenter.job_word(job)
        detail = self.presenter.job_detail(job)
        box = QWidget()
        box.setAccessibleName(f"{job.title}, {word}, {detail}")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(Picture("receipt", 30))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(job.title, "name", True))
        words.addWidget(Words(detail, "body", ink="ink2"))
        line.addLayout(words, 1)
        line.addWidget(Badge(word, kind))
        column.addLayout(line)
        keys = []
        for act, label in self.presenter.job_acts(job):
            key = Key(label, None, "plain", f"job_{act}_{at}", spoken=f"{job.title}: {label}")
            key.clicked.connect(lambda _checked=False, act=act: self._act(act, job))
            keys.append(key)
        if keys:
            column.addWidget(KeyFlow(keys))
        return box

    # acting

    def _act(self, act: str, job: JobView) -> None:
        if act == "pdf":
            self._save(job)
        elif act == "move":
            self._move(job)
        else:
            self._attempt(lambda: self.presenter.act(act, job.id))

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as error:
            self.desk.trouble(error)
        self.refresh()

    def _move(self, job: JobView) -> None:
        others = self.presenter.others(job)
        if len(others) == 1:
            self._moved(job, others[0][0])
            return
        ask_choice(self, tr("어느 인쇄기로 보낼까요?"), others, "-", lambda name: self._moved(job, name), 1)

    def _moved(self, job: JobView, printer: str) -> None:
        self._attempt(lambda: self.presenter.move(job.id, printer))

    def _save(self, job: JobView) -> None:
        name = str(Path.home() / f"{job.title}.pdf")
        path, _ = QFileDialog.getSaveFileName(self, tr("PDF로 저장"), name, "PDF (*.pdf)")
        if path:
            self.save_pdf(job.id, Path(path))

    def save_pdf(self, job_id: str, path: Path) -> None:
        """Write a paper in the background; it stays in the queue."""
        done = tr("{file}에 저장했어요", file=path.name)
        self.desk.run(lambda: self.presenter.save_pdf(job_id, path), lambda _done: self.desk.say(done))

    def _try(self, device: Device) -> None:
        if device.name == "drawer":
            self.desk.allowed(self._open_drawer, Action.OPEN_DRAWER)
        elif device.printer is None:
            self.desk.go("printers")
        else:
            printer = device.printer
            try:
                self.presenter.test(printer)
            except Exception as error:
                self.desk.trouble(error)
                return
            self.refresh()
            self.desk.say(tr("시험 인쇄를 보냈어요"))

    def _open_drawer(self, override: Override | None) -> None:
        self.presenter.open_drawer(override)
        self.desk.say(tr("돈통을 열어요"))
