"""The settlement's figures by vendor, by their outside names."""

from collections.abc import Sequence
from typing import Any

from pos_app.domain.settlement import Statement
from pos_app.facts.settlements import SettledStatement


def vendor_figures(told: Sequence[SettledStatement]) -> list[dict[str, Any]]:
    """The outside's figures by vendor; several statements of one vendor are added up."""
    found: dict[str, list[Statement]] = {}
    heads: dict[str, SettledStatement] = {}
    for each in told:
        found.setdefault(each.vendor_id, []).append(each.statement)
        heads.setdefault(each.vendor_id, each)
    listed = sorted(
        heads.values(), key=lambda each: (not each.booth, each.booth, each.vendor, each.vendor_id)
    )
    names = (
        "gross_won", "discount_won", "truncation_won", "refunds_won", "net_won", "commission_won", "fees_won",
        "payout_won", "held_by_vendor_won", "held_back_won", "released_won", "carried_in_won",
        "to_transfer_won", "carried_out_won",
    )  # fmt: skip
    result = []
    for head in listed:
        own = found[head.vendor_id]
        figures: dict[str, Any] = {"vendor": head.vendor, "vendor_id": head.vendor_id}
        figures |= {name: sum(getattr(each, name) for each in own) for name in names}
        lines: dict[tuple[str, str], list[int]] = {}
        for line in (line for each in own for line in each.lines):
            sums = lines.setdefault((line.rule_id, line.rule_name), [0, 0])
            sums[0] += line.net_won
            sums[1] += line.commission_won
        figures["lines"] = [
            {"rule": name, "net_won": net, "commission_won": won} for (_, name), (net, won) in lines.items()
        ]
        figures["warnings"] = sorted({warning for each in own for warning in each.warnings})
        result.append(figures)
    return result
