"""Several printers: each paper knows its printer, how it stands there, and which program's run queued it."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what the queue keeps of each paper, and the table of further printers."""
    for name in ("printer", "next_try_at", "status_before", "run"):
        op.add_column("print_job", Column(name, Text, nullable=False, server_default=""))
    for name in ("held", "asked", "maybe_out"):
        op.add_column("print_job", Column(name, Integer, nullable=False, server_default="0"))
    op.add_column("print_job", Column("run_until_ms", BigInteger, nullable=False, server_default="0"))
    op.execute('UPDATE "print_job" SET "maybe_out" = 1 WHERE "state" IN (\'unknown\', \'sending\')')
    op.create_table("printer", Column("name", Text, primary_key=True), Column("uri", Text, nullable=False))
