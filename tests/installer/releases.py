"""Small packages and signed manifests, as a stick would carry them."""

import hashlib
import io
import tarfile
from dataclasses import replace
from pathlib import Path

from installer.release import signed
from pos_app.services.updates import MANIFEST, STICK, Installation, Manifest, UpdateFile, this_platform
from sync.identity import new_device_key, public_key

MAKER = new_device_key()
NEW, NOW = "0.3.0", "0.2.0"
NAME = f"jangteo-pos-{NEW}-linux.tar.gz"
SAYS = '#!/bin/sh\necho jangteo-pos {version}\n'


def archive(version: str = NEW, program: str = SAYS, **more: bytes) -> bytes:
    """A portable archive whose program only says its version."""
    packed = io.BytesIO()
    files = {"jangteo-pos/portable": b"", "jangteo-pos/program/jangteo": program.format(version=version).encode()}
    files["jangteo-pos/program/_internal/part"] = f"of {version}".encode()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, data in {**files, **more}.items():
            about = tarfile.TarInfo(name)
            about.size, about.mode = len(data), 0o755
            tar.addfile(about, io.BytesIO(data))
    return packed.getvalue()


def manifest(package: bytes, version: str = NEW, **changed: object) -> Manifest:
    """What a stick with this one package says."""
    file = UpdateFile(NAME, STICK, this_platform(), len(package), 1000, hashlib.sha256(package).hexdigest())
    return Manifest(1, "jangteo-pos", version, "2026-11-20T00:00:00+00:00", (replace_file(file, **changed),))


def replace_file(file: UpdateFile, **changed: object) -> UpdateFile:
    """The file with some fields changed."""
    return UpdateFile(**{**{name: getattr(file, name) for name in file.__struct_fields__}, **changed})


def stick(folder: Path, package: bytes, told: Manifest | None = None, key: bytes = MAKER) -> Path:
    """A stick's folder with the package and its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_bytes(package)
    (folder / MANIFEST).write_bytes(signed(told or manifest(package), key))
    return folder


def portable(top: Path, version: str = NOW) -> Installation:
    """An installed portable program of an older version that trusts the maker."""
    program = top / "program"
    program.mkdir(parents=True)
    (top / "portable").touch()
    (program / "jangteo").write_text(SAYS.format(version=version))
    (program / "jangteo").chmod(0o755)
    (top / "home").mkdir()
    (top / "home" / "jangteo.db").write_bytes(b"sales")
    return Installation(STICK, top, version, this_platform(), (public_key(MAKER),))


def trusting(here: Installation, *keys: str) -> Installation:
    """The same installation with other keys."""
    return replace(here, keys=keys)


def everything(top: Path) -> dict[str, bytes]:
    """Every file below, by name."""
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}
