"""가격표: choosing goods, copies, sheet and place; saving, calibrating, printing."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from pos_app.printing.label_sheets import SHEETS
from pos_app.runtime.faults import EnvironmentFault
from pos_app.ui.screens.labels.presenter import MOST_COPIES, MOST_ROWS, LabelsPresenter
from pos_app.ui.shell import Shell
from tests.ui.fakes import FakeHouse
from tests.ui.screens.fake_market import view


@pytest.fixture
def presenter() -> LabelsPresenter:
    """A presenter that read the fake market."""
    made = LabelsPresenter(FakeHouse())
    made.take(made.load())
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """Where the person says that files go."""
    paths = [tmp_path / "labels.pdf"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(paths[0]), ""))
    return paths


def test_touching_a_product_means_one_label(presenter: LabelsPresenter) -> None:
    assert presenter.off_reason() and presenter.corner() == "PDF로 저장"
    first, second = (row.id for row in presenter.goods()[:2])
    presenter.pick(first)
    presenter.pick(second)
    presenter.set_copies(second, 5)
    presenter.pick(first)
    assert presenter.copies(first) == 1 and presenter.total() == 6
    assert presenter.wanted() == [(first, 1), (second, 5)]
    assert presenter.corner() == "라벨 6장 PDF로 저장" and not presenter.off_reason()
    presenter.set_copies(first, 0)
    assert presenter.wanted() == [(second, 5)]
    presenter.set_copies(second, 10_000)
    assert presenter.total() == MOST_COPIES
    presenter.clear()
    assert presenter.total() == 0 and presenter.pages() == 0


def test_a_sellers_goods_at_once(presenter: LabelsPresenter) -> None:
    everybody, first, *_ = presenter.vendors()
    assert everybody.id == ""
    presenter.vendor = first.id
    assert {row.booth for row in presenter.goods()} == {first.booth}
    presenter.one_each()
    presenter.one_each()
    assert presenter.total() == len(presenter.goods())
    assert presenter.vendors()[1].copies == presenter.vendors()[0].copies == presenter.total()


def test_sheets_and_places(presenter: LabelsPresenter) -> None:
    presenter.pick(presenter.goods()[0].id)
    presenter.set_copies(presenter.chosen, 24)
    assert presenter.pages() == 1
    presenter.start = 2
    assert presenter.pages() == 2 and "3x8" in presenter.paper_words()
    presenter.start = 24
    presenter.choose_sheet("2x4")
    assert (presenter.start, presenter.pages()) == (8, 4)


def test_goods_that_are_gone_are_no_longer_chosen(presenter: LabelsPresenter) -> None:
    presenter.pick(presenter.goods()[0].id)
    presenter.take(([], {}))
    assert presenter.empty and not presenter.total() and not presenter.chosen


def test_very_many_goods_are_narrowed_down_by_seller(presenter: LabelsPresenter) -> None:
    many = [view(id=f"x{n}", name=f"물건 {n}", vendor_id=f"v{n % 50}", vendor=f"업체 {n % 50}",
                 price_won=n, unit="개", barcode="") for n in range(20_000)]  # fmt: skip
    presenter.take((many, {}))
    assert len(presenter.goods()) == MOST_ROWS and "19800" in presenter.more_words().replace(",", "")
    presenter.vendor = "v7"
    presenter.one_each()
    assert presenter.total() == 400 and len(presenter.vendors()) == 51
    presenter.take(([], {}))
    assert presenter.vendor == "" and not presenter.more_words()


def test_a_file_that_cannot_be_written_says_so(presenter: LabelsPresenter, tmp_path: Path) -> None:
    presenter.pick(presenter.goods()[0].id)
    with pytest.raises(EnvironmentFault, match="쓰지 못했어요"):
        presenter.save(tmp_path / "no" / "labels.pdf")


def test_from_the_menu_to_a_file(shell: Shell, asked: list[Path]) -> None:
    shell.go("menu")
    shell.current._open("labels")
    screen = shell.current
    assert screen.name == "labels" and screen.goods.model().rowCount() > 3
    screen.goods._pick(2)
    product = screen.presenter.chosen
    screen.copies.plus.click()
    screen.sheets.key("4x10").click()
    screen.start.edit.textEdited.emit("7")
    assert screen.total.accessibleName().startswith("뽑을 라벨 2")
    screen.press_corner()
    QApplication.processEvents()
    assert shell.current.desk.house.labels.calls == [("pdf", ((product, 2),), "4x10", 7)]
    assert asked[0].read_bytes() == b"%PDF labels"


def test_nothing_chosen_makes_nothing(shell: Shell, asked: list[Path]) -> None:
    screen = shell.go("labels")
    screen.press_corner()
    screen.tape.click()
    assert not shell.current.desk.house.labels.calls and not asked[0].exists()


def test_calibration_and_the_receipt_printer(shell: Shell, asked: list[Path]) -> None:
    screen = shell.go("labels")
    screen.measure.click()
    assert asked[0].read_bytes() == b"%PDF page"
    screen.each.click()
    screen.tape.click()
    calls = shell.current.desk.house.labels.calls
    assert calls[0] == ("calibration", SHEETS[0].name) and calls[1][0] == "print"
    screen.none.click()
    assert screen.presenter.total() == 0


def test_without_a_printer_the_way_is_told(shell: Shell) -> None:
    screen = shell.go("labels")
    shell.current.desk.house.labels.printer = False
    screen.each.click()
    screen.tape.click()
    assert not shell.current.desk.house.labels.calls


def test_a_market_without_goods(shell: Shell) -> None:
    shell.current.desk.house.labels.goods = lambda vendor_id="": []
    screen = shell.go("labels")
    assert screen.nothing.isVisible() and not screen.goods.isVisible()
    assert screen.first_focus() is screen.corner
