"""What a rule of the trade says when it says no."""


class DomainError(Exception):
    """A rule said no.

    `code` is a stable dotted name (`sale.empty`, `discount.over_limit`), `params` are the
    values that the plain sentence for people needs; the sentence itself stands in `pos_app.i18n`.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in sorted(self.params.items()))
        return f"{self.code}({shown})"
