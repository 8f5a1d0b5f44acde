"""Hangul through a real input method, and a scanner in the middle of it; what was seen, as one JSON document."""

import json
import sys
import time
from typing import Any

from tests.outside.hands import TRIES, Till, run


def tiles(till: Till) -> list[str]:
    """What is on the tiles, in order."""
    return [name.split(",")[0].removeprefix("타일 ") for name in till.names() if name.startswith("타일 ")]


def searched(till: Till) -> str:
    """What stands in the search."""
    return str(till.find("물건 찾기", "text").get_text_iface().get_text(0, -1))


def forget(till: Till) -> None:
    """Esc empties the search."""
    till.press("Escape")
    till.wait(lambda: len(tiles(till)) == 16, "all tiles")


def find_by_hangul(till: Till) -> dict[str, Any]:
    """사과 by the keys of the Korean keyboard; the tiles follow while the syllable is still put together."""
    seen: dict[str, Any] = {}
    usual = tiles(till)
    till.type("t")
    seen["ㅅ"] = till.wait(lambda: (found := tiles(till)) != usual and found, "tiles for ㅅ")
    till.type("k")
    till.type("rhk")
    seen["사과"] = till.wait(lambda: (found := tiles(till)) == ["사과 5kg"] and found, "사과 5kg alone")
    forget(till)
    seen["left"] = searched(till)
    till.type("tr")
    seen["ㅅㄱ"] = till.wait(lambda: "사과 5kg" in (found := tiles(till)) and found, "tiles for ㅅㄱ")
    forget(till)
    return seen


def scan_while_typing(till: Till, code: str) -> dict[str, Any]:
    """갓 has been typed and waits for more: the scanner rings, the word stays."""
    till.type("rkt")
    till.wait(lambda: "돌산갓" in tiles(till) and len(tiles(till)) < 16, "tiles for 갓")
    till.scan(code, "합계 39,000원")
    seen = {"rows": till.rows(), "text": searched(till), "tiles": tiles(till)}
    forget(till)
    seen["after"] = searched(till)
    return seen


def sentences(till: Till, before: set[str]) -> list[str]:
    """What the till says that it did not say before, as soon as it says something; a toast stays 4 s."""
    for _ in range(15):
        said = [words for words in till.names() if words not in before and words.endswith(("요", "요."))]
        if said:
            return said
        time.sleep(0.1)
    return []


def garbage(till: Till) -> dict[str, Any]:
    """What no code is: each said in a sentence, the cart kept."""
    seen: dict[str, Any] = {}
    for name, burst in (("label", "2000014015300\n"), ("garbage", "][;/.,987\n"), ("torn", "88082450")):
        before = set(till.names())
        said: list[str] = []
        for _ in range(TRIES):  # where the machine was too slow to be a scanner, once more
            run("type", "--delay", "5", burst)
            said = sentences(till, before)
            if said:
                break
            till.press("Escape", "Escape")
        seen[name] = {"said": said, "total": till.said("합계 ")}
        till.press("Escape", "Escape", "Escape")
        till.gone("처음 보는 바코드예요")
    seen["rows"] = till.rows()
    return seen


def main() -> None:
    till = Till(int(sys.argv[1]))
    till.find("물건 찾기")
    if sys.argv[2] == "find":
        seen: dict[str, Any] = find_by_hangul(till)
    else:
        seen = {"scanned": scan_while_typing(till, sys.argv[2]), "garbage": garbage(till)}
    print(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main()
