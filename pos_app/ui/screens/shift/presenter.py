"""Decides on opening the till, on cash in and out, and on the blind count."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House
from pos_app.ui.screens.shift.counting import Counting
from pos_app.ui.screens.views import CountResult, MovementView, OpenItem, ZDone
from pos_app.ui.widgets.amount_input import AmountInput

PAY_IN, PAY_OUT = "pay_in", "pay_out"


class OpenShiftPresenter:
    """The float: suggested from last time, or counted."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.counting = Counting()
        self.suggested_won = house.shifts.suggested_float_won()
        self.by_count = False

    def float_won(self) -> int:
        """The float that would be stored."""
        return self.counting.total_won() if self.by_count else self.suggested_won

    def set_pieces(self, won: int, count: int) -> None:
        """Counting takes the place of the suggestion."""
        self.by_count = True
        self.counting.set(won, count)

    def use_suggested(self) -> None:
        """Back to the suggestion."""
        self.by_count = False
        self.counting.clear()

    def corner(self) -> str:
        """The corner key names the float."""
        return tr("준비금 {amount}으로 개점", amount=wording.won(self.float_won()))

    def open(self) -> None:
        """Open the till. Raises DomainError when a rule says no."""
        self.house.shifts.open(self.float_won(), self.counting.listed() if self.by_count else ())


class CashPresenter:
    """입금 and 출금."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.kind = PAY_OUT
        self.amount = AmountInput()
        self.reason = ""

    def reasons(self) -> Sequence[str]:
        """Common reasons of the kind."""
        if self.kind == PAY_OUT:
            return (tr("거스름돈 바꾸기"), tr("물건 사기"), tr("담당자에게 넘김"))
        return (tr("거스름돈 채우기"), tr("받아 둔 돈"))

    def choose(self, kind: str) -> None:
        """In or out."""
        self.kind = kind
        self.reason = ""

    def amount_won(self) -> int:
        """What was typed."""
        return self.amount.value

    def corner(self) -> str:
        """The corner key names amount and direction."""
        amount = wording.won(self.amount_won())
        return (
            tr("{amount} 출금", amount=amount) if self.kind == PAY_OUT else tr("{amount} 입금", amount=amount)
        )

    def off_reason(self) -> str:
        """Why the corner key is off; empty when it is on."""
        if not self.amount_won():
            return tr("금액을 넣어요.")
        return "" if self.reason.strip() else tr("이유를 골라요.")

    def rows(self) -> Sequence[MovementView]:
        """Today's movements."""
        return self.house.shifts.movements()

    def move(self) -> str:
        """Store the movement; returns what to say. Raises DomainError when a rule says no."""
        said = self.corner()
        self.house.shifts.move_cash(self.kind, self.amount_won(), self.reason.strip())
        self.amount.clear()
        self.reason = ""
        return tr("{what}했어요", what=said)


MAX_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Check:
    """A tender's won as recorded, and as its slips say (None: not typed)."""

    kind: str
    taken_won: int
    slips_won: int | None = None

    @property
    def difference_won(self) -> int:
        """Slips less record; 0 while nothing was typed."""
        return 0 if self.slips_won is None else self.slips_won - self.taken_won

    def caption(self) -> str:
        """What is to be typed."""
        words = {
            "card": tr("카드 단말기 전표 합계"),
            "voucher": tr("손에 있는 상품권 합계"),
            "transfer": tr("통장에 들어온 이체 합계"),
        }
        return words[self.kind]

    def verdict(self) -> tuple[str, str]:
        """(sentence, kind of notice)."""
        won = self.difference_won
        if self.slips_won is None:
            return tr("적어 넣으면 맞는지 알려 줘요. 비워 두고 가도 돼요."), "info"
        if won < 0:
            return tr("{amount} 모자라요. Z 종이에 할 일로 남아요.", amount=wording.won(-won)), "warn"
        if won > 0:
            return tr("{amount} 더 있어요. Z 종이에 할 일로 남아요.", amount=wording.won(won)), "warn"
        return tr("딱 맞아요"), "ok"


STEPS = ("parked", "cash", "cards", "vouchers", "z")


class ClosePresenter:
    """The way to the Z: settle what is open, count blind, see the difference, close."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.counting = Counting()
        self.counting.take(tuple(house.shifts.last_count()))
        self.result: CountResult | None = None
        self.reason = ""
        self.done: ZDone | None = None
        self.step = "cash" if not house.till.parked() else "parked"
        self.slips: dict[str, int | None] = {}

    def step_words(self) -> list[tuple[str, str]]:
        """The checklist, in order: name and words."""
        return [
            ("parked", tr("보류 정리")),
            ("cash", tr("시재 세기")),
            ("cards", tr("카드 전표")),
            ("vouchers", tr("상품권·이체")),
            ("z", tr("Z 마감")),
        ]

    def finished(self, step: str) -> bool:
        """Whether a step of the checklist lies behind."""
        if step == "parked":
            return not self.house.till.parked()
        if step == "cash":
            return self.result is not None and STEPS.index(self.step) > 1
        return STEPS.index(step) < STEPS.index(self.step) or self.done is not None

    def items(self, kind: str) -> list[OpenItem]:
        """What is still open: parked carts, cards, or the rest."""
        items = list(self.house.shifts.open_items())
        if kind == "parked":
            return [item for item in items if item.kind.startswith("parked")]
        if kind == "cards":
            return [item for item in items if item.kind.startswith("card")]
        return [item for item in items if not item.kind.startswith(("parked", "card"))]

    def checks(self, step: str) -> list[Check]:
        """What is to be held against slips in this step; a tender that took nothing is left out."""
        tenders = {"cards": ("card",), "vouchers": ("voucher", "transfer")}.get(step, ())
        taken = self.house.shifts.by_tender() if tenders else {}
        return [Check(kind, taken[kind], self.slips.get(kind)) for kind in tenders if taken.get(kind)]

    def slip(self, kind: str, text: str) -> None:
        """The sum on the slips as typed; nothing typed: not held against."""
        digits = "".join(char for char in text if char.isascii() and char.isdigit())[:MAX_DIGITS]
        self.slips[kind] = int(digits) if digits else None

    def remarks(self) -> list[str]:
        """Sums that differ, as they stand on the Z."""
        return [
            tr(
                "{tender} 전표 {slips}, 기록 {taken}: 차이 {difference}원",
                tender=wording.tender_word(check.kind),
                slips=wording.won(check.slips_won or 0),
                taken=wording.won(check.taken_won),
                difference=wording.signed(check.difference_won),
            )
            for step in ("cards", "vouchers")
            for check in self.checks(step)
            if check.difference_won
        ]

    def set_pieces(self, won: int, count: int) -> None:
        """A stepper moved; the half-done count is kept across a restart."""
        self.counting.set(won, count)
        self.house.shifts.keep_count(self.counting.listed())

    def start_over(self) -> None:
        """Count again from nothing."""
        self.counting.clear()
        self.house.shifts.keep_count(())
        self.result = None

    def count_again(self) -> None:
        """Back to the steppers with the numbers standing."""
        self.result = None

    def hand_in(self) -> CountResult:
        """Hand the count in; only now is the expected amount known."""
        self.result = self.house.shifts.count(self.counting.listed())
        return self.result

    def difference_words(self) -> str:
        """Over or short in words."""
        assert self.result is not None
        won = self.result.over_short_won
        if won == 0:
            return tr("딱 맞아요")
        if won < 0:
            return tr("{amount} 모자라요", amount=wording.won(-won))
        return tr("{amount} 남아요", amount=wording.won(won))

    def limit_words(self) -> str:
        """Whether the coordinator is needed."""
        assert self.result is not None
        if self.result.needs_coordinator:
            return tr("한도를 넘었어요. 이유와 담당자 PIN이 있어야 마감할 수 있어요.")
        if self.result.over_short_won:
            return tr("한도 안이에요. 담당자 없이 마감할 수 있어요.")
        return tr("센 돈과 예상 금액이 같아요.")

    def reasons(self) -> Sequence[str]:
        """Common reasons for a difference."""
        return (tr("거스름돈 실수"), tr("모르겠어요"))

    def next_reason(self) -> str:
        """Why the corner key is off on the result; empty when it is on."""
        if self.result is not None and self.result.over_short_won and not self.reason:
            return tr("이유를 골라요.")
        return ""

    def advance(self) -> str:
        """The next step; returns its name."""
        at = STEPS.index(self.step)
        self.step = STEPS[min(at + 1, len(STEPS) - 1)]
        return self.step

    def paper(self) -> Document:
        """The figures so far, as paper (slow)."""
        return self.house.shifts.x_document()

    def close(self, override: Override | None = None) -> ZDone:
        """Close the shift. Raises DomainError when something is open or a right is missing."""
        self.done = self.house.shifts.close(self.reason, override, self.remarks())
        return self.done

    def no_paper_reason(self) -> str:
        """Why the Z can't be printed again; empty when it can."""
        return "" if self.house.settings.get("printer_uri") else tr("인쇄기를 아직 안 정했어요")

    def print_again(self) -> None:
        """The same Z once more."""
        if self.done is not None:
            self.house.papers.print_document(self.done.document, "z")
