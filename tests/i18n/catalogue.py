"""Which texts the program speaks: read from its source, compared with the catalogues."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "resources" / "locale"
SPOKEN = ("tr", "mark")
GETTERS = {"texts.py"}  # where the functions themselves stand
IN_TEMPLATE = re.compile(r"""\btr\((?:"([^"]+)"|'([^']+)')""")


def sources() -> list[Path]:
    """Every module of the program."""
    return sorted(path for path in (ROOT / "pos_app").rglob("*.py") if "__pycache__" not in path.parts)


def templates() -> list[Path]:
    """Every page of the office."""
    return sorted((ROOT / "resources" / "office").glob("*.html"))


def calls(module: ast.AST) -> Iterator[ast.Call]:
    """Calls of tr and mark."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in SPOKEN and (isinstance(node.func, ast.Name) or _of_texts(node.func)):
                yield node


def _of_texts(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "texts"


def texts() -> dict[str, list[str]]:
    """Each Korean text with the places that say it, in the order of the files."""
    found: dict[str, list[str]] = {}
    for path in sources():
        for call in sorted(calls(ast.parse(path.read_text(encoding="utf-8"))), key=lambda call: call.lineno):
            first = call.args[0] if call.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                found.setdefault(first.value, []).append(path.relative_to(ROOT).as_posix())
    for path in templates():
        for said in IN_TEMPLATE.finditer(path.read_text(encoding="utf-8")):
            found.setdefault(said[1] or said[2], []).append(path.relative_to(ROOT).as_posix())
    return found


def places(text: str) -> set[str]:
    """The names in braces; raises ValueError for a text that can't be filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
