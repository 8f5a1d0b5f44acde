"""Shows devices, what waits to be sent, and the printer's queue."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.devices.presenter import Device, DevicesPresenter
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import RIGHT, Scroller, empty_layout
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
REFRESH_MS = 2000


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
        self.left = Scroller("devices_list")
        column.addWidget(self.left)
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
        column.addStretch(1)

    def enter(self) -> None:
        """States now, and every two seconds."""
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
        devices = view.devices()
        jobs = list(view.jobs())
        seen = (devices, [(job.id, job.state) for job in jobs])
        if seen != self._seen:
            self._seen = seen
            self._show(devices, jobs)

    def _show(self, devices: list[Device], jobs: list[JobView]) -> None:
        empty_layout(self.left.column)
        self.left.column.addWidget(Words(tr("기기"), "title", True, name="devices_title"))
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 8, 20, 8)
        for at, device in enumerate(devices):
            if at:
                column.addWidget(Divider())
            column.addWidget(self._device(device))
        self.left.column.addWidget(card)
        if jobs:
            self.left.column.addWidget(Words(tr("인쇄 대기"), "title", True))
            queue = Card("card", "print_queue")
            rows = QVBoxLayout(queue)
            rows.setContentsMargins(20, 8, 20, 8)
            for at, job in enumerate(jobs):
                if at:
                    rows.addWidget(Divider())
                rows.addWidget(self._job(at, job))
            self.left.column.addWidget(queue)
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
            key = Key(device.act, None, "plain", f"device_{device.name}")
            key.clicked.connect(lambda: self._try(device.name))
            line.addWidget(key)
        return box

    def _job(self, at: int, job: JobView) -> QWidget:
        word, kind = self.presenter.job_word(job)
        detail = " · ".join(part for part in (wording.clock(job.at), job.error) if part)
        box, line = self._row("receipt", job.title, detail, word, kind)
        if job.state == "unknown":
            out = Key(tr("나왔어요"), None, "plain", f"job_out_{at}")
            out.clicked.connect(lambda: self._act(self.presenter.came_out, job.id))
            line.addWidget(out)
        if self.presenter.can_retry(job):
            again = Key(tr("다시 인쇄하기"), "printer", "plain", f"job_retry_{at}")
            again.clicked.connect(lambda: self._act(self.presenter.retry, job.id))
            line.addWidget(again)
        stop = Key(tr("그만두기"), None, "plain", f"job_cancel_{at}")
        stop.clicked.connect(lambda: self._act(self.presenter.cancel, job.id))
        line.addWidget(stop)
        return box

    def _act(self, act: object, job_id: str) -> None:
        try:
            act(job_id)  # type: ignore[operator]
        except Exception as error:
            self.desk.trouble(error)
        self.refresh()

    def _try(self, name: str) -> None:
        if name != "printer":
            return
        if not self.desk.house.settings.get("printer_uri"):
            self.desk.go("settings")
            return
        try:
            self.desk.house.papers.test()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.refresh()
        self.desk.say(tr("시험 인쇄를 보냈어요"))
