"""Printers in the window, over real sockets: proof, queue, trouble, and what the cashier is asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.hardware.printer_uri import parse
from pos_app.ui.screens.printers.screen import PrintersScreen
from tests.hardware.simulated_printer import SimulatedPrinter
from tests.ui.window.driver import Window, opened, rest, settle, until
from tests.ui.window.homes import KIM, KIM_CODE, OIL_CODE, RICE_CODE

F12 = Qt.Key.Key_F12


def choose(window: Window, printer: SimulatedPrinter, options: str = "?drawer=none") -> None:
    """For receipts, without the proof."""
    window.house.papers.set_printer("", printer.uri + options)


@pytest.fixture
def cut_short(window: Window) -> Iterator[Window]:
    """A sale whose receipt may or may not have come out."""
    with SimulatedPrinter("stops_before_barrier") as printer:
        choose(window, printer)
        window.scan(KIM_CODE)
        window.press(F12, F12)
        assert window.at == "change", "not a moment's wait"
        until(lambda: window.house.papers.ask(), "nobody knows whether it came out")
        printer.load_paper()
        yield window


def asked(window: Window) -> None:
    until(lambda: window.there("paper_question"), "the question")


@pytest.mark.acceptance("A15")
def test_the_cashier_is_asked_once_and_keeps_the_keys(cut_short: Window) -> None:
    window = cut_short
    asked(window)
    assert window.has_focus("change.corner"), "the question takes no focus"
    window.press(F12)
    assert window.at == "selling"
    asked(window)
    assert window.has_focus("search")
    window.type("7")
    until(lambda: not window.there("paper_question"), "somebody searches")
    window.press(Qt.Key.Key_Backspace)
    window.scan(RICE_CODE)
    window.scan(OIL_CODE)
    until(lambda: not window.there("paper_question"), "a cart puts it aside")
    window.press(F12, F12)
    assert window.at == "change"
    window.press(F12)
    asked(window)
    assert window.find("paper_question_later").focusPolicy() is Qt.FocusPolicy.TabFocus, (
        "nor does a finger on it"
    )
    window.touch_named("paper_question_later")
    assert window.has_focus("search")
    until(lambda: not window.there("paper_question"), "put off")
    assert window.house.papers.ask() is None
    assert [job.state for job in window.house.papers.queue() if job.state == "unknown"] == ["unknown"]
    until(lambda: "영수증 확인" in "\n".join(window.texts()), "the strip still says so")


@pytest.mark.acceptance("A15")
@pytest.mark.parametrize("came_out", [True, False])
def test_an_answer_settles_the_paper(cut_short: Window, came_out: bool) -> None:
    window = cut_short
    window.press(F12)
    asked(window)
    job = window.house.papers.ask()
    assert job is not None
    window.touch_named("paper_question_out" if came_out else "paper_question_again")
    until(lambda: not window.there("paper_question"), "answered")
    assert window.house.papers.ask() is None
    if came_out:
        assert window.house.papers.state(job.id) == "printed"
        assert not window.house.papers.queue()
    else:
        assert window.house.papers.state(job.id) == "cancelled"
        with window.house.database.read() as rows:
            copies = rows.all(
                'SELECT "copy_no" FROM "print_job" WHERE "kind" = \'receipt\' ORDER BY "rowid" DESC LIMIT 1'
            )
        assert copies == [(1,)], "the repeat says 재발행 1"


def test_old_receipts_are_asked_about(window: Window) -> None:
    window.house.settings.set("printer_uri", "socket://127.0.0.1:9")
    for _ in range(4):
        window.sell(KIM_CODE)
    with window.house.database.write() as rows:
        rows.run('UPDATE "print_job" SET "held" = 1 WHERE "state" = \'queued\' AND "kind" = \'receipt\'')
    backlog = window.house.papers.backlog()
    assert backlog is not None
    count = backlog.count
    asked(window)
    assert f"영수증 {count}장이 기다려요" in window.said("paper_question")
    window.touch_named("paper_question_later")
    until(lambda: not window.there("paper_question"), "put off")
    window.shell.go("devices")
    settle()
    window.touch(window.key(f"{count}장 인쇄하기"))
    assert window.house.papers.backlog() is None
    assert not window.there("backlog")


@pytest.mark.acceptance("A14")
def test_paper_out_is_told_in_words_and_goes_away_by_itself(window: Window) -> None:
    with SimulatedPrinter(roll="out") as printer:
        choose(window, printer)
        window.scan(KIM_CODE)
        window.press(F12, F12)
        assert window.at == "change"
        until(lambda: window.there("printer_notice"), "told where the change stands")
        said = window.said("printer_notice")
        assert "인쇄기에 종이가 없어요." in said
        assert "판매는 저장됐어요. 종이를 넣으면 영수증 1장이 이어서 나와요." in said
        until(lambda: "종이 없음" in window.said("strip_printer"), "the strip says it in words")
        printer.load_paper()
        until(lambda: not window.there("printer_notice"), "it goes away by itself")
        assert printer.wait_for(lambda one: one.paper.lines)


def test_a_printer_is_found_wanting_and_proved(window: Window) -> None:
    with SimulatedPrinter() as printer:
        screen = window.shell.go("printers")
        assert isinstance(screen, PrintersScreen)
        window.find("printers_address").setFocus()
        window.type("127.0.0.1:9")
        window.touch_named("printers_check")
        rest()
        assert "인쇄를 받지 않아요" in window.said("printers_answer")
        assert not window.there("printers_try")
        screen.finder.address.set_text(f"127.0.0.1:{printer.port}")
        window.touch_named("printers_check")
        rest()
        assert "인쇄기가 대답했어요" in window.said("printers_answer")
        window.touch_named("printers_try")
        until(lambda: window.there("proof_both"), "the page came out")
        assert any("가나다 한글 값" in line for line in printer.paper.lines)
        window.touch_named("proof_both")
        window.touch_named("proof_5")
        assert "QR" in window.find("proof_title").text()  # type: ignore[attr-defined]
        window.press(Qt.Key.Key_Escape)
        window.touch_named("proof_6")
        window.touch_named("proof_yes")
        window.press(F12)
        window.touch_named("proof_none")
        until(lambda: "시험 영수증까지 잘 나왔어요" in window.said("proof_notice"), "tested and said")
        target = parse(window.house.settings.get("printer_uri"))
        assert (target.kind, target.columns, target.native_qr, target.cutter) == ("korean", 48, True, True)
        window.press(F12)
        assert "준비됨" in "\n".join(window.texts())
        window.press(F12)
        assert window.at == "selling"


def test_a_second_printer_is_named_moved_to_and_taken_away(window: Window) -> None:
    with SimulatedPrinter() as labels:
        window.house.papers.set_printer("", "socket://127.0.0.1:9")
        window.house.papers.set_printer("라벨", labels.uri)
        window.scan(KIM_CODE)
        window.press(F12, F12)
        until(lambda: window.house.papers.status().needs_hand, "the first is away")
        window.shell.go("devices")
        until(lambda: window.there("job_move_0"), "the paper waits")
        window.touch_named("job_move_0")
        assert labels.wait_for(lambda one: any(KIM in line for line in one.paper.lines)), "it came out there"
        screen = window.shell.go("printers")
        assert isinstance(screen, PrintersScreen)
        settle()
        screen.presenter.rename("라벨", "값표")
        until(lambda: "값표" in "\n".join(window.texts()), "the new name")
        window.touch_named("printer_remove_1")
        until(lambda: not window.there("printer_remove_1"), "gone")
        window.touch_named("toast_undo")
        until(lambda: window.there("printer_remove_1"), "and back")


def test_a_waiting_paper_is_saved_as_pdf_and_let_go(window: Window, tmp_path: Path) -> None:
    window.house.papers.set_printer("", "socket://127.0.0.1:9")
    window.scan(KIM_CODE)
    window.press(F12, F12)
    screen = window.shell.go("devices")
    until(lambda: window.there("job_cancel_0"), "the paper waits")
    job = window.house.papers.queue()[0]
    screen.save_pdf(job.id, tmp_path / "영수증.pdf")  # type: ignore[attr-defined]
    rest()
    assert (tmp_path / "영수증.pdf").read_bytes().startswith(b"%PDF")
    until(lambda: window.house.papers.queue()[0].state == "queued", "still there")
    window.touch_named("job_cancel_0")
    until(lambda: not window.house.papers.queue(), "let go")


@pytest.mark.acceptance("A31")
def test_the_first_start_proves_a_printer(qapp: QApplication, home: Path) -> None:
    with SimulatedPrinter() as printer, opened(home) as window:
        window.press(F12)
        settle()
        window.press(F12)
        settle()
        rest()
        window.find("first_run_address").setFocus()
        window.type(f"127.0.0.1:{printer.port}")
        window.touch_named("first_run_check")
        rest()
        window.touch_named("first_run_try")
        until(lambda: window.there("first_run_proof_both"), "the page came out")
        assert window.key("똑같이 나왔어요") is window.shell.current.corner
        assert window.find("first_run_title").text() == "몇 번 줄이 똑바로 나왔나요?"  # type: ignore[attr-defined]
        for _ in range(4):
            window.press(F12)
            settle()
        window.touch_named("first_run_proof_none")
        until(lambda: "잘 나왔어요" in window.said("first_run_proof_notice"), "tested and said")
        window.press(F12)
        settle()
        window.touch(window.key("나중에 하기"))
        rest()
        window.wait_for("shift_open")
        assert parse(window.house.settings.get("printer_uri")).port == printer.port


@pytest.mark.parametrize("start", ["selling", "receipts"])
def test_a_scan_of_a_receipt_opens_its_sale_and_a_thing_goes_on_to_the_cart(
    window: Window, start: str
) -> None:
    sold = window.house.returns.recent(5)[3]
    window.shell.go(start)
    settle()
    window.scan(sold.receipt_no)
    assert window.at == "receipts"
    screen = window.shell.current
    assert screen.presenter.sold.receipt_no == sold.receipt_no
    window.scan(KIM_CODE)
    assert window.at == "selling"
    assert len(window.house.till.cart.lines) == 1
