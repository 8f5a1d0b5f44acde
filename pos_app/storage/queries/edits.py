"""Edits of one thing of the catalogue, and which of them stand."""

import msgspec

from pos_app.facts.catalogue import FieldEdit
from sync.canonical import short_hash
from sync.rows import Rows

_fields = msgspec.json.Decoder(dict[str, FieldEdit])


class Leaf(msgspec.Struct, frozen=True):
    """An edit of one field that no other edit replaced."""

    edit: FieldEdit
    hlc: int
    log: bytes


def leaves(edits: list[tuple[FieldEdit, int, bytes]]) -> list[Leaf]:
    """What stands of one field's edits, the winner first.

    An edit replaces those of lower revision whose value it names; among what is left, the hybrid
    clock decides, then the log. More than one distinct value left means "both changed".
    """
    standing = []
    for edit, hlc, log in edits:
        named = short_hash(edit.value)
        if not any(named in other.bases and other.rev > edit.rev for other, _, _ in edits):
            standing.append(Leaf(edit, hlc, log))
    return sorted(standing, key=lambda leaf: (leaf.hlc, leaf.log), reverse=True)


def edits_of(rows: Rows, entity_id: str) -> dict[str, list[tuple[FieldEdit, int, bytes]]]:
    """All edits of one thing, by field."""
    by_field: dict[str, list[tuple[FieldEdit, int, bytes]]] = {}
    for hlc, log, text in rows.all(
        'SELECT "hlc", "log", "fields" FROM "edit" WHERE "entity_id" = ? ORDER BY "key"', entity_id
    ):
        for name, edit in _fields.decode(text).items():
            by_field.setdefault(name, []).append((edit, hlc, log))
    return by_field
