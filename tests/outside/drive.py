"""Two sales in the open register, by touch and by keyboard: what was seen, as one JSON document."""

import json
import sys
from typing import Any

from tests.outside.hands import Till


def sell_by_touch(till: Till) -> dict[str, Any]:
    """Three tiles, 결제, 100,000, 받음, 다음 손님."""
    sizes = [till.tap(f"타일 {name},") for name in json.loads(sys.argv[2])]
    total = till.said("합계 6")
    sizes.append(till.tap("결제", "push button"))
    sizes.append(till.tap("100,000원"))
    received = till.said("받은 금액 100,000원, ")
    corner = till.find("현금 100,000원 받음").get_name()
    sizes.append(till.tap("현금 100,000원 받음"))
    number = till.said("영수증 R1-")
    change = till.said("거스름돈 ")
    sizes.append(till.tap("다음 손님"))
    empty = till.said("합계 0원")
    return {
        "taps": till.taps, "sizes": sizes, "total": total, "received": received,
        "corner": corner, "change": change, "number": number, "empty": empty,
    }  # fmt: skip


def sell_by_keyboard(till: Till) -> dict[str, Any]:
    """Three scans, then F12, 1 0 *, Enter, Enter."""
    for code in json.loads(sys.argv[3]):
        till.scan(code)
    till.find("합계 6")
    lines = till.find("장바구니", "table").get_table_iface()
    rows = till.wait(lines.get_n_rows, "lines in the table")
    first = lines.get_accessible_at(0, 0).get_name()
    till.press("F12")
    till.find("받은 금액 ")
    till.press("1", "0", "asterisk")
    received = till.said("받은 금액 100,000원, ")
    till.press("Return")
    number = till.said("영수증 R1-")
    change = till.said("거스름돈 ")
    till.press("Return")
    till.find("합계 0원")
    return {
        "presses": till.presses, "rows": rows, "first": first,
        "received": received, "change": change, "number": number,
    }  # fmt: skip


def receipts(till: Till, *numbers: str) -> list[str]:
    """F7, and each of these numbers looked for: what the list says of it."""
    till.press("F7")
    till.find("오늘 영수증")
    found = []
    for number in numbers:
        till.press("ctrl+a", *number[-4:])
        found.append(till.said(f"{number}, "))
    return found


def main() -> None:
    till = Till(int(sys.argv[1]))
    till.find("물건 찾기")
    seen: dict[str, Any] = {"touch": sell_by_touch(till), "keyboard": sell_by_keyboard(till)}
    seen["receipts"] = receipts(till, seen["touch"]["number"], seen["keyboard"]["number"])
    print(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main()
