"""Folded tables of devices: who was enrolled, who is trusted no longer."""

from sqlalchemy import Table

from pos_app.storage.columns import key, metadata, whole, words

# The saying with the highest (rank, key) stands, `body` is all of it.
enrolled_device = Table(
    "enrolled_device",
    metadata,
    words("id", primary_key=True),
    key(),
    whole("rank"),
    words("name"),
    words("role"),
    words("not_after"),
    words("at"),
    words("body"),
)
revoked_device = Table(
    "revoked_device",
    metadata,
    words("id", primary_key=True),
    key(),
    whole("rank"),
    words("at"),
    words("body"),
)
