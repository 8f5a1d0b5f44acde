"""Decides on the screen of printers: which there are, which were found, who is at a typed address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.hardware.printer_uri import parse
from pos_app.i18n.texts import tr

if TYPE_CHECKING:
    from pos_app.ui.screens.house import House
    from pos_app.ui.screens.views import FoundPrinter, PrinterView

PORT = 9100


@dataclass(frozen=True, slots=True)
class PrinterRow:
    """One printer of this till as a row; level fine or red."""

    name: str
    uri: str
    title: str
    detail: str
    word: str
    level: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Who is at a typed address; `uri` is empty when nothing can be printed there."""

    uri: str
    sentence: str
    kind: str


def place_words(uri: str) -> str:
    """Where a printer stands: `네트워크 192.168.0.87`, `USB`."""
    try:
        target = parse(uri)
    except DomainError:
        return uri
    if target.scheme == "socket":
        port = "" if target.port == PORT else f":{target.port}"
        return tr("네트워크 {host}", host=f"{target.host}{port}")
    words = {
        "usb": tr("USB 선"),
        "file": tr("USB 선 ({path})", path=target.path),
        "serial": tr("시리얼 선 ({path})", path=target.path),
    }
    return words.get(target.scheme, tr("이 컴퓨터의 인쇄기 {name}", name=target.name))


def paper_words(uri: str) -> str:
    """How it prints: `80mm · 한글 인쇄기`."""
    try:
        target = parse(uri)
    except DomainError:
        return tr("주소를 못 읽음")
    width = {32: "58mm", 42: tr("80mm (42칸)"), 48: "80mm"}.get(target.columns, "")
    kind = tr("그림 인쇄기") if target.kind == "picture" else tr("한글 인쇄기")
    return f"{width} · {kind}"


def opens_drawer(uri: str) -> bool:
    """Whether a drawer hangs on the printer at this address."""
    try:
        return parse(uri).drawer != "none"
    except DomainError:
        return False


class PrintersPresenter:
    """Printers that are chosen, printers that were found, and an address somebody types."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.found: Sequence[FoundPrinter] | None = None

    # those that are chosen

    def rows(self) -> list[PrinterRow]:
        """Every printer of this till, the receipt printer first."""
        return [self._row(view) for view in self.house.papers.printers()]

    def _row(self, view: PrinterView) -> PrinterRow:
        title = view.name or tr("영수증 인쇄기")
        detail = f"{place_words(view.uri)} · {paper_words(view.uri)}"
        if view.waiting:
            detail += " · " + tr("{count}장 기다림", count=view.waiting)
        return PrinterRow(view.name, view.uri, title, detail, view.word, "red" if view.needs_hand else "fine")

    def has_receipts(self) -> bool:
        """Whether a receipt printer was chosen."""
        return bool(self.house.settings.get("printer_uri"))

    def test(self, name: str) -> None:
        """Print the test page. Raises printer.*"""
        self.house.papers.test(name)

    def remove(self, name: str) -> str:
        """Forget a printer; its URI, to take it back. Raises right.missing, printer.has_papers."""
        uri = next((row.uri for row in self.rows() if row.name == name), "")
        self.house.papers.remove_printer(name)
        return uri

    def put_back(self, name: str, uri: str) -> None:
        """The printer that was just forgotten."""
        self.house.papers.set_printer(name, uri)

    def rename(self, old: str, new: str) -> None:
        """Another name. Raises right.missing, printer.bad_name, printer.has_papers, printer.name_taken."""
        new = new.strip()
        if new == old:
            return
        if any(row.name == new for row in self.rows()):
            raise DomainError("printer.name_taken", name=new)
        uri = next((row.uri for row in self.rows() if row.name == old), "")
        self.house.papers.set_printer(new, uri)
        try:
            self.house.papers.remove_printer(old)
        except DomainError:
            self.house.papers.remove_printer(new)
            raise

    # those that may be

    def find(self) -> Sequence[FoundPrinter]:
        """Printers that this computer sees (slow)."""
        return self.house.papers.find()

    def take_found(self, found: Sequence[FoundPrinter]) -> None:
        """The search is over."""
        self.found = found

    def found_words(self, printer: FoundPrinter) -> tuple[str, str]:
        """Title and small line of a found printer."""
        place = place_words(printer.uri)
        detail = f"{place} · {printer.detail}" if printer.detail else place
        return printer.title or place, detail

    def address_problem(self, text: str) -> str:
        """What is wrong with what was typed, before anybody is asked."""
        text = text.strip()
        if not text:
            return tr("주소를 적어요. 인쇄기의 자기 점검표에 나와 있어요.")
        try:
            self._uri(text)
        except (DomainError, ValueError):
            return tr("192.168.0.87처럼 적어요. USB는 ‘인쇄기 찾기’가 찾아요.")
        return ""

    def _uri(self, text: str) -> str:
        """The URI of what was typed. Raises printer.bad_uri, ValueError."""
        if "://" in text:
            return parse(text).uri
        if text.startswith("/"):
            return parse(f"file://{text}").uri
        host, _, port = text.rpartition(":") if text.count(":") == 1 else (text, "", "")
        return parse(f"socket://{host}:{int(port or PORT)}").uri

    def check(self, text: str) -> Answer:
        """Ask who is there (slow). Raises what `address_problem` would have told of."""
        uri = self._uri(text.strip())
        target = parse(uri)
        if target.scheme != "socket":
            return Answer(uri, tr("점검표를 뽑아 보면 알 수 있어요."), "info")
        said = self.house.papers.check_address(target.host, target.port)
        if said == "printer":
            return Answer(uri, tr("인쇄기가 대답했어요. 점검표를 뽑아 볼게요."), "ok")
        if said == "silent":
            sentence = tr("받기는 하는데 대답이 없어요. 말이 없는 인쇄기일 수 있으니 점검표를 뽑아 봐요.")
            return Answer(uri, sentence, "warn")
        if said == "refused":
            sentence = tr("거기 있는 기기가 인쇄를 받지 않아요. 인쇄기 주소가 맞는지 봐 주세요.")
            return Answer("", sentence, "bad")
        sentence = tr("그 주소에 아무도 없어요. 인쇄기 전원, 같은 Wi-Fi인지, 숫자를 봐 주세요.")
        return Answer("", sentence, "bad")
