"""The server's log: one JSON object a line, for people and machines, without secrets."""

import logging
from datetime import UTC, datetime

import msgspec

log = logging.getLogger("sync.server")


class JsonLines(logging.Formatter):
    """Formats a record as one JSON object; what `tell` was given becomes its fields."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname.lower(), "what": record.getMessage()}
        line |= getattr(record, "told", {})
        if record.name != log.name:
            line["from"] = record.name
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line, enc_hook=str).decode()


def tell(what: str, level: int = logging.INFO, **fields: object) -> None:
    """One line: what happened, and its figures. Never a token, code, key or body."""
    log.log(level, what, extra={"told": fields})
