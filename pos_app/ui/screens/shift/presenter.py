"""Decides on opening the till, on cash in and out, and on the blind count."""

from collections.abc import Sequence

from pos_app.facts.sales import Override
from pos_app.i18n import closing_words
from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.ui.screens import wording
from pos_app.ui.screens.board.answers import Answer
from pos_app.ui.screens.board.views import SlipSheet
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


SLIPS = {"cards": ("card", "card_refund"), "vouchers": ("voucher", "transfer")}
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
        self.answers: dict[str, Answer] = {}

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

    def sheets(self, step: str) -> list[SlipSheet]:
        """The slips that are told in this step; what the shift took none of is left out."""
        kinds = SLIPS.get(step, ())
        found = {sheet.slip.kind: sheet for sheet in self.house.reconciling.sheets()} if kinds else {}
        return [found[kind] for kind in kinds if kind in found]

    def tell(self, kind: str, answer: Answer | None) -> None:
        """What somebody typed, ticked or counted; None: nothing yet."""
        self.answers.pop(kind, None)
        if answer is not None:
            self.answers[kind] = answer

    def settle(self) -> None:
        """Record what was told of this step's slips, once."""
        for kind in SLIPS.get(self.step, ()):
            answer = self.answers.pop(kind, None)
            for number in answer.numbers if answer is not None else ():
                self.house.reconciling.tell_number(*number)
            if answer is not None and answer.counted_won is not None:
                self.house.reconciling.record(
                    kind, answer.counted_won, count=answer.pieces, ticked=answer.ticked, faces=answer.faces
                )

    def remarks(self) -> list[str]:
        """Slips that differ, as they stand on the Z."""
        return [
            tr(
                "{slips} {counted}, 기록 {till}: 차이 {difference}원",
                slips=closing_words.kind_word(sheet.slip.kind),
                counted=wording.won(sheet.slip.counted_won or 0),
                till=wording.won(sheet.slip.till_won),
                difference=wording.signed(sheet.slip.difference_won),
            )
            for step in SLIPS
            for sheet in self.sheets(step)
            if sheet.slip.difference_won
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
        """The next step; returns its name. What was told of slips is recorded."""
        self.settle()
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
