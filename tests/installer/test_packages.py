"""The files round the program: menu entry, printers' rule, scripts of the packages, the wheel's resources."""

import configparser
import io
import re
import shutil
import struct
import subprocess
import tarfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from installer import contents, frozen, icon, wheel
from installer.linux import deb, stick
from tests.architecture.sources import ROOT

LINUX = ROOT / "installer/linux"
RULE = re.compile(r'^[A-Z]+(\{[\w]+\})?(==|!=|=|\+=|:=)"[^"]*"$')
NSI = (ROOT / "installer/windows/jangteo.nsi").read_text(encoding="utf-8")


def test_the_menu_entry_is_whole_and_korean_too() -> None:
    parser = configparser.RawConfigParser(delimiters=("=",), strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(LINUX / "jangteo.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Type"] == "Application" and entry["Exec"] == "jangteo" and entry["Icon"] == "jangteo"
    for name in ("Name", "GenericName", "Comment", "Keywords"):
        assert entry[name].isascii() and re.search("[가-힣]", entry[f"{name}[ko]"])
    for name in ("Categories", "Keywords", "Keywords[ko]", "Actions"):
        assert entry[name].endswith(";")
    for action in entry["Actions"].rstrip(";").split(";"):
        assert {"Name", "Name[ko]", "Exec"} <= set(parser[f"Desktop Action {action}"])
    # Wayland finds the entry by the program's name, X11 by its class.
    assert deb.FILES["jangteo.desktop"].endswith("/jangteo.desktop") and entry["StartupWMClass"] == "jangteo"


def test_the_icon_is_a_square_picture() -> None:
    root = ElementTree.parse(LINUX / "jangteo.svg").getroot()
    assert root.get("viewBox") == "0 0 128 128"
    assert not [node for node in root.iter() if node.tag.endswith("text")], "a font may be missing"


def test_the_printers_rule_says_what_udev_reads() -> None:
    lines = (LINUX / "70-jangteo-printers.rules").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    for rule in rules:
        for part in rule.split(", "):
            assert RULE.match(part), part
        assert 'TAG+="uaccess"' in rule
    numbers = [number for found in re.findall(r'idVendor}=="([^"]+)"', "\n".join(rules)) for number in found.split("|")]
    assert numbers and all(re.fullmatch("[0-9a-f]{4}", number) for number in numbers)
    assert len(numbers) == len(set(numbers))
    assert Path(deb.FILES["70-jangteo-printers.rules"]).name < "73-seat-late.rules", "before the seat is given"


@pytest.mark.skipif(shutil.which("getconf") is None, reason="asks the C library")
def test_the_deb_depends_on_what_set_up_installs_and_is_not_packed(tmp_path: Path) -> None:
    packages = deb.qt_packages((ROOT / "installer/set_up.sh").read_text(encoding="utf-8"))
    assert {"libegl1", "libxcb-cursor0", "libxkbcommon-x11-0", "libfontconfig1"} <= set(packages.values())
    assert len(packages) == 11
    assert set(packages.values()) <= set(deb.depends(tmp_path).split(", "))


# Not on a desktop as Debian and Ubuntu install it: apt would ask a network for them, and a market has none.
@pytest.mark.parametrize(
    "library, package",
    [("libxcb-cursor.so.0", "libxcb-cursor0"), ("libxcb-icccm.so.4", "libxcb-icccm4"),
     ("libxcb-keysyms.so.1", "libxcb-keysyms1"), ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0")],
)  # fmt: skip
def test_what_few_desktops_have_is_packed_instead_of_asked_for(tmp_path: Path, library: str, package: str) -> None:
    assert contents.trimmed([(library, "", "BINARY")])
    (tmp_path / library).touch()
    assert package not in deb.depends(tmp_path)
    assert contents.trimmed([("libxcb-xkb.so.1", "", "BINARY")]), "which libxkbcommon-x11 loads"


@pytest.mark.parametrize("name", [*deb.SCRIPTS, "start.sh"])
def test_the_scripts_can_be_read_by_a_plain_shell(name: str) -> None:
    assert subprocess.run(["sh", "-n", str(LINUX / name)], check=False).returncode == 0


def _before_upgrade(processes: Path, old: str, new: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "JANGTEO_PROCESSES": str(processes), **more}
    command = ["sh", str(LINUX / "preinst"), "upgrade", old, new]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="compares versions with dpkg")
@pytest.mark.acceptance("A46")
def test_neither_an_older_version_nor_an_open_window_is_overwritten(tmp_path: Path) -> None:
    assert _before_upgrade(tmp_path, "0.1.0", "0.2.0").returncode == 0
    assert _before_upgrade(tmp_path, "0.2.0", "0.2.0").returncode == 0
    older = _before_upgrade(tmp_path, "0.10.0", "0.9.0")
    assert older.returncode == 1 and "0.10.0" in older.stderr and "옛 판" in older.stderr

    (tmp_path / "4711").mkdir()
    (tmp_path / "4711/exe").symlink_to("/usr/lib/jangteo-pos/jangteo")
    opened = _before_upgrade(tmp_path, "0.1.0", "0.2.0")
    assert opened.returncode == 1 and "열려 있어요" in opened.stderr
    assert _before_upgrade(tmp_path, "0.1.0", "0.2.0", JANGTEO_UPDATING="4711").returncode == 0
    assert _before_upgrade(tmp_path, "0.1.0", "0.2.0", JANGTEO_UPDATING="47").returncode == 1
    first = subprocess.run(["sh", str(LINUX / "preinst"), "install"], check=False, env={"PATH": "/usr/bin:/bin"})
    assert first.returncode == 0


def test_the_stick_holds_starter_mark_and_program_but_no_links(tmp_path: Path) -> None:
    (tmp_path / "_internal").mkdir()
    (tmp_path / "jangteo").write_bytes(b"program")
    (tmp_path / "_internal/part.so").write_bytes(b"part")
    (tmp_path / "_internal/again.so").symlink_to("part.so")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        stick.fill(archive, tmp_path)
    packed.seek(0)
    with tarfile.open(fileobj=packed) as archive:
        modes = {member.name: member.mode for member in archive}
        assert all(member.isfile() for member in archive)
    assert modes["jangteo-pos/jangteo.sh"] == modes["jangteo-pos/program/jangteo"] == 0o755
    assert modes["jangteo-pos/program/_internal/part.so"] == 0o644
    assert "jangteo-pos/portable" in modes and "jangteo-pos/program/_internal/again.so" not in modes


def test_the_starter_hands_on_its_words_and_the_exit_code(tmp_path: Path) -> None:
    top = tmp_path / "a stick"
    (top / "program").mkdir(parents=True)
    shutil.copyfile(LINUX / "start.sh", top / "jangteo.sh")
    (top / "program/jangteo").write_text('#!/bin/sh\necho "$@"\nexit 7\n')
    (top / "program/jangteo").chmod(0o755)
    done = subprocess.run(["sh", str(top / "jangteo.sh"), "import", "판매 품목.xlsx"], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("import 판매 품목.xlsx\n", 7)


def test_an_icon_for_windows_is_a_head_and_pictures() -> None:
    made = icon.ico([(256, b"large"), (16, b"small")])
    assert struct.unpack_from("<HHH", made) == (0, 1, 2)
    entries = [struct.unpack_from("<BBBBHHII", made, 6 + 16 * number) for number in range(2)]
    assert [made[entry[7] : entry[7] + entry[6]] for entry in entries] == [b"large", b"small"]
    assert [entry[0] for entry in entries] == [0, 16]


def test_the_wheel_carries_the_resources(tmp_path: Path) -> None:
    told = wheel.with_resources((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert re.search(r'^module-name = .*\ndata = \{ purelib = "beside" \}$', told, re.MULTILINE)


def test_versions_come_from_one_place() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", frozen.version())
    for path in (ROOT / "installer").rglob("*"):
        if path.is_file() and path.suffix in {".py", ".nsi", ".sh", ".ps1", ".in", ".spec"}:
            text = re.sub(r"^\s*[;#].*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
            assert f'"{frozen.version()}"' not in text, path


def test_every_text_of_the_setup_is_there_in_both_languages() -> None:
    korean = dict(re.findall(r'^LangString (\w+) \$\{LANG_KOREAN\} "(.+)"$', NSI, re.MULTILINE))
    english = dict(re.findall(r'^LangString (\w+) \$\{LANG_ENGLISH\} "(.+)"$', NSI, re.MULTILINE))
    used = set(re.findall(r"\$\((\w+)\)", NSI))
    assert set(korean) == set(english) == used
    assert all(re.search("[가-힣]", text) for text in korean.values())


def test_a_silent_setup_asks_nothing_and_never_needs_an_administrator() -> None:
    boxes = re.findall(r"^.*MessageBox.*$", NSI, re.MULTILINE)
    asked = [box for box in boxes if "/SD" not in box]
    assert all("MB_YESNO" in box for box in asked) and "${If} ${Silent}" in NSI, "questions come after the silent way"
    assert "RequestExecutionLevel user" in NSI and "HKLM" not in NSI
