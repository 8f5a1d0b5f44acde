"""Figures of facts and of papers, to hold one against the other."""

import re

import msgspec
from hypothesis import strategies as st

from pos_app.printing.document import Columns, Document, Item, Text

WON = st.integers(0, 99_999_999)
_WON_WORDS = re.compile(r"(?<![0-9,])([0-9][0-9,]*)원")
_BARE = re.compile(r"[+-]?([0-9][0-9,]*)")


def scrambled(value: object, draw: st.DrawFn, figures: st.SearchStrategy[int] = WON) -> object:
    """The same fact with every won figure replaced by a free one: sums no longer fit together."""
    if isinstance(value, msgspec.Struct):
        changed = {
            name: draw(figures)
            if name.endswith("_won") and getattr(value, name) is not None
            else scrambled(getattr(value, name), draw, figures)
            for name in value.__struct_fields__
        }
        return type(value)(**changed)
    if isinstance(value, tuple):
        if _named(value):
            return (value[0], draw(figures))
        return tuple(scrambled(entry, draw, figures) for entry in value)
    return value


def stored(value: object) -> set[int]:
    """Every won figure of a fact, without its sign."""
    if isinstance(value, msgspec.Struct):
        found: set[int] = set()
        for name in value.__struct_fields__:
            entry = getattr(value, name)
            won = name.endswith("_won") and entry is not None
            found |= {abs(entry)} if won else stored(entry)
        return found
    if isinstance(value, tuple):
        if _named(value):
            return {abs(value[1])}
        return {figure for entry in value for figure in stored(entry)}
    return set()


def _named(value: tuple[object, ...]) -> bool:
    """(tender, won), (fee, won)."""
    return len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], int)


def shown(document: Document) -> list[int]:
    """Every won figure of a paper, without its sign, wherever it stands."""
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, Columns):
            # The face of a note in a count (5,000원) names the note, it is no sum.
            found += _WON_WORDS.findall(block.right)
            if block.left.endswith("에서"):
                found += _WON_WORDS.findall(block.left)
        elif isinstance(block, Item):
            price = [block.detail.split("×")[0]] if "×" in block.detail else []
            found += [match.group(1) for text in (block.amount, *price) if (match := _BARE.fullmatch(text))]
        elif isinstance(block, Text):
            found += _WON_WORDS.findall(block.text)
    return [int(figure.replace(",", "")) for figure in found]
