"""Imports go down only: the floors of CONTRIBUTING.md, checked by import-linter and by reading imports."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, python_files, shown, tree

PRESENTER_MAY_NOT = ("PySide6", "shiboken6")
LAZY_MARK = "# lazy"
ROOF = "pos_app/__main__.py"


def imported(module: ast.AST) -> Iterator[tuple[str, int]]:
    """(dotted name, line) of every import anywhere in the module."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def imports_inside_functions(module: ast.Module, source: str) -> list[int]:
    """Lines of imports inside functions that do not say why they are lazy, there or above their block."""
    lines = source.splitlines()
    found = set()
    excused = 0  # the last line of the block that the comment above stands for
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            end = node.end_lineno or node.lineno
            near = lines[max(node.lineno - 2, 0) : end]
            if any(LAZY_MARK in line for line in near) or node.lineno - 1 == excused:
                excused = end
            else:
                found.add(node.lineno)
    return sorted(found)


def test_the_floors_hold() -> None:
    start = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", start, "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_presenters_know_no_toolkit() -> None:
    wrong = [
        f"{shown(path)}:{line} {name}"
        for path in python_files("pos_app/ui")
        if path.name.endswith("presenter.py")
        for name, line in imported(tree(path))
        if name.split(".")[0] in PRESENTER_MAY_NOT
    ]
    assert not wrong, "\n".join(wrong)


def test_the_product_never_imports_its_tests_or_its_installer() -> None:
    wrong = [
        f"{shown(path)}:{line} {name}"
        for path in python_files("pos_app", "sync")
        for name, line in imported(tree(path))
        if name.split(".")[0] in {"tests", "installer"}
    ]
    assert not wrong, "\n".join(wrong)


def test_imports_inside_functions_say_why() -> None:
    wrong = [
        f"{shown(path)}:{line}"
        for path in python_files("pos_app", "sync")
        if shown(path) != ROOF  # it hands each command only what that command needs
        for line in imports_inside_functions(tree(path), Path(path).read_text(encoding="utf-8"))
    ]
    assert not wrong, "import at the top, or say `# lazy: …` for a heavy library:\n" + "\n".join(wrong)


def test_an_import_inside_a_function_is_noticed() -> None:
    bad = "def f():\n    import json\n    return json\n"
    good = "def f():\n    # lazy: 110 ms\n    import reportlab\n    import PIL\n    return reportlab, PIL\n"
    assert imports_inside_functions(ast.parse(bad), bad) == [2]
    assert imports_inside_functions(ast.parse(good), good) == []
