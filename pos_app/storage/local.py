"""Local tables: print jobs, settings, this device. Never in events, never in the digest."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
setting = Table(
    "setting", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False)
)
device = Table(
    "device",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("private_key", LargeBinary(32), nullable=False),
)
own_log = Table(
    "own_log",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("log", LargeBinary(32), nullable=False),
    Column("tag", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    # The last cart that became a sale here: a cart file left behind by a power cut is told by it.
    Column("done_cart", Text, nullable=False),
)
print_job = Table(
    "print_job",
    metadata,
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
    Column("printer", Text, nullable=False),  # its name, empty: the till's receipt printer
    Column("next_try_at", Text, nullable=False),
    Column("status_before", Text, nullable=False),  # what the printer said of itself before the paper
    Column("run", Text, nullable=False),  # a drawer's kick is worth something in its own run only
    Column("held", Integer, nullable=False),  # 1: waits for a person, 2: a person let it go on
    Column("asked", Integer, nullable=False),  # 1: the cashier put the question off
    Column("maybe_out", Integer, nullable=False),  # 1: some of it may be on paper
    Column("run_until_ms", BigInteger, nullable=False),  # on the clock of that run, which nobody can set
)
Index("print_job_by_state", print_job.c.state, print_job.c.created_at)
Index("print_job_by_subject", print_job.c.subject_id)
printer = Table(
    "printer", metadata, Column("name", Text, primary_key=True), Column("uri", Text, nullable=False)
)
parked_cart = Table(
    "parked_cart",
    metadata,
    Column("id", Text, primary_key=True),
    Column("register", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("cart", LargeBinary, nullable=False),
)
