"""Decides what the commission screen shows: rules, a new one being written, what it would have done."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pos_app.domain.commission import Applies, Band, Rule
from pos_app.domain.errors import DomainError
from pos_app.domain.market_day import KOREA
from pos_app.domain.operators import Action, may
from pos_app.i18n.formats import parse_won
from pos_app.i18n.texts import tr
from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.screens import views as v
from pos_app.ui.screens import wording

if TYPE_CHECKING:
    from pos_app.services.commissions import Commissions, RuleChange
    from pos_app.services.commissions_simulate import Simulation

NEW = "new"


class RulesHouse(Protocol):
    """The part of the house that commission rules live in."""

    @property
    def commissions(self) -> "Commissions": ...
    @property
    def session(self) -> v.Session: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule as it is being typed."""

    vendor_class: str = ""
    product_class: str = ""
    cooperative: str = ""
    rate: str = ""
    band_won: str = ""
    band_rate: str = ""
    from_on: str = ""
    following_month: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """Rules, fees and history as they were read."""

    rules: tuple[Rule, ...] = ()
    fees: tuple[tuple[str, int], ...] = ()
    held: tuple[str, ...] = ()
    history: "tuple[RuleChange, ...]" = ()


class CommissionPresenter:
    """Holds the draft; nothing is stored before `enter`."""

    def __init__(self, house: RulesHouse, today: str = "") -> None:
        self._house = house
        self.today = today or datetime.now(KOREA).date().isoformat()
        self.read = Read()
        self.draft = Draft(from_on=self.today)
        self.tried: Simulation | None = None
        self.chosen = ""

    def load(self) -> Read:
        """Read everything (slow)."""
        service = self._house.commissions
        terms = service.terms()
        fees = tuple(sorted(terms.fees_permille.items()))
        held = tuple(sorted(terms.held_until_redeemed))
        return Read(terms.rules, fees, held, tuple(service.history()))

    def take(self, read: Read) -> None:
        """What `load` read."""
        self.read = read
        if self.chosen not in {rule.id for rule in read.rules}:
            self.chosen = ""

    @property
    def off(self) -> str:
        """Why nothing can be changed."""
        able = may(self._house.session.role, Action.SETTLE)
        return "" if able else tr("담당자와 사무국이 하는 일이에요.")

    # --- what is shown ----------------------------------------------------------------------------

    def rows(self) -> list[RowView]:
        """The rules, those in force first."""
        found = sorted(
            self.read.rules, key=lambda rule: (not rule.holds_on(self.today), rule.from_on, rule.name)
        )
        return [
            RowView(rule.id, rule.name, self.caption(rule), _amount(rule), self._badge(rule))
            for rule in found
        ]

    def _badge(self, rule: Rule) -> BadgeView:
        if rule.holds_on(self.today):
            return BadgeView(tr("지금"), "ok")
        return BadgeView(tr("다음"), "info") if rule.from_on > self.today else BadgeView(tr("지난"), "gray")

    def caption(self, rule: Rule) -> str:
        """2026-01-01부터, 업체 구분 농가."""
        spans = tr("{date}부터", date=rule.from_on)
        if rule.until_on:
            spans = tr("{first}부터 {last}까지", first=rule.from_on, last=rule.until_on)
        parts = [spans, rule.cooperative, rule.vendor_class, rule.product_class]
        if rule.applies == Applies.FOLLOWING_MONTH:
            parts.append(tr("다음 달부터 적용"))
        return " · ".join(part for part in parts if part)

    def fees(self) -> str:
        """카드 비용 1.5%, …"""
        # lazy: statements bring drawing along
        from pos_app.services.statements_paper import percent, tender_words

        words = [f"{tender_words(tender)} {percent(rate)}" for tender, rate in self.read.fees]
        words += [
            tr("{tender}: 돌려받은 다음 지급", tender=tender_words(tender)) for tender in self.read.held
        ]
        return ", ".join(words) or tr("정한 비용이 없어요.")

    def history(self) -> list[tuple[str, str, str, str]]:
        """When, who, what, as it was said."""
        shown = []
        for each in self.read.history:
            word = tr("규칙") if each.active else tr("지움")
            said = f"{each.rule.name} {self.caption(each.rule)}" if each.rule else each.rule_id[:8]
            shown.append((each.at[:16].replace("T", " "), each.who, word, said))
        return shown

    def trial(self) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
        """What the new rule would have done, by vendor, and the sums."""
        found = self.tried
        if found is None:
            return [], ()
        lines: list[tuple[str, ...]] = [
            (
                each.vendor,
                *map(wording.amount, (each.net_won, each.before_won, each.after_won)),
                signed(each.more_won),
            )
            for each in found.vendors
        ]
        sums = [
            sum(getattr(each, name) for each in found.vendors)
            for name in ("net_won", "before_won", "after_won")
        ]
        return lines, (tr("합계"), *map(wording.amount, sums), signed(sums[2] - sums[1]))

    def trial_words(self) -> str:
        """Which days were tried."""
        if self.tried is None:
            return tr("규칙을 적고 대어 보면 지난 장터에서 얼마가 달라졌을지 나와요.")
        dates = self.tried.dates
        return tr(
            "{market} {count}일 ({first} ~ {last})", market=self.tried.market, count=len(dates),
            first=dates[0], last=dates[-1],
        )  # fmt: skip

    # --- the draft --------------------------------------------------------------------------------

    def set(self, name: str, value: str) -> None:
        """A field was typed in; what was tried no longer holds."""
        self.draft = replace(self.draft, **{name: value})  # type: ignore[arg-type]
        self.tried = None

    def set_following(self, following: bool) -> None:
        """From when a band that was reached is applied."""
        self.draft = replace(self.draft, following_month=following)
        self.tried = None

    def rule(self) -> Rule:
        """The rule that was typed. Raises commission.rate_text, amount.*, commission.date."""
        typed = self.draft
        bands = [Band(0, permille_of(typed.rate))]
        if typed.band_won.strip():
            bands.append(Band(parse_won(typed.band_won), permille_of(typed.band_rate)))
        applies = Applies.FOLLOWING_MONTH if typed.following_month else Applies.AT_ONCE
        return Rule(
            "", typed.from_on.strip(), tuple(bands), None, "", typed.cooperative.strip(),
            typed.vendor_class.strip(), typed.product_class.strip(), applies,
        )  # fmt: skip

    # --- doing (slow) -----------------------------------------------------------------------------

    def simulate(self) -> "Simulation":
        """Try the draft on the past markets."""
        return self._house.commissions.simulate(self.rule())

    def enter(self) -> Read:
        """Store the draft."""
        self._house.commissions.enter(self.rule())
        self.draft, self.tried = Draft(from_on=self.today), None
        return self.load()

    def end(self, until_on: str) -> Read:
        """End the chosen rule."""
        self._house.commissions.end(self.chosen, until_on.strip())
        return self.load()

    def fee_choices(self) -> list[tuple[str, str]]:
        """The tenders that may bear a fee, with their words."""
        # lazy: rules bring the store along
        from pos_app.services.commissions import FEE_TENDERS
        from pos_app.services.statements_paper import tender_words  # lazy: statements bring drawing along

        return [(tender, tender_words(tender)) for tender in FEE_TENDERS]

    def set_fee(self, tender: str, rate: str) -> Read:
        """The fee of a tender, typed in percent."""
        self._house.commissions.set_fee(tender, permille_of(rate))
        return self.load()


def permille_of(text: str) -> int:
    """10, 1.5 or 1.5% as thousandths. Raises commission.rate_text."""
    whole, _, tenth = text.strip().removesuffix("%").strip().partition(".")
    if not whole.isdecimal() or not whole.isascii() or (tenth and (len(tenth) > 1 or not tenth.isdecimal())):
        raise DomainError("commission.rate_text", text=text[:20])
    return int(whole[:6]) * 10 + int(tenth or "0")


def _amount(rule: Rule) -> str:
    """The rates, unless the name says them."""
    return "" if "%" in rule.name and len(rule.bands) == 1 else rates(rule)


def rates(rule: Rule) -> str:
    """0% → 10%."""
    # lazy: statements bring drawing along
    from pos_app.services.statements_paper import percent

    return " → ".join(percent(band.rate_permille) for band in rule.bands)


def signed(won: int) -> str:
    """+29,400 or -1,000."""
    return f"{won:+,}" if won else "0"
