"""Reads a market's workbook or CSV file: vendors, products, and every cell that needs a hand."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pos_app.domain.hangul import clean_name
from pos_app.i18n.texts import tr
from pos_app.importing import csv_file, xlsx_file
from pos_app.importing.columns import Kind, settle
from pos_app.importing.dates import date_in, market_in
from pos_app.importing.directory import Directory
from pos_app.importing.grid import Grid
from pos_app.importing.lines import ProductLine
from pos_app.importing.products import Stocked, lines_of, stock
from pos_app.importing.rows import BadCell, Workbook
from pos_app.importing.tables import Table, find_tables
from pos_app.importing.vendors import from_products, gather
from pos_app.importing.words import Field
from pos_app.runtime.faults import EnvironmentFault

MAX_FILE_BYTES = 50_000_000
_EXAMPLE = re.compile(
    r"예시|샘플|견본|sample|example|(?:작성|기재|입력)\s*(?:요령|방법|안내|예)", re.IGNORECASE
)
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(slots=True)
class Sorted:
    """The tables of all sheets by what they list."""

    vendors: list[Table] = field(default_factory=list)
    products: list[Table] = field(default_factory=list)
    unpriced: list[Table] = field(default_factory=list)
    warnings: list[BadCell] = field(default_factory=list)


def read(path: Path) -> Workbook:
    """All good rows of an XLSX or CSV file, whatever its name ends in.

    Raises EnvironmentFault where the file can't be opened, is too big, locked by a password, or no
    workbook at all. A readable file without any table comes back with `fatal` set.
    """
    grids = _grids(path)
    sorted_ = _sort([grid for grid in grids if not _is_aside(grid)])
    hidden = _sort([grid for grid in grids if _is_aside(grid)])
    if not sorted_.vendors and not sorted_.products:
        sorted_ = hidden
    else:
        for table in hidden.vendors + hidden.products:
            cell = table.grid.name(table.head_row, table.left)
            hidden_away = table.grid.hidden
            reason = (
                tr("숨긴 시트는 읽지 않았어요.") if hidden_away else tr("예시 시트로 보여 읽지 않았어요.")
            )
            sorted_.warnings.append(BadCell(cell, reason))
    if not sorted_.vendors and not sorted_.products:
        return _nothing(sorted_, grids)
    return _assemble(sorted_, grids, path)


def _is_aside(grid: Grid) -> bool:
    """Sheets that are no list of this market: hidden ones, and examples of how to fill in the form."""
    return grid.hidden or bool(_EXAMPLE.search(grid.sheet))


def _grids(path: Path) -> list[Grid]:
    try:
        with path.open("rb") as file:
            head = file.read(4)
            size = file.seek(0, 2)
            if size > MAX_FILE_BYTES:
                raise EnvironmentFault(
                    tr("파일이 너무 커요."), tr("그림과 쓰지 않는 시트를 지우고 다시 저장한 뒤 가져와요.")
                )
            file.seek(0)
            locked = head == _OLE and _ENCRYPTED in file.read()
        if head == _OLE:
            raise _old_excel(locked)
        return xlsx_file.read_grids(path) if head == _ZIP else csv_file.read_grids(path)
    except FileNotFoundError:
        raise EnvironmentFault(
            tr("파일을 찾을 수 없어요."), tr("파일이 있는 곳을 다시 골라 주세요.")
        ) from None
    except OSError as error:
        raise EnvironmentFault(
            tr("파일을 열 수 없어요."), tr("엑셀에서 열려 있으면 닫고 다시 가져와요."), retryable=True
        ) from error


def _old_excel(locked: bool) -> EnvironmentFault:
    if locked:
        return EnvironmentFault(
            tr("파일이 암호로 잠겨 있어요."), tr("엑셀에서 암호를 풀고 다시 저장한 뒤 가져와요.")
        )
    return EnvironmentFault(
        tr("옛 엑셀 파일(XLS)은 읽을 수 없어요."), tr("엑셀에서 XLSX로 다시 저장한 뒤 가져와요.")
    )


def _sort(grids: list[Grid]) -> Sorted:
    result = Sorted()
    for grid in grids:
        for table in find_tables(grid):
            kind, warnings = settle(table)
            if kind is Kind.VENDORS:
                result.vendors.append(table)
            elif kind is Kind.PRODUCTS:
                result.products.append(table)
            elif table.has(Field.PRODUCT_NAME):
                result.unpriced.append(table)
            if kind is not Kind.OTHER:
                result.warnings.extend(warnings)
    return result


def _nothing(sorted_: Sorted, grids: list[Grid]) -> Workbook:
    if sorted_.unpriced:
        table = sorted_.unpriced[0]
        cell = table.grid.name(table.first - 1, table.left)
        reason = tr("단가 열을 찾지 못했어요. 머리글에 '단가'를 적어 주세요.")
    else:
        cell = f"{grids[0].sheet}!A1" if grids else "A1"
        reason = tr("업체나 품목의 표를 찾지 못했어요. 머리글에 업체명, 품목명, 단가를 적어 주세요.")
    return Workbook((), (), (BadCell(cell, reason),), fatal=reason)


def _assemble(sorted_: Sorted, grids: list[Grid], path: Path) -> Workbook:
    alone = len(sorted_.products) <= 1
    if sorted_.vendors:
        gathered = gather(sorted_.vendors)
        directory = Directory(gathered.vendors, gathered.lost)
        lines = [(table, lines_of(table, directory, alone)) for table in sorted_.products]
    else:
        lines = [(table, lines_of(table, None, alone)) for table in sorted_.products]
        gathered = from_products((table, line) for table, own in lines for line in own)
        directory = Directory(gathered.vendors, gathered.lost)
    stocked = _stock(lines, directory)
    bad = gathered.bad + stocked.bad
    if not sorted_.products and sorted_.unpriced:
        table = sorted_.unpriced[0]
        bad.append(
            BadCell(
                table.grid.name(table.first - 1, table.left),
                tr("단가 열을 찾지 못했어요. 머리글에 '단가'를 적어 주세요."),
            )
        )
    title, told = _title(sorted_, grids)
    return Workbook(
        vendors=tuple(gathered.vendors),
        products=tuple(stocked.products),
        bad=tuple(dict.fromkeys(bad)),
        title=title,
        market_hint=market_in(title),
        date_hint=told or date_in(path.stem),
        warnings=tuple(dict.fromkeys(sorted_.warnings + gathered.warnings + stocked.warnings)),
    )


def _stock(lines: list[tuple[Table, list[ProductLine]]], directory: Directory) -> Stocked:
    stocked = Stocked()
    for table, own in lines:
        stock(table, own, directory, stocked)
    return stocked


def _title(sorted_: Sorted, grids: list[Grid]) -> tuple[str, str]:
    """The first text above a table, and the first date there or in the names of the sheets."""
    title = day = ""
    for table in sorted_.vendors + sorted_.products:
        for row in table.grid.rows[: table.head_row]:
            for value in row:
                if isinstance(value, str) and not title and not value.lstrip().startswith("※"):
                    title = clean_name(value)[:100]
                if isinstance(value, date) and not day:
                    day = value.isoformat()[:10]
                if isinstance(value, str) and not day:
                    day = date_in(value)
    return title, day or next((found for grid in grids if (found := date_in(grid.sheet))), "")
