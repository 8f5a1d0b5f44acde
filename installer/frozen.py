"""The environment that packs, and the packed folder it makes: PyInstaller beside the locked libraries, no more."""

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = sys.platform == "win32"
_NO_HISTORY = 1_767_225_600  # the first second of 2026: a copy of the sources without git


def version() -> str:
    """pyproject.toml's: the one place."""
    with open(ROOT / "pyproject.toml", "rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def made_at() -> int:
    """The time that every packed file bears: of the last commit, so that the same sources give the same bytes."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    git = shutil.which("git")
    if not told and git:
        command = [git, "-C", str(ROOT), "log", "-1", "--format=%ct"]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return int(told) if told else _NO_HISTORY


def run(command: list[str | Path], **more: str) -> None:
    """Run a step; its words go to this terminal. Raises CalledProcessError."""
    environment = {
        **os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(made_at()), "QT_QPA_PLATFORM": "offscreen", **more
    }
    subprocess.run([str(word) for word in command], check=True, cwd=ROOT, env=environment)


def uv() -> str:
    """The uv that set-up made, else the machine's."""
    name = "Scripts/uv.exe" if WINDOWS else "bin/uv"
    own = ROOT / ".tools" / "env" / name
    found = str(own) if own.is_file() else shutil.which("uv")
    if found is None:
        raise FileNotFoundError("uv: run ./run once, it brings uv along")
    return found


@dataclass(frozen=True, slots=True)
class Workshop:
    """A folder for one build: environment, PyInstaller's work, what came out."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "venv" / ("Scripts/python.exe" if WINDOWS else "bin/python")

    @property
    def packed(self) -> Path:
        return self.folder / "packed" / "jangteo-pos"

    @property
    def contents(self) -> Path:
        """Where PyInstaller puts everything but the program itself."""
        return self.packed / "_internal"


def prepare(shop: Workshop, python: str) -> None:
    """An environment with the register's locked libraries and PyInstaller, each checked by its hash."""
    if not shop.python.exists():
        run([uv(), "venv", "-q", "--python", python, shop.folder / "venv"])
    pip: list[str | Path] = [uv(), "pip"]
    both = shop.folder / "all.txt"
    parts = [(ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "installer/pyinstaller.txt")]
    both.write_text("\n".join(parts), encoding="utf-8")
    run([*pip, "sync", "-q", "--require-hashes", "--python", shop.python, both])
    run([*pip, "install", "-q", "--no-deps", "--offline", "--python", shop.python, "-e", ROOT])


def freeze(shop: Workshop, keys: Path | None, texts: Path | None = None) -> None:
    """The packed folder, with all licences and the keys that may sign an update for it."""
    work = shop.folder / "work"
    if WINDOWS:
        windows_parts(work, shop.python)
    run(
        [shop.python, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--distpath", shop.packed.parent,
         "--workpath", work, ROOT / "installer" / "register.spec"]
    )  # fmt: skip
    run([shop.packed / ("jangteo.exe" if WINDOWS else "jangteo"), "--version"])  # sources that moved meanwhile show here
    toc = next(work.rglob("COLLECT-*.toc"))
    common: list[str | Path] = ["--common", texts] if texts else []
    run([shop.python, "-m", "installer.licences", shop.contents / "LICENSES.txt", "--toc", toc, *common])
    if keys is not None:
        shutil.copyfile(keys, shop.contents / "resources" / "update_keys.txt")


def windows_parts(work: Path, python: Path) -> None:
    """What Windows shows of a program, its icon and its version, where register.spec looks for them."""
    work.mkdir(parents=True, exist_ok=True)
    told = (ROOT / "installer/windows/version_info.txt.in").read_text(encoding="utf-8")
    told = told.replace("{version}", version()).replace("{numbers}", version().replace(".", ", "))
    (work / "version_info.txt").write_text(told, encoding="utf-8")
    if not (work / "jangteo.ico").is_file():
        run([python, "-m", "installer.icon", work / "jangteo.ico"])
