"""The archive that runs from a stick: program, a starter, and the mark that keeps its data beside it."""

import gzip
import io
import platform
import tarfile
from pathlib import Path

from installer.frozen import ROOT, Workshop, made_at

HERE = Path(__file__).parent
TOP = "jangteo-pos"
READ_ME = """\
장터포스를 USB에서 바로 쓰기
1. 이 폴더를 통째로 USB에 풀어요.
2. 터미널에서: sh jangteo.sh   (파일 관리자에서는 jangteo.sh를 실행해요)
판매한 기록은 이 폴더의 home에 남아요. 지울 때는 home을 먼저 다른 곳에 옮겨요.

Jangteo POS from a stick
1. Unpack this folder onto the stick.
2. In a terminal: sh jangteo.sh
Sales are kept in the folder `home` here; take it away before deleting the rest.
"""


def name(version: str) -> str:
    """The archive's file name."""
    return f"jangteo-pos-{version}-linux-{platform.machine()}.tar.gz"


def build(shop: Workshop, version: str, out: Path) -> Path:
    """Write the archive into `out`."""
    made = out / name(version)
    with (
        gzip.GzipFile(made, "wb", compresslevel=9, mtime=made_at()) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        fill(archive, shop.packed)
    return made


def fill(archive: tarfile.TarFile, packed: Path) -> None:
    """Starter, mark and program. Sticks know no links: each library is found beside who wants it."""
    _add(archive, f"{TOP}/jangteo.sh", (HERE / "start.sh").read_bytes(), 0o755)
    _add(archive, f"{TOP}/portable", b"", 0o644)
    _add(archive, f"{TOP}/README.txt", READ_ME.encode(), 0o644)
    _add(archive, f"{TOP}/CHANGELOG.md", (ROOT / "CHANGELOG.md").read_bytes(), 0o644)
    for path in sorted(packed.rglob("*")):
        if path.is_file() and not path.is_symlink():
            runs = path == packed / "jangteo"
            inside = path.relative_to(packed).as_posix()
            _add(archive, f"{TOP}/program/{inside}", path.read_bytes(), 0o755 if runs else 0o644)


def _add(archive: tarfile.TarFile, inside: str, data: bytes, mode: int) -> None:
    about = tarfile.TarInfo(inside)
    about.size, about.mode, about.mtime = len(data), mode, made_at()
    archive.addfile(about, io.BytesIO(data))
