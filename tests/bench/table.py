"""The benchmarks' one table."""

from tests.bench.figures import Check, Step

HEAD = ("step", "p50", "p99", "floor 50", "floor 99", "ratio 50", "ratio 99", "judged: value, accept, aim")


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3f}" if value < 1 else f"{value:.2f}"


def judged(check: Check) -> str:
    """One check in words: what, how much, the two limits, the verdict."""
    unit = {"x": "×"}.get(check.unit, f" {check.unit}" if check.unit else "")
    limits = f"aim ≤{check.aim:g}" if check.accept is None else f"≤{check.accept:g} aim ≤{check.aim:g}"
    return f"{check.label} {_number(check.value)}{unit} ({limits}) {check.verdict}"


def row(step: Step) -> tuple[str, ...]:
    """The cells of one step."""
    if not step.ours.count:
        return (f"{step.bench}: {step.name}", *[""] * 6, step.note)
    words = "; ".join(map(judged, step.checks))
    if step.note:
        words = f"{words} [{step.note}]" if words else f"[{step.note}]"
    if step.unsteady:
        words = f"UNSTEADY floor {_number(step.halves[0])}/{_number(step.halves[1])}; {words}"
    unit = f" ({step.unit})" if step.unit not in ("ms", "") else ""
    floor = ("", "", "", "")
    if step.floor is not None:
        cells = step.floor.p50, step.floor.p99, step.ratio("p50"), step.ratio("p99")
        floor = (_number(cells[0]), _number(cells[1]), f"{cells[2]:.2f}", f"{cells[3]:.2f}")
    return (f"{step.bench}: {step.name}{unit}", _number(step.ours.p50), _number(step.ours.p99), *floor, words)


def lines(steps: list[Step]) -> list[str]:
    """The table as lines of text; times in milliseconds unless a row says otherwise."""
    rows = [HEAD, *map(row, steps)]
    widths = [max(len(cells[at]) for cells in rows) for at in range(len(HEAD) - 1)]
    made = []
    for cells in rows:
        left = cells[0].ljust(widths[0])
        right = "  ".join(cell.rjust(width) for cell, width in zip(cells[1:-1], widths[1:], strict=True))
        made.append(f"{left}  {right}  {cells[-1]}".rstrip())
    made.insert(1, "-" * len(made[0]))
    return made
