"""Goods in, out, counted and thrown away from the terminal; what they should come to."""

import re
from pathlib import Path
from typing import Any

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, give, give_json, say
from pos_app.domain.errors import DomainError
from pos_app.domain.goods_balance import GoodsRow
from pos_app.domain.market_day import parse_business_date
from pos_app.domain.stock import MovementReason
from pos_app.i18n.formats import quantity_plain, won
from pos_app.i18n.texts import tr
from pos_app.importing import csv_file
from pos_app.importing.grid import Value
from pos_app.services.goods_sheets import GoodsSheets
from pos_app.services.house import House

_MOVES = {
    "in": MovementReason.BROUGHT,
    "out": MovementReason.TAKEN_HOME,
    "waste": MovementReason.WASTE,
    "count": MovementReason.COUNT,
}
_HEADS = {
    "product": ("품목코드", "품목", "품목명", "product", "code"),
    "quantity": ("수량", "quantity"),
    "vendor": ("업체코드", "업체", "업체명", "vendor"),
}
_NUMBER = re.compile(r"-?[0-9]{1,7}(\.[0-9]{1,3})?")


def stock(context: Context) -> int:
    """One step of goods in and out."""
    step = context.args.step
    with context.house(acting=step in _MOVES) as house:
        if step in _MOVES:
            return _move(context, house, _MOVES[step])
        return {"balance": _balance, "sheet": _sheet, "suggest": _suggest}[step](context, house)


def _move(context: Context, house: House, reason: MovementReason) -> int:
    args, sheets = context.args, house.goods_sheets
    vendor = sheets.find_vendor(args.vendor) if args.vendor else ""
    if args.file:
        lines = _read(Path(args.file), sheets, vendor)
    elif args.product and args.quantity is not None:
        lines = [(sheets.find_product(args.product, vendor), _milli(args.quantity, "--quantity"))]
    else:
        raise DomainError("goods.nothing_said")
    made = sheets.move(args.batch or sheets.new_batch(), reason, lines, args.note)
    if context.json:
        give_json({"moved": made, "products": len({product for product, _ in lines})})
    else:
        say(tr("물건 {count}가지를 저장했어요.", count=made))
    return DONE


def _read(path: Path, sheets: GoodsSheets, vendor: str) -> list[tuple[str, int]]:
    """(product id, thousandths) of a CSV with 품목 and 수량; every column must be known."""
    try:
        (grid,) = csv_file.read_grids(path)
    except OSError:
        raise DomainError("goods.sheet_head", file=path.name) from None
    rows = [(number, row) for number, row in enumerate(grid.rows, 1) if row]
    places = _places(rows[0][1] if rows else [])
    if "product" not in places or "quantity" not in places:
        raise DomainError("goods.sheet_head", file=path.name)
    lines = []
    for number, row in rows[1:]:
        said = {name: _text(row, place) for name, place in places.items()}
        owner = sheets.find_vendor(said["vendor"]) if said.get("vendor") else vendor
        cell = tr("{line}번째 줄", line=number)
        lines.append((sheets.find_product(said["product"], owner), _milli(said["quantity"], cell)))
    if not lines:
        raise DomainError("goods.nothing_said")
    return lines


def _places(head: list[Value]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, value in enumerate(head):
        word = str(value or "").strip().lower()
        name = next((name for name, words in _HEADS.items() if word in words), "")
        if word and not name:
            raise DomainError("goods.unknown_column", text=word[:40])
        if name:
            found.setdefault(name, place)
    return found


def _text(row: list[Value], place: int) -> str:
    value = row[place] if place < len(row) else None
    return "" if value is None else str(value).strip()


def _milli(text: str, cell: str) -> int:
    plain = text.replace(",", "").strip()
    if not _NUMBER.fullmatch(plain):
        raise DomainError("goods.sheet_cell", cell=cell, text=text[:40])
    sign, plain = (-1, plain[1:]) if plain.startswith("-") else (1, plain)
    whole, _, rest = plain.partition(".")
    return sign * (int(whole) * 1000 + int(rest.ljust(3, "0") or "0"))


def _row(row: GoodsRow) -> dict[str, Any]:
    return {
        "product_id": row.product_id,
        "product": row.name,
        "unit": row.unit,
        "brought_milli": row.brought_milli,
        "taken_home_milli": row.taken_home_milli,
        "donated_milli": row.donated_milli,
        "waste_milli": row.waste_milli,
        "missing_milli": row.missing_milli,
        "rung_milli": row.rung_milli,
        "should_have_sold_milli": row.should_have_sold_milli,
        "gap_milli": row.gap_milli,
        "gap_won": row.gap_won,
    }


def _balance(context: Context, house: House) -> int:
    date = parse_business_date(context.args.date) if context.args.date else None
    _, balances = house.goods_sheets.balance(date)
    sold, by_vendor = house.goods_sheets.sell_through(date)
    shares = {vendor: each.permille for vendor, each in by_vendor}
    names = {vendor.id: vendor.name for vendor in house.goods_sheets.overview().vendors}
    if context.json:
        vendors = [
            {
                "vendor_id": each.vendor_id,
                "vendor": names.get(each.vendor_id, ""),
                "short_won": each.short_won,
                "over_won": each.over_won,
                "missing_won": each.missing_won,
                "balances": each.balances,
                "sell_through_permille": shares.get(each.vendor_id),
                "products": [_row(row) for row in each.rows],
            }
            for each in balances
        ]
        give_json({"vendors": vendors, "sell_through_permille": sold.permille})
        return DONE
    for each in balances:
        words = tr("맞아요") if each.balances else _gap_words(each.short_won, each.over_won)
        give(f"{names.get(each.vendor_id, '')}: {words}")
        for row in each.rows:
            if row.gap_milli:
                side = tr("모자라요") if row.gap_milli < 0 else tr("남아요")
                give(f"  {row.name} {quantity_plain(abs(row.gap_milli))} {side} ({won(row.gap_won)})")
    if sold.permille is not None:
        say(tr("완판율 {percent}%", percent=sold.permille // 10))
    return DONE


def _gap_words(short_won: int, over_won: int) -> str:
    parts = [tr("모자라요 {won}", won=won(short_won))] if short_won else []
    return ", ".join([*parts, *([tr("남아요 {won}", won=won(over_won))] if over_won else [])]) or tr("값 없는 차이")


def _sheet(context: Context, house: House) -> int:
    found = house.goods_sheets.sheet(house.goods_sheets.find_vendor(context.args.vendor))
    if context.json:
        products = [{**_row(row.goods), "on_hand_milli": row.on_hand_milli} for row in found.rows]
        give_json({"vendor": found.vendor.name, "state": found.vendor.state, "products": products})
        return DONE
    give(found.vendor.name)
    for row in found.rows:
        goods = row.goods
        parts = (
            (tr("반입"), goods.brought_milli),
            (tr("판매"), goods.rung_milli),
            (tr("반출"), goods.taken_home_milli),
            (tr("기부"), goods.donated_milli),
            (tr("폐기"), goods.waste_milli),
            (tr("남은 것"), row.on_hand_milli),
        )
        give(f"  {goods.name}: " + ", ".join(f"{word} {quantity_plain(milli)}" for word, milli in parts))
    return DONE


def _suggest(context: Context, house: House) -> int:
    sheets = house.goods_sheets
    vendor = sheets.find_vendor(context.args.vendor) if context.args.vendor else ""
    found = sheets.suggest(vendor)
    if context.json:
        give_json(
            {
                "suggestions": [
                    {
                        "product_id": each.product_id,
                        "product": each.name,
                        "vendor_id": each.vendor_id,
                        "quantity_milli": each.why.quantity_milli,
                        "days": each.why.days,
                        "average_milli": each.why.average_milli,
                        "sold_out_days": each.why.sold_out_days,
                        "extra_percent": each.why.extra_percent,
                    }
                    for each in found
                ]
            }
        )
        return DONE
    for each in found:
        why = tr(
            "지난 {days}번에 하루 {average}씩 팔렸어요.",
            days=each.why.days,
            average=quantity_plain(each.why.average_milli),
        )
        if each.why.extra_percent:
            more = tr(
                "{days}번은 다 팔려서 {percent}% 더해요.",
                days=each.why.sold_out_days,
                percent=each.why.extra_percent,
            )
            why = f"{why} {more}"
        give(f"{each.name}: {quantity_plain(each.why.quantity_milli)}. {why}")
    if not found:
        say(tr("지난 장터의 반입이 아직 없어요."))
    return DONE
