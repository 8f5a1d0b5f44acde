"""Queues of CUPS, with stand-ins for its commands: what is reported is what provably happened."""

import json
import os
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

from pos_app.hardware.drawer import kick, pulse
from pos_app.hardware.printer_uri import parse
from pos_app.hardware.send_result import PrinterState
from pos_app.hardware.transports import query_state, send

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="CUPS is not on Windows")

# One program under the names of all the commands; what the queue is like stands in a file beside it.
PROGRAM = """
    import json, pathlib, sys, time
    here = pathlib.Path(sys.argv[0]).parent
    file = here / "queue.json"
    queue = json.loads(file.read_text())
    name, words = pathlib.Path(sys.argv[0]).name, sys.argv[1:]
    queue["calls"].append([name, *words])
    said, code = "", 0
    if name == "lp":
        if queue["lp_hangs"]:
            file.write_text(json.dumps(queue))
            time.sleep(60)
        data = sys.stdin.buffer.read()
        if words[1] != queue["name"] or not queue["accepts"]:
            said, code = "lp: The printer or class does not exist.", 1
        else:
            (here / "job").write_bytes(data)
            queue["waiting"].append(queue["name"] + "-7")
            queue["stopped"] = queue["stops_on_lp"]
            said = "request id is %s-7 (0 file(s))" % queue["name"]
    elif name == "cancel":
        queue["waiting"] = [job for job in queue["waiting"] if job != words[0]]
        if queue["cancelled_late"]:
            queue["waiting"] = ["r80-9"]
    elif "-e" in words:
        said = queue["name"]
    elif "-p" in words:
        if words[-1] != queue["name"]:
            said, code = 'lpstat: Invalid destination name in list "x".', 1
        elif queue["stopped"]:
            said = "printer %s disabled since Sun Nov 22 -\\n\\treason unknown" % queue["name"]
        else:
            said = "printer %s is idle.  enabled since Sun Nov 22" % queue["name"]
    elif "not-completed" in words:
        queue["looks"] += 1
        if queue["prints_after"] and queue["looks"] >= queue["prints_after"]:
            queue["waiting"] = []
        if queue["looks"] == queue["moves_on_at"]:
            queue["waiting"] = [*queue["waiting"][1:], "r80-9"]
        said = "\\n".join("%s till 512 Sun Nov 22 10:00:00 2026" % job for job in queue["waiting"])
    elif "completed" in words:
        said = "%s-7 till 512 Sun\\n\\tStatus:\\n\\tAlerts: %s\\n\\tqueued for %s\\n%s-6 till 9 Sun\\n\\tAlerts: job-aborted" % (
            queue["name"], queue["alerts"], queue["name"], queue["name"])
    file.write_text(json.dumps(queue))
    print(said)
    sys.exit(code)
"""


class Queue:
    """The stand-in for CUPS; fields are changed by `set` and read by `get`."""

    def __init__(self, folder: Path) -> None:
        self._file, self.job = folder / "queue.json", folder / "job"
        start = {"name": "r80", "accepts": True, "stopped": False, "waiting": [], "prints_after": 1}
        more = {"alerts": "job-completed-successfully", "calls": [], "looks": 0, "moves_on_at": 0}
        more |= dict.fromkeys(("lp_hangs", "cancelled_late", "stops_on_lp"), False)
        self._file.write_text(json.dumps({**start, **more}))
        for name in ("lp", "lpstat", "cancel"):
            (folder / name).write_text(f"#!{sys.executable} -S\n" + textwrap.dedent(PROGRAM))
            (folder / name).chmod(0o755)

    def set(self, **fields: object) -> None:
        self._file.write_text(json.dumps({**json.loads(self._file.read_text()), **fields}))

    def get(self, field: str) -> Any:
        return json.loads(self._file.read_text())[field]

    def called(self, name: str) -> int:
        return sum(call[0] == name for call in self.get("calls"))


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Queue:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return Queue(tmp_path)


def test_a_paper_that_leaves_the_queue_is_sent(queue: Queue) -> None:
    queue.set(prints_after=2)
    result = send(parse("cups://r80"), b"\x1b@abc\n")
    assert (result.outcome, result.bytes_sent) == ("sent", 6)
    assert queue.job.read_bytes() == b"\x1b@abc\n"
    assert ["lp", "-d", "r80", "-o", "raw", "-t", "Jangteo"] in queue.get("calls") and not queue.called(
        "cancel"
    )


@pytest.mark.parametrize("alerts", ["job-canceled-by-user", "aborted-by-system"])
def test_a_paper_that_cups_gave_up_is_unknown(queue: Queue, alerts: str) -> None:
    queue.set(alerts=alerts)
    assert send(parse("cups://r80"), b"x").outcome == "unknown"


@pytest.mark.acceptance("A14")
def test_nothing_goes_to_a_stopped_queue(queue: Queue) -> None:
    queue.set(stopped=True)
    result = send(parse("cups://r80"), b"x")
    assert (result.outcome, result.detail) == ("nothing_accepted", "offline")
    assert not queue.called("lp")
    assert query_state(parse("cups://r80")) == PrinterState(answered=True, online=False)
    queue.set(stopped=False)
    assert send(parse("cups://r80"), b"x").outcome == "sent"


@pytest.mark.acceptance("A15")
def test_a_paper_that_may_have_begun_is_cancelled_and_unknown(queue: Queue) -> None:
    queue.set(prints_after=0)
    result = send(parse("cups://r80"), b"x", deadline_s=0.5)
    assert (result.outcome, result.detail) == ("unknown", "timeout")
    assert queue.get("waiting") == [] and ["cancel", "r80-7"] in queue.get("calls")


@pytest.mark.acceptance("A15")
def test_a_paper_behind_another_one_cannot_have_begun(queue: Queue) -> None:
    queue.set(prints_after=0, waiting=["r80-3"])
    result = send(parse("cups://r80"), b"x", deadline_s=0.5)
    assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, "timeout")
    assert queue.get("waiting") == ["r80-3"]


@pytest.mark.acceptance("A15")
@pytest.mark.parametrize("look", [2, 3])
def test_a_paper_whose_turn_came_meanwhile_may_have_begun(queue: Queue, look: int) -> None:
    queue.set(prints_after=0, waiting=["r80-3"], moves_on_at=look)
    assert send(parse("cups://r80"), b"x", deadline_s=1.5).outcome == "unknown"
    assert queue.get("waiting") == ["r80-9"]


@pytest.mark.acceptance("A15")
def test_a_turn_that_came_just_before_the_cancel_counts_too(queue: Queue) -> None:
    queue.set(prints_after=0, waiting=["r80-3"], cancelled_late=True)
    assert send(parse("cups://r80"), b"x", deadline_s=0.1).outcome == "unknown"


@pytest.mark.acceptance("A14")
def test_a_queue_that_is_stopped_as_it_takes_the_paper(queue: Queue) -> None:
    queue.set(prints_after=0, stops_on_lp=True)
    assert send(parse("cups://r80"), b"x", deadline_s=0.1).outcome == "nothing_accepted"


@pytest.mark.parametrize(
    ("name", "accepts", "detail"), [("r58", True, "no_device"), ("r80", False, "refused")]
)
def test_a_queue_that_takes_no_paper(queue: Queue, name: str, accepts: bool, detail: str) -> None:
    queue.set(accepts=accepts)
    result = send(parse(f"cups://{name}"), b"x")
    assert (result.outcome, result.detail) == ("nothing_accepted", detail)


@pytest.mark.acceptance("A15")
def test_a_command_that_hangs_is_ended_and_unknown(queue: Queue) -> None:
    queue.set(lp_hangs=True)
    start = time.monotonic()
    result = send(parse("cups://r80"), b"x", deadline_s=0.5)
    assert (result.outcome, result.detail) == ("unknown", "timeout") and time.monotonic() - start < 10


def test_without_cups_nothing_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = send(parse("cups://r80"), b"x")
    assert (result.outcome, result.detail) == ("nothing_accepted", "no_spooler")
    assert query_state(parse("cups://r80")) is None


def test_a_queue_that_runs_says_nothing_of_the_paper(queue: Queue) -> None:
    assert query_state(parse("cups://r80")) == PrinterState(answered=False)
    assert query_state(parse("cups://r58")) is None


@pytest.mark.acceptance("A15")
def test_a_kick_that_the_queue_holds_is_taken_back(queue: Queue) -> None:
    """Otherwise the drawer opens by itself when the printer is back."""
    queue.set(prints_after=0)
    assert kick(parse("cups://r80"), deadline_s=0.5).outcome == "unknown"
    assert queue.get("waiting") == [] and queue.job.read_bytes() == pulse(2) and queue.called("lp") == 1
