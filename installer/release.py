"""Signs what `make package` made: a manifest beside the packages turns their folder into an update on a stick."""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path

from installer.frozen import ROOT, version
from pos_app.runtime.version import NAME
from pos_app.services.updates import (
    DEB,
    MANIFEST,
    SETUP,
    STICK,
    Manifest,
    SignedManifest,
    UpdateFile,
    signed_bytes,
)
from sync.canonical import encode
from sync.identity import new_device_key, public_key, sign

KINDS = (
    (DEB, re.compile(r"jangteo-pos_(?P<version>[\d.]+)_(?P<machine>amd64|arm64)\.deb")),
    (STICK, re.compile(r"jangteo-pos-(?P<version>[\d.]+)-linux-(?P<machine>x86_64|aarch64)\.tar\.gz")),
    (SETUP, re.compile(r"jangteo-pos-(?P<version>[\d.]+)-setup\.exe")),
)
PLATFORMS = {"amd64": "linux-x86_64", "arm64": "linux-aarch64", "x86_64": "linux-x86_64", "aarch64": "linux-aarch64"}


def main() -> int:
    """`key FILE` makes a signing key; `sign --key FILE [FOLDER]` writes the manifest."""
    wanted = argparse.ArgumentParser(prog="python -m installer.release", description=__doc__)
    steps = wanted.add_subparsers(dest="step", required=True)
    key = steps.add_parser("key", help="make a signing key; FILE.pub is its public half for `make package KEYS=`")
    key.add_argument("file", type=Path)
    signing = steps.add_parser("sign", help=f"write {MANIFEST} into the folder of the packages")
    signing.add_argument("--key", type=Path, required=True)
    signing.add_argument("folder", type=Path, nargs="?", default=ROOT / "dist")
    args = wanted.parse_args()
    if args.step == "key":
        return _make_key(args.file)
    return _sign(args.folder, bytes.fromhex(args.key.read_text(encoding="ascii").strip()))


def _make_key(path: Path) -> int:
    private = new_device_key()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(private.hex() + "\n")
    path.with_name(path.name + ".pub").write_text(public_key(private) + "\n", encoding="ascii")
    print(f"{path}: keep it off every machine that is on a network. {path}.pub goes into the packages.")
    return 0


def _sign(folder: Path, private: bytes) -> int:
    manifest = describe(folder, version())
    if not manifest.files:
        print(f"no package of version {manifest.version} in {folder}", file=sys.stderr)
        return 1
    (folder / MANIFEST).write_bytes(signed(manifest, private))
    print(f"{folder / MANIFEST}: {', '.join(file.name for file in manifest.files)}")
    return 0


def signed(manifest: Manifest, private: bytes) -> bytes:
    """The manifest's file."""
    return encode(SignedManifest(manifest, public_key(private), sign(private, signed_bytes(manifest))))


def describe(folder: Path, release: str) -> Manifest:
    """What lies in the folder of this version."""
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(1, NAME, release, made_at, tuple(_files(folder, release)))


def _files(folder: Path, release: str) -> list[UpdateFile]:
    found = []
    for path in sorted(folder.iterdir()):
        for kind, pattern in KINDS:
            match = pattern.fullmatch(path.name)
            if match and match["version"] == release:
                machine = match.groupdict().get("machine")
                platform = PLATFORMS[machine] if machine else "windows-amd64"
                with open(path, "rb") as file:
                    checksum = hashlib.file_digest(file, "sha256").hexdigest()
                size = path.stat().st_size
                found.append(UpdateFile(path.name, kind, platform, size, _room(kind, path), checksum))
    return found


def _room(kind: str, path: Path) -> int:
    """Bytes the package takes up once it is installed."""
    if kind == DEB:
        done = subprocess.run(
            ["dpkg-deb", "-f", str(path), "Installed-Size"], capture_output=True, text=True, check=True
        )
        return int(done.stdout) * 1024
    if kind == STICK:
        with tarfile.open(path, "r:gz") as archive:
            return sum(member.size for member in archive)
    return path.stat().st_size * 4


if __name__ == "__main__":
    sys.exit(main())
