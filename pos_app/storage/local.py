"""Local tables: print jobs, settings, this device, its peers. Never in events, never in the digest."""

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
# Whom this home trades events with. Nothing here says what was sent: each exchange asks anew.
peer = Table(
    "peer",
    metadata,
    Column("url", Text, primary_key=True),  # an address, or the replica's name where it has none
    Column("name", Text, nullable=False),  # the replica's own name, hex; empty until it first answered
    Column("kind", Text, nullable=False),  # server, hub, register, bundle
    Column("device", Text, nullable=False),  # its public key, hex, where it is known
    Column("last_tried_at", Text, nullable=False),
    Column("last_ok_at", Text, nullable=False),
    Column("last_fault", Text, nullable=False),  # a ChannelFault's reason, empty: the last try went well
    Column("fault_since", Text, nullable=False),
)
# How far each peer said it has each log: for the figure "only on this till", and to see a peer gone back.
peer_head = Table(
    "peer_head",
    metadata,
    Column("peer", Text, primary_key=True),
    Column("log", LargeBinary(32), primary_key=True),
    Column("seq", Integer, nullable=False),
)
# What the organisation gave this device; the private key stays in `device`.
certificate = Table(
    "certificate",
    metadata,
    Column("organisation", Text, primary_key=True),
    Column("root", Text, nullable=False),  # the organisation's public key, hex
    Column("data", LargeBinary, nullable=False),
    Column("server_name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# What an exchange or a check noticed, until somebody has read it.
notice = Table(
    "notice",
    metadata,
    Column("code", Text, primary_key=True),
    Column("log", LargeBinary(32), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("peer", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("read_at", Text, nullable=False),
)
# A server's own: codes that enrol a device once, secrets, and who may sign in to its pages.
enrol_code = Table(
    "enrol_code",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # a JSON list
    Column("registers", Text, nullable=False),  # a JSON list
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text, nullable=False),
    Column("device", Text, nullable=False),  # who used it: a public key, hex
    Column("tries", Integer, nullable=False),
)
server_secret = Table(
    "server_secret",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
office_account = Table(
    "office_account",
    metadata,
    Column("name", Text, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("active", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("locked_until", Text, nullable=False),
)
# When each enrolled device last spoke to this server.
device_seen = Table(
    "device_seen",
    metadata,
    Column("device", Text, primary_key=True),
    Column("seen_at", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
)
# What came of a message whose line broke, and answers to fetch on: see sync/server/kept.py. Gone after an hour.
kept_part = Table(
    "kept_part",
    metadata,
    Column("device", Text, primary_key=True),
    Column("kind", Text, primary_key=True),  # ask, answer
    Column("start", BigInteger, primary_key=True),  # where in the message these bytes stand
    Column("name", LargeBinary(32), nullable=False),  # the whole message's SHA-256
    Column("size", BigInteger, nullable=False),  # the whole message's length
    Column("data", LargeBinary, nullable=False),
    Column("at_us", BigInteger, nullable=False),
)
