"""A settlement reckoned from tape and workbook alone; nothing of the program is used here.

Bands and rules are the trade's own: a rate by vendor class, fees in thousandths of what the cooperative holds.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from tests.scenarios.reckoning import half_up, spread


@dataclass(frozen=True, slots=True)
class Ware:
    """One product of the workbook."""

    vendor: str
    price: int
    weighed: bool


@dataclass(slots=True)
class Owed:
    """What one vendor is owed for one day."""

    gross: int = 0
    discount: int = 0
    truncation: int = 0
    refunds: int = 0
    tenders: Counter[str] = field(default_factory=Counter)
    sales: set[str] = field(default_factory=set)

    @property
    def net(self) -> int:
        """What stays of the gross."""
        return self.gross - self.discount - self.truncation - self.refunds


@dataclass(slots=True)
class _Line:
    ware: Ware
    milli: int
    amount: int
    off: int
    cut: int = 0
    back_milli: int = 0
    back_won: int = 0

    @property
    def net(self) -> int:
        return self.amount - self.off - self.cut


def name_of(cell: object) -> str:
    """A name as people mean it: composed, single spaces."""
    return " ".join(unicodedata.normalize("NFC", str(cell)).split())


def workbook(path: Path) -> tuple[dict[str, Ware], dict[str, tuple[str, str]]]:
    """(wares by code, (class, cooperative) by vendor) as the sheets say, read plainly."""
    book = openpyxl.load_workbook(path)
    classes = {}
    for row in book["참여업체"].iter_rows(min_row=4, values_only=True):
        if row[1]:
            classes[name_of(row[2])] = (str(row[4] or "").strip(), str(row[11] or "").strip())
    wares, vendor = {}, ""
    for row in book["판매품목"].iter_rows(min_row=4, values_only=True):
        if not row[1]:
            continue
        vendor = name_of(row[2]) if row[2] else vendor
        price = int("".join(letter for letter in str(row[5]) if letter.isdigit()))
        wares[str(row[1])] = Ware(vendor, price, "무게" in str(row[9] or ""))
    return wares, classes


def day(wares: Mapping[str, Ware], tape: Sequence[Mapping[str, Any]]) -> dict[str, Owed]:
    """Every vendor's sums of one tape."""
    owed: dict[str, Owed] = {}
    sold: dict[str, list[_Line]] = {}
    voided = {slip["void_of"] for slip in tape if "void_of" in slip}
    for number, slip in enumerate(tape):
        if "void_of" in slip or slip.get("id") in voided:
            continue
        if "refund_of" in slip:
            _give_back(owed, sold[slip["refund_of"]], slip)
        else:
            sold[slip.get("id", str(number))] = _sell(owed, wares, slip, str(number))
    return owed


def _sell(
    owed: dict[str, Owed], wares: Mapping[str, Ware], slip: Mapping[str, Any], name: str
) -> list[_Line]:
    lines = []
    for wanted in slip["lines"]:
        ware, step = wares[wanted["product"]], 1
        step = 10 if ware.weighed else 1
        amount = half_up(ware.price * wanted["quantity_milli"], 1000 * step) * step
        lines.append(_Line(ware, wanted["quantity_milli"], amount, wanted.get("discount_won", 0)))
    for line, share in zip(
        lines, spread(slip.get("cart_discount_won", 0), [x.amount - x.off for x in lines]), strict=True
    ):
        line.off += share
    total = sum(line.net for line in lines)
    tenders = [dict(each) for each in slip.get("tenders") or [{"type": slip["tender"]}]]
    others = sum(each.get("amount_won", total) for each in tenders if each["type"] != "cash")
    cut = (total - others) % 10 if any(each["type"] == "cash" for each in tenders) else 0
    for line, share in zip(lines, spread(cut, [line.net for line in lines]), strict=True):
        line.cut = share
    for line in lines:
        mine = owed.setdefault(line.ware.vendor, Owed())
        mine.gross += line.amount
        mine.discount += line.off
        mine.truncation += line.cut
        mine.sales.add(name)
    if len(tenders) == 1:  # a split tender's share of a line has a rounding of its own: judged by its sum
        kind = tenders[0]["type"]
        for line in lines:
            owed[line.ware.vendor].tenders[kind] += line.net
    return lines


def _give_back(owed: dict[str, Owed], lines: list[_Line], slip: Mapping[str, Any]) -> None:
    for wanted in slip["lines"]:
        line = lines[wanted["line"] - 1]
        line.back_milli += wanted["quantity_milli"]
        stays = half_up(line.net * (line.milli - line.back_milli), line.milli)
        won = line.net - line.back_won - stays
        line.back_won += won
        owed[line.ware.vendor].refunds += won


def cut(won: int, permille: int) -> int:
    """A rate of an amount, cut towards zero."""
    return won * permille // 1000 if won >= 0 else -(-won * permille // 1000)


def tape(path: Path) -> list[dict[str, Any]]:
    """A tape's slips."""
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
