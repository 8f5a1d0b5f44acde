"""Decides what the day's board shows: cards, what is certain, what is left, and what the corner key does."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pos_app.domain.market_day import register_order
from pos_app.domain.operators import Action, may
from pos_app.i18n import closing_words
from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.runtime.faults import EnvironmentFault
from pos_app.ui.screens import wording
from pos_app.ui.screens.board.answers import Answer
from pos_app.ui.screens.board.faces import CardView, card_of, foot_of
from pos_app.ui.screens.board.views import DayBoard, RegisterLine, SealView, Slip, Todo
from pos_app.ui.screens.house import House

_ORDER = {"silent": 0, "open": 1, "closed": 2}
PAGES = ("cards", "table", "slips", "sheet")


class TodoView(NamedTuple):
    """Something to do, and where it is done."""

    kind: str
    title: str
    detail: str
    blocking: bool


class SlipRow(NamedTuple):
    """Slips of one shift in a list."""

    key: str
    title: str
    caption: str
    amount: str
    badge: str
    badge_kind: str


class BoardPresenter:
    """Holds the last look at the board; `load` and everything that changes something is slow."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.board: DayBoard | None = None
        self.printer = ""
        self.filter = "all"
        self.page = "cards"

    # --- reading ---------------------------------------------------------------------------------

    def load(self) -> DayBoard:
        """Look at every register (slow). Raises right.missing, day.none."""
        return self.house.day_close.overview()

    def take(self, board: DayBoard) -> None:
        """Keep what was seen."""
        self.board = board
        status = self.house.papers.status()
        self.printer = status.word if status.needs_hand else ""

    @property
    def lines(self) -> Sequence[RegisterLine]:
        """All registers, those that hold up the seal first."""
        if self.board is None:
            return ()
        return sorted(
            self.board.lines,
            key=lambda line: (
                _ORDER[line.state],
                not (line.gaps or line.late),
                register_order(line.register),
            ),
        )

    def shown(self) -> list[RegisterLine]:
        """The registers of the filter."""
        return [line for line in self.lines if self.filter in ("all", line.state)]

    def filters(self) -> list[tuple[str, str]]:
        """모두 16, 소식 없음 2, 열림 3, 닫음 11."""
        counts = {state: sum(1 for line in self.lines if line.state == state) for state in _ORDER}
        return [
            ("all", tr("모두 {count}", count=len(self.lines))),
            *((state, f"{closing_words.state_word(state)} {counts[state]}") for state in _ORDER),
        ]

    def card(self, line: RegisterLine, now: datetime | None = None) -> CardView:
        """One card."""
        return card_of(line, self.printer, now)

    def table(self) -> list[tuple[str, ...]]:
        """The same as a table."""
        return [
            (
                wording.register_word(line.register),
                self.card(line).badge,
                line.operator,
                f"{line.sales_count:,}",
                wording.amount(line.net_won),
                wording.signed(line.over_short_won),
                foot_of(line, self.printer, None),
            )
            for line in self.shown()
        ]

    # --- the panel -------------------------------------------------------------------------------

    def certain_words(self) -> tuple[str, str]:
        """(what is certain, what may grow), in words."""
        if self.board is None:
            return "", ""
        certain = sum(1 for line in self.board.lines if line.certain)
        rest = len(self.board.lines) - certain
        if self.board.sealed and self.board.complete and not self.board.undecided:
            words = tr("봉인한 {count}대", count=certain + len(self.board.late))
        else:
            words = tr("닫은 {count}대", count=certain)
        return words, tr("{count}대 · 늘 수 있음", count=rest) if rest else tr("없음")

    def todos(self) -> list[TodoView]:
        """What is left, what stands before the seal first."""
        if self.board is None:
            return []
        return [
            TodoView(todo.kind, *closing_words.todo_words(todo), todo.blocking) for todo in self.board.todos
        ]

    def todo(self, kind: str) -> Todo | None:
        """The to-do of this kind."""
        return next((todo for todo in self.board.todos if todo.kind == kind), None) if self.board else None

    def todo_title(self) -> str:
        """The heading of the list."""
        if self.board is None:
            return ""
        count = len(self.board.todos)
        if not count:
            return tr("할 일을 모두 마쳤어요")
        return (
            tr("남은 할 일 {count}", count=count)
            if self.board.sealed
            else tr("봉인 전에 할 일 {count}", count=count)
        )

    def blocking(self) -> int:
        """How many things stand before the seal."""
        return sum(1 for todo in self.todos() if todo.blocking)

    def state_words(self) -> tuple[str, str]:
        """How the day stands, and which kind of notice that is; empty before the seal."""
        board = self.board
        if board is None or not board.sealed:
            return "", "info"
        if board.undecided:
            return tr("봉인이 {count}개예요. 하나를 고를 때까지 잠정이에요.", count=len(self.live())), "warn"
        seal = next((seal for seal in board.seals if seal.counts), None)
        at = wording.clock(seal.at) if seal else ""
        if not board.complete:
            return tr("{at}에 잠정으로 봉인했어요. 빠진 자료가 오면 추가로 남겨요.", at=at), "warn"
        return tr("{at}에 봉인했어요. 이 정산표는 바뀌지 않아요.", at=at), "ok"

    def live(self) -> list[SealView]:
        """Seals that nobody opened again."""
        return [seal for seal in self.board.seals if not seal.reopened] if self.board else []

    def history(self) -> list[tuple[str, str]]:
        """Seals and addenda, one line each: words and won."""
        if self.board is None:
            return []
        rows = []
        for seal in self.board.seals:
            words = tr("봉인 {number} · {at}", number=seal.number, at=wording.clock(seal.at))
            if seal.reopened:
                words = tr("{words} · 다시 엶: {reason}", words=words, reason=seal.reopened)
            elif not seal.counts:
                words = tr("{words} · {by}", words=words, by=seal.by)
            rows.append((words, wording.won(seal.net_won)))
        for more in self.board.addenda:
            words = tr(
                "추가 {number}호 · {at} · {reason}",
                number=more.number,
                at=wording.clock(more.at),
                reason=more.reason,
            )
            rows.append((words, wording.won(more.net_won)))
        return rows

    def books(self) -> list[tuple[str, str]]:
        """What each cooperative sold, where there is more than one."""
        if self.board is None or len(self.board.cooperatives) < 2:
            return []
        return [
            (book.cooperative or tr("소속 없음"), wording.won(book.net_won))
            for book in self.board.cooperatives
        ]

    # --- the corner key --------------------------------------------------------------------------

    def act(self) -> str:
        """What the corner key does now: seal, addendum, print."""
        board = self.board
        if board is None or not board.sealed:
            return "seal"
        return "addendum" if board.late and not board.undecided else "print"

    def corner(self) -> str:
        """The corner key's word."""
        if self.act() == "seal":
            return tr("하루 봉인하기")
        if self.act() == "addendum":
            return tr("추가 {number}호 남기기", number=self._next_number())
        return tr("정산표 인쇄")

    def _next_number(self) -> int:
        if self.board is None:
            return 1
        return 1 + max((more.number for more in self.board.addenda), default=0)

    def off_reason(self) -> str:
        """Why the corner key is off; empty when it is on."""
        board = self.board
        if board is None:
            return tr("아직 읽는 중이에요.")
        if self.act() == "print":
            return "" if self.house.settings.get("printer_uri") else tr("인쇄기를 아직 안 정했어요")
        if not may(self.house.session.role, Action.SEAL_DAY):
            return tr("봉인은 장터 담당자만 할 수 있어요.")
        if self.act() == "seal" and self.blocking():
            return tr("할 일 {count}가지를 마치면 봉인할 수 있어요.", count=self.blocking())
        return ""

    def may_provisionally(self) -> bool:
        """Whether only missing news stand before the seal, and the one here may overlook them."""
        kinds = {todo.kind for todo in self.todos() if todo.blocking}
        right = may(self.house.session.role, Action.SEAL_PROVISIONAL)
        return right and self.act() == "seal" and bool(kinds) and kinds <= {"silent", "gaps"}

    def may_reopen(self) -> bool:
        """Whether the day can be opened again here."""
        return bool(self.board and self.board.sealed) and may(self.house.session.role, Action.REOPEN_DAY)

    def cut_words(self) -> str:
        """The exact cut, as it is asked before the seal."""
        assert self.board is not None
        words = tr(
            "계산대 {registers}대, {sales}건, {amount}을 봉인해요. 봉인하면 이 날은 더 팔 수 없어요.",
            registers=len(self.board.lines),
            sales=f"{self.board.sales_count:,}",
            amount=wording.won(self.board.net_won),
        )
        left = len(self.board.todos) - self.blocking()
        return (
            f"{words} {tr('남은 할 일 {count}가지는 봉인한 뒤에도 볼 수 있어요.', count=left)}"
            if left
            else words
        )

    # --- doing -----------------------------------------------------------------------------------

    def seal(self, reason: str = "", provisional: bool = False) -> str:
        """Seal exactly what was seen (slow); what to say."""
        assert self.board is not None
        self.house.day_close.seal(provisional, reason, self.board.cut)
        return tr("잠정으로 봉인했어요") if provisional else tr("하루를 봉인했어요")

    def add(self, reason: str) -> str:
        """Put what came late into an addendum (slow); what to say."""
        number = self._next_number()
        self.house.addenda.add(reason)
        return tr("추가 {number}호를 남겼어요", number=number)

    def reopen(self, reason: str) -> str:
        """Open the day again (slow); what to say."""
        self.house.day_close.reopen(reason)
        return tr("하루를 다시 열었어요. 봉인한 것은 그대로 남아 있어요.")

    def choose(self, key: str, reason: str) -> str:
        """Let one of several seals count (slow); what to say."""
        self.house.day_close.choose(key, reason)
        return tr("이 봉인으로 정했어요")

    def documents(self) -> Sequence[Document]:
        """The sheet and its addenda (slow)."""
        return self.house.day_close.documents()

    def print_sheets(self) -> str:
        """Send the sheets to the printer (slow); what to say."""
        papers = self.documents()
        for paper in papers:
            self.house.papers.print_document(paper, "day")
        return tr("정산표 {count}장을 인쇄기로 보냈어요", count=len(papers))

    def file_name(self) -> str:
        """What the sheet's file is called unless somebody says otherwise."""
        return f"{tr('일일정산표')}-{self.board.business_date if self.board else ''}.pdf"

    def save_pdf(self, path: Path) -> str:
        """Write the sheet (slow); what to say. Raises EnvironmentFault."""
        try:
            path.write_bytes(self.house.day_close.pdf())
        except OSError as error:
            raise EnvironmentFault(
                tr("파일을 쓰지 못했어요: {file}", file=path), tr("폴더와 권한, 남은 자리를 확인해요.")
            ) from error
        return tr("정산표를 저장했어요")

    # --- slips -----------------------------------------------------------------------------------

    def slips(self) -> list[Slip]:
        """Slips of all shifts: those that differ first, then those nobody looked at."""
        if self.board is None:
            return []
        return sorted(self.board.slips, key=lambda slip: (not slip.differs, slip.told))

    def slip_rows(self) -> list[SlipRow]:
        """The same as rows."""
        rows = []
        for slip in self.slips():
            badge, kind = tr("맞음"), "ok"
            if slip.differs:
                badge, kind = tr("다름"), "bad"
            elif not slip.told:
                badge, kind = tr("안 봄"), "gray"
            elif slip.difference_won:
                badge, kind = tr("적어 둠"), "info"
            title = f"{wording.register_word(slip.register)} · {closing_words.kind_word(slip.kind)}"
            rows.append(
                SlipRow(
                    f"{slip.shift_id} {slip.kind}",
                    title,
                    closing_words.slip_words(slip),
                    wording.won(slip.till_won),
                    badge,
                    kind,
                )
            )
        return rows

    def tell(self, slip: Slip, told: Answer, note: str) -> str:
        """Record what was said of slips, card numbers first (slow); what to say."""
        service = self.house.reconciling
        for number in told.numbers:
            service.tell_number(*number)
        if told.counted_won is None:
            return tr("승인번호 {count}개를 적었어요", count=len(told.numbers))
        service.record(
            slip.kind, told.counted_won, register=slip.register, shift_id=slip.shift_id, count=told.pieces,
            ticked=told.ticked, faces=told.faces, note=note,
        )  # fmt: skip
        return tr("전표를 적었어요")

    def slip(self, key: str) -> Slip | None:
        """The slips of a row."""
        return next((slip for slip in self.slips() if f"{slip.shift_id} {slip.kind}" == key), None)
