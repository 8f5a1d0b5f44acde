"""Decides on 물건 들고나기: who comes first, what the cells say, what is wrong with them, what the gap means."""

from functools import partial
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
from pos_app.services.reporting import write
from pos_app.ui.models.items import RowView
from pos_app.ui.screens import wording
from pos_app.ui.screens.goods.cells import Shown, parsed
from pos_app.ui.screens.goods.words import (
    by_of,
    column_word,
    gap_words,
    state_badge,
    told,
    waste_reasons,
    why_words,
    with_home,
)
from pos_app.ui.screens.house import House


def _said(good: Any, milli: int) -> str:
    return wording.counted(milli, good.unit, SoldBy.WEIGHT if good.weighed else SoldBy.EACH)


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
        self._why: dict[str, str] = {}  # of what is thrown away, by product
        self._wasted: dict[str, str] = {}  # why, of what was thrown away before
        self._batch = ""

    # reading

    def load(self) -> tuple[Any, Any, dict[str, str]]:
        """All vendors, and the sheet of the one chosen, or of the first, with why goods were thrown away."""
        overview = self._house.goods_sheets.overview()
        ids = [vendor.id for vendor in overview.vendors]
        chosen = self.vendor if self.vendor in ids else (ids[0] if ids else "")
        if not chosen:
            return overview, None, {}
        wasted: dict[str, list[str]] = {}
        for each in self._house.goods_slips.wasted(chosen):
            wasted.setdefault(each.product_id, []).append(each.why or tr("까닭 없음"))
        why = {product: ", ".join(dict.fromkeys(words)) for product, words in wasted.items()}
        return overview, self._house.goods_sheets.sheet(chosen), why

    def take(self, read: tuple[Any, Any, dict[str, str]]) -> None:
        """Keep what was read; what was typed of the same vendor stays."""
        self.overview, self.sheet, self._wasted = read
        vendor = self.sheet.vendor.id if self.sheet is not None else ""
        if vendor != self.vendor or not self._batch:
            self.forget()
        self.vendor = vendor

    def forget(self) -> None:
        """Nothing was typed yet; the next save is another batch."""
        self._typed.clear()
        self._why.clear()
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
                v.id, v.name, self._sold_words(v.sold_permille), gap_words(v), state_badge(v.state), v.booth, badge_below=False
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
        by = by_of(row)
        columns: tuple[Column, ...] = ("brought", "taken_home", "donated", "waste", "counted")
        cells = {column: self.text(row, column) for column in columns}
        gap = goods.gap_milli
        return Shown(
            goods.product_id,
            goods.name,
            self._about(row),
            cells,
            wording.pieces(goods.brought_milli),
            wording.pieces(goods.rung_milli),
            wording.counted(max(0, row.on_hand_milli), goods.unit, by),
            wording.pieces(gap) if gap <= 0 and gap else f"+{wording.pieces(gap)}" if gap else tr("맞음"),
            wording.signed(goods.gap_won),
            wrong[0] if wrong else None,
            gap != 0,
        )

    def _about(self, row: SheetRow) -> str:
        """The price, and why some of it was thrown away."""
        goods = row.goods
        price = tr("{won}/{unit}", won=wording.won(goods.unit_price_won), unit=wording.counter(goods.unit))
        why = self._why.get(goods.product_id) or self._wasted.get(goods.product_id, "")
        return tr("{price} · 폐기: {why}", price=price, why=why) if why else price

    # why something is thrown away

    def asks_why(self) -> str:
        """The product of which more is thrown away in the current cell, "" where nobody asks why."""
        if self.current is None or self.current[1] != "waste" or self.tab != "out":
            return ""
        return self.current[0] if self._more_waste(self._row(self.current[0])) else ""

    def _more_waste(self, row: SheetRow) -> bool:
        typed = self._typed.get((row.goods.product_id, "waste"))
        return typed is not None and (parsed(typed) or 0) > row.goods.waste_milli

    def reasons(self) -> list[tuple[str, str]]:
        """Reasons as keys, the last one to be written."""
        own = self._why.get(self.current[0], "") if self.current else ""
        known = waste_reasons()
        return [*((words, words) for words in known), ("", own if own and own not in known else tr("다른 까닭"))]

    def why(self) -> str:
        """The reason that stands for the current product."""
        return self._why.get(self.current[0], "") if self.current else ""

    def say_why(self, words: str) -> None:
        """This is why it is thrown away."""
        if self.current is not None and words.strip():
            self._why[self.current[0]] = words.strip()

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
        why = self._why.get(row.goods.product_id, "")
        return Entry(
            row.goods.product_id, said.get("brought"), said.get("taken_home"), said.get("donated"),
            said.get("waste"), said.get("counted"), why,
        )  # fmt: skip

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
            count = wording.counted(brought, row.goods.unit, by_of(row))
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
        return "warn", *told(*(here or gaps)[0])

    def off_reason(self) -> str:
        """Why nothing can be saved."""
        if self.sheet is None:
            return tr("업체를 먼저 골라요.")
        kind, _, words = self.story()
        if kind == "danger":
            return words
        for row in self.sheet.rows:
            if self._more_waste(row) and not self._why.get(row.goods.product_id):
                return tr("{name}: 왜 버리는지 골라요.", name=row.goods.name)
        return ""

    def save(self) -> str:
        """Save and name the next vendor in the list (slow); "" when there is none left open."""
        if self.off_reason():
            raise DomainError("goods.sheet_cell", cell=self.heading()[1], text="")
        entries = [self._entry(row) for row in self.sheet.rows]
        if self.tab == "out":
            entries = [with_home(entry, row) for entry, row in zip(entries, self.sheet.rows, strict=True)]
        self._house.goods_sheets.save(self._batch, self.sheet.day_id, entries, seen=self.tab == "out")
        return self._next()

    def _next(self) -> str:
        ids = [vendor.id for vendor in self.overview.vendors]
        at = ids.index(self.vendor) if self.vendor in ids else -1
        return ids[at + 1] if at + 1 < len(ids) else ""

    # papers and what to bring next time

    def slip(self) -> Any:
        """판매자 인계증 of the tab looked at (slow)."""
        return self._house.goods_slips.document(self.vendor, "brought" if self.tab == "in" else "taken_home")

    def slip_pdf(self, path: Path) -> str:
        """Write it as PDF (slow); the sentence for people. Raises EnvironmentFault."""
        data = self._house.goods_slips.pdf(self.vendor, "brought" if self.tab == "in" else "taken_home")
        write(path, data)
        return tr("인계증을 저장했어요.")

    def print_slip(self) -> str:
        """Queue it; the sentence for people."""
        self._house.papers.print_document(self.slip(), "handoff")
        return tr("인계증을 인쇄기로 보냈어요.")

    def suggestions(self) -> list[tuple[str, str, int, str]]:
        """(product, name, thousandths, why) for the vendor's next market day (slow)."""
        return [
            (each.product_id, each.name, each.why.quantity_milli, why_words(each.why, partial(_said, each)))
            for each in self._house.goods_sheets.suggest(self.vendor)
        ]

    def bring(self, wanted: list[tuple[str, str, int, str]]) -> None:
        """Write what is suggested into the cells of 반입; nothing is saved."""
        self.tab = "in"
        known = {row.goods.product_id for row in self.sheet.rows} if self.sheet else set()
        for product_id, _, milli, _ in wanted:
            if product_id in known:
                self.type(product_id, "brought", wording.pieces(milli))

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
