"""Pages packed lately: two hundred registers want the same catalogue, and packing is most of the work."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence

from sync.canonical import digest
from sync.columns import Memory
from sync.messages import Page
from sync.pages import Item, pack

_WORTH_KEEPING = 16  # items


class Shelf:
    """The last few pages by what is in them; safe to use from several threads."""

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._pages: OrderedDict[bytes, Page] = OrderedDict()
        self._lock = threading.Lock()

    def page(
        self, items: Sequence[Item], keys: Sequence[bytes], plain: bool, checked: bool, memory: Memory | None
    ) -> Page:
        """The page of these items (see `sync.pages.pack`); `keys` are hashes of the events among them."""
        whole = [key or digest(data) for key, (_, data) in zip(keys, items, strict=True)]
        if self._most == 0 or len(items) < _WORTH_KEEPING:
            return pack(items, plain, checked, memory, whole)
        name = _name(items, whole, plain, checked)
        with self._lock:
            kept = self._pages.get(name)
            if kept is not None:
                self._pages.move_to_end(name)
                return kept
        made = pack(items, plain, checked, memory, whole)
        with self._lock:
            self._pages[name] = made
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return made


def _name(items: Sequence[Item], keys: Sequence[bytes], plain: bool, checked: bool) -> bytes:
    hashed = hashlib.sha256(bytes((plain, checked)))
    hashed.update(bytes(kind for kind, _ in items))
    hashed.update(b"".join(keys))
    return hashed.digest()
