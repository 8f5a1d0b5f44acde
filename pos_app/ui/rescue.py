"""A store that is damaged when the window opens: the newest copy is offered, and the sale goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from pos_app.domain.errors import DomainError
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import tr
from pos_app.runtime.clock import Clock
from pos_app.runtime.faults import DamagedStore, EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.services import restoring
from pos_app.services.opening import forgive
from pos_app.services.places import sticks
from pos_app.ui.background import run_task
from pos_app.ui.screens import wording
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.keys import Key

if TYPE_CHECKING:
    from pos_app.services.backup_places import Copy
    from pos_app.services.restoring import Restored
    from pos_app.ui.shell import Shell

log = logging.getLogger(__name__)


class Rescue:
    """Asks, restores beside the window, and opens the house again."""

    def __init__(self, shell: Shell, fault: DamagedStore, again: Callable[[], None]) -> None:
        self._shell, self._fault, self._again = shell, fault, again
        self._home = Home(fault.home) if fault.home else None
        self._dialog: Dialog | None = None
        self._broken: set[Path] = set()

    def look(self) -> None:
        """Find copies in the home, at the second place and on sticks."""
        run_task(self._find, self._offer, self._failed)

    def _find(self) -> list[Copy]:
        if self._home is None:
            return []
        there = restoring.owner(self._home)
        found = restoring.copies_in(*self._folders(self._home))
        return [
            copy
            for copy in found
            if copy.path not in self._broken and (not there or copy.manifest.device in ("", there))
        ]

    def _folders(self, home: Home) -> list[Path]:
        return [home.copies, *restoring.remembered_places(home), *sticks()]

    def _ask(self, title: str, words: str, name: str = "rescue") -> Dialog:
        if self._dialog is not None:
            self._dialog.shut()
        self._dialog = Dialog(self._shell, title, words, name, 640)
        return self._dialog

    def _offer(self, found: list[Copy]) -> None:
        if not found:
            self._none()
            return
        newest = found[0]
        words = tr(
            "가장 새로운 사본은 {when}에 만들었고 기록이 {count:,}개예요. 상한 장부에서 읽을 수 있는 것도 함께 건져요. "
            "지금 파일은 지우지 않고 따로 둬요.",
            when=f"{newest.made_at:%m-%d %H:%M}",
            count=newest.manifest.events,
        )
        dialog = self._ask(self._fault.title.rstrip("."), words)
        if self._fault.openable:
            self._add(dialog, tr("이대로 열기"), "plain", "rescue_as_is", self._as_it_is)
        else:
            self._add(dialog, tr("닫기"), "plain", "rescue_close", self._shell.close)
        self._add(dialog, tr("다른 사본"), "plain", "rescue_other", self._choose)
        go = self._add(dialog, tr("되살리기"), "primary", "rescue_act", lambda: self._restore(newest.path))
        dialog.open_over(go)

    def _none(self) -> None:
        words = tr("사본을 찾지 못했어요. 사본이 든 USB를 꽂고 다시 찾거나, 사본 파일을 골라요.")
        dialog = self._ask(self._fault.title.rstrip("."), words)
        self._add(dialog, tr("닫기"), "plain", "rescue_close", self._shell.close)
        self._add(dialog, tr("사본 고르기"), "plain", "rescue_other", self._choose)
        go = self._add(dialog, tr("다시 찾기"), "primary", "rescue_again", self.look)
        dialog.open_over(go)

    def _add(self, dialog: Dialog, word: str, role: str, name: str, act: Callable[[], object]) -> Key:
        key = dialog.add_key(Key(word, None, role, name, dialog))
        key.clicked.connect(lambda _checked=False: act())
        return key

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self._shell, tr("사본 고르기"), str(Path.home()))
        if path:
            self._restore(Path(path))

    def _restore(self, path: Path) -> None:
        home = self._home
        if home is None:
            return
        self._ask(
            tr("되살리는 중이에요"), tr("조금만 기다려요. 창을 닫지 않아요."), "rescue_busy"
        ).open_over()

        def attempt() -> Restored | Exception:
            try:
                second = restoring.second_copies_in(*self._folders(home), path.parent)
                return restoring.restore(home, path, Clock(), second=second)
            except (DomainError, EnvironmentFault) as error:
                self._broken.add(path)
                return error

        run_task(attempt, self._done, self._failed)

    def _done(self, result: Restored | Exception) -> None:
        if isinstance(result, Exception):
            self._failed(result)
            return
        words = tr("기록 {count:,}개가 돌아왔어요.", count=result.events)
        if result.saved:
            words += " " + tr("사본 뒤에 적은 {count:,}개도 건졌어요.", count=result.saved)
        if not result.saved:
            words += " " + tr(
                "사본 뒤({time} 이후)에 판 것이 있으면 종이를 보고 다시 넣어요.",
                time=wording.clock(result.manifest.made_at),
            )
        dialog = self._ask(tr("되살렸어요"), words, "rescue_done")
        go = self._add(dialog, tr("이어서 팔기"), "primary", "rescue_go", self._go_on)
        dialog.open_over(go)

    def _go_on(self) -> None:
        if self._dialog is not None:
            self._dialog.shut()
            self._dialog = None
        self._again()

    def _as_it_is(self) -> None:
        """It opens all the same: whoever stands here decides."""
        if self._home is not None:
            forgive(self._home)
        self._go_on()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, DomainError):
            words = sentence(error)
        elif isinstance(error, EnvironmentFault):
            words = str(error)
        else:
            log.error("restoring", exc_info=error)
            words = tr("되살리지 못했어요. 파일은 그대로 있어요. 담당자에게 알려요.")
        dialog = self._ask(tr("이 사본으로는 되살리지 못했어요"), words, "rescue_failed")
        self._add(dialog, tr("닫기"), "plain", "rescue_close", self._shell.close)
        again = self._add(dialog, tr("다른 사본 찾기"), "primary", "rescue_again", self.look)
        dialog.open_over(again)


def offer_restore(shell: Shell, fault: DamagedStore, again: Callable[[], None]) -> Rescue:
    """Begin; `again` opens the house once it is whole."""
    rescue = Rescue(shell, fault, again)
    shell.setProperty("rescue", rescue)
    rescue.look()
    return rescue
