"""All licences of what the packed register holds, in one file; run by the Python of the build environment."""

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMON = Path("/usr/share/common-licenses")
NAMES = re.compile(r"^(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
# Distributed without a licence file of their own: which texts of `common` are theirs.
GNU = {"pyside6-essentials": ("LGPL-3", "GPL-3"), "shiboken6": ("LGPL-3", "GPL-3"), "zeroconf": ("LGPL-2.1",)}
RULE = "=" * 100


def main() -> int:
    """Write the file; 3 when a licence's text can't be found."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("out", type=Path)
    wanted.add_argument("--toc", type=Path, help="PyInstaller's COLLECT-00.toc: libraries of this system")
    wanted.add_argument("--common", type=Path, default=COMMON, help="folder of the GNU licences' texts")
    wanted.add_argument("--libraries", type=Path, help="where the packages are, if not in this environment")
    wanted.add_argument("--python", type=Path, help="licence of the Python that is packed, if it is not this one")
    args = wanted.parse_args()
    libraries = [str(args.libraries)] if args.libraries else sys.path
    sections = [_own(), _python(args.python), *_packages(libraries), *_system(args.toc)]
    names = sorted({name for package in GNU for name in GNU[package]})
    missing = [name for name in names if not (args.common / name).is_file()]
    if missing:
        print(f"no text of {', '.join(missing)} in {args.common}: name a folder with --common", file=sys.stderr)
        return 3
    sections += [(name, "", (args.common / name).read_text(encoding="utf-8")) for name in names]
    args.out.write_text(_written(sections), encoding="utf-8")
    return 0


def _written(sections: list[tuple[str, str, str]]) -> str:
    listed = "".join(f"  {name:<34} {licence}\n" for name, licence, _ in sections)
    texts = "".join(f"\n{RULE}\n{name}  {licence}\n{RULE}\n\n{text.strip()}\n" for name, licence, text in sections)
    return f"Jangteo POS and everything that is packed with it.\n\n{listed}{texts}"


def _own() -> tuple[str, str, str]:
    font = (ROOT / "resources/fonts/OFL.txt").read_text(encoding="utf-8")
    return "jangteo-pos", "Apache-2.0", (ROOT / "LICENSE").read_text(encoding="utf-8") + f"\n\n{RULE}\n{font}"


def _python(licence: Path | None) -> tuple[str, str, str]:
    if licence is not None:
        return "Python", "PSF-2.0", licence.read_text(encoding="utf-8", errors="replace")
    places = [Path(sys.base_prefix) / "LICENSE.txt", Path(metadata.__file__).parents[1] / "LICENSE.txt",
              Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright")]
    text = next((path.read_text(encoding="utf-8") for path in places if path.is_file()), "")
    return f"Python {sys.version.split()[0]}", "PSF-2.0", text or str(sys.copyright)


def _packages(libraries: list[str]) -> Iterator[tuple[str, str, str]]:
    for name in PIN.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        found = next(iter(metadata.distributions(name=name, path=libraries)), None)
        if found is None:
            continue  # for another system
        yield f"{name} {found.version}", licence_of(found), "\n\n".join(_texts(found)) or _pointer(name)


def licence_of(found: metadata.Distribution) -> str:
    """What a package's metadata call its licence."""
    about = found.metadata
    for field in ("License-Expression", "Classifier", "License"):
        values = about.get_all(field) or []
        if field == "Classifier":
            values = [kind.split(" :: ")[-1] for kind in values if kind.startswith("License")]
        if values:
            return ", ".join(values).splitlines()[0]
    return ""


def _texts(found: metadata.Distribution) -> Iterator[str]:
    for path in found.files or ():
        if NAMES.match(path.name) and ".dist-info" in path.parts[0]:
            yield Path(str(found.locate_file(path))).read_text(encoding="utf-8", errors="replace").strip()


def _pointer(name: str) -> str:
    texts = GNU.get(name.lower())
    if texts:
        return f"Used under {texts[0]}, whose text stands at the end; the libraries lie beside the program as files."
    return "The package carries no text of its own beyond this name."


def _system(toc: Path | None) -> Iterator[tuple[str, str, str]]:
    """The Debian packages whose libraries were taken along, each with its copyright file."""
    if toc is None or not Path("/usr/bin/dpkg").exists():
        return
    (entries,) = ast.literal_eval(toc.read_text(encoding="utf-8"))[:1]
    files = {Path(entry[1]) for entry in entries if entry[2] == "BINARY" and entry[1].startswith(("/lib/", "/usr/lib/"))}
    for package in sorted({_owner(path) for path in files} - {""}):
        text = Path(f"/usr/share/doc/{package}/copyright")
        yield f"{package} (Debian)", "", text.read_text(encoding="utf-8", errors="replace")


def _owner(path: Path) -> str:
    for name in (str(path), str(path.resolve()), f"/usr{path}"):
        done = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    return ""


if __name__ == "__main__":
    sys.exit(main())
