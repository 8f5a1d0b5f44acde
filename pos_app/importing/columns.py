"""From heads to fields: doubtful columns are settled by what stands in them."""

import re
from collections.abc import Callable
from enum import StrEnum

from pos_app.i18n.texts import tr
from pos_app.importing.cells import folded
from pos_app.importing.grid import Value
from pos_app.importing.kinds import ENTERPRISE_WORDS, MODE_WORDS, TAX_CLASS_WORDS, TAX_KIND_WORDS, WAY_WORDS
from pos_app.importing.numbers import looks_like_barcode
from pos_app.importing.rows import BadCell
from pos_app.importing.tables import Table, is_number_like
from pos_app.importing.words import VENDOR_FIELDS, WORDS, Field

SAMPLE = 60
_PRICES = WORDS[Field.PRICE].split()
_SPECIAL, _MONEY = _PRICES.index("특가"), _PRICES.index("금액")
Ranked = dict[Field, list[tuple[int, int]]]
_CLASSES = re.compile(r"^(?:농가|가공|기업|농업|축산|수산|임산|공예|법인|개인|일반).{0,4}$")


class Kind(StrEnum):
    """What a table lists."""

    VENDORS = "vendors"
    PRODUCTS = "products"
    OTHER = "other"


def settle(table: Table) -> tuple[Kind, list[BadCell]]:
    """Fill `table.columns`; the kind of the table, and warnings about columns that were guessed."""
    ranked: Ranked = {}
    for column, (what, rank) in table.found.items():
        ranked.setdefault(what, []).append((rank, column))
    warnings: list[BadCell] = []
    _settle_names(table, ranked, warnings)
    kind = _kind(ranked)
    _settle_codes(table, ranked, kind)
    if kind is Kind.VENDORS:
        _settle_vendor_kinds(table, ranked)
    else:
        _settle_product_kinds(table, ranked)
    _keep_one_price(ranked)
    table.columns = {what: tuple(column for _, column in sorted(places)) for what, places in ranked.items()}
    return kind, warnings


def _keep_one_price(ranked: Ranked) -> None:
    """A blank special price falls back to the usual one; other columns of money are never a price."""
    prices = sorted(ranked.get(Field.PRICE, []))
    if len(prices) > 1:
        special = prices[0][0] <= _SPECIAL
        ranked[Field.PRICE] = [place for place in prices if special and place[0] < _MONEY] or prices[:1]


def _kind(ranked: Ranked) -> Kind:
    about_vendors = sum(1 for what in ranked if what in VENDOR_FIELDS)
    if Field.PRODUCT_NAME in ranked and Field.PRICE in ranked:
        return Kind.PRODUCTS
    if Field.VENDOR_NAME in ranked and Field.PRICE not in ranked and about_vendors + _coded(ranked):
        return Kind.VENDORS
    return Kind.OTHER


def _coded(ranked: Ranked) -> int:
    """Codes and kinds make a list of names a vendor list, unless it lists goods."""
    hints = {Field.VENDOR_CODE, Field.CODE, Field.KIND, Field.TAX_CLASS} & set(ranked)
    return int(bool(hints) and Field.PRODUCT_NAME not in ranked)


def _settle_names(table: Table, ranked: Ranked, warnings: list[BadCell]) -> None:
    priced = Field.PRICE in ranked
    if Field.NAME in ranked:
        if priced and Field.PRODUCT_NAME not in ranked:
            _move(ranked, Field.NAME, Field.PRODUCT_NAME)
        elif Field.VENDOR_NAME not in ranked:
            _move(ranked, Field.NAME, Field.VENDOR_NAME)
        else:
            del ranked[Field.NAME]
    if Field.VENDOR_NAME not in ranked and Field.BUSINESS_NO in ranked:
        column = ranked[Field.BUSINESS_NO][0][1]
        if not _mostly(table, column, lambda text: bool(re.search(r"[0-9]{2}", text))):
            _move(ranked, Field.BUSINESS_NO, Field.VENDOR_NAME)
    if Field.VENDOR_NAME not in ranked and Field.PRODUCT_NAME not in ranked and Field.COOPERATIVE in ranked:
        _move(ranked, Field.COOPERATIVE, Field.VENDOR_NAME)
    names = sorted(ranked.get(Field.PRODUCT_NAME, []))
    if len(names) > 1:  # 품목 beside 품명: the vaguer one is the group
        ranked[Field.PRODUCT_NAME] = names[:1]
        ranked.setdefault(Field.CATEGORY, []).extend(names[1:])
    if priced and Field.PRODUCT_NAME not in ranked:
        _guess(table, ranked, Field.PRODUCT_NAME, warnings)
    if Field.PRODUCT_NAME in ranked and not priced and not set(ranked) & VENDOR_FIELDS:
        _guess(table, ranked, Field.PRICE, warnings)


def _guess(table: Table, ranked: Ranked, what: Field, warnings: list[BadCell]) -> None:
    """Take the only column without a known head that can hold the field."""
    known = set(table.found)
    fits = _is_price_column if what is Field.PRICE else _is_name_column
    columns = [c for c in range(table.left, table.right + 1) if c not in known and fits(table, c)]
    if len(columns) != 1:
        return
    ranked[what] = [(0, columns[0])]
    cell = table.grid.name(table.first - 1, columns[0])
    head = table.heads.get(columns[0], "")
    if what is Field.PRICE:
        warnings.append(BadCell(cell, tr("'{head}' 열을 단가로 읽었어요.", head=head)))
    else:
        warnings.append(BadCell(cell, tr("'{head}' 열을 품목명으로 읽었어요.", head=head)))


def _is_price_column(table: Table, column: int) -> bool:
    values = _sample(table, column)
    amounts = [v for v in values if isinstance(v, int) and not isinstance(v, bool) and 100 <= v < 10_000_000]
    return len(values) >= 2 and len(amounts) * 10 >= len(values) * 8


def _is_name_column(table: Table, column: int) -> bool:
    values = _sample(table, column)
    texts = {v for v in values if isinstance(v, str) and not is_number_like(v)}
    return len(values) >= 2 and len(texts) * 10 >= len(values) * 8


def _settle_codes(table: Table, ranked: Ranked, kind: Kind) -> None:
    if Field.CODE in ranked:
        own = Field.VENDOR_CODE if kind is Kind.VENDORS else Field.PRODUCT_CODE
        other = Field.PRODUCT_CODE if kind is Kind.VENDORS else Field.VENDOR_CODE
        _move(ranked, Field.CODE, own if own not in ranked else other)
    own = Field.VENDOR_CODE if kind is Kind.VENDORS else Field.PRODUCT_CODE
    if own not in ranked and Field.SERIAL in ranked:
        column = ranked[Field.SERIAL][0][1]
        if _mostly(
            table, column, lambda text: bool(re.fullmatch(r"(?=.*[a-z가-힣])(?=.*[0-9])[\w-]{2,20}", text))
        ):
            _move(ranked, Field.SERIAL, own)
    if kind is Kind.PRODUCTS and Field.BARCODE not in ranked and Field.PRODUCT_CODE in ranked:
        column = sorted(ranked[Field.PRODUCT_CODE])[0][1]
        values = _sample(table, column)
        if values and sum(map(looks_like_barcode, values)) * 10 >= len(values) * 6:
            _move(ranked, Field.PRODUCT_CODE, Field.BARCODE)


def _settle_vendor_kinds(table: Table, ranked: Ranked) -> None:
    for what in (Field.KIND, Field.CATEGORY, Field.TAX_CLASS, Field.ENTERPRISE_KIND, Field.VENDOR_CLASS,
                 Field.TAX_KIND, Field.CERTIFICATE):  # fmt: skip
        for place in list(ranked.get(what, ())):
            target = _vendor_target(table, what, place[1])
            if target is not what and (target not in ranked or what in (Field.KIND, Field.TAX_CLASS)):
                _move_one(ranked, what, target, place)
    if Field.WAY in ranked:
        _move(ranked, Field.WAY, Field.SALE_MODE)


def _vendor_target(table: Table, what: Field, column: int) -> Field:
    if _mostly(table, column, lambda text: bool(TAX_KIND_WORDS.search(text))) or (
        what in (Field.TAX_CLASS, Field.TAX_KIND) and not _enterprise(table, column)
    ):
        return Field.TAX_KIND
    if what is Field.CERTIFICATE:
        return what
    if _enterprise(table, column):
        return Field.ENTERPRISE_KIND
    if what is Field.ENTERPRISE_KIND and _mostly(table, column, lambda text: bool(_CLASSES.match(text))):
        return Field.VENDOR_CLASS
    return Field.VENDOR_CLASS if what is Field.KIND else what


def _enterprise(table: Table, column: int) -> bool:
    return _mostly(table, column, lambda text: bool(ENTERPRISE_WORDS.search(text)))


def _settle_product_kinds(table: Table, ranked: Ranked) -> None:
    for what in (Field.TAX_KIND, Field.KIND, Field.CATEGORY):
        for place in list(ranked.get(what, ())):
            target = _product_target(table, what, place[1], ranked)
            if target is not what:
                _move_one(ranked, what, target, place)
    if Field.WAY in ranked:
        column = ranked[Field.WAY][0][1]
        modes = _mostly(table, column, lambda text: bool(MODE_WORDS.search(text)))
        _move(ranked, Field.WAY, Field.SALE_MODE if modes else Field.SOLD_BY)


def _product_target(table: Table, what: Field, column: int, ranked: Ranked) -> Field:
    taxed = _mostly(table, column, lambda text: bool(TAX_CLASS_WORDS.search(text)))
    if taxed and Field.TAX_CLASS not in ranked:
        return Field.TAX_CLASS
    if what is not Field.KIND:
        return what
    if _mostly(table, column, lambda text: bool(WAY_WORDS.search(text))) and Field.SOLD_BY not in ranked:
        return Field.SOLD_BY
    if _enterprise(table, column) and Field.ENTERPRISE_KIND not in ranked:
        return Field.ENTERPRISE_KIND
    if (
        _mostly(table, column, lambda text: bool(TAX_KIND_WORDS.search(text)))
        and Field.TAX_KIND not in ranked
    ):
        return Field.TAX_KIND
    return Field.CATEGORY


def _move(ranked: Ranked, source: Field, target: Field) -> None:
    ranked.setdefault(target, []).extend((rank + 1000, column) for rank, column in ranked.pop(source))


def _move_one(ranked: Ranked, source: Field, target: Field, place: tuple[int, int]) -> None:
    ranked[source].remove(place)
    if not ranked[source]:
        del ranked[source]
    ranked.setdefault(target, []).append((place[0] + 1000, place[1]))


def _sample(table: Table, column: int) -> list[Value]:
    values: list[Value] = []
    for row in range(table.first, table.end):
        value = table.grid.value(row, column)
        if value is not None:
            values.append(value)
            if len(values) >= SAMPLE:
                break
    return values


def _mostly(table: Table, column: int, fits: Callable[[str], bool]) -> bool:
    values = _sample(table, column)
    hits = sum(1 for value in values if fits(folded(str(value))))
    return bool(values) and hits * 10 >= len(values) * 6
