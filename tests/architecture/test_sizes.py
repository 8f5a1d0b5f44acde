"""Files and functions stay small enough to be read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import python_files, shown, tree

FILE_LINES = 400
FUNCTION_LINES = 50


def long_functions(module: ast.Module, limit: int = FUNCTION_LINES) -> Iterator[tuple[str, int, int]]:
    """(name, line, lines) of each function longer than the limit, decorators left out."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > limit:
                yield node.name, node.lineno, lines


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_400_lines() -> None:
    long = [f"{shown(path)}: {line_count(path)}" for path in python_files() if line_count(path) > FILE_LINES]
    assert not long, "split by subject, not by size:\n" + "\n".join(long)


def test_no_function_is_longer_than_50_lines() -> None:
    long = [
        f"{shown(path)}:{line} {name}: {lines}"
        for path in python_files()
        for name, line, lines in long_functions(tree(path))
    ]
    assert not long, "\n".join(long)


def test_a_long_function_is_noticed() -> None:
    body = "\n".join(["    pass"] * FUNCTION_LINES)
    assert list(long_functions(ast.parse(f"def f():\n{body}\n"))) == [("f", 1, FUNCTION_LINES + 1)]
