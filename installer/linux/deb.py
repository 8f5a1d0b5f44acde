"""The Debian package: the packed folder, a menu entry, the printers' rule, and what it needs of the system."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

from installer.frozen import ROOT, Workshop, made_at, run

HERE = Path(__file__).parent
LIBRARY = "usr/lib/jangteo-pos"
FILES = {
    "jangteo.desktop": "usr/share/applications/jangteo.desktop",
    "jangteo.svg": "usr/share/icons/hicolor/scalable/apps/jangteo.svg",
    "70-jangteo-printers.rules": "usr/lib/udev/rules.d/70-jangteo-printers.rules",
}
# The small libraries of Qt's window are packed; what they talk to is the system's, with its drivers and key tables.
ON_ANY_DESKTOP = (
    "libx11-6", "libx11-xcb1", "libxcb1", "libxcb-randr0", "libxcb-render0", "libxcb-shm0", "libxcb-sync1",
    "libxcb-xfixes0", "xkb-data",
)
SCRIPTS = ("preinst", "postinst", "prerm", "postrm")
CONTROL = """\
Package: jangteo-pos
Version: {version}
Architecture: {architecture}
Maintainer: Jangteo POS <jangteo-pos@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: libwayland-client0, libwayland-cursor0
Suggests: cups-client, alsa-utils
Section: misc
Priority: optional
Description: point of sale for market days, with or without a network
 Sells by tile, barcode and search, prints Korean receipts on any receipt
 printer, closes the till, settles with every vendor. Each sale is one durable
 transaction; nothing of it needs a network.
"""


def qt_packages(set_up: str) -> dict[str, str]:
    """What installer/set_up.sh names for Qt, library → Debian package: one list for both ways of installing."""
    listed = re.search(r"QT_LIBRARIES='([^']+)'", set_up)
    assert listed is not None
    return {line.split()[0]: line.split()[1] for line in listed[1].splitlines()}


def depends(contents: Path) -> str:
    """What the package needs: the C libraries it was built on, and of Qt's what is not packed.

    Everything named is on any desktop: the package must install from a stick, where no network brings the rest.
    """
    libraries = qt_packages((ROOT / "installer/set_up.sh").read_text(encoding="utf-8"))
    wanted = [package for library, package in libraries.items() if not (contents / library).exists()]
    return ", ".join([f"libc6 (>= {_glibc()})", "libstdc++6", "libgcc-s1", *wanted, *ON_ANY_DESKTOP])


def _glibc() -> str:
    return subprocess.run(["getconf", "GNU_LIBC_VERSION"], capture_output=True, text=True, check=True).stdout.split()[1]


def _architecture() -> str:
    done = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def build(shop: Workshop, version: str, out: Path) -> Path:
    """Write jangteo-pos_VERSION_ARCH.deb into `out`."""
    tree = shop.folder / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(shop.packed, tree / LIBRARY, symlinks=True)
    for name, place in FILES.items():
        _put(HERE / name, tree / place)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/jangteo").symlink_to("../lib/jangteo-pos/jangteo")
    _papers(shop, tree / "usr/share/doc/jangteo-pos")
    _control(tree, version)
    _even_out(tree)
    made = out / f"jangteo-pos_{version}_{_architecture()}.deb"
    run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", tree, made])
    return made


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _papers(shop: Workshop, folder: Path) -> None:
    _put(shop.contents / "LICENSES.txt", folder / "copyright")
    with gzip.GzipFile(folder / "changelog.gz", "wb", mtime=made_at()) as file:
        file.write((ROOT / "CHANGELOG.md").read_bytes())


def _control(tree: Path, version: str) -> None:
    kilobytes = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    folder = tree / "DEBIAN"
    folder.mkdir()
    needs = depends(tree / LIBRARY / "_internal")
    words = CONTROL.format(version=version, architecture=_architecture(), size=kilobytes, depends=needs)
    (folder / "control").write_text(words, encoding="utf-8")
    for name in SCRIPTS:
        shutil.copyfile(HERE / name, folder / name)


def _even_out(tree: Path) -> None:
    """Rights and times that do not depend on who built it."""
    scripts = {tree / "DEBIAN" / name for name in SCRIPTS} | {tree / LIBRARY / "jangteo"}
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in scripts else 0o644)
