"""What the printers' screen decides: addresses, names, and the switches that a proof sets."""

from types import SimpleNamespace

import pytest

from pos_app.domain.errors import DomainError
from pos_app.hardware.printer_uri import parse
from pos_app.ui.screens.printers import trouble
from pos_app.ui.screens.printers.presenter import PrintersPresenter, paper_words, place_words
from pos_app.ui.screens.printers.proof import WAYS, ProofPresenter
from tests.ui.fakes import FakeHouse

URI = "socket://192.168.0.87:9100"


@pytest.fixture
def house() -> FakeHouse:
    return FakeHouse()


def proved(house: FakeHouse, uri: str = URI, name: str = "") -> ProofPresenter:
    """A proof whose page came out."""
    proof = ProofPresenter(house, uri, name)
    proof.start()
    house.papers.states["proof"] = "printed"
    assert proof.poll()
    assert proof.state == "asking"
    return proof


@pytest.mark.parametrize(
    ("uri", "where", "how"),
    [
        (URI, "네트워크 192.168.0.87", "80mm · 한글 인쇄기"),
        ("socket://10.0.0.9:4000?width=58&kind=picture", "네트워크 10.0.0.9:4000", "58mm · 그림 인쇄기"),
        ("usb://0483:5743/A1", "USB 선", "80mm · 한글 인쇄기"),
        ("file:///dev/usb/lp0", "USB 선 (/dev/usb/lp0)", "80mm · 한글 인쇄기"),
        ("serial:///dev/ttyUSB0?columns=42", "시리얼 선 (/dev/ttyUSB0)", "80mm (42칸) · 한글 인쇄기"),
        ("cups://r80", "이 컴퓨터의 인쇄기 r80", "80mm · 한글 인쇄기"),
    ],
)
def test_a_printer_is_told_in_words(uri: str, where: str, how: str) -> None:
    assert (place_words(uri), paper_words(uri)) == (where, how)


@pytest.mark.parametrize("text", ["", "   ", "999 1", "socket://", "192.168.0.87:x", "nonsense://a", "a b"])
def test_an_address_that_is_none_is_said_before_anybody_is_asked(house: FakeHouse, text: str) -> None:
    assert PrintersPresenter(house).address_problem(text)
    assert not house.papers.calls


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("192.168.0.87", URI),
        (" 192.168.0.87:4000 ", "socket://192.168.0.87:4000"),
        ("printer.local", "socket://printer.local:9100"),
        ("/dev/usb/lp0", "file:///dev/usb/lp0"),
        ("usb://0483:5743", "usb://0483:5743"),
    ],
)
def test_what_people_type_becomes_an_address(house: FakeHouse, text: str, uri: str) -> None:
    printers = PrintersPresenter(house)
    assert printers.address_problem(text) == ""
    assert printers.check(text).uri == uri


@pytest.mark.parametrize(
    ("presence", "can_print", "words"),
    [
        ("printer", True, "대답했어요"),
        ("silent", True, "대답이 없어요"),
        ("refused", False, "인쇄를 받지 않아요"),
        ("unreachable", False, "아무도 없어요"),
    ],
)
def test_every_answer_has_its_sentence(house: FakeHouse, presence: str, can_print: bool, words: str) -> None:
    house.papers.presence = presence
    answer = PrintersPresenter(house).check("192.168.0.87")
    assert bool(answer.uri) is can_print
    assert words in answer.sentence


def test_a_printer_gets_another_name_and_keeps_its_address(house: FakeHouse) -> None:
    printers = PrintersPresenter(house)
    house.papers.named.update({"": URI, "라벨": "usb://0483:5743"})
    printers.rename("라벨", " 값표 ")
    assert house.papers.named == {"": URI, "값표": "usb://0483:5743"}
    with pytest.raises(DomainError, match="name_taken"):
        house.papers.named["둘"] = URI
        printers.rename("둘", "값표")


def test_a_printer_with_papers_keeps_its_name(house: FakeHouse) -> None:
    printers = PrintersPresenter(house)
    house.papers.named["라벨"] = URI
    kept: list[str] = []

    def refuse(name: str) -> None:
        if name == "라벨":
            raise DomainError("printer.has_papers", count=1)
        kept.append(name)
        del house.papers.named[name]

    house.papers.remove_printer = refuse  # type: ignore[method-assign]
    with pytest.raises(DomainError, match="has_papers"):
        printers.rename("라벨", "값표")
    assert (kept, list(house.papers.named)) == (["값표"], ["라벨"])


def test_a_printer_taken_away_can_be_put_back(house: FakeHouse) -> None:
    printers = PrintersPresenter(house)
    house.papers.named[""] = URI
    uri = printers.remove("")
    assert not printers.rows()
    printers.put_back("", uri)
    assert [row.uri for row in printers.rows()] == [URI]


@pytest.mark.parametrize(
    ("answers", "switches"),
    [
        (("both", "6", "yes", "yes", "none"), ("korean", 80, 48, "cp949", True, True, "none")),
        (("both", "5", "no", "no", "none"), ("korean", 80, 42, "cp949", False, False, "none")),
        (("old", "4", "yes", "yes", "none"), ("korean", 58, 32, "ksx1001", True, True, "none")),
        (("picture", "9", "yes", "none"), ("picture", 80, 48, "cp949", True, True, "none")),
        (("picture", "7", "no", "none"), ("picture", 58, 32, "cp949", False, True, "none")),
    ],
)
def test_answers_set_the_switches(
    house: FakeHouse, answers: tuple[str, ...], switches: tuple[object, ...]
) -> None:
    proof = proved(house)
    for answer in answers:
        proof.answer(answer)
    target = parse(house.papers.named[""])
    assert (
        target.kind, target.width, target.columns, target.charset, target.cutter, target.native_qr, target.drawer,
    ) == switches  # fmt: skip
    assert (target.host, target.port) == ("192.168.0.87", 9100)
    assert proof.state == "done"
    assert house.papers.calls[-1] == ("test", ""), "the saved printer is tested"
    assert house.settings.get("drawer") == "0"


def test_the_saved_printer_is_tested_and_the_sentence_says_so(house: FakeHouse) -> None:
    house.papers.test = lambda name: "t"  # type: ignore[attr-defined]
    proof = proved(house)
    for answer in ("both", "6", "yes", "yes", "none"):
        proof.answer(answer)
    assert "뽑고 있어요" in proof.result_words()[1]
    house.papers.states["t"] = "printed"
    assert proof.result_words() == ("인쇄기를 정했어요: 80mm · 한글 인쇄기", "시험 영수증까지 잘 나왔어요.")
    house.papers.states["t"] = "unknown"
    assert "종이를 봐 주세요" in proof.result_words()[1]


def test_the_drawer_is_opened_one_way_after_another(house: FakeHouse) -> None:
    proof = proved(house)
    for answer in ("both", "6", "yes", "yes"):
        proof.answer(answer)
    for way in WAYS[:2]:
        proof.answer("open")
        assert parse(house.papers.named[""]).drawer == way
        assert house.papers.calls[-1][0] == "open_drawer"
    proof.answer("yes")
    assert parse(house.papers.named[""]).drawer == "pin5"
    assert house.settings.get("drawer") == "1"


def test_a_label_printer_and_practice_are_not_asked_about_a_drawer(house: FakeHouse) -> None:
    labels = proved(house, name="라벨")
    for answer in ("picture", "7", "no"):
        labels.answer(answer)
    assert labels.state == "done"
    assert parse(house.papers.named["라벨"]).kind == "picture"
    assert house.settings.get("drawer") == ""


def test_a_question_back_changes_the_answer(house: FakeHouse) -> None:
    proof = proved(house)
    assert not proof.back()
    proof.answer("picture")
    assert [choice.value for choice in proof.question().choices] == ["9", "8", "7"]
    assert proof.back()
    proof.answer("both")
    assert [choice.value for choice in proof.question().choices] == ["6", "5", "4"]
    proof.answer("6")
    assert proof.question().name == "qr"


def test_no_right_line_prints_the_page_again(house: FakeHouse) -> None:
    proof = proved(house)
    proof.answer("nothing")
    assert proof.state == "printing"
    assert [call[0] for call in house.papers.calls].count("proof") == 2


def test_a_page_that_does_not_come_says_why_and_goes_on_by_itself(house: FakeHouse) -> None:
    proof = ProofPresenter(house, URI)
    proof.start()
    house.papers.jobs = [SimpleNamespace(id="proof", error="paper_out")]
    assert proof.poll()
    assert proof.waiting_words()[0] == "인쇄기에 종이가 없어요."
    house.papers.jobs, house.papers.states["proof"] = [], "expired"
    assert proof.poll()
    assert proof.state == "lost"
    proof.start()
    house.papers.states["proof"] = "unknown"
    proof.poll()
    assert proof.state == "asking"
    assert ("came_out", "proof") in house.papers.calls, "nobody asks about it a second time"


def test_leaving_takes_the_page_back(house: FakeHouse) -> None:
    proof = ProofPresenter(house, URI)
    proof.start()
    proof.stop()
    assert house.papers.calls[-1] == ("cancel", "proof")


def test_every_question_shows_what_is_right(house: FakeHouse) -> None:
    for letters in ("both", "picture"):
        proof = proved(house)
        shown = []
        for answer in (
            letters,
            "6" if letters == "both" else "9",
            *(["yes"] if letters == "both" else []),
            "yes",
        ):
            shown.append(proof.sample())
            proof.answer(answer)
        assert all(sample is not None and sample[0].blocks for sample in shown)
        assert proof.sample() is None


@pytest.mark.acceptance("A14")
@pytest.mark.parametrize(
    ("code", "place", "waiting", "title", "sentence"),
    [
        (
            "paper_out",
            "",
            2,
            "인쇄기에 종이가 없어요.",
            "판매는 저장됐어요. 종이를 넣으면 영수증 2장이 이어서 나와요.",
        ),
        (
            "cover_open",
            "",
            1,
            "인쇄기 덮개가 열려 있어요.",
            "판매는 저장됐어요. 덮개를 닫으면 영수증 1장이 이어서 나와요.",
        ),
        (
            "refused",
            "",
            0,
            "인쇄기에 연결이 안 돼요.",
            "판매는 저장됐어요. 전원과 선을 다시 이으면 다시 나와요.",
        ),
        (
            "timeout",
            "라벨",
            0,
            "라벨: 인쇄기가 대답하지 않아요.",
            "판매는 저장됐어요. 인쇄기를 껐다 켜면 다시 나와요.",
        ),
    ],
)
def test_a_printers_trouble_says_what_happened_what_is_safe_and_what_to_do(
    code: str, place: str, waiting: int, title: str, sentence: str
) -> None:
    status = SimpleNamespace(word="", waiting=waiting, needs_hand=True, code=code, place=place)
    assert trouble.told(status) == (title, sentence)


def test_every_word_of_the_queue_has_a_sentence() -> None:
    from pos_app.services.print_jobs import TROUBLES

    for code, word in TROUBLES.items():
        assert trouble.reason(code).endswith("요."), code
        status = SimpleNamespace(word=word, waiting=1, needs_hand=True, code=code, place="")
        assert not trouble.told(status)[0].startswith("인쇄기: "), word
