"""Which version of the program this is: pyproject.toml's, as it was installed or packed."""

NAME = "jangteo-pos"


def version() -> str:
    """For example "0.1.0"; "0" where the program was copied without its metadata."""
    # lazy: reads mail headers; only papers about the program ask
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as of

    try:
        return of(NAME)
    except PackageNotFoundError:
        return "0"


def parts(text: str) -> tuple[int, ...]:
    """A released version as numbers to compare: "0.10.2" is (0, 10, 2). Raises ValueError for anything else."""
    numbers = text.split(".")
    if len(numbers) != 3 or not all(word.isascii() and word.isdigit() and len(word) < 7 for word in numbers):
        raise ValueError(text)
    return tuple(int(word) for word in numbers)
