"""Markets that nobody has seen: other names, taxes, weights and habits, each from a seed."""

import json
import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from tests.scenarios.reckoning import Ware, priced

KINDS = ("일반과세자", "간이과세자", "면세사업자", "사업자등록 없는 농업인")
PLACES = ("나루터", "별내", "한옥마을", "솔밭", "은하수", "두물머리", "새터", "꽃재", "달빛", "물안골")
TRADES = ("농원", "방앗간", "꽃집", "수산", "손맛", "제과", "협동조합", "작업장")
GOODS = (
    "사과",
    "된장",
    "김부각",
    "쌀강정",
    "들기름",
    "앞치마",
    "고등어",
    "딸기잼",
    "누룽지",
    "비누",
    "표고",
    "한과",
)
COOPERATIVE = "조합"


@dataclass(slots=True)
class Market:
    """A workbook's rows, the wares as the paper rules see them, and a tape."""

    vendors: list[tuple[str, str, str, str]]  # code, name, tax kind, mode
    goods: list[
        tuple[str, str, str, str, int, bool, bool]
    ]  # code, vendor, name, unit, price, taxable, weighed
    wares: dict[str, Ware]
    tape: list[dict[str, Any]]

    def save(self, folder: Path) -> tuple[Path, Path]:
        """(workbook, tape) as files."""
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "참여업체"
        sheet.append(["업체코드", "업체명", "과세유형", "판매방식"])
        for vendor in self.vendors:
            sheet.append(list(vendor))
        sheet = book.create_sheet("판매품목")
        sheet.append(["품목코드", "업체명", "품목명", "단위", "단가", "과세구분", "비고"])
        for code, vendor_name, name, unit, price, taxable, weighed in self.goods:
            sheet.append(
                [
                    code,
                    vendor_name,
                    name,
                    unit,
                    price,
                    "과세" if taxable else "면세",
                    "무게 판매" if weighed else None,
                ]
            )
        workbook, tape = folder / "market.xlsx", folder / "tape.jsonl"
        book.save(workbook)
        tape.write_text("".join(json.dumps(slip, ensure_ascii=False) + "\n" for slip in self.tape))
        return workbook, tape


def market(seed: int, slips: int = 120) -> Market:
    """A market from a seed."""
    chosen = random.Random(seed)
    vendors = []
    for number in range(chosen.randrange(4, 9)):
        kind = KINDS[number] if number < len(KINDS) else chosen.choice(KINDS)
        mode = "직접판매" if number in (4, 5) else "위탁판매"
        vendors.append(
            (f"업{number + 1}", f"{chosen.choice(PLACES)} {chosen.choice(TRADES)} {number}", kind, mode)
        )
    goods, wares = [], {}
    for number in range(chosen.randrange(12, 30)):
        _, vendor, kind, mode = vendors[number % len(vendors)]
        taxable, weighed = chosen.random() < 0.6, chosen.random() < 0.3
        price = chosen.choice([chosen.randrange(1, 200) * 500, chosen.randrange(1, 99_999)])
        code = f"G-{number:02d}"
        goods.append(
            (
                code,
                vendor,
                f"{chosen.choice(GOODS)} {number}호",
                "kg" if weighed else "개",
                price,
                taxable,
                weighed,
            )
        )
        direct = mode == "직접판매"
        splits = direct or kind == "일반과세자"
        wares[code] = Ware(vendor, price, taxable, weighed, COOPERATIVE if direct else vendor, splits)
    made = Market(vendors, goods, wares, [])
    _ring(made, chosen, slips)
    return made


def _ring(made: Market, chosen: random.Random, slips: int) -> None:
    at = datetime.fromisoformat("2027-03-05T09:30:00+09:00")
    left: dict[str, list[int]] = {}
    whole: set[str] = set()
    registers: dict[str, str] = {}
    for _ in range(slips):
        at += timedelta(seconds=chosen.randrange(5, 200))
        base: dict[str, Any] = {"at": at.isoformat()}
        act = chosen.random()
        open_ones = sorted(sale for sale, milli in left.items() if any(milli))
        if act < 0.12 and open_ones:
            sale = chosen.choice(open_ones)
            made.tape.append({**base, "register": registers[sale], **_refund(chosen, sale, left[sale])})
            whole.discard(sale)
        elif act < 0.17 and whole:
            sale = chosen.choice(sorted(whole))
            made.tape.append({**base, "register": registers[sale], "void_of": sale})
            whole.discard(sale)
            del left[sale]
        else:
            slip = {**base, "register": f"R{chosen.randrange(1, 4)}", **_sale(made, chosen)}
            if chosen.random() < 0.8:
                slip["id"] = str(uuid.UUID(int=chosen.getrandbits(128)))
                left[slip["id"]] = [line["quantity_milli"] for line in slip["lines"]]
                registers[slip["id"]] = slip["register"]
                whole.add(slip["id"])
            made.tape.append(slip)


def _refund(chosen: random.Random, sale: str, left: list[int]) -> dict[str, Any]:
    lines = []
    for number in [n for n, milli in enumerate(left) if milli][: chosen.randrange(1, 3)]:
        milli = chosen.choice([left[number], chosen.randrange(1, left[number] + 1)])
        left[number] -= milli
        lines.append({"line": number + 1, "quantity_milli": milli})
    return {"refund_of": sale, "lines": lines, "tender": chosen.choice(["cash", "card"])}


def _sale(made: Market, chosen: random.Random) -> dict[str, Any]:
    lines = []
    for code, *_, weighed in chosen.choices(made.goods, k=chosen.randrange(1, 6)):
        milli = chosen.randrange(50, 8000) if weighed else chosen.randrange(1, 6) * 1000
        line: dict[str, Any] = {"product": code, "quantity_milli": milli}
        most = priced(made.wares, {"lines": [line]})[0].amount
        if chosen.random() < 0.2 and most > 1:
            line["discount_won"] = chosen.randrange(1, min(most, 3000))
        lines.append(line)
    slip: dict[str, Any] = {"lines": lines}
    rest = sum(line.amount - line.off for line in priced(made.wares, slip))
    if chosen.random() < 0.25 and rest > 10:
        slip["cart_discount_won"] = chosen.randrange(1, min(rest, 5000))
        rest -= slip["cart_discount_won"]
    if chosen.random() < 0.6 or rest < 50:
        slip["tender"] = chosen.choice(["cash", "cash", "card", "transfer", "voucher", "credit"])
        return slip
    kinds = chosen.sample(["card", "transfer", "voucher", "credit"], chosen.randrange(1, 4))
    tenders: list[dict[str, Any]] = []
    for kind in kinds:
        won = chosen.randrange(1, max(2, rest // 2))
        tenders.append({"type": kind, "amount_won": won})
        rest -= won
    if chosen.random() < 0.7:
        tenders.append({"type": "cash", "amount_won": rest - rest % 10})
    else:
        tenders[-1]["amount_won"] += rest
    slip["tenders"] = tenders
    return slip
