"""The project's own files, as the house checks read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("pos_app", "sync", "installer", "tests")
NOT_OURS = {"__pycache__", "build", "dist", "node_modules"}


def python_files(*folders: str) -> list[Path]:
    """Every Python file under the given top folders (all of them without arguments), sorted."""
    return sorted(
        path
        for folder in folders or CODE
        for path in (ROOT / folder).rglob("*.py")
        if not NOT_OURS & set(path.parts)
    )


def text_files() -> list[Path]:
    """Every text file that belongs to the project: no caches, no environments, no pictures or workbooks."""
    return sorted(path for path in _walk(ROOT) if _is_text(path))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if path.name in NOT_OURS or path.name.endswith(".egg-info") or _is_hidden(path):
                continue
            yield from _walk(path)
        elif path.name not in {"uv.lock", ".coverage"} and not path.name.startswith(".coverage."):
            yield path


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".") and path.name != ".ci"


def _is_text(path: Path) -> bool:
    try:
        return b"\0" not in path.read_bytes()[:8192] and path.suffix not in {".pdf", ".mo"}
    except OSError:
        return False


@cache
def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path: Path) -> str:
    """The path as people read it, from the project's root."""
    return path.relative_to(ROOT).as_posix()
