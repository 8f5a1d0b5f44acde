"""Decides on the settings: one a row, changed at once, taken back with undo."""

from collections.abc import Sequence

from pos_app.domain.hangul import choseong, is_choseong_query, search_key, single_consonants
from pos_app.domain.operators import Action, Role, may
from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House
from pos_app.ui.screens.settings.rows import GOODS, LOOK, Row, all_rows, groups


def _squeezed(text: str) -> str:
    return "".join(text.split())


def matches(row: Row, word: str, query: str) -> bool:
    """Whether a setting is meant: by any part of its words, or by initial consonants (ㄱㅈ ㅋㄱ)."""
    wanted = search_key(query)
    if not wanted:
        return True
    named = f"{word} {row.title} {row.also}"
    if is_choseong_query(wanted):
        return single_consonants(_squeezed(wanted)) in single_consonants(_squeezed(choseong(named)))
    spoken = " ".join(choice for _, choice in row.choices)
    return _squeezed(wanted) in _squeezed(search_key(f"{named} {row.sentence} {spoken}"))


class SettingsPresenter:
    """The rows of a group or of a search, and what was changed last."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.query = ""
        self.group = LOOK
        self.lent: Override | None = None
        self.before: tuple[str, str] | None = None

    def groups(self) -> list[tuple[str, str]]:
        """Group names and words."""
        return groups()

    def rows(self) -> Sequence[Row]:
        """The rows that match; without a search those of the group."""
        words = dict(groups())
        rows = [row for row in all_rows() if row.name != "vendor_id" or self.house.goods.vendors()]
        if not self.query.strip():
            return [row for row in rows if row.group == self.group]
        return [row for row in rows if matches(row, words[row.group], self.query)]

    def value(self, row: Row) -> str:
        """What stands; a setting never touched has its standard."""
        return self.house.settings.get(row.name) or row.standard

    def choices(self, row: Row) -> tuple[tuple[str, str], ...]:
        """Its keys; a value that is none of them has a key of its own."""
        if row.name == "vendor_id" and row.group == GOODS:
            vendors = tuple((vendor.id, vendor.short or vendor.name) for vendor in self.house.goods.vendors())
            return (("", tr("아직 없음")), *vendors)
        if not row.choices:
            return ()
        value = self.value(row)
        if value not in [choice for choice, _ in row.choices]:
            return (*row.choices, (value, self._own_word(row, value)))
        return row.choices

    def _own_word(self, row: Row, value: str) -> str:
        if row.name.endswith("_permille") and value.isdecimal():
            return f"{wording.pieces(int(value) * 100)}%"
        return wording.won(int(value)) if row.name.endswith("_won") and value.isdecimal() else value

    def may_change(self, row: Row) -> bool:
        """Whether the signed-in role may change it, or somebody lent the right for this visit."""
        return row.everyone or self.lent is not None or self.may(Action.SETTINGS)

    def may(self, action: Action) -> bool:
        """Whether the signed-in role holds a right."""
        session = self.house.session
        return may(session.role if session is not None else Role.COORDINATOR, action)

    def locked(self) -> bool:
        """Whether a row is shown that this role may not change."""
        return any(not self.may_change(row) for row in self.rows())

    def register_words(self) -> str:
        """The till as it is called, and the market of today."""
        day = self.house.days.current()
        where = f" · {day.market} · {wording.day(day.business_date)}" if day is not None else ""
        return wording.register_word(self.house.register) + where

    def set(self, row: Row, value: str) -> str:
        """Change at once; returns what to say, empty when nothing changed."""
        before = self.value(row)
        if value == before:
            return ""
        self._put(row.name, value)
        self.before = (row.name, before)
        return tr("{setting} 바꿨어요", setting=row.title)

    def _put(self, name: str, value: str) -> None:
        if self.lent is not None:
            self.house.settings.set(name, value, self.lent)
        else:
            self.house.settings.set(name, value)

    def undo(self) -> tuple[str, str] | None:
        """Take the last change back; returns (name, value) that stands now."""
        if self.before is None:
            return None
        name, value = self.before
        self._put(name, value)
        self.before = None
        return name, value
