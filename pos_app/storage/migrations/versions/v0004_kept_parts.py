"""What came of messages whose line broke, so that the rest is enough."""

from alembic import op
from sqlalchemy import BigInteger, Column, LargeBinary, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table of kept parts; only a server ever fills it."""
    op.create_table(
        "kept_part",
        Column("device", Text, primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("start", BigInteger, primary_key=True),
        Column("name", LargeBinary(32), nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("data", LargeBinary, nullable=False),
        Column("at_us", BigInteger, nullable=False),
    )
