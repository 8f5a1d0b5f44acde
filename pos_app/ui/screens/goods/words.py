"""Words of a goods sheet: column heads, gaps as sentences, reasons, why a quantity is suggested."""

from dataclasses import replace
from typing import Any

from pos_app.domain.catalogue import SoldBy
from pos_app.domain.goods_balance import GoodsRow
from pos_app.domain.goods_sheet import Column, Entry, SheetRow
from pos_app.i18n.texts import tr
from pos_app.ui.models.items import BadgeView
from pos_app.ui.screens import wording


def waste_reasons() -> list[str]:
    """Why goods are thrown away, as people say it."""
    return [tr("물러짐"), tr("깨짐"), tr("시식"), tr("기한 지남")]


def why_words(why: Any, said: Any) -> str:
    """Why so much is suggested: how it sold before, and what was added to it."""
    words = tr(
        "지난 {days}번 장터에서 평균 {average} 팔렸어요.", days=why.days, average=said(why.average_milli)
    )
    if why.extra_percent:
        more = tr(
            "{count}번은 다 팔려서 {percent}% 더했어요.", count=why.sold_out_days, percent=why.extra_percent
        )
        words = f"{words} {more}"
    return words


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


def with_home(entry: Entry, row: SheetRow) -> Entry:
    """Say 반출 also where it stays as it is: what is left was looked at."""
    home = row.goods.taken_home_milli if entry.taken_home is None else entry.taken_home
    return replace(entry, taken_home=home)


def by_of(row: SheetRow) -> SoldBy:
    return SoldBy.WEIGHT if row.weighed else SoldBy.EACH


def gap_words(vendor: Any) -> str:
    if vendor.state != "gap":
        return ""
    return tr("{amount}원", amount=wording.signed(vendor.short_won or vendor.over_won))


def state_badge(state: str) -> BadgeView | None:
    if state == "open":
        return BadgeView(tr("덜 셈"), "gray")
    if state == "even":
        return BadgeView(tr("맞음"), "ok")
    return None


def told(goods: GoodsRow, row: SheetRow) -> tuple[str, str]:
    """The gap as a sentence."""
    by = by_of(row)

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
