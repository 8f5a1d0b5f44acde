"""What a report is asked for."""

from typing import NamedTuple


class Asked(NamedTuple):
    """Dates, market, vendor and cooperative; empty ones are not asked about. Nothing at all: the latest day."""

    from_on: str = ""
    until_on: str = ""
    market: str = ""
    vendor: str = ""
    cooperative: str = ""
