"""Help: for the screen one came from, the keys, and the day on one page."""

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.i18n.texts import set_language
from pos_app.printing.document import decode, encode
from pos_app.printing.plain import render
from pos_app.reports.quick_card import card_title, day_steps, quick_card_pdf
from pos_app.ui.screens.help.presenter import DAY, HERE, KEYS, HelpPresenter, card_slip
from pos_app.ui.screens.help.topics import screen_word, topics_of
from pos_app.ui.screens.registry import SCREENS
from pos_app.ui.shell import Shell
from tests.ui.fakes import FakeHouse
from tests.ui.screens.conftest import Open


@pytest.fixture(params=["ko", "en"])
def tongue(request: pytest.FixtureRequest):
    set_language(request.param)
    yield request.param
    set_language("ko")


def words_of(pdf: bytes) -> str:
    page = PdfDocument(pdf)[0]
    return page.get_textpage().get_text_bounded()


def test_the_card_is_one_a4_page_with_every_step_on_it(tongue: str) -> None:
    pdf = quick_card_pdf("가치키움")
    document = PdfDocument(pdf)
    assert len(document) == 1
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    text = "".join(words_of(pdf).split())
    for step in day_steps():
        assert "".join(step.title.split()) in text
        for key in (*step.keys, step.big):
            assert "".join(key.split()) in text
    assert "가치키움" in text


def test_nothing_on_the_card_runs_over_the_foot(tongue: str) -> None:
    """All that is drawn lies between the margins, whichever language."""
    page = PdfDocument(quick_card_pdf("가치키움 사회적협동조합"))[0]
    for number in range(page.get_textpage().count_chars()):
        left, bottom, right, top = page.get_textpage().get_charbox(number)
        assert left >= 30 and right <= 595 - 28 and bottom >= 20 and top <= 842 - 20


def test_the_slip_fits_both_papers_and_practice_heads_it() -> None:
    slip = card_slip(practice=True)
    assert decode(encode(slip)) == slip
    for width in (32, 42, 48):
        lines = render(slip, width).splitlines()
        assert any("연습" in line for line in lines)
        assert any(card_title() in line for line in lines)


def test_each_screen_has_help_and_its_name() -> None:
    for name in SCREENS:
        topics = topics_of(name)
        assert topics, name
        assert all(head and words for head, words in topics)
    assert screen_word("selling") and not screen_word("menu")


def test_the_three_pages() -> None:
    view = HelpPresenter(FakeHouse(), "receipts")
    pages = {}
    for page in (HERE, KEYS, DAY):
        view.page = page
        pages[page] = (view.title(), view.entries())
    assert len({title for title, _ in pages.values()}) == 3
    assert ("F12" in dict(pages[KEYS][1])) and len(pages[DAY][1]) == len(day_steps())


@pytest.mark.parametrize("name", ["selling", "receipts", "settings", "cash"])
def test_f1_tells_of_the_screen_one_came_from(shell: Shell, name: str) -> None:
    shell.go(name)
    QTest.keyClick(shell.windowHandle(), Qt.Key.Key_F1)
    assert shell.current.name == "keys"
    assert screen_word(name) in shell.current.title.text()


def test_another_screen_another_help(shell: Shell) -> None:
    shell.go("selling")
    shell.show_keys()
    shell.go("cash")
    shell.show_keys()
    assert screen_word("cash") in shell.current.title.text()


def test_the_page_is_written_where_a_person_finds_it(tmp_path: Path) -> None:
    path = HelpPresenter(FakeHouse()).write_pdf(tmp_path / "paper")
    assert path.read_bytes().startswith(b"%PDF") and path.stem == card_title()


@pytest.mark.parametrize(("width", "scale"), [(1366, 100), (1024, 100), (1366, 125), (1024, 200)])
def test_no_page_is_wider_than_its_list(open_shell: Open, width: int, scale: int) -> None:
    shell = open_shell(width, 768, scale)
    shell.show_keys()
    screen = shell.current
    for page in (HERE, KEYS, DAY):
        screen.tabs.key(page).click()
        assert screen.scroller.widget().minimumSizeHint().width() <= screen.scroller.viewport().width()
