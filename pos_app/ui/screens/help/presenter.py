"""Decides on the help: which screen it is for, and the card 하루 사용법 as paper."""

from pathlib import Path

from pos_app.i18n.texts import tr
from pos_app.printing.document import Block, Cut, Document, Rule, Text
from pos_app.reports.quick_card import card_lead, card_title, day_steps, quick_card_pdf
from pos_app.ui.screens.help.keys import all_keys
from pos_app.ui.screens.help.topics import Topic, screen_word, topics_of
from pos_app.ui.screens.house import House

HERE, KEYS, DAY = "here", "keys", "day"


def card_slip(practice: bool = False) -> Document:
    """하루 사용법 for the receipt printer."""
    blocks: list[Block] = [Text(card_title(), "center", True, 2), Text(card_lead()), Rule()]
    for number, step in enumerate(day_steps(), 1):
        blocks.append(Text(f"{number}. {step.title}", bold=True))
        blocks.append(Text(step.words))
        keys = [f"[{word}]" for word in (*step.keys, *((step.big,) if step.big else ()))]
        if keys:
            blocks.append(Text(" ".join(keys), bold=True))
        blocks.append(Rule())
    return Document(card_title(), (*blocks, Cut()), practice)


class HelpPresenter:
    """Three pages: this screen, keys, the day."""

    def __init__(self, house: House, screen: str = "") -> None:
        self.house = house
        self.screen = screen
        self.page = HERE

    def title(self) -> str:
        """What the page is about."""
        if self.page == KEYS:
            return tr("키보드로 팔기")
        if self.page == DAY:
            return card_title()
        word = screen_word(self.screen)
        return tr("도움말: {screen}", screen=word) if word else tr("도움말")

    def entries(self) -> list[Topic]:
        """Heads and sentences of the page."""
        if self.page == KEYS:
            return all_keys()
        if self.page == DAY:
            return [(f"{number}. {step.title}", step.words) for number, step in enumerate(day_steps(), 1)]
        return topics_of(self.screen)

    def no_paper_reason(self) -> str:
        """Why the card can't be printed here; empty when it can."""
        return "" if self.house.settings.get("printer_uri") else tr("인쇄기를 아직 안 정했어요")

    def print_slip(self) -> None:
        """The card on the receipt printer."""
        self.house.papers.print_document(card_slip(self.house.practice), "help")

    def write_pdf(self, folder: Path) -> Path:
        """The card as an A4 page in a folder (slow)."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{card_title()}.pdf"
        path.write_bytes(quick_card_pdf(self.house.settings.get("shop_name")))
        return path
