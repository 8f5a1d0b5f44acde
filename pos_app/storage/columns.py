"""How the columns of folded tables are written: never null, whole numbers, 32-byte keys."""

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Text

metadata = MetaData()


def words(name: str, **options: object) -> Column[str]:
    """A text."""
    return Column(name, Text, nullable=False, **options)  # type: ignore[arg-type]


def whole(name: str, **options: object) -> Column[int]:
    """A whole number: won, thousandths, counts, stamps."""
    return Column(name, BigInteger, nullable=False, **options)  # type: ignore[arg-type]


def summed(name: str) -> Column[int]:
    """A whole number that `Rows.add` adds to."""
    return Column(name, BigInteger, nullable=False, info={"sum": True})


def key(name: str = "key", **options: object) -> Column[bytes]:
    """An event's or a log's key."""
    return Column(name, LargeBinary(32), nullable=False, **options)  # type: ignore[arg-type]
