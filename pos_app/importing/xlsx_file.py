"""XLSX files as grids: bounded, streamed, merged cells and unreckoned formulas found."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, iterparse

from pos_app.i18n.texts import tr
from pos_app.importing.grid import BLANK_RUN, MAX_COLUMNS, MAX_ROWS, Broken, Grid, Merge, plain, spread
from pos_app.runtime.faults import EnvironmentFault

MAX_UNPACKED_BYTES = 120_000_000
MAX_PARTS = 2_000
MAX_SHEETS = 60
MAX_MERGES = 20_000
_FORMULA_OR_MERGE = re.compile(rb"<(?:\w+:)?(?:f[ >/]|mergeCell )")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def broken_file() -> EnvironmentFault:
    """The fault of a file that is no readable workbook."""
    return EnvironmentFault(
        tr("엑셀 파일을 읽을 수 없어요."),
        tr("파일이 깨졌거나 엑셀 파일이 아니에요. 엑셀에서 열어 XLSX로 다시 저장한 뒤 가져와요."),
    )


def too_many_rows() -> EnvironmentFault:
    """The fault of a file beyond the bounds."""
    return EnvironmentFault(
        tr("파일에 줄이 너무 많아요."),
        tr("한 파일에서 {count}줄까지 읽을 수 있어요. 파일을 나누어 가져와요.", count=f"{MAX_ROWS:,}"),
    )


def read_grids(path: Path) -> list[Grid]:
    """The sheets of a workbook in their order, hidden ones marked.

    Raises EnvironmentFault for a broken, oversized or foreign file.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(path) as archive:
            _check_bounds(archive)
            return _sheets(file, archive)
    except EnvironmentFault:
        raise
    except MemoryError:
        raise too_many_rows() from None
    except Exception as error:  # whatever bytes a stranger's file holds, it is the file that is wrong
        raise broken_file() from error


def _check_bounds(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "mimetype" in names or "Index/Document.iwa" in names or "xl/workbook.bin" in names:
        raise EnvironmentFault(
            tr("이 파일 종류는 읽을 수 없어요."), tr("엑셀에서 XLSX로 다시 저장한 뒤 가져와요.")
        )
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise EnvironmentFault(
            tr("파일이 너무 커요."), tr("그림과 쓰지 않는 시트를 지우고 다시 저장한 뒤 가져와요.")
        )


def _sheets(file: IO[bytes], archive: zipfile.ZipFile) -> list[Grid]:
    import openpyxl  # lazy: only an import needs it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of no use here: styles and validations that are not kept
        return _read_sheets(openpyxl, file, archive)


def _read_sheets(openpyxl: Any, file: IO[bytes], archive: zipfile.ZipFile) -> list[Grid]:
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        grids: list[Grid] = []
        rows_left = MAX_ROWS
        for sheet in book.worksheets[:MAX_SHEETS]:
            part = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
            grid = Grid(sheet.title.strip(), [], hidden=sheet.sheet_state != "visible")
            rows_left -= _fill(grid, sheet, rows_left)
            if part in archive.NameToInfo:
                merges, unreckoned = _scan(archive, part)
                _mark(grid, unreckoned)
                spread(grid, merges)
            grids.append(grid)
        return grids
    finally:
        book.close()


def _fill(grid: Grid, sheet: Any, rows_left: int) -> int:
    """Read the sheet's rows; the number of rows that hold anything."""
    sheet.reset_dimensions()  # other programs write wrong ones
    used = blank = 0
    for cells in sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True):
        line = [plain(value) for value in cells]
        while line and line[-1] is None:
            line.pop()
        grid.rows.append(line)
        if line:
            used, blank = used + 1, 0
            if used > rows_left:
                raise too_many_rows()
        else:
            blank += 1
            if blank >= BLANK_RUN:
                break
    while grid.rows and not grid.rows[-1]:
        grid.rows.pop()
    return used


def _mark(grid: Grid, unreckoned: list[tuple[int, int]]) -> None:
    for row, column in unreckoned:
        if row < len(grid.rows) + BLANK_RUN and column < MAX_COLUMNS:
            while row >= len(grid.rows):
                grid.rows.append([])
            line = grid.rows[row]
            line.extend([None] * (column + 1 - len(line)))
            if line[column] is None:
                line[column] = Broken("formula")


def _scan(archive: zipfile.ZipFile, part: str) -> tuple[list[Merge], list[tuple[int, int]]]:
    """Merged areas and formula cells without a kept result; (rows, columns) counted from 0."""
    with archive.open(part) as file:
        if not _worth_scanning(file):
            return [], []
    merges: list[Merge] = []
    unreckoned: list[tuple[int, int]] = []
    with archive.open(part) as file:
        try:
            _walk(file, merges, unreckoned)
        except ParseError:
            return merges, unreckoned  # the values were read; what the tail would add is only comfort
    return merges, unreckoned


def _worth_scanning(file: IO[bytes]) -> bool:
    tail = b""
    while chunk := file.read(1 << 20):
        if _FORMULA_OR_MERGE.search(tail + chunk):
            return True
        tail = chunk[-32:]
    return False


def _walk(file: IO[bytes], merges: list[Merge], unreckoned: list[tuple[int, int]]) -> None:
    row, column = -1, -1
    data: Element | None = None
    for event, element in iterparse(file, events=("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            if tag == "sheetData":
                data = element
            elif tag == "row":
                row, column = _number(element.get("r"), row + 1), -1
            elif tag == "c":
                place = _place(element.get("r", ""))
                row, column = place if place else (row, column + 1)
        elif tag == "c":
            if len(unreckoned) < MAX_ROWS and _is_unreckoned(element):
                unreckoned.append((row, column))
            element.clear()
        elif tag == "row" and data is not None:
            data.clear()  # a million formatted rows must not pile up
        elif tag == "mergeCell" and len(merges) < MAX_MERGES:
            merges.extend(_area(element.get("ref", "")))


def _is_unreckoned(cell: Element) -> bool:
    """A formula whose result was never kept; a kept empty text (t="str") is a result."""
    parts = {child.tag.rpartition("}")[2]: child for child in cell}
    if "f" not in parts or "is" in parts or cell.get("t") == "str":
        return False
    return "v" not in parts or not parts["v"].text


def _number(text: str | None, otherwise: int) -> int:
    return int(text) - 1 if text and text.isdigit() and len(text) <= 7 else otherwise


def _place(text: str) -> tuple[int, int] | None:
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _area(ref: str) -> Iterator[Merge]:
    first, _, last = ref.partition(":")
    start, end = _place(first), _place(last)
    if start and end and start[1] < MAX_COLUMNS:
        yield start[0], start[1], end[0], end[1]
