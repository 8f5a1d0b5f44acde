"""The world failed: disk, network, printer, another program."""


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
