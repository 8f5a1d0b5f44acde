"""Commission rules and fees from the command line, and a rule tried on past markets."""

from typing import Any

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, give, give_json, say
from pos_app.domain.commission import Applies, Band, Rule
from pos_app.domain.errors import DomainError
from pos_app.domain.market_day import parse_business_date
from pos_app.i18n.formats import won
from pos_app.i18n.texts import tr
from pos_app.reports import text_export
from pos_app.services.commissions import words_of
from pos_app.services.house import House
from pos_app.services.statements_paper import percent


def _date(text: str | None) -> str | None:
    return parse_business_date(text) if text else None


def rule_of(context: Context, house: House) -> Rule:
    """The rule that the arguments describe."""
    args = context.args
    bands = [Band(0, args.rate_permille)]
    for text in args.band:
        from_won, _, rate = text.partition(":")
        if not (from_won.isdecimal() and rate.isdecimal()):
            raise DomainError("commission.band", text=text[:40])
        bands.append(Band(int(from_won), int(rate)))
    today = house.desk.clock.now().date().isoformat()
    return Rule(
        "",
        _date(args.from_on) or today,
        tuple(bands),
        _date(args.until_on),
        "",
        args.cooperative,
        args.vendor_class,
        args.product_class,
        Applies.FOLLOWING_MONTH if args.next_month else Applies.AT_ONCE,
        _date(args.counts_from),
        args.name,
    )


def rule_figures(rule: Rule) -> dict[str, Any]:
    """A rule for scripts."""
    return {
        "id": rule.id,
        "name": words_of(rule),
        "from_on": rule.from_on,
        "until_on": rule.until_on,
        "vendor_class": rule.vendor_class,
        "product_class": rule.product_class,
        "cooperative": rule.cooperative,
        "applies": rule.applies.value,
        "bands": [
            {"from_won": band.from_cumulative_won, "rate_permille": band.rate_permille} for band in rule.bands
        ],
    }


def rules(context: Context, house: House) -> int:
    rules, terms = house.commissions.rules(), house.commissions.terms()
    if context.json:
        give_json(
            {
                "rules": [rule_figures(rule) for rule in rules],
                "fees_permille": dict(terms.fees_permille),
                "held_until_redeemed": sorted(terms.held_until_redeemed),
                "history": [
                    {"at": each.at, "who": each.who, "rule": each.rule_id, "active": each.active,
                     "said": rule_figures(each.rule) if each.rule else None}
                    for each in house.commissions.history()
                ],
            }
        )  # fmt: skip
        return DONE
    for rule in rules:
        bands = ", ".join(f"{won(b.from_cumulative_won)}~ {percent(b.rate_permille)}" for b in rule.bands)
        give(f"{rule.id[:8]}  {rule.from_on}~{rule.until_on or ''}  {words_of(rule)}  {bands}")
    for tender, rate in terms.fees_permille.items():
        give(tr("비용 {tender} {rate}", tender=tender, rate=percent(rate)))
    for each in house.commissions.history():
        give(f"  {each.at}  {each.who}  {each.rule_id[:8]}  {words_of(each.rule) if each.rule else ''}")
    return DONE


def rule(context: Context, house: House) -> int:
    made = house.commissions.enter(rule_of(context, house), gap_ok=context.args.gap)
    return _tell_rule(context, made)


def end_rule(context: Context, house: House) -> int:
    rule = house.commissions.find(context.args.rule)
    return _tell_rule(context, house.commissions.end(rule.id, parse_business_date(context.args.until_on)))


def _tell_rule(context: Context, rule: Rule) -> int:
    if context.json:
        give_json(rule_figures(rule))
    else:
        say(f"{rule.id[:8]}  {rule.from_on}~{rule.until_on or ''}  {words_of(rule)}")
    return DONE


def fees(context: Context, house: House) -> int:
    args = context.args
    house.commissions.decide(args.fee, args.hold, args.release)
    terms = house.commissions.terms()
    found = {
        "fees_permille": dict(terms.fees_permille),
        "held_until_redeemed": sorted(terms.held_until_redeemed),
    }
    if context.json:
        give_json(found)
    else:
        for tender, rate in terms.fees_permille.items():
            say(tr("비용 {tender} {rate}", tender=tender, rate=percent(rate)))
        for tender in sorted(terms.held_until_redeemed):
            say(tr("돌려받은 다음에 지급: {tender}", tender=tender))
    return DONE


def simulate(context: Context, house: House) -> int:
    args = context.args
    found = house.commissions.simulate(
        rule_of(context, house),
        from_on=_date(args.days_from),
        until_on=_date(args.days_until),
        market=args.market,
    )
    if context.json:
        give_json(
            {
                "market": found.market,
                "dates": list(found.dates),
                "vendors": [
                    {"vendor": v.vendor, "net_won": v.net_won, "before_won": v.before_won,
                     "after_won": v.after_won, "difference_won": v.more_won}
                    for v in found.vendors
                ],
            }
        )  # fmt: skip
        return DONE
    # lazy: a table is wanted here only
    from pos_app.reports.settlements import simulation_table

    rows = [(v.vendor, v.net_won, v.before_won, v.after_won) for v in found.vendors]
    give(text_export.render(simulation_table(rows, f"{found.market} {found.dates[0]} ~ {found.dates[-1]}")))
    return DONE
