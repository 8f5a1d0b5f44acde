"""Trading events with others: peers, what they have, certificate, notices; a server's codes and secrets."""

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, Text

revision = "0003"
down_revision = "0002"


def _text(name: str, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=True) if key else Column(name, Text, nullable=False)


def upgrade() -> None:
    """Add the tables of the exchange; a register that never syncs leaves them empty."""
    op.create_table(
        "peer",
        _text("url", key=True),
        *map(_text, ("name", "kind", "device", "last_tried_at", "last_ok_at", "last_fault", "fault_since")),
    )
    op.create_table(
        "peer_head",
        _text("peer", key=True),
        Column("log", LargeBinary(32), primary_key=True),
        Column("seq", Integer, nullable=False),
    )
    op.create_table(
        "certificate",
        _text("organisation", key=True),
        _text("root"),
        Column("data", LargeBinary, nullable=False),
        *map(_text, ("server_name", "url", "at")),
    )
    op.create_table(
        "notice",
        _text("code", key=True),
        Column("log", LargeBinary(32), primary_key=True),
        Column("seq", Integer, primary_key=True),
        *map(_text, ("peer", "detail", "at", "read_at")),
    )
    _server_side()


def _server_side() -> None:
    codes = ("name", "role", "scopes", "registers", "made_at", "made_by", "expires_at", "used_at", "device")
    op.create_table(
        "enrol_code",
        _text("code_hash", key=True),
        *map(_text, codes),
        Column("tries", Integer, nullable=False),
    )
    op.create_table("server_secret", _text("name", key=True), Column("value", LargeBinary, nullable=False))
    op.create_table(
        "office_account",
        _text("name", key=True),
        *map(_text, ("password_hash", "role", "made_at")),
        Column("active", Integer, nullable=False),
        Column("failed", Integer, nullable=False),
        _text("locked_until"),
    )
    op.create_table("device_seen", _text("device", key=True), *map(_text, ("seen_at", "name", "address")))
