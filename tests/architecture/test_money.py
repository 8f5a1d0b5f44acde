"""No float ever carries money or quantity: read from the source of every place that reckons with them."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import python_files, shown, tree

CARRIERS = ("_won", "_milli")
EXACT = ("pos_app/domain", "pos_app/facts")
RECKONING = (*EXACT, "pos_app/services", "pos_app/storage", "sync")
FLOAT_COLUMNS = {"Float", "Double", "DOUBLE", "DOUBLE_PRECISION", "REAL", "FLOAT", "Numeric", "NUMERIC"}
FRACTION_WORDS = {"float", "complex", "Decimal", "Fraction", "round"}
PATH_WORDS = ("path", "home", "folder", "dir", "root", "place", "base", "resources", "file")


def is_carrier(name: str) -> bool:
    return name.endswith(CARRIERS) or name in {"won", "milli"}


def says_float(annotation: ast.AST | None) -> bool:
    """True when the annotation mentions float (also inside a union, a tuple, or a quoted type)."""
    if annotation is None:
        return False
    text = ast.unparse(annotation).replace("'", " ").replace('"', " ")
    words = "".join(c if c.isalnum() or c == "_" else " " for c in text).split()
    return bool({"float", "Decimal", "complex"} & set(words))


def annotated_floats(module: ast.Module) -> Iterator[tuple[str, int]]:
    """(name, line) of money and quantity names annotated as float: fields, arguments, results."""
    for node in ast.walk(module):
        if isinstance(node, ast.AnnAssign):
            target = node.target
            name = target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")
            if is_carrier(name) and says_float(node.annotation):
                yield name, node.lineno
        elif isinstance(node, ast.arg):
            if is_carrier(node.arg) and says_float(node.annotation):
                yield node.arg, node.lineno
        elif (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and is_carrier(node.name)
            and says_float(node.returns)
        ):
            yield node.name, node.lineno


def joins_paths(node: ast.BinOp | ast.AugAssign) -> bool:
    """A `/` that joins a path: a text on one side, or something that is called a path, a folder, a home."""
    sides = [node.target, node.value] if isinstance(node, ast.AugAssign) else [node.left, node.right]
    texts = [ast.unparse(side).lower() for side in sides]
    if any(carrier in text for carrier in CARRIERS for text in texts):
        return False
    return any(text.startswith(("'", '"', "f'", 'f"')) for text in texts) or any(
        word in text for word in PATH_WORDS for text in texts
    )


def divisions(module: ast.Module) -> Iterator[int]:
    """Lines with a true division that joins no path."""
    for node in ast.walk(module):
        if not isinstance(node, ast.BinOp | ast.AugAssign):
            continue
        if isinstance(node.op, ast.Div) and not joins_paths(node):
            yield node.lineno


def divided_carriers(module: ast.Module) -> Iterator[int]:
    """Lines where something called money or quantity is truly divided (a length on paper may be)."""
    for node in ast.walk(module):
        if not isinstance(node, ast.BinOp | ast.AugAssign) or not isinstance(node.op, ast.Div):
            continue
        if any(carrier in ast.unparse(node) for carrier in CARRIERS):
            yield node.lineno


def float_words(module: ast.Module) -> Iterator[int]:
    """Lines with a float literal, `float(…)`, `round(…)`, a float annotation or Decimal."""
    for node in ast.walk(module):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
        if literal or (isinstance(node, ast.Name) and node.id in FRACTION_WORDS):
            yield getattr(node, "lineno", 0)


def float_columns(module: ast.Module) -> Iterator[tuple[str, int]]:
    """(type, line) of column types that are not exact integers."""
    for node in ast.walk(module):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in FLOAT_COLUMNS:
            yield name, getattr(node, "lineno", 0)


def _lines(folders: tuple[str, ...], finder: object) -> list[str]:
    assert callable(finder)
    return [f"{shown(path)}:{found}" for path in python_files(*folders) for found in finder(tree(path))]


@pytest.mark.acceptance("A9")
def test_no_money_or_quantity_is_annotated_as_float() -> None:
    assert not _lines(("pos_app", "sync", "tests"), annotated_floats)


@pytest.mark.acceptance("A9")
def test_nothing_is_divided_into_fractions_where_money_is_reckoned() -> None:
    assert not _lines(RECKONING, divisions)
    assert not _lines(("pos_app",), divided_carriers)


@pytest.mark.acceptance("A9")
def test_the_rules_and_the_records_know_no_fractions_at_all() -> None:
    assert not _lines(EXACT, float_words)


@pytest.mark.acceptance("A9")
def test_no_column_holds_a_fraction() -> None:
    assert not _lines(("pos_app/storage", "sync"), float_columns)


def test_a_fraction_is_noticed() -> None:
    bad = ast.parse(
        "class Line:\n"
        "    net_won: float\n"
        "def half(total_won: int | None) -> int:\n"
        "    return round(total_won / 2.0)\n"
        "def paid_won() -> 'float': ...\n"
        "column = Column('net_won', Float)\n"
        "path = home / 'jangteo.db'\n"
    )
    assert {name for name, _ in annotated_floats(bad)} == {"net_won", "paid_won"}
    assert list(divisions(bad)) == [4] == list(divided_carriers(bad))
    assert set(float_words(bad)) == {2, 4}  # the field, and `round` with its literal
    assert [name for name, _ in float_columns(bad)] == ["Float"]
