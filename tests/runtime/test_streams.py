"""What is said outside the window: UTF-8 in every pipe, a box where there is no terminal."""

import ctypes
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from pos_app.runtime.streams import tell


def test_korean_goes_into_a_pipe_whatever_the_machines_code_page_is() -> None:
    words = (
        "import sys; from pos_app.runtime.streams import in_utf8; in_utf8()\n"
        "print('장터 — 😀'); print('\\udcff 판매', file=sys.stderr); print(sys.stdin.read())"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], input="가격".encode(), capture_output=True, check=False,
        env={"PYTHONIOENCODING": "cp1252", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout.decode().split() == ["장터", "—", "😀", "가격"]
    assert done.stderr.decode().rstrip() == "\\udcff 판매", "what is no text is spelled out, people's words never stop a command"


def test_a_program_without_a_console_says_it_in_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[object, ...]] = []
    windll = SimpleNamespace(user32=SimpleNamespace(MessageBoxW=lambda *words: shown.append(words)))
    monkeypatch.setattr(ctypes, "windll", windll, raising=False)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "platform", "linux")
    tell("이미 열려 있어요.")
    assert not shown, "elsewhere nobody would see it"
    monkeypatch.setattr(sys, "platform", "win32")
    tell("이미 열려 있어요.")
    assert [words[1] for words in shown] == ["이미 열려 있어요."]


def test_with_a_terminal_there_is_no_box(capsys: pytest.CaptureFixture[str]) -> None:
    tell("이미 열려 있어요.")
    assert capsys.readouterr().err == "이미 열려 있어요.\n"
