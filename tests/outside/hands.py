"""The hands in front of the till, and its eyes: pointer and keys of the X server, names of the accessibility tree.

Run by the system's own Python, which has `gi`. Nothing of the program is imported.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found] # noqa: E402

PATIENCE_S = 40.0  # only what never comes is waited for so long: two tills may start on a busy machine
NOT_THERE = 75  # exit code: the program never showed itself, nothing was done yet, the stage may try again
PAUSE_S = 0.03
TABS = 90
TRIES = 4
SCANNER_MS = 5
SLOW_S = 0.2  # thirteen keys take a tenth of a second


class Till:
    """The program's accessibility tree, by names; and the hands in front of it."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.taps = self.presses = 0
        self.app: Any = None
        try:
            self.app = self.wait(self._application, "the program on the accessibility bus")
        except SystemExit as never:
            print(never, file=sys.stderr)
            raise SystemExit(NOT_THERE) from never
        self.wait(self._activated, "the focus of the window")

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
        raise SystemExit(f"never came: {what}; there is: {self.names()[:120]}; {self.complaints()}")

    def _application(self) -> Any:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process and child.get_child_count():
                return child
        return None

    def _activated(self) -> bool:
        """The window has the keyboard: without a window manager somebody must give it."""
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(self.process)]
        for window in subprocess.run(search, capture_output=True, text=True, check=False).stdout.split():
            run("windowfocus", window)
        states = self.app.get_child_at_index(0).get_state_set()
        return bool(states.contains(Atspi.StateType.ACTIVE))

    def walk(self, node: Any = None) -> Iterator[Any]:
        """Every node that is shown; nothing before the program is there."""
        node = node or self.app
        if node is None:
            return
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

    def complaints(self) -> list[str]:
        """What is said of things beside their names (as far as it can be read)."""
        said: list[str] = []
        try:
            said.extend(str(node.get_description()) for node in self.walk())
        except Exception as error:
            said.append(f"({error})")
        return [words for words in said if words]

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

    def scan(self, code: str, seen: str = "") -> None:
        """A scanner: a key every 5 ms and Enter; `seen` shows that it was heard.

        Where the machine was too slow to be a scanner, the burst is put away and sent again.
        """
        for _ in range(TRIES):
            begin = time.monotonic()
            run("type", "--delay", str(SCANNER_MS), code + "\n")
            slow = time.monotonic() - begin > SLOW_S
            if not seen or not slow or self.soon(seen):
                break
            self.press("Escape", "Escape")
        if seen:
            self.find(seen)

    def soon(self, start: str) -> bool:
        """Whether something has a name that begins so, within a second or two."""
        return any(self.has(start) or time.sleep(0.1) for _ in range(15))  # type: ignore[func-returns-value]

    def type(self, text: str) -> None:
        """Characters at the pace of a hand; Hangul as keys of their own, as if the keyboard had them."""
        self.presses += len(text)
        if not text.isascii():
            self._borrowed(text)
            return
        for char in text:
            run("type", char)
            time.sleep(0.07)

    def _borrowed(self, text: str) -> None:
        """Characters that no key has: xdotool lends a key to each, and a slow program may read it as it was before."""
        for _ in range(TRIES):
            run("type", "--delay", "30", text)
            if any(self._written().endswith(text) or time.sleep(0.1) for _ in range(10)):  # type: ignore[func-returns-value]
                return
            run("key", "ctrl+a", "BackSpace")
        raise SystemExit(f"{text} was never written: {self._written()}")

    def _written(self) -> str:
        """The text in what has the focus; empty where it has none."""
        node = self.focused()
        text = node.get_text_iface() if node is not None else None
        return str(text.get_text(0, -1)) if text is not None else ""

    def gone(self, start: str) -> None:
        """Nothing has a name that begins so."""
        self.wait(lambda: not any(name.startswith(start) for name in self.names()), f"the end of {start}")

    def focused(self) -> Any:
        """What has the focus."""
        for node in self.walk():
            node.clear_cache()
            states = node.get_state_set()
            held = states.contains(Atspi.StateType.FOCUSED) and states.contains(Atspi.StateType.FOCUSABLE)
            if held and node.get_role_name() not in ("list item", "table cell"):
                return node
        return None

    def tab_to(self, start: str) -> None:
        """Tab, until what begins so has the focus."""
        tried = []
        for _ in range(TABS):
            node = self.wait(self.focused, "a focus")
            tried.append(node.get_name())
            if node.get_name().startswith(start):
                return
            self.press("Tab")
        raise SystemExit(f"Tab never comes to {start}; it came to {list(dict.fromkeys(tried))}")

    def push(self, start: str) -> None:
        """A key by the keyboard alone: Tab to it, Enter."""
        self.tab_to(start)
        self.press("Return")

    def has(self, start: str) -> bool:
        """Whether something has a name that begins so, just now."""
        return any(name.startswith(start) for name in self.names())

    def rows(self) -> list[str]:
        """The lines of the cart."""
        table = self.find("장바구니", "table").get_table_iface()
        return [str(table.get_accessible_at(row, 0).get_name()) for row in range(table.get_n_rows())]


def run(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True)
