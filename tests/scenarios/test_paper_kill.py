"""kill -9 around the printer: every sale stays, every paper comes out once by itself or is asked about."""

import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.printing import plain
from pos_app.services import spooler
from pos_app.services.house import House
from tests.hardware.simulated_printer import SimulatedPrinter
from tests.services.spooling import NUMBER, PrinterAt, free_port, states, till, until

ROOT = Path(__file__).resolve().parents[2]

# Argument 2 names the step of the first paper at which the power goes.
_AT_A_STEP = """
import os, signal, sys, threading
from pathlib import Path
from pos_app.bootstrap import open_house
from pos_app.hardware import drawer, tcp, transports
from pos_app.services import spooler
from pos_app.services.print_queue import PrintQueue
from tests.services.houses import cash, good_id

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

step, send, write, finish = sys.argv[2], transports.send, tcp.TcpLink.write, PrintQueue.finish
if step == "kick":
    drawer.kick = die
elif step == "taken":
    transports.send = lambda target, data, *more: die() if len(data) > 100 else send(target, data, *more)
elif step == "half":
    def half(self, data, end):
        if len(data) > 100:
            write(self, data[: len(data) // 2], end)
            die()
        return write(self, data, end)
    tcp.TcpLink.write = half
elif step == "sent":
    def sent(target, data, *more):
        done = send(target, data, *more)
        return die() if len(data) > 100 else done
    transports.send = sent
elif step == "told":
    def told(self, job_id, state, **more):
        finish(self, job_id, state, **more)
        if more.get("sent", 0) > 100:
            die()
    PrintQueue.finish = told
spooler._START_S = 0
house = open_house(Path(sys.argv[1]))
house.papers.start()
house.till.add(good_id("P002"))
print(house.till.complete([cash(50_000)]).receipt_no, flush=True)
threading.Event().wait(30)
"""

_SELLS = """
import sys, threading
from pathlib import Path
from pos_app.bootstrap import open_house
from pos_app.services import spooler
from tests.services.houses import cash, good_id
spooler._START_S = 0
house = open_house(Path(sys.argv[1]))
house.papers.start()
while True:
    house.till.add(good_id("P002"))
    print(house.till.complete([cash(50_000)]).receipt_no, flush=True)
"""


@pytest.fixture(autouse=True)
def _begin_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooler, "_START_S", 0)


def counted(printer: SimulatedPrinter) -> Counter[str]:
    """How often each receipt's number was printed."""
    return Counter(found[0] for line in printer.paper.lines if (found := NUMBER.search(line)))


def settled(home: Path) -> House:
    """The home opened again, its spooler run until nothing waits for it."""
    house = open_house(home)
    house.papers.start()
    until(lambda: not {"queued", "sending"} & set(states(house)), "all papers are dealt with")
    house.papers.stop()
    return house


@pytest.mark.acceptance("A14", "A15")
@pytest.mark.parametrize(
    ("step", "state", "by_itself", "kicks"),
    [
        ("kick", "printed", 1, 0),
        ("taken", "unknown", 0, 1),
        ("half", "unknown", 0, 1),
        ("sent", "unknown", 1, 1),
        ("told", "printed", 1, 1),
    ],
)
def test_the_power_goes_at_every_step_of_a_paper(
    tmp_path: Path, step: str, state: str, by_itself: int, kicks: int
) -> None:
    port = free_port()
    till(tmp_path, port, drawer=True).close()
    with PrinterAt(port) as printer:
        child = subprocess.run(
            [sys.executable, "-c", _AT_A_STEP, str(tmp_path), step],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert child.returncode == -signal.SIGKILL, child.stderr
        number = child.stdout.strip()
        house = settled(tmp_path)
        assert house.reports.day()["sales_count"] == 1
        assert states(house) == [state]
        whole = printer.paper.cuts
        assert whole == by_itself
        assert len(printer.paper.kicks) == kicks
        asked = house.papers.ask()
        assert (asked is not None) == (state == "unknown")
        if asked is not None:
            assert number in plain.render(house.papers.preview(asked.id), 42)
            house.papers.again(asked.id)
            assert house.papers.step() == (True, True)
            assert printer.paper.cuts == whole + 1
            assert "재발행 1" in "\n".join(printer.paper.lines)
        assert house.papers.step() == (False, True)
        house.close()


@pytest.mark.acceptance("A14", "A15")
def test_papers_of_a_till_that_dies_again_and_again_come_out_at_most_once(tmp_path: Path) -> None:
    port, chosen = free_port(), random.Random(15)
    till(tmp_path, port, drawer=True).close()
    acknowledged: list[str] = []
    with PrinterAt(port) as printer:
        for _ in range(5):
            child = subprocess.Popen(
                [sys.executable, "-c", _SELLS, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
            )
            assert child.stdout is not None
            acknowledged += [child.stdout.readline().strip() for _ in range(chosen.randrange(1, 4))]
            timer = threading.Timer(chosen.random() * 0.08, child.send_signal, [signal.SIGKILL])
            timer.start()
            acknowledged += [line.strip() for line in child.stdout if line.endswith("\n")]
            child.stdout.close()
            timer.join()
            assert child.wait() == -signal.SIGKILL
        house = settled(tmp_path)
        with house.database.read() as rows:
            sold = {row[0]: row[1] for row in rows.all('SELECT "receipt_no", "id" FROM "sale"')}
            papers: dict[str, str] = dict(
                rows.all('SELECT "subject_id", "state" FROM "print_job" WHERE "kind" = \'receipt\'')
            )
        assert set(acknowledged) <= set(sold)
        assert set(papers) == set(sold.values())
        out = counted(printer)
        assert max(out.values()) == 1, "a paper came out twice by itself"
        assert set(out) <= set(sold), "a paper without its sale"
        for number, sale_id in sold.items():
            assert papers[sale_id] in ("printed", "unknown")
            assert papers[sale_id] == "unknown" or out[number] == 1, number
        assert len(printer.paper.kicks) <= len(sold)
        house.close()
