"""`jangteo server` and `jangteo hub` as processes of their own, and the tills that talk to them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_app.bootstrap import open_server
from sync.client.http_channel import HttpChannel, enrol
from sync.client.http_line import Timeouts
from sync.identity import new_device_key
from tests.cli.program import ROOT

STOP_S = 30


@dataclass
class Running:
    """A server process that said where it listens."""

    url: str
    organisation: str
    process: "subprocess.Popen[str]"
    journal: Path

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(STOP_S)

    def lines(self) -> list[dict[str, Any]]:
        """What it told its journal."""
        return [json.loads(line) for line in self.journal.read_text().splitlines() if line.startswith("{")]


@contextmanager
def running(
    home: Path, *words: str, env: dict[str, str] | None = None, bind: str = "127.0.0.1:0"
) -> Iterator[Running]:
    """`jangteo server` (or other words) until the block ends."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("JANGTEO_")}
    clean |= {"PYTHONUTF8": "1", "JANGTEO_BIND": bind, **(env or {})}
    home.mkdir(parents=True, exist_ok=True)
    journal = home.with_name(f"{home.name}.{len(list(home.parent.iterdir()))}.log")
    command = [sys.executable, "-m", "pos_app", *(words or ("server",)), "--json", "--home", str(home)]
    with journal.open("w") as told:
        process = subprocess.Popen(
            command, cwd=ROOT, env=clean, stdout=subprocess.PIPE, stderr=told, text=True
        )
    try:
        said = json.loads(_document(process))
        yield Running(said["url"], said["organisation"], process, journal)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(STOP_S)
        if process.stdout is not None:
            process.stdout.close()


def _document(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("}"):
            break
    return "".join(lines) or "null"


def code_of(home: Path, role: str = "register", registers: tuple[str, ...] = (), address: str = "") -> str:
    """A one-time code of the organisation at this home."""
    serving = open_server(home, address)
    try:
        if not serving.devices.founded():
            serving.devices.found("조합")
        return serving.devices.enrol_code("기기", role, registers).code
    finally:
        serving.close()


def joined(server: Running, code: str, private: bytes = b"") -> HttpChannel:
    """A channel of a new device that used the code."""
    private = private or new_device_key()
    given = enrol(server.url, code, private)
    return HttpChannel(
        server.url,
        private,
        given.certificate.encode(),
        given.server.organisation,
        timeouts=Timeouts(5, 20, 40),
    )
