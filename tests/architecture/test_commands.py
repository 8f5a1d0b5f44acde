"""The two commands at the root: what `./run` starts, when it sets up, and what it says without a screen."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="run.ps1 is its twin there")
PARTS = ("run", "installer/set_up.sh", "pyproject.toml", "requirements.lock", "requirements-dev.lock")
SCRIPTS = ("run", "test", ".ci/run", "installer/set_up.sh", "installer/bare_chroot.sh")
PROGRAM = '#!/bin/sh\necho "$PWD" "$@"\nexit 7\n'


def _sh(root: Path, words: str) -> subprocess.CompletedProcess[str]:
    script = f'root="{root}"; . "{root}/installer/set_up.sh"; {words}'
    return subprocess.run(["sh", "-euc", script], capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the commands beside an environment that is ready, whose program only echoes."""
    root = tmp_path / "a house"
    for name in PARTS:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    binaries = root / ".venv" / "bin"
    binaries.mkdir(parents=True)
    for name in ("python", "jangteo"):
        (binaries / name).write_text(PROGRAM)
        (binaries / name).chmod(0o755)
    (root / ".venv" / "libraries-run").touch()
    key = _sh(root, "current_key").stdout
    (root / ".venv" / "stamp").write_text(f"run {key}\n")
    return root


def _run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {"PATH": os.environ["PATH"], "HOME": str(root), **environment}
    command = [str(root / "run"), *arguments]
    return subprocess.run(
        command, cwd=root.parent, env=kept, capture_output=True, text=True, check=False, timeout=20
    )


def test_arguments_are_those_of_the_program_in_the_callers_folder(house: Path) -> None:
    done = _run(house, "import", "판매 품목.xlsx")
    assert done.stdout == f"{house.parent} import 판매 품목.xlsx\n"
    assert done.returncode == 7, "the program's own exit code"
    assert done.stderr == ""


@pytest.mark.parametrize("display", ["", ":4711"])
def test_without_a_screen_the_demo_day_plays_in_the_terminal(house: Path, display: str) -> None:
    done = _run(house, DISPLAY=display)
    assert done.stdout.endswith(" demo --terminal\n")
    assert "화면이 없어" in done.stderr and "No screen" in done.stderr


def test_with_a_screen_the_demo_market_opens(house: Path) -> None:
    assert _run(house, QT_QPA_PLATFORM="offscreen").stdout.endswith(" demo\n")
    assert _run(house, WAYLAND_DISPLAY="wayland-0").stdout.endswith(" demo\n")


def test_set_up_is_due_when_a_list_changes_or_the_folder_moves(house: Path) -> None:
    assert _sh(house, "environment_ready run").returncode == 0
    assert _sh(house, "environment_ready dev").returncode == 1, "made for running only"
    lock = house / "requirements.lock"
    before = lock.read_bytes()
    lock.write_bytes(before + b"# one more\n")
    assert _sh(house, "environment_ready run").returncode == 1
    lock.write_bytes(before)
    assert _sh(house, "environment_ready run").returncode == 0
    moved = house.rename(house.with_name("elsewhere"))
    assert _sh(moved, "environment_ready run").returncode == 1


def test_a_missing_library_is_named_by_its_package(house: Path) -> None:
    done = _sh(house, "QT_LIBRARIES='libc.so.6 libc6\nlibnothere.so.9 libnothere9'; missing_qt_packages")
    assert done.stdout.split() == ["libnothere9"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_can_be_read_by_a_plain_shell(name: str) -> None:
    assert subprocess.run(["sh", "-n", str(ROOT / name)], check=False).returncode == 0
