"""A page that many want is packed once, and what others may not have never slips into it."""

import random
from functools import cache

from sync.messages import Page
from sync.pages import EVENT, GENESIS, Item, unpack
from sync.shelf import Shelf
from tests.sync.worlds import Told, tell


@cache
def _told(mark: str) -> Told:
    return tell(random.Random(mark), f"scope {mark}", 40)


def _items(count: int, mark: str = "") -> list[Item]:
    return [(EVENT, made.data) for made in _told(mark).events[:count]]


def _page(shelf: Shelf, items: list[Item], plain: bool = False) -> Page:
    return shelf.page(items, [b""] * len(items), plain, False, None)


def test_the_second_who_asks_gets_the_same_page() -> None:
    shelf, items = Shelf(2), _items(40)
    first = _page(shelf, items)
    assert _page(shelf, list(items)) is first
    assert [(one.kind, one.data) for one in unpack(first)] == items


def test_another_content_kind_or_spelling_is_another_page() -> None:
    shelf, items = Shelf(8), _items(40)
    first = _page(shelf, items)
    assert _page(shelf, items[:-1]) is not first
    assert _page(shelf, items, plain=True).packing != first.packing
    other = _page(shelf, [(GENESIS, items[0][1]), *items[1:]])
    assert other.digest != first.digest


def test_only_so_many_are_kept() -> None:
    shelf = Shelf(2)
    pages = [_page(shelf, _items(20, mark)) for mark in "abc"]
    assert _page(shelf, _items(20, "c")) is pages[2]
    assert _page(shelf, _items(20, "a")) is not pages[0]


def test_without_room_and_for_few_items_nothing_is_kept() -> None:
    assert _page(Shelf(), items := _items(40)) is not _page(Shelf(), items)
    few, shelf = _items(3), Shelf(2)
    assert _page(shelf, few) is not _page(shelf, few)
