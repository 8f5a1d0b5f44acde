"""Decides on 물건 들고나기: who comes first, what the cells say, what is wrong with them, what the gap means."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_app.domain.catalogue import SoldBy
from pos_app.domain.errors import DomainError
from pos_app.domain.goods_balance import GoodsRow
from pos_app.domain.goods_sheet import (
    Column,
    Entry,
    SheetRow,
    after,
    rest_milli,
    short_and_over,
    wrong_column,
)
from pos_app.domain.hangul import search_key
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import tr
from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House

TABS: dict[str, tuple[Column, ...]] = {
    "in": ("brought",),
    "out": ("brought", "taken_home", "donated", "waste"),
    "count": ("counted",),
}
_NUMBER = re.compile(r"[0-9]{1,7}(\.[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the grid: texts by column, and which column is wrong."""

    product_id: str
    name: str
    price: str
    cells: dict[Column, str]
    brought: str
    sold: str
    should: str
    gap: str
    gap_won: str
    bad: Column | None
    short: bool


def parsed(text: str) -> int | None:
    """Thousandths of what was typed, None for what is no quantity."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not plain:
        return 0
    if not _NUMBER.fullmatch(plain):
        return None
    whole, _, rest = plain.partition(".")
    return int(whole) * 1000 + int(rest.ljust(3, "0") or "0")


class GoodsPresenter:
    """The list of vendors and one vendor's sheet; `load` and `load_sheet` are slow."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.overview: Any = None
        self.sheet: Any = None
        self.tab = "out"
        self.query = ""
        self.vendor = ""
        self.current: tuple[str, Column] | None = None
        self._typed: dict[tuple[str, Column], str] = {}
        self._batch = ""

    # reading

    def load(self) -> tuple[Any, Any]:
        """All vendors, and the sheet of the one chosen, or of the first."""
        overview = self._house.goods_sheets.overview()
        ids = [vendor.id for vendor in overview.vendors]
        chosen = self.vendor if self.vendor in ids else (ids[0] if ids else "")
        return overview, self._house.goods_sheets.sheet(chosen) if chosen else None

    def take(self, read: tuple[Any, Any]) -> None:
        """Keep what was read; what was typed of the same vendor stays."""
        self.overview, self.sheet = read
        vendor = self.sheet.vendor.id if self.sheet is not None else ""
        if vendor != self.vendor or not self._batch:
            self.forget()
        self.vendor = vendor

    def forget(self) -> None:
        """Nothing was typed yet; the next save is another batch."""
        self._typed.clear()
        self.current = None
        self._batch = self._house.goods_sheets.new_batch()

    @property
    def empty(self) -> bool:
        """No vendor takes part."""
        return self.overview is not None and not self.overview.vendors

    @property
    def dirty(self) -> bool:
        """Something was typed that is not saved."""
        return bool(self._typed)

    def choose(self, vendor_id: str) -> None:
        """Another vendor; read it with `load`."""
        self.vendor = vendor_id
        self._batch = ""

    # the list

    def vendors(self) -> list[RowView]:
        """Those that the search leaves."""
        key = search_key(self.query)
        return [
            RowView(
                v.id, v.name, self._sold_words(v.sold_permille), _gap(v), _state(v.state), v.booth, badge_below=False
            )
            for v in (self.overview.vendors if self.overview is not None else ())
            if key in search_key(v.name) or key in search_key(v.code)
        ]

    def title(self) -> str:
        """How many vendors."""
        count = len(self.overview.vendors) if self.overview is not None else 0
        return tr("업체 {count}곳", count=count)

    def market_words(self) -> str:
        """The market's sell-through."""
        return "" if self.overview is None else self._sold_words(self.overview.sold.permille)

    def _sold_words(self, permille: int | None) -> str:
        return "" if permille is None else tr("완판율 {percent}%", percent=permille // 10)

    # the sheet

    def heading(self) -> tuple[int, str, str]:
        """Booth, name, and who and how far sold."""
        if self.sheet is None:
            return 0, "", ""
        vendor = self.sheet.vendor
        more = [vendor.representative, self._sold_words(vendor.sold_permille)]
        return vendor.booth, vendor.name, " · ".join(each for each in more if each)

    def rows(self) -> list[Shown]:
        """The grid."""
        return [self._shown(row) for row in (self.sheet.rows if self.sheet is not None else ())]

    def _shown(self, row: SheetRow) -> Shown:
        goods, wrong = self._after(row), self.wrong(row)
        by = _by(row)
        columns: tuple[Column, ...] = ("brought", "taken_home", "donated", "waste", "counted")
        cells = {column: self.text(row, column) for column in columns}
        gap = goods.gap_milli
        return Shown(
            goods.product_id,
            goods.name,
            tr("{won}/{unit}", won=wording.won(goods.unit_price_won), unit=wording.counter(goods.unit)),
            cells,
            wording.pieces(goods.brought_milli),
            wording.pieces(goods.rung_milli),
            wording.counted(max(0, row.on_hand_milli), goods.unit, by),
            wording.pieces(gap) if gap <= 0 and gap else f"+{wording.pieces(gap)}" if gap else tr("맞음"),
            wording.signed(goods.gap_won),
            wrong[0] if wrong else None,
            gap != 0,
        )

    def text(self, row: SheetRow, column: Column) -> str:
        """What a cell says: as typed, else as it stands; a count that nobody made is blank."""
        typed = self._typed.get((row.goods.product_id, column))
        if typed is not None:
            return typed
        return "" if column == "counted" else wording.pieces(row.standing(column))

    def type(self, product_id: str, column: Column, text: str) -> None:
        """A cell was typed into."""
        row = self._row(product_id)
        same = column != "counted" and parsed(text) == row.standing(column)
        if same or (column == "counted" and not text.strip()):
            self._typed.pop((product_id, column), None)
        else:
            self._typed[product_id, column] = text

    def step(self, by: int) -> str:
        """The current cell by so many pieces; what it says then."""
        if self.current is None:
            return ""
        product_id, column = self.current
        row = self._row(product_id)
        now = parsed(self.text(row, column)) or 0
        self.type(product_id, column, wording.pieces(max(0, now + by * 1000)))
        return self.text(row, column)

    def all_left(self) -> str:
        """All that should still be there into the current cell."""
        if self.current is None:
            return ""
        product_id, column = self.current
        row = self._row(product_id)
        if column == "counted":
            value = max(0, row.on_hand_milli)
        else:
            value = rest_milli(row, self._entry(row), column) if column != "brought" else row.goods.brought_milli
        self.type(product_id, column, wording.pieces(value))
        return self.text(row, column)

    def _row(self, product_id: str) -> SheetRow:
        found: SheetRow = next(row for row in self.sheet.rows if row.goods.product_id == product_id)
        return found

    def _entry(self, row: SheetRow) -> Entry:
        said: dict[str, int | None] = {}
        for (product_id, column), text in self._typed.items():
            if product_id == row.goods.product_id:
                said[column] = parsed(text)
        return Entry(row.goods.product_id, **said)

    def _after(self, row: SheetRow) -> GoodsRow:
        return row.goods if self.wrong(row) else after(row, self._entry(row))

    def wrong(self, row: SheetRow) -> tuple[Column, str] | None:
        """The first cell of a row that can't be so, and why in a sentence."""
        for (product_id, column), text in self._typed.items():
            if product_id == row.goods.product_id and parsed(text) is None:
                return column, tr("{name}: 숫자로 적어요. 20이나 13.2처럼 적어요.", name=row.goods.name)
        found = wrong_column(row, self._entry(row))
        if found is None:
            return None
        column, refusal = found
        if refusal.code == "goods.more_than_brought":
            brought = parsed(self.text(row, "brought")) or 0
            count = wording.counted(brought, row.goods.unit, _by(row))
            what = wording.with_particle(column_word(column), "이/가")
            return column, tr("{what} 들어온 것보다 많아요 ({count}).", what=what, count=count)
        return column, sentence(refusal)

    def headline_won(self) -> int:
        """차이 금액: what is missing; with goods too many only, those."""
        short, over = short_and_over([self._after(row) for row in self.sheet.rows]) if self.sheet else (0, 0)
        return short or over

    def totals(self) -> tuple[str, str]:
        """How many products have a gap, and what both directions come to."""
        rows = [self._after(row) for row in self.sheet.rows] if self.sheet else []
        short, over = short_and_over(rows)
        count = sum(1 for row in rows if row.gap_milli)
        words = " / ".join(wording.signed(won) for won in (short, over) if won)
        return (tr("{count}가지", count=count) if count else tr("맞음")), words

    def story(self) -> tuple[str, str, str]:
        """(kind, title, sentence) of what is wrong, else of the gap in this row or the dearest, else that all is well."""
        for row in self.sheet.rows if self.sheet else ():
            wrong = self.wrong(row)
            if wrong is not None:
                return "danger", row.goods.name, wrong[1]
        gaps = [(self._after(row), row) for row in (self.sheet.rows if self.sheet else ())]
        gaps = sorted((each for each in gaps if each[0].gap_milli), key=lambda each: -abs(each[0].gap_won))
        if not gaps:
            return "ok", tr("들어온 것과 나간 것이 맞아요."), ""
        here = [each for each in gaps if self.current and each[1].goods.product_id == self.current[0]]
        return "warn", *_told(*(here or gaps)[0])

    def off_reason(self) -> str:
        """Why nothing can be saved."""
        if self.sheet is None:
            return tr("업체를 먼저 골라요.")
        kind, _, words = self.story()
        return words if kind == "danger" else ""

    def save(self) -> str:
        """Save and name the next vendor in the list (slow); "" when there is none left open."""
        if self.off_reason():
            raise DomainError("goods.sheet_cell", cell=self.heading()[1], text="")
        entries = [self._entry(row) for row in self.sheet.rows]
        if self.tab == "out":
            entries = [_with_home(entry, row) for entry, row in zip(entries, self.sheet.rows, strict=True)]
        self._house.goods_sheets.save(self._batch, self.sheet.day_id, entries, seen=self.tab == "out")
        return self._next()

    def _next(self) -> str:
        ids = [vendor.id for vendor in self.overview.vendors]
        at = ids.index(self.vendor) if self.vendor in ids else -1
        return ids[at + 1] if at + 1 < len(ids) else ""

    # proposals

    def from_file(self, path: Path) -> Any:
        """A look at a workbook (slow)."""
        return self._house.proposals.from_file(path)

    def from_last(self) -> Any:
        """A look at last time (slow)."""
        return self._house.proposals.from_last()

    def take_proposal(self, proposal: Any) -> str:
        """Save it (slow); the sentence for people."""
        made = self._house.proposals.take(self._house.goods_sheets.new_batch(), proposal)
        return tr("반입 {count}가지를 저장했어요.", count=made)

    def proposal_rows(self, proposal: Any) -> list[tuple[str, str, str, str]]:
        """(vendor, product, now, then) of what would change."""
        return [
            (line.vendor, line.name, wording.pieces(line.now_milli), wording.pieces(line.wanted_milli))
            for line in proposal.changes
        ]


def column_word(column: Column) -> str:
    """A column's head."""
    words = {
        "brought": tr("반입"),
        "taken_home": tr("반출"),
        "donated": tr("기부"),
        "waste": tr("폐기"),
        "counted": tr("센 것"),
    }
    return words[column]


def _with_home(entry: Entry, row: SheetRow) -> Entry:
    """Say 반출 also where it stays as it is: what is left was looked at."""
    home = row.goods.taken_home_milli if entry.taken_home is None else entry.taken_home
    return Entry(entry.product_id, entry.brought, home, entry.donated, entry.waste, entry.counted)


def _by(row: SheetRow) -> SoldBy:
    return SoldBy.WEIGHT if row.weighed else SoldBy.EACH


def _gap(vendor: Any) -> str:
    if vendor.state != "gap":
        return ""
    return tr("{amount}원", amount=wording.signed(vendor.short_won or vendor.over_won))


def _state(state: str) -> BadgeView | None:
    if state == "open":
        return BadgeView(tr("덜 셈"), "gray")
    if state == "even":
        return BadgeView(tr("맞음"), "ok")
    return None


def _told(goods: GoodsRow, row: SheetRow) -> tuple[str, str]:
    """The gap as a sentence."""
    by = _by(row)

    def say(milli: int) -> str:
        return wording.counted(abs(milli), goods.unit, by)

    out = goods.taken_home_milli + goods.donated_milli + goods.waste_milli + goods.missing_milli
    name = wording.with_particle(goods.name, "이/가")
    if goods.gap_milli < 0:
        title = tr("{name} {gap} 모자라요.", name=name, gap=say(goods.gap_milli))
    else:
        title = tr("{name} {gap} 남아요.", name=name, gap=say(goods.gap_milli))
    words = tr(
        "들어온 것 {brought}, 나간 것 {out}: {should} 팔렸어야 해요. 찍힌 것은 {rung}.",
        brought=say(goods.brought_milli),
        out=say(out),
        should=say(max(0, goods.should_have_sold_milli)),
        rung=say(goods.rung_milli),
    )
    return title, words
