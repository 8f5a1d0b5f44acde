"""Run by the system's own Python (it has `gi`): uses the open register as somebody at the till would.

Reads names through the accessibility tree, presses with a real pointer and a real keyboard
(xdotool), and prints what it saw as one JSON document. Nothing of the program is imported.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found] # noqa: E402

PATIENCE_S = 15.0
PAUSE_S = 0.03


class Till:
    """The program's accessibility tree, by names; and the hands in front of it."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.taps = self.presses = 0
        self.app = self.wait(self._application, "the program on the accessibility bus")

    # looking

    def wait(self, look: Callable[[], Any], what: str) -> Any:
        """Poll until `look` gives something."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            try:
                found = look()
            except Exception:  # a node may vanish while it is read
                found = None
            if found:
                return found
            time.sleep(PAUSE_S)
        raise SystemExit(f"never came: {what}; there is: {self.names()[:120]}")

    def _application(self) -> Any:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process and child.get_child_count():
                return child
        return None

    def walk(self, node: Any = None) -> Iterator[Any]:
        """Every node that is shown."""
        node = node or self.app
        yield node
        for index in range(node.get_child_count()):
            child = node.get_child_at_index(index)
            if child is not None and self.shown(child):
                yield from self.walk(child)

    @staticmethod
    def shown(node: Any) -> bool:
        states = node.get_state_set()
        return bool(states.contains(Atspi.StateType.SHOWING) or states.contains(Atspi.StateType.VISIBLE))

    def names(self) -> list[str]:
        """What a screen reader could say now (as far as it can be read)."""
        said = []
        try:
            for node in self.walk():
                node.clear_cache()
                if node.get_name():
                    said.append(node.get_name())
        except Exception as error:
            said.append(f"({error})")
        return said

    def find(self, start: str, role: str | None = None) -> Any:
        """The first node whose name begins so."""

        def look() -> Any:
            for node in self.walk():
                node.clear_cache()
                if node.get_name().startswith(start) and role in (None, node.get_role_name()):
                    return node
            return None

        return self.wait(look, f"{role or 'anything'} named {start}")

    def said(self, start: str) -> str:
        """The whole name of the first node whose name begins so."""
        return str(self.find(start).get_name())

    # hands

    def tap(self, start: str, role: str | None = None) -> list[int]:
        """The pointer into the middle of it, and a click."""
        node = self.find(start, role)
        box = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
        x, y = box.x + box.width // 2, box.y + box.height // 2
        run("mousemove", str(x), str(y), "click", "1")
        self.taps += 1
        return [box.width, box.height]

    def press(self, *keys: str) -> None:
        """Keys, at the pace of a hand."""
        for key in keys:
            run("key", key)
            self.presses += 1
            time.sleep(0.06)  # a hand is never faster; a scanner is

    def scan(self, code: str) -> None:
        """A scanner: thirteen digits and Enter in less than a tenth of a second."""
        run("type", "--delay", "6", code + "\n")


def run(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True)


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
