"""Where slips are told: a sum typed, transfers ticked one by one, vouchers counted by face."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n import closing_words
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.board.answers import Answer
from pos_app.ui.screens.board.views import SlipItem, SlipSheet
from pos_app.ui.screens.parts import figure_row
from pos_app.ui.widgets.card import Divider
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.stepper import Stepper
from pos_app.ui.widgets.words import Words

FACES = (50_000, 30_000, 10_000, 5_000, 1_000)
MAX_DIGITS = 11
_MOST_ITEMS = 12


class SlipEditor(QWidget):
    """One kind of slip; `changed` when what it says changes."""

    changed = Signal()

    def __init__(self, sheet: SlipSheet, with_items: bool = True) -> None:
        super().__init__()
        self._with_items = with_items
        self.sheet, self.kind = sheet, sheet.slip.kind
        self.ticks: dict[tuple[str, int], Key] = {}
        self.steppers: dict[int, Stepper] = {}
        self.field: Field | None = None
        self.pieces: Field | None = None
        self.approvals: dict[tuple[str, int], Field] = {}
        self.other: Field | None = None
        self.notice = Notice("", name=f"check_{sheet.slip.kind}_told")
        self._touched = sheet.slip.told
        self.setObjectName(f"slip_{self.kind}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        slip = sheet.slip
        till = tr("장터포스에 적힌 합계 · {count}건", count=slip.till_count)
        self._column.addWidget(figure_row(till, wording.won(slip.till_won), size="name"))
        {"transfer": self._build_ticks, "voucher": self._build_faces}.get(self.kind, self._build_sum)()
        if self.field is None:
            self._column.addWidget(self.notice)
        self._tell()

    # --- what is said ----------------------------------------------------------------------------

    def counted_won(self) -> int | None:
        """The slips' sum; None while nothing was said."""
        if self.field is not None:
            digits = _digits(self.field.text())
            return int(digits) if digits else None
        if not self._touched:
            return None
        if self.kind == "transfer":
            return sum(item.won for item in self.sheet.items if (item.sale_id, item.no) in self.ticked())
        return sum(face * pieces for face, pieces in self.faces())

    def ticked(self) -> list[tuple[str, int]]:
        """Transfers that came."""
        return [at for at, key in self.ticks.items() if key.is_chosen()]

    def faces(self) -> list[tuple[int, int]]:
        """Vouchers by face; those without one (on a phone, on a card) are one piece of their sum."""
        found = {face: stepper.value() for face, stepper in self.steppers.items() if stepper.value()}
        rest = int(_digits(self.other.text()) or 0) if self.other is not None else 0
        if rest:
            found[rest] = found.get(rest, 0) + 1
        return list(found.items())

    def difference_won(self) -> int:
        """Slips less till."""
        counted = self.counted_won()
        return 0 if counted is None else counted - self.sheet.slip.till_won

    def answer(self) -> Answer | None:
        """All of it; None while nothing was said."""
        counted, numbers = self.counted_won(), self.numbers()
        if counted is None and not numbers:
            return None
        return Answer(counted, tuple(self.ticked()), tuple(self.faces()), self.count(), numbers)

    def numbers(self) -> tuple[tuple[str, int, str], ...]:
        """Approval numbers that were filled in, or corrected, just now."""
        before = {(item.sale_id, item.no): item.approval_no for item in self.sheet.items}
        told = [(at, field.text().strip()) for at, field in self.approvals.items()]
        return tuple((*at, text) for at, text in told if text and text != before.get(at))

    def count(self) -> int:
        """How many slips were counted, 0 where nobody said."""
        digits = _digits(self.pieces.text())[:5] if self.pieces is not None else ""
        return int(digits) if digits else 0

    def restore(self, answer: Answer) -> None:
        """What was said before, put back."""
        self._touched = True
        if self.field is not None:
            self.field.set_text("" if answer.counted_won is None else f"{answer.counted_won:,}")
        for sale_id, no, text in answer.numbers:
            if (sale_id, no) in self.approvals:
                self.approvals[sale_id, no].set_text(text)
        if self.pieces is not None and answer.pieces:
            self.pieces.set_text(str(answer.pieces))
        for at, key in self.ticks.items():
            key.set_chosen(at in answer.ticked)
        for face, stepper in self.steppers.items():
            stepper.set_value(dict(answer.faces).get(face, 0))
        self._show_other(dict(answer.faces))
        self._tell()

    # --- building --------------------------------------------------------------------------------

    def _build_sum(self) -> None:
        caption = {
            "card": tr("카드 단말기 승인 합계"),
            "card_refund": tr("카드 단말기 취소 합계"),
        }[self.kind]
        self.field = Field(f"check_{self.kind}_won", caption, number=True, unit=tr("원"))
        self.pieces = Field(f"check_{self.kind}_count", tr("전표 장수"), number=True, unit=tr("장"))
        slip = self.sheet.slip
        if slip.counted_won is not None:
            self.field.set_text(f"{slip.counted_won:,}")
            self.pieces.set_text(str(slip.counted_count) if slip.counted_count else "")
        self.field.changed.connect(self._say)
        self.pieces.changed.connect(self._say)
        self._column.addWidget(Words(caption, "body", True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.field, 3)
        row.addWidget(self.pieces, 1)
        self._column.addLayout(row)
        self._column.addWidget(self.notice)
        for at, item in enumerate(self.sheet.items[:_MOST_ITEMS]):
            if self.kind == "card":
                self._build_number(at, item)
            elif self._with_items:
                self._column.addWidget(figure_row(self._item_words(item), wording.won(item.won)))

    def _build_number(self, at: int, item: SlipItem) -> None:
        """A card without its number: fill it in here, and it is nothing to do any more."""
        words = tr("{receipt_no} · {time}", receipt_no=item.receipt_no, time=wording.clock(item.at))
        spoken = tr("{receipt_no} {won} 승인번호", receipt_no=item.receipt_no, won=wording.won(item.won))
        field = Field(f"slip_number_{at}", spoken, tr("승인번호"))
        field.set_text(item.approval_no)
        field.changed.connect(self._say_number)
        self.approvals[item.sale_id, item.no] = field
        self._column.addWidget(figure_row(words, wording.won(item.won)))
        self._column.addWidget(field)

    def _say_number(self, *_: object) -> None:
        self.changed.emit()

    def _item_words(self, item: SlipItem) -> str:
        approval = item.approval_no or tr("취소 승인 없음")
        return f"{item.receipt_no} · {approval}"

    def _build_ticks(self) -> None:
        known = set(self.sheet.ticked)
        everything = Key(tr("모두 들어왔어요"), "check", "plain", "slip_transfer_all")
        everything.clicked.connect(self._tick_all)
        self._column.addWidget(everything)
        for at, item in enumerate(self.sheet.items):
            words = tr(
                "{time} · {receipt_no} · {won}",
                time=wording.clock(item.at),
                receipt_no=item.receipt_no,
                won=wording.won(item.won),
            )
            key = Key(words, None, "plain", f"slip_transfer_{at}", align=Qt.AlignmentFlag.AlignLeft)
            key.set_chosen((item.sale_id, item.no) in known)
            key.clicked.connect(lambda _checked=False, key=key: self._tick(key))
            self.ticks[item.sale_id, item.no] = key
            self._column.addWidget(key)

    def _build_faces(self) -> None:
        known = dict(self.sheet.faces)
        for face in FACES:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            words = wording.won(face)
            stepper = Stepper(f"slip_face_{face}", tr("{face} 상품권 장수", face=words), known.get(face, 0))
            stepper.changed.connect(self._say)
            line.addWidget(Words(words, "key_big", True, wrap=False), 1)
            line.addWidget(stepper)
            self.steppers[face] = stepper
            self._column.addWidget(row)
            self._column.addWidget(Divider())
        caption = tr("그 밖의 상품권 합계 (모바일 따위)")
        self.other = Field("slip_face_other", caption, number=True, unit=tr("원"))
        self._column.addWidget(Words(caption, "body", True))
        self._column.addWidget(self.other)
        self._show_other(known)
        self.other.changed.connect(self._say)

    def _show_other(self, faces: Mapping[int, int]) -> None:
        rest = sum(face * pieces for face, pieces in faces.items() if face not in FACES)
        if self.other is not None:
            self.other.set_text(f"{rest:,}" if rest else "")

    # --- hearing ---------------------------------------------------------------------------------

    def _tick(self, key: Key) -> None:
        key.set_chosen(not key.is_chosen())
        self._say()

    def _tick_all(self) -> None:
        for key in self.ticks.values():
            key.set_chosen(True)
        self._say()

    def _say(self, *_: object) -> None:
        self._touched = True
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self.notice.set(*self.verdict())

    def verdict(self) -> tuple[str, str]:
        """(sentence, kind of notice)."""
        won = self.difference_won()
        if self.counted_won() is None:
            return tr("적어 넣으면 맞는지 알려 줘요. 비워 두고 가도 돼요."), "info"
        size = wording.won(abs(won))
        if won < 0:
            return tr("{amount} 모자라요. 고치거나 까닭을 적을 때까지 할 일로 남아요.", amount=size), "warn"
        if won > 0:
            return tr("{amount} 더 있어요. 고치거나 까닭을 적을 때까지 할 일로 남아요.", amount=size), "warn"
        count, till = self.count(), self.sheet.slip.till_count
        if count and count != till:
            return tr(
                "합계는 맞는데 장수가 달라요: 전표 {count}장, 기록 {till}건", count=count, till=till
            ), "warn"
        return tr("딱 맞아요"), "ok"

    def title(self) -> str:
        """What the slips are called."""
        return closing_words.kind_word(self.kind)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isascii() and char.isdigit())[:MAX_DIGITS]
