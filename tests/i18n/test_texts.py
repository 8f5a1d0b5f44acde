"""Which language is spoken, and that a broken catalogue stops nobody."""

import threading
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from pos_app.i18n import texts
from pos_app.i18n.texts import Speech, language, set_language, tr


@pytest.fixture(autouse=True)
def _korean_afterwards() -> Iterator[None]:
    yield
    set_language("ko")


def catalogue(folder: Path, words: dict[str, str]) -> None:
    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for text, shown in words.items():
        made.append(polib.POEntry(msgid=text, msgstr=shown))
    made.save_as_mofile(str(folder / "en.mo"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(texts, "catalogue_folder", lambda: tmp_path)
    monkeypatch.setattr(texts, "_speech", Speech("ko"))
    return tmp_path


def test_korean_is_the_text_itself() -> None:
    assert tr("없는 글 {count}건", count=3) == "없는 글 3건"
    assert tr("{중괄호}는 그대로") == "{중괄호}는 그대로"


def test_english_from_the_catalogue(folder: Path) -> None:
    catalogue(folder, {"결제": "Pay", "{count}건": "{count} sales"})
    set_language("en_US")
    assert (language(), tr("결제"), tr("{count}건", count=3), tr("없는 글")) == (
        "en",
        "Pay",
        "3 sales",
        "없는 글",
    )
    set_language("ko")
    assert tr("결제") == "결제"


def test_an_unknown_language_means_korean() -> None:
    set_language("xx")
    assert language() == "ko"


def test_a_missing_or_broken_catalogue_speaks_korean(folder: Path) -> None:
    set_language("en")
    assert tr("결제") == "결제"
    for rubbish in (b"", b"\x00" * 40, b"\xde\x12\x04\x95" + b"\xff" * 40):
        (folder / "en.mo").write_bytes(rubbish)
        speech = Speech("en")
        assert speech.look_up("결제") == "결제"


def test_a_slip_in_a_translation_falls_back(folder: Path) -> None:
    catalogue(folder, {"{count}건": "{number} sales", "{won}원": "{won"})
    set_language("en")
    assert tr("{count}건", count=3) == "3건"
    assert tr("{won}원", won=5) == "5원"


def test_threads_read_the_catalogue_once(folder: Path) -> None:
    catalogue(folder, {"결제": "Pay"})
    speech = Speech("en")
    said: list[str] = []
    threads = [threading.Thread(target=lambda: said.append(speech.look_up("결제"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["Pay"] * 8
    assert len(speech._read) == 1
