"""What a benchmark says: figures beside their floor, and whether the targets are met."""

import msgspec


class Spread(msgspec.Struct, frozen=True):
    """Middle, near-worst and number of a series, in the step's unit."""

    p50: float
    p99: float
    count: int


class Check(msgspec.Struct, frozen=True):
    """One figure against what is accepted at first, if anything is, and what is aimed at; unit x (ratio) or ms."""

    label: str
    value: float
    accept: float | None
    aim: float
    unit: str = "x"

    @property
    def verdict(self) -> str:
        """aim, ok, short (of the aim, where nothing else is asked), or MISSED."""
        if self.value <= self.aim:
            return "aim"
        if self.accept is None:
            return "short"
        return "ok" if self.value <= self.accept else "MISSED"


class Step(msgspec.Struct, frozen=True):
    """One line of the table. `halves`: the floor's middle in the first and the second half of the run."""

    bench: str
    name: str
    ours: Spread
    floor: Spread | None = None
    halves: tuple[float, float] = (0.0, 0.0)
    checks: tuple[Check, ...] = ()
    unit: str = "ms"
    note: str = ""

    @property
    def unsteady(self) -> bool:
        """Whether the machine was too noisy: the floor's halves differ by more than 35 %."""
        low, high = sorted(self.halves)
        return low > 0 and high / low > 1.35

    def ratio(self, name: str) -> float:
        """Ours over the floor at `p50` or `p99`; 0 without a floor."""
        if self.floor is None:
            return 0.0
        return float(getattr(self.ours, name) / max(getattr(self.floor, name), 1e-9))


def quantile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, -(-len(ranked) * round(share * 1000) // 1000) - 1))]


def spread(values: list[float]) -> Spread:
    """Middle and near-worst of a series."""
    return Spread(quantile(values, 0.5), quantile(values, 0.99), len(values))


def ratio_checks(step: Step, accept: tuple[float | None, float | None], aim: tuple[float, float]) -> Step:
    """The step with its ratios at p50 and p99 held against the targets."""
    made = [
        Check(name, step.ratio(name), accepted, aimed)
        for name, accepted, aimed in zip(("p50", "p99"), accept, aim, strict=True)
    ]
    return msgspec.structs.replace(step, checks=(*step.checks, *made))
