"""Edits of the catalogue: only what differs is recorded, each field with what it replaces."""

from typing import Any

from pos_app.facts.catalogue import Edit, FieldEdit
from pos_app.storage.queries.edits import edits_of, leaves
from sync.canonical import short_hash
from sync.rows import Rows


def edit_of(rows: Rows, kind: str, entity_id: str, wanted: dict[str, Any]) -> Edit | None:
    """The edit that makes `entity_id` say `wanted`; None when it says so already."""
    known = edits_of(rows, entity_id)
    fields = {}
    for name, value in wanted.items():
        standing = leaves(known.get(name, []))
        if (
            standing
            and standing[0].edit.value == value
            and len({short_hash(s.edit.value) for s in standing}) == 1
        ):
            continue
        if not standing and value in ("", []):
            continue
        revision = 1 + max((leaf.edit.rev for leaf in standing), default=0)
        bases = tuple(sorted({short_hash(leaf.edit.value) for leaf in standing}))
        fields[name] = FieldEdit(value, revision, bases)
    return Edit(kind, entity_id, fields) if fields else None
