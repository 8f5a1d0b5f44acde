"""A market's workbook and order sheet read plainly with openpyxl: what the reckoning starts from."""

import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from tests.scenarios.reckoning import Ware


@dataclass(frozen=True, slots=True)
class Firm:
    """A row of 참여업체."""

    name: str
    certificate: str
    class_: str
    cooperative: str
    general: bool


@dataclass(frozen=True, slots=True)
class Ordered:
    """One person's row of the order sheet: good cells only, (product code, pieces)."""

    row: int
    last4: str
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Files:
    """Everything that the files of a market say."""

    firms: dict[str, Firm]
    wares: dict[str, Ware]
    names: dict[str, str]  # product code -> name
    brought: dict[str, int]  # thousandths
    orders: dict[int, Ordered]
    bad_cells: tuple[str, ...]
    tape: list[dict[str, Any]]


def name_of(cell: object) -> str:
    """A name as people mean it: composed, single spaces."""
    return " ".join(unicodedata.normalize("NFC", str(cell or "")).split())


def digits(cell: object) -> int:
    """A price as it is written: 21,000원."""
    return int("".join(letter for letter in str(cell) if letter.isdigit()))


def read(folder: Path, tape: str) -> Files:
    """The files of a market's folder."""
    book = openpyxl.load_workbook(folder / "catalogue.xlsx", data_only=True)
    firms = {}
    for row in book["참여업체"].iter_rows(min_row=4, values_only=True):
        if isinstance(row[0], int):
            firm = Firm(
                name_of(row[2]), name_of(row[3]), name_of(row[4]), name_of(row[11]), row[5] == "일반과세자"
            )
            firms[firm.name] = firm
    wares, names, brought, owner = {}, {}, {}, ""
    for row in book["판매품목"].iter_rows(min_row=4, values_only=True):
        if not isinstance(row[0], int):
            continue
        owner, code = name_of(row[2]) or owner, str(row[1])
        taxable = name_of(row[6]) not in ("면세", "비과세")
        wares[code] = Ware(
            owner, digits(row[5]), taxable, "무게" in name_of(row[9]), owner, firms[owner].general
        )
        names[code] = name_of(row[3])
        brought[code] = int(str(row[8])) * 1000
    orders, bad = _orders(folder / "preorders.xlsx", names)
    lines = (folder / tape).read_text(encoding="utf-8").splitlines()
    slips = [json.loads(line) for line in lines if line.strip()]
    return Files(firms, wares, names, brought, orders, bad, slips)


def _orders(path: Path, names: dict[str, str]) -> tuple[dict[int, Ordered], tuple[str, ...]]:
    """People down, products across: whole numbers above nothing count, everything else is a bad cell."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    head = {cell.column: name_of(cell.value) for cell in sheet[2] if cell.value}
    code_of = {name: code for code, name in names.items()}
    orders, bad = {}, []
    for row in sheet.iter_rows(min_row=4):
        lines = []
        for cell in row[4:]:
            if cell.value is None or head.get(cell.column) not in code_of:
                continue
            if isinstance(cell.value, int) and cell.value > 0:
                lines.append((code_of[head[cell.column]], cell.value))
            else:
                bad.append(f"{sheet.title}!{cell.coordinate}")
        number = row[0].row
        orders[number] = Ordered(number, str(row[3].value)[-4:], tuple(lines))
    return orders, tuple(bad)
