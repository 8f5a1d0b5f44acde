"""`make package`: every package that this machine can build, their checksums, and a signed update manifest."""

import argparse
import hashlib
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from installer import frozen, wheel
from installer.frozen import ROOT, WINDOWS, Workshop
from installer.linux import deb, stick

T = TypeVar("T")


def main() -> int:
    """Build; the exit code."""
    wanted = argparse.ArgumentParser(prog="python -m installer.package", description=__doc__)
    wanted.add_argument("--out", type=Path, default=ROOT / "dist", help="where the packages go")
    wanted.add_argument("--work", type=Path, default=ROOT / "build" / "package", help="where they are made")
    wanted.add_argument("--python", default=sys.executable, help="the Python that is packed (built with a shared library)")
    wanted.add_argument("--keys", type=Path, help="public keys that may sign updates, one hex line each")
    wanted.add_argument("--licence-texts", type=Path, help="folder with GPL-3, LGPL-3 and LGPL-2.1, where Debian's is not there")
    wanted.add_argument("--only", choices=("deb", "stick", "wheel"), help="one kind alone")
    args = wanted.parse_args()
    try:
        made = build(Workshop(args.work.resolve()), args.out.resolve(), args)
    except (OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 3
    sums = "".join(f"{_sum(path)}  {path.name}\n" for path in made)
    (args.out / "SHA256SUMS").write_text(sums, encoding="utf-8")
    for path in made:
        print(f"{path.stat().st_size / 1e6:7.1f} MB  {path.name}")
    return 0


def build(shop: Workshop, out: Path, args: argparse.Namespace) -> list[Path]:
    """The packages, oldest step first."""
    version = frozen.version()
    shop.folder.mkdir(parents=True, exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    if args.only != "wheel":
        _step("environment", lambda: frozen.prepare(shop, args.python))
        _step("packed folder", lambda: frozen.freeze(shop, args.keys, args.licence_texts))
        kinds: dict[str, Callable[[], Path]] = {}
        if shutil.which("dpkg-deb"):
            kinds["deb"] = lambda: deb.build(shop, version, out)
        if platform.system() == "Linux":
            kinds["stick"] = lambda: stick.build(shop, version, out)
        made += [_step(kind, make) for kind, make in kinds.items() if args.only in (None, kind)]
        if WINDOWS:
            print("the folder is ready; installer/windows/build.ps1 makes the setup program of it", file=sys.stderr)
    if args.only in (None, "wheel"):
        made.append(_step("wheel", lambda: wheel.build(shop, out)))
    return made


def _step(name: str, do: Callable[[], T]) -> T:
    began = time.monotonic()
    print(f"── {name}", file=sys.stderr, flush=True)
    done = do()
    print(f"   {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return done


def _sum(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
