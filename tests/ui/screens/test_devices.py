"""What the screen of devices decides: printers, drawer, and what may be done with a waiting paper."""

from types import SimpleNamespace
from typing import Any

import pytest

from pos_app.ui.screens.devices.presenter import DevicesPresenter, settle_backlog
from tests.ui.fakes import FakeHouse
from tests.ui.screens.fake_market import NOW

URI = "socket://192.168.0.87:9100"


@pytest.fixture
def house() -> FakeHouse:
    return FakeHouse()


def job(state: str = "queued", **more: Any) -> Any:
    values = {
        "id": "j", "kind": "receipt", "title": "영수증", "at": NOW, "error": "", "held": False, "printer": "",
        "copy_no": 0,
    }  # fmt: skip
    return SimpleNamespace(**{**values, "state": state, **more})


def test_every_printer_is_a_row_and_none_says_the_next_step(house: FakeHouse) -> None:
    devices = DevicesPresenter(house)
    first = devices.devices()[0]
    assert (first.word, first.act, first.printer) == ("없음", "인쇄기 정하기", None)
    house.papers.named.update({"": URI, "라벨": "usb://0483:5743"})
    house.papers.waiting = 3
    rows = devices.devices()[:2]
    assert [row.title for row in rows] == ["영수증 인쇄기", "라벨"]
    assert [row.printer for row in rows] == ["", "라벨"]
    assert "3장 기다림" in rows[0].detail


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("unknown", ["out", "retry", "pdf", "cancel"]),
        ("failed", ["retry", "pdf", "cancel"]),
        ("queued", ["pdf", "cancel"]),
        ("sending", []),
    ],
)
def test_what_may_be_done_with_a_paper(house: FakeHouse, state: str, acts: list[str]) -> None:
    devices = DevicesPresenter(house)
    house.papers.named[""] = URI
    assert [act for act, _ in devices.job_acts(job(state))] == acts
    house.papers.named["라벨"] = URI
    more = [act for act, _ in devices.job_acts(job(state))]
    assert ("move" in more) is (state != "sending")
    assert devices.others(job(printer="라벨")) == [("", "영수증 인쇄기")]


def test_a_waiting_paper_says_why(house: FakeHouse) -> None:
    devices = DevicesPresenter(house)
    detail = devices.job_detail(job(error="cover_open", copy_no=2, printer="라벨"))
    assert detail.endswith("재발행 2 · 라벨 · 인쇄기 덮개가 열려 있어요.")
    assert devices.job_word(job(held=True)) == ("밀림", "warn")
    assert "·  ·" not in devices.job_detail(job())


def test_the_backlog_is_a_question_with_two_verbs(house: FakeHouse) -> None:
    devices = DevicesPresenter(house)
    assert devices.backlog() is None
    house.papers.held = 12
    question = devices.backlog()
    assert question is not None
    assert question[0] == "영수증 12장이 기다려요. 모두 인쇄할까요?"
    assert [word for _, word in question[2]] == ["12장 인쇄하기", "버리기"]
    assert settle_backlog(house, "print") == "12장을 인쇄해요"
    assert devices.backlog() is None
    house.papers.held = 2
    assert "다시 뽑을 수 있어요" in settle_backlog(house, "drop")
    assert house.papers.calls == [("print_backlog",), ("drop_backlog",)]


@pytest.mark.parametrize(
    ("uri", "setting", "practice", "off"),
    [
        ("", "1", False, "인쇄기를 먼저 정해요"),
        (URI, "0", False, "점검표에서 켤 수 있어요"),
        (f"{URI}?drawer=none", "1", False, "점검표에서 켤 수 있어요"),
        (URI, "1", True, "연습에서는"),
        (URI, "1", False, ""),
    ],
)
def test_the_drawer_says_why_it_cannot_be_tried(uri: str, setting: str, practice: bool, off: str) -> None:
    house = FakeHouse(practice=practice)
    house.settings.set("printer_uri", uri)
    house.settings.set("drawer", setting)
    row = next(row for row in DevicesPresenter(house).devices() if row.name == "drawer")
    assert off in row.off
    assert bool(row.off) is bool(off)
