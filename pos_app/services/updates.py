"""A signed update on a stick: found, read, and held against this program, its keys and this computer."""

import hashlib
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import resources
from pos_app.runtime.version import NAME, parts, version
from sync.canonical import encode
from sync.identity import is_signed_by

MANIFEST = "jangteo-update.json"
DEB, STICK, SETUP, SOURCE = "deb", "stick", "setup", "source"
_MOST_BYTES = 1_000_000
_MARGIN_BYTES = 50_000_000
_BLOCK = 1 << 20
_MEANT = b"jangteo-pos update 1\n"  # a signature under anything else is no signature under an update


class UpdateFile(msgspec.Struct, frozen=True):
    """One package: how it is installed, on which machines, and what it must be."""

    name: str
    kind: str  # deb, stick or setup
    platform: str
    size_bytes: int
    room_bytes: int  # what it takes up once installed
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What an update holds."""

    v: int
    program: str
    version: str
    made_at: str
    files: tuple[UpdateFile, ...]


class SignedManifest(msgspec.Struct, frozen=True):
    """A manifest, who signed it, and the signature, all hex."""

    manifest: Manifest
    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class Installation:
    """How this very program is installed. `top` is what an update replaces or stands beside."""

    kind: str
    top: Path
    version: str
    platform: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """A checked manifest and the one package in it that fits this computer."""

    version: str
    file: UpdateFile
    path: Path


def this_platform() -> str:
    """For example linux-x86_64 or windows-amd64."""
    return f"{platform.system()}-{platform.machine()}".lower()


def installation() -> Installation:
    """How the running program was installed, and whose signature it trusts."""
    program = Path(sys.executable).resolve()
    kind, top = SOURCE, program.parent
    if getattr(sys, "frozen", False):
        if sys.platform == "win32":
            kind = SETUP
        elif (program.parent.parent / "portable").is_file():
            kind, top = STICK, program.parent.parent
        else:
            kind = DEB
    return Installation(kind, top, version(), this_platform(), trusted_keys(resources() / "update_keys.txt"))


def trusted_keys(path: Path) -> tuple[str, ...]:
    """The public keys in a file, one hex line each; none where there is no file."""
    if not path.is_file():
        return ()
    lines = path.read_text(encoding="ascii").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def signed_bytes(manifest: Manifest) -> bytes:
    """What a signature is over."""
    return _MEANT + encode(manifest)


def find(path: Path, here: Installation) -> Update:
    """The update at `path` (a manifest, or a folder that holds one) for this computer.

    Raises DomainError: nothing there, not signed by a trusted key, not newer, or nothing for this computer.
    """
    if here.kind == SOURCE:
        raise DomainError("update.source")
    if not here.keys:
        raise DomainError("update.no_keys")
    place = path / MANIFEST if path.is_dir() else path
    manifest = _trusted(place, here.keys)
    _check_newer(manifest, here)
    for file in manifest.files:
        if (file.kind, file.platform) == (here.kind, here.platform):
            return Update(manifest.version, file, place.parent / file.name)
    raise DomainError("update.not_for_this", platform=here.platform, kind=here.kind)


def _trusted(place: Path, keys: tuple[str, ...]) -> Manifest:
    try:
        with open(place, "rb") as file:
            data = file.read(_MOST_BYTES)
    except FileNotFoundError:
        raise DomainError("update.none", file=place) from None
    except OSError as error:
        raise _unreadable(place) from error
    try:
        signed = msgspec.json.decode(data, type=SignedManifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise DomainError("update.not_one", file=place) from None
    manifest = signed.manifest
    if signed.key not in keys or not is_signed_by(signed.key, signed_bytes(manifest), signed.signature):
        raise DomainError("update.signature", file=place)
    if manifest.v != 1 or manifest.program != NAME or any(not _plain(file.name) for file in manifest.files):
        raise DomainError("update.not_one", file=place)
    return manifest


def _plain(name: str) -> bool:
    """A name of a file beside the manifest, not a way to somewhere else."""
    return name not in {"", ".", ".."} and not set(name) & set('/\\:\0"')


def _check_newer(manifest: Manifest, here: Installation) -> None:
    try:
        offered, ours = parts(manifest.version), parts(here.version)
    except ValueError:
        raise DomainError("update.version", offered=manifest.version, ours=here.version) from None
    if offered == ours:
        raise DomainError("update.same", version=here.version)
    if offered < ours:
        raise DomainError("update.older", offered=manifest.version, ours=here.version)


def check_room(update: Update, staging: Path, target: Path) -> None:
    """Raise EnvironmentFault unless both the copy and the unpacked program find room and may be written."""
    file = update.file
    for folder in {staging, target}:
        if not os.access(folder, os.W_OK | os.X_OK):
            raise no_writing(folder)
    one_disk = staging.stat().st_dev == target.stat().st_dev
    needs = {staging: file.size_bytes + (file.room_bytes if one_disk else 0)}
    needs.setdefault(target, file.room_bytes)
    for folder, needed in needs.items():
        free = shutil.disk_usage(folder).free
        if free < needed + _MARGIN_BYTES:
            raise EnvironmentFault(
                tr(
                    "자리가 모자라요: {needed}MB가 필요한데 {free}MB 남았어요 ({folder}).",
                    needed=(needed + _MARGIN_BYTES) // 1_000_000,
                    free=free // 1_000_000,
                    folder=folder,
                ),
                tr("필요 없는 파일을 지우고 다시 해요. 지금 프로그램은 그대로예요."),
            )


def fetch(update: Update, into: Path) -> Path:
    """The package copied into the folder `into`, proved by size and checksum while it is copied.

    Raises DomainError where it is cut short or damaged, EnvironmentFault where disk or stick fail; no copy is left.
    """
    copy = into / update.file.name
    try:
        with open(update.path, "rb") as source, open(copy, "wb") as target:
            size, checksum = _carry(source, target, update.file.size_bytes)
        if size != update.file.size_bytes:
            raise DomainError("update.cut", file=update.file.name)
        if checksum != update.file.sha256:
            raise DomainError("update.damaged", file=update.file.name)
    except FileNotFoundError:
        copy.unlink(missing_ok=True)
        raise DomainError("update.none", file=update.path) from None
    except DomainError:
        copy.unlink(missing_ok=True)
        raise
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise _unreadable(update.path) from error
    return copy


def _carry(source: IO[bytes], target: IO[bytes], expected: int) -> tuple[int, str]:
    """Bytes copied and their SHA-256; stops once there are more than expected."""
    size, seen = 0, hashlib.sha256()
    while size <= expected and (block := source.read(_BLOCK)):
        target.write(block)
        seen.update(block)
        size += len(block)
    target.flush()
    os.fsync(target.fileno())
    return size, seen.hexdigest()


def no_writing(folder: Path) -> EnvironmentFault:
    """Nothing may be written in the folder."""
    return EnvironmentFault(
        tr("{folder}에 쓸 수 없어요. 업데이트하지 않았어요.", folder=folder),
        tr("USB의 잠금 단추나 폴더의 권한을 봐요. 지금 프로그램은 그대로예요."),
    )


def _unreadable(place: Path) -> EnvironmentFault:
    return EnvironmentFault(
        tr("{file}: 읽거나 옮길 수 없어요.", file=place.name),
        tr("USB를 뺐다 다시 꽂거나 다른 USB에 담아 다시 해요. 지금 프로그램은 그대로예요."),
        retryable=True,
    )
