"""Cards of the sync screen: a way to send, a notice, a field that two people changed, a record set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.printers.key_flow import KeyFlow
from pos_app.ui.widgets.badge import Badge
from pos_app.ui.widgets.card import Card
from pos_app.ui.widgets.empty import Picture
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from pos_app.services.syncing_aside import Aside, Noticed
    from pos_app.services.syncing_conflicts import Conflict
    from pos_app.ui.screens.sync.presenter import Way

LEVELS = {"fine": "ok", "amber": "warn", "red": "bad", "gray": "gray"}


def _head(column: QVBoxLayout, icon: str, title: str, badge: tuple[str, str] | None = None) -> None:
    line = QHBoxLayout()
    line.setSpacing(16)
    line.addWidget(Picture(icon, 30))
    line.addWidget(Words(title, "name", True), 1)
    if badge is not None:
        line.addWidget(Badge(*badge))
    column.addLayout(line)


def _card(name: str, spoken: str) -> tuple[Card, QVBoxLayout]:
    card = Card("card", name)
    card.setAccessibleName(spoken)
    column = QVBoxLayout(card)
    column.setContentsMargins(20, 14, 20, 14)
    column.setSpacing(8)
    return card, column


def way_card(way: Way, act: Callable[[str], object], wide: bool) -> QWidget:
    """One way to send, its state, and its keys: at the right where there is room, else below."""
    card, column = _card(f"way_{way.name}", f"{way.title}, {way.word}, {way.detail}")
    badge = (way.word, LEVELS[way.level]) if way.word else None
    keys = []
    for what, word in way.acts:
        key = Key(word, None, "plain", f"{what}_{way.name}", spoken=f"{way.title}: {word}")
        key.clicked.connect(lambda _checked=False, what=what: act(what))
        keys.append(key)
    detail = Words(way.detail, "body", ink="ink2", name=f"way_{way.name}_detail")
    if not wide:
        _head(column, way.icon, way.title, badge)
        column.addWidget(detail)
        if keys:
            column.addWidget(KeyFlow(keys))
        return card
    line = QHBoxLayout()
    line.setSpacing(16)
    line.addWidget(Picture(way.icon, 30))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Words(way.title, "name", True))
    words.addWidget(detail)
    line.addLayout(words, 1)
    if badge is not None:
        line.addWidget(Badge(*badge))
    for key in keys:
        line.addWidget(key)
    column.addLayout(line)
    return card


def notice_card(at: int, noticed: Noticed, read: Callable[[], object]) -> QWidget:
    """Something to know, what to do, and a key that puts it away."""
    card, column = _card(f"noticed_{at}", f"{noticed.title}. {noticed.advice}")
    _head(column, "alert", noticed.title)
    column.addWidget(Words(noticed.advice, "body", ink="ink2"))
    line = " · ".join(part for part in (noticed.where, noticed.at) if part)
    if line:
        column.addWidget(Words(line, "caption", ink="ink3"))
    key = Key(
        tr("읽었어요"), "check", "plain", f"noticed_{at}_read", spoken=f"{noticed.title}: {tr('읽었어요')}"
    )
    key.clicked.connect(lambda: read())
    column.addWidget(KeyFlow([key]))
    return card


def conflict_card(at: int, conflict: Conflict, choose: Callable[[str], object]) -> QWidget:
    """The values side by side as keys; the one in force is marked."""
    card, column = _card(f"conflict_{at}", f"{conflict.title}, {conflict.question}")
    _head(column, "edit", conflict.title)
    column.addWidget(Words(conflict.question, "body", True))
    keys = []
    for number, choice in enumerate(conflict.choices):
        known = " · ".join(
            part for part in (choice.who, choice.at, tr("지금 값") if choice.holds else "") if part
        )
        spoken = f"{conflict.title}, {conflict.question}: {choice.value}, {known}"
        key = Key(choice.value, None, "place", f"conflict_{at}_{number}", spoken=spoken, detail=known)
        key.set_chosen(choice.holds)
        key.clicked.connect(lambda _checked=False, token=choice.token: choose(token))
        keys.append(key)
    column.addWidget(KeyFlow(keys))
    return card


def aside_card(at: int, aside: Aside) -> QWidget:
    """A record that is kept but counts in no table."""
    card, column = _card(f"aside_{at}", f"{aside.title}, {aside.reason}")
    _head(column, "info", aside.title)
    column.addWidget(Words(aside.reason, "body", name=f"aside_{at}_reason"))
    column.addWidget(Words(aside.advice, "body", ink="ink2"))
    if aside.at:
        column.addWidget(Words(aside.at, "caption", ink="ink3"))
    return card
