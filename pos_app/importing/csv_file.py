"""CSV files as grids: UTF-8 with or without BOM, UTF-16 and CP949; commas, tabs or semicolons."""

import csv
import io
import re
from pathlib import Path

from pos_app.i18n.texts import tr
from pos_app.importing.grid import MAX_COLUMNS, MAX_ROWS, Grid, Value, plain
from pos_app.importing.xlsx_file import broken_file, too_many_rows
from pos_app.runtime.faults import EnvironmentFault

_SEPARATORS = ",\t;|"
_TEXT_NUMBER = re.compile(r'="([^"]*)"')  # how some programs keep Excel from eating leading zeros
_SEP_LINE = re.compile(r"sep=(.)\r?\n")


def read_grids(path: Path) -> list[Grid]:
    """One grid named after the file. Raises EnvironmentFault where the bytes are no readable text."""
    return [grid_of(decode(path.read_bytes()), path.stem)]


def decode(data: bytes) -> str:
    """Text of a Korean CSV file; raises EnvironmentFault where no encoding fits."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp949"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise EnvironmentFault(
        tr("파일의 글자를 읽을 수 없어요."), tr("엑셀에서 'CSV UTF-8' 또는 XLSX로 다시 저장한 뒤 가져와요.")
    )


def grid_of(text: str, name: str) -> Grid:
    """The records as rows; a blank line counts as a row, as in a spreadsheet."""
    if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html", "<table", "<?xml")):
        raise broken_file()
    separator, text = _separator(text)
    grid = Grid(name, [])
    used = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            line = [_value(cell) for cell in record[:MAX_COLUMNS]]
            while line and line[-1] is None:
                line.pop()
            grid.rows.append(line)
            used += bool(line)
            if used > MAX_ROWS or len(grid.rows) > MAX_ROWS * 4:
                raise too_many_rows()
    except csv.Error as error:
        raise broken_file() from error
    return grid


def _value(cell: str) -> Value:
    quoted = _TEXT_NUMBER.fullmatch(cell.strip())
    return plain(quoted[1] if quoted else cell)


def _separator(text: str) -> tuple[str, str]:
    told = _SEP_LINE.match(text)
    if told and told[1] in _SEPARATORS:
        return told[1], text[told.end() :]
    head = text.splitlines()[:30]
    return max(_SEPARATORS, key=lambda mark: max((line.count(mark) for line in head), default=0)), text
