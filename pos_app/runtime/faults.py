"""The world failed: disk, network, printer, another program."""

from pathlib import Path


class EnvironmentFault(Exception):
    """Something outside the program failed.

    `title` says in one plain Korean sentence what is wrong, `advice` what to do;
    `retryable` tells whether the same call may work a little later.
    """

    def __init__(self, title: str, advice: str, retryable: bool = False) -> None:
        super().__init__(title, advice)
        self.title = title
        self.advice = advice
        self.retryable = retryable

    def __str__(self) -> str:
        return f"{self.title} {self.advice}"


class DamagedStore(EnvironmentFault):
    """The store of a home is damaged, or gone while copies of it are there: it can be brought back."""

    home: Path | None = None  # said by whoever opens it
    openable = False  # it opens all the same; something in it is damaged
