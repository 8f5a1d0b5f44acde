"""Decides on the proof of a printer: a page of numbered lines, and one question at a time about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.facts.sales import Override
from pos_app.hardware.printer_uri import with_options
from pos_app.i18n.texts import tr
from pos_app.printing.document import Block, Document, Rule, ShopHeader, Text
from pos_app.printing.layouts.proof import proof_answer, proof_documents
from pos_app.ui.screens.house import House
from pos_app.ui.screens.printers import trouble
from pos_app.ui.screens.printers.presenter import paper_words

WAYS = ("pin2", "pin5", "realtime2", "realtime5")
NOTHING = "nothing"
DIGITS = "1234567890"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its value, the words on its key, and a smaller line under them."""

    value: str
    words: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about the page; the first choice is the one hoped for."""

    name: str
    title: str
    sentence: str
    choices: tuple[Choice, ...]
    corner: str


class ProofPresenter:
    """From an address to a printer that is set right; `name` is empty for the receipt printer.

    States: printing, trouble (it is still tried), lost (nothing came), asking, done.
    """

    def __init__(self, house: House, uri: str, name: str = "") -> None:
        self.house, self.base, self.name = house, uri, name
        self.right: dict[str, tuple[int, ...]] = {}
        self.drawer = ""
        self.state = "printing"
        self._order = ["letters", "width", "qr", "cut"] + ([] if name or house.practice else ["drawer"])
        self._at = 0
        self._opened = ""
        self._code = ""
        self._job = ""
        self._test = ""
        self._told: object = None

    # the page

    def start(self) -> None:
        """Print the page. Raises printer.bad_uri."""
        self.state, self._code = "printing", ""
        self._job = str(self.house.papers.proof(self.base))

    def poll(self) -> bool:
        """Look how the page stands; whether anything changed."""
        if self.state in ("printing", "trouble"):
            self._look()
        now = (self.state, self._code, self.result_words())
        told, self._told = self._told, now
        return now != told

    def _look(self) -> None:
        said = self.house.papers.state(self._job)
        if said in ("printed", "unknown"):
            self.state = "asking"
            if said == "unknown":
                self.house.papers.came_out(self._job)  # the questions tell more than that one
        elif said in ("failed", "expired", "cancelled"):
            self.state = "lost"
        else:
            waiting = [job for job in self.house.papers.queue() if job.id == self._job]
            self._code = waiting[0].error if waiting and said == "queued" else ""
            self.state = "trouble" if self._code else "printing"

    def stop(self) -> None:
        """Nobody waits for the page any more."""
        if self.state in ("printing", "trouble") and self.house.papers.state(self._job) == "queued":
            self.house.papers.cancel(self._job)

    def waiting_words(self) -> tuple[str, str]:
        """Title and sentence while there is nothing to ask yet."""
        if self.state == "trouble":
            return trouble.reason(self._code), trouble.advice(self._code)
        if self.state == "lost":
            return tr("점검표가 나오지 않았어요"), tr(
                "전원, 선, 종이를 보고 다시 뽑아 봐요. 다른 인쇄기를 골라도 돼요."
            )
        return tr("점검표를 뽑고 있어요"), tr("번호가 적힌 줄들이 나와요. 다 나올 때까지 기다려 주세요.")

    # the questions

    def question(self) -> Question:
        """What is asked now."""
        name = self._order[self._at]
        return {
            "letters": self._letters,
            "width": self._width,
            "qr": self._qr,
            "cut": self._cut,
            "drawer": self._drawer,
        }[name]()

    def step_words(self) -> str:
        """`질문 2/5`."""
        return tr("질문 {at}/{count}", at=self._at + 1, count=len(self._order))

    def _letters(self) -> Question:
        return Question(
            "letters",
            tr("몇 번 줄이 똑바로 나왔나요?"),
            tr("종이의 1번, 2번, 3번 줄을 그림과 견줘 봐요."),
            (
                Choice("both", tr("1번과 2번"), tr("한글이 모두 똑바로")),
                Choice("old", tr("1번만"), tr("2번의 뷁, 똠은 깨졌어요")),
                Choice("picture", tr("3번만"), tr("1번, 2번은 글자가 깨졌어요")),
                Choice(NOTHING, tr("똑바른 줄이 없어요"), tr("다시 뽑아 봐요")),
            ),
            tr("똑같이 나왔어요"),
        )

    def _width(self) -> Question:
        first = 4 if self._korean() else 7
        sentence = tr("끝까지 한 줄에 다 들어간 것 가운데 가장 큰 번호를 골라요.")
        numbers = ((first + 2, 48), (first + 1, 42), (first, 32))
        return Question(
            "width",
            tr("몇 번 줄까지 한 줄에 들어갔나요?"),
            sentence,
            tuple(
                Choice(
                    str(number),
                    tr("{number}번", number=number),
                    tr("한 줄에 {columns}칸", columns=columns),
                )
                for number, columns in numbers
            ),
            tr("똑같이 나왔어요"),
        )

    def _qr(self) -> Question:
        return Question(
            "qr",
            tr("12번 QR이 네모로 나왔나요?"),
            tr("옆의 그림처럼 네모 무늬면 돼요."),
            (
                Choice("yes", tr("네모로 나왔어요")),
                Choice("no", tr("안 나왔어요"), tr("그림으로 그려서 뽑을게요")),
            ),
            tr("똑같이 나왔어요"),
        )

    def _cut(self) -> Question:
        return Question(
            "cut",
            tr("14번 줄 아래에서 종이가 잘렸나요?"),
            tr("칼이 없는 인쇄기는 손으로 뜯어요."),
            (Choice("yes", tr("잘렸어요")), Choice("no", tr("안 잘렸어요"), tr("손으로 뜯을게요"))),
            tr("종이가 잘렸어요"),
        )

    def _drawer(self) -> Question:
        if not self._opened:
            return Question(
                "drawer",
                tr("돈통이 인쇄기에 이어져 있나요?"),
                tr("현금을 받으면 저절로 열려요. 한번 열어 볼게요."),
                (Choice("open", tr("돈통 열어 보기")), Choice("none", tr("돈통이 없어요"))),
                tr("돈통 열어 보기"),
            )
        return Question(
            "drawer",
            tr("돈통이 열렸나요?"),
            tr("안 열렸으면 다른 방법으로 한 번 더 열어 볼게요."),
            (
                Choice("yes", tr("열렸어요")),
                Choice("open", tr("안 열렸어요")),
                Choice("none", tr("돈통 없이 쓸게요")),
            ),
            tr("돈통이 열렸어요"),
        )

    def _korean(self) -> bool:
        return 1 in self.right.get("letters", ())

    def answer(self, value: str, override: Override | None = None) -> None:
        """Take an answer. Raises right.missing, printer.*, drawer.*"""
        name = self._order[self._at]
        if name == "letters":
            if value == NOTHING:
                self.start()
                return
            self.right[name] = {"both": (1, 2, 3), "old": (1, 3), "picture": (3,)}[value]
            # A printer of pictures is sent the QR as one.
            self._order = [step for step in self._order if step != "qr"]
            if self._korean():
                self._order.insert(self._order.index("cut"), "qr")
            else:
                self.right.pop("qr", None)
            self.right.pop("width", None)
        elif name == "width":
            first = 4 if self._korean() else 7
            self.right[name] = tuple(range(first, int(value) + 1))
        elif name in ("qr", "cut"):
            self.right[name] = ({"qr": 12, "cut": 14}[name],) if value == "yes" else ()
        elif value == "open":
            self._open(override)
            return
        else:
            self.drawer = self._opened if value == "yes" else "none"
        if self._at + 1 < len(self._order):
            self._at += 1
        else:
            self.save()

    def can_go_back(self) -> bool:
        """Whether there is a question before."""
        return self.state == "asking" and self._at > 0

    def back(self) -> bool:
        """The question before; False at the first."""
        if not self.can_go_back():
            return False
        self._at -= 1
        self._opened = ""
        return True

    def _open(self, override: Override | None) -> None:
        """Open the drawer the next way there is."""
        at = WAYS.index(self._opened) + 1 if self._opened else 0
        way = WAYS[at % len(WAYS)]
        self.house.papers.set_printer(self.name, self.uri(way))
        self.house.settings.set("drawer", "1")
        self.house.papers.open_drawer(tr("돈통 점검"), override)
        self._opened = way

    # the end

    def uri(self, drawer: str = "") -> str:
        """The address with the switches that the answers set."""
        said = proof_answer([number for numbers in self.right.values() for number in numbers])
        columns = said.columns or 32
        changes: dict[str, object] = {
            "kind": said.kind,
            "width": 58 if columns == 32 else 80,
            "charset": said.charset if said.kind == "korean" else None,
            "cutter": said.cutter,
            "native_qr": said.native_qr if said.kind == "korean" else None,
        }
        if columns == 42:
            changes["columns"] = 42
        if drawer or self.drawer:
            changes["drawer"] = drawer or self.drawer
        return with_options(self.base, **changes)

    def save(self) -> None:
        """Keep the printer and print a test receipt on it. Raises right.missing, printer.*"""
        uri = self.uri()
        self.house.papers.set_printer(self.name, uri)
        if self.drawer:
            self.house.settings.set("drawer", "0" if self.drawer == "none" else "1")
        self.state = "done"
        self._test = str(self.house.papers.test(self.name))

    def result_words(self) -> tuple[str, str]:
        """What was set, and whether the test receipt came out."""
        if self.state != "done":
            return "", ""
        what = paper_words(self.uri())
        said = self.house.papers.state(self._test)
        if said == "printed":
            return tr("인쇄기를 정했어요: {what}", what=what), tr("시험 영수증까지 잘 나왔어요.")
        if said in ("queued", "sending"):
            return tr("인쇄기를 정했어요: {what}", what=what), tr("시험 영수증을 뽑고 있어요.")
        return tr("인쇄기를 정했어요: {what}", what=what), tr("시험 영수증이 나왔는지 종이를 봐 주세요.")

    # what right lines look like

    def sample(self) -> tuple[Document, int] | None:
        """The lines asked about as they should look, and how many letters wide they are; None: no paper."""
        name = self._order[self._at]
        if name == "drawer":
            return None
        parts = {part.number: part.document for part in proof_documents(ShopHeader(""))}
        if name == "width":
            return Document("", tuple(self._rulers())), 48
        numbers = {"letters": (1, 2, 3), "qr": (12,), "cut": (14,)}[name]
        blocks = [block for number in numbers for block in _own(parts[number].blocks)]
        return Document("", tuple(blocks)), 32

    def _rulers(self) -> list[Block]:
        first = 4 if self._korean() else 7
        blocks: list[Block] = []
        for at, columns in enumerate((32, 42, 48)):
            if self._korean():
                blocks += (Text(f"{first + at:>2}) {columns}"), Text((DIGITS * 5)[:columns]))
            else:
                blocks.append(Text(f"{first + at:>2}) {columns} {'-' * (columns - 10)} ◀"))
        return blocks


def _own(blocks: Sequence[Block]) -> Sequence[Block]:
    """A part without the page's heading."""
    rules = [at for at, block in enumerate(blocks) if block == Rule("-")]
    return blocks[rules[0] + 1 :] if rules else blocks
