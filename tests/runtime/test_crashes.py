"""Reports of what nobody foresaw: few, short, without anything that people typed, shown once."""

import logging
import subprocess
import sys
from pathlib import Path

from pos_app.runtime import crashes
from pos_app.runtime.paths import Home
from pos_app.services.crash_reports import CrashReports

ROOT = Path(__file__).resolve().parents[2]


def trouble(text: str) -> ValueError:
    try:
        try:
            raise KeyError(text)
        except KeyError as inner:
            raise ValueError(f"for {text}") from inner
    except ValueError as error:
        return error


def test_a_report_tells_the_place_and_no_person(tmp_path: Path) -> None:
    path = crashes.keep(tmp_path, trouble("김영희 010-1234-5678"))
    assert path is not None
    text = path.read_text("utf-8")
    assert "ValueError" in text and "KeyError" in text
    assert "test_crashes.py:" in text and "trouble" in text
    for secret in ("김영희", "1234", str(Path.home()), str(ROOT)):
        assert secret not in text.split("\n", 2)[2]


def test_reports_are_few_and_short(tmp_path: Path) -> None:
    for number in range(25):
        crashes.keep(tmp_path, trouble("x" * 100_000 + str(number)))
    kept = crashes.reports(tmp_path)
    assert len(kept) == crashes.MOST_REPORTS
    assert all(path.stat().st_size <= 4 * crashes.MOST_LETTERS for path in kept)


def test_shown_once(tmp_path: Path) -> None:
    home = Home(tmp_path)
    crashes.keep(home.crashes, trouble("x"))
    reports = CrashReports(home)
    assert len(reports.unseen()) == 1
    reports.mark_seen()
    assert reports.unseen() == [] and len(reports.all()) == 1
    crashes.keep(home.crashes, trouble("y"))
    assert len(reports.unseen()) == 1


def test_errors_with_their_trace_are_kept_and_others_are_not(tmp_path: Path) -> None:
    logger = logging.getLogger("tests.crashes")
    keeper = crashes.Keeper(tmp_path)
    logger.addHandler(keeper)
    logger.propagate = False
    try:
        logger.error("a printer is away")
        logger.warning("odd", exc_info=trouble("x"))
        assert crashes.reports(tmp_path) == []
        logger.error("bug", exc_info=trouble("x"))
        logger.error("bug: %s", "x", extra={"error": trouble("x")})
        assert len(crashes.reports(tmp_path)) == 2
    finally:
        logger.removeHandler(keeper)


def test_no_room_or_no_right_to_write_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert crashes.keep(tmp_path / "file" / "crashes", trouble("x")) is None
    assert not crashes.watch(tmp_path / "file" / "crashes")


_DIES = """
import sys
from pathlib import Path
from pos_app.runtime.logs import start
start(Path(sys.argv[1]) / "logs")
if sys.argv[2] == "die":
    import faulthandler
    faulthandler._sigsegv()
"""


def test_a_crash_of_the_interpreter_itself_is_a_report_at_the_next_start(tmp_path: Path) -> None:
    for how in ("die", "live"):
        subprocess.run(
            [sys.executable, "-c", _DIES, str(tmp_path), how], cwd=ROOT, check=False, capture_output=True
        )
    reports = CrashReports(Home(tmp_path)).unseen()
    assert len(reports) == 1
    assert "Segmentation fault" in reports[0].text
    assert str(ROOT) not in reports[0].text
