"""The first local tables."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Text

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables as they were when the program was first published."""
    op.create_table("meta", Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
    op.create_table("setting", Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
    op.create_table(
        "device",
        Column("id", Integer, primary_key=True),
        Column("private_key", LargeBinary(32), nullable=False),
    )
    op.create_table(
        "own_log",
        Column("scope", Text, primary_key=True),
        Column("log", LargeBinary(32), nullable=False),
        Column("tag", Text, nullable=False),
        Column("counter", Integer, nullable=False),
        Column("done_cart", Text, nullable=False),
    )
    _print_jobs()
    op.create_table(
        "parked_cart",
        Column("id", Text, primary_key=True),
        Column("register", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("cart", LargeBinary, nullable=False),
    )


def _print_jobs() -> None:
    op.create_table(
        "print_job",
        Column("id", Text, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("subject_id", Text, nullable=False),
        Column("copy_no", Integer, nullable=False),
        Column("document", LargeBinary, nullable=False),
        Column("state", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("bytes_sent", BigInteger, nullable=False),
        Column("last_error", Text, nullable=False),
        Column("created_at", Text, nullable=False),
        Column("expires_at", Text, nullable=False),
    )
    op.create_index("print_job_by_state", "print_job", ["state", "created_at"])
    op.create_index("print_job_by_subject", "print_job", ["subject_id"])
