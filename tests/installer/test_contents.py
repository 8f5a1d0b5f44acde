"""What is packed: every module that is imported by name, every file that is read, no Qt that nobody asks for."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from installer import contents
from pos_app.ui.screens.registry import SCREENS
from tests.architecture.sources import ROOT, python_files

MODULES = set(contents.modules(ROOT))


def test_every_screen_is_packed() -> None:
    assert {f"pos_app.ui.screens.{module}" for module, _ in SCREENS.values()} <= MODULES


def test_every_module_of_ours_is_packed_except_the_entry_and_the_migrations() -> None:
    ours = {
        ".".join(part for part in path.relative_to(ROOT).with_suffix("").parts if part != "__init__")
        for path in python_files("pos_app", "sync")
    }
    assert {name for name in ours - MODULES if "migrations.versions" not in name} == {"pos_app.__main__"}
    assert "" not in MODULES


def test_migrations_and_resources_are_packed_as_files() -> None:
    files = {(Path(source).name, place) for source, place in contents.data(ROOT)}
    for path in (ROOT / contents.MIGRATIONS / "versions").glob("v*.py"):
        assert (path.name, "pos_app/storage/migrations/versions") in files
    assert ("env.py", "pos_app/storage/migrations") in files
    folders = {place for _, place in files if place.startswith("resources/")}
    named = re.findall(r'resources\(\) / "(\w+)"', "\n".join(path.read_text(encoding="utf-8") for path in python_files("pos_app")))
    assert {f"resources/{name}" for name in named} <= folders
    assert "resources/screens" not in folders


IMPORT = re.compile(r"^[ \t]*(?:from ([\w.]+) import \(?([\w, ]*)|import ([\w.]+))", re.MULTILINE)


def _imported(path: Path) -> set[str]:
    found = set()
    for package, names, module in IMPORT.findall(path.read_text(encoding="utf-8")):
        found |= {module or package, *(f"{package}.{name}" for name in re.split(r"[ ,]+", names) if package)}
    return found


def test_nothing_that_a_till_imports_is_left_out() -> None:
    servers = {"psycopg"}  # PostgreSQL is a server's, and servers take the wheel
    left_out = set(contents.NOT_NEEDED) - servers
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files("pos_app", "sync")
        for name in _imported(path)
        if any(name == out or name.startswith(f"{out}.") for out in left_out)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "name",
    ["PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/plugins/platforms/libqoffscreen.so",
     "PySide6/Qt/plugins/platforms/libqwayland-generic.so", "PySide6/plugins/platforms/qwindows.dll",
     "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll", "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
     "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
     "PySide6/Qt/lib/libQt6Widgets.so.6", "PySide6/Qt6Svg.dll", "libxcb-cursor.so.0", "libcrypto.so.3",
     "pillow.libs/libjpeg-6dc8d115.so.62.4.0", "resources/icons/cash.svg", "libsqlite3.so.0"],
)  # fmt: skip
def test_what_a_till_needs_stays(name: str) -> None:
    assert contents.trimmed([(name, "", "BINARY")])


@pytest.mark.parametrize(
    "name",
    ["PySide6/Qt/plugins/platforms/libqeglfs.so", "PySide6/Qt/plugins/sqldrivers/libqsqlmysql.so",
     "PySide6/Qt/translations/qtbase_ko.qm", "PySide6/translations/qt_de.qm", "PySide6/Qt/qml/QtQuick/x.so",
     "PySide6/Qt/lib/libQt6Quick.so.6", "PySide6/Qt6Network.dll", "PySide6\\opengl32sw.dll", "libgtk-3.so.0",
     "libX11.so.6", "libstdc++.so.6", "libfontconfig.so.1", "libglib-2.0.so.0"],
)  # fmt: skip
def test_what_nobody_loads_stays_out(name: str) -> None:
    assert not contents.trimmed([(name, "", "BINARY")])


def test_the_spec_is_python_and_packs_what_the_list_says() -> None:
    spec = (ROOT / "installer/register.spec").read_text(encoding="utf-8")
    calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(spec)) if isinstance(node, ast.Call)}
    assert {"contents.modules", "contents.data", "contents.trimmed", "Analysis", "PYZ", "EXE", "COLLECT"} <= calls


def _first_step(program: Path, **environment: str) -> dict[str, str]:
    words = (
        f"import sys, os, runpy; sys.executable = {str(program)!r}\n"
        f"runpy.run_path({str(ROOT / 'installer/first_step.py')!r})\n"
        "print({k: os.environ.get(k, '') for k in ('JANGTEO_HOME', 'LD_LIBRARY_PATH')})"
    )
    done = subprocess.run([sys.executable, "-S", "-c", words], capture_output=True, text=True, check=True, env=environment)
    found: dict[str, str] = ast.literal_eval(done.stdout)
    return found


def test_beside_the_mark_the_data_lies_beside_the_program(tmp_path: Path) -> None:
    program = tmp_path / "jangteo-pos" / "program" / "jangteo"
    program.parent.mkdir(parents=True)
    program.touch()
    assert _first_step(program)["JANGTEO_HOME"] == ""
    (tmp_path / "jangteo-pos" / "portable").touch()
    assert _first_step(program)["JANGTEO_HOME"] == str(tmp_path / "jangteo-pos" / "home")
    assert _first_step(program, JANGTEO_HOME="/chosen")["JANGTEO_HOME"] == "/chosen"


def test_the_systems_own_commands_get_the_systems_own_libraries(tmp_path: Path) -> None:
    inside = str(tmp_path)
    assert _first_step(tmp_path / "a/b", LD_LIBRARY_PATH=inside)["LD_LIBRARY_PATH"] == ""
    former = _first_step(tmp_path / "a/b", LD_LIBRARY_PATH=inside, LD_LIBRARY_PATH_ORIG="/theirs")
    assert former["LD_LIBRARY_PATH"] == "/theirs"
