"""Decides on the four questions of the first start."""

from datetime import date, datetime
from pathlib import Path

from pos_app.domain.errors import DomainError
from pos_app.domain.market_day import KOREA, register_name
from pos_app.domain.operators import Role, pin_problem
from pos_app.i18n.texts import tr
from pos_app.ui.screens.house import House
from pos_app.ui.screens.views import ImportDone

STEPS = ("who", "goods", "printer", "pin")


class FirstRunPresenter:
    """Till number and market, goods, printer, PIN; each may be left for later."""

    def __init__(self, house: House, today: date | None = None) -> None:
        self.house = house
        self.step = 0
        self._today = today
        self.suggest()
        self.imported: ImportDone | None = None
        self.printer_uri = house.settings.get("printer_uri")
        self.name = ""
        self.pin = ""
        self.pin_again = ""

    def suggest(self) -> None:
        """Who we are, as long as nobody says otherwise."""
        self.register = self.house.register or "R1"
        self.market = tr("우리 장터")
        self.business_date = (self._today or datetime.now(KOREA).date()).isoformat()

    def step_words(self) -> list[str]:
        """The list at the left."""
        return [tr("나는 누구인가요"), tr("물건 목록"), tr("인쇄 확인"), tr("PIN 정하기")]

    def accessible_step(self) -> str:
        """`단계 3/4, 인쇄 확인`."""
        return tr(
            "단계 {step}/{steps}, {name}", step=self.step + 1, steps=4, name=self.step_words()[self.step]
        )

    def who_problems(self) -> dict[str, str]:
        """What is wrong with the first answers, by field."""
        problems: dict[str, str] = {}
        try:
            self.register = register_name(self.register)
        except DomainError:
            problems["register"] = tr("R1처럼 글자와 숫자로 적어요.")
        if not self.market.strip():
            problems["market"] = tr("장터 이름을 적어요.")
        try:
            date.fromisoformat(self.business_date.strip())
        except ValueError:
            problems["date"] = tr("2026-11-20처럼 적어요.")
        return problems

    def take_import(self, done: ImportDone) -> None:
        """A workbook was read; its hints fill what nobody changed."""
        self.imported = done

    def import_file(self, path: Path) -> ImportDone:
        """Read a workbook (slow). Raises DomainError, EnvironmentFault."""
        return self.house.imports.workbook(path)

    def import_words(self) -> str:
        """What came in."""
        if self.imported is None:
            return ""
        return tr(
            "업체 {vendors}곳, 물건 {products}가지를 넣었어요.",
            vendors=self.imported.vendors,
            products=self.imported.products,
        )

    def bad_words(self) -> list[str]:
        """Cells that were not understood."""
        return (
            [f"{cell}: {reason}" for cell, reason in self.imported.bad] if self.imported is not None else []
        )

    def pin_problems(self) -> dict[str, str]:
        """What is wrong with the PIN, by field."""
        problems: dict[str, str] = {}
        if not self.name.strip():
            problems["name"] = tr("이름을 적어요.")
        if pin_problem(self.pin, Role.COORDINATOR):
            problems["pin"] = tr("여섯 자리 넘게, 123456처럼 쉬운 것은 피해서 정해요.")
        elif self.pin != self.pin_again:
            problems["again"] = tr("두 PIN이 달라요.")
        return problems

    def corner(self) -> str:
        """The affirmative verb of the step."""
        if self.step == 0:
            return tr("이대로 시작하기")
        if self.step == 1:
            return tr("물건 목록 맞아요") if self.imported is not None else tr("물건 없이 계속")
        if self.step == 2:
            return tr("인쇄기를 정했어요") if self.printer_uri else tr("인쇄기 없이 시작하기")
        return tr("PIN 정하기")

    def forward(self) -> bool:
        """Next question; False when it was the last."""
        if self.step == len(STEPS) - 1:
            return False
        self.step += 1
        return True

    def back(self) -> bool:
        """The question before; False at the first."""
        if self.step == 0:
            return False
        self.step -= 1
        return True

    def open_day(self) -> None:
        """Create or join the market day; also takes the codes of the last import."""
        self.house.days.open(self.market.strip(), self.business_date.strip(), self.register)

    def add_person(self) -> None:
        """The first person is the coordinator of this machine (slow)."""
        self.house.operators.add(self.name.strip(), Role.COORDINATOR, self.pin)
